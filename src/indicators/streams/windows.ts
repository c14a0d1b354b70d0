/** Extremes and sums of a moving window, one bar at a time. */
import { checkAll } from '../define.js';
import { Stream } from '../stream.js';
import { midpoint, midprice, rollingMax, rollingMin, rollingSum } from '../windows.js';
import { ExtremeStep, MiddleStep } from './steps-extremes.js';
import { WindowSum } from './steps-window.js';

/** `rollingMin`, one value at a time. Throws as `rollingMin`. O(1) on average a value, memory O(period). */
export class RollingMin extends Stream {
  readonly #step: ExtremeStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(rollingMin.row, [period]);
    this.#step = new ExtremeStep(p!, 'smallest');
  }

  /** The smallest with this value; NaN during the first `period` − 1. */
  update(value: number): number {
    return this.admitsValue('value', value) ? this.#step.next(value) : NaN;
  }
}

/** `rollingMax`, one value at a time. Throws as `rollingMax`. O(1) on average a value, memory O(period). */
export class RollingMax extends Stream {
  readonly #step: ExtremeStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(rollingMax.row, [period]);
    this.#step = new ExtremeStep(p!, 'largest');
  }

  /** The largest with this value; NaN during the first `period` − 1. */
  update(value: number): number {
    return this.admitsValue('value', value) ? this.#step.next(value) : NaN;
  }
}

/** `rollingSum`, one value at a time. Throws as `rollingSum`. O(1) on average a value, memory O(period). */
export class RollingSum extends Stream {
  readonly #step: WindowSum;

  constructor(period?: number) {
    super();
    const [p] = checkAll(rollingSum.row, [period]);
    this.#step = new WindowSum(p!);
  }

  /** The sum with this value; NaN during the first `period` − 1. */
  update(value: number): number {
    return this.admitsValue('value', value) ? this.#step.next(value) : NaN;
  }
}

/** `midpoint`, one value at a time. Throws as `midpoint`. O(1) on average a value, memory O(period). */
export class Midpoint extends Stream {
  readonly #step: MiddleStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(midpoint.row, [period]);
    this.#step = new MiddleStep(p!);
  }

  /** The middle with this value; NaN during the first `period` − 1. */
  update(value: number): number {
    return this.admitsValue('value', value) ? this.#step.next(value, value) : NaN;
  }
}

/** `midprice`, one bar at a time. Throws as `midprice`. O(1) on average a bar, memory O(period). */
export class Midprice extends Stream {
  readonly #step: MiddleStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(midprice.row, [period]);
    this.#step = new MiddleStep(p!);
  }

  /** The middle with this bar; NaN during the first `period` − 1. */
  update(high: number, low: number): number {
    return this.admitsRange(high, low) ? this.#step.next(high, low) : NaN;
  }
}
