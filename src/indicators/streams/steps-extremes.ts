/** Extremes of a window, one number at a time. */
import type { Step } from './steps.js';

/**
 * Largest (or smallest) of the last `window` numbers, and how long ago it came.
 *
 * The way of kernels/rolling/window-extremes.ts: keep the best until it leaves, then write down the best of the ends of
 * the window, which serve for the next bars. A step is O(1), but for that, at most once in `window` steps.
 */
export class ExtremeStep implements Step {
  readonly #window: number;
  readonly #sign: 1 | -1;
  /** The last `window` numbers, the newest at `#place`. */
  readonly #ring: Float64Array;
  /** The bests of the ends of the window that stood at `#origin`, and their ages then. */
  readonly #ends: Float64Array;
  readonly #ages: Float64Array;
  #place = -1;
  #bar = -1;
  #origin = -1;
  /** The best since, or of all while nothing is written down. */
  #best = -Infinity;
  #bestAt = 0;
  #age = NaN;

  constructor(window: number, of: 'largest' | 'smallest') {
    this.#window = window;
    this.#sign = of === 'largest' ? 1 : -1;
    this.#ring = new Float64Array(window);
    this.#ends = new Float64Array(window);
    this.#ages = new Float64Array(window);
  }

  /** Bars since the extreme, of the later one where two are equal; NaN while the window fills. */
  get age(): number {
    return this.#age;
  }

  next(value: number): number {
    const window = this.#window;
    const x = this.#sign * value;
    const bar = ++this.#bar;
    if (++this.#place === window) this.#place = 0;
    this.#ring[this.#place] = x;
    if (x >= this.#best) {
      this.#best = x;
      this.#bestAt = bar;
    }
    if (bar < window - 1) return NaN;
    if (this.#origin >= 0) {
      const gone = bar - this.#origin;
      if (gone < window && this.#best < this.#ends[gone]!) {
        this.#age = this.#ages[gone]! + gone;
        return this.#sign * this.#ends[gone]!;
      }
      this.#origin = -1;
    } else if (bar - this.#bestAt >= window) {
      return this.#lookBack(bar);
    }
    this.#age = bar - this.#bestAt;
    return this.#sign * this.#best;
  }

  /** Writes down the bests of the ends of the window that ends at `bar`, and begins anew after it. */
  #lookBack(bar: number): number {
    const window = this.#window;
    const ring = this.#ring;
    let at = this.#place;
    let best = -Infinity;
    let age = 0;
    for (let j = window - 1; j >= 0; j--) {
      if (ring[at]! > best) {
        best = ring[at]!;
        age = window - 1 - j;
      }
      this.#ends[j] = best;
      this.#ages[j] = age;
      if (--at < 0) at = window - 1;
    }
    this.#origin = bar;
    this.#best = -Infinity;
    this.#age = age;
    return this.#sign * best;
  }
}

/** Middle of the range of a window of bars, as kernels/rolling/window-middle.ts. */
export class MiddleStep {
  readonly #largest: ExtremeStep;
  readonly #smallest: ExtremeStep;

  constructor(window: number) {
    this.#largest = new ExtremeStep(window, 'largest');
    this.#smallest = new ExtremeStep(window, 'smallest');
  }

  next(high: number, low: number): number {
    return (this.#largest.next(high) + this.#smallest.next(low)) * 0.5;
  }
}
