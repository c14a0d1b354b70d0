/** Cells that `thresholdSums` writes; the places below name them. */
export const THRESHOLD_SUMS = 2;
/** Sum of what the returns above the threshold exceed it by. */
export const ABOVE = 0;
/** Sum of what the returns below the threshold fall short of it. */
export const BELOW = 1;

/**
 * Partial moments of order one on both sides of a threshold.
 *
 * returns    n returns; a NaN makes both sums NaN
 * threshold  in the same unit
 * out        THRESHOLD_SUMS cells, both 0 or more
 *
 * O(n), relative error about n 2^-53. Reference: quantstats omega.
 */
export function thresholdSums(returns: Float64Array, threshold: number, out: Float64Array): void {
  const n = returns.length;
  let above = 0;
  let below = 0;
  for (let i = 0; i < n; i++) {
    const excess = returns[i] - threshold;
    const size = Math.abs(excess);
    above += size + excess;
    below += size - excess;
  }
  out[ABOVE] = above / 2;
  out[BELOW] = below / 2;
}
