/** The returns of the optimizer fixtures and of the long test: real ones by rows, made ones by seed and shape. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Mat } from '../check.js';
import { ROOT } from './repository.js';

const STOCKS = 'fixtures/market/sp500-20-stocks-1990-2022.csv.gz';

/** What is done to the made returns; see parity/optimize_series.py. */
export type Kind = 'plain' | 'duplicate' | 'multiple' | 'dominant' | 'rounded' | 'losing';

/** Names the assets of a problem. */
export function symbolsOf(cols: number): string[] {
  return Array.from({ length: cols }, (_, j) => `A${j}`);
}

/** `count` numbers in [0, 1): mulberry32 of a counter. */
function uniform(seed: number, stream: number, count: number): Float64Array {
  const values = new Float64Array(count);
  let state = (Math.imul(seed, 0x9e3779b1) + Math.imul(stream, 0x85ebca6b)) | 0;
  for (let i = 0; i < count; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    values[i] = ((z ^ (z >>> 14)) >>> 0) / 4_294_967_296;
  }
  return values;
}

/** Mean 0 and variance 1: the sum of four uniform numbers. */
function bell(seed: number, stream: number, count: number): Float64Array {
  const u = uniform(seed, stream, 4 * count);
  return new Float64Array(count).map((_, i) => {
    const at = 4 * i;
    return (u[at]! + u[at + 1]! + u[at + 2]! + u[at + 3]! - 2) * 1.7320508075688772;
  });
}

/** A factor model whose volatility moves from row to row; the same numbers as `made` of parity/optimize_series.py. */
export function madeReturns(
  seed: number,
  rows: number,
  cols: number,
  factors = 3,
  kind: Kind = 'plain',
): Mat {
  const factor = bell(seed, 1, rows * factors);
  const beta = uniform(seed, 2, cols * factors);
  const own = uniform(seed, 3, cols);
  const noise = bell(seed, 4, rows * cols);
  const calm = uniform(seed, 5, rows);
  const drift = uniform(seed, 6, cols);
  const data = new Float64Array(rows * cols);
  for (let t = 0; t < rows; t++) {
    const square = calm[t]! * calm[t]!;
    const volatility = 0.6 + 2.4 * (square * square);
    for (let j = 0; j < cols; j++) {
      let move = 0;
      for (let k = 0; k < factors; k++) {
        const [size, shift] = k === 0 ? [0.01, 0.5] : [0.006, -0.5];
        move += (beta[j * factors + k]! + shift) * (size * factor[t * factors + k]!);
      }
      move += (0.004 + 0.016 * own[j]!) * noise[t * cols + j]!;
      data[t * cols + j] = 0.0008 * (drift[j]! - 0.25) + volatility * move;
    }
  }
  const copies = (cols + 3) >> 2;
  for (let t = 0; t < rows; t++) change(data.subarray(t * cols, (t + 1) * cols), kind, copies);
  return { data, rows, cols };
}

function change(row: Float64Array, kind: Kind, copies: number): void {
  const last = row.length - 1;
  if (kind === 'duplicate') row.set(row.slice(0, copies), row.length - copies);
  else if (kind === 'multiple') row[last] = 0.5 * row[0]!;
  else if (kind === 'dominant') row[0] = 0.1 * row[0]! + 0.001;
  else if (kind === 'rounded')
    for (let j = 0; j <= last; j++) row[j] = Math.floor(row[j]! * 1000 + 0.5) / 1000;
  else if (kind === 'losing') for (let j = 0; j <= last; j++) row[j] = row[j]! - 0.01;
}

let prices: number[][] | undefined;

/** Returns of the first of the twenty real stocks as decimals, from the price row `begin` on. */
export function marketReturns(begin: number, rows: number, cols = 20): Mat {
  prices ??= gunzipSync(readFileSync(join(ROOT, STOCKS)))
    .toString()
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(1).map(Number));
  const data = new Float64Array(rows * cols);
  for (let t = 0; t < rows; t++) {
    const [before, after] = [prices[begin + t]!, prices[begin + t + 1]!];
    for (let j = 0; j < cols; j++) data[t * cols + j] = after[j]! / before[j]! - 1;
  }
  return { data, rows, cols };
}
