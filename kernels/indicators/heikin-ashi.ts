/**
 * Candles of Heikin-Ashi: close = mean of the four prices; open = middle of the body before, at first of the bar's own;
 * high and low reach out to both.
 *
 * open, high, low, close  n numbers each, without NaN
 * outputs                 n numbers each; must not overlap anything
 *
 * O(n). The open halves with every bar what it still holds of the first, so the start is soon forgotten.
 */
export function heikinAshi(
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  outOpen: Float64Array,
  outHigh: Float64Array,
  outLow: Float64Array,
  outClose: Float64Array,
): void {
  const n = open.length;
  if (n === 0) return;
  let body = (open[0] + close[0]) * 0.5;
  for (let i = 0; i < n; i++) {
    const mean = (open[i] + high[i] + low[i] + close[i]) * 0.25;
    const top = body > mean ? body : mean;
    const bottom = body > mean ? mean : body;
    outOpen[i] = body;
    outHigh[i] = high[i] > top ? high[i] : top;
    outLow[i] = low[i] < bottom ? low[i] : bottom;
    outClose[i] = mean;
    body = (body + mean) * 0.5;
  }
}
