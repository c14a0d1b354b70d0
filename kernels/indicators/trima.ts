import { sma } from './sma.js';

/** Index of the first value of `trima`. */
export function trimaLookback(period: number): number {
  return period - 1;
}

/** Cells of scratch that `trima` needs. */
export function trimaScratch(period: number): number {
  return period + 2;
}

/** Length of the first of the two averages that `trima` is; the second makes up the period. */
export function trimaFirst(period: number): number {
  return Math.floor((period + 1) / 2);
}

/**
 * Triangular moving average: weights rise to the middle of the window and fall again.
 *
 * values   n numbers without NaN
 * period   1 or more
 * scratch  trimaScratch(period) cells
 * out      n averages; the first `period` − 1 of them NaN; must not overlap `values`
 *
 * It is the simple average of a simple average, of half the period each. O(n). Reference: TA-Lib TRIMA.
 */
export function trima(values: Float64Array, period: number, scratch: Float64Array, out: Float64Array): void {
  const first = trimaFirst(period);
  sma(values, first, out);
  slideMean(out, Math.min(first - 1, values.length), period + 1 - first, scratch);
}

/**
 * Replaces numbers by the means of the last `period` of them.
 *
 * values   n numbers from index `from` on; means from index `from` + `period` − 1 on, NaN from `from` to there
 * from     0 to n: where the first window starts
 * period   1 or more
 * scratch  2 × `period` cells
 *
 * Blocks as in `sma`, but the sums from the right of a block are put by before its values are written over.
 */
function slideMean(values: Float64Array, from: number, period: number, scratch: Float64Array): void {
  const n = values.length;
  const share = 1 / period;
  const warm = Math.min(from + period - 1, n);
  let before = 0;
  let after = period;
  scratch[period - 1] = 0;
  scratch[period + period - 1] = 0;
  for (let start = from; start < n; start += period) {
    // scratch[after + j]: this block without its first j + 1 values, summed from the right; for the next block.
    if (start + period < n) {
      let back = 0;
      for (let j = period - 2; j >= 0; j--) {
        back += values[start + j + 1];
        scratch[after + j] = back;
      }
    }
    const end = Math.min(start + period, n);
    let sum = 0;
    let i = start;
    for (; i < warm; i++) {
      sum += values[i];
      values[i] = NaN;
    }
    const shift = before - start;
    for (; i < end; i++) {
      sum += values[i];
      values[i] = (sum + scratch[shift + i]) * share;
    }
    const spare = before;
    before = after;
    after = spare;
  }
}
