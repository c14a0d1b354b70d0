/** Indicators of the pace of one series, one bar at a time. */
import { checkAll } from '../define.js';
import type { IndicatorRow } from '../indicator.js';
import { cmo, mom, roc, rocp, rocr, rocr100, rsi } from '../momentum.js';
import { Stream } from '../stream.js';
import { RsiStep } from './steps-wilder.js';

/** `rsi`, one bar at a time. Throws as `rsi`. O(1) a bar. */
export class Rsi extends Stream {
  readonly #step: RsiStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(rsi.row, [period]);
    this.#step = new RsiStep(p!);
  }

  /** The index with this bar; NaN during the first `period`. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `cmo`, one bar at a time. Throws as `cmo`. O(1) a bar. */
export class Cmo extends Stream {
  readonly #period: number;
  readonly #keep: number;
  #bar = -1;
  #previous = 0;
  #net = 0;
  #gross = 0;

  constructor(period?: number) {
    super();
    const [p] = checkAll(cmo.row, [period]);
    this.#period = p!;
    this.#keep = (p! - 1) / p!;
  }

  /** The oscillator with this bar; NaN during the first `period`. */
  update(close: number): number {
    if (!this.admitsValue('close', close)) return NaN;
    const bar = ++this.#bar;
    const change = close - this.#previous;
    this.#previous = close;
    if (bar <= this.#period) {
      if (bar > 0) {
        this.#net += change;
        this.#gross += Math.abs(change);
      }
      if (bar < this.#period) return NaN;
      return this.#gross === 0 ? 0 : 100 * (this.#net / this.#gross);
    }
    const net = this.#net * this.#keep + change;
    const gross = this.#gross * this.#keep + Math.abs(change);
    this.#net = net;
    this.#gross = gross;
    return gross < 1e-295 ? 0 : 100 * (net / gross);
  }
}

/** What compares a value with the one `period` bars before. */
abstract class ComparisonStream extends Stream {
  readonly #ring: Float64Array;
  #place = 0;
  #full = false;

  constructor(row: IndicatorRow, period: number | undefined) {
    super();
    const [p] = checkAll(row, [period]);
    this.#ring = new Float64Array(p!);
  }

  /** The comparison with this bar; NaN during the first `period`. */
  update(close: number): number {
    if (!this.admitsValue('close', close)) return NaN;
    const ring = this.#ring;
    const before = ring[this.#place]!;
    ring[this.#place] = close;
    const full = this.#full;
    if (++this.#place === ring.length) {
      this.#place = 0;
      this.#full = true;
    }
    return full ? this.compare(close, before) : NaN;
  }

  /** The value of this bar. */
  protected abstract compare(value: number, before: number): number;
}

/** `mom`, one bar at a time. Throws as `mom`. O(1) a bar, memory O(period). */
export class Mom extends ComparisonStream {
  constructor(period?: number) {
    super(mom.row, period);
  }

  /** The value of this bar. */
  protected compare(value: number, before: number): number {
    return value - before;
  }
}

/** `roc`, one bar at a time. Throws as `roc`. O(1) a bar, memory O(period). */
export class Roc extends ComparisonStream {
  constructor(period?: number) {
    super(roc.row, period);
  }

  /** The value of this bar. */
  protected compare(value: number, before: number): number {
    return before === 0 ? 0 : (value / before - 1) * 100;
  }
}

/** `rocp`, one bar at a time. Throws as `rocp`. O(1) a bar, memory O(period). */
export class Rocp extends ComparisonStream {
  constructor(period?: number) {
    super(rocp.row, period);
  }

  /** The value of this bar. */
  protected compare(value: number, before: number): number {
    return before === 0 ? 0 : value / before - 1;
  }
}

/** `rocr`, one bar at a time. Throws as `rocr`. O(1) a bar, memory O(period). */
export class Rocr extends ComparisonStream {
  constructor(period?: number) {
    super(rocr.row, period);
  }

  /** The value of this bar. */
  protected compare(value: number, before: number): number {
    return before === 0 ? 0 : value / before;
  }
}

/** `rocr100`, one bar at a time. Throws as `rocr100`. O(1) a bar, memory O(period). */
export class Rocr100 extends ComparisonStream {
  constructor(period?: number) {
    super(rocr100.row, period);
  }

  /** The value of this bar. */
  protected compare(value: number, before: number): number {
    return before === 0 ? 0 : (value / before) * 100;
  }
}

export type { ComparisonStream };
