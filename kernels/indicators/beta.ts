/** Index of the first value of `beta`. */
export function betaLookback(period: number): number {
  return period;
}

/** Cells of scratch that `beta` needs. */
export function betaScratch(period: number): number {
  return 6 * period;
}

/**
 * Slope of the line of least squares of the returns of `y` on the returns of `x` over the last `period` returns; 0
 * where the returns of `x` are all the same.
 *
 * x, y     n prices each without NaN; the return after a price of 0 counts as 0
 * period   1 or more
 * scratch  betaScratch(period) cells
 * out      n slopes; the first `period` of them NaN; must not overlap `x` or `y`
 *
 * Sums of differences from a return of the window, in blocks, as in `variance`. O(n) for every period.
 * Reference: TA-Lib BETA, which takes the stock second.
 */
export function beta(
  x: Float64Array,
  y: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = x.length;
  const share = 1 / period;
  const returnsX = 4 * period;
  const returnsY = 5 * period;
  if (n > 0) out[0] = NaN;
  for (let k = 1; k <= 4; k++) scratch[k * period - 1] = 0;
  // Blocks of returns: the return number i ends at bar i, the first is number 1.
  for (let start = 1; start < n; start += period) {
    const end = Math.min(start + period, n);
    const shiftX = simpleReturn(x[start - 1], x[start]);
    const shiftY = simpleReturn(y[start - 1], y[start]);
    let sumX = 0;
    let sumY = 0;
    let sumXX = 0;
    let sumXY = 0;
    if (start > 1) {
      // What the block before still gives when this one has j + 1 returns, summed from the right.
      for (let j = period - 2; j >= 0; j--) {
        const dx = scratch[returnsX + j + 1] - shiftX;
        const dy = scratch[returnsY + j + 1] - shiftY;
        sumX += dx;
        sumY += dy;
        sumXX += dx * dx;
        sumXY += dx * dy;
        scratch[j] = sumX;
        scratch[period + j] = sumY;
        scratch[2 * period + j] = sumXX;
        scratch[3 * period + j] = sumXY;
      }
      sumX = 0;
      sumY = 0;
      sumXX = 0;
      sumXY = 0;
    }
    const warm = start === 1 ? Math.min(period, n) : start;
    for (let i = start; i < end; i++) {
      const j = i - start;
      const rx = simpleReturn(x[i - 1], x[i]);
      const ry = simpleReturn(y[i - 1], y[i]);
      scratch[returnsX + j] = rx;
      scratch[returnsY + j] = ry;
      const dx = rx - shiftX;
      const dy = ry - shiftY;
      sumX += dx;
      sumY += dy;
      sumXX += dx * dx;
      sumXY += dx * dy;
      if (i < warm) {
        out[i] = NaN;
        continue;
      }
      out[i] = windowSlope(
        sumX + scratch[j],
        sumY + scratch[period + j],
        sumXX + scratch[2 * period + j],
        sumXY + scratch[3 * period + j],
        share,
      );
    }
  }
}

/** (now − before) / before; 0 if before is 0. */
export function simpleReturn(before: number, now: number): number {
  return before !== 0 ? (now - before) / before : 0;
}

/** Slope of sums of x, y, x^2 and x y, where `share` is one over their number; 0 without spread of x. */
export function windowSlope(sumX: number, sumY: number, sumXX: number, sumXY: number, share: number): number {
  const spread = sumXX - sumX * (sumX * share);
  return spread > 0 ? (sumXY - sumX * (sumY * share)) / spread : 0;
}
