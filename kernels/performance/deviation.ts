/** Cells that `deviationSums` writes; the places below name them. */
export const DEVIATION_SUMS = 2;
/** Sum of squared distances from the mean. */
export const SQUARES = 0;
/** Sum of the squares of what the returns fell short of the target. */
export const DOWNSIDE_SQUARES = 1;

/**
 * A standard deviation of at most this times the size of the mean is the rounding of equal numbers, not a spread:
 * two neighbouring doubles already differ by up to 2.2e-16 of their size.
 */
export const NEGLIGIBLE_SPREAD = 1e-15;

/**
 * Both sums of squares that risk figures are made of, in one pass: around the mean, and below a target.
 *
 * returns  n simple returns, n >= 1; a NaN makes both NaN
 * mean     their mean; an error of it is taken out again (as in `squaredDeviations`)
 * target   return of one period below which a return counts as a shortfall
 * out      DEVIATION_SUMS cells
 *
 * O(n), relative error about n 2^-53. The square of min(r − target, 0) is taken without a branch.
 */
export function deviationSums(returns: Float64Array, mean: number, target: number, out: Float64Array): void {
  const n = returns.length;
  let squares = 0;
  let off = 0;
  let downside = 0;
  for (let i = 0; i < n; i++) {
    const r = returns[i];
    const d = r - mean;
    squares += d * d;
    off += d;
    const excess = r - target;
    const twiceShort = Math.abs(excess) - excess;
    downside += twiceShort * twiceShort;
  }
  out[SQUARES] = Math.max(0, squares - (off * off) / n);
  out[DOWNSIDE_SQUARES] = downside / 4;
}
