/** Indicators that follow a trend, one bar at a time. */
import { lowest, startsLong } from '../../../kernels/indicators/sar.js';
import { checkAll } from '../define.js';
import { Stream } from '../stream.js';
import { sar, sarExt, supertrend } from '../trend.js';
import { AtrStep } from './steps-wilder.js';

/** `sar`, one bar at a time. Throws as `sar`. O(1). */
export class Sar extends Stream {
  readonly #step: SarStep;

  constructor(acceleration?: number, maximum?: number) {
    super();
    const [a, m] = checkAll(sar.row, [acceleration, maximum]);
    const pace: Pace = [a!, a!, m!];
    this.#step = new SarStep(0, 0, pace, pace, 1);
  }

  /** The stop at this bar; NaN at the first. */
  update(high: number, low: number): number {
    return this.admitsRange(high, low) ? this.#step.next(high, low) : NaN;
  }
}

/** `sarExt`, one bar at a time. Throws as `sarExt`. O(1). */
export class SarExt extends Stream {
  readonly #step: SarStep;

  constructor(...parameters: Partial<Parameters<typeof sarExt.lookback>>) {
    super();
    const [start, offset, a, b, c, d, e, f] = checkAll(sarExt.row, parameters);
    this.#step = new SarStep(start!, offset!, [a!, b!, c!], [d!, e!, f!], -1);
  }

  /** The stop at this bar, negative for a short position; NaN at the first. */
  update(high: number, low: number): number {
    return this.admitsRange(high, low) ? this.#step.next(high, low) : NaN;
  }
}

/** `supertrend`, one bar at a time. Throws as `supertrend`. O(1). */
export class Supertrend extends Stream {
  readonly #range: AtrStep;
  readonly #multiplier: number;
  #upper = Infinity;
  #lower = -Infinity;
  #rises = false;
  #started = false;
  #before = 0;

  constructor(period?: number, multiplier?: number) {
    super();
    const [p, m] = checkAll(supertrend.row, [period, multiplier]);
    this.#range = new AtrStep(p!);
    this.#multiplier = m!;
  }

  /** The band that stands at this bar, and the direction of the trend; NaN during the first `period`. */
  update(high: number, low: number, close: number): { line: number; direction: number } {
    if (!this.admitsBar(high, low, close)) return { line: NaN, direction: NaN };
    const reach = this.#multiplier * this.#range.next(high, low, close);
    if (Number.isNaN(reach)) return { line: NaN, direction: NaN };
    const middle = (high + low) * 0.5;
    const above = middle + reach;
    const below = middle - reach;
    if (above < this.#upper || this.#before > this.#upper) this.#upper = above;
    if (below > this.#lower || this.#before < this.#lower) this.#lower = below;
    this.#before = close;
    if (this.#started) this.#rises = this.#rises ? !(close < this.#lower) : close > this.#upper;
    this.#started = true;
    return this.#rises ? { line: this.#lower, direction: 1 } : { line: this.#upper, direction: -1 };
  }
}

/** Acceleration of a position: its first value, what an extreme adds, its limit. */
type Pace = readonly [first: number, step: number, limit: number];

/** One bar of kernels/indicators/sar.ts after the other. A short position is a long one in prices of the other sign. */
class SarStep {
  readonly #start: number;
  readonly #offset: number;
  readonly #long: Pace;
  readonly #short: Pace;
  readonly #shortSign: number;
  #bar = -1;
  #side = 0;
  #pace = 0;
  #extreme = 0;
  #stop = 0;
  #highBefore = 0;
  #lowBefore = 0;

  constructor(start: number, offset: number, long: Pace, short: Pace, shortSign: number) {
    this.#start = start;
    this.#offset = offset;
    this.#long = limited(long);
    this.#short = limited(short);
    this.#shortSign = shortSign;
  }

  next(high: number, low: number): number {
    const bar = ++this.#bar;
    if (bar === 1) this.#open(high, low);
    const out = bar === 0 ? NaN : this.#follow(high, low);
    this.#highBefore = high;
    this.#lowBefore = low;
    return out;
  }

  #open(high: number, low: number): void {
    const start = this.#start;
    const long = start === 0 ? startsLong(this.#highBefore, this.#lowBefore, high, low) : start > 0;
    this.#side = long ? 1 : -1;
    this.#pace = (long ? this.#long : this.#short)[0];
    this.#extreme = long ? high : -low;
    this.#stop = start === 0 ? (long ? this.#lowBefore : -this.#highBefore) : start;
    // Bar 1 is compared with itself, as in TA-Lib.
    this.#highBefore = high;
    this.#lowBefore = low;
  }

  #follow(high: number, low: number): number {
    let side = this.#side;
    let stop = this.#stop;
    let out: number;
    if (side > 0 ? low <= stop : -high <= stop) {
      side = this.#side = -side;
      stop = lowest(-this.#extreme, side > 0 ? this.#lowBefore : -this.#highBefore, side > 0 ? low : -high);
      stop -= side * (stop * this.#offset);
      out = side > 0 ? stop : -this.#shortSign * stop;
      this.#pace = (side > 0 ? this.#long : this.#short)[0];
      this.#extreme = side > 0 ? high : -low;
    } else {
      out = side > 0 ? stop : -this.#shortSign * stop;
      const far = side > 0 ? high : -low;
      if (far > this.#extreme) {
        const [, step, limit] = side > 0 ? this.#long : this.#short;
        this.#extreme = far;
        this.#pace += step;
        if (this.#pace > limit) this.#pace = limit;
      }
    }
    stop += this.#pace * (this.#extreme - stop);
    this.#stop = lowest(stop, side > 0 ? this.#lowBefore : -this.#highBefore, side > 0 ? low : -high);
    return out;
  }
}

function limited([first, step, limit]: Pace): Pace {
  return [Math.min(first, limit), Math.min(step, limit), limit];
}
