/** Cells of scratch that `rollingMaxDrawdown` needs for a window of `window` values. */
export function rollingDrawdownScratch(window: number): number {
  return 2 * window;
}

/**
 * Deepest fall from a peak within the last `window` values, as a positive fraction of that peak, at every index.
 *
 * equity   n values above 0; a NaN makes exactly the windows that contain it NaN
 * window   1 or more; longer than n leaves only NaN
 * scratch  rollingDrawdownScratch(window) cells
 * out      n fractions; the first window − 1 cells are NaN; must not overlap `equity`
 *
 * O(n) for every window, in blocks as `rollingMoments`: the deepest fall of two stretches in a row lies in the
 * first, in the second, or between the first one's peak and the second one's low. Exact but for the rounding of
 * one division. Reference: every window by brute force in numpy.
 */
export function rollingMaxDrawdown(
  equity: Float64Array,
  window: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = equity.length;
  const deepestAt = window;
  // The empty stretch: no peak, no fall.
  scratch[window - 1] = 0;
  scratch[deepestAt + window - 1] = 0;
  for (let start = 0; start < n; start += window) {
    const end = Math.min(start + window, n);
    if (start > 0) {
      // scratch[j]: peak, then deepest fall, of the previous block without its first j + 1 values.
      let peak = 0;
      let low = Infinity;
      let deepest = 0;
      for (let j = window - 2; j >= 0; j--) {
        const value = equity[start - window + j + 1];
        low = Math.min(low, value);
        deepest = Math.max(deepest, 1 - low / value);
        peak = Math.max(peak, value);
        scratch[j] = peak;
        scratch[deepestAt + j] = deepest;
      }
    }
    let peak = 0;
    let low = Infinity;
    let deepest = 0;
    const firstFull = start === 0 ? Math.min(window - 1, n) : start;
    for (let i = start; i < end; i++) {
      const value = equity[i];
      peak = Math.max(peak, value);
      low = Math.min(low, value);
      deepest = Math.max(deepest, 1 - value / peak);
      if (i < firstFull) {
        out[i] = NaN;
        continue;
      }
      const before = scratch[i - start];
      const across = before === 0 ? 0 : 1 - low / before;
      out[i] = Math.max(Math.max(deepest, scratch[deepestAt + i - start]), across);
    }
  }
}
