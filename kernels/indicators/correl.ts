/** Index of the first value of `correl`. */
export function correlLookback(period: number): number {
  return period - 1;
}

/** Cells of scratch that `correl` needs. */
export function correlScratch(period: number): number {
  return 5 * period;
}

/**
 * Pearson's correlation of the last `period` pairs at every bar; 0 where one of the two has not moved.
 *
 * x, y     n numbers each without NaN
 * period   1 or more
 * scratch  correlScratch(period) cells
 * out      n correlations, −1 to 1; the first `period` − 1 of them NaN; must not overlap `x` or `y`
 *
 * Five sums of differences from a pair of the window, in blocks, as in `variance`. O(n) for every period.
 * Reference: TA-Lib CORREL.
 */
export function correl(
  x: Float64Array,
  y: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = x.length;
  const last = period - 1;
  const share = 1 / period;
  for (let k = 1; k <= 5; k++) scratch[k * period - 1] = 0;
  for (let start = 0; start < n; start += period) {
    const end = Math.min(start + period, n);
    const shiftX = x[start];
    const shiftY = y[start];
    let sumX = 0;
    let sumY = 0;
    let sumXX = 0;
    let sumYY = 0;
    let sumXY = 0;
    if (start > 0) {
      // What the block before still gives when this one has j + 1 pairs, summed from the right.
      for (let j = last - 1; j >= 0; j--) {
        const dx = x[start - last + j] - shiftX;
        const dy = y[start - last + j] - shiftY;
        sumX += dx;
        sumY += dy;
        sumXX += dx * dx;
        sumYY += dy * dy;
        sumXY += dx * dy;
        scratch[j] = sumX;
        scratch[period + j] = sumY;
        scratch[2 * period + j] = sumXX;
        scratch[3 * period + j] = sumYY;
        scratch[4 * period + j] = sumXY;
      }
      sumX = 0;
      sumY = 0;
      sumXX = 0;
      sumYY = 0;
      sumXY = 0;
    }
    const warm = start === 0 ? Math.min(last, n) : start;
    for (let i = start; i < end; i++) {
      const dx = x[i] - shiftX;
      const dy = y[i] - shiftY;
      sumX += dx;
      sumY += dy;
      sumXX += dx * dx;
      sumYY += dy * dy;
      sumXY += dx * dy;
      if (i < warm) {
        out[i] = NaN;
        continue;
      }
      const j = i - start;
      out[i] = windowCorrelation(
        sumX + scratch[j],
        sumY + scratch[period + j],
        sumXX + scratch[2 * period + j],
        sumYY + scratch[3 * period + j],
        sumXY + scratch[4 * period + j],
        share,
      );
    }
  }
}

/** Correlation of sums of x, y, x^2, y^2 and x y, where `share` is one over their number. */
export function windowCorrelation(
  sumX: number,
  sumY: number,
  sumXX: number,
  sumYY: number,
  sumXY: number,
  share: number,
): number {
  const spreadX = sumXX - sumX * (sumX * share);
  const spreadY = sumYY - sumY * (sumY * share);
  if (!(spreadX > 0 && spreadY > 0)) return 0;
  // Two roots: the product of two tiny spreads would vanish.
  const value = (sumXY - sumX * (sumY * share)) / (Math.sqrt(spreadX) * Math.sqrt(spreadY));
  return value > 1 ? 1 : value < -1 ? -1 : value;
}
