/**
 * Correlations from covariances.
 *
 * covariance  n×n, symmetric
 * n           assets
 * deviations  n standard deviations, written first
 * out         n×n: 1 on the diagonal, from −1 to 1 elsewhere, 0 beside an asset without variance
 *
 * O(n²). Divides by the root of the product of two variances, so that a column and its copy have exactly 1; where that
 * product leaves the range of doubles, by the product of the roots.
 */
export function correlationMatrix(
  covariance: Float64Array,
  n: number,
  deviations: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < n; i++) deviations[i] = Math.sqrt(covariance[i * n + i]);
  for (let i = 0; i < n; i++) {
    const variance = covariance[i * n + i];
    for (let j = 0; j < i; j++) {
      const product = variance * covariance[j * n + j];
      const scale = product > 1e-290 && product < 1e290 ? Math.sqrt(product) : deviations[i] * deviations[j];
      let value = scale > 0 ? covariance[i * n + j] / scale : 0;
      if (value > 1) value = 1;
      if (value < -1) value = -1;
      out[i * n + j] = value;
      out[j * n + i] = value;
    }
    out[i * n + i] = 1;
  }
}
