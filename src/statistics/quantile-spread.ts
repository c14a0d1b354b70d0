/** How far the returns of the best scores were above those of the worst. */
import { sum } from '../../kernels/stats/sum.js';
import { checkInteger, type Vec } from '../check.js';
import { ValidationError } from '../errors.js';
import { checkNoInfinity, order, pairOf, sortRoom } from './paired.js';

/** Parts that the scores are cut into unless told otherwise. */
export const QUANTILES_DEFAULT = 5;

/**
 * Mean return of the highest scores less mean return of the lowest.
 *
 * scores      n numbers; equal ones keep their order; infinities are the extremes
 * returns     n numbers, the return of each score; an infinity throws `NonFiniteError`
 * nQuantiles  parts that the scores are cut into, 1 to n: top and bottom are floor(n / nQuantiles) scores each, and
 *             what is between them does not count
 *
 * A NaN on either side gives NaN. Throws `ShapeError` for different lengths, `ValidationError` for a bad `nQuantiles`.
 * O(n). Source: numpy argsort, kind "stable", and mean; the sum is exact until it
 * rounds once.
 */
export function quantileSpread(scores: Vec, returns: Vec, nQuantiles: number = QUANTILES_DEFAULT): number {
  const { x, y, n, missing } = pairOf('scores', scores, 'returns', returns);
  const size = quantileSize(n, nQuantiles);
  checkNoInfinity('returns', y);
  if (missing) return NaN;
  const room = sortRoom(n);
  order(x, room);
  return spreadOf(room.pairs, y, size);
}

/** As `quantileSpread`: five parts are quintiles. */
export const quintileSpread: typeof quantileSpread = quantileSpread;

/** How many scores are one part. */
export function quantileSize(n: number, nQuantiles: unknown): number {
  const parts = checkInteger('nQuantiles', nQuantiles, 1, Number.MAX_SAFE_INTEGER);
  if (parts > n) {
    throw new ValidationError(
      'nQuantiles',
      parts,
      `at most the number of scores, ${n}`,
      'pass more scores, or fewer quantiles',
    );
  }
  return Math.floor(n / parts);
}

/**
 * The spread, given the order of the scores in the odd cells of `pairs`: one sum of the highest and the negated lowest,
 * so that a level that all returns share costs no digits.
 */
export function spreadOf(pairs: Int32Array, returns: Float64Array, size: number): number {
  const n = returns.length;
  const ends = new Float64Array(2 * size);
  for (let i = 0; i < size; i++) {
    ends[i] = returns[pairs[2 * (n - size + i) + 1]!]!;
    ends[size + i] = -returns[pairs[2 * i + 1]!]!;
  }
  return sum(ends, 0, 2 * size) / size;
}
