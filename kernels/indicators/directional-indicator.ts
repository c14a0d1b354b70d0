/** Index of the first value of `plusDi` and `minusDi`. */
export function directionalIndicatorLookback(period: number): number {
  return period;
}

/**
 * Upward directional indicator: 100 × upward movement / true range, both as Wilder's sums; 0 where the range is 0.
 *
 * high, low, close  n numbers each, without NaN; low is never above high
 * period            1 or more; 1 gives movement / true range of each bar, not in percent, as TA-Lib does
 * out               n numbers, the first `period` of them NaN; must not overlap the inputs
 *
 * Movement as in `plusDm`, range as in `trueRange`; the first sums are of bars 1 to period − 1. While prices stand
 * still both sums shrink and the indicator keeps its value, until the range is too small to tell: below 1e-295 it counts
 * as 0.
 * O(n). Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978. Reference: TA-Lib PLUS_DI.
 */
export function plusDi(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
): void {
  indicator(high, low, 1, high, low, close, period, out);
}

/**
 * Downward directional indicator: 100 × downward movement / true range, both as Wilder's sums; 0 where the range is 0.
 *
 * All else as for `plusDi`. Reference: TA-Lib MINUS_DI.
 */
export function minusDi(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
): void {
  indicator(low, high, -1, high, low, close, period, out);
}

/** Movement of `own` in the direction of `sign`, where `other` moves less the other way, over the true range. */
function indicator(
  own: Float64Array,
  other: Float64Array,
  sign: number,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
): void {
  const n = own.length;
  out.fill(NaN, 0, period);
  if (n <= period) return;
  const keep = (period - 1) / period;
  const scale = period === 1 ? 1 : 100;
  let moved = 0;
  let range = 0;
  let ownBefore = own[0];
  let otherBefore = other[0];
  let before = close[0];
  for (let i = 1; i < n; i++) {
    const ownNow = own[i];
    const otherNow = other[i];
    const h = high[i];
    const l = low[i];
    const ahead = sign * (ownNow - ownBefore);
    const away = sign * (otherBefore - otherNow);
    const shrink = i < period ? 1 : keep;
    moved = moved * shrink + (Math.abs(ahead) + ahead) * 0.5 * Number(ahead > away);
    range = range * shrink + (h - l + (Math.abs(h - before) + Math.abs(l - before))) * 0.5;
    ownBefore = ownNow;
    otherBefore = otherNow;
    before = close[i];
    if (i >= period) out[i] = range < 1e-295 ? 0 : scale * (moved / range);
  }
}
