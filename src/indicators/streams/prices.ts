/** One price for a bar, and the average price of what was traded, one bar at a time. */
import { twoSumError } from '../../../kernels/indicators/vwap.js';
import { checkAll } from '../define.js';
import { vwap } from '../prices.js';
import { Stream } from '../stream.js';
import { WindowSum } from './steps-window.js';

/** `avgPrice`, one bar at a time. Throws as `avgPrice`. O(1). */
export class AvgPrice extends Stream {
  /** The mean of the four prices. */
  update(open: number, high: number, low: number, close: number): number {
    this.check('open', open);
    this.check('high', high);
    this.check('low', low);
    this.check('close', close);
    const sum = high + low + close + open;
    return this.admits(sum) ? sum * 0.25 : NaN;
  }
}

/** `medPrice`, one bar at a time. Throws as `medPrice`. O(1). */
export class MedPrice extends Stream {
  /** The middle of the bar. */
  update(high: number, low: number): number {
    this.check('high', high);
    this.check('low', low);
    const sum = high + low;
    return this.admits(sum) ? sum * 0.5 : NaN;
  }
}

/** `typPrice`, one bar at a time. Throws as `typPrice`. O(1). */
export class TypPrice extends Stream {
  /** The typical price of the bar. */
  update(high: number, low: number, close: number): number {
    this.check('high', high);
    this.check('low', low);
    this.check('close', close);
    const sum = high + low + close;
    return this.admits(sum) ? sum / 3 : NaN;
  }
}

/** `wclPrice`, one bar at a time. Throws as `wclPrice`. O(1). */
export class WclPrice extends Stream {
  /** The price of the bar with the close counted twice. */
  update(high: number, low: number, close: number): number {
    this.check('high', high);
    this.check('low', low);
    this.check('close', close);
    const sum = high + low + close * 2;
    return this.admits(sum) ? sum * 0.25 : NaN;
  }
}

/** `heikinAshi`, one bar at a time. Throws as `heikinAshi`. O(1). */
export class HeikinAshi extends Stream {
  #body = NaN;

  /** The candle of the bar. */
  update(
    open: number,
    high: number,
    low: number,
    close: number,
  ): { open: number; high: number; low: number; close: number } {
    this.check('open', open);
    this.check('high', high);
    this.check('low', low);
    this.check('close', close);
    const sum = open + high + low + close;
    if (!this.admits(sum)) return { open: NaN, high: NaN, low: NaN, close: NaN };
    const mean = sum * 0.25;
    const body = Number.isNaN(this.#body) ? (open + close) * 0.5 : this.#body;
    const top = body > mean ? body : mean;
    const bottom = body > mean ? mean : body;
    this.#body = (body + mean) * 0.5;
    return { open: body, high: high > top ? high : top, low: low < bottom ? low : bottom, close: mean };
  }
}

/** `vwap`, one bar at a time. Throws as `vwap`. O(1) on average a bar, memory O(period). */
export class Vwap extends Stream {
  readonly #traded: { next(value: number): number };
  readonly #shares: { next(value: number): number };

  constructor(period?: number) {
    super();
    const [p] = checkAll(vwap.row, [period]);
    this.#traded = p === 0 ? new WholeSum() : new WindowSum(p!);
    this.#shares = p === 0 ? new WholeSum() : new WindowSum(p!);
  }

  /** The average price with this bar; NaN during the first `period` − 1 and where nothing has been traded. */
  update(high: number, low: number, close: number, volume: number): number {
    this.check('high', high);
    this.check('low', low);
    this.check('close', close);
    this.check('volume', volume);
    if (!this.admits(high + low + close + volume)) return NaN;
    return this.#traded.next(((high + low + close) / 3) * volume) / this.#shares.next(volume);
  }
}

/** Sum of everything so far, with what rounding took, as kernels/indicators/vwap.ts. */
class WholeSum {
  #sum = 0;
  #lost = 0;

  next(value: number): number {
    const sum = this.#sum + value;
    this.#lost += twoSumError(this.#sum, value, sum);
    this.#sum = sum;
    return sum + this.#lost;
  }
}
