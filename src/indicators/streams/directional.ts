/** Wilder's directional movement, one bar at a time. */
import { checkAll } from '../define.js';
import { adx, adxr, dx, minusDi, minusDm, plusDi, plusDm } from '../directional.js';
import type { IndicatorRow } from '../indicator.js';
import { Stream } from '../stream.js';
import { AdxStep, DirectionalSums, MovementStep } from './steps-wilder.js';

/** What takes high, low and close. */
abstract class BarStream extends Stream {
  /** The value with this bar; NaN before there is enough history. */
  update(high: number, low: number, close: number): number {
    return this.admitsBar(high, low, close) ? this.next(high, low, close) : NaN;
  }

  /** The value of this bar. */
  protected abstract next(high: number, low: number, close: number): number;
}

/** `adx`, one bar at a time. Throws as `adx`. O(1) a bar. */
export class Adx extends BarStream {
  readonly #step: AdxStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(adx.row, [period]);
    this.#step = new AdxStep(p!);
  }

  /** The value of this bar. */
  protected next(high: number, low: number, close: number): number {
    return this.#step.next(high, low, close);
  }
}

/** `adxr`, one bar at a time. Throws as `adxr`. O(1) a bar, memory O(period). */
export class Adxr extends BarStream {
  readonly #step: AdxStep;
  /** The last averages, NaN where there was none. */
  readonly #ring: Float64Array;
  #place = 0;

  constructor(period?: number) {
    super();
    const [p] = checkAll(adxr.row, [period]);
    this.#step = new AdxStep(p!);
    this.#ring = new Float64Array(p! - 1).fill(NaN);
  }

  /** The value of this bar. */
  protected next(high: number, low: number, close: number): number {
    const average = this.#step.next(high, low, close);
    const before = this.#ring[this.#place]!;
    this.#ring[this.#place] = average;
    if (++this.#place === this.#ring.length) this.#place = 0;
    return (average + before) * 0.5;
  }
}

/** `dx`, one bar at a time. Throws as `dx`. O(1) a bar. */
export class Dx extends BarStream {
  readonly #sums: DirectionalSums;

  constructor(period?: number) {
    super();
    const [p] = checkAll(dx.row, [period]);
    this.#sums = new DirectionalSums(p!);
  }

  /** The value of this bar. */
  protected next(high: number, low: number, close: number): number {
    return this.#sums.next(high, low, close) ? 100 * this.#sums.ratio : NaN;
  }
}

/** Either directional indicator. */
abstract class DirectionalIndicatorStream extends BarStream {
  readonly #sums: DirectionalSums;
  readonly #scale: number;

  constructor(row: IndicatorRow, period: number | undefined) {
    super();
    const [p] = checkAll(row, [period]);
    this.#sums = new DirectionalSums(p!);
    this.#scale = p === 1 ? 1 : 100;
  }

  /** The value of this bar. */
  protected next(high: number, low: number, close: number): number {
    const sums = this.#sums;
    if (!sums.next(high, low, close)) return NaN;
    return sums.range < 1e-295 ? 0 : this.#scale * (this.movement(sums.up, sums.down) / sums.range);
  }

  /** The movement that counts, of both. */
  protected abstract movement(up: number, down: number): number;
}

/** `plusDi`, one bar at a time. Throws as `plusDi`. O(1) a bar. */
export class PlusDi extends DirectionalIndicatorStream {
  constructor(period?: number) {
    super(plusDi.row, period);
  }

  /** The upward movement. */
  protected movement(up: number): number {
    return up;
  }
}

/** `minusDi`, one bar at a time. Throws as `minusDi`. O(1) a bar. */
export class MinusDi extends DirectionalIndicatorStream {
  constructor(period?: number) {
    super(minusDi.row, period);
  }

  /** The downward movement. */
  protected movement(_up: number, down: number): number {
    return down;
  }
}

/** Either directional movement. */
abstract class MovementStream extends Stream {
  readonly #step: MovementStep;

  constructor(row: IndicatorRow, period: number | undefined, up: boolean) {
    super();
    const [p] = checkAll(row, [period]);
    this.#step = new MovementStep(p!, up);
  }

  /** The sum with this bar; NaN during the first `period` − 1, at least one. */
  update(high: number, low: number): number {
    return this.admitsRange(high, low) ? this.#step.next(high, low) : NaN;
  }
}

/** `plusDm`, one bar at a time. Throws as `plusDm`. O(1) a bar. */
export class PlusDm extends MovementStream {
  constructor(period?: number) {
    super(plusDm.row, period, true);
  }
}

/** `minusDm`, one bar at a time. Throws as `minusDm`. O(1) a bar. */
export class MinusDm extends MovementStream {
  constructor(period?: number) {
    super(minusDm.row, period, false);
  }
}

export type { BarStream, DirectionalIndicatorStream, MovementStream };
