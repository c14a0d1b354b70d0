/** Cells that `growthWhere` writes; the places below name them. */
export const GROWTH_WHERE = 2;
/** Growth of the returns over the chosen periods. */
export const OF_RETURNS = 0;
/** Growth of the benchmark over the same periods. */
export const OF_BENCHMARK = 1;

/**
 * Products of 1 + return over the periods in which the benchmark rose, or fell.
 *
 * returns    n simple returns
 * benchmark  n simple returns of the same periods; a NaN chooses nothing, a benchmark of 0 is neither up nor down
 * direction  1 chooses benchmark > 0, −1 benchmark < 0
 * out        GROWTH_WHERE cells, both 1 when nothing is chosen
 *
 * Returns how many periods were chosen. O(n). Reference: empyrical up_capture, down_capture.
 */
export function growthWhere(
  returns: Float64Array,
  benchmark: Float64Array,
  direction: number,
  out: Float64Array,
): number {
  const n = returns.length;
  let ours = 1;
  let theirs = 1;
  let count = 0;
  for (let i = 0; i < n; i++) {
    const b = benchmark[i];
    if (b * direction > 0) {
      ours *= 1 + returns[i];
      theirs *= 1 + b;
      count++;
    }
  }
  out[OF_RETURNS] = ours;
  out[OF_BENCHMARK] = theirs;
  return count;
}
