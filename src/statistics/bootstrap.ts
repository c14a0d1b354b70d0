/** Confidence intervals of any figure of a series, by resampling it in blocks. */
import { normalCdf } from '../../kernels/special/normal-cdf.js';
import { normalQuantile } from '../../kernels/special/normal-quantile.js';
import { squaredDeviations } from '../../kernels/stats/moments.js';
import { valueAtRank } from '../../kernels/stats/quantile-sorted.js';
import { stationaryResample } from '../../kernels/stats/stationary-resample.js';
import { sum } from '../../kernels/stats/sum.js';
import {
  checkFinite,
  checkInteger,
  checkKeys,
  checkNumber,
  checkOneOf,
  toFloat64,
  type Vec,
} from '../check.js';
import { InsufficientDataError, NonFiniteError, ValidationError } from '../errors.js';
import { seedState } from '../seed.js';
import { optimalBlockLength } from './block-length.js';

/** A figure of a series: `sharpe`, `maxDrawdown`, or a function of the caller. */
export type Statistic = (sample: Float64Array) => number;

/** How an interval is made of the resampled figures. */
export type IntervalMethod = 'percentile' | 'basic' | 'bca';

/** Options of `stationaryBootstrap`. */
export interface BootstrapOptions {
  /** How many resamples, 2 to 10,000,000. Default 2000. */
  readonly samples?: number;
  /** Mean length of a block, 1 to the length of the series; default `auto`: `optimalBlockLength`, at least 1. */
  readonly meanBlock?: number | 'auto';
  /** Seed of the random numbers: a whole number below 2^53 in size, or a text of 1 to 200 characters. Default 0. */
  readonly seed?: number | string;
  /** Share of intervals that are meant to hold the true figure, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
  /** Default `percentile`. */
  readonly method?: IntervalMethod;
}

/** What `stationaryBootstrap` found. */
export interface BootstrapInterval {
  /** The figure of the series itself. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Standard deviation of the resampled figures, n − 1 in the divisor. */
  readonly standardError: number;
  /** Mean of the resampled figures less the estimate. */
  readonly bias: number;
  /** Mean length of a block that was used. */
  readonly meanBlock: number;
  readonly confidence: number;
  readonly method: IntervalMethod;
  /** The figure of every resample, in the order drawn. */
  readonly replicates: Float64Array;
}

const KEYS: readonly string[] = ['samples', 'meanBlock', 'seed', 'confidence', 'method'];
const METHODS: readonly IntervalMethod[] = ['percentile', 'basic', 'bca'];
const TWO_TO_32 = 4294967296;

/**
 * Confidence interval of a figure of a return series by the stationary bootstrap, which keeps what neighbouring values
 * have to do with each other within blocks of random length.
 *
 * values     the series in the order of time, two numbers or more, all finite
 * statistic  the figure: takes a series of the same length and gives a finite number; each call gets the same array
 *            anew, so it must not keep or change it
 * options    `samples` (2000), `meanBlock` (`auto`), `seed` (0), `confidence` (0.95), `method`: `percentile` takes the
 *            quantiles of the resampled figures, `basic` mirrors them at the estimate, `bca` (bias-corrected and
 *            accelerated) shifts them by the bias and the skewness seen, the latter by leaving out block after block
 *
 * The same seed gives the same bytes. Throws `InsufficientDataError` (fewer than two numbers), `NonFiniteError` (a
 * value or a figure that is no finite number), `ValidationError` (options); what `statistic` throws comes through.
 * O(samples · n) and as many calls of `statistic`; `bca` calls it n / meanBlock times more. Sources: Politis and
 * Romano 1994; Efron 1987 for `bca`.
 */
export function stationaryBootstrap(
  values: Vec,
  statistic: Statistic,
  options: BootstrapOptions = {},
): BootstrapInterval {
  checkKeys('options', options, KEYS);
  const samples = checkInteger('samples', options.samples ?? 2000, 2, 10_000_000);
  const method = checkOneOf('method', options.method ?? 'percentile', METHODS);
  const confidence = options.confidence ?? 0.95;
  if (typeof confidence !== 'number' || !(confidence > 0 && confidence < 1)) {
    throw new ValidationError('confidence', confidence, 'a number above 0 and below 1', 'pass 0.95');
  }
  if (typeof statistic !== 'function') {
    throw new ValidationError('statistic', statistic, 'a function of a series', 'pass sharpe, for example');
  }
  const series = seriesOf(values);
  const meanBlock = blockOf(options.meanBlock, series);
  const state = seedState(options.seed ?? 0);

  const sample = series.slice();
  const estimate = figureOf(statistic, sample, 'the series');
  const replicates = new Float64Array(samples);
  for (let i = 0; i < samples; i++) {
    stationaryResample(series, TWO_TO_32 / meanBlock, state, sample);
    replicates[i] = figureOf(statistic, sample, `resample ${i}`);
  }
  const center = sum(replicates, 0, samples) / samples;
  const standardError = Math.sqrt(squaredDeviations(replicates, center) / (samples - 1));

  const sorted = replicates.slice().sort();
  const tail = (1 - confidence) / 2;
  const at = (share: number): number => valueAtRank(sorted, (samples - 1) * share);
  let lower: number;
  let upper: number;
  if (method === 'bca') {
    const shift = biasOf(sorted, estimate);
    const acceleration = accelerationOf(series, statistic, meanBlock);
    lower = at(shiftedShare(tail, shift, acceleration));
    upper = at(shiftedShare(1 - tail, shift, acceleration));
  } else if (method === 'basic') {
    lower = 2 * estimate - at(1 - tail);
    upper = 2 * estimate - at(tail);
  } else {
    lower = at(tail);
    upper = at(1 - tail);
  }
  const bias = center - estimate;
  return { estimate, lower, upper, standardError, bias, meanBlock, confidence, method, replicates };
}

function seriesOf(values: Vec): Float64Array {
  const series = toFloat64('values', values);
  const n = series.length;
  if (n < 2) {
    throw new InsufficientDataError(
      `values has ${n}: at least two numbers are needed`,
      {},
      { field: 'values', value: n, constraint: 'at least two numbers', fix: 'pass a longer series' },
    );
  }
  checkFinite('values', series);
  return series;
}

function figureOf(statistic: Statistic, sample: Float64Array, place: string): number {
  const value: unknown = statistic(sample);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const fix = 'give a finite number for every series, or bootstrap another figure';
  throw new NonFiniteError(`statistic of ${place}`, value, 'a finite number', fix);
}

function blockOf(given: number | 'auto' | undefined, series: Float64Array): number {
  if (given === undefined || given === 'auto') return Math.max(1, optimalBlockLength(series).stationary);
  return checkNumber('meanBlock', given, 1, series.length);
}

/** Normal quantile of the share of figures below the estimate, those equal to it counted half. */
function biasOf(sorted: Float64Array, estimate: number): number {
  let below = 0;
  let equal = 0;
  for (const value of sorted) {
    if (value < estimate) below++;
    else if (value === estimate) equal++;
  }
  const count = sorted.length;
  return normalQuantile(Math.min(count - 0.5, Math.max(0.5, below + equal / 2)) / count);
}

/** A sixth of the skewness of the figure's influence, block by block (Efron 1987; by the jackknife). */
function accelerationOf(series: Float64Array, statistic: Statistic, meanBlock: number): number {
  const n = series.length;
  const length = Math.min(Math.round(meanBlock), Math.floor(n / 2));
  const count = Math.ceil(n / length);
  const left = new Float64Array(count);
  for (let block = 0; block < count; block++) {
    const start = block * length;
    const end = Math.min(n, start + length);
    const rest = new Float64Array(n - (end - start));
    rest.set(series.subarray(0, start));
    rest.set(series.subarray(end), start);
    left[block] = figureOf(statistic, rest, `the series without block ${block}`);
  }
  const center = sum(left, 0, count) / count;
  let squares = 0;
  let cubes = 0;
  for (const value of left) {
    const d = center - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares > 0 ? cubes / (6 * squares * Math.sqrt(squares)) : 0;
}

/** The share at which `bca` reads the sorted figures, in place of `share`. */
function shiftedShare(share: number, shift: number, acceleration: number): number {
  const z = shift + normalQuantile(share);
  return normalCdf(shift + z / (1 - acceleration * z));
}
