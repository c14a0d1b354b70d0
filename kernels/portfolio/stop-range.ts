/** Average true range bar by bar, for stops at a distance from the entry price. */

/**
 * Takes one bar into the average true ranges.
 *
 * n, at             symbols, and the first cell of the bar in the panels
 * open, high, low, close   panels in ticks, NaN where missing; four times the closes give the average of |close − previous|
 * period            1 or more
 * seen              bars taken so far, a count for each symbol, updated
 * last              close of the last bar taken, updated
 * range             the average, updated: NaN before bar `period` (from 0); sums of true ranges are kept in `total`
 *
 * The first average is the mean of the first `period` true ranges, from the second bar on; then
 * (average × (period − 1) + range) / period. A bar with a missing price is passed over. O(n).
 * Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978. Reference: TA-Lib ATR.
 */
export function stepRanges(
  n: number,
  at: number,
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  seen: Int32Array,
  last: Float64Array,
  total: Float64Array,
  range: Float64Array,
): void {
  const keep = period - 1;
  for (let i = 0; i < n; i++) {
    const h = high[at + i];
    const l = low[at + i];
    const c = close[at + i];
    const sum = open[at + i] + h + l + c;
    if (sum !== sum) continue;
    const count = seen[i];
    const before = last[i];
    seen[i] = count + 1;
    last[i] = c;
    if (count === 0) continue;
    const top = h > before ? h : before;
    const bottom = l < before ? l : before;
    const width = top - bottom;
    if (count > period) range[i] = (range[i] * keep + width) / period;
    else {
      total[i] += width;
      if (count === period) range[i] = total[i] / period;
    }
  }
}
