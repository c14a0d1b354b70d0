import { laggedProduct } from './lagged-product.js';

/**
 * Variance of a series with the covariances of neighbours counted in: n times the variance of its mean.
 *
 * deviations  n values less their mean
 * lags        how many neighbours to each side count, 0 to n − 1; lag l weighs 1 − l / (lags + 1)
 *
 * O(n × lags), never negative but for rounding. Divisor n. Source: Newey and West 1987, equation 5.
 */
export function longRunVariance(deviations: Float64Array, lags: number): number {
  const n = deviations.length;
  let total = laggedProduct(deviations, 0, n, 0);
  for (let lag = 1; lag <= lags; lag++) {
    total += 2 * (1 - lag / (lags + 1)) * laggedProduct(deviations, lag, n, lag);
  }
  return total / n;
}
