/** Mean, spread and shape of a sample. */
import { CENTRAL_SUMS, CUBES, centralSums, FOURTHS, SQUARES } from '../../kernels/stats/higher-moments.js';
import { squaredDeviations } from '../../kernels/stats/moments.js';
import { sum } from '../../kernels/stats/sum.js';
import { checkBoolean, checkInteger, checkKeys, type Vec } from '../check.js';
import { sampleOf } from './sample.js';

/** Mean, spread and shape of a sample, as `moments` gives them. */
export interface Moments {
  /** How many numbers. */
  readonly n: number;
  readonly mean: number;
  /** With n − 1 in the divisor, or n with `bias`. */
  readonly variance: number;
  /** 0 for a symmetric sample. */
  readonly skewness: number;
  /** Excess kurtosis: 0 for a normal distribution. */
  readonly kurtosis: number;
}

/** Options of `moments`. */
export interface MomentsOptions {
  /** True: the moments of the numbers themselves, all divided by n. Default false: estimates without bias. */
  readonly bias?: boolean;
}

/** Options of `skewness` and `kurtosis`. */
export interface ShapeOptions {
  /** True (default, as scipy): the moments of the numbers themselves. False: corrected for the size of the sample. */
  readonly bias?: boolean;
}

/** Options of `sampleVariance` and `standardDeviation`. */
export interface SpreadOptions {
  /** Taken from n in the divisor: 1 (default) for an estimate from a sample, 0 for the numbers themselves. */
  readonly ddof?: 0 | 1;
}

/** A spread of at most this times |mean| is rounding: the numbers are the same (2^-52, as scipy). */
const ROUNDING = 2.220446049250313e-16;

/**
 * Mean, variance, skewness and excess kurtosis of a sample.
 *
 * values   one number or more; a NaN makes every figure but n NaN
 * options  `bias`: false (default) gives the variance with n − 1 and the corrected skewness and kurtosis (G1 and G2 of
 *          Joanes and Gill 1998); true divides every moment by n
 *
 * The variance of one number is NaN (0 with `bias`). The skewness of numbers that are all the same is NaN, and so is
 * the corrected one of two numbers or the corrected kurtosis of three, which do not exist (scipy gives the
 * uncorrected ones). Throws `InsufficientDataError` (no numbers), `NonFiniteError` (infinities), `ValidationError`
 * (options). O(n), two passes without cancellation, so a common level costs no digits. Source: scipy.stats.describe,
 * skew and kurtosis.
 */
export function moments(values: Vec, options: MomentsOptions = {}): Moments {
  checkKeys('options', options, ['bias']);
  const bias = checkBoolean('bias', options.bias ?? false);
  const sample = sampleOf('values', values, 1);
  if (sample === null) {
    return { n: values.length, mean: NaN, variance: NaN, skewness: NaN, kurtosis: NaN };
  }
  const n = sample.length;
  const { center, sums } = centralOf(sample);
  return {
    n,
    mean: center,
    variance: sums[SQUARES]! / (bias ? n : n - 1),
    skewness: skewnessOf(n, center, sums, bias),
    kurtosis: kurtosisOf(n, center, sums, bias),
  };
}

/**
 * Arithmetic mean.
 *
 * values  one number or more; NaN if one is NaN
 *
 * Off by less than one unit in the last place whatever the order. Throws as `moments`. O(n). Source: numpy mean.
 */
export function mean(values: Vec): number {
  const sample = sampleOf('values', values, 1);
  return sample === null ? NaN : sum(sample, 0, sample.length) / sample.length;
}

/**
 * Variance: mean squared distance from the mean.
 *
 * values   one number or more; NaN if one is NaN
 * options  `ddof`: 1 (default) divides by n − 1, 0 by n
 *
 * One number with `ddof` 1 gives NaN. Exactly 0 for numbers that are all the same. Throws as `moments`. O(n).
 * Source: numpy var.
 */
export function sampleVariance(values: Vec, options: SpreadOptions = {}): number {
  checkKeys('options', options, ['ddof']);
  const ddof = checkInteger('ddof', options.ddof ?? 1, 0, 1);
  const sample = sampleOf('values', values, 1);
  if (sample === null) return NaN;
  const n = sample.length;
  return squaredDeviations(sample, sum(sample, 0, n) / n) / (n - ddof);
}

/** Square root of `sampleVariance`: the same arguments, edges and errors. Source: numpy std. */
export function standardDeviation(values: Vec, options: SpreadOptions = {}): number {
  return Math.sqrt(sampleVariance(values, options));
}

/**
 * Skewness: third central moment over the variance to the power 3/2. Above 0: the longer tail is on the right.
 *
 * values   one number or more; NaN if one is NaN
 * options  `bias`: true (default) takes the moments as they are, false corrects them for the size of the sample (G1)
 *
 * NaN for numbers that are all the same, and for the corrected one of fewer than three. Throws as `moments`. O(n).
 * Source: scipy.stats.skew.
 */
export function skewness(values: Vec, options: ShapeOptions = {}): number {
  return shape(values, options, skewnessOf);
}

/**
 * Excess kurtosis: fourth central moment over the squared variance, less the 3 of a normal distribution. Above 0: the
 * tails are heavier than normal.
 *
 * values   one number or more; NaN if one is NaN
 * options  `bias`: true (default) takes the moments as they are, false corrects them for the size of the sample (G2)
 *
 * NaN for numbers that are all the same, and for the corrected one of fewer than four. Throws as `moments`. O(n).
 * Source: scipy.stats.kurtosis.
 */
export function kurtosis(values: Vec, options: ShapeOptions = {}): number {
  return shape(values, options, kurtosisOf);
}

type ShapeFigure = (n: number, center: number, sums: Float64Array, bias: boolean) => number;

function shape(values: Vec, options: ShapeOptions, figure: ShapeFigure): number {
  checkKeys('options', options, ['bias']);
  const bias = checkBoolean('bias', options.bias ?? true);
  const sample = sampleOf('values', values, 1);
  if (sample === null) return NaN;
  const { center, sums } = centralOf(sample);
  return figure(sample.length, center, sums, bias);
}

function centralOf(sample: Float64Array): { center: number; sums: Float64Array } {
  const center = sum(sample, 0, sample.length) / sample.length;
  const sums = new Float64Array(CENTRAL_SUMS);
  centralSums(sample, center, sums);
  return { center, sums };
}

/** The second central moment, or NaN where it is only rounding. */
function secondMoment(n: number, center: number, sums: Float64Array): number {
  const moment = sums[SQUARES]! / n;
  return Math.sqrt(moment) <= ROUNDING * Math.abs(center) ? NaN : moment;
}

function skewnessOf(n: number, center: number, sums: Float64Array, bias: boolean): number {
  const m2 = secondMoment(n, center, sums);
  const g1 = sums[CUBES]! / n / (m2 * Math.sqrt(m2));
  if (bias) return g1;
  return n < 3 ? NaN : (g1 * Math.sqrt(n * (n - 1))) / (n - 2);
}

function kurtosisOf(n: number, center: number, sums: Float64Array, bias: boolean): number {
  const m2 = secondMoment(n, center, sums);
  const g2 = sums[FOURTHS]! / n / (m2 * m2) - 3;
  if (bias) return g2;
  return n < 4 ? NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * g2 + 6);
}
