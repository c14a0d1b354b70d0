/** Does a strategy know the future? Rerun on shortened history, it must decide as it did on all of it. */
import { checkInteger, checkKeys, type Mat } from '../check.js';
import { NbError, ValidationError } from '../errors.js';
import type { PreparedInput } from './input.js';
import { toMat } from './matrix.js';
import { StrategyRun } from './strategy-run.js';
import type { AsyncStrategy, StrategyInput, StrategyOptions } from './strategy-types.js';
import type { PriceInput } from './types.js';

/** A decision that changed when later bars were taken away. */
export interface LookaheadPeek {
  /** The bar of the decision. */
  readonly bar: number;
  /** Its epoch day, or null without dates. */
  readonly date: number | null;
  /** The last bar of the shortened history. */
  readonly lastBar: number;
  /** The symbol whose weight differs most; null if only one of the two runs decided anything, or one failed. */
  readonly symbol: string | null;
  /** Its weight with all bars, and with the shortened history; null where there was no decision. */
  readonly full: number | null;
  readonly shortened: number | null;
  /** What the strategy threw on the shortened history, if it did. */
  readonly error: string | null;
}

/** What the check found. */
export interface LookaheadReport {
  /** Whether every decision stayed the same. */
  readonly clean: boolean;
  /** Whether two runs over all bars decided alike; without that nothing else can be said. */
  readonly deterministic: boolean;
  /** Decisions of the full run, and shortened histories tried. */
  readonly decisions: number;
  readonly cuts: number;
  /** The first decision that changed for each shortened history that changed one, by bar. */
  readonly peeks: readonly LookaheadPeek[];
}

/** How far the check goes. */
export interface LookaheadOptions {
  /** Shortened histories tried, spread over the decisions; default 40. */
  readonly cuts?: number;
}

/**
 * Reruns a strategy on shortened histories and compares what it decided.
 *
 * make     makes the strategy from the prices it may use: `(input) => strategy`. What it works out beforehand, it works out
 *          from that input; data it has from elsewhere cannot be shortened and a peek into them is not seen
 * input    as in `runBacktest`
 * options  as in `runBacktest`
 *
 * Histories end at bars of decisions, where a look at the next bar shows. Throws what the strategy throws on the full
 * history. Cost: (cuts / 2 + 2) runs.
 */
export async function checkLookahead(
  make: (input: StrategyInput) => AsyncStrategy | Promise<AsyncStrategy>,
  input: StrategyInput,
  options: StrategyOptions,
  check: LookaheadOptions = {},
): Promise<LookaheadReport> {
  if (typeof make !== 'function') {
    const fix = 'pass (input) => (bar, prices, portfolio) => targets';
    throw new ValidationError('make', make, 'a function that makes the strategy', fix);
  }
  checkKeys('check', check, ['cuts']);
  const cuts = checkInteger('check.cuts', check.cuts ?? 40, 1, 1_000_000);
  const full = await decide(make, input, options);
  const again = await decide(make, input, options);
  const last = full.bars - 1;
  const deterministic = firstDifference(full, again, last) === null;
  const ends = cutBars(full, cuts);
  const peeks: LookaheadPeek[] = [];
  let decisions = 0;
  for (const row of full.rowOfBar) decisions += row >= 0 ? 1 : 0;
  for (const lastBar of deterministic ? ends : []) {
    const peek = await peekAt(full, make, shortened(input, lastBar), options, lastBar);
    if (peek !== null) peeks.push(peek);
  }
  return {
    clean: deterministic && peeks.length === 0,
    deterministic,
    decisions,
    cuts: deterministic ? ends.length : 0,
    peeks,
  };
}

async function peekAt(
  full: PreparedInput,
  make: (input: StrategyInput) => AsyncStrategy | Promise<AsyncStrategy>,
  input: StrategyInput,
  options: StrategyOptions,
  lastBar: number,
): Promise<LookaheadPeek | null> {
  try {
    return firstDifference(full, await decide(make, input, within(options, lastBar)), lastBar);
  } catch (error) {
    // What works with all bars and fails without the later ones has asked for them.
    const bar =
      error instanceof NbError && 'barIndex' in error && typeof error.barIndex === 'number'
        ? error.barIndex
        : lastBar;
    return {
      bar,
      date: full.dates === null ? null : full.dates[bar]!,
      lastBar,
      symbol: null,
      full: null,
      shortened: null,
      error: error instanceof Error ? error.message : String(error),
    };
  }
}

async function decide(
  make: (input: StrategyInput) => AsyncStrategy | Promise<AsyncStrategy>,
  input: StrategyInput,
  options: StrategyOptions,
): Promise<PreparedInput> {
  const run = new StrategyRun(input, { ...options, panels: 'none' });
  const strategy = await make(input);
  for (let t = 0; t < run.bars; t++) {
    run.begin(t);
    if (run.asks(t)) {
      let answer: unknown;
      try {
        answer = await strategy(t, run.window, run.portfolio);
      } catch (error) {
        throw run.failed(t, error);
      }
      run.take(t, answer);
    }
    run.end(t);
  }
  return run.decided();
}

/** Bars at which shortened histories end: some of those with a decision, the last bar of all excepted. */
function cutBars(full: PreparedInput, cuts: number): number[] {
  const decided: number[] = [];
  for (let t = 0; t < full.bars - 1; t++) if (full.rowOfBar[t]! >= 0) decided.push(t);
  // Without a decision anywhere, bars themselves: the shortened run might decide something.
  if (decided.length === 0) for (let t = 0; t < full.bars - 1; t++) decided.push(t);
  if (decided.length <= cuts) return decided;
  const step = (decided.length - 1) / Math.max(1, cuts - 1);
  return Array.from({ length: cuts }, (_, k) => decided[Math.round(k * step)]!);
}

/** The first decision up to bar `lastBar` in which two runs differ, or null. */
function firstDifference(full: PreparedInput, other: PreparedInput, lastBar: number): LookaheadPeek | null {
  const n = full.symbols.length;
  for (let t = 0; t <= lastBar; t++) {
    const a = full.rowOfBar[t]!;
    const b = other.rowOfBar[t]!;
    if (a < 0 && b < 0) continue;
    const where = { bar: t, date: full.dates === null ? null : full.dates[t]!, lastBar, error: null };
    if (a < 0 || b < 0) {
      const weights = a < 0 ? other.weights : full.weights;
      const i = largest(n, (k) => Math.abs(weights[(a < 0 ? b : a) * n + k]!));
      const weight = weights[(a < 0 ? b : a) * n + i]!;
      return {
        ...where,
        symbol: full.symbols[i]!,
        full: a < 0 ? null : weight,
        shortened: b < 0 ? null : weight,
      };
    }
    const gap = (k: number): number => Math.abs(full.weights[a * n + k]! - other.weights[b * n + k]!);
    const i = largest(n, gap);
    if (gap(i) === 0) continue;
    return {
      ...where,
      symbol: full.symbols[i]!,
      full: full.weights[a * n + i]!,
      shortened: other.weights[b * n + i]!,
    };
  }
  return null;
}

function largest(n: number, of: (k: number) => number): number {
  let best = 0;
  for (let k = 1; k < n; k++) if (of(k) > of(best)) best = k;
  return best;
}

/** The input up to and including bar `lastBar`, as copies: nothing leads from them to what was cut off. */
function shortened(input: StrategyInput, lastBar: number): StrategyInput {
  const cut = (name: string, given: Mat | readonly (readonly number[])[]): Mat => {
    const { data, cols } = toMat(name, given);
    return { data: data.slice(0, (lastBar + 1) * cols), rows: lastBar + 1, cols };
  };
  const { prices, symbols, dates } = input;
  const short: PriceInput =
    'close' in prices
      ? {
          open: cut('prices.open', prices.open),
          high: cut('prices.high', prices.high),
          low: cut('prices.low', prices.low),
          close: cut('prices.close', prices.close),
        }
      : cut('prices', prices);
  return {
    prices: short,
    ...(symbols === undefined ? {} : { symbols }),
    ...(dates === undefined || dates === null ? {} : { dates: dates.slice(0, lastBar + 1) }),
  };
}

/** Options without the bars that are cut off. */
function within(options: StrategyOptions, lastBar: number): StrategyOptions {
  const { bars, ...rest } = options;
  return bars === undefined ? rest : { ...rest, bars: Array.from(bars).filter((bar) => bar <= lastBar) };
}
