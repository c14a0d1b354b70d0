/** In the market above its moving average, else in cash. Formula: docs/formulas.md, "Built-in targets". */
import { columnSums } from '../../kernels/targets/window.js';
import { checkInteger, checkKeys } from '../check.js';
import { buildWeightSchedule } from './build-weight-schedule.js';
import { LOOK_BACK_MAX, TARGET_DEFAULTS } from './defaults.js';
import { symbolCount } from './sentences.js';
import type { ClosePrices, ScoreFunction, SizeFunction, TargetSchedule } from './types.js';

/** Options of `trendWeights`. */
export interface TrendOptions {
  /** Closes in the moving average, 2 to 1,000,000. Default 200. */
  readonly window?: number;
  /** The symbols to choose from, default all. */
  readonly symbols?: readonly string[];
}

/**
 * 1/n for every one of the n symbols to choose from whose close lies above its simple moving average, cash for the
 * others.
 *
 * panel    prices; only closes are read, and of these none after the bar
 * bars     bars to rebalance at, rising, as `rebalanceBars` gives them
 * options  `window` (200): closes in the average, the bar's own among them; `symbols`
 *
 * A close equal to its average is not above it. A symbol with a missing close in the window gets 0, and its n-th part
 * stays cash. A bar before the first full window, or at which every symbol misses a close, has no target: it is in
 * `skipped`. Trade the result with its `lag` of 1.
 *
 * Throws `ValidationError` for a bad panel, bar or option, `UnknownSymbolError`, and `InsufficientDataError` when no bar
 * has a target. O(bars × window × symbols). Exact for integer ticks whose sum is below 2^53. Reference: pandas
 * `rolling().mean()`. Source: Faber 2007.
 */
export function trendWeights(
  panel: ClosePrices,
  bars: Int32Array | readonly number[],
  options: TrendOptions = {},
): TargetSchedule {
  checkKeys('options', options, ['window', 'symbols']);
  const { trendWindow } = TARGET_DEFAULTS;
  const window = checkInteger('options.window', options.window ?? trendWindow, 2, LOOK_BACK_MAX);
  const { symbols } = options;
  const input = { panel, bars, ...(symbols && { symbols }) };
  const schedule = buildWeightSchedule(input, aboveAverage(window), equalShares);
  const says = `Trend: ${symbolCount(panel, symbols)}, an equal share each while the close is above the mean of the last ${window}, else cash.`;
  return { ...schedule, sentences: [says, ...schedule.sentences] };
}

/** 1 above the average, 0 at it or below, NaN without a full window. */
function aboveAverage(window: number): ScoreFunction {
  return (past) => {
    const closes = past.closes(window);
    if (closes === undefined) return undefined;
    const { rows, cols, data } = closes;
    const scores = new Float64Array(cols);
    columnSums(data, rows, cols, scores);
    const last = (rows - 1) * cols;
    for (let j = 0; j < cols; j++) {
      const total = scores[j]!;
      // Multiplied, not divided: whole ticks are compared without rounding.
      scores[j] = Number.isNaN(total) ? total : data[last + j]! * window > total ? 1 : 0;
    }
    return scores;
  };
}

/** The n-th part for every score above 0. */
const equalShares: SizeFunction = (scores) => scores.map((score) => (score > 0 ? 1 / scores.length : 0));
