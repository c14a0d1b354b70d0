import { atr } from './true-range.js';

/** Index of the first value of `supertrend`. */
export function supertrendLookback(period: number): number {
  return period;
}

/**
 * Supertrend: a band below a rising price, a band above a falling one; the trend turns when the close passes it.
 *
 * high, low, close  n numbers each, without NaN; low is never above high
 * period      bars of the average true range, 1 or more
 * multiplier  average true ranges from the middle of the bar to a band
 * line        n numbers: the band that stands; NaN below the lookback
 * direction   n numbers: 1 while the trend rises, −1 while it falls; NaN below the lookback
 *
 * A band moves only towards the price, until the close before has passed it: upper = middle + multiplier × range if
 * that is lower than the last upper band or the close before was above that one, else the last upper band; the lower
 * band likewise. A falling trend rises once close > upper, a rising one falls once close < lower. The first is falling.
 * Outputs must not overlap anything. O(n). Average true range: `atr` of true-range.ts. Source: TradingView,
 * `ta.supertrend`.
 */
export function supertrend(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  multiplier: number,
  line: Float64Array,
  direction: Float64Array,
): void {
  const n = close.length;
  atr(high, low, close, period, line);
  direction.fill(NaN, 0, period);
  if (n <= period) return;
  let middle = (high[period] + low[period]) * 0.5;
  let reach = multiplier * line[period];
  let upper = middle + reach;
  let lower = middle - reach;
  let before = close[period];
  let rises = false;
  line[period] = upper;
  direction[period] = -1;
  for (let i = period + 1; i < n; i++) {
    middle = (high[i] + low[i]) * 0.5;
    reach = multiplier * line[i];
    const above = middle + reach;
    const below = middle - reach;
    if (above < upper || before > upper) upper = above;
    if (below > lower || before < lower) lower = below;
    before = close[i];
    rises = rises ? !(before < lower) : before > upper;
    line[i] = rises ? lower : upper;
    direction[i] = rises ? 1 : -1;
  }
}
