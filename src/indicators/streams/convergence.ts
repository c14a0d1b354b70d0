/** Differences of moving averages that take one bar after the other. */
import { percentOf } from '../../../kernels/indicators/apo.js';
import { percentChange } from '../../../kernels/indicators/trix.js';
import { apo, macd, macdExt, macdFix, ppo, trix } from '../convergence.js';
import { checkAll } from '../define.js';
import type { MaType } from '../ma-types.js';
import { planOf } from '../macd-plan.js';
import { Stream } from '../stream.js';
import { PlainEmaStep, type Step } from './steps.js';
import { EmaChain, movingAverageStep } from './steps-average.js';

/** The line, its average and their difference at one bar. */
export type MacdValues = Readonly<Record<'macd' | 'signal' | 'histogram', number>>;
const NONE: MacdValues = Object.freeze({ macd: NaN, signal: NaN, histogram: NaN });

/** What the three forms of the line share: two averages that begin together, and an average of their difference. */
abstract class ConvergenceStream extends Stream {
  readonly #fast: Step;
  readonly #slow: Step;
  readonly #signal: Step;
  /** Bars each average does not see. */
  readonly #fastFrom: number;
  readonly #slowFrom: number;
  #bar = 0;

  protected constructor(fast: Step, fastFrom: number, slow: Step, slowFrom: number, signal: Step) {
    super();
    this.#fast = fast;
    this.#slow = slow;
    this.#signal = signal;
    this.#fastFrom = fastFrom;
    this.#slowFrom = slowFrom;
  }

  /** The three values with this bar; NaN while there is too little history. */
  update(close: number): MacdValues {
    if (!this.admitsValue('close', close)) return NONE;
    const bar = this.#bar;
    this.#bar = bar + 1;
    const fast = bar < this.#fastFrom ? NaN : this.#fast.next(close);
    const slow = bar < this.#slowFrom ? NaN : this.#slow.next(close);
    const line = fast - slow;
    if (Number.isNaN(line)) return NONE;
    const signal = this.#signal.next(line);
    if (Number.isNaN(signal)) return NONE;
    return { macd: line, signal, histogram: line - signal };
  }
}

/** `macd`, one bar at a time. Throws as `macd`. O(1) a bar. */
export class Macd extends ConvergenceStream {
  constructor(fast?: number, slow?: number, signal?: number) {
    const [a, b, c] = checkAll(macd.row, [fast, slow, signal]);
    const short = Math.min(a!, b!);
    const long = Math.max(a!, b!);
    super(new PlainEmaStep(short), long - short, new PlainEmaStep(long), 0, new PlainEmaStep(c!));
  }
}

/** `macdFix`, one bar at a time. Throws as `macdFix`. O(1) a bar. */
export class MacdFix extends ConvergenceStream {
  constructor(signal?: number) {
    const [c] = checkAll(macdFix.row, [signal]);
    super(new PlainEmaStep(12, 0.15), 14, new PlainEmaStep(26, 0.075), 0, new PlainEmaStep(c!));
  }
}

/** `macdExt`, one bar at a time. Throws as `macdExt`. O(1) on average a bar, memory O(periods). */
export class MacdExt extends ConvergenceStream {
  constructor(
    fast?: number,
    fastMaType?: MaType,
    slow?: number,
    slowMaType?: MaType,
    signal?: number,
    signalMaType?: MaType,
  ) {
    const given = [fast, fastMaType, slow, slowMaType, signal, signalMaType];
    const parameters = checkAll(macdExt.row, given);
    const plan = planOf(parameters);
    super(
      movingAverageStep(plan.fastType, plan.fast),
      plan.fastFrom,
      movingAverageStep(plan.slowType, plan.slow),
      plan.slowFrom,
      movingAverageStep(parameters[5]!, parameters[4]!),
    );
  }
}

/** What the two oscillators share: two averages of one type. */
abstract class OscillatorStream extends Stream {
  readonly #fast: Step;
  readonly #slow: Step;

  protected constructor([a, b, type]: readonly number[]) {
    super();
    // Exponential ones go bar by bar, as in the kernel that makes both in one pass.
    const step = (period: number): Step =>
      type === 1 ? new PlainEmaStep(period) : movingAverageStep(type!, period);
    this.#fast = step(Math.min(a!, b!));
    this.#slow = step(Math.max(a!, b!));
  }

  /** The value of this bar. */
  protected abstract compare(fast: number, slow: number): number;

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    if (!this.admitsValue('close', close)) return NaN;
    const fast = this.#fast.next(close);
    return this.compare(fast, this.#slow.next(close));
  }
}

/** `apo`, one bar at a time. Throws as `apo`. O(1) on average a bar. */
export class Apo extends OscillatorStream {
  constructor(fast?: number, slow?: number, maType?: MaType) {
    super(checkAll(apo.row, [fast, slow, maType]));
  }

  /** The value of this bar. */
  protected override compare(fast: number, slow: number): number {
    return fast - slow;
  }
}

/** `ppo`, one bar at a time. Throws as `ppo`. O(1) on average a bar. */
export class Ppo extends OscillatorStream {
  constructor(fast?: number, slow?: number, maType?: MaType) {
    super(checkAll(ppo.row, [fast, slow, maType]));
  }

  /** The value of this bar. */
  protected override compare(fast: number, slow: number): number {
    return percentOf(fast, slow);
  }
}

/** `trix`, one bar at a time. Throws as `trix`. O(1) a bar. */
export class Trix extends Stream {
  readonly #chain: EmaChain;
  #before = NaN;

  constructor(period?: number) {
    super();
    const [p] = checkAll(trix.row, [period]);
    this.#chain = new EmaChain(3, p!);
  }

  /** The value with this bar; NaN while there is too little history. */
  update(close: number): number {
    if (!this.admitsValue('close', close)) return NaN;
    const before = this.#before;
    this.#before = this.#chain.next(close);
    return percentChange(before, this.#before);
  }
}

export type { Step } from './steps.js';
export type { ConvergenceStream, OscillatorStream };
