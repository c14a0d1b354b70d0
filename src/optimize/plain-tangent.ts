/** The portfolio with the most reward a unit of risk, rewards' w / √(w'Hw), where nothing but long only is asked. */
import { dot, quadraticForm } from '../../kernels/linalg/dot.js';
import {
  activeSetMemory,
  guessPlain,
  type QuadraticProblem,
  quadraticResidual,
  solveQuadratic,
} from './quadratic.js';
import { normaliseWeights } from './result.js';

/** Weights with the most reward a unit of risk, and what proves them. */
export interface Tangent {
  readonly weights: Float64Array;
  readonly iterations: number;
  /** Largest violation of the optimality conditions, relative to w'Hw. */
  readonly kkt: number;
  /** Whether the risk is 0 within rounding, so that there is no largest ratio. */
  readonly riskless: boolean;
}

/** A certificate up to here proves the answer. */
export const KKT_MOST = 1e-10;
/** Variance within this part of (the sum of weight × volatility)² is rounding. */
const RISK_ROUNDING = 1e-14;
/** Part of the mean variance of the assets held below which the variance of the portfolio is no scale any more. */
const SCALE_LEAST = 1e-4;
/** The least y'Hy over y ≥ 0 with rewards' y = 1: its direction has the most reward a unit of risk. */
export function plainTangent(h: Float64Array, rewards: Float64Array): Tangent {
  const n = rewards.length;
  let largest = 0;
  let best = 0;
  for (let j = 0; j < n; j++) {
    largest = Math.max(largest, Math.abs(rewards[j]!));
    if (rewards[j]! > rewards[best]!) best = j;
  }
  const row = rewards.map((reward) => reward / largest);
  const y = guessPlain(h, row);
  let reward = dot(row, 0, y, 0, n);
  if (!(reward > 0 && reward < Infinity)) {
    y.fill(0);
    y[best] = 1;
    reward = row[best]!;
  }
  for (let j = 0; j < n; j++) y[j] = y[j]! / reward;
  const problem: QuadraticProblem = {
    n,
    dim: n,
    h,
    at: Int32Array.from(row, (_, j) => j),
    sign: new Float64Array(n).fill(1),
    linear: new Float64Array(n),
    low: new Float64Array(n),
    high: new Float64Array(n).fill(Infinity),
    m: 1,
    rows: row,
    right: Float64Array.of(1),
  };
  const memory = activeSetMemory(problem);
  const end = solveQuadratic(problem, y, memory);
  const residual = quadraticResidual(problem, y, memory);
  let sum = 0;
  for (const value of y) sum += value;
  const weights = normaliseWeights(y);
  return {
    weights,
    iterations: end.changes,
    kkt: residual / (sum * varianceScale(h, weights)),
    riskless: isRiskless(h, weights),
  };
}

/**
 * What violations are relative to: w'Hw, or 1e-4 of the mean curvature of what is held, or that itself where w'Hw is
 * rounding.
 */
export function varianceScale(h: Float64Array, weights: Float64Array): number {
  const n = weights.length;
  let mean = 0;
  for (let j = 0; j < n; j++) mean += weights[j]! * h[j * n + j]!;
  const least = isRiskless(h, weights) ? 1 : SCALE_LEAST;
  const scale = Math.max(quadraticForm(h, n, weights), least * mean);
  return scale > 0 ? scale : 1;
}

/** Whether the variance is 0 within rounding. */
export function isRiskless(h: Float64Array, weights: Float64Array): boolean {
  const n = weights.length;
  let risk = 0;
  for (let j = 0; j < n; j++) risk += weights[j]! * Math.sqrt(Math.max(0, h[j * n + j]!));
  return quadraticForm(h, n, weights) <= RISK_ROUNDING * risk * risk;
}
