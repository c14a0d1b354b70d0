/** Seeded markets for the tests of the backtest, and the money identity in BigInt. */
import type { BacktestResult } from '../backtest/types.js';
import type { Mat } from '../check.js';
import { exactEquity } from '../reference/exact.js';

export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Random-walk prices in ticks, and weights that sum to `gross`. */
export function market(
  seed: number,
  rows: number,
  cols: number,
  options: { gross?: number; start?: number; every?: number; short?: boolean } = {},
): { prices: Mat; weights: Mat } {
  const { gross = 1, start = 10_000, every = 1, short = false } = options;
  const random = uniform(seed);
  const prices = new Float64Array(rows * cols);
  const weights = new Float64Array(rows * cols).fill(Number.NaN);
  for (let i = 0; i < cols; i++) {
    let price = start * (0.2 + random());
    for (let t = 0; t < rows; t++) {
      price = Math.max(5, price * (1 + (random() - 0.5) * 0.05));
      prices[t * cols + i] = Math.round(price);
    }
  }
  for (let t = 0; t < rows; t += every) {
    const row = Array.from({ length: cols }, () => (short && random() < 0.3 ? -random() : random()));
    const sum = row.reduce((a, w) => a + Math.abs(w), 0);
    for (let i = 0; i < cols; i++) weights[t * cols + i] = (row[i]! / sum) * gross * 0.999999999;
  }
  return { prices: { data: prices, rows, cols }, weights: { data: weights, rows, cols } };
}

/** Open, high, low and close around the given closes. */
export function bars(close: Mat, seed: number): { open: Mat; high: Mat; low: Mat; close: Mat } {
  const random = uniform(seed);
  const panel = (f: (c: number) => number): Mat => ({
    ...close,
    data: close.data.map((c) => Math.max(1, Math.round(f(c)))),
  });
  return {
    open: panel((c) => c * (1 + (random() - 0.5) * 0.02)),
    high: panel((c) => c * (1 + random() * 0.02)),
    low: panel((c) => c * (1 - random() * 0.02)),
    close,
  };
}

export const two = (rows: readonly (readonly number[])[]): Mat => ({
  data: Float64Array.from(rows.flat()),
  rows: rows.length,
  cols: rows[0]!.length,
});

/** The equity identity in BigInt at every bar. */
export function identityHolds(result: BacktestResult, close: Float64Array, priceScale: number): boolean {
  const n = result.symbols.length;
  return result.cash.slice(1).every((cash, bar) => {
    const micro = Array.from(result.quantities!.data.subarray(bar * n, (bar + 1) * n), (q) =>
      BigInt(Math.round(q * 1e6)),
    );
    const ticks = Array.from(close.subarray(bar * n, (bar + 1) * n), BigInt);
    return (
      exactEquity(BigInt(cash), micro, ticks, BigInt(priceScale)) === BigInt(result.equityCurve[bar + 1]!)
    );
  });
}
