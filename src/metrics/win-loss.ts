/** Winning and losing periods: how often, how much, and what follows for the stake. Formulas: docs/formulas.md. */
import { ABOVE, BELOW, THRESHOLD_SUMS, thresholdSums } from '../../kernels/performance/threshold.js';
import type { Vec } from '../check.js';
import { METRICS_DEFAULTS } from './conventions.js';
import { checkOptions, resolveNan, resolvePeriods, resolveRate, settleMissing } from './prepare.js';
import { figure, type ReturnSummary } from './return-summary.js';
import type { MetricsOptions, OmegaOptions } from './types.js';

export function winRateOf(s: ReturnSummary): number {
  const of = s.conventions.winRateOver === 'all' ? s.count : s.gainCount + s.lossCount;
  return of === 0 ? 0 : s.gainCount / of;
}

export function profitFactorOf(s: ReturnSummary): number {
  if (s.lossSum === 0) return s.gainSum === 0 ? 0 : Infinity;
  return s.gainSum / s.lossSum;
}

export function payoffRatioOf(s: ReturnSummary): number {
  if (s.gainCount === 0 || s.lossCount === 0) {
    if (s.conventions.undefinedRatio === 'ieee') return NaN;
    return s.gainCount === 0 ? 0 : Infinity;
  }
  return s.gainSum / s.gainCount / (s.lossSum / s.lossCount);
}

export function kellyOf(s: ReturnSummary): number {
  const odds = payoffRatioOf(s);
  if (odds === 0 || !Number.isFinite(odds)) return s.conventions.undefinedRatio === 'zero' ? 0 : NaN;
  const win = winRateOf(s);
  return (odds * win - (1 - win)) / odds;
}

/**
 * Share of the winning periods among those that won or lost: returns above 0 / returns other than 0.
 *
 * returns  one or more simple returns of single periods, as decimals; NaN by `options.nan`
 * options  `nan`, `profile` (`nanobook` divides by all periods); the others are checked and have no effect
 *
 * 0 when every return is 0. Throws `InsufficientDataError` (no returns), `NonFiniteError` (NaN, infinities),
 * `ValidationError` (options). O(n). Source: quantstats win_rate.
 */
export function winRate(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, winRateOf);
}

/**
 * Sum of the gains / sum of the losses, without their sign.
 *
 * returns  as for `winRate`
 * options  `nan`; the others are checked and have no effect
 *
 * Infinity when nothing was lost and something was gained, 0 when nothing was gained. Throws as `winRate`. O(n).
 * Source: quantstats profit_factor.
 */
export function profitFactor(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, profitFactorOf);
}

/**
 * Average gain / average loss, without its sign.
 *
 * returns  as for `winRate`
 * options  `nan`, `profile`
 *
 * 0 without a gain, Infinity without a loss (quantstats' profiles: NaN in both cases). Throws as `winRate`. O(n).
 * Source: quantstats payoff_ratio.
 */
export function payoffRatio(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, payoffRatioOf);
}

/**
 * Kelly's fraction for a bet with these odds: (b p − (1 − p)) / b, b the payoff ratio and p the win rate.
 *
 * returns  as for `winRate`
 * options  `nan`, `profile`
 *
 * 0 when gains or losses are missing (quantstats' profiles: NaN). Negative: do not play. Throws as `winRate`.
 * O(n). Source: quantstats kelly_criterion; Kelly 1956.
 */
export function kelly(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, kellyOf);
}

/**
 * Omega ratio: Σ max(r − threshold, 0) / Σ max(threshold − r, 0).
 *
 * returns  as for `winRate`
 * options  `threshold` of one period (0) or `annualThreshold`, which becomes (1 + annual)^(1/periodsPerYear) − 1;
 *          `periodsPerYear` (252); `nan`
 *
 * Infinity when nothing falls short and something exceeds the threshold, 0 when nothing exceeds it (quantstats:
 * NaN without a shortfall). Throws as `winRate`. O(n). Source: quantstats omega; Keating and Shadwick 2002.
 */
export function omega(returns: Vec, options: OmegaOptions = {}): number {
  checkOptions(options, ['threshold', 'annualThreshold', 'periodsPerYear', 'nan']);
  const periodsPerYear = resolvePeriods(options.periodsPerYear);
  const threshold = resolveRate(
    'threshold',
    options.threshold,
    options.annualThreshold,
    periodsPerYear,
    METRICS_DEFAULTS.threshold,
  );
  const values = settleMissing('returns', returns, resolveNan(options.nan));
  if (values === null) return NaN;
  const sums = new Float64Array(THRESHOLD_SUMS);
  thresholdSums(values, threshold, sums);
  const above = sums[ABOVE]!;
  const below = sums[BELOW]!;
  if (below === 0) return above === 0 ? 0 : Infinity;
  return above / below;
}
