/** Cells of scratch that `rollingCovariance` needs for a window of `window` values. */
export function rollingCovarianceScratch(window: number): number {
  return 3 * window;
}

/**
 * Sample covariance (divisor window − 1) of the last `window` pairs at every index.
 *
 * x, y     n numbers each; a NaN in either makes exactly the windows that contain it NaN
 * window   2 or more; longer than n leaves only NaN
 * scratch  rollingCovarianceScratch(window) cells
 * out      n covariances; the first window − 1 cells are NaN; must not overlap `x` or `y`
 *
 * O(n) for every window, in blocks as `rollingMoments`: sums are only added, nothing is ever taken out again. Both
 * series are shifted by their first value of the later block, which lies in every window that uses it, so the error
 * is at most about 2 window^2 2^-53 of the product of the two standard deviations.
 * Reference: numpy cov of every window.
 */
export function rollingCovariance(
  x: Float64Array,
  y: Float64Array,
  window: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = x.length;
  const perWindow = 1 / window;
  const perFreedom = 1 / (window - 1);
  const yAt = window;
  const productsAt = 2 * window;
  scratch[window - 1] = 0;
  scratch[yAt + window - 1] = 0;
  scratch[productsAt + window - 1] = 0;
  for (let start = 0; start < n; start += window) {
    const end = Math.min(start + window, n);
    const shiftX = x[start];
    const shiftY = y[start];
    if (start > 0) {
      // scratch[j]: the previous block without its first j + 1 pairs, summed from the right.
      let sumX = 0;
      let sumY = 0;
      let products = 0;
      for (let j = window - 2; j >= 0; j--) {
        const dx = x[start - window + j + 1] - shiftX;
        const dy = y[start - window + j + 1] - shiftY;
        sumX += dx;
        sumY += dy;
        products += dx * dy;
        scratch[j] = sumX;
        scratch[yAt + j] = sumY;
        scratch[productsAt + j] = products;
      }
    }
    let sumX = 0;
    let sumY = 0;
    let products = 0;
    const firstFull = start === 0 ? Math.min(window - 1, n) : start;
    for (let i = start; i < firstFull; i++) {
      const dx = x[i] - shiftX;
      const dy = y[i] - shiftY;
      sumX += dx;
      sumY += dy;
      products += dx * dy;
      out[i] = NaN;
    }
    for (let i = firstFull; i < end; i++) {
      const dx = x[i] - shiftX;
      const dy = y[i] - shiftY;
      sumX += dx;
      sumY += dy;
      products += dx * dy;
      const j = i - start;
      const totalX = sumX + scratch[j];
      const totalY = sumY + scratch[yAt + j];
      out[i] = (products + scratch[productsAt + j] - totalX * totalY * perWindow) * perFreedom;
    }
  }
}
