/** Statistics of a window that take one bar after the other. */
import { simpleReturn } from '../../../kernels/indicators/beta.js';
import {
  degrees,
  heightLevel,
  heightRise,
  slopeLevel,
  slopeRise,
} from '../../../kernels/indicators/linear-reg.js';
import { checkAll } from '../define.js';
import {
  beta,
  correl,
  linearReg,
  linearRegAngle,
  linearRegIntercept,
  linearRegSlope,
  stddev,
  tsf,
  variance,
} from '../statistic.js';
import { Stream } from '../stream.js';
import { LineStep, MomentsStep, PairStep } from './steps-window.js';

/** `variance`, one bar at a time. Throws as `variance`. O(1) on average a bar, memory O(period). */
export class Variance extends Stream {
  readonly #moments: MomentsStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(variance.row, [period]);
    this.#moments = new MomentsStep(p!);
  }

  /** The variance with this bar; NaN while the window fills. */
  update(value: number): number {
    if (!this.admitsValue('value', value)) return NaN;
    this.#moments.next(value);
    return this.#moments.variance;
  }
}

/** `stddev`, one bar at a time. Throws as `stddev`. O(1) on average a bar, memory O(period). */
export class Stddev extends Stream {
  readonly #moments: MomentsStep;
  readonly #deviations: number;

  constructor(period?: number, deviations?: number) {
    super();
    const [p, times] = checkAll(stddev.row, [period, deviations]);
    this.#moments = new MomentsStep(p!);
    this.#deviations = times!;
  }

  /** The deviation with this bar; NaN while the window fills. */
  update(value: number): number {
    if (!this.admitsValue('value', value)) return NaN;
    this.#moments.next(value);
    return Math.sqrt(this.#moments.variance) * this.#deviations;
  }
}

/** `correl`, one bar at a time. Throws as `correl`. O(1) on average a bar, memory O(period). */
export class Correl extends Stream {
  readonly #pairs: PairStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(correl.row, [period]);
    this.#pairs = new PairStep(p!);
  }

  /** The correlation with this bar; NaN while the window fills. */
  update(value: number, other: number): number {
    this.check('value', value);
    this.check('other', other);
    if (!this.admits(value + other)) return NaN;
    return this.#pairs.next(value, other) ? this.#pairs.correlation() : NaN;
  }
}

/** `beta`, one bar at a time. Throws as `beta`. O(1) on average a bar, memory O(period). */
export class Beta extends Stream {
  readonly #pairs: PairStep;
  #value = NaN;
  #other = NaN;

  constructor(period?: number) {
    super();
    const [p] = checkAll(beta.row, [period]);
    this.#pairs = new PairStep(p!);
  }

  /** The slope with this bar; NaN while the window fills. */
  update(value: number, other: number): number {
    this.check('value', value);
    this.check('other', other);
    if (!this.admits(value + other)) return NaN;
    const first = Number.isNaN(this.#value);
    const ofValue = simpleReturn(this.#value, value);
    const ofOther = simpleReturn(this.#other, other);
    this.#value = value;
    this.#other = other;
    if (first) return NaN;
    return this.#pairs.next(ofValue, ofOther) ? this.#pairs.slope() : NaN;
  }
}

/** What the lines of least squares share. */
abstract class LineStream extends Stream {
  readonly #step: LineStep;

  protected constructor(step: LineStep) {
    super();
    this.#step = step;
  }

  /** The value with this bar; NaN while the window fills. */
  update(value: number): number {
    return this.admitsValue('value', value) ? this.#step.next(value) : NaN;
  }
}

/** `linearReg`, one bar at a time. Throws as `linearReg`. O(1) on average a bar, memory O(period). */
export class LinearReg extends LineStream {
  constructor(period?: number) {
    const [p] = checkAll(linearReg.row, [period]);
    super(new LineStep(p!, 1, heightLevel(p!, p! - 1), heightRise(p!, p! - 1)));
  }
}

/** `linearRegIntercept`, one bar at a time. Throws as `linearRegIntercept`. O(1) on average a bar, memory O(period). */
export class LinearRegIntercept extends LineStream {
  constructor(period?: number) {
    const [p] = checkAll(linearRegIntercept.row, [period]);
    super(new LineStep(p!, 1, heightLevel(p!, 0), heightRise(p!, 0)));
  }
}

/** `tsf`, one bar at a time. Throws as `tsf`. O(1) on average a bar, memory O(period). */
export class Tsf extends LineStream {
  constructor(period?: number) {
    const [p] = checkAll(tsf.row, [period]);
    super(new LineStep(p!, 1, heightLevel(p!, p!), heightRise(p!, p!)));
  }
}

/** `linearRegSlope`, one bar at a time. Throws as `linearRegSlope`. O(1) on average a bar, memory O(period). */
export class LinearRegSlope extends LineStream {
  constructor(period?: number) {
    const [p] = checkAll(linearRegSlope.row, [period]);
    super(new LineStep(p!, 0, slopeLevel(p!), slopeRise(p!)));
  }
}

/** `linearRegAngle`, one bar at a time. Throws as `linearRegAngle`. O(1) on average a bar, memory O(period). */
export class LinearRegAngle extends LineStream {
  constructor(period?: number) {
    const [p] = checkAll(linearRegAngle.row, [period]);
    super(new LineStep(p!, 0, slopeLevel(p!), slopeRise(p!)));
  }

  /** The angle with this bar; NaN while the window fills. */
  override update(value: number): number {
    return degrees(super.update(value));
  }
}

export type { LineStep } from './steps-window.js';
export type { LineStream };
