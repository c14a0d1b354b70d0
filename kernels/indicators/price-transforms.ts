/** One price for a bar. All series have one length; outputs may be one of them. Reference: TA-Lib, same names. */

/** Mean of the four prices: (high + low + close + open) / 4. */
export function avgPrice(
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] = (high[i] + low[i] + close[i] + open[i]) * 0.25;
}

/** Middle of the bar: (high + low) / 2. */
export function medPrice(high: Float64Array, low: Float64Array, out: Float64Array): void {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] = (high[i] + low[i]) * 0.5;
}

/** Typical price: (high + low + close) / 3. */
export function typPrice(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] = (high[i] + low[i] + close[i]) / 3;
}

/** Price with the close counted twice: (high + low + 2 × close) / 4. */
export function wclPrice(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] = (high[i] + low[i] + close[i] * 2) * 0.25;
}
