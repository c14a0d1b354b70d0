import { windowLine, windowLineScratch } from './window-line.js';

/** Index of the first value of `wma`. */
export function wmaLookback(period: number): number {
  return period - 1;
}

/** Cells of scratch that `wma` needs. */
export function wmaScratch(period: number): number {
  return windowLineScratch(period);
}

/** Factor of the weighted sum: 1 / (1 + 2 + … + period). */
export function wmaRise(period: number): number {
  return 2 / (period * (period + 1));
}

/**
 * Weighted moving average: weights 1 for the oldest to `period` for the newest value of the window.
 *
 * values   n numbers without NaN
 * period   1 or more
 * scratch  wmaScratch(period) cells
 * out      n averages; the first `period` − 1 of them NaN; must not overlap `values`
 *
 * O(n) for every period. Reference: TA-Lib WMA.
 */
export function wma(values: Float64Array, period: number, scratch: Float64Array, out: Float64Array): void {
  windowLine(values, period, 1, 0, wmaRise(period), scratch, out);
}
