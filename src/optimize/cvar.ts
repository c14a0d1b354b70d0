/** The portfolio with the least conditional value at risk. */
import { checkKeys } from '../check.js';
import { LIMIT_KEYS, readLimits } from './limits.js';
import { checkAlpha } from './portfolio-tail.js';
import { finishPortfolio } from './result.js';
import { readSample } from './sample.js';
import { type TailPortfolio, tailWarnings } from './tail-portfolio.js';
import { searchTail } from './tail-search.js';
import type { PortfolioLimits, ReturnRows } from './types.js';

/**
 * Weights with the least conditional value at risk: the mean loss over the worst (1 − alpha) T periods.
 *
 * returns  T × N simple returns as decimals, oldest first, at least 2 rows; NaN and infinities are errors
 * symbols  N names
 * alpha    confidence, above 0 and below 1; default 0.95
 * options  `bounds`, `groups`, `turnover`, `l2`
 *
 * Gives symbol → weight: none below 0, sum 1 within 1e-12, zeros exact. As `optimizeCvarDetailed`, which says how good
 * the answer is and lists errors, cost and source.
 */
export function optimizeCvar(
  returns: ReturnRows,
  symbols: readonly string[],
  alpha = 0.95,
  options: PortfolioLimits = {},
): Record<string, number> {
  return optimizeCvarDetailed(returns, symbols, alpha, options).weights;
}

/**
 * As `optimizeCvar`, with the objective, the proof and how the search ended.
 *
 * returns, symbols, alpha, options  as for `optimizeCvar`
 *
 * `objective` is `portfolioCvar` of the weights, without the l2 term. `dualityGap` is what it lies, l2 term included,
 * above the lower bound that `dual` gives from the data, relative to the objective or to a thousandth of the largest
 * return where that is larger: about 1e-14, at most 1e-9 where `status` is 'optimal'. Where several portfolios are
 * optimal it gives one of them, the same at every call. Returns that are all 0 give equal weights (or some portfolio
 * within the limits) and 'degenerate'; fewer rows than assets, or a tail of less than one row, give a warning.
 *
 * Throws `ValidationError` for alpha, options and symbols, `ShapeError`, `InsufficientDataError` and `NonFiniteError` for
 * returns, `InfeasibleError` for limits that no portfolio meets. O(T k + N k) a step, k the few periods and assets that
 * decide; some hundred steps: 20 ms for 100 assets and 1,260 rows, 80 ms for 500; with l2, O(N^3) a step.
 * Source: the linear program of Rockafellar and Uryasev 2000, eq. 17; riskfolio CVaR_Hist.
 */
export function optimizeCvarDetailed(
  returns: ReturnRows,
  symbols: readonly string[],
  alpha = 0.95,
  options: PortfolioLimits = {},
): TailPortfolio {
  checkAlpha(alpha);
  checkKeys('options', options, LIMIT_KEYS);
  const sample = readSample(returns, symbols);
  const limits = readLimits(options, sample.symbols);
  const answer = searchTail(sample, limits, alpha, false);
  const warnings = [...tailWarnings(sample, alpha), ...answer.warnings];
  return { ...finishPortfolio(answer.vector, sample.symbols, { ...answer, warnings }), dual: answer.dual };
}
