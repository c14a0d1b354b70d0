/** A return series beside its benchmark, over a moving window. Formulas: docs/formulas.md. */
import { rollingBetas, rollingCorrelations } from '../../kernels/performance/rolling-risk.js';
import { rollingCovariance, rollingCovarianceScratch } from '../../kernels/rolling/rolling-covariance.js';
import { checkLength, type Vec } from '../check.js';
import { moments } from './rolling.js';

/**
 * Beta of the last `window` returns to the benchmark at every period: cov(r, b) / var(b).
 *
 * returns    n simple returns, as decimals, oldest first; a NaN makes exactly the windows that contain it NaN; an
 *            infinity throws `NonFiniteError`. n = 0 gives an empty array
 * benchmark  the benchmark's returns of the same periods, as many; NaN and infinities as in `returns`
 * window     periods, 2 to 1e9; more than n leaves only NaN
 *
 * Gives n numbers, the first window − 1 of them NaN, never 0 for want of data; NaN also where the benchmark never
 * varies, as in `benchmarkMetrics`. Throws `ShapeError` (lengths), `ValidationError` (window). O(n) for every window:
 * sums are never taken back. Source: quantstats rolling_greeks; compared with pandas rolling cov and var.
 */
export function rollingBeta(returns: Vec, benchmark: Vec, window: number): Float64Array {
  const { covariance, b } = paired(returns, benchmark, window);
  rollingBetas(covariance, b.mean, b.variance, covariance);
  return covariance;
}

/**
 * Pearson's correlation of the last `window` returns with the benchmark at every period, from −1 to 1.
 *
 * returns, benchmark, window  as for `rollingBeta`
 *
 * Gives n numbers, the first window − 1 of them NaN; NaN also where either never varies, as in `benchmarkMetrics`.
 * Throws as `rollingBeta`. O(n) for every window. Source: pandas rolling corr.
 */
export function rollingCorrelation(returns: Vec, benchmark: Vec, window: number): Float64Array {
  const { covariance, r, b } = paired(returns, benchmark, window);
  rollingCorrelations(covariance, r.mean, r.variance, b.mean, b.variance, covariance);
  return covariance;
}

type Moments = ReturnType<typeof moments>;

function paired(
  returns: Vec,
  benchmark: Vec,
  window: number,
): { covariance: Float64Array; r: Moments; b: Moments } {
  const r = moments('returns', returns, window);
  const b = moments('benchmark', benchmark, window);
  const n = r.values.length;
  checkLength('benchmark', b.values.length, n, 'returns');
  const covariance = new Float64Array(n);
  if (window > n) covariance.fill(NaN);
  else {
    const scratch = new Float64Array(rollingCovarianceScratch(window));
    rollingCovariance(r.values, b.values, window, scratch, covariance);
  }
  return { covariance, r, b };
}
