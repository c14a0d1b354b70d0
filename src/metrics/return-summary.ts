/** The sums behind the figures of a return series, taken once and shared by `computeMetrics` and the single functions. */
import {
  DEVIATION_SUMS,
  DOWNSIDE_SQUARES,
  deviationSums,
  NEGLIGIBLE_SPREAD,
  SQUARES,
} from '../../kernels/performance/deviation.js';
import {
  GAIN_COUNT,
  GAIN_SUM,
  GROWTH,
  LOSS_COUNT,
  LOSS_SUM,
  LOWEST_RATIO,
  RETURN_TOTALS,
  returnTotals,
  SUM,
} from '../../kernels/performance/return-totals.js';
import { checkOneOf, toFloat64, type Vec } from '../check.js';
import { type Conventions, METRICS_DEFAULTS, PROFILE_NAMES, PROFILES } from './conventions.js';
import {
  checkNotEmpty,
  checkOptions,
  countMissing,
  resolveNan,
  resolvePeriods,
  resolveRate,
  withoutMissing,
} from './prepare.js';
import type { MetricsOptions } from './types.js';

/** What two passes over the returns tell, and the options they were read with. */
export interface ReturnSummary {
  /** The returns that count, without NaN. */
  readonly values: Float64Array;
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation (divisor n − 1); 0 when it is only rounding; one return: 0 or NaN, by convention. */
  readonly deviation: number;
  /** Root of the mean square of what fell short of the risk-free rate, all periods in the divisor. */
  readonly downsideDeviation: number;
  /** Product of 1 + return. */
  readonly growth: number;
  readonly maxDrawdown: number;
  readonly gainSum: number;
  /** Without its sign. */
  readonly lossSum: number;
  readonly gainCount: number;
  readonly lossCount: number;
  readonly periodsPerYear: number;
  /** Of one period. */
  readonly riskFree: number;
  readonly conventions: Conventions;
}

/** The options of every function that takes `MetricsOptions`. */
const METRICS_OPTION_KEYS: readonly string[] = [
  'periodsPerYear',
  'riskFree',
  'annualRiskFree',
  'profile',
  'nan',
];

/**
 * Sums of a return series, or null when a NaN is to be propagated.
 *
 * returns  one or more simple returns; NaN by `options.nan`, an infinity always throws
 *
 * Throws `ValidationError` for a bad option, `InsufficientDataError` when there is nothing to compute from,
 * `NonFiniteError` for NaN and infinities. O(n), two passes; the sum of the first tells whether a NaN is there.
 */
export function summarizeReturns(returns: Vec, options: MetricsOptions): ReturnSummary | null {
  checkOptions(options, METRICS_OPTION_KEYS);
  const periodsPerYear = resolvePeriods(options.periodsPerYear);
  const riskFree = resolveRate(
    'riskFree',
    options.riskFree,
    options.annualRiskFree,
    periodsPerYear,
    METRICS_DEFAULTS.riskFree,
  );
  const nan = resolveNan(options.nan);
  const conventions =
    PROFILES[checkOneOf('profile', options.profile ?? METRICS_DEFAULTS.profile, PROFILE_NAMES)];

  let values: Float64Array | null = toFloat64('returns', returns);
  checkNotEmpty('returns', values.length);
  const totals = new Float64Array(RETURN_TOTALS);
  returnTotals(values, totals);
  if (!Number.isFinite(totals[SUM])) {
    // A NaN, an infinity, or finite returns whose sum is past the largest number.
    const missing = countMissing('returns', values, nan !== 'throw');
    if (missing > 0) {
      values = withoutMissing('returns', values, missing, nan, conventions.missing);
      if (values === null) return null;
      returnTotals(values, totals);
    }
  }

  const count = values.length;
  const mean = totals[SUM]! / count;
  const sums = new Float64Array(DEVIATION_SUMS);
  deviationSums(values, mean, riskFree, sums);
  return {
    values,
    count,
    mean,
    deviation: sampleDeviation(sums[SQUARES]!, count, mean, conventions),
    downsideDeviation: Math.sqrt(sums[DOWNSIDE_SQUARES]! / count),
    growth: totals[GROWTH]!,
    maxDrawdown: 1 - totals[LOWEST_RATIO]!,
    gainSum: totals[GAIN_SUM]!,
    lossSum: totals[LOSS_SUM]!,
    gainCount: totals[GAIN_COUNT]!,
    lossCount: totals[LOSS_COUNT]!,
    periodsPerYear,
    riskFree,
    conventions,
  };
}

function sampleDeviation(squares: number, count: number, mean: number, conventions: Conventions): number {
  if (count === 1) return conventions.undefinedRatio === 'zero' ? 0 : NaN;
  const deviation = Math.sqrt(squares / (count - 1));
  return deviation <= NEGLIGIBLE_SPREAD * Math.abs(mean) ? 0 : deviation;
}

/** A figure of the returns, or NaN when a NaN is to be propagated. */
export function figure(
  returns: Vec,
  options: MetricsOptions,
  of: (summary: ReturnSummary) => number,
): number {
  const summary = summarizeReturns(returns, options);
  return summary === null ? NaN : of(summary);
}
