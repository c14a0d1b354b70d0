/** The returns that an optimizer works on, checked once. */
import { isMatrix, toFloat64 } from '../check.js';
import { InsufficientDataError, NonFiniteError, ShapeError, ValidationError } from '../errors.js';
import type { ReturnRows } from './types.js';

/** Checked returns of N symbols over T periods. */
export interface ReturnSample {
  /** T × N returns, row-major: cell (t, j) is `data[t * cols + j]`. The caller's own array where a `Mat` was given. */
  readonly data: Float64Array;
  /** T, at least 2. */
  readonly rows: number;
  /** N, at least 1. */
  readonly cols: number;
  readonly symbols: readonly string[];
}

/**
 * The returns as one checked matrix.
 *
 * returns  T × N simple returns as decimals, oldest first; a `Mat` is not copied
 * symbols  N names, none empty, none twice
 *
 * Throws `ValidationError` for what is not a matrix and for symbols, `ShapeError` for ragged rows or a number of symbols
 * other than N, `InsufficientDataError` below two rows, `NonFiniteError` naming row and symbol of a NaN or infinity.
 */
export function readSample(returns: ReturnRows, symbols: readonly string[]): ReturnSample {
  const names = readSymbols(symbols);
  const { data, rows, cols } = isMatrix(returns) ? returns : fromRows(returns, names.length);
  if (rows < 2) {
    throw new InsufficientDataError(
      `returns need at least 2 rows, got ${rows}. Fix: pass returns of 2 periods or more`,
    );
  }
  if (cols !== names.length) {
    throw new ShapeError(
      'symbols',
      names.length,
      `length ${cols}, one for each column of returns`,
      'name every column once',
    );
  }
  for (let i = 0; i < data.length; i++) {
    // A NaN or an infinity less itself is NaN.
    if (data[i]! - data[i]! !== 0) {
      throw new NonFiniteError(
        `returns[${Math.floor(i / cols)}] of ${names[i % cols]!}`,
        data[i],
        'a finite number',
        'remove or fill the missing values first',
      );
    }
  }
  return { data, rows, cols, symbols: names };
}

/** Throws unless `symbols` are names: strings, none empty, none twice, at least one. */
export function readSymbols(symbols: unknown): readonly string[] {
  if (!Array.isArray(symbols) || symbols.length === 0) {
    throw new ValidationError(
      'symbols',
      symbols,
      'an array of at least one name',
      'pass the name of every column of returns',
    );
  }
  const seen = new Set<string>();
  // By index: a hole in the array is no name either.
  for (let j = 0; j < symbols.length; j++) {
    const symbol: unknown = symbols[j];
    if (typeof symbol !== 'string' || symbol === '') {
      throw new ValidationError(`symbols[${j}]`, symbol, 'a name that is not empty', 'name every column');
    }
    if (seen.has(symbol)) {
      throw new ValidationError(
        `symbols[${j}]`,
        symbol,
        'a name that occurs once',
        'rename or drop one of the two columns',
      );
    }
    seen.add(symbol);
  }
  return symbols as readonly string[];
}

function fromRows(returns: unknown, cols: number): { data: Float64Array; rows: number; cols: number } {
  if (!Array.isArray(returns)) {
    throw new ValidationError(
      'returns',
      returns,
      'a matrix of T × N numbers, or T rows of N numbers',
      'pass {data, rows, cols} with rows × cols cells, or an array of rows',
    );
  }
  const data = new Float64Array(returns.length * cols);
  for (let t = 0; t < returns.length; t++) {
    const values = toFloat64(`returns[${t}]`, returns[t]);
    if (values.length !== cols) {
      throw new ShapeError(
        `returns[${t}]`,
        values.length,
        `${cols} numbers, one for each symbol`,
        'pass rows of equal length',
      );
    }
    data.set(values, t * cols);
  }
  return { data, rows: returns.length, cols };
}
