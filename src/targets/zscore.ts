/** How far each value lies from the mean of all, in standard deviations. */
import { sum } from '../../kernels/stats/sum.js';
import { checkInteger, checkKeys, toFloat64, type Vec } from '../check.js';
import { NonFiniteError } from '../errors.js';

/** Options of `zscore`. */
export interface ZscoreOptions {
  /** Taken from the number of values in the divisor of the variance: 1 (default) the sample's, 0 the population's. */
  readonly ddof?: 0 | 1;
}

/** 2^600 and 2^-600: exact factors that keep squares of huge and tiny values inside the range of a double. */
const HUGE = 4.149515568880993e180;
const TINY = 2.409919865102884e-181;

/**
 * z-scores: (x − mean) / σ of every value.
 *
 * values   any numbers; a NaN is left out of mean and σ and stays NaN; an infinity throws `NonFiniteError`
 * options  `ddof`: 1 (default, as pandas `std`) or 0 (as scipy `zscore`)
 *
 * A new array of the same length. All NaN when there are fewer than two numbers or they do not differ
 * (σ ≤ 1e-15 · |mean|, the rounding of equal numbers): there is nothing to rank. Listing the values in another order
 * changes no digit. O(n). Reference: pandas, scipy.
 */
export function zscore(values: Vec, options: ZscoreOptions = {}): Float64Array {
  checkKeys('options', options, ['ddof']);
  const ddof = checkInteger('options.ddof', options.ddof ?? 1, 0, 1);
  const given = toFloat64('values', values);
  const numbers = given.filter((value) => !Number.isNaN(value));
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]!));
  if (largest === Infinity) {
    const at = given.findIndex((value) => Math.abs(value) === Infinity);
    const fix = 'use NaN to leave it out';
    throw new NonFiniteError(`values[${at}]`, given[at], 'a finite number, or NaN', fix);
  }
  const factor = largest > 1e140 ? TINY : largest < 1e-140 ? HUGE : 1;
  const n = numbers.length;
  for (let i = 0; i < n; i++) numbers[i]! *= factor;
  const mean = sum(numbers, 0, n) / n;
  const squares = numbers.map((value) => (value - mean) * (value - mean));
  const deviation = Math.sqrt(sum(squares, 0, n) / (n - ddof));
  if (n < 2 || !(deviation > 1e-15 * Math.abs(mean))) return given.map(() => Number.NaN);
  return given.map((value) => (value * factor - mean) / deviation);
}
