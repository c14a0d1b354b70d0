/** Growth, risk, and growth for risk. Formulas and edge cases: docs/formulas.md. */
import { pow } from '../../kernels/special/pow.js';
import type { Vec } from '../check.js';
import { figure, type ReturnSummary } from './return-summary.js';
import type { MetricsOptions } from './types.js';

export function totalReturnOf(s: ReturnSummary): number {
  return s.growth - 1;
}

export function cagrOf(s: ReturnSummary): number {
  let wealth = s.growth;
  if (wealth <= 0) {
    if (s.conventions.negativeWealth === 'minus-one' || wealth === 0) return -1;
    if (s.conventions.negativeWealth === 'nan') return NaN;
    wealth = -wealth;
  }
  return pow(wealth, s.periodsPerYear / s.count) - 1;
}

export function volatilityOf(s: ReturnSummary): number {
  return s.deviation * Math.sqrt(s.periodsPerYear);
}

export function sharpeOf(s: ReturnSummary): number {
  if (s.deviation === 0 && s.conventions.undefinedRatio === 'zero') return 0;
  return ((s.mean - s.riskFree) / s.deviation) * Math.sqrt(s.periodsPerYear);
}

export function sortinoOf(s: ReturnSummary): number {
  if (s.downsideDeviation === 0) return s.conventions.undefinedRatio === 'zero' ? 0 : NaN;
  return ((s.mean - s.riskFree) / s.downsideDeviation) * Math.sqrt(s.periodsPerYear);
}

export function calmarOf(s: ReturnSummary): number {
  if (s.maxDrawdown === 0 && s.conventions.undefinedRatio === 'zero') return 0;
  return cagrOf(s) / s.maxDrawdown;
}

/**
 * Return of the whole series, compounded: Π(1 + r) − 1. 0.25 is 25 %.
 *
 * returns  one or more simple returns of single periods, as decimals, oldest first; NaN by `options.nan`. A return
 *          below −1 is taken as it stands: wealth turns negative
 * options  `nan`; the others are checked and have no effect, so that one object of options serves every metric
 *
 * Throws `InsufficientDataError` (no returns), `NonFiniteError` (NaN, infinities), `ValidationError` (options).
 * O(n). Source: quantstats comp.
 */
export function totalReturn(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, totalReturnOf);
}

/**
 * Compound annual growth rate: (1 + total return)^(periods per year / number of periods) − 1.
 *
 * returns  as for `totalReturn`
 * options  `periodsPerYear` (252), `nan`, `profile`
 *
 * −1 when everything or more is lost; quantstats' profiles differ below that (docs/formulas.md). Throws as
 * `totalReturn`. O(n). Source: quantstats cagr.
 */
export function cagr(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, cagrOf);
}

/**
 * Annualised volatility: sample standard deviation (divisor n − 1) × √periods per year.
 *
 * returns  as for `totalReturn`
 * options  `periodsPerYear` (252), `nan`, `profile`
 *
 * 0 for a single return (quantstats' profiles: NaN) and for returns that are all the same. Throws as
 * `totalReturn`. O(n). Source: quantstats volatility.
 */
export function volatility(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, volatilityOf);
}

/**
 * Sharpe ratio: mean(r − riskFree) / sample standard deviation × √periods per year.
 *
 * returns  as for `totalReturn`
 * options  `periodsPerYear` (252), `riskFree` of one period (0) or `annualRiskFree`, `nan`, `profile`
 *
 * 0 for a single return and for returns that are all the same (a standard deviation of at most 1e-15 × |mean| is
 * rounding); quantstats' profiles: NaN or an infinity. Throws as `totalReturn`. O(n). Source: quantstats sharpe;
 * Sharpe 1994.
 */
export function sharpe(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, sharpeOf);
}

/**
 * Sortino ratio: mean(r − riskFree) / √(Σ min(r − riskFree, 0)² / n) × √periods per year. The divisor counts all
 * n periods, not only the bad ones.
 *
 * returns  as for `totalReturn`
 * options  `periodsPerYear` (252), `riskFree` of one period (0) or `annualRiskFree`, `nan`, `profile`
 *
 * 0 when no return is below the risk-free rate (quantstats' profiles: NaN). Throws as `totalReturn`. O(n).
 * Source: quantstats sortino.
 */
export function sortino(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, sortinoOf);
}

/**
 * Calmar ratio over the whole series: `cagr` / `maxDrawdown`.
 *
 * returns  as for `totalReturn`
 * options  `periodsPerYear` (252), `nan`, `profile`
 *
 * 0 when wealth never fell (quantstats' profiles: the growth rate divided by 0). Throws as `totalReturn`. O(n).
 * Source: quantstats calmar.
 */
export function calmar(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, calmarOf);
}
