/** True ranges of the bars, and their Wilder averages: what trailing stops by average true range follow. */
import { checkInteger, checkKeys } from '../check.js';
import { ValidationError } from '../errors.js';

/** The bars as plain data: all that later averages depend on. */
export interface WilderRangeJson {
  /** Close of the last bar, in ticks; null before the first bar. */
  readonly close: number | null;
  /** True range of every bar but the first, oldest first, in ticks. */
  readonly trueRanges: readonly number[];
}

interface Average {
  value: number;
  /** True ranges it has taken in. */
  seen: number;
}

const MAX = Number.MAX_SAFE_INTEGER;

/**
 * The average true range of any number of bars, at any time, as TA-Lib has it.
 *
 * The true range of a bar is max(high, close before) − min(low, close before); the first bar has none. The average
 * of `period` bars starts as the mean of the first `period` true ranges, then a = (a × (period − 1) + range) / period.
 * Bars count from the first one ever given, so that an average does not depend on when it was first asked for.
 *
 * Memory: 8 bytes a bar, for ever, and 100 a period asked for. A bar costs O(1); a period costs O(bars) when first
 * asked for, then O(bars since).
 */
export class WilderRange {
  #ranges: Float64Array = new Float64Array(0);
  #count = 0;
  #close: number | null = null;
  readonly #averages = new Map<number, Average>();

  /** True ranges so far: one less than bars. */
  get count(): number {
    return this.#count;
  }

  /** Close of the last bar, or null. */
  get close(): number | null {
    return this.#close;
  }

  /** One bar: whole ticks from 1 to 2^53−1, low ≤ close ≤ high. Unchecked. */
  addBar(high: number, low: number, close: number): void {
    const before = this.#close;
    if (before !== null) {
      if (this.#count === this.#ranges.length) this.#resize(Math.max(16, this.#count * 2));
      this.#ranges[this.#count++] = Math.max(high, before) - Math.min(low, before);
    }
    this.#close = close;
  }

  /** Average true range over `period` bars (at least 1), in ticks; null until period + 1 bars were given. */
  average(period: number): number | null {
    const ranges = this.#ranges;
    const count = this.#count;
    if (count < period) return null;
    let average = this.#averages.get(period);
    if (average === undefined) {
      let sum = 0;
      for (let i = 0; i < period; i++) sum += ranges[i]!;
      average = { value: sum / period, seen: period };
      this.#averages.set(period, average);
    }
    let { value } = average;
    for (let i = average.seen; i < count; i++) value = (value * (period - 1) + ranges[i]!) / period;
    average.value = value;
    average.seen = count;
    return value;
  }

  /** True ranges as an array that shares memory with this object until the next bar. */
  trueRanges(): Float64Array {
    return this.#ranges.subarray(0, this.#count);
  }

  /** Releases spare memory, and the averages of other periods than these; they can still be asked for. */
  compact(periods: ReadonlySet<number>): void {
    this.#resize(this.#count);
    for (const period of this.#averages.keys()) if (!periods.has(period)) this.#averages.delete(period);
  }

  /** Plain data for `fromJSON`. O(bars). */
  toJSON(): WilderRangeJson {
    return { close: this.#close, trueRanges: Array.from(this.trueRanges()) };
  }

  /** What `toJSON` gave. Throws `ValidationError` naming `field` and the place that is not right. */
  static fromJSON(field: string, json: unknown): WilderRange {
    checkKeys(field, json, ['close', 'trueRanges']);
    const { close, trueRanges } = json as WilderRangeJson;
    if (!Array.isArray(trueRanges)) {
      throw new ValidationError(
        `${field}.trueRanges`,
        trueRanges,
        'an array of integers',
        'pass what toJSON gave',
      );
    }
    if (close !== null) {
      checkInteger(`${field}.close`, close, 1, MAX);
    } else if (trueRanges.length > 0) {
      const constraint = 'an integer of at least 1 when there are true ranges';
      throw new ValidationError(`${field}.close`, close, constraint, 'pass what toJSON gave');
    }
    const range = new WilderRange();
    range.#close = close;
    range.#resize(trueRanges.length);
    for (let i = 0; i < trueRanges.length; i++) {
      const value: unknown = trueRanges[i];
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || Object.is(value, -0)) {
        const constraint = 'an integer of at least 0';
        throw new ValidationError(`${field}.trueRanges[${i}]`, value, constraint, 'pass what toJSON gave');
      }
      range.#ranges[i] = value;
    }
    range.#count = trueRanges.length;
    return range;
  }

  #resize(length: number): void {
    const ranges = new Float64Array(length);
    ranges.set(this.trueRanges());
    this.#ranges = ranges;
  }
}
