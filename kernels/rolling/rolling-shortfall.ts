/** Cells of scratch that `rollingShortfall` needs for a window of `window` values. */
export function rollingShortfallScratch(window: number): number {
  return window;
}

/**
 * Mean of min(value − target, 0)^2 over the last `window` values at every index: the square of the downside deviation.
 *
 * values   n numbers; a NaN makes exactly the windows that contain it NaN
 * window   1 or more; longer than n leaves only NaN
 * target   finite; values above it count as 0
 * scratch  rollingShortfallScratch(window) cells
 * out      n means, never negative, exactly 0 where nothing in the window is below the target; the first window − 1
 *          cells are NaN; must not overlap `values`
 *
 * O(n) for every window, in blocks as `rollingMoments`: squares are only added, so no digit cancels and a value that
 * has left the window has left no trace. Relative error about window × 2^-53. Reference: numpy, every window.
 */
export function rollingShortfall(
  values: Float64Array,
  window: number,
  target: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = values.length;
  // The shortfall is taken as |excess| − excess, twice its size, which needs no branch.
  const perWindow = 1 / (4 * window);
  scratch[window - 1] = 0;
  for (let start = 0; start < n; start += window) {
    const end = Math.min(start + window, n);
    if (start > 0) {
      // scratch[j]: the previous block without its first j + 1 values, summed from the right.
      let squares = 0;
      for (let j = window - 2; j >= 0; j--) {
        const excess = values[start - window + j + 1] - target;
        const short = Math.abs(excess) - excess;
        squares += short * short;
        scratch[j] = squares;
      }
    }
    let squares = 0;
    const firstFull = start === 0 ? Math.min(window - 1, n) : start;
    for (let i = start; i < firstFull; i++) {
      const excess = values[i] - target;
      const short = Math.abs(excess) - excess;
      squares += short * short;
      out[i] = NaN;
    }
    for (let i = firstFull; i < end; i++) {
      const excess = values[i] - target;
      const short = Math.abs(excess) - excess;
      squares += short * short;
      out[i] = (squares + scratch[i - start]) * perWindow;
    }
  }
}
