/** The symbols that rose most. Formula and edge cases: docs/formulas.md, "Built-in targets". */
import { checkBoolean, checkInteger, checkKeys } from '../check.js';
import { buildWeightSchedule } from './build-weight-schedule.js';
import { LOOK_BACK_MAX, TARGET_DEFAULTS } from './defaults.js';
import { momentumWords, symbolCount } from './sentences.js';
import { checkPanel, chosenColumns } from './target-input.js';
import type { ClosePrices, ScoreFunction, SizeFunction, TargetSchedule } from './types.js';

/** Options of `momentumWeights`. */
export interface MomentumOptions {
  /** Bars the return is taken over, 1 to 1,000,000. Default 252. */
  readonly lookback?: number;
  /** Bars between the end of the return and the bar, 0 to 1,000,000. Default 21. */
  readonly skip?: number;
  /** Symbols to hold, 1 to the number to choose from. Default a quarter of them, rounded up. */
  readonly top?: number;
  /** Leave out symbols whose return is not above 0. Default false. */
  readonly positiveOnly?: boolean;
  /** The symbols to choose from, default all. */
  readonly symbols?: readonly string[];
}

/**
 * Equal weights 1/top for the `top` symbols with the highest simple return over `lookback` bars that ends `skip` bars
 * ago: close(t − skip) / close(t − skip − lookback) − 1.
 *
 * panel    prices; only closes are read, and of these none after the bar
 * bars     bars to rebalance at, rising, as `rebalanceBars` gives them
 * options  `lookback` (252), `skip` (21), `top` (a quarter of the symbols, rounded up), `positiveOnly` (false), `symbols`
 *
 * A symbol qualifies with a close at both ends and at the bar itself, and under `positiveOnly` a return above 0; closes
 * in between may be missing. Equal returns rank by symbol name, so the listing order does not matter. When fewer than
 * `top` qualify each keeps 1/top and the rest stays cash; when none is above 0 under `positiveOnly`, all is cash. A bar
 * before the first full look back, or at which no symbol has a return, has no target: it is in `skipped`. Trade the
 * result with its `lag` of 1.
 *
 * Throws `ValidationError` for a bad panel, bar or option, `UnknownSymbolError`, and `InsufficientDataError` when no bar
 * has a target. O(bars × symbols × log symbols). Reference: pandas `shift`, `rank`. Source: Jegadeesh and Titman 1993.
 */
export function momentumWeights(
  panel: ClosePrices,
  bars: Int32Array | readonly number[],
  options: MomentumOptions = {},
): TargetSchedule {
  checkKeys('options', options, ['lookback', 'skip', 'top', 'positiveOnly', 'symbols']);
  checkPanel(panel);
  const { symbols } = options;
  const count = chosenColumns('options.symbols', panel, symbols).length;
  const { lookback, skip } = lookBack(options);
  const top = checkInteger('options.top', options.top ?? defaultTop(count), 1, Math.max(1, count));
  const positiveOnly = checkBoolean('options.positiveOnly', options.positiveOnly ?? false);
  const schedule = buildWeightSchedule(
    { panel, bars, ...(symbols && { symbols }) },
    momentumScore(lookback, skip),
    equalTop(top, positiveOnly ? 0 : -Infinity),
  );
  const which = positiveOnly ? `, only those above 0` : '';
  const says = `Momentum: ${momentumWords(lookback, skip)}, top ${top} of ${symbolCount(panel, symbols)}${which}, equal weight.`;
  return { ...schedule, sentences: [says, ...schedule.sentences] };
}

/** A quarter of the symbols, rounded up. */
export function defaultTop(count: number): number {
  return Math.max(1, Math.ceil(count / 4));
}

/** The checked look back of a momentum. */
export function lookBack(options: { readonly lookback?: number; readonly skip?: number }): {
  lookback: number;
  skip: number;
} {
  const { lookback = TARGET_DEFAULTS.lookback, skip = TARGET_DEFAULTS.skip } = options;
  return {
    lookback: checkInteger('options.lookback', lookback, 1, LOOK_BACK_MAX),
    skip: checkInteger('options.skip', skip, 0, LOOK_BACK_MAX),
  };
}

/** Simple return from bar t − skip − lookback to bar t − skip; NaN without a close at one of them or at t. */
export function momentumScore(lookback: number, skip: number): ScoreFunction {
  return (past) => {
    const scores = new Float64Array(past.symbols.length);
    for (let j = 0; j < scores.length; j++) {
      const gain = past.close(j, skip) / past.close(j, skip + lookback) - 1;
      scores[j] = Number.isNaN(past.close(j)) ? Number.NaN : gain;
    }
    return scores;
  };
}

/** 1/top for the `top` highest scores above `least`; ties by name. */
function equalTop(top: number, least: number): SizeFunction {
  return (scores, { symbols }) => {
    const ranked = [...scores.keys()].filter((j) => scores[j]! > least);
    ranked.sort((a, b) => scores[b]! - scores[a]! || (symbols[a]! < symbols[b]! ? -1 : 1));
    const weights = new Float64Array(scores.length);
    for (const j of ranked.slice(0, top)) weights[j] = 1 / top;
    return weights;
  };
}
