/** Where `centralSums` puts the sum of squares. */
export const SQUARES = 0;
/** Where it puts the sum of third powers. */
export const CUBES = 1;
/** Where it puts the sum of fourth powers. */
export const FOURTHS = 2;
/** Cells that it needs. */
export const CENTRAL_SUMS = 3;

/**
 * Sums of the second, third and fourth powers of the distances from the mean: divide by n for the central moments.
 *
 * values  n numbers; a NaN makes the results NaN; n = 0 gives NaN
 * mean    their mean, as near as it is known: an error of it is taken out again
 * sums    CENTRAL_SUMS cells, written at SQUARES, CUBES and FOURTHS
 *
 * O(n), one pass. Relative error of the even sums about n 2^-53, whatever the mean; the cubes, whose signs cancel, have
 * that error times Σ|d|³ / |Σd³|. What the mean was off by, e = Σd / n, is taken out by the binomial formulas in `mean`
 * + e, as in `squaredDeviations`. Reference: scipy.stats.moment, case "moments" in parity/validation.py.
 */
export function centralSums(values: Float64Array, mean: number, sums: Float64Array): void {
  const n = values.length;
  let off = 0;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  for (let i = 0; i < n; i++) {
    const d = values[i] - mean;
    const square = d * d;
    off += d;
    squares += square;
    cubes += square * d;
    fourths += square * square;
  }
  const e = off / n;
  const ee = e * e;
  sums[SQUARES] = Math.max(0, squares - n * ee);
  sums[CUBES] = cubes - e * (3 * squares - 2 * n * ee);
  sums[FOURTHS] = Math.max(0, fourths - e * (4 * cubes - e * (6 * squares - 3 * n * ee)));
}
