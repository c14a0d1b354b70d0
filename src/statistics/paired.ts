/** What the statistics of two series do first, and the ranks that several of them are made of. */
import {
  CORRELATION_CELLS,
  PRODUCT_SUMS,
  rankCorrelation,
  rankProducts,
} from '../../kernels/stats/correlation.js';
import { centredRanks, rankCounts, rankScratch, sortOrder } from '../../kernels/stats/rank.js';
import { checkLength, toFloat64, type Vec } from '../check.js';
import { NonFiniteError } from '../errors.js';

/** Two series of one length. */
export interface Pair {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly n: number;
  /** One of the numbers is NaN. */
  readonly missing: boolean;
}

/** Room for ranking two series, made once for several. */
export interface SortRoom {
  readonly pairs: Int32Array;
  readonly spare: Int32Array;
  readonly counts: Int32Array;
  readonly rankX: Int32Array;
  readonly rankY: Int32Array;
}

/** A correlation and the share of the variance that it leaves, 1 − r². */
export interface Fit {
  readonly r: number;
  readonly rest: number;
}

/** Which 32-bit half of a number has its sign: the second, except on big-endian machines. */
const SIGN_WORD = new Int32Array(Float64Array.of(1).buffer)[0] === 0 ? 1 : 0;

/** The two series as typed arrays. Throws `ShapeError` unless they are equally long. */
export function pairOf(fieldX: string, givenX: Vec, fieldY: string, givenY: Vec): Pair {
  const x = toFloat64(fieldX, givenX);
  const y = toFloat64(fieldY, givenY);
  checkLength(fieldY, y.length, x.length, fieldX);
  return { x, y, n: x.length, missing: hasNaN(x) || hasNaN(y) };
}

function hasNaN(values: Float64Array): boolean {
  if (allFinite(values)) return false;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) return true;
  return false;
}

/** One sum, which an infinity or a NaN turns into NaN: no branch for each number. */
function allFinite(values: Float64Array): boolean {
  let doubt = 0;
  for (let i = 0; i < values.length; i++) doubt += values[i]! - values[i]!;
  return doubt === 0;
}

/** Throws `NonFiniteError` at the first infinity; a NaN may stay. */
export function checkNoInfinity(field: string, values: Float64Array): void {
  if (allFinite(values)) return;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === Infinity || value === -Infinity) {
      throw new NonFiniteError(
        `${field}[${i}]`,
        value,
        'a finite number, or NaN',
        'remove or repair the value first',
      );
    }
  }
}

/** Room for series of up to n values: in one piece, since memory for each would take longer than ranking 100 values. */
export function sortRoom(n: number): SortRoom {
  const scratch = rankScratch(n);
  const counted = rankCounts(n);
  const buffer = new ArrayBuffer(4 * (2 * scratch + counted + 2 * n));
  return {
    pairs: new Int32Array(buffer, 0, scratch),
    spare: new Int32Array(buffer, 4 * scratch, scratch),
    counts: new Int32Array(buffer, 8 * scratch, counted),
    rankX: new Int32Array(buffer, 8 * scratch + 4 * counted, n),
    rankY: new Int32Array(buffer, 8 * scratch + 4 * (counted + n), n),
  };
}

function wordsOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** The order of the values into the odd cells of `room.pairs`, equal ones as they came. */
export function order(values: Float64Array, room: SortRoom): void {
  sortOrder(values, wordsOf(values), SIGN_WORD, room.pairs, room.spare, room.counts);
}

/**
 * Centred ranks of both series into `room.rankX` and `room.rankY`, and the order of x
 * into the odd cells of `room.pairs`. False where one of them is constant.
 */
export function rankBoth(x: Float64Array, y: Float64Array, room: SortRoom): boolean {
  const { pairs, spare, counts, rankX, rankY } = room;
  const differentY = centredRanks(y, wordsOf(y), SIGN_WORD, pairs, spare, counts, rankY);
  const differentX = centredRanks(x, wordsOf(x), SIGN_WORD, pairs, spare, counts, rankX);
  return differentX > 1 && differentY > 1;
}

/**
 * Spearman's correlation; undefined where there is none. Leaves ranks and order in `room` as `rankBoth` does, for n of
 * 2 or more without missing values.
 */
export function rankFit({ x, y, n, missing }: Pair, room: SortRoom): Fit | undefined {
  if (n < 2 || missing || !rankBoth(x, y, room)) return undefined;
  const sums = new Float64Array(PRODUCT_SUMS);
  rankProducts(room.rankX, room.rankY, n, sums);
  const cells = new Float64Array(CORRELATION_CELLS);
  rankCorrelation(sums, cells);
  return { r: cells[0]!, rest: cells[1]! };
}

/** Student's t of a correlation: r √((n − 2) / (1 − r²)). Infinite where r is 1 or −1; NaN for n of 2. */
export function correlationT({ r, rest }: Fit, n: number): number {
  return r * Math.sqrt((n - 2) / rest);
}
