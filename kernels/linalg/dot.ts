/**
 * Sum of products of two stretches of numbers.
 *
 * a, aAt  numbers, and where the first stretch starts
 * b, bAt  numbers, and where the second starts; may be the same array
 * n       length, at least 0
 *
 * Four sums side by side, then their total: (s0 + s1) + (s2 + s3), the last n mod 4 products first.
 */
export function dot(a: Float64Array, aAt: number, b: Float64Array, bAt: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const rest = n & 3;
  for (let i = 0; i < rest; i++) s0 += a[aAt + i] * b[bAt + i];
  for (let i = aAt + rest, j = bAt + rest, end = aAt + n; i < end; i += 4, j += 4) {
    s0 += a[i] * b[j];
    s1 += a[i + 1] * b[j + 1];
    s2 += a[i + 2] * b[j + 2];
    s3 += a[i + 3] * b[j + 3];
  }
  return s0 + s1 + (s2 + s3);
}

/** Adds `factor` times a stretch of `a` to a stretch of `out`; lengths as for `dot`, no overlap. */
export function addScaled(
  factor: number,
  a: Float64Array,
  aAt: number,
  n: number,
  out: Float64Array,
  outAt: number,
): void {
  const rest = n & 3;
  for (let i = 0; i < rest; i++) out[outAt + i] += factor * a[aAt + i];
  for (let i = aAt + rest, j = outAt + rest, end = aAt + n; i < end; i += 4, j += 4) {
    out[j] += factor * a[i];
    out[j + 1] += factor * a[i + 1];
    out[j + 2] += factor * a[i + 2];
    out[j + 3] += factor * a[i + 3];
  }
}

/** Matrix times vector: `matrix` has rows × cols numbers, row-major, `x` cols, `out` rows. */
export function matrixTimes(
  matrix: Float64Array,
  rows: number,
  cols: number,
  x: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0, at = 0; i < rows; i++, at += cols) out[i] = dot(matrix, at, x, 0, cols);
}

/** The number x' H x for a symmetric H of n × n numbers, row-major. */
export function quadraticForm(h: Float64Array, n: number, x: Float64Array): number {
  let sum = 0;
  for (let i = 0, at = 0; i < n; i++, at += n) if (x[i] !== 0) sum += x[i] * dot(h, at, x, 0, n);
  return sum;
}
