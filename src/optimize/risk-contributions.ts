/** Where the risk of a portfolio comes from. */
import { matrixTimes } from '../../kernels/linalg/dot.js';
import { checkFinite, isMatrix, type Mat, toFloat64, type Vec } from '../check.js';
import { ShapeError, ValidationError } from '../errors.js';

/**
 * Share of the portfolio's variance that each asset brings: w (Σ w) / wᵀ Σ w.
 *
 * weights     N weights, in the order of the matrix: the `vector` of an optimizer's detailed answer
 * covariance  N×N
 *
 * Gives N numbers of sum 1; one below 0 belongs to an asset that hedges. A portfolio without variance has no shares: all
 * are NaN. Throws `ValidationError`, `ShapeError`, `NonFiniteError`. O(N²).
 * Source: R. Litterman, Hot spots and hedges, 1996.
 */
export function riskContributions(weights: Vec, covariance: Mat): Float64Array {
  const vector = toFloat64('weights', weights);
  if (!isMatrix(covariance)) {
    throw new ValidationError(
      'covariance',
      covariance,
      'a matrix {data, rows, cols} of rows × cols cells',
      'pass what estimateCovariance gives',
    );
  }
  if (covariance.rows !== vector.length || covariance.cols !== vector.length) {
    throw new ShapeError(
      'covariance',
      `${covariance.rows} × ${covariance.cols}`,
      `${vector.length} × ${vector.length}, a row and a column for each weight`,
      'pass the weights and the matrix of the same symbols',
    );
  }
  checkFinite('weights', vector);
  checkFinite('covariance.data', covariance.data);
  return contributionsOf(vector, covariance.data);
}

/** As `riskContributions`, of checked arrays. */
export function contributionsOf(vector: Float64Array, covariance: Float64Array): Float64Array {
  const n = vector.length;
  const out = new Float64Array(n);
  matrixTimes(covariance, n, n, vector, out);
  // Relative to the largest, so that tiny variances do not vanish in the products.
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(out[i]!));
  let total = 0;
  for (let i = 0; i < n; i++) {
    out[i] = scale === 0 ? 0 : vector[i]! * (out[i]! / scale);
    total += out[i]!;
  }
  for (let i = 0; i < n; i++) out[i] = total > 0 ? out[i]! / total : NaN;
  return out;
}
