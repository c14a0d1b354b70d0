/** The portfolio with the least variance. */
import { quadraticForm } from '../../kernels/linalg/dot.js';
import { checkKeys } from '../check.js';
import { readCovariance } from './estimate-covariance.js';
import { LIMIT_KEYS, type LinearLimits, readLimits } from './limits.js';
import { feasibleStart, portfolioProblem, weightsOf } from './portfolio-problem.js';
import { activeSetMemory, guessPlain, quadraticResidual, solveQuadratic } from './quadratic.js';
import { searchPlain } from './plain-search.js';
import { KKT_MOST, varianceScale } from './plain-tangent.js';
import { finishPortfolio, normaliseWeights, sampleWarnings } from './result.js';
import { readSample } from './sample.js';
import type {
  CovarianceOptions,
  OptimizedPortfolio,
  OptimizeStatus,
  PortfolioLimits,
  ReturnRows,
} from './types.js';

/** Options of the optimizers of variance. */
export type VarianceOptions = PortfolioLimits & CovarianceOptions;

/**
 * Weights of the portfolio with the least variance: long only, sum 1.
 *
 * returns  T × N simple returns as decimals, oldest first, T at least 2
 * symbols  N names, none twice
 * options  `bounds`, `groups`, `turnover`, `l2`; `covariance`: 'sample' (divisor T − 1), another estimator or a matrix
 *
 * Gives symbol → weight: sum 1 within 1e-12, none below 0, zeros exact. See `optimizeMinVarianceDetailed`.
 */
export function optimizeMinVariance(
  returns: ReturnRows,
  symbols: readonly string[],
  options: VarianceOptions = {},
): Record<string, number> {
  return optimizeMinVarianceDetailed(returns, symbols, options).weights;
}

/**
 * As `optimizeMinVariance`, with the proof.
 *
 * The objective is the variance w'Σw of one period, without the l2 term. `kkt` is the largest violation of the optimality
 * conditions: with λ = w'Σw, (Σw)j = λ where w_j > 0 and (Σw)j ≥ λ elsewhere (under limits with their multipliers),
 * relative to w'Σw, or to 1e-4 of the mean variance of the assets held where the portfolio has less (to all of it where
 * w'Σw is rounding). More assets than
 * rows: the least variance is 0 within rounding and many portfolios have it; a warning says so. No asset moves at all:
 * the weights nearest to equal ones, 'degenerate'.
 *
 * Throws as `readSample` and `readLimits` do: among others `InfeasibleError` for limits that clash. O(T N²) for the
 * covariance, then about O(N k) an asset held, for k of them; from 80 assets on, and without limits, O(T N + T k²). Reference: cvxpy with Clarabel at 1e-12.
 */
export function optimizeMinVarianceDetailed(
  returns: ReturnRows,
  symbols: readonly string[],
  options: VarianceOptions = {},
): OptimizedPortfolio {
  checkKeys('options', options, [...LIMIT_KEYS, 'covariance']);
  const sample = readSample(returns, symbols);
  const limits = readLimits(options, sample.symbols);
  const few = searchPlain(sample, options.covariance, limits, (risks) => risks.map(() => 1));
  if (few !== undefined) {
    return finishPortfolio(few.weights, sample.symbols, {
      ...few,
      objective: few.variance,
      status: 'optimal',
    });
  }
  const covariance = readCovariance(options.covariance, sample);
  const found = leastVariance(covariance, limits, sample.symbols);
  return finishPortfolio(found.weights, sample.symbols, {
    ...found,
    objective: Math.max(0, quadraticForm(covariance, sample.cols, found.weights)),
    warnings: [
      ...found.warnings,
      ...(options.covariance === undefined ? sampleWarnings(sample.rows, sample.cols) : []),
    ],
  });
}

/** Weights of the least variance with what proves them. */
export interface LeastVariance {
  readonly weights: Float64Array;
  readonly status: OptimizeStatus;
  readonly iterations: number;
  readonly kkt: number;
  readonly warnings: readonly string[];
}

/** The least w'Σw + l2 w'w under limits, for an N × N covariance Σ. */
export function leastVariance(
  covariance: Float64Array,
  limits: LinearLimits,
  symbols: readonly string[],
): LeastVariance {
  const n = symbols.length;
  let moves = false;
  for (let j = 0; j < n; j++) if (covariance[j * n + j]! > 0) moves = true;
  const h = moves ? withDiagonal(covariance, n, limits.l2) : withDiagonal(new Float64Array(n * n), n, 1);
  const asked = portfolioProblem(h, limits);
  const x = limits.plain ? plainGuess(h, n) : feasibleStart(asked, plainGuess(h, n), symbols);
  const { problem } = asked;
  const memory = activeSetMemory(problem);
  const end = solveQuadratic(problem, x, memory);
  const kkt = quadraticResidual(problem, x, memory) / varianceScale(h, weightsOf(asked, x));
  const weights = normaliseWeights(weightsOf(asked, x));
  return {
    weights,
    status: !moves ? 'degenerate' : kkt <= KKT_MOST ? 'optimal' : 'max-iterations',
    iterations: end.changes,
    kkt,
    warnings: moves
      ? []
      : ['no asset moves: every portfolio has no variance, these weights are the most equal ones'],
  };
}

/** The matrix with `extra` on its diagonal; itself where that is 0. */
export function withDiagonal(matrix: Float64Array, n: number, extra: number): Float64Array {
  if (extra === 0) return matrix;
  const out = matrix.slice();
  for (let j = 0; j < n; j++) out[j * n + j] = out[j * n + j]! + extra;
  return out;
}

/** Guess at the weights of the least variance without limits. */
export function plainGuess(h: Float64Array, n: number): Float64Array {
  const guess = new Float64Array(n);
  for (let j = 0; j < n; j++) if (!(h[j * n + j]! > 0)) guess[j] = 1;
  // Assets without variance share the portfolio.
  if (!guess.includes(1)) guess.set(guessPlain(h, new Float64Array(n).fill(1)));
  return normaliseWeights(guess);
}
