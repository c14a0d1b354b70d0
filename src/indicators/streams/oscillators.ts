/** Indicators of the place of the price in its range, one bar at a time. */
import { channelIndex } from '../../../kernels/indicators/cci.js';
import { placeInWindow } from '../../../kernels/indicators/stochastic.js';
import { checkAll } from '../define.js';
import { aroon, aroonOsc, cci, ultosc, willr } from '../oscillators.js';
import { Stream } from '../stream.js';
import { ExtremeStep } from './steps-extremes.js';
import { WindowSum } from './steps-window.js';

/** `cci`, one bar at a time. Throws as `cci`. O(period) a bar, memory O(period). */
export class Cci extends Stream {
  readonly #window: Float64Array;
  #place = 0;
  #full = false;

  constructor(period?: number) {
    super();
    const [p] = checkAll(cci.row, [period]);
    this.#window = new Float64Array(p!);
  }

  /** The index with this bar; NaN during the first `period` − 1. */
  update(high: number, low: number, close: number): number {
    if (!this.admitsBar(high, low, close)) return NaN;
    const window = this.#window;
    const typical = (high + low + close) / 3;
    window[this.#place] = typical;
    if (++this.#place === window.length) {
      this.#place = 0;
      this.#full = true;
    }
    return this.#full ? channelIndex(window, window.length, typical) : NaN;
  }
}

/** `willr`, one bar at a time. Throws as `willr`. O(1) on average a bar, memory O(period). */
export class Willr extends Stream {
  readonly #highest: ExtremeStep;
  readonly #lowest: ExtremeStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(willr.row, [period]);
    this.#highest = new ExtremeStep(p!, 'largest');
    this.#lowest = new ExtremeStep(p!, 'smallest');
  }

  /** The range with this bar; NaN during the first `period` − 1. */
  update(high: number, low: number, close: number): number {
    if (!this.admitsBar(high, low, close)) return NaN;
    const highest = this.#highest.next(high);
    const lowest = this.#lowest.next(low);
    return placeInWindow(highest, lowest, close, highest);
  }
}

/** Buying pressure and true range over one window. */
class Pressure {
  readonly #pressures: WindowSum;
  readonly #ranges: WindowSum;

  constructor(window: number) {
    this.#pressures = new WindowSum(window);
    this.#ranges = new WindowSum(window);
  }

  next(pressure: number, range: number): number {
    const sum = this.#pressures.next(pressure);
    const reach = this.#ranges.next(range);
    return reach === 0 ? 0 : sum / reach;
  }
}

/** `ultosc`, one bar at a time. Throws as `ultosc`. O(1) on average a bar, memory O(periods). */
export class Ultosc extends Stream {
  readonly #short: Pressure;
  readonly #middle: Pressure;
  readonly #long: Pressure;
  #before = NaN;

  constructor(period1?: number, period2?: number, period3?: number) {
    super();
    const [a, b, c] = [...checkAll(ultosc.row, [period1, period2, period3])].sort((x, y) => x - y);
    this.#short = new Pressure(a!);
    this.#middle = new Pressure(b!);
    this.#long = new Pressure(c!);
  }

  /** The oscillator with this bar; NaN during the bars of the longest window. */
  update(high: number, low: number, close: number): number {
    if (!this.admitsBar(high, low, close)) return NaN;
    const before = this.#before;
    this.#before = close;
    if (Number.isNaN(before)) return NaN;
    const gap = low - before;
    const pressure = close - low + (Math.abs(gap) + gap) * 0.5;
    const range = (high - low + (Math.abs(high - before) + Math.abs(gap))) * 0.5;
    const s = this.#short.next(pressure, range);
    const m = this.#middle.next(pressure, range);
    const l = this.#long.next(pressure, range);
    return 100 * ((4 * s + 2 * m + l) / 7);
  }
}

/** Ages of the extremes of the last period + 1 bars. */
class Ages {
  readonly #highest: ExtremeStep;
  readonly #lowest: ExtremeStep;

  constructor(period: number) {
    this.#highest = new ExtremeStep(period + 1, 'largest');
    this.#lowest = new ExtremeStep(period + 1, 'smallest');
  }

  get high(): number {
    return this.#highest.age;
  }

  get low(): number {
    return this.#lowest.age;
  }

  next(high: number, low: number): void {
    this.#highest.next(high);
    this.#lowest.next(low);
  }
}

/** `aroon`, one bar at a time. Throws as `aroon`. O(1) on average a bar, memory O(period). */
export class Aroon extends Stream {
  readonly #period: number;
  readonly #ages: Ages;

  constructor(period?: number) {
    super();
    const [p] = checkAll(aroon.row, [period]);
    this.#period = p!;
    this.#ages = new Ages(p!);
  }

  /** Both lines with this bar; NaN during the first `period`. */
  update(high: number, low: number): { readonly down: number; readonly up: number } {
    if (!this.admitsRange(high, low)) return { down: NaN, up: NaN };
    this.#ages.next(high, low);
    const factor = 100 / this.#period;
    return {
      down: factor * (this.#period - this.#ages.low),
      up: factor * (this.#period - this.#ages.high),
    };
  }
}

/** `aroonOsc`, one bar at a time. Throws as `aroonOsc`. O(1) on average a bar, memory O(period). */
export class AroonOsc extends Stream {
  readonly #factor: number;
  readonly #ages: Ages;

  constructor(period?: number) {
    super();
    const [p] = checkAll(aroonOsc.row, [period]);
    this.#factor = 100 / p!;
    this.#ages = new Ages(p!);
  }

  /** The oscillator with this bar; NaN during the first `period`. */
  update(high: number, low: number): number {
    if (!this.admitsRange(high, low)) return NaN;
    this.#ages.next(high, low);
    return this.#factor * (this.#ages.low - this.#ages.high);
  }
}

/** `bop`, one bar at a time. O(1) a bar. */
export class Bop extends Stream {
  /** The balance of this bar. */
  update(open: number, high: number, low: number, close: number): number {
    this.check('open', open);
    this.check('high', high);
    this.check('low', low);
    this.check('close', close);
    if (!this.admits(open + high + low + close)) return NaN;
    const range = high - low;
    return range > 0 ? (close - open) / range : 0;
  }
}
