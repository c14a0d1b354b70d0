/** Volatility of the next period, in one call. */
import { ewmaVariances } from '../../kernels/volatility/ewma.js';
import { garchBackcast } from '../../kernels/volatility/garch-bounds.js';
import { checkKeys, checkNumber, type Vec } from '../check.js';
import { fitGarch } from './garch-fit.js';
import { readReturns } from './garch-options.js';
import type { GarchMean, GarchOptions } from './garch-types.js';

/** Options of `ewmaForecast`. */
export interface EwmaOptions {
  /** Weight of the variance before, 0 to 1; default 0.94, as RiskMetrics has it for daily returns. */
  readonly lambda?: number;
}

/**
 * Volatility of the next period by GARCH(p, q), fitted by maximum likelihood, in units of the returns.
 *
 * returns  n finite returns, oldest first
 * p, q     lags of squares (1 to 10) and of variances (0 to 10); 1 and 1 by default
 * mean     `zero` (default), `constant` or `ar1`
 * options  further options of `fitGarch`
 *
 * The `forecastVolatility` of `fitGarch`, which also says whether the search ended: fewer than 20 returns, and returns
 * that do not vary, give their root mean square instead. Throws and costs as `fitGarch`.
 */
export function garchForecast(
  returns: Vec,
  p: number = 1,
  q: number = 1,
  mean: GarchMean = 'zero',
  options: Omit<GarchOptions, 'p' | 'q' | 'mean'> = {},
): number {
  return fitGarch(returns, { ...options, p, q, mean }).forecastVolatility;
}

/**
 * Volatility of the next period as an exponentially weighted mean of squared returns, in their units. Nothing is fitted.
 *
 * returns  n finite returns, oldest first; their mean counts as 0
 * options  `lambda` (0.94)
 *
 * variance = lambda variance + (1 - lambda) return^2, from the mean of the first 75 squares on, of which each weighs
 * 0.94 times the one before. Throws `InsufficientDataError` (no returns), `NonFiniteError`, `ValidationError`.
 * O(n). Source: RiskMetrics Technical Document, 1996; the start as in arch.
 */
export function ewmaForecast(returns: Vec, options: EwmaOptions = {}): number {
  checkKeys('options', options, ['lambda']);
  const lambda = checkNumber('lambda', options.lambda ?? 0.94, 0, 1);
  const values = readReturns(returns);
  return Math.sqrt(ewmaVariances(values, lambda, garchBackcast(values), new Float64Array(values.length)));
}
