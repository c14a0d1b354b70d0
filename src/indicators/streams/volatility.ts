/** Indicators of the size of moves, one bar at a time. */
import { checkAll } from '../define.js';
import { Stream } from '../stream.js';
import { atr, natr } from '../volatility.js';
import { AtrStep, twiceRange } from './steps-wilder.js';

/** `trueRange`, one bar at a time. O(1) a bar. */
export class TrueRange extends Stream {
  #before = NaN;

  /** The range of this bar; NaN for the first. */
  update(high: number, low: number, close: number): number {
    if (!this.admitsBar(high, low, close)) return NaN;
    const reach = twiceRange(high, low, this.#before) * 0.5;
    this.#before = close;
    return reach;
  }
}

/** `atr`, one bar at a time. Throws as `atr`. O(1) a bar. */
export class Atr extends Stream {
  readonly #step: AtrStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(atr.row, [period]);
    this.#step = new AtrStep(p!);
  }

  /** The average with this bar; NaN during the first `period`. */
  update(high: number, low: number, close: number): number {
    return this.admitsBar(high, low, close) ? this.#step.next(high, low, close) : NaN;
  }
}

/** `natr`, one bar at a time. Throws as `natr`. O(1) a bar. */
export class Natr extends Stream {
  readonly #step: AtrStep;
  readonly #percent: boolean;

  constructor(period?: number) {
    super();
    const [p] = checkAll(natr.row, [period]);
    this.#step = new AtrStep(p!);
    this.#percent = p !== 1;
  }

  /** The average with this bar; NaN during the first `period`. */
  update(high: number, low: number, close: number): number {
    if (!this.admitsBar(high, low, close)) return NaN;
    const average = this.#step.next(high, low, close);
    if (!this.#percent || Number.isNaN(average)) return average;
    return close === 0 ? 0 : (average / close) * 100;
  }
}
