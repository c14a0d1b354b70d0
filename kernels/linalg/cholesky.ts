import { addScaled, dot } from './dot.js';

/**
 * Adds a row and column to the matrix behind a Cholesky factor.
 *
 * l       the factor L of a matrix G = L L': row i starts at i × stride, i + 1 numbers long; row k is written
 * stride  numbers from row to row, above k
 * k       rows that L has
 * column  k numbers: the new column of G beside the old ones; left as L^-1 times it
 * corner  the new diagonal number of G
 * least   the new pivot squared must exceed least × corner, else the column counts as dependent on the others
 *
 * Gives 1, or 0 when the column is dependent: row k of L is then not written. O(k² / 2).
 */
export function choleskyAppend(
  l: Float64Array,
  stride: number,
  k: number,
  column: Float64Array,
  corner: number,
  least: number,
): number {
  solveLower(l, stride, k, column);
  const pivot = corner - dot(column, 0, column, 0, k);
  if (!(pivot > least * corner)) return 0;
  const at = k * stride;
  for (let i = 0; i < k; i++) l[at + i] = column[i];
  l[at + k] = Math.sqrt(pivot);
  return 1;
}

/**
 * Takes row and column `at` out of the matrix behind a Cholesky factor.
 *
 * l, stride  the factor, as for `choleskyAppend`
 * k          rows that L has; one less afterwards
 * at         which row, 0 to k − 1; the ones after it move up
 * y, m       k × m numbers with L y = something: turned along, so that the equation holds for the rest; m may be 0
 * turns      2 k numbers of scratch
 *
 * Plane rotations, row by row. O((k − at)² + (k − at) m). Source: Golub and Van Loan, Matrix Computations, 6.5.
 */
export function choleskyRemove(
  l: Float64Array,
  stride: number,
  k: number,
  at: number,
  y: Float64Array,
  m: number,
  turns: Float64Array,
): void {
  for (let i = at; i < k - 1; i++) {
    const from = (i + 1) * stride;
    const to = i * stride;
    for (let j = 0; j < at; j++) l[to + j] = l[from + j];
    let carried = l[from + at];
    for (let j = at; j < i; j++) {
      const cos = turns[2 * j];
      const sin = turns[2 * j + 1];
      const next = l[from + j + 1];
      l[to + j] = cos * carried + sin * next;
      carried = cos * next - sin * carried;
    }
    const last = l[from + i + 1];
    const length = Math.sqrt(carried * carried + last * last);
    const cos = carried / length;
    const sin = last / length;
    turns[2 * i] = cos;
    turns[2 * i + 1] = sin;
    l[to + i] = length;
    for (let r = 0; r < m; r++) {
      const upper = y[i * m + r];
      const lower = y[(i + 1) * m + r];
      y[i * m + r] = cos * upper + sin * lower;
      y[(i + 1) * m + r] = cos * lower - sin * upper;
    }
  }
}

/** Solves L x = b in place: `x` comes as b. Factor as for `choleskyAppend`. O(k² / 2). */
export function solveLower(l: Float64Array, stride: number, k: number, x: Float64Array): void {
  for (let i = 0, at = 0; i < k; i++, at += stride) x[i] = (x[i] - dot(l, at, x, 0, i)) / l[at + i];
}

/** Solves L' x = b in place: `x` comes as b. Factor as for `choleskyAppend`. O(k² / 2). */
export function solveUpper(l: Float64Array, stride: number, k: number, x: Float64Array): void {
  for (let i = k - 1, at = (k - 1) * stride; i >= 0; i--, at -= stride) {
    const value = x[i] / l[at + i];
    x[i] = value;
    addScaled(-value, l, at, i, x, 0);
  }
}

/**
 * Cholesky factor of a symmetric matrix.
 *
 * a      n × n numbers, row-major; only the lower half is read
 * n      size
 * least  as for `choleskyAppend`: 0 asks for a positive pivot
 * row    n numbers of scratch
 * l      n × n numbers: the factor in the lower half; the upper half is left alone
 *
 * Gives n, or the number of rows before the first that depends on those above. O(n³ / 6).
 */
export function choleskyFactor(
  a: Float64Array,
  n: number,
  least: number,
  row: Float64Array,
  l: Float64Array,
): number {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) row[j] = a[i * n + j];
    if (choleskyAppend(l, n, i, row, a[i * n + i], least) === 0) return i;
  }
  return n;
}
