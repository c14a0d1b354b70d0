/**
 * The inverse of a small square matrix K whose rows and columns come and go one at a time.
 *
 * K has a row for every equation that holds (a scenario at the quantile, a limit that is tight) and a column for every
 * variable that is free to move. `inverse` has a row for each column of K and a column for each row of K; `stride`
 * cells stand between its rows, `size` of them are used.
 */

/** How K x = a is solved: out, from cell `from` on, = inverse · a. */
export function solveColumn(
  inverse: Float64Array,
  stride: number,
  size: number,
  a: Float64Array,
  out: Float64Array,
  from = 0,
): void {
  for (let i = 0; i < size; i++) {
    const at = i * stride;
    let sum = 0;
    for (let j = 0; j < size; j++) sum += inverse[at + j] * a[j];
    out[from + i] = sum;
  }
}

/** How y'K = b' is solved: out = inverse' · b. */
export function solveRow(
  inverse: Float64Array,
  stride: number,
  size: number,
  b: Float64Array,
  out: Float64Array,
): void {
  for (let j = 0; j < size; j++) out[j] = 0;
  for (let i = 0; i < size; i++) {
    const at = i * stride;
    const factor = b[i];
    if (factor === 0) continue;
    for (let j = 0; j < size; j++) out[j] += factor * inverse[at + j];
  }
}

/**
 * K grows by a column a and a row r with the corner c.
 *
 * column  size numbers from `from` on: inverse · a
 * row     size numbers: r' · inverse
 * pivot   c − r' inverse a, not 0
 */
export function growInverse(
  inverse: Float64Array,
  stride: number,
  size: number,
  column: Float64Array,
  from: number,
  row: Float64Array,
  pivot: number,
): void {
  const last = size * stride;
  const factor = 1 / pivot;
  for (let j = 0; j < size; j++) inverse[last + j] = -row[j] * factor;
  for (let i = 0; i < size; i++) {
    const at = i * stride;
    const c = column[from + i];
    for (let j = 0; j < size; j++) inverse[at + j] -= c * inverse[last + j];
    inverse[at + size] = -c * factor;
  }
  inverse[last + size] = factor;
}

/** Column `at` of K becomes a. `column`, from `from` on, is inverse · a; its cell `at` is the pivot. */
export function replaceColumn(
  inverse: Float64Array,
  stride: number,
  size: number,
  at: number,
  column: Float64Array,
  from: number,
): void {
  const pivotRow = at * stride;
  const factor = 1 / column[from + at];
  for (let j = 0; j < size; j++) inverse[pivotRow + j] *= factor;
  for (let i = 0; i < size; i++) {
    const c = column[from + i];
    if (i === at || c === 0) continue;
    const row = i * stride;
    for (let j = 0; j < size; j++) inverse[row + j] -= c * inverse[pivotRow + j];
  }
}

/** Row `at` of K becomes r. `row` is r' · inverse; its cell `at` is the pivot. */
export function replaceRow(
  inverse: Float64Array,
  stride: number,
  size: number,
  at: number,
  row: Float64Array,
): void {
  const factor = 1 / row[at];
  for (let i = 0; i < size; i++) {
    const start = i * stride;
    const c = inverse[start + at] * factor;
    for (let j = 0; j < size; j++) inverse[start + j] -= c * row[j];
    inverse[start + at] = c;
  }
}

/** Column `column` and row `row` leave K; the last ones take their places. The cell at both is the pivot. */
export function shrinkInverse(
  inverse: Float64Array,
  stride: number,
  size: number,
  column: number,
  row: number,
): void {
  const last = size - 1;
  const pivotRow = column * stride;
  const factor = 1 / inverse[pivotRow + row];
  for (let i = 0; i < size; i++) {
    if (i === column) continue;
    const at = i * stride;
    const c = inverse[at + row] * factor;
    if (c !== 0) for (let j = 0; j < size; j++) inverse[at + j] -= c * inverse[pivotRow + j];
  }
  if (column !== last) {
    for (let j = 0; j < size; j++) inverse[pivotRow + j] = inverse[last * stride + j];
  }
  if (row !== last) {
    for (let i = 0; i < last; i++) inverse[i * stride + row] = inverse[i * stride + last];
  }
}

/**
 * Turns the matrix in place into its inverse, by Gauss-Jordan with partial pivoting.
 *
 * matrix  size rows, `stride` cells apart
 * order   size cells of scratch
 *
 * Gives the least pivot's size relative to the largest cell, 0 where the matrix has no inverse. O(size^3).
 */
export function invert(matrix: Float64Array, stride: number, size: number, order: Int32Array): number {
  let largest = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) largest = Math.max(largest, Math.abs(matrix[i * stride + j]));
  }
  if (largest === 0) return size === 0 ? 1 : 0;
  let least = largest;
  for (let k = 0; k < size; k++) {
    let best = k;
    let bestSize = Math.abs(matrix[k * stride + k]);
    for (let i = k + 1; i < size; i++) {
      const candidate = Math.abs(matrix[i * stride + k]);
      if (candidate > bestSize) {
        best = i;
        bestSize = candidate;
      }
    }
    order[k] = best;
    if (bestSize < least) least = bestSize;
    if (bestSize <= 1e-15 * largest) return 0;
    const pivotRow = k * stride;
    if (best !== k) {
      const other = best * stride;
      for (let j = 0; j < size; j++) {
        const cell = matrix[pivotRow + j];
        matrix[pivotRow + j] = matrix[other + j];
        matrix[other + j] = cell;
      }
    }
    const factor = 1 / matrix[pivotRow + k];
    matrix[pivotRow + k] = 1;
    for (let j = 0; j < size; j++) matrix[pivotRow + j] *= factor;
    for (let i = 0; i < size; i++) {
      const at = i * stride;
      const c = matrix[at + k];
      if (i === k || c === 0) continue;
      matrix[at + k] = 0;
      for (let j = 0; j < size; j++) matrix[at + j] -= c * matrix[pivotRow + j];
    }
  }
  for (let k = size - 1; k >= 0; k--) {
    const other = order[k];
    if (other === k) continue;
    for (let i = 0; i < size; i++) {
      const cell = matrix[i * stride + k];
      matrix[i * stride + k] = matrix[i * stride + other];
      matrix[i * stride + other] = cell;
    }
  }
  return least / largest;
}
