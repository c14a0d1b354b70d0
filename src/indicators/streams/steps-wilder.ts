/** Wilder's indicators as parts of streams, each with the operations of its kernel in the same order. */
import type { Step } from './steps.js';

/** Relative strength index: kernels/indicators/rsi.ts. */
export class RsiStep implements Step {
  readonly #period: number;
  readonly #keep: number;
  #bar = -1;
  #previous = 0;
  #up = 0;
  #down = 0;

  constructor(period: number) {
    this.#period = period;
    this.#keep = (period - 1) / period;
  }

  next(value: number): number {
    const change = value - this.#previous;
    const size = Math.abs(change);
    this.#previous = value;
    if (this.#bar === this.#period) {
      const up = this.#up * this.#keep + (size + change);
      const down = this.#down * this.#keep + (size - change);
      const total = up + down;
      this.#up = up;
      this.#down = down;
      return total < 1e-295 ? 0 : 100 * (up / total);
    }
    if (++this.#bar === 0) return NaN;
    this.#up += size + change;
    this.#down += size - change;
    if (this.#bar < this.#period) return NaN;
    const total = this.#up + this.#down;
    return total === 0 ? 0 : 100 * (this.#up / total);
  }
}

/** Twice the true range of a bar: kernels/indicators/true-range.ts. */
export function twiceRange(high: number, low: number, before: number): number {
  return high - low + (Math.abs(high - before) + Math.abs(low - before));
}

/** Average true range: kernels/indicators/true-range.ts. */
export class AtrStep {
  readonly #period: number;
  readonly #keep: number;
  readonly #share: number;
  #bar = -1;
  #before = 0;
  #sum = 0;

  constructor(period: number) {
    this.#period = period;
    this.#keep = (period - 1) / period;
    this.#share = 0.5 / period;
  }

  next(high: number, low: number, close: number): number {
    const reach = twiceRange(high, low, this.#before);
    this.#before = close;
    if (this.#bar === this.#period) {
      this.#sum = this.#sum * this.#keep + reach;
    } else {
      if (++this.#bar === 0) return NaN;
      this.#sum += reach;
      if (this.#bar < this.#period) return NaN;
    }
    return this.#sum * this.#share;
  }
}

/** Part of a move that counts as directional: max(`ahead`, 0) if that is more than `away`, else 0. */
function directional(ahead: number, away: number): number {
  return (Math.abs(ahead) + ahead) * 0.5 * Number(ahead > away);
}

/** Wilder's sum of one directional movement: kernels/indicators/directional-movement.ts. */
export class MovementStep {
  readonly #upward: boolean;
  readonly #period: number;
  readonly #keep: number;
  #bar = -1;
  #high = 0;
  #low = 0;
  #sum = 0;

  constructor(period: number, upward: boolean) {
    this.#upward = upward;
    this.#period = period;
    this.#keep = (period - 1) / period;
  }

  next(high: number, low: number): number {
    const rise = high - this.#high;
    const fall = this.#low - low;
    const bar = ++this.#bar;
    this.#high = high;
    this.#low = low;
    if (bar === 0) return NaN;
    const moved = this.#upward ? directional(rise, fall) : directional(fall, rise);
    this.#sum = bar < this.#period ? this.#sum + moved : this.#sum * this.#keep + moved;
    return bar < this.#period - 1 ? NaN : this.#sum;
  }
}

/**
 * Wilder's sums of both directional movements and of the true range: kernels/indicators/directional-index.ts and
 * directional-indicator.ts.
 */
export class DirectionalSums {
  up = 0;
  down = 0;
  range = 0;
  readonly #period: number;
  readonly #keep: number;
  #bar = -1;
  #high = 0;
  #low = 0;
  #before = 0;

  constructor(period: number) {
    this.#period = period;
    this.#keep = (period - 1) / period;
  }

  /** Takes a bar; whether `period` bars came before it. */
  next(high: number, low: number, close: number): boolean {
    const rise = high - this.#high;
    const fall = this.#low - low;
    const reach = twiceRange(high, low, this.#before) * 0.5;
    const bar = ++this.#bar;
    this.#high = high;
    this.#low = low;
    this.#before = close;
    if (bar === 0) return false;
    if (bar < this.#period) {
      this.up += directional(rise, fall);
      this.down += directional(fall, rise);
      this.range += reach;
      return false;
    }
    this.up = this.up * this.#keep + directional(rise, fall);
    this.down = this.down * this.#keep + directional(fall, rise);
    this.range = this.range * this.#keep + reach;
    return true;
  }

  /** |up − down| / (up + down), 0 where nothing has moved. */
  get ratio(): number {
    const total = this.up + this.down;
    return total < 1e-295 ? 0 : Math.abs(this.up - this.down) / total;
  }
}

/** Average directional movement index: kernels/indicators/directional-index.ts. */
export class AdxStep {
  readonly #sums: DirectionalSums;
  readonly #period: number;
  readonly #keep: number;
  readonly #part: number;
  #count = 0;
  #average = 0;

  constructor(period: number) {
    this.#sums = new DirectionalSums(period);
    this.#period = period;
    this.#keep = (period - 1) / period;
    this.#part = 100 / period;
  }

  next(high: number, low: number, close: number): number {
    const sums = this.#sums;
    if (!sums.next(high, low, close)) return NaN;
    const first = this.#count < this.#period;
    if (first) this.#count++;
    const index = this.#part * sums.ratio;
    this.#average = first ? this.#average + index : this.#average * this.#keep + index;
    return this.#count < this.#period ? NaN : this.#average;
  }
}
