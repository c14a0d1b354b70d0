/** Weights in proportion to z-scores. Formula and edge cases: docs/formulas.md, "Built-in targets". */
import { sum } from '../../kernels/stats/sum.js';
import { checkBoolean, checkKeys, type Mat } from '../check.js';
import { NonFiniteError, ValidationError } from '../errors.js';
import { formatDate } from '../time.js';
import { buildWeightSchedule } from './build-weight-schedule.js';
import { lookBack, momentumScore } from './momentum.js';
import { momentumWords, symbolCount } from './sentences.js';
import { checkMatrix, checkPanel, chosenColumns } from './target-input.js';
import type { ClosePrices, ScoreFunction, SizeFunction, TargetSchedule } from './types.js';
import { zscore } from './zscore.js';

/** Options of `zscoreWeights`. */
export interface ZscoreWeightsOptions {
  /**
   * Scores, dates × symbols of the panel, NaN for none; row t must be known at bar t. Default: the momentum of the
   * panel by `lookback` and `skip`.
   */
  readonly scores?: Mat;
  /** Bars the momentum is taken over, 1 to 1,000,000. Default 252. Excludes `scores`. */
  readonly lookback?: number;
  /** Bars between the end of the momentum and the bar, 0 to 1,000,000. Default 21. Excludes `scores`. */
  readonly skip?: number;
  /** Sell short what lies below the mean. Default false. */
  readonly allowShort?: boolean;
  /** The symbols to choose from, default all. */
  readonly symbols?: readonly string[];
}

/**
 * Weights in proportion to the z-score of each symbol among all of the same bar: max(z, 0) / Σ max(z, 0), which sum to
 * 1; with `allowShort` z / Σ|z|, which sum to 0 and their absolute values to 1.
 *
 * panel    prices; only closes are read, and of these none after the bar
 * bars     bars to rebalance at, rising, as `rebalanceBars` gives them
 * options  `scores`: a number for every date and symbol, of which only the bar's own row is read, or `lookback` (252)
 *          and `skip` (21) of a momentum as in `momentumWeights`; `allowShort` (false): the backtest must then be given
 *          `allowShort: true` as well; `symbols`
 *
 * A symbol takes part with a score and a close at the bar; the others get 0. z = (x − mean) / σ as `zscore` gives it;
 * the weights are the same whichever divisor σ has. A bar before the first full look back, or with fewer than two
 * scores or only equal ones, has no target: it is in `skipped`. Trade the result with its `lag` of 1.
 *
 * Throws `ValidationError` for a bad panel, bar or option, `ShapeError` for scores of another size, `NonFiniteError` for
 * an infinite one, `UnknownSymbolError`, and `InsufficientDataError` when no bar has a target. O(bars × symbols).
 * Reference: pandas.
 */
export function zscoreWeights(
  panel: ClosePrices,
  bars: Int32Array | readonly number[],
  options: ZscoreWeightsOptions = {},
): TargetSchedule {
  checkKeys('options', options, ['scores', 'lookback', 'skip', 'allowShort', 'symbols']);
  checkPanel(panel);
  const { scores, symbols } = options;
  const allowShort = checkBoolean('options.allowShort', options.allowShort ?? false);
  const { lookback, skip } = lookBack(options);
  let raw = momentumScore(lookback, skip);
  if (scores !== undefined) {
    for (const name of ['lookback', 'skip'] as const) {
      if (options[name] === undefined) continue;
      const fix = `drop scores or ${name}`;
      throw new ValidationError(`options.${name}`, options[name], 'left out when scores are given', fix);
    }
    checkMatrix('options.scores', scores, panel.close.rows, panel.close.cols);
    raw = givenScore(scores, chosenColumns('options.symbols', panel, symbols));
  }
  const schedule = buildWeightSchedule(
    { panel, bars, ...(symbols && { symbols }) },
    (past) => {
      const values = raw(past);
      return values && zscore(values);
    },
    allowShort ? longAndShort : longOnly,
  );
  const what = scores === undefined ? momentumWords(lookback, skip) : 'scores given';
  const how = allowShort ? 'long above the mean and short below it' : 'long above the mean';
  const says = `Z-score of the ${what}, ${symbolCount(panel, symbols)}: ${how}, in proportion to z.`;
  return { ...schedule, sentences: [says, ...schedule.sentences] };
}

/** The row of a matrix at the bar; NaN for a symbol without a close there. */
function givenScore(scores: Mat, columns: Int32Array): ScoreFunction {
  return (past) =>
    Float64Array.from(columns, (column, j) => {
      const score = scores.data[past.bar * scores.cols + column]!;
      if (Math.abs(score) === Infinity) {
        const field = `options.scores at bar ${past.bar} (${formatDate(past.date)}), symbol ${past.symbols[j]}`;
        throw new NonFiniteError(field, score, 'a finite number, or NaN for none', 'use NaN');
      }
      return Number.isNaN(past.close(j)) ? Number.NaN : score;
    });
}

const longOnly: SizeFunction = (z) => proportions(z.map((value) => (value > 0 ? value : 0)));

const longAndShort: SizeFunction = (z) => proportions(z.map((value) => (Number.isNaN(value) ? 0 : value)));

/** Each value divided by the sum of their absolute values, which does not depend on their order. */
function proportions(values: Float64Array): Float64Array {
  const total = sum(values.map(Math.abs), 0, values.length);
  return values.map((value) => value / total);
}
