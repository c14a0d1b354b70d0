/**
 * Checks and derived panels over whole price and weight matrices (row-major, bars × symbols).
 */
import { roundHalfEven } from './notional.js';

/**
 * Takes one bar's prices, checking each on the way: a second pass over the panel would cost more than the checks.
 *
 * n, prices, offset   n prices in ticks from prices[offset]
 * limit               largest price allowed, below 2^52
 * out                 n cells; a price that is a whole number from 1 to limit is written, any other leaves its cell
 *
 * Returns 0 if every cell was written, else 1: something is missing (NaN), too large or not a price.
 */
export function takePriceRow(
  n: number,
  prices: Float64Array,
  offset: number,
  limit: number,
  out: Float64Array,
): number {
  let left = 0;
  for (let i = 0; i < n; i++) {
    const price = prices[offset + i];
    // Adding and subtracting 2^52 leaves exactly the whole numbers below it as they are.
    if (!(price >= 1 && price <= limit && price + 4503599627370496 - 4503599627370496 === price)) left = 1;
    else out[i] = price;
  }
  return left;
}

/**
 * Checks one row of target weights.
 *
 * n, weights, offset   n weights from weights[offset]
 * maxGross             largest allowed sum of absolute weights (1e-9 of slack for rounding)
 * allowShort           1 if negative weights are allowed
 *
 * Returns 0 usable, 1 wholly NaN (no rebalance), 2 partly NaN, 3 infinite, 4 negative without permission,
 * 5 sum of absolute weights too large.
 */
export function checkWeightRow(
  n: number,
  weights: Float64Array,
  offset: number,
  maxGross: number,
  allowShort: number,
): number {
  let gross = 0;
  let lowest = 0;
  let missing = 0;
  while (missing < n && Number.isNaN(weights[offset + missing])) missing += 1;
  if (missing === n) return 1;
  for (let i = 0; i < n; i++) {
    const weight = weights[offset + i];
    gross += Math.abs(weight);
    if (weight < lowest) lowest = weight;
  }
  if (Number.isNaN(gross)) return 2;
  if (gross === Infinity) return 3;
  if (lowest < 0 && allowShort === 0) return 4;
  return gross > maxGross + 1e-9 ? 5 : 0;
}

/**
 * Simple return of every symbol over every bar; the first row is NaN, and so is a return without both prices.
 *
 * rows, cols, prices   the panel, ticks
 * out                  rows × cols, written
 */
export function symbolReturns(rows: number, cols: number, prices: Float64Array, out: Float64Array): void {
  for (let i = 0; i < cols && rows > 0; i++) out[i] = NaN;
  const end = rows * cols;
  for (let i = cols; i < end; i++) out[i] = prices[i] / prices[i - cols] - 1;
}

/**
 * Typical price of every cell, (high + low + close) / 3, rounded to the nearest tick, half to even; NaN where one is
 * missing.
 *
 * high, low, close   panels of one size, ticks; their sum must stay below 2^53
 * out                same size, written
 */
export function typicalPrices(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  const length = out.length;
  for (let i = 0; i < length; i++) {
    out[i] = roundHalfEven((high[i] + low[i] + close[i]) / 3);
  }
}
