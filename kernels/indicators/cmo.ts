/** Index of the first value of `cmo`: its period. */
export function cmoLookback(period: number): number {
  return period;
}

/**
 * Chande momentum oscillator with Wilder's averages: 100 × average change / average |change|, 0 where nothing moved.
 *
 * values  n numbers without NaN
 * period  2 or more
 * out     n numbers, −100 to 100; the first `period` of them NaN; must not overlap `values`
 *
 * Sums as in `rsi`, of the changes and of their absolute values, also where prices stand still. Exactly 100 where
 * prices only rise and exactly −100 where they only fall.
 * O(n). Source: T. Chande, S. Kroll, The New Technical Trader, 1994, with Wilder's averages, as TA-Lib CMO.
 */
export function cmo(values: Float64Array, period: number, out: Float64Array): void {
  const n = values.length;
  if (n <= period) {
    out.fill(NaN);
    return;
  }
  let net = 0;
  let gross = 0;
  let previous = values[0];
  out[0] = NaN;
  for (let i = 1; i <= period; i++) {
    const value = values[i];
    const change = value - previous;
    net += change;
    gross += Math.abs(change);
    previous = value;
    out[i] = NaN;
  }
  const keep = (period - 1) / period;
  out[period] = gross === 0 ? 0 : 100 * (net / gross);
  for (let i = period + 1; i < n; i++) {
    const value = values[i];
    const change = value - previous;
    net = net * keep + change;
    gross = gross * keep + Math.abs(change);
    previous = value;
    out[i] = gross < 1e-295 ? 0 : 100 * (net / gross);
  }
}
