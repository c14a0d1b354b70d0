/**
 * Exponentially weighted variances: each is `decay` times the one before and the rest of the last square.
 *
 * residuals  n numbers
 * decay      0 to 1
 * start      the first variance
 * variances  n numbers
 *
 * Gives the variance after the last. O(n). Source: RiskMetrics Technical Document, 1996.
 */
export function ewmaVariances(
  residuals: Float64Array,
  decay: number,
  start: number,
  variances: Float64Array,
): number {
  let variance = start;
  for (let t = 0; t < residuals.length; t++) {
    variances[t] = variance;
    variance = decay * variance + (1 - decay) * residuals[t] * residuals[t];
  }
  return variance;
}
