/** How far a Sharpe ratio can be trusted: chance, selection among many trials, length of the record. */
import { NEGLIGIBLE_SPREAD } from '../../kernels/performance/deviation.js';
import { normalCdf } from '../../kernels/special/normal-cdf.js';
import { normalQuantile } from '../../kernels/special/normal-quantile.js';
import { CENTRAL_SUMS, CUBES, centralSums, FOURTHS, SQUARES } from '../../kernels/stats/higher-moments.js';
import { squaredDeviations } from '../../kernels/stats/moments.js';
import { sum } from '../../kernels/stats/sum.js';
import { checkFinite, checkInteger, checkNumber, toFloat64, type Vec } from '../check.js';
import { InsufficientDataError, ValidationError } from '../errors.js';
import { checkOptions, resolveNan, settleMissing } from './prepare.js';
import type { NanPolicy } from './types.js';

/** What a Sharpe ratio was measured on, where it is given as a number. */
export interface SharpeSample {
  /** How many returns it was measured on, 2 or more. Not used by `minTrackRecordLength`. */
  readonly n?: number;
  /** Skewness of the returns. Default 0. */
  readonly skew?: number;
  /** Kurtosis of the returns, 3 for a normal distribution (not the excess). Default 3. */
  readonly kurt?: number;
  /** What to do with NaN among the returns, where they are given. Default `throw`. */
  readonly nan?: NanPolicy;
}

/** Options of `probabilisticSharpe`. */
export interface ProbabilisticSharpeOptions extends SharpeSample {
  /** The Sharpe ratio to be exceeded, of one period as the other. Default 0. */
  readonly benchmark?: number;
}

/** The trials a strategy was chosen from: their Sharpe ratios, or how many there were and how far apart. */
export interface SharpeTrials {
  /** Sharpe ratio of every trial, of one period. Excludes `nTrials` and `varTrials`. */
  readonly trials?: Vec;
  /** How many independent trials there were, 1 or more; need not be whole. */
  readonly nTrials?: number;
  /** Variance of the trials' Sharpe ratios. */
  readonly varTrials?: number;
}

/** Options of `deflatedSharpe`. */
export interface DeflatedSharpeOptions extends SharpeSample, SharpeTrials {}

/** Options of `minTrackRecordLength`. */
export interface TrackRecordOptions extends ProbabilisticSharpeOptions {
  /** Wanted probability, above 0.5 and below 1. Default 0.95. */
  readonly confidence?: number;
}

const SAMPLE_KEYS: readonly string[] = ['n', 'skew', 'kurt', 'nan'];
const TRIAL_KEYS: readonly string[] = ['trials', 'nTrials', 'varTrials'];

const EULER_GAMMA = 0.5772156649015329;
const INVERSE_E = 0.36787944117144233;
/** Least room for rounding in kurt ≥ 1 + skew². */
const MOMENT_ROUNDING = 1e-12;

/** A Sharpe ratio of one period and the moments of what it was measured on. */
interface Measured {
  readonly ratio: number;
  readonly n: number;
  readonly skew: number;
  readonly kurt: number;
}

/**
 * Probability that the true Sharpe ratio is above `benchmark`, given the one that was measured:
 * Φ((SR − SR*)·√(n − 1) / √(1 − skew·SR + (kurt − 1)/4·SR²)).
 *
 * sharpe   the measured Sharpe ratio **of one period**, not annualised (divide by √252 for daily returns); or the
 *          returns themselves, two or more, of which ratio, length, skewness and kurtosis are taken (standard deviation
 *          with n − 1, skewness and kurtosis with n)
 * options  `benchmark` (0), of one period; with a number also `n` (needed), `skew` (0), `kurt` (3: normal); with
 *          returns `nan`
 *
 * 0 to 1; NaN for returns that never vary, and for a NaN with `nan: 'propagate'`. Throws `ValidationError` (options; a
 * kurtosis below 1 + skew², which nothing can have), `InsufficientDataError` (fewer than two returns),
 * `NonFiniteError`. O(n). Source: Bailey and López de Prado 2012, The Sharpe Ratio Efficient Frontier.
 */
export function probabilisticSharpe(sharpe: number | Vec, options: ProbabilisticSharpeOptions = {}): number {
  checkOptions(options, [...SAMPLE_KEYS, 'benchmark']);
  const benchmark = checkNumber('benchmark', options.benchmark ?? 0);
  const measured = measure(sharpe, options, true);
  return measured === null ? NaN : probability(measured, benchmark);
}

/**
 * Probability that the true Sharpe ratio is above 0 where the strategy is the best of many trials:
 * `probabilisticSharpe` against the ratio that the best of so many trials without skill is expected to show
 * (`expectedMaxSharpe`).
 *
 * sharpe   the best trial's Sharpe ratio **of one period**, or its returns, as for `probabilisticSharpe`
 * options  `trials`, or `nTrials` and `varTrials`; with a number also `n` (needed), `skew` (0), `kurt` (3: normal);
 *          with returns `nan`
 *
 * 0 to 1. One trial is no selection: the result is `probabilisticSharpe` against 0. `n` counts the returns, `nTrials`
 * the trials. Throws as `probabilisticSharpe`. O(n). Source: Bailey and López de Prado 2014, The Deflated Sharpe Ratio,
 * eq. 1 and 2.
 */
export function deflatedSharpe(sharpe: number | Vec, options: DeflatedSharpeOptions): number {
  checkOptions(options, [...SAMPLE_KEYS, ...TRIAL_KEYS]);
  const benchmark = expectedMaximum(options);
  const measured = measure(sharpe, options, true);
  return measured === null ? NaN : probability(measured, benchmark);
}

/**
 * Sharpe ratio that the best of independent trials without skill is expected to show:
 * √V·((1 − γ)·Φ⁻¹(1 − 1/N) + γ·Φ⁻¹(1 − 1/(N·e))), γ Euler's constant.
 *
 * trials  `trials`: Sharpe ratio of every trial, one or more (their variance is taken with n − 1); or `nTrials`, 1 or
 *         more, and `varTrials`, 0 or more. All of one period
 *
 * Of one period; 0 for one trial, and never below 0. Throws `ValidationError`, `NonFiniteError`. Source: as
 * `deflatedSharpe`, eq. 1; an approximation, 8 % low for two trials, 2.5 % high for five and 0.4 % for a
 * thousand.
 */
export function expectedMaxSharpe(trials: SharpeTrials): number {
  checkOptions(trials, TRIAL_KEYS);
  return expectedMaximum(trials);
}

/**
 * How many returns it takes until a Sharpe ratio like this is above `benchmark` with the wanted probability:
 * 1 + (1 − skew·SR + (kurt − 1)/4·SR²)·(Φ⁻¹(confidence) / (SR − SR*))².
 *
 * sharpe   the measured Sharpe ratio **of one period**, or returns, as for `probabilisticSharpe`
 * options  `benchmark` (0), `confidence` (0.95), above 0.5 and below 1; with a number also `skew` (0), `kurt` (3:
 *          normal); with returns `nan`
 *
 * A number of returns, not rounded; Infinity where the ratio is not above `benchmark`: no record is long enough. At
 * that length `probabilisticSharpe` is `confidence`. NaN and errors as there. Source: Bailey and López de Prado 2012.
 */
export function minTrackRecordLength(sharpe: number | Vec, options: TrackRecordOptions = {}): number {
  checkOptions(options, [...SAMPLE_KEYS, 'benchmark', 'confidence']);
  const benchmark = checkNumber('benchmark', options.benchmark ?? 0);
  const confidence = options.confidence ?? 0.95;
  if (typeof confidence !== 'number' || !(confidence > 0.5 && confidence < 1)) {
    throw new ValidationError('confidence', confidence, 'a number above 0.5 and below 1', 'pass 0.95');
  }
  const measured = measure(sharpe, options, false);
  if (measured === null || Number.isNaN(measured.ratio)) return NaN;
  const excess = measured.ratio - benchmark;
  if (excess <= 0) return Infinity;
  const root = normalQuantile(confidence) / excess;
  return 1 + spread(measured) * root * root;
}

/** 1 − skew·SR + (kurt − 1)/4·SR²: n − 1 times the variance of the measured ratio. */
function spread({ ratio, skew, kurt }: Measured): number {
  return Math.max(0, 1 - ratio * (skew - ((kurt - 1) / 4) * ratio));
}

function probability(measured: Measured, benchmark: number): number {
  const distance = (measured.ratio - benchmark) * Math.sqrt(measured.n - 1);
  if (distance === 0) return 0.5;
  return normalCdf(distance / Math.sqrt(spread(measured)));
}

function expectedMaximum({ trials, nTrials, varTrials }: SharpeTrials): number {
  if (trials !== undefined) {
    if (nTrials !== undefined || varTrials !== undefined) {
      throw new ValidationError(
        'trials',
        trials,
        'not given together with nTrials or varTrials',
        'pass the Sharpe ratios of the trials, or their number and variance',
      );
    }
    const ratios = toFloat64('trials', trials);
    if (ratios.length === 0) {
      throw new ValidationError(
        'trials',
        trials,
        'one Sharpe ratio or more',
        'pass the ratio of every trial',
      );
    }
    checkFinite('trials', ratios);
    const count = ratios.length;
    return count === 1 ? 0 : maximumOf(count, squaresOf(ratios) / (count - 1));
  }
  const count = checkNumber('nTrials', nTrials, 1);
  return maximumOf(count, checkNumber('varTrials', varTrials, 0));
}

function squaresOf(values: Float64Array): number {
  return squaredDeviations(values, sum(values, 0, values.length) / values.length);
}

function maximumOf(count: number, variance: number): number {
  if (count === 1) return 0;
  // −Φ⁻¹(1/N) for Φ⁻¹(1 − 1/N): no digits are lost for many trials.
  const units =
    -(1 - EULER_GAMMA) * normalQuantile(1 / count) - EULER_GAMMA * normalQuantile(INVERSE_E / count);
  return Math.sqrt(variance) * Math.max(0, units);
}

/** The ratio and the moments, of returns or as given; null when a NaN is to be propagated. */
function measure(sharpe: number | Vec, options: SharpeSample, needsLength: boolean): Measured | null {
  if (typeof sharpe !== 'number') return measureReturns(sharpe, options);
  const ratio = checkNumber('sharpe', sharpe);
  const n =
    needsLength || options.n !== undefined ? checkInteger('n', options.n, 2, Number.MAX_SAFE_INTEGER) : 2;
  const skew = checkNumber('skew', options.skew ?? 0);
  const least = 1 + skew * skew;
  const kurt = checkNumber('kurt', options.kurt ?? 3);
  if (kurt < least * (1 - MOMENT_ROUNDING)) {
    throw new ValidationError(
      'kurt',
      kurt,
      `at least 1 + skew², ${least}`,
      'pass the kurtosis itself, 3 for a normal distribution, not the excess over 3',
    );
  }
  return { ratio, n, skew, kurt };
}

function measureReturns(returns: Vec, options: SharpeSample): Measured | null {
  for (const key of ['n', 'skew', 'kurt'] as const) {
    if (options[key] !== undefined) {
      throw new ValidationError(
        key,
        options[key],
        'given with a Sharpe ratio only; returns have their own',
        `leave ${key} out, or pass the ratio as a number`,
      );
    }
  }
  const values = settleMissing('returns', returns, resolveNan(options.nan));
  if (values === null) return null;
  const n = values.length;
  if (n < 2) {
    throw new InsufficientDataError(
      'returns has only 1: at least two returns are needed',
      {},
      { field: 'returns', value: n, constraint: 'at least two returns', fix: 'check the date range' },
    );
  }
  const mean = sum(values, 0, n) / n;
  const sums = new Float64Array(CENTRAL_SUMS);
  centralSums(values, mean, sums);
  const deviation = Math.sqrt(sums[SQUARES]! / (n - 1));
  if (deviation <= NEGLIGIBLE_SPREAD * Math.abs(mean)) return { ratio: NaN, n, skew: NaN, kurt: NaN };
  const m2 = sums[SQUARES]! / n;
  return {
    ratio: mean / deviation,
    n,
    skew: sums[CUBES]! / n / (m2 * Math.sqrt(m2)),
    kurt: sums[FOURTHS]! / n / (m2 * m2),
  };
}
