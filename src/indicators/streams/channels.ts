/** Channels and lines drawn from the range of the last bars, one bar at a time. */
import { donchian, ichimoku, keltner } from '../channels.js';
import { checkAll } from '../define.js';
import { Stream } from '../stream.js';
import { EmaStep } from './steps.js';
import { ExtremeStep, MiddleStep } from './steps-extremes.js';
import { AtrStep } from './steps-wilder.js';

/** `donchian`, one bar at a time. Throws as `donchian`. O(1) on average a bar, memory O(period). */
export class Donchian extends Stream {
  readonly #largest: ExtremeStep;
  readonly #smallest: ExtremeStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(donchian.row, [period]);
    this.#largest = new ExtremeStep(p!, 'largest');
    this.#smallest = new ExtremeStep(p!, 'smallest');
  }

  /** The channel with this bar; NaN during the first `period` − 1. */
  update(high: number, low: number): { upper: number; middle: number; lower: number } {
    if (!this.admitsRange(high, low)) return { upper: NaN, middle: NaN, lower: NaN };
    const upper = this.#largest.next(high);
    const lower = this.#smallest.next(low);
    return { upper, middle: (upper + lower) * 0.5, lower };
  }
}

/** `keltner`, one bar at a time. Throws as `keltner`. O(1) a bar. */
export class Keltner extends Stream {
  readonly #average: EmaStep;
  readonly #range: AtrStep;
  readonly #multiplier: number;

  constructor(period?: number, multiplier?: number, atrPeriod?: number) {
    super();
    const [p, m, a] = checkAll(keltner.row, [period, multiplier, atrPeriod]);
    this.#average = new EmaStep(p!);
    this.#multiplier = m!;
    this.#range = new AtrStep(a!);
  }

  /** The channel with this bar; NaN during the first max(period − 1, atrPeriod). */
  update(high: number, low: number, close: number): { upper: number; middle: number; lower: number } {
    if (!this.admitsBar(high, low, close)) return { upper: NaN, middle: NaN, lower: NaN };
    const average = this.#average.next(close);
    const reach = this.#multiplier * this.#range.next(high, low, close);
    const upper = average + reach;
    return { upper, middle: Number.isNaN(upper) ? NaN : average, lower: average - reach };
  }
}

/** `ichimoku`, one bar at a time. Throws as `ichimoku`. O(1) on average a bar, memory O(periods + displacement). */
export class Ichimoku extends Stream {
  readonly #conversion: MiddleStep;
  readonly #base: MiddleStep;
  readonly #span: MiddleStep;
  readonly #spanA: DelayStep;
  readonly #spanB: DelayStep;

  constructor(conversionPeriod?: number, basePeriod?: number, spanPeriod?: number, displacement?: number) {
    super();
    const given = [conversionPeriod, basePeriod, spanPeriod, displacement];
    const [c, b, s, d] = checkAll(ichimoku.row, given);
    this.#conversion = new MiddleStep(c!);
    this.#base = new MiddleStep(b!);
    this.#span = new MiddleStep(s!);
    this.#spanA = new DelayStep(d!);
    this.#spanB = new DelayStep(d!);
  }

  /** The lines at this bar; each NaN until it begins. */
  update(high: number, low: number): { conversion: number; base: number; spanA: number; spanB: number } {
    if (!this.admitsRange(high, low)) return { conversion: NaN, base: NaN, spanA: NaN, spanB: NaN };
    const conversion = this.#conversion.next(high, low);
    const base = this.#base.next(high, low);
    const spanA = this.#spanA.next((conversion + base) * 0.5);
    return { conversion, base, spanA, spanB: this.#spanB.next(this.#span.next(high, low)) };
  }
}

/** What was given `bars` steps before; NaN during the first `bars`. */
class DelayStep {
  readonly #ring: Float64Array;
  #place = 0;

  constructor(bars: number) {
    this.#ring = new Float64Array(bars + 1).fill(NaN);
  }

  next(value: number): number {
    const ring = this.#ring;
    ring[this.#place] = value;
    if (++this.#place === ring.length) this.#place = 0;
    return ring[this.#place]!;
  }
}
