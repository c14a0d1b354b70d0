/**
 * How many of the largest eigenvalues of a correlation matrix stand above what noise alone gives.
 *
 * eigenvalues  n numbers, rising
 * n            assets
 * ratio        n / periods
 *
 * Noise of variance s² keeps eigenvalues at or below s² (1 + √ratio)² (Marchenko and Pastur). s² is 1; where the largest
 * eigenvalue, the market's, stands above that, s² is the mean of the others and they are measured by the lower bound. It
 * is not lowered further: returns with fat tails would then leave no noise at all. O(n).
 * Source: L. Laloux and others, Noise dressing of financial correlation matrices, 1999.
 */
export function signalCount(eigenvalues: Float64Array, n: number, ratio: number): number {
  const edge = (1 + Math.sqrt(ratio)) * (1 + Math.sqrt(ratio));
  if (n < 2 || !(eigenvalues[n - 1] > edge)) return 0;
  let rest = 0;
  for (let i = 0; i < n - 1; i++) rest += eigenvalues[i];
  const bound = (rest / (n - 1)) * edge;
  let below = n - 1;
  while (below > 0 && eigenvalues[below - 1] > bound) below--;
  return n - below;
}

/**
 * A correlation matrix whose noise eigenvalues are replaced by their mean.
 *
 * eigenvalues   n numbers, rising
 * eigenvectors  n×n, row-major: column k belongs to eigenvalue k
 * n             assets
 * signals       how many of the largest are kept
 * scratch       n numbers
 * out           n×n correlations: 1 on the diagonal
 *
 * The trace stays before the diagonal is brought back to 1. O(n² × signals).
 * Source: M. López de Prado, Machine Learning for Asset Managers, 2020, 2.5.1 (constant residual eigenvalue).
 */
export function denoisedCorrelation(
  eigenvalues: Float64Array,
  eigenvectors: Float64Array,
  n: number,
  signals: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const below = n - signals;
  let noise = 0;
  for (let k = 0; k < below; k++) noise += eigenvalues[k];
  if (below > 0) noise /= below;
  // Noise on the diagonal, and what each kept eigenvalue has beyond it.
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = i === j ? noise : 0;
      for (let k = below; k < n; k++) {
        value += (eigenvalues[k] - noise) * eigenvectors[i * n + k] * eigenvectors[j * n + k];
      }
      out[i * n + j] = value;
    }
    scratch[i] = Math.sqrt(out[i * n + i]);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = out[i * n + j] / (scratch[i] * scratch[j]);
      out[i * n + j] = value;
      out[j * n + i] = value;
    }
    out[i * n + i] = 1;
  }
}
