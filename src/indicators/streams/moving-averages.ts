/** Moving averages that take one bar after the other. */
import { checkAll } from '../define.js';
import type { MaType } from '../ma-types.js';
import { dema, ema, kama, ma, mama, sma, t3, tema, trima, wma } from '../moving-averages.js';
import { Stream } from '../stream.js';
import { EmaStep, SmaStep, type Step } from './steps.js';
import {
  DemaStep,
  KamaStep,
  MamaStep,
  movingAverageStep,
  T3Step,
  TemaStep,
  TrimaStep,
  WmaStep,
} from './steps-average.js';

/** `sma`, one bar at a time. Throws as `sma`. O(1) on average a bar, memory O(period). */
export class Sma extends Stream {
  readonly #step: SmaStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(sma.row, [period]);
    this.#step = new SmaStep(p!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `ema`, one bar at a time. Throws as `ema`. O(1) a bar. */
export class Ema extends Stream {
  readonly #step: EmaStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(ema.row, [period]);
    this.#step = new EmaStep(p!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `wma`, one bar at a time. Throws as `wma`. O(1) on average a bar, memory O(period). */
export class Wma extends Stream {
  readonly #step: WmaStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(wma.row, [period]);
    this.#step = new WmaStep(p!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `dema`, one bar at a time. Throws as `dema`. O(1) a bar. */
export class Dema extends Stream {
  readonly #step: DemaStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(dema.row, [period]);
    this.#step = new DemaStep(p!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `tema`, one bar at a time. Throws as `tema`. O(1) a bar. */
export class Tema extends Stream {
  readonly #step: TemaStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(tema.row, [period]);
    this.#step = new TemaStep(p!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `trima`, one bar at a time. Throws as `trima`. O(1) on average a bar, memory O(period). */
export class Trima extends Stream {
  readonly #step: TrimaStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(trima.row, [period]);
    this.#step = new TrimaStep(p!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `kama`, one bar at a time. Throws as `kama`. O(1) on average a bar, memory O(period). */
export class Kama extends Stream {
  readonly #step: KamaStep;

  constructor(period?: number) {
    super();
    const [p] = checkAll(kama.row, [period]);
    this.#step = new KamaStep(p!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `t3`, one bar at a time. Throws as `t3`. O(1) a bar. */
export class T3 extends Stream {
  readonly #step: T3Step;

  constructor(period?: number, volumeFactor?: number) {
    super();
    const [p, volume] = checkAll(t3.row, [period, volumeFactor]);
    this.#step = new T3Step(p!, volume!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `ma`, one bar at a time. Throws as `ma`. O(1) on average a bar, memory O(period). */
export class Ma extends Stream {
  readonly #step: Step;

  constructor(period?: number, maType?: MaType) {
    super();
    const [p, type] = checkAll(ma.row, [period, maType]);
    this.#step = movingAverageStep(type!, p!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    return this.admitsValue('close', close) ? this.#step.next(close) : NaN;
  }
}

/** `mama`, one bar at a time. Throws as `mama`. O(1) a bar. */
export class Mama extends Stream {
  readonly #step: MamaStep;

  constructor(fastLimit?: number, slowLimit?: number) {
    super();
    const [fast, slow] = checkAll(mama.row, [fastLimit, slowLimit]);
    this.#step = new MamaStep(fast!, slow!);
  }

  /** Both averages with this bar; NaN during the first 32. */
  update(close: number): Readonly<Record<'mama' | 'fama', number>> {
    const average = this.admitsValue('close', close) ? this.#step.next(close) : NaN;
    return { mama: average, fama: Number.isNaN(average) ? NaN : this.#step.follower };
  }
}
