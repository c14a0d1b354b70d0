/** All figures of a return series at once. */
import type { Vec } from '../check.js';
import { cagrOf, calmarOf, sharpeOf, sortinoOf, totalReturnOf, volatilityOf } from './ratios.js';
import { summarizeReturns } from './return-summary.js';
import { cvar95Of } from './tail-risk.js';
import type { Metrics, MetricsOptions } from './types.js';
import { kellyOf, payoffRatioOf, profitFactorOf, winRateOf } from './win-loss.js';

/**
 * Performance of a series of returns: growth, risk, tail, wins and losses.
 *
 * returns  one or more simple returns of single periods, as decimals (0.01 is 1 %), oldest first; NaN by
 *          `options.nan`; an infinity always throws. A return below −1 is taken as it stands
 * options  `periodsPerYear` (252); `riskFree` of one period (0) or `annualRiskFree`; `profile`: whose conventions
 *          every field follows (`default`); `nan`: `throw` (default), `omit` leaves those periods out,
 *          `propagate` makes every field but `numPeriods` NaN
 *
 * Throws `InsufficientDataError` (no returns), `NonFiniteError` (NaN, infinities: the index is named),
 * `ValidationError` (an unknown or bad option). O(n): two passes and a selection, no sort. Formulas, edge cases
 * and what the profiles change: docs/formulas.md. Reference: quantstats 0.0.86 and 0.0.77, nanobook 0.19.2.
 */
export function computeMetrics(returns: Vec, options: MetricsOptions = {}): Metrics {
  const s = summarizeReturns(returns, options);
  if (s === null) return allMissing(returns.length);
  return {
    totalReturn: totalReturnOf(s),
    cagr: cagrOf(s),
    volatility: volatilityOf(s),
    sharpe: sharpeOf(s),
    sortino: sortinoOf(s),
    maxDrawdown: s.maxDrawdown,
    calmar: calmarOf(s),
    numPeriods: s.count,
    winningPeriods: s.gainCount,
    losingPeriods: s.lossCount,
    cvar95: cvar95Of(s),
    winRate: winRateOf(s),
    profitFactor: profitFactorOf(s),
    payoffRatio: payoffRatioOf(s),
    kelly: kellyOf(s),
  };
}

function allMissing(numPeriods: number): Metrics {
  return {
    totalReturn: NaN,
    cagr: NaN,
    volatility: NaN,
    sharpe: NaN,
    sortino: NaN,
    maxDrawdown: NaN,
    calmar: NaN,
    numPeriods,
    winningPeriods: NaN,
    losingPeriods: NaN,
    cvar95: NaN,
    winRate: NaN,
    profitFactor: NaN,
    payoffRatio: NaN,
    kelly: NaN,
  };
}
