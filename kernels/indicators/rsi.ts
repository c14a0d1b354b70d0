/** Index of the first value of `rsi`: its period. */
export function rsiLookback(period: number): number {
  return period;
}

/**
 * Relative strength index of Wilder: 100 × average rise / (average rise + average fall), 0 where nothing moved.
 *
 * values  n numbers without NaN
 * period  2 or more
 * out     n numbers, 0 to 100; the first `period` of them NaN; must not overlap `values`
 *
 * A rise is (|d| + d) / 2 and a fall (|d| − d) / 2 of the change d, without asking for its sign, which a processor
 * guesses wrong every other time. The averages are kept as sums, 2 × period × average, so that the chain from bar to bar
 * is one product and one sum: the first of the first `period` changes, afterwards sum × (period − 1) / period + x. The
 * index is never outside 0 to 100, exactly 100 where prices only rise and exactly 0 where they only fall.
 *
 * While prices stand still both sums shrink and the index keeps its value, until they are too small to tell, some 9,000
 * bars on for a period of 14: together below 1e-295 they count as 0, and so does the index.
 * O(n). Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978; start and zero rule as TA-Lib RSI.
 */
export function rsi(values: Float64Array, period: number, out: Float64Array): void {
  const n = values.length;
  if (n <= period) {
    out.fill(NaN);
    return;
  }
  let up = 0;
  let down = 0;
  let previous = values[0];
  out[0] = NaN;
  for (let i = 1; i <= period; i++) {
    const value = values[i];
    const change = value - previous;
    const size = Math.abs(change);
    up += size + change;
    down += size - change;
    previous = value;
    out[i] = NaN;
  }
  const keep = (period - 1) / period;
  out[period] = up + down === 0 ? 0 : 100 * (up / (up + down));
  for (let i = period + 1; i < n; i++) {
    const value = values[i];
    const change = value - previous;
    const size = Math.abs(change);
    up = up * keep + (size + change);
    down = down * keep + (size - change);
    previous = value;
    const total = up + down;
    out[i] = total < 1e-295 ? 0 : 100 * (up / total);
  }
}
