/** Seeded inputs of the benchmarks, and the file through which both sides read the same bytes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Mat } from '../src/check.js';

/** The matrices of an input file by name; a plain series is a matrix of one column. */
export type Input = Readonly<Record<string, Mat>>;

/** A generator of numbers in [0, 1) from a seed: xorshift with 32 bits (Marsaglia 2003, shifts 13, 17, 5). */
export function randomStream(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

/** Mean 0 and variance 1 from four uniforms: bell-shaped, with no function that differs between engines. */
export function bellStream(seed: number): () => number {
  const next = randomStream(seed);
  const scale = Math.sqrt(3);
  return () => (next() + next() + next() + next() - 2) * scale;
}

/** Prices of whole cents, bars × symbols: random walks from 100.00, 1 % a day, never below 1.00. */
export function randomPrices(rows: number, cols: number, seed: number): Mat {
  const bell = bellStream(seed);
  const data = new Float64Array(rows * cols);
  const level = new Float64Array(cols).fill(10_000);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      if (i > 0) level[j] = Math.max(100, level[j] * (1.0002 + 0.01 * bell()));
      data[i * cols + j] = Math.round(level[j]);
    }
  }
  return { data, rows, cols };
}

/** Random long-only targets, each row summing to 1; rows that are not a multiple of `every` are NaN (no rebalance). */
export function randomWeights(rows: number, cols: number, seed: number, every = 1): Mat {
  const next = randomStream(seed);
  const data = new Float64Array(rows * cols).fill(NaN);
  for (let i = 0; i < rows; i += every) {
    let sum = 0;
    for (let j = 0; j < cols; j++) {
      const weight = next();
      data[i * cols + j] = weight;
      sum += weight;
    }
    for (let j = 0; j < cols; j++) data[i * cols + j] /= sum;
  }
  return { data, rows, cols };
}

/** Bell-shaped returns with this mean and standard deviation. */
export function randomReturns(count: number, mean: number, deviation: number, seed: number): Mat {
  const bell = bellStream(seed);
  const data = new Float64Array(count);
  for (let i = 0; i < count; i++) data[i] = mean + deviation * bell();
  return { data, rows: count, cols: 1 };
}

interface Header {
  readonly format: 'float64-le';
  readonly data: string;
  readonly arrays: readonly { name: string; offset: number; rows: number; cols: number }[];
}

/** Writes `path` (a JSON header) and beside it one binary file with all matrices, 64-bit floats, little-endian. */
export function writeInput(path: string, input: Input): void {
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1)
    throw new Error('the benchmarks need a little-endian machine');
  const binary = path.replace(/\.json$/, '.bin');
  const arrays: Header['arrays'][number][] = [];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, mat] of Object.entries(input)) {
    arrays.push({ name, offset, rows: mat.rows, cols: mat.cols });
    parts.push(new Uint8Array(mat.data.buffer, mat.data.byteOffset, mat.data.byteLength));
    offset += mat.data.length;
  }
  writeFileSync(binary, Buffer.concat(parts));
  const header: Header = { format: 'float64-le', data: basename(binary), arrays };
  writeFileSync(path, JSON.stringify(header));
}

/** Reads what `writeInput` wrote. */
export function readInput(path: string): Input {
  const header = JSON.parse(readFileSync(path, 'utf8')) as Header;
  const bytes = readFileSync(join(dirname(path), header.data));
  const input: Record<string, Mat> = {};
  for (const { name, offset, rows, cols } of header.arrays) {
    const start = bytes.byteOffset + offset * 8;
    const data = new Float64Array(bytes.buffer.slice(start, start + rows * cols * 8) as ArrayBuffer);
    input[name] = { data, rows, cols };
  }
  return input;
}
