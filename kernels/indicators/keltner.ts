import { ema } from './ema.js';
import { atr } from './true-range.js';

/** Index of the first value of `keltner`. */
export function keltnerLookback(period: number, atrPeriod: number): number {
  return Math.max(period - 1, atrPeriod);
}

/**
 * Channel of Keltner: exponential average of the close, and `multiplier` average true ranges above and below it.
 *
 * high, low, close  n numbers each, without NaN; low is never above high
 * period      bars of the average, 1 or more
 * multiplier  average true ranges from the middle to a band
 * atrPeriod   bars of the average true range, 1 or more
 * outputs     n numbers each; NaN below the lookback; must not overlap anything
 *
 * O(n). `ema` of ema.ts and `atr` of true-range.ts, put together.
 */
export function keltner(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  multiplier: number,
  atrPeriod: number,
  upper: Float64Array,
  middle: Float64Array,
  lower: Float64Array,
): void {
  const n = close.length;
  const first = keltnerLookback(period, atrPeriod);
  ema(close, period, middle);
  atr(high, low, close, atrPeriod, upper);
  for (let i = first; i < n; i++) {
    const reach = multiplier * upper[i];
    upper[i] = middle[i] + reach;
    lower[i] = middle[i] - reach;
  }
  upper.fill(NaN, 0, first);
  middle.fill(NaN, 0, first);
  lower.fill(NaN, 0, first);
}
