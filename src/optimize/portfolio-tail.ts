/** CVaR and CDaR of a portfolio that stands: the figures that `optimizeCvar` and `optimizeCdar` minimise. */
import { meanOfWorst, portfolioLosses } from '../../kernels/optimize/tail-mean.js';
import { checkFinite, isMatrix, toFloat64, type Vec } from '../check.js';
import { InsufficientDataError, ShapeError, ValidationError } from '../errors.js';
import type { ReturnRows } from './types.js';

/**
 * Conditional value at risk of a portfolio: the mean loss over the worst (1 − alpha) T periods.
 *
 * vector   N weights, any sign, finite
 * returns  T × N simple returns as decimals, at least one row; NaN and infinities are errors
 * alpha    confidence, above 0 and below 1; default 0.95
 *
 * The last of the worst periods counts by the fraction that is left of (1 − alpha) T: exactly the value of the linear
 * program that `optimizeCvar` solves, which is not the mean of the ceil((1 − alpha) T) worst. Positive where the tail
 * loses. O(T N). Source: Rockafellar and Uryasev 2002, eq. 8; riskfolio CVaR_Hist.
 */
export function portfolioCvar(vector: Vec, returns: ReturnRows, alpha = 0.95): number {
  return tailOf(vector, returns, alpha, false);
}

/**
 * Conditional drawdown at risk of a portfolio: the mean of its worst (1 − alpha) T drawdowns.
 *
 * vector, returns, alpha  as for `portfolioCvar`
 *
 * Drawdowns are those of the running sum of returns, not compounded, in units of the starting capital; the first peak is
 * 0. The last drawdown counts by a fraction, as in `portfolioCvar`. Never negative. O(T N). Source: Chekhlov, Uryasev
 * and Zabarankin 2005; riskfolio CDaR_Abs.
 */
export function portfolioCdar(vector: Vec, returns: ReturnRows, alpha = 0.95): number {
  return tailOf(vector, returns, alpha, true);
}

/** Throws unless alpha lies between 0 and 1. */
export function checkAlpha(alpha: unknown): number {
  if (typeof alpha !== 'number' || !(alpha > 0 && alpha < 1)) {
    throw new ValidationError(
      'alpha',
      alpha,
      'a number above 0 and below 1',
      'pass a confidence such as 0.95',
    );
  }
  return alpha;
}

function tailOf(vector: Vec, returns: ReturnRows, alpha: number, peaks: boolean): number {
  checkAlpha(alpha);
  const weights = toFloat64('vector', vector);
  checkFinite('vector', weights);
  const cols = weights.length;
  const rows = isMatrix(returns) ? returns.rows : Array.isArray(returns) ? returns.length : -1;
  if (rows < 0 || (isMatrix(returns) && returns.cols !== cols)) {
    throw new ShapeError(
      'vector',
      cols,
      'one weight for each column of returns',
      'pass {data, rows, cols} or rows of numbers',
    );
  }
  if (rows === 0) throw new InsufficientDataError('returns need at least 1 row, got 0. Fix: pass returns');
  const data = isMatrix(returns) ? returns.data : flatten(returns as readonly Vec[], cols);
  checkFinite('returns', data);
  return tailMean(data, rows, cols, weights, alpha, peaks);
}

/** The figure itself, of checked arguments. */
export function tailMean(
  data: Float64Array,
  rows: number,
  cols: number,
  weights: Float64Array,
  alpha: number,
  peaks: boolean,
): number {
  const losses = new Float64Array(rows);
  portfolioLosses(data, rows, cols, weights, peaks, losses);
  return meanOfWorst(losses, 1 - alpha);
}

function flatten(rows: readonly Vec[], cols: number): Float64Array {
  const data = new Float64Array(rows.length * cols);
  for (let t = 0; t < rows.length; t++) {
    const values = toFloat64(`returns[${t}]`, rows[t]);
    if (values.length !== cols) {
      throw new ShapeError(
        `returns[${t}]`,
        values.length,
        `${cols} numbers, one for each weight`,
        'pass rows of equal length',
      );
    }
    data.set(values, t * cols);
  }
  return data;
}
