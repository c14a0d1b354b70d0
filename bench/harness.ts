/** What a benchmark is, and how two sides are timed fairly: the same input, by turns, after warm-up. */
import type { Input } from './inputs.js';

export type Params = Readonly<Record<string, number | string>>;

/** A few numbers out of a result: they prove that it was used, and are compared between the sides. */
export type Check = Readonly<Record<string, number>>;

/** One computation, ready to be timed. */
export interface Job {
  run(): unknown;
  check(result: unknown): Check;
}

/** Makes a job from prepared input; what happens here is not timed. */
export type Kernel = (input: Input, params: Params) => Job;

/** A job whose check knows the type of what it runs. */
export function job<T>(run: () => T | Promise<T>, check: (result: T) => Check): Job {
  return { run, check: (result) => check(result as T) };
}

/** Somebody else's implementation of a case. */
export interface PeerUse {
  /** The script `bench/peers/<script>_peer.py`; also the name in tables and budgets. */
  readonly script: string;
  readonly kernel: string;
  readonly params?: Params;
  /** What is called there, in words. */
  readonly what: string;
  /** Which numbers of the check must agree with ours, and how closely; or why they are not compared. */
  readonly agree: { readonly fields: readonly string[]; readonly relative: number } | string;
  /** One of many: a quarter of the time for rounds and for warm-up. */
  readonly briefly?: boolean;
  /** A call takes it seconds: two rounds after one to warm up, without the call before each that is not timed. */
  readonly slow?: boolean;
}

export interface BenchCase {
  readonly name: string;
  readonly title: string;
  readonly kernel: string;
  readonly params?: Params;
  readonly makeInput?: () => Input;
  readonly peers?: readonly PeerUse[];
  /** Cases of one name here are summed up: the geometric mean of their ratios to each peer is printed. */
  readonly group?: string;
  /** Bars × symbols, or values: the time for each is printed. */
  readonly cells?: number;
  /** Other people's figures for the same work, as they were quoted. */
  readonly quoted?: readonly { readonly who: string; readonly ms: number }[];
  /** The check has `bytes`, the size of what was made: printed for both sides. */
  readonly bytes?: boolean;
  /** The check has `p50`, `p99`, `p999` and `clock`, nanoseconds of one call and of reading the clock: printed. */
  readonly latency?: boolean;
  /** The kernel starts processes of its own: no repeats inside a round, ten rounds, memory unknown. */
  readonly spawns?: boolean;
}

export interface Bench {
  /** Version of what is timed, where that is not this package. */
  readonly version?: string;
  readonly name: string;
  readonly cases: readonly BenchCase[];
  readonly kernels: Readonly<Record<string, Kernel>>;
}

export interface Timing {
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly rounds: number;
  /** Calls in each round; times are for one call. */
  readonly repeat: number;
}

/** Something that can be timed: answers with the milliseconds of one call, averaged over `repeat` calls. */
export interface Timed {
  time(repeat: number): Promise<number>;
}

export interface Pace {
  /** Milliseconds to spend on all rounds of all sides. */
  readonly budgetMs: number;
  readonly minRounds: number;
  readonly maxRounds: number;
  /** Milliseconds that one round should last at least, by calling the kernel repeatedly. */
  readonly roundMs: number;
  /** Milliseconds of warm-up for each side (one call at least). */
  readonly warmUpMs: number;
}

/** Middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function summarize(times: readonly number[], repeat: number): Timing {
  return {
    medianMs: median(times),
    minMs: Math.min(...times),
    maxMs: Math.max(...times),
    rounds: times.length,
    repeat,
  };
}

/** How many times faster ours is: the peer's median over our median. */
export function speedUp(ours: Timing, peer: Timing): number {
  return peer.medianMs / ours.medianMs;
}

/** Rounds that fit the budget, within the limits. */
export function planRounds(msPerRound: number, pace: Pace): number {
  const fit = Math.floor(pace.budgetMs / Math.max(msPerRound, 1e-6));
  return Math.max(pace.minRounds, Math.min(pace.maxRounds, fit));
}

/** Calls until a round lasts long enough for the clock, given the time of one call. */
export function planRepeat(msPerCall: number, roundMs: number): number {
  return Math.max(1, Math.min(100_000, Math.ceil(roundMs / Math.max(msPerCall, 1e-5))));
}

/**
 * Warms up each side, then times them by turns (A B A B …), so that what slows the machine down meets both.
 * Resolves to one timing for each side, in the order given.
 */
export async function timeByTurns(sides: readonly Timed[], pace: Pace): Promise<Timing[]> {
  const repeats: number[] = [];
  let msPerRound = 0;
  for (const side of sides) {
    const { repeat, ms } = await warmUp(side, pace);
    repeats.push(repeat);
    msPerRound += ms * repeat;
  }
  const rounds = planRounds(msPerRound, pace);
  const times: number[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let s = 0; s < sides.length; s++) times[s].push(await sides[s].time(repeats[s]));
  }
  return times.map((series, s) => summarize(series, repeats[s]));
}

async function warmUp(side: Timed, pace: Pace): Promise<{ repeat: number; ms: number }> {
  let repeat = 1;
  let spent = 0;
  let ms = 0;
  for (let call = 0; call < 1000; call++) {
    ms = await side.time(repeat);
    spent += ms * repeat;
    repeat = planRepeat(ms, pace.roundMs);
    if (spent >= pace.warmUpMs) break;
  }
  return { repeat, ms };
}

/** Largest relative difference over the named fields; a field missing on one side counts as infinite. */
export function worstDifference(a: Check, b: Check, fields: readonly string[]): number {
  let worst = 0;
  for (const field of fields) {
    const x = a[field] ?? NaN;
    const y = b[field] ?? NaN;
    const difference = x === y ? 0 : Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y));
    worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
  }
  return worst;
}
