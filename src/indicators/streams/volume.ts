/** Indicators with volume, one bar at a time. */
import { checkAll } from '../define.js';
import { Stream } from '../stream.js';
import { adosc, mfi } from '../volume.js';
import { WindowSum } from './steps-window.js';

/** `obv`, one bar at a time. O(1) a bar. */
export class Obv extends Stream {
  #before = NaN;
  #sum = 0;

  /** The sum with this bar. */
  update(close: number, volume: number): number {
    this.check('close', close);
    this.check('volume', volume);
    if (!this.admits(close + volume)) return NaN;
    if (Number.isNaN(this.#before)) this.#sum = volume;
    else this.#sum += volume * (Number(close > this.#before) - Number(close < this.#before));
    this.#before = close;
    return this.#sum;
  }
}

/** What sums up volume by the place of the close: kernels/indicators/balance.ts. */
abstract class DistributionStream extends Stream {
  #sum = 0;

  /** The value with this bar; NaN before there is enough history. */
  update(high: number, low: number, close: number, volume: number): number {
    this.check('high', high);
    this.check('low', low);
    this.check('close', close);
    this.check('volume', volume);
    if (!this.admits(high + low + close + volume)) return NaN;
    const range = high - low;
    if (range > 0) this.#sum += ((close - low - (high - close)) / range) * volume;
    return this.next(this.#sum);
  }

  /** The value of this bar. */
  protected abstract next(sum: number): number;
}

/** `ad`, one bar at a time. O(1) a bar. */
export class Ad extends DistributionStream {
  /** The value of this bar. */
  protected next(sum: number): number {
    return sum;
  }
}

/** `adosc`, one bar at a time. Throws as `adosc`. O(1) a bar. */
export class Adosc extends DistributionStream {
  readonly #first: number;
  readonly #fastShare: number;
  readonly #slowShare: number;
  #bar = -1;
  #quick = 0;
  #calm = 0;

  constructor(fast?: number, slow?: number) {
    super();
    const [f, s] = checkAll(adosc.row, [fast, slow]);
    this.#first = Math.max(f!, s!) - 1;
    this.#fastShare = 2 / (f! + 1);
    this.#slowShare = 2 / (s! + 1);
  }

  /** The value of this bar. */
  protected next(sum: number): number {
    const bar = ++this.#bar;
    if (bar === 0) {
      this.#quick = sum;
      this.#calm = sum;
    } else {
      this.#quick = this.#quick * (1 - this.#fastShare) + sum * this.#fastShare;
      this.#calm = this.#calm * (1 - this.#slowShare) + sum * this.#slowShare;
    }
    return bar < this.#first ? NaN : this.#quick - this.#calm;
  }
}

/** `mfi`, one bar at a time. Throws as `mfi`. O(1) on average a bar, memory O(period). */
export class Mfi extends Stream {
  readonly #risen: WindowSum;
  readonly #fallen: WindowSum;
  #before = NaN;

  constructor(period?: number) {
    super();
    const [p] = checkAll(mfi.row, [period]);
    this.#risen = new WindowSum(p!);
    this.#fallen = new WindowSum(p!);
  }

  /** The index with this bar; NaN during the first `period`. */
  update(high: number, low: number, close: number, volume: number): number {
    this.check('high', high);
    this.check('low', low);
    this.check('close', close);
    this.check('volume', volume);
    if (!this.admits(high + low + close + volume)) return NaN;
    const typical = (high + low + close) / 3;
    const before = this.#before;
    this.#before = typical;
    if (Number.isNaN(before)) return NaN;
    const change = typical - before;
    const rounding = 1e-14 * (Math.abs(typical) + Math.abs(before));
    const gain = this.#risen.next(typical * volume * Number(change > rounding));
    const total = gain + this.#fallen.next(typical * volume * Number(-change > rounding));
    return total === 0 ? 0 : 100 * (gain / total);
  }
}

export type { DistributionStream };
