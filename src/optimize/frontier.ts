/** The efficient frontier: the least variance for every expected return. */
import { dot, quadraticForm } from '../../kernels/linalg/dot.js';
import { checkInteger, checkKeys, checkNumber } from '../check.js';
import { readCovariance } from './estimate-covariance.js';
import { type ExpectedReturnOptions, readExpectedReturns } from './expected-returns.js';
import { LIMIT_KEYS, readLimits } from './limits.js';
import { leastVariance, type VarianceOptions, withDiagonal } from './min-variance.js';
import { varianceScale } from './plain-tangent.js';
import { portfolioProblem, variablesOf, type WeightEquation, weightsOf } from './portfolio-problem.js';
import { activeSetMemory, quadraticResidual, solveQuadratic } from './quadratic.js';
import { normaliseWeights, sampleWarnings, weightsRecord } from './result.js';
import { readSample } from './sample.js';
import { mostReward } from './tangent.js';
import type { ReturnRows } from './types.js';

/** Options of `efficientFrontier`. */
export type FrontierOptions = VarianceOptions &
  ExpectedReturnOptions & {
    /** Portfolios to give, 2 to 10,000; default 20. */
    readonly points?: number;
    /** Rate of one period that the Sharpe ratio of a point is over; default 0. */
    readonly riskFree?: number;
  };

/** A portfolio on the frontier. */
export interface FrontierPoint {
  /** Of one period, as a decimal. */
  readonly expectedReturn: number;
  /** Standard deviation of one period. */
  readonly volatility: number;
  /** (expectedReturn − riskFree) / volatility of one period, not annualised; 0 where there is neither. */
  readonly sharpe: number;
  /** Symbol to weight: sum 1 within 1e-12, none below 0, zeros exact. */
  readonly weights: Record<string, number>;
  /** The same numbers, one per symbol. */
  readonly vector: Float64Array;
  /** Largest violation of the optimality conditions, relative to the variance. */
  readonly kkt: number;
}

/** Portfolios from the least variance to the highest expected return. */
export interface EfficientFrontier {
  readonly points: readonly FrontierPoint[];
  /** What a reader should know. */
  readonly warnings: readonly string[];
}

/**
 * Portfolios with the least variance for expected returns in equal steps: from that of the least variance at all up to
 * the highest that the limits allow.
 *
 * returns, symbols  as for `optimizeMinVariance`
 * options           `points`; `riskFree`; `expectedReturns`: N expected returns of one period, default the means;
 *                   `bounds`, `groups`, `turnover`, `l2`; `covariance`
 *
 * Gives `points` portfolios, long only with sum 1 and within the limits, expected returns rising; a single one where all
 * portfolios have the same expected return. Throws as `optimizeMinVarianceDetailed`. Each point starts between the one
 * before and the last, which is feasible: a few changes each. Source: H. Markowitz, Portfolio selection, 1952.
 */
export function efficientFrontier(
  returns: ReturnRows,
  symbols: readonly string[],
  options: FrontierOptions = {},
): EfficientFrontier {
  checkKeys('options', options, [...LIMIT_KEYS, 'covariance', 'expectedReturns', 'points', 'riskFree']);
  const count = checkInteger('points', options.points ?? 20, 2, 10_000);
  const riskFree = checkNumber('riskFree', options.riskFree ?? 0);
  const sample = readSample(returns, symbols);
  const limits = readLimits(options, sample.symbols);
  const means = readExpectedReturns(options.expectedReturns, sample);
  const covariance = readCovariance(options.covariance, sample);
  const n = sample.cols;
  const h = withDiagonal(covariance, n, limits.l2);
  const first = leastVariance(covariance, limits, sample.symbols);
  const equation = returnEquation(means);
  const unlimited = portfolioProblem(h, limits);
  const last = mostReward(unlimited, equation.row, variablesOf(unlimited, first.weights));
  const least = dot(equation.row, 0, first.weights, 0, n);
  const most = dot(equation.row, 0, weightsOf(unlimited, last), 0, n);

  const point = (weights: Float64Array, kkt: number): FrontierPoint => {
    const expectedReturn = dot(means, 0, weights, 0, n);
    const volatility = Math.sqrt(Math.max(0, quadraticForm(covariance, n, weights)));
    const excess = expectedReturn - riskFree;
    const sharpe = excess === 0 ? 0 : excess / volatility;
    const named = weightsRecord(weights, sample.symbols);
    return { expectedReturn, volatility, sharpe, weights: named, vector: weights, kkt };
  };
  const points = [point(first.weights, first.kkt)];
  const x = variablesOf(unlimited, first.weights);
  const steps = most - least > RETURN_ROUNDING ? count - 1 : 0;
  const asked = portfolioProblem(h, limits, equation);
  const memory = activeSetMemory(asked.problem);
  const offset = asked.problem.right[asked.problem.m - 1]!;
  for (let step = 1; step <= steps; step++) {
    const share = 1 / (steps - step + 1);
    for (let v = 0; v < x.length; v++) x[v] = share === 1 ? last[v]! : x[v]! + share * (last[v]! - x[v]!);
    asked.problem.right[asked.problem.m - 1] = offset + least + ((most - least) * step) / steps;
    solveQuadratic(asked.problem, x, memory);
    const kkt = quadraticResidual(asked.problem, x, memory) / varianceScale(h, weightsOf(asked, x));
    points.push(point(normaliseWeights(weightsOf(asked, x)), kkt));
  }
  return { points, warnings: options.covariance === undefined ? sampleWarnings(sample.rows, n) : [] };
}

/** Difference of expected returns, in parts of their largest distance from the mean, that counts as none. */
const RETURN_ROUNDING = 1e-13;

/** The expected return as an equation with coefficients of size 1: less their mean, which the sum of 1 makes constant. */
function returnEquation(means: Float64Array): WeightEquation {
  let mean = 0;
  for (const value of means) mean += value / means.length;
  let largest = 0;
  for (const value of means) largest = Math.max(largest, Math.abs(value - mean));
  const row = means.map((value) => (largest > 0 ? (value - mean) / largest : 0));
  return { row, value: 0, name: 'the expected return' };
}
