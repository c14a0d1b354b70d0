/**
 * How far each function may be from its reference: the bound, the worst difference seen, and the cause in words.
 * A comparison that fails means a bug or another convention; a bound is never loosened to pass.
 */
import type { Tolerance } from './comparison.js';

const CENTS =
  'equity is rounded down to a cent at every bar, trades to a cent, quantities down to a millionth of a share: what ' +
  'that leaves in cash earns nothing, most where a share is dear (half a million dollars); the reference rounds nothing';

const NEAREST =
  'the reference is the double nearest to the true value; ours is that one or a neighbour: an error of a little over ' +
  'half a unit in the last place';

const FEW =
  'the reference is the double nearest to the true value; ours is a few units in the last place from it';

const SPECIAL_STEPS = `${FEW}: tens where a continued fraction takes a hundred steps`;

const SPECIAL_TAILS = `${SPECIAL_STEPS}, hundreds where the result is e to the power -600`;

const OPTIMUM =
  'both are the optimum itself: the search ends on the limits that bind, and the reference is polished on them';

const SOLVER = 'their solver stops within its own tolerance; ours goes on to the optimum';

const SUMS = 'ours adds from left to right, the reference in pairs: both round, in another order';

/** One row per group of functions; the key is the name that `parity/compare/*.ts` asks for. */
export const TOLERANCES = {
  exp: { rel: 2.3e-16, abs: 5e-324, reason: NEAREST, measured: 0 },
  log: { rel: 2.3e-16, abs: 5e-324, reason: NEAREST, measured: 0 },
  pow: { rel: 2.3e-16, abs: 5e-324, reason: NEAREST, measured: 1.53e-16 },
  normalDensity: { rel: 2.3e-16, abs: 5e-324, reason: NEAREST, measured: 1.73e-16 },
  normalQuantile: {
    rel: 4.5e-16,
    abs: 5e-324,
    reason:
      'the reference is the double nearest to the true value; ours is within two units in the last place of it',
    measured: 2.84e-16,
  },
  erf: { rel: 6e-16, abs: 1e-323, reason: FEW, measured: 3.4e-16 },
  gamma: { rel: 1.2e-15, abs: 1e-323, reason: FEW, measured: 6.5e-16 },
  lgamma: { rel: 6e-16, reason: FEW, measured: 3.3e-16 },
  studentT: { rel: 1e-14, reason: SPECIAL_STEPS, measured: 4.4e-15 },
  incomplete: { rel: 2e-13, abs: 5e-324, reason: SPECIAL_TAILS, measured: 8.6e-14 },
  backtestZeroCost: { rel: 1e-9, abs: 1e-6, reason: CENTS, measured: 4.9e-10 },
  backtestWithCost: {
    rel: 1e-9,
    abs: 1e-6,
    reason: `${CENTS}; costs are rounded down to a cent`,
    measured: 3.8e-11,
  },
  backtestExact: {
    rel: 1e-9,
    abs: 1e-6,
    reason: `${CENTS}; costs are rounded down to a cent`,
    measured: 1.4e-10,
  },
  backtestMetrics: {
    rel: 1e-8,
    reason:
      'the returns come from an equity in whole cents, and a small total return divides what that leaves',
    measured: 2.7e-9,
  },
  backtestNanobook: {
    rel: 1e-9,
    reason: 'both round targets, positions and equity to whole cents, each in its own way',
    measured: 8.3e-12,
  },
  exchange: { reason: 'orders, trades and prices are whole numbers', measured: 0 },
  computeMetrics: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 2.8e-14 },
  computeMetricsExtreme: {
    rel: 1e-12,
    abs: 1e-15,
    reason: `${SUMS}; the wealth of returns of 1e-9 moves by a few of its last digits, hence the absolute bound`,
    measured: 4.5e-13,
  },
  calmarExtreme: {
    rel: 1e-7,
    reason:
      'growth and drawdown of returns of 1e-9 are both differences of 1 and a wealth near it, known to 1e-16: their ' +
      'quotient is known to 1e-7, to both sides',
    measured: 3.3e-8,
  },
  computeMetricsNanobook: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 8.8e-15 },
  ratiosEmpyrical: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 2.9e-14 },
  ratios: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 5.6e-15 },
  tail: { rel: 1e-12, reason: SUMS, measured: 3.7e-15 },
  rollingQuantstats: {
    rel: 1e-10,
    reason:
      'pandas carries its sums from window to window and takes old values out; ours adds each window anew',
    measured: 3.0e-12,
  },
  rollingSortino: {
    rel: 1e-11,
    reason: 'pandas carries its sums from window to window; most where gains and losses nearly cancel',
    measured: 3.4e-13,
  },
  rollingNumpy: {
    rel: 1e-10,
    reason: 'the sums of a window are made in another order; most where gains and losses nearly cancel',
    measured: 2.8e-12,
  },
  rollingBenchmark: {
    rel: 1e-12,
    abs: 1e-15,
    reason:
      'pandas carries its sums from window to window and takes old values out; a covariance near 0 keeps the ' +
      'rounding of the products it is a difference of, hence the absolute bound',
    measured: 4.9e-15,
  },
  drawdown: {
    rel: 1e-12,
    abs: 1e-15,
    reason: 'the reference divides wealth by its peak, ours carries wealth as a fraction of the peak',
    measured: 6.3e-14,
  },
  calendar: { rel: 1e-12, reason: 'the same products in the same order', measured: 0 },
  benchmark: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 4.6e-15 },
  correlation: {
    abs: 1e-12,
    reason: 'scipy adds the products of distances from the mean in pairs, ours adds ranks exactly',
    measured: 2.3e-16,
  },
  correlationP: {
    rel: 1e-9,
    reason:
      'scipy makes its p-value of 1 − r² from an r that is already rounded, ours from sums with twice the digits; a ' +
      'p-value of 1e-250 is worth 500 times the relative error of 1 − r²',
    measured: 1.5e-11,
  },
  kendallP: {
    rel: 1e-9,
    reason:
      'scipy counts orders up to 1e36 in doubles, ours carries probabilities; the normal tail of both rounds',
    measured: 8.2e-14,
  },
  correlationTrue: {
    rel: 4.5e-16,
    reason:
      'the reference is the double nearest to the true value; ours is within two units in the last place of it',
    measured: 3.3e-16,
  },
  correlationTrueP: {
    rel: 1e-12,
    reason:
      'the reference is the double nearest to the true value; a rounding of t in its last place is worth as much as ' +
      't times itself in a small p-value',
    measured: 6.3e-13,
  },
  exactP: { reason: 'a whole number of orders out of all', measured: 0 },
  quantileSpread: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 8.4e-16 },
  icSeries: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 2.5e-15 },
  targets: { reason: 'equal parts of a whole: the same division', measured: 0 },
  targetProportions: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 2.4e-14 },
  zscore: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 7.5e-15 },
  indicator: {
    scaled: 1e-10,
    reason:
      'sums of a window: TA-Lib carries them on and takes old prices out, ours puts them together anew; and products ' +
      'with reciprocals in the place of quotients',
    measured: 6.7e-14,
  },
  indicatorQuotient: {
    scaled: 1e-10,
    reason:
      'both sides of a quotient are small differences of sums, which keep the rounding of what they are differences of; ' +
      'TA-Lib carries these sums on and takes old prices out',
    measured: 1.6e-11,
  },
  indicatorExact: {
    reason: 'the largest, the smallest, or one difference or sum of whole numbers: nothing is rounded twice',
    measured: 0,
  },
  splits: { reason: 'indices are whole numbers', measured: 0 },
  moments: {
    rel: 1e-12,
    abs: 1e-15,
    reason:
      'scipy takes the deviations from a rounded mean, which shows where the level is many times the spread',
    measured: 1.1e-13,
  },
  quantiles: { reason: 'the same two numbers, interpolated in the same way', measured: 0 },
  sharpeInference: {
    rel: 1e-12,
    reason:
      'a probability in the tail multiplies the rounding of its distance by the square of that distance',
    measured: 1.3e-13,
  },
  realizedVolatility: {
    rel: 1e-12,
    reason: 'a variance of changes that are nearly equal magnifies the rounding of their logarithms',
    measured: 9.4e-14,
  },
  blockLength: {
    rel: 1e-12,
    reason: `${SUMS}; most where the autocovariances nearly cancel`,
    measured: 4.6e-14,
  },
  overfitting: { rel: 1e-12, abs: 1e-15, reason: SUMS, measured: 3.7e-14 },
  optimizeVariance: {
    rel: 1e-10,
    abs: 1e-18,
    reason: `${OPTIMUM}; a variance of 0, where there are more assets than days, is 0 to 1e-18`,
    measured: 1.3e-12,
  },
  optimizeVarianceGap: {
    abs: 1e-10,
    reason:
      'the bound that the slopes of the variance give, from the returns alone, to the rounding of their sums',
    measured: 8.2e-15,
  },
  optimizeRatio: { rel: 1e-10, reason: OPTIMUM, measured: 6.6e-14 },
  optimizeRatioGap: {
    abs: 1e-10,
    reason:
      'the bound that the slopes of the variance give, from the returns alone, to the rounding of their sums',
    measured: 6.1e-15,
  },
  optimizeTail: {
    rel: 1e-9,
    abs: 1e-12,
    reason:
      'both are a corner of the linear program, or its polished optimum where squared weights have a price',
    measured: 8.2e-15,
  },
  optimizeTailGap: {
    abs: 1e-9,
    reason: 'the bound that the dual solution gives, from the returns alone, to the rounding of its sums',
    measured: 1.2e-14,
  },
  optimizeWeights: {
    abs: 1e-6,
    reason: 'where the optimum is unique; the reference is written with nine decimals',
    measured: 5.1e-10,
  },
  optimizeLimits: { abs: 1e-12, reason: 'sums of weights round', measured: 6e-16 },
  optimizeFrontier: {
    rel: 1e-10,
    abs: 1e-15,
    reason: `${OPTIMUM}; the returns asked for are equal steps`,
    measured: 4.4e-12,
  },
  optimizeShares: { abs: 1e-10, reason: 'Newton steps until the shares of risk round', measured: 2.0e-14 },
  optimizeInverse: { rel: 1e-12, reason: SUMS, measured: 2.3e-15 },
  optimizeHrp: {
    abs: 1e-9,
    rel: 1e-9,
    reason: 'the same tree and the same halves; pandas and ours round variances in another order',
    measured: 1.7e-16,
  },
  optimizeCovariance: {
    scaled: 1e-12,
    reason: 'sums of products in another order; eigenvalues by another method',
    measured: 4e-15,
  },
  optimizeViews: {
    rel: 1e-12,
    abs: 1e-17,
    reason: 'a linear system of as many equations as there are views, solved in another order',
    measured: 1.2e-15,
  },
  optimizePypfopt: { rel: 1e-6, reason: SOLVER, measured: 3.1e-9 },
  optimizeRiskfolio: { rel: 1e-6, reason: SOLVER, measured: 1.4e-8 },
  optimizeRiskfolioWeights: { abs: 1e-5, reason: SOLVER, measured: 2.4e-6 },
  optimizeNanobook: { rel: 1e-6, reason: SOLVER, measured: 0 },
  optimizeNanobookWeights: {
    abs: 1e-5,
    reason: 'it adds a little to every variance before it begins',
    measured: 2.6e-7,
  },
} as const satisfies Record<string, Tolerance>;
