/** Index of the first value of `dx`. */
export function dxLookback(period: number): number {
  return period;
}

/** Index of the first value of `adx`. */
export function adxLookback(period: number): number {
  return 2 * period - 1;
}

/** Index of the first value of `adxr`. */
export function adxrLookback(period: number): number {
  return 3 * period - 2;
}

/**
 * Directional movement index: 100 × |up − down| / (up + down) of Wilder's sums of upward and downward movement.
 *
 * high, low, close  n numbers each, without NaN; low is never above high
 * period            2 or more
 * out               n numbers, 0 to 100, the first `period` of them NaN; must not overlap the inputs
 *
 * Movements as in `plusDm` and `minusDm`; the true range would divide both and cancels out. 0 before the market has
 * moved. While it does not move both sums shrink and the index keeps its value, until they are too small to tell, some
 * 9,000 bars on for a period of 14: together below 1e-295 they count as 0, and so does the index. Once an infinity has
 * come, everything is NaN, by the addition of range − range.
 * O(n). Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978. Reference: TA-Lib DX.
 */
export function dx(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
): void {
  const n = high.length;
  out.fill(NaN, 0, period);
  if (n <= period) return;
  const keep = (period - 1) / period;
  let up = 0;
  let down = 0;
  let range = 0;
  let highBefore = high[0];
  let lowBefore = low[0];
  let before = close[0];
  for (let i = 1; i < n; i++) {
    const h = high[i];
    const l = low[i];
    const rise = h - highBefore;
    const fall = lowBefore - l;
    const shrink = i < period ? 1 : keep;
    up = up * shrink + (Math.abs(rise) + rise) * 0.5 * Number(rise > fall);
    down = down * shrink + (Math.abs(fall) + fall) * 0.5 * Number(fall > rise);
    range = range * shrink + (h - l + (Math.abs(h - before) + Math.abs(l - before))) * 0.5;
    highBefore = h;
    lowBefore = l;
    before = close[i];
    if (i >= period) {
      const total = up + down;
      out[i] = (total < 1e-295 ? 0 : 100 * (Math.abs(up - down) / total)) + (range - range);
    }
  }
}

/**
 * Average directional movement index: Wilder's average of `dx`, started with the mean of its first `period` values.
 *
 * high, low, close, period  as for `dx`
 * out                       n numbers, 0 to 100, the first 2 × period − 1 of them NaN; must not overlap the inputs
 *
 * O(n). Source: as `dx`. Reference: TA-Lib ADX.
 */
export function adx(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
): void {
  const n = high.length;
  const first = 2 * period - 1;
  out.fill(NaN, 0, first);
  if (n <= first) return;
  const keep = (period - 1) / period;
  const part = 100 / period;
  let up = 0;
  let down = 0;
  let range = 0;
  let average = 0;
  let highBefore = high[0];
  let lowBefore = low[0];
  let before = close[0];
  for (let i = 1; i < n; i++) {
    const h = high[i];
    const l = low[i];
    const rise = h - highBefore;
    const fall = lowBefore - l;
    const shrink = i < period ? 1 : keep;
    up = up * shrink + (Math.abs(rise) + rise) * 0.5 * Number(rise > fall);
    down = down * shrink + (Math.abs(fall) + fall) * 0.5 * Number(fall > rise);
    range = range * shrink + (h - l + (Math.abs(h - before) + Math.abs(l - before))) * 0.5;
    highBefore = h;
    lowBefore = l;
    before = close[i];
    const total = up + down;
    const index = i < period || total < 1e-295 ? 0 : part * (Math.abs(up - down) / total);
    average = average * (i <= first ? 1 : keep) + index;
    if (i >= first) out[i] = average + (range - range);
  }
}

/**
 * Average directional movement rating: the mean of `adx` now and `period` − 1 bars ago.
 *
 * high, low, close, period  as for `dx`
 * out                       n numbers, 0 to 100, the first 3 × period − 2 of them NaN; must not overlap the inputs
 *
 * O(n). Source: as `dx`. Reference: TA-Lib ADXR.
 */
export function adxr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
): void {
  adx(high, low, close, period, out);
  const first = 3 * period - 2;
  // From the end, so that the older average still stands.
  for (let i = high.length - 1; i >= first; i--) out[i] = (out[i] + out[i - (period - 1)]) * 0.5;
  out.fill(NaN, 0, first);
}
