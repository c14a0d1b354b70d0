import { windowExtremesScratch, windowMax, windowMin } from '../rolling/window-extremes.js';

/** Index of the first value of `donchian`. */
export function donchianLookback(period: number): number {
  return period - 1;
}

/** Cells of scratch that `donchian` needs. */
export function donchianScratch(period: number): number {
  return windowExtremesScratch(period);
}

/**
 * Channel of Donchian: the largest high and the smallest low of the last `period` bars, and the middle between them.
 *
 * high, low  n numbers each, without NaN
 * period     1 or more
 * scratch    donchianScratch(period) cells
 * outputs    n numbers each; the first period − 1 NaN; must not overlap the inputs
 *
 * O(n) whatever the data and the period.
 */
export function donchian(
  high: Float64Array,
  low: Float64Array,
  period: number,
  scratch: Float64Array,
  upper: Float64Array,
  middle: Float64Array,
  lower: Float64Array,
): void {
  const n = high.length;
  windowMax(high, period, scratch, upper);
  windowMin(low, period, scratch, lower);
  for (let i = 0; i < n; i++) middle[i] = (upper[i] + lower[i]) * 0.5;
}
