/** A covariance matrix from a caller, checked. */
import { choleskyFactor } from '../../kernels/linalg/cholesky.js';
import { isMatrix } from '../check.js';
import { NonFiniteError, ShapeError, ValidationError } from '../errors.js';

/** How far two mirror images may be apart, relative to the two standard deviations. */
const ASYMMETRY = 1e-9;
/** How far below 0 an eigenvalue may lie, relative to variances of 1: what rounding leaves of a singular matrix. */
const BELOW_ZERO = 1e-10;

/**
 * The cells of a covariance matrix of `count` assets, in an array of its own; mirror images are made equal.
 *
 * Throws `ValidationError`: not a matrix, not symmetric, a negative variance, not positive semidefinite;
 * `ShapeError`: another size; `NonFiniteError`: NaN or infinity. O(count³ / 6).
 */
export function copyCovariance(field: string, matrix: unknown, count: number): Float64Array {
  if (!isMatrix(matrix)) {
    throw new ValidationError(
      field,
      matrix,
      'a matrix {data, rows, cols} of rows × cols cells',
      'pass what estimateCovariance gives, or the name of an estimator',
    );
  }
  if (matrix.rows !== count || matrix.cols !== count) {
    throw new ShapeError(
      field,
      `${matrix.rows} × ${matrix.cols}`,
      `${count} × ${count}, a row and a column for each symbol`,
      'estimate it from the same symbols',
    );
  }
  const copy = Float64Array.from(matrix.data);
  checkCells(field, copy, count);
  checkSemidefinite(field, copy, count);
  return copy;
}

/** Finite, variances at least 0, symmetric; mirror images become their mean. */
function checkCells(field: string, cells: Float64Array, n: number): void {
  const cell = (i: number, j: number): string => `${field}[${i}][${j}]`;
  for (let i = 0; i < n * n; i++) {
    if (Number.isFinite(cells[i])) continue;
    throw new NonFiniteError(
      cell(Math.floor(i / n), i % n),
      cells[i],
      'a finite number',
      'estimate it from returns without gaps',
    );
  }
  for (let i = 0; i < n; i++) {
    if (cells[i * n + i]! >= 0) continue;
    throw new ValidationError(
      cell(i, i),
      cells[i * n + i],
      'a variance of at least 0',
      'pass a covariance matrix',
    );
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const a = cells[i * n + j]!;
      const b = cells[j * n + i]!;
      const scale = Math.sqrt(cells[i * n + i]!) * Math.sqrt(cells[j * n + j]!);
      if (Math.abs(a) > (1 + ASYMMETRY) * scale) {
        throw new ValidationError(
          cell(i, j),
          a,
          `at most ${scale} in size, the product of the two standard deviations`,
          'pass a covariance matrix',
        );
      }
      if (Math.abs(a - b) > ASYMMETRY * scale) {
        throw new ValidationError(
          cell(i, j),
          a,
          `${b}, as its mirror image ${cell(j, i)}`,
          'pass a symmetric matrix',
        );
      }
      cells[i * n + j] = cells[j * n + i] = a + 0.5 * (b - a);
    }
  }
}

/** Throws unless no mix of assets has a variance below 0. */
function checkSemidefinite(field: string, cells: Float64Array, n: number): void {
  // Scaled to variances of 1 (0 stays 0), and a little added to the diagonal: a factor then exists.
  const scaled = new Float64Array(n * n);
  const deviations = new Float64Array(n);
  for (let i = 0; i < n; i++) deviations[i] = Math.sqrt(cells[i * n + i]!) || 1;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) scaled[i * n + j] = cells[i * n + j]! / deviations[i]! / deviations[j]!;
    scaled[i * n + i] = cells[i * n + i]! / deviations[i]! / deviations[i]! + BELOW_ZERO;
  }
  const rank = choleskyFactor(scaled, n, 0, new Float64Array(n), new Float64Array(n * n));
  if (rank < n) {
    throw new ValidationError(
      field,
      `a mix of the first ${rank + 1} assets with a negative variance`,
      'positive semidefinite',
      'pass what estimateCovariance gives; pairs that were estimated one by one need not fit together',
    );
  }
}
