/** Weights in inverse proportion to volatility. Formula and edge cases: docs/formulas.md, "Built-in targets". */
import { symbolReturns } from '../../kernels/portfolio/panel.js';
import { sum } from '../../kernels/stats/sum.js';
import { columnMoments } from '../../kernels/targets/window.js';
import { checkInteger, checkKeys } from '../check.js';
import { buildWeightSchedule } from './build-weight-schedule.js';
import { LOOK_BACK_MAX, TARGET_DEFAULTS } from './defaults.js';
import { symbolCount } from './sentences.js';
import type { ClosePrices, ScoreFunction, SizeFunction, TargetSchedule } from './types.js';

/** Options of `inverseVolatilityWeights`. */
export interface InverseVolatilityOptions {
  /** Returns to measure the volatility over, 2 to 1,000,000. Default 63. */
  readonly window?: number;
  /** The symbols to choose from, default all. */
  readonly symbols?: readonly string[];
}

/**
 * Weights in proportion to 1/σ, σ the sample standard deviation (divisor window − 1) of the last `window` simple
 * returns up to and including the bar's; they sum to 1.
 *
 * panel    prices; only closes are read, and of these none after the bar
 * bars     bars to rebalance at, rising, as `rebalanceBars` gives them
 * options  `window` (63 returns, so 64 closes); `symbols`
 *
 * A symbol with a missing close in the window, or whose price did not vary (σ ≤ 1e-15 · (1 + |mean|): the rounding of
 * equal returns), is left out and gets 0. A bar before the first full window, or at which every symbol is left out, has
 * no target: it is in `skipped`. Trade the result with its `lag` of 1.
 *
 * Throws `ValidationError` for a bad panel, bar or option, `UnknownSymbolError`, and `InsufficientDataError` when no bar
 * has a target. O(bars × window × symbols). Reference: pandas `pct_change`, `std`.
 */
export function inverseVolatilityWeights(
  panel: ClosePrices,
  bars: Int32Array | readonly number[],
  options: InverseVolatilityOptions = {},
): TargetSchedule {
  checkKeys('options', options, ['window', 'symbols']);
  const window = checkInteger('options.window', options.window ?? TARGET_DEFAULTS.window, 2, LOOK_BACK_MAX);
  const { symbols } = options;
  const schedule = buildWeightSchedule(
    { panel, bars, ...(symbols && { symbols }) },
    inverseVolatility(window),
    inProportion,
  );
  const says = `Inverse volatility: ${symbolCount(panel, symbols)} weighted by 1 / standard deviation of the last ${window} returns.`;
  return { ...schedule, sentences: [says, ...schedule.sentences] };
}

/** 1/σ of every symbol; NaN where it has none. */
function inverseVolatility(window: number): ScoreFunction {
  return (past) => {
    const closes = past.closes(window + 1);
    if (closes === undefined) return undefined;
    const { rows, cols, data } = closes;
    const returns = new Float64Array(rows * cols);
    symbolReturns(rows, cols, data, returns);
    const scores = new Float64Array(cols);
    const mean = new Float64Array(cols);
    columnMoments(returns.subarray(cols), window, cols, mean, scores);
    for (let j = 0; j < cols; j++) {
      const deviation = Math.sqrt(scores[j]!);
      scores[j] = deviation > 1e-15 * (1 + Math.abs(mean[j]!)) ? 1 / deviation : Number.NaN;
    }
    return scores;
  };
}

/** Each score as a fraction of their sum, which does not depend on their order. */
const inProportion: SizeFunction = (scores) => {
  const weights = scores.map((score) => (Number.isNaN(score) ? 0 : score));
  const total = sum(weights, 0, weights.length);
  return weights.map((score) => score / total);
};
