/** Correlations of two series, with p-values. */
import { CORRELATION_CELLS, PRODUCT_SUMS, pearsonCorrelation } from '../../kernels/stats/correlation.js';
import {
  DISCORDANT,
  inversionTail,
  KENDALL_COUNTS,
  kendallCounts,
  SPREAD_X,
  SPREAD_Y,
  TIED_BOTH,
  TIED_X,
  TIED_Y,
  TRIPLES_X,
  TRIPLES_Y,
} from '../../kernels/stats/kendall.js';
import { PERMUTATION_COUNTS, permutationCounts } from '../../kernels/stats/permutation.js';
import { normalSurvival } from '../../kernels/special/normal-cdf.js';
import { studentTTwoSided } from '../../kernels/special/student-t.js';
import { checkBoolean, checkKeys, type Vec } from '../check.js';
import { ValidationError } from '../errors.js';
import { checkNoInfinity, correlationT, type Pair, pairOf, rankBoth, rankFit, sortRoom } from './paired.js';

/** What a correlation of two series gives. */
export interface Correlation {
  /** From −1 to 1; NaN where a series is constant, has a NaN, or is shorter than 2. */
  readonly correlation: number;
  /** Two-sided: how likely so strong a correlation is between unrelated series; NaN where it cannot be said. */
  readonly pValue: number;
  /** How many pairs there were. */
  readonly n: number;
}

/** Options of `spearman` and `kendall`. */
export interface CorrelationOptions {
  /** The p-value from all orders the values can be in, instead of a distribution for long series. */
  readonly exact?: boolean;
}

/** Longest series of which `spearman` tries all orders. */
const SPEARMAN_EXACT_MAX = 10;
/** Longest series for which `kendall` is exact when asked. */
const KENDALL_EXACT_MAX = 500;
/** Longest series for which it is exact unless told otherwise, as scipy. */
const KENDALL_EXACT_UNASKED = 33;

/**
 * Pearson's correlation: how near two series lie to a straight line.
 *
 * x, y  n numbers each; a NaN makes both results NaN; an infinity throws `NonFiniteError`
 *
 * The p-value is Student's with n − 2 degrees of freedom; 1 for n = 2, 0 where the correlation is ±1. Throws
 * `ShapeError` for different lengths. O(n); error of the correlation about 1e-15, at any scale and level that the
 * numbers themselves resolve. Source: scipy.stats.pearsonr.
 */
export function pearson(x: Vec, y: Vec): Correlation {
  const pair = pairOf('x', x, 'y', y);
  const { n, missing } = pair;
  checkNoInfinity('x', pair.x);
  checkNoInfinity('y', pair.y);
  if (missing) return { correlation: NaN, pValue: NaN, n };
  const cells = new Float64Array(CORRELATION_CELLS);
  pearsonCorrelation(pair.x, pair.y, new Float64Array(PRODUCT_SUMS), cells);
  const fit = { r: cells[0]!, rest: cells[1]! };
  const none = Number.isNaN(fit.r) ? NaN : 1;
  return { correlation: fit.r, pValue: n > 2 ? studentTTwoSided(correlationT(fit, n), n - 2) : none, n };
}

/**
 * Spearman's rank correlation: Pearson's of the ranks, where equal values share the mean of theirs.
 *
 * x, y     n numbers each; a NaN makes both results NaN; infinities are ranked, −0 is equal to 0
 * options  `exact` (false): the p-value from all n! orders of y, n at most 10; twice the smaller tail, at most 1
 *
 * Else the p-value is Student's with n − 2 degrees of freedom: NaN for n = 2, 0 where the correlation is ±1. Throws
 * `ShapeError` for different lengths, `ValidationError` for a bad option. O(n). Sums of ranks are exact, and 1 − r² is
 * worked out without the rounding of r, so p-values keep their digits near ±1 and down to 1e-300. Source:
 * scipy.stats.spearmanr; exact: scipy.stats.permutation_test, permutation_type "pairings".
 */
export function spearman(x: Vec, y: Vec, options: CorrelationOptions = {}): Correlation {
  const exact = exactOption(options);
  const pair = pairOf('x', x, 'y', y);
  const { n } = pair;
  if (exact === true) checkExact(n, SPEARMAN_EXACT_MAX);
  const room = sortRoom(n);
  const fit = rankFit(pair, room);
  if (fit === undefined) return { correlation: NaN, pValue: NaN, n };
  const pValue =
    exact === true ? permutationP(room.rankX, room.rankY) : studentTTwoSided(correlationT(fit, n), n - 2);
  return { correlation: fit.r, pValue, n };
}

function permutationP(a: Int32Array, b: Int32Array): number {
  const n = a.length;
  const counts = new Float64Array(PERMUTATION_COUNTS);
  permutationCounts(a, b, new Int32Array(n), new Int32Array(n), counts);
  let orders = 1;
  for (let i = 2; i <= n; i++) orders *= i;
  return Math.min(1, (2 * Math.min(counts[0]!, counts[1]!)) / orders);
}

/**
 * Kendall's rank correlation tau-b: pairs in the same order less pairs in opposite order, ties taken out.
 *
 * x, y     n numbers each; a NaN makes both results NaN; infinities are ranked, −0 is equal to 0
 * options  `exact`: the p-value from the distribution over all orders, for series without ties of at most 500.
 *          Absent: exact without ties up to 33 values, or where at most one pair is out of order (or in order)
 *
 * Else the p-value is the normal one, with the variance that ties leave. Throws `ShapeError` for different lengths,
 * `ValidationError` for a bad option and for `exact` with ties. O(n log n). Source: scipy.stats.kendalltau, variant b.
 */
export function kendall(x: Vec, y: Vec, options: CorrelationOptions = {}): Correlation {
  const exact = exactOption(options);
  const pair = pairOf('x', x, 'y', y);
  const { n, missing } = pair;
  if (exact === true) checkExact(n, KENDALL_EXACT_MAX);
  const counts = n < 2 || missing ? undefined : countPairs(pair);
  if (counts === undefined) return { correlation: NaN, pValue: NaN, n };
  const total = (n * (n - 1)) / 2;
  const tiedX = counts[TIED_X]!;
  const tiedY = counts[TIED_Y]!;
  const discordant = counts[DISCORDANT]!;
  const excess = total - tiedX - tiedY + counts[TIED_BOTH]! - 2 * discordant;
  const tau = excess / Math.sqrt((total - tiedX) * (total - tiedY));
  const ties = tiedX > 0 || tiedY > 0;
  if (exact === true && ties) {
    throw new ValidationError('exact', true, 'false where values are tied', 'leave the option out');
  }
  const smaller = Math.min(discordant, total - discordant);
  const unasked = !ties && (n <= KENDALL_EXACT_UNASKED || smaller <= 1);
  const pValue =
    (exact ?? unasked)
      ? Math.min(1, 2 * inversionTail(n, smaller, new Float64Array(smaller + 1)))
      : 2 * normalSurvival(Math.abs(excess) / Math.sqrt(excessVariance(n, counts)));
  return { correlation: Math.max(-1, Math.min(1, tau)), pValue, n };
}

/** The counts of `kendallCounts`; undefined where a series is constant. */
function countPairs({ x, y, n }: Pair): Float64Array | undefined {
  const room = sortRoom(n);
  if (!rankBoth(x, y, room)) return undefined;
  const counts = new Float64Array(KENDALL_COUNTS);
  kendallCounts(room.pairs, room.rankX, room.rankY, new Int32Array(n), room.spare, counts);
  return counts;
}

/** Variance of the pairs in the same order less those in opposite order, were the series unrelated. */
function excessVariance(n: number, counts: Float64Array): number {
  const ordered = n * (n - 1);
  const untied = (ordered * (2 * n + 5) - counts[SPREAD_X]! - counts[SPREAD_Y]!) / 18;
  const triples = n > 2 ? (counts[TRIPLES_X]! * counts[TRIPLES_Y]!) / (9 * ordered * (n - 2)) : 0;
  return untied + (2 * counts[TIED_X]! * counts[TIED_Y]!) / ordered + triples;
}

function exactOption(options: CorrelationOptions): boolean | undefined {
  checkKeys('options', options, ['exact']);
  return options.exact === undefined ? undefined : checkBoolean('exact', options.exact);
}

function checkExact(n: number, most: number): void {
  if (n <= most) return;
  throw new ValidationError(
    'exact',
    true,
    `false for more than ${most} values, was asked of ${n}`,
    'leave the option out: the usual p-value is close for long series',
  );
}
