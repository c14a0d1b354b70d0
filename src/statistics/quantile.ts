/** Quantiles of a sample, by every rule that numpy has but one. */
import { quantileLinear } from '../../kernels/stats/quantile.js';
import { valueAtRank } from '../../kernels/stats/quantile-sorted.js';
import { checkKeys, checkNumber, checkOneOf, toFloat64, type Vec } from '../check.js';
import { sampleOf } from './sample.js';

/** How a quantile between two numbers is settled; numpy's names, in camel case. */
export type QuantileMethod =
  | 'linear'
  | 'lower'
  | 'higher'
  | 'nearest'
  | 'midpoint'
  | 'invertedCdf'
  | 'averagedInvertedCdf'
  | 'interpolatedInvertedCdf'
  | 'hazen'
  | 'weibull'
  | 'medianUnbiased'
  | 'normalUnbiased';

/** Options of `quantile` and `quantiles`. */
export interface QuantileOptions {
  /** Default `linear`. */
  readonly method?: QuantileMethod;
}

/** Rank, from 0, of the quantile q among n sorted numbers. */
type Rank = (n: number, q: number) => number;

const between =
  (alpha: number, beta: number): Rank =>
  (n, q) =>
    n * q + (alpha + q * (1 - alpha - beta)) - 1;

const onLine: Rank = (n, q) => (n - 1) * q;

const METHODS: Readonly<Record<QuantileMethod, Rank>> = {
  linear: onLine,
  lower: (n, q) => Math.floor(settled(n, onLine(n, q))),
  higher: (n, q) => Math.ceil(settled(n, onLine(n, q))),
  nearest: (n, q) => nearestEven(settled(n, onLine(n, q))),
  midpoint: (n, q) => {
    const rank = settled(n, onLine(n, q));
    return (Math.floor(rank) + Math.ceil(rank)) / 2;
  },
  invertedCdf: (n, q) => Math.ceil(settled(n, n * q)) - 1,
  averagedInvertedCdf: (n, q) => {
    const rank = settled(n, n * q);
    return Math.ceil(rank) === rank && rank > 0 && rank < n ? rank - 0.5 : Math.ceil(rank) - 1;
  },
  interpolatedInvertedCdf: between(0, 1),
  hazen: between(1 / 2, 1 / 2),
  weibull: between(0, 0),
  medianUnbiased: between(1 / 3, 1 / 3),
  normalUnbiased: between(3 / 8, 3 / 8),
};

/** The names of the methods. */
const METHOD_NAMES = Object.keys(METHODS) as QuantileMethod[];

/**
 * What only rounding keeps from being whole is whole: 0.1 × 30 is 3, though doubles may say more. The share is off by
 * 2^-53 of itself at most and the rank by as much again, which makes 2.3e-16 n.
 */
function settled(n: number, rank: number): number {
  const whole = Math.round(rank);
  return Math.abs(rank - whole) <= 1e-15 * n ? whole : rank;
}

/** The nearest whole number, a half to the even one. */
function nearestEven(rank: number): number {
  const low = Math.floor(rank);
  const rest = rank - low;
  if (rest === 0.5) return low % 2 === 0 ? low : low + 1;
  return rest < 0.5 ? low : low + 1;
}

/**
 * The number below which a share `q` of the sample lies.
 *
 * values   one number or more, in any order; NaN if one is NaN
 * q        share, 0 to 1: 0.5 is the median
 * options  `method`: `linear` (default) interpolates between the two nearest ranks (type 7 of Hyndman and Fan 1996)
 *
 * Throws `InsufficientDataError` (no numbers), `NonFiniteError` (infinities), `ValidationError` (q, options). O(n) for
 * `linear`, else O(n log n). Source: numpy.quantile, apart from ranks that only rounding keeps from being whole.
 */
export function quantile(values: Vec, q: number, options: QuantileOptions = {}): number {
  const rank = rankOf(options);
  checkNumber('q', q, 0, 1);
  const sample = sampleOf('values', values, 1);
  if (sample === null) return NaN;
  if (rank === onLine) return quantileLinear(sample, q, new Float64Array(sample.length));
  return valueAtRank(sample.slice().sort(), rank(sample.length, q));
}

/**
 * Several quantiles of one sample, which is sorted once.
 *
 * values, options  as for `quantile`
 * q                shares, 0 to 1 each, in any order
 *
 * Gives as many numbers, each what `quantile` gives. Throws as `quantile`. O(n log n).
 */
export function quantiles(values: Vec, q: Vec, options: QuantileOptions = {}): Float64Array {
  const rank = rankOf(options);
  const shares = toFloat64('q', q);
  for (let i = 0; i < shares.length; i++) checkNumber(`q[${i}]`, shares[i], 0, 1);
  const sample = sampleOf('values', values, 1);
  if (sample === null) return new Float64Array(shares.length).fill(NaN);
  const sorted = sample.slice().sort();
  return shares.map((share) => valueAtRank(sorted, rank(sorted.length, share)));
}

/** The middle number, or the mean of the two in the middle: `quantile(values, 0.5)`. */
export function median(values: Vec): number {
  return quantile(values, 0.5);
}

function rankOf(options: QuantileOptions): Rank {
  checkKeys('options', options, ['method']);
  return METHODS[checkOneOf('method', options.method ?? 'linear', METHOD_NAMES)];
}
