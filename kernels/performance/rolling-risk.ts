import { NEGLIGIBLE_SPREAD } from './deviation.js';

/**
 * Volatility of every window from its mean and variance.
 *
 * mean      n means of the windows; NaN stays NaN
 * variance  n sample variances of the windows, none negative; NaN stays NaN
 * scale     square root of the periods in a year
 * out       n volatilities; may be `variance` itself; 0 where the spread is only rounding
 *
 * O(n). Reference: quantstats rolling_volatility.
 */
export function rollingVolatilities(
  mean: Float64Array,
  variance: Float64Array,
  scale: number,
  out: Float64Array,
): void {
  const n = mean.length;
  for (let i = 0; i < n; i++) {
    const deviation = Math.sqrt(variance[i]);
    out[i] = deviation <= NEGLIGIBLE_SPREAD * Math.abs(mean[i]) ? 0 : deviation * scale;
  }
}

/**
 * Sharpe ratio of every window from its mean and variance.
 *
 * mean      n means of the windows; NaN stays NaN
 * variance  n sample variances of the windows, none negative; NaN stays NaN
 * riskFree  return of one period that is no reward for risk
 * scale     square root of the periods in a year
 * out       n ratios; may be `mean` or `variance` itself; 0 where the spread is only rounding
 *
 * O(n). Reference: quantstats rolling_sharpe.
 */
export function rollingSharpes(
  mean: Float64Array,
  variance: Float64Array,
  riskFree: number,
  scale: number,
  out: Float64Array,
): void {
  const n = mean.length;
  for (let i = 0; i < n; i++) {
    const m = mean[i];
    const deviation = Math.sqrt(variance[i]);
    out[i] = deviation <= NEGLIGIBLE_SPREAD * Math.abs(m) ? 0 : ((m - riskFree) / deviation) * scale;
  }
}
