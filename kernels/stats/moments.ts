/**
 * Sum of squared distances from the mean: divide by n − 1 for the sample variance, by n for the population's.
 *
 * values  n numbers; a NaN makes the result NaN; n = 0 gives NaN
 * mean    their mean, as near as it is known: an error of it is taken out again
 *
 * O(n), never negative. Relative error about n 2^-53, whatever the mean: the values are shifted first, and the
 * square of what the mean was off by is removed (Chan, Golub, LeVeque 1983, "corrected two-pass").
 * Reference: numpy var, in the tests.
 */
export function squaredDeviations(values: Float64Array, mean: number): number {
  const n = values.length;
  let squares = 0;
  let off = 0;
  for (let i = 0; i < n; i++) {
    const d = values[i] - mean;
    squares += d * d;
    off += d;
  }
  return Math.max(0, squares - (off * off) / n);
}

/**
 * Sum of the products of two series' distances from their means: divide by n − 1 for the sample covariance.
 *
 * x, y          n numbers each; a NaN in either makes the result NaN; n = 0 gives NaN
 * meanX, meanY  their means; errors of them are taken out again, as in `squaredDeviations`
 *
 * O(n). Reference: numpy cov, in the tests.
 */
export function crossDeviations(x: Float64Array, y: Float64Array, meanX: number, meanY: number): number {
  const n = x.length;
  let products = 0;
  let offX = 0;
  let offY = 0;
  for (let i = 0; i < n; i++) {
    const dx = x[i] - meanX;
    const dy = y[i] - meanY;
    products += dx * dy;
    offX += dx;
    offY += dy;
  }
  return products - (offX * offY) / n;
}
