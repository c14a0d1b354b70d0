/** Index of the first value of `trueRange`. */
export function trueRangeLookback(): number {
  return 1;
}

/** Index of the first value of `atr`. */
export function atrLookback(period: number): number {
  return period;
}

/** Index of the first value of `natr`. */
export function natrLookback(period: number): number {
  return period;
}

/**
 * True range: the largest of high − low, |high − previous close| and |low − previous close|.
 *
 * high, low, close  n numbers each, without NaN; low is never above high
 * out               n numbers, the first of them NaN; must not overlap the inputs
 *
 * Of three points on a line the two that are farthest apart are half the sum of all three distances apart, which needs
 * no comparison. The three distances of prices within a factor of two are exact and so is half their sum; elsewhere
 * the error is within 2 ulp.
 * O(n). Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978. Reference: TA-Lib TRANGE.
 */
export function trueRange(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  const n = high.length;
  if (n > 0) out[0] = NaN;
  for (let i = 1; i < n; i++) {
    const h = high[i];
    const l = low[i];
    const before = close[i - 1];
    out[i] = (h - l + (Math.abs(h - before) + Math.abs(l - before))) * 0.5;
  }
}

/**
 * Average true range: Wilder's average of `trueRange`, started with the mean of the first `period` of them.
 *
 * high, low, close  n numbers each, without NaN; low is never above high
 * period            1 or more; 1 gives the true range itself
 * out               n numbers, the first `period` of them NaN; must not overlap the inputs
 *
 * Kept as the sum period × average × 2, so that the chain from bar to bar is one product and one sum.
 * O(n). Source: as `trueRange`. Reference: TA-Lib ATR.
 */
export function atr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
): void {
  const n = high.length;
  if (n <= period) {
    out.fill(NaN);
    return;
  }
  const keep = (period - 1) / period;
  const share = 0.5 / period;
  let sum = 0;
  let before = close[0];
  out[0] = NaN;
  for (let i = 1; i <= period; i++) {
    const h = high[i];
    const l = low[i];
    sum += h - l + (Math.abs(h - before) + Math.abs(l - before));
    before = close[i];
    out[i] = NaN;
  }
  out[period] = sum * share;
  const end = n - ((n - period - 1) & 3);
  for (let from = period + 1; from < end; from += PIECE_BARS) {
    sum = atrFours(high, low, close, keep, share, from, Math.min(from + PIECE_BARS, end), sum, out);
  }
  for (let i = end; i < n; i++) {
    const h = high[i];
    const l = low[i];
    before = close[i - 1];
    sum = sum * keep + (h - l + (Math.abs(h - before) + Math.abs(l - before)));
    out[i] = sum * share;
  }
}

const PIECE_BARS = 512;

/**
 * Bars `from` to `to` − 1 of `atr`, a multiple of four of them and none the first; gives the sum back.
 *
 * Four bars at a time: V8 looks up where an array lies once in every turn of a loop. 2.7 ns a bar two at a time, 2.2 so.
 * But only in many calls for a piece each, as a long loop that it meets when it runs already it does worse, and without
 * a loop for the rest in the same function, which made 4.
 */
function atrFours(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  keep: number,
  share: number,
  from: number,
  to: number,
  sumBefore: number,
  out: Float64Array,
): number {
  let sum = sumBefore;
  let last = close[from - 1];
  for (let i = from; i < to; i += 4) {
    let h = high[i];
    let l = low[i];
    let c = close[i];
    const range1 = h - l + (Math.abs(h - last) + Math.abs(l - last));
    h = high[i + 1];
    l = low[i + 1];
    const range2 = h - l + (Math.abs(h - c) + Math.abs(l - c));
    c = close[i + 1];
    h = high[i + 2];
    l = low[i + 2];
    const range3 = h - l + (Math.abs(h - c) + Math.abs(l - c));
    c = close[i + 2];
    h = high[i + 3];
    l = low[i + 3];
    const range4 = h - l + (Math.abs(h - c) + Math.abs(l - c));
    last = close[i + 3];
    const sum1 = sum * keep + range1;
    const sum2 = sum1 * keep + range2;
    const sum3 = sum2 * keep + range3;
    sum = sum3 * keep + range4;
    out[i] = sum1 * share;
    out[i + 1] = sum2 * share;
    out[i + 2] = sum3 * share;
    out[i + 3] = sum * share;
  }
  return sum;
}

/**
 * Average true range in percent of the close; 0 where the close is 0.
 *
 * high, low, close, period, out  as for `atr`
 *
 * A period of 1 gives the true range itself, not in percent, as TA-Lib NATR does.
 * O(n). Reference: TA-Lib NATR.
 */
export function natr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
): void {
  atr(high, low, close, period, out);
  if (period === 1) return;
  const n = high.length;
  for (let i = period; i < n; i++) {
    const price = close[i];
    out[i] = price === 0 ? 0 : (out[i] / price) * 100;
  }
}
