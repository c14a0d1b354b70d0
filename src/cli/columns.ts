/** Columns of a matrix of prices. */
import type { Mat } from '../check.js';

/** One column of a matrix. */
export function columnOf(mat: Mat, column: number): Float64Array {
  return Float64Array.from({ length: mat.rows }, (_, t) => mat.data[t * mat.cols + column]!);
}

/** Prices with each gap filled by the last one before it. */
export function carried(prices: Float64Array): Float64Array {
  const out = prices.slice();
  for (let t = 1; t < out.length; t++) if (Number.isNaN(out[t])) out[t] = out[t - 1]!;
  return out;
}

/** Simple returns with 0 at the first bar, as the strategy's entry bar. */
export function priceReturns(prices: Float64Array): Float64Array {
  return prices.map((price, t) => (t === 0 ? 0 : price / prices[t - 1]! - 1));
}
