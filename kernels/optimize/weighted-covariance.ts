import { dot } from '../linalg/dot.js';

/**
 * Covariance of every pair of columns with weights that fall by a factor from each period to the one before.
 *
 * data     rows × cols numbers, row-major, oldest first, finite
 * rows     2 or more
 * cols     1 or more
 * decay    weight of a period relative to the next, above 0 and below 1
 * scratch  rows × cols numbers
 * means    cols weighted means, written first
 * out      cols × cols covariances, both halves; a constant column has exact zeros
 *
 * Σ w (x − mean)(y − mean) / Σ w, times (Σ w)² / ((Σ w)² − Σ w²), which makes it unbiased and, as `decay` nears 1, the
 * sample covariance. O(rows × cols²). Reference: pandas DataFrame.ewm(alpha = 1 − decay).cov().
 */
export function decayedCovariance(
  data: Float64Array,
  rows: number,
  cols: number,
  decay: number,
  scratch: Float64Array,
  means: Float64Array,
  out: Float64Array,
): void {
  const newest = (rows - 1) * cols;
  for (let j = 0; j < cols; j++) means[j] = 0;
  let total = 0;
  let squares = 0;
  let weight = 1;
  for (let at = newest; at >= 0; at -= cols) {
    total += weight;
    squares += weight * weight;
    for (let j = 0; j < cols; j++) means[j] += weight * (data[at + j] - data[newest + j]);
    weight *= decay;
  }
  for (let j = 0; j < cols; j++) means[j] = data[newest + j] + means[j] / total;
  const factor = total / (total * total - squares);
  // Columns one after the other, newest first, each deviation times the root of its weight.
  weight = 1;
  for (let t = 0, at = newest; t < rows; t++, at -= cols) {
    const root = Math.sqrt(weight);
    for (let j = 0; j < cols; j++) scratch[j * rows + t] = root * (data[at + j] - means[j]);
    weight *= decay;
  }
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j <= i; j++) {
      const value = factor * dot(scratch, i * rows, scratch, j * rows, rows);
      out[i * cols + j] = value;
      out[j * cols + i] = value;
    }
  }
}
