/** Figures over a moving window. Formulas and the error bound: docs/formulas.md. */
import { rollingSortinos, rollingVolatilities } from '../../kernels/performance/rolling-risk.js';
import { rollingSharpeRatios, rollingSharpeScratch } from '../../kernels/performance/rolling-sharpe.js';
import { rollingMoments, rollingMomentsScratch } from '../../kernels/rolling/rolling-moments.js';
import { rollingShortfall, rollingShortfallScratch } from '../../kernels/rolling/rolling-shortfall.js';
import { checkInteger, toFloat64, type Vec } from '../check.js';
import { METRICS_DEFAULTS } from './conventions.js';
import { checkOptions, countMissing, resolvePeriods, resolveRate } from './prepare.js';
import type { RollingOptions, RollingSharpeOptions } from './types.js';

/** Longest window: scratch for it must still be an array. */
export const WINDOW_MAX = 1_000_000_000;

/**
 * Sharpe ratio of the last `window` returns at every period.
 *
 * returns  n simple returns, as decimals, oldest first; a NaN makes exactly the windows that contain it NaN; an
 *          infinity throws `NonFiniteError`. n = 0 gives an empty array
 * window   periods, 2 to 1e9; more than n leaves only NaN
 * options  `periodsPerYear` (252); `riskFree` of one period (0) or `annualRiskFree`
 *
 * Gives n numbers, the first window − 1 of them NaN; 0 for a window that is constant, as `sharpe`. Throws
 * `ValidationError` for a bad window or option. O(n) for every window: sums are never taken back, so nothing
 * remains of a value that has left the window. Source: quantstats rolling_sharpe.
 */
export function rollingSharpe(
  returns: Vec,
  window: number,
  options: RollingSharpeOptions = {},
): Float64Array {
  const { scale, riskFree } = ratioOptions(options);
  checkInteger('window', window, 2, WINDOW_MAX);
  const values = toFloat64('returns', returns);
  const ratios = new Float64Array(values.length);
  if (window > values.length) {
    countMissing('returns', values, true);
    return ratios.fill(NaN);
  }
  const scratch = new Float64Array(rollingSharpeScratch(window));
  const doubt = rollingSharpeRatios(values, window, riskFree, scale, scratch, ratios);
  if (doubt !== 0) countMissing('returns', values, true);
  return ratios;
}

/**
 * Sortino ratio of the last `window` returns at every period.
 *
 * returns, window, options  as for `rollingSharpe`
 *
 * Gives n numbers, the first window − 1 of them NaN; 0 for a window in which no return is below the risk-free rate,
 * as `sortino`. Throws as `rollingSharpe`. O(n) for every window. Source: quantstats rolling_sortino.
 */
export function rollingSortino(
  returns: Vec,
  window: number,
  options: RollingSharpeOptions = {},
): Float64Array {
  const { scale, riskFree } = ratioOptions(options);
  const { values, mean, variance: shortfall } = moments('returns', returns, window);
  if (window <= values.length) {
    rollingShortfall(values, window, riskFree, new Float64Array(rollingShortfallScratch(window)), shortfall);
  }
  rollingSortinos(mean, shortfall, riskFree, scale, shortfall);
  return shortfall;
}

/**
 * Annualised volatility of the last `window` returns at every period: sample standard deviation × √periods per year.
 *
 * returns, window  as for `rollingSharpe`
 * options          `periodsPerYear` (252)
 *
 * Gives n numbers, the first window − 1 of them NaN; 0 for a window that is constant. Throws as `rollingSharpe`.
 * O(n) for every window. Source: quantstats rolling_volatility.
 */
export function rollingVolatility(returns: Vec, window: number, options: RollingOptions = {}): Float64Array {
  checkOptions(options, ['periodsPerYear']);
  const scale = Math.sqrt(resolvePeriods(options.periodsPerYear));
  const { mean, variance } = moments('returns', returns, window);
  rollingVolatilities(mean, variance, scale, variance);
  return variance;
}

function ratioOptions(options: RollingSharpeOptions): { scale: number; riskFree: number } {
  checkOptions(options, ['periodsPerYear', 'riskFree', 'annualRiskFree']);
  const periodsPerYear = resolvePeriods(options.periodsPerYear);
  const riskFree = resolveRate(
    'riskFree',
    options.riskFree,
    options.annualRiskFree,
    periodsPerYear,
    METRICS_DEFAULTS.riskFree,
  );
  return { scale: Math.sqrt(periodsPerYear), riskFree };
}

/** The checked values with the mean and sample variance of every window; all NaN where the window is longer. */
export function moments(
  field: string,
  given: Vec,
  window: number,
): { values: Float64Array; mean: Float64Array; variance: Float64Array } {
  checkInteger('window', window, 2, WINDOW_MAX);
  const values = toFloat64(field, given);
  countMissing(field, values, true);
  const n = values.length;
  const mean = new Float64Array(n);
  const variance = new Float64Array(n);
  if (window > n) {
    mean.fill(NaN);
    variance.fill(NaN);
  } else {
    rollingMoments(values, window, new Float64Array(rollingMomentsScratch(window)), mean, variance);
  }
  return { values, mean, variance };
}
