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

/**
 * Sortino ratio of every window from its mean and its mean square below the target.
 *
 * mean       n means of the windows; NaN stays NaN
 * shortfall  n means of min(r − riskFree, 0)^2, none negative; NaN stays NaN
 * riskFree   return of one period that is no reward for risk: the target of `shortfall`
 * scale      square root of the periods in a year
 * out        n ratios; may be `mean` or `shortfall` itself; 0 where nothing fell short
 *
 * O(n). Reference: quantstats rolling_sortino.
 */
export function rollingSortinos(
  mean: Float64Array,
  shortfall: Float64Array,
  riskFree: number,
  scale: number,
  out: Float64Array,
): void {
  const n = mean.length;
  for (let i = 0; i < n; i++) {
    const square = shortfall[i];
    out[i] = square === 0 ? 0 : ((mean[i] - riskFree) / Math.sqrt(square)) * scale;
  }
}

/**
 * Beta of every window: covariance divided by the variance of the benchmark.
 *
 * covariance  n sample covariances of the windows; NaN stays NaN
 * mean        n means of the benchmark
 * variance    n sample variances of the benchmark, none negative
 * out         n betas; may be any of the inputs; NaN where the benchmark's spread is only rounding
 *
 * O(n). Reference: pandas rolling cov and var.
 */
export function rollingBetas(
  covariance: Float64Array,
  mean: Float64Array,
  variance: Float64Array,
  out: Float64Array,
): void {
  const n = covariance.length;
  for (let i = 0; i < n; i++) {
    const deviation = Math.sqrt(variance[i]);
    out[i] = deviation <= NEGLIGIBLE_SPREAD * Math.abs(mean[i]) ? NaN : covariance[i] / variance[i];
  }
}

/**
 * Pearson's correlation of every window.
 *
 * covariance            n sample covariances of the windows; NaN stays NaN
 * meanX, meanY          n means of either series
 * varianceX, varianceY  n sample variances of either series, none negative
 * out                   n correlations from −1 to 1; may be any of the inputs; NaN where a spread is only rounding
 *
 * O(n). Reference: pandas rolling corr.
 */
export function rollingCorrelations(
  covariance: Float64Array,
  meanX: Float64Array,
  varianceX: Float64Array,
  meanY: Float64Array,
  varianceY: Float64Array,
  out: Float64Array,
): void {
  const n = covariance.length;
  for (let i = 0; i < n; i++) {
    const deviationX = Math.sqrt(varianceX[i]);
    const deviationY = Math.sqrt(varianceY[i]);
    const constantX = deviationX <= NEGLIGIBLE_SPREAD * Math.abs(meanX[i]);
    const constantY = deviationY <= NEGLIGIBLE_SPREAD * Math.abs(meanY[i]);
    const cosine = covariance[i] / (deviationX * deviationY);
    out[i] = constantX || constantY ? NaN : Math.max(-1, Math.min(1, cosine));
  }
}
