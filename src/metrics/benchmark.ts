/** A return series beside its benchmark. Formulas and edge cases: docs/formulas.md. */
import { GROWTH_WHERE, growthWhere, OF_BENCHMARK, OF_RETURNS } from '../../kernels/performance/capture.js';
import { NEGLIGIBLE_SPREAD } from '../../kernels/performance/deviation.js';
import { growthFactor } from '../../kernels/performance/growth.js';
import { pow } from '../../kernels/special/pow.js';
import { crossDeviations, squaredDeviations } from '../../kernels/stats/moments.js';
import { sum } from '../../kernels/stats/sum.js';
import { checkLength, toFloat64, type Vec } from '../check.js';
import { METRICS_DEFAULTS } from './conventions.js';
import {
  checkNotEmpty,
  checkOptions,
  countMissing,
  resolveNan,
  resolvePeriods,
  resolveRate,
} from './prepare.js';
import type { BenchmarkMetrics, BenchmarkOptions } from './types.js';

/**
 * What a return series did beside its benchmark: alpha, beta, correlation, tracking error, capture, excess return.
 *
 * returns    one or more simple returns, as decimals, oldest first
 * benchmark  the benchmark's returns of the same periods, as many
 * options    `periodsPerYear` (252); `riskFree` of one period (0) or `annualRiskFree`, used by alpha alone; `nan`:
 *            a period counts as missing when either return is NaN
 *
 * What has no answer is NaN, never 0: beta and alpha against a benchmark that never varies, a correlation with a
 * constant, a capture of periods that did not occur. Everything is NaN (but `numPeriods`) when a NaN is propagated.
 * Throws `ShapeError` (lengths), `InsufficientDataError`, `NonFiniteError`, `ValidationError`. O(n).
 * Source: empyrical alpha_beta, up_capture, down_capture, excess_sharpe, tail; quantstats greeks, r_squared,
 * information_ratio.
 */
export function benchmarkMetrics(
  returns: Vec,
  benchmark: Vec,
  options: BenchmarkOptions = {},
): BenchmarkMetrics {
  checkOptions(options, ['periodsPerYear', 'riskFree', 'annualRiskFree', 'nan']);
  const periodsPerYear = resolvePeriods(options.periodsPerYear);
  const riskFree = resolveRate(
    'riskFree',
    options.riskFree,
    options.annualRiskFree,
    periodsPerYear,
    METRICS_DEFAULTS.riskFree,
  );
  const nan = resolveNan(options.nan);
  let r = toFloat64('returns', returns);
  let b = toFloat64('benchmark', benchmark);
  checkNotEmpty('returns', r.length);
  checkLength('benchmark', b.length, r.length, 'returns');
  const missing = countMissing('returns', r, nan !== 'throw') + countMissing('benchmark', b, nan !== 'throw');
  if (missing > 0) {
    if (nan === 'propagate') return allMissing(r.length);
    const allR = r;
    const allB = b;
    const paired = (_: number, i: number): boolean => !Number.isNaN(allR[i]! + allB[i]!);
    r = allR.filter(paired);
    b = allB.filter(paired);
    checkNotEmpty('returns', r.length, 'and benchmark have no period in common');
  }
  return compare(r, b, periodsPerYear, riskFree);
}

function compare(
  r: Float64Array,
  b: Float64Array,
  periodsPerYear: number,
  riskFree: number,
): BenchmarkMetrics {
  const n = r.length;
  const freedom = Math.max(1, n - 1);
  const meanR = sum(r, 0, n) / n;
  const meanB = sum(b, 0, n) / n;
  const squaresR = squaredDeviations(r, meanR);
  const squaresB = squaredDeviations(b, meanB);
  const cross = crossDeviations(r, b, meanR, meanB);
  const deviationR = Math.sqrt(squaresR / freedom);
  const deviationB = Math.sqrt(squaresB / freedom);
  const constantR = deviationR <= NEGLIGIBLE_SPREAD * Math.abs(meanR);
  const constantB = deviationB <= NEGLIGIBLE_SPREAD * Math.abs(meanB);

  const beta = constantB ? NaN : cross / squaresB;
  const alphaPeriod = meanR - riskFree - beta * (meanB - riskFree);
  const cosine = cross / (Math.sqrt(squaresR) * Math.sqrt(squaresB));
  const correlation = constantR || constantB ? NaN : Math.max(-1, Math.min(1, cosine));

  const active = new Float64Array(n);
  for (let i = 0; i < n; i++) active[i] = r[i]! - b[i]!;
  const meanActive = sum(active, 0, n) / n;
  const spread = Math.sqrt(squaredDeviations(active, meanActive) / freedom);
  // A difference of the returns is only known to their own rounding, however small it is itself.
  const size = Math.abs(meanR) + deviationR + Math.abs(meanB) + deviationB;
  const deviationActive = spread <= NEGLIGIBLE_SPREAD * size ? 0 : spread;
  const informationRatio = deviationActive === 0 ? 0 : meanActive / deviationActive;

  const root = Math.sqrt(periodsPerYear);
  return {
    numPeriods: n,
    alpha: alphaPeriod * periodsPerYear,
    alphaCompounded: alphaPeriod <= -1 ? -1 : pow(1 + alphaPeriod, periodsPerYear) - 1,
    beta,
    correlation,
    rSquared: correlation * correlation,
    trackingError: deviationActive * root,
    informationRatio,
    informationRatioAnnual: informationRatio * root,
    upCapture: capture(r, b, 1, periodsPerYear),
    downCapture: capture(r, b, -1, periodsPerYear),
    excessReturn:
      annualGrowth(growthFactor(r, 0, n), n, periodsPerYear) -
      annualGrowth(growthFactor(b, 0, n), n, periodsPerYear),
  };
}

/** Growth of a year at the pace of `count` periods; −1 when everything or more is lost, as `cagr`. */
function annualGrowth(wealth: number, count: number, periodsPerYear: number): number {
  return wealth <= 0 ? -1 : pow(wealth, periodsPerYear / count) - 1;
}

/** Annualised growth over the periods in which the benchmark moved in this direction, over the benchmark's own. */
function capture(r: Float64Array, b: Float64Array, direction: 1 | -1, periodsPerYear: number): number {
  const growth = new Float64Array(GROWTH_WHERE);
  const count = growthWhere(r, b, direction, growth);
  if (count === 0) return NaN;
  return (
    annualGrowth(growth[OF_RETURNS]!, count, periodsPerYear) /
    annualGrowth(growth[OF_BENCHMARK]!, count, periodsPerYear)
  );
}

function allMissing(numPeriods: number): BenchmarkMetrics {
  return {
    numPeriods,
    alpha: NaN,
    alphaCompounded: NaN,
    beta: NaN,
    correlation: NaN,
    rSquared: NaN,
    trackingError: NaN,
    informationRatio: NaN,
    informationRatioAnnual: NaN,
    upCapture: NaN,
    downCapture: NaN,
    excessReturn: NaN,
  };
}
