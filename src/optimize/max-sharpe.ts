/** The portfolio with the largest Sharpe ratio. */
import { dot, quadraticForm } from '../../kernels/linalg/dot.js';
import { checkKeys, checkNumber } from '../check.js';
import { readCovariance } from './estimate-covariance.js';
import { type ExpectedReturnOptions, readExpectedReturns } from './expected-returns.js';
import { LIMIT_KEYS, type LinearLimits, readLimits } from './limits.js';
import { leastVariance, type VarianceOptions, withDiagonal } from './min-variance.js';
import { searchPlain } from './plain-search.js';
import { KKT_MOST } from './plain-tangent.js';
import { finishPortfolio, type PortfolioFacts, sampleWarnings } from './result.js';
import { type ReturnSample, readSample } from './sample.js';
import { tangentPortfolio } from './tangent.js';
import type { OptimizedPortfolio, ReturnRows } from './types.js';

/** Options of `optimizeMaxSharpe`. */
export type SharpeOptions = VarianceOptions & ExpectedReturnOptions;

/**
 * Weights of the portfolio with the largest Sharpe ratio: long only, sum 1.
 *
 * returns   T × N simple returns as decimals, oldest first, T at least 2
 * symbols   N names, none twice
 * riskFree  rate of one period, as a decimal; default 0
 * options   `bounds`, `groups`, `turnover`, `l2`; `covariance`; `expectedReturns`: N expected returns of one period,
 *           default the means
 *
 * Gives symbol → weight: sum 1 within 1e-12, none below 0, zeros exact. See `optimizeMaxSharpeDetailed`.
 */
export function optimizeMaxSharpe(
  returns: ReturnRows,
  symbols: readonly string[],
  riskFree = 0,
  options: SharpeOptions = {},
): Record<string, number> {
  return optimizeMaxSharpeDetailed(returns, symbols, riskFree, options).weights;
}

/**
 * As `optimizeMaxSharpe`, with the proof.
 *
 * The objective is (μ'w − riskFree) / √(w'Σw) of one period, not annualised; l2 adds l2 Σ weight² to the variance that
 * is searched with, not to the objective. `kkt` is the largest violation of the optimality conditions: with e the excess
 * returns and λ = w'Σw / e'w, (Σw)j = λ e_j where w_j > 0 and (Σw)j ≥ λ e_j elsewhere (under limits with their
 * multipliers), relative to w'Σw.
 *
 * 'degenerate', with a warning that says which: no portfolio has an excess return above 0 (the one with the least
 * variance is given); an asset without risk has a positive excess return (all in the one with the highest); a portfolio
 * without risk has one (the one found is given). The objective is then infinite where there is no risk, and 0 where there
 * is neither risk nor excess.
 *
 * Throws as `optimizeMinVarianceDetailed`. Cost as there; under limits two to five searches. Source: the least y'Σy with
 * e'y = 1 and w = y / Σy (G. Cornuéjols and R. Tütüncü, Optimization Methods in Finance, 8.2). Reference: cvxpy.
 */
export function optimizeMaxSharpeDetailed(
  returns: ReturnRows,
  symbols: readonly string[],
  riskFree = 0,
  options: SharpeOptions = {},
): OptimizedPortfolio {
  checkKeys('options', options, [...LIMIT_KEYS, 'covariance', 'expectedReturns']);
  checkNumber('riskFree', riskFree);
  const sample = readSample(returns, symbols);
  const limits = readLimits(options, sample.symbols);
  const excess = readExpectedReturns(options.expectedReturns, sample).map((mean) => mean - riskFree);
  const few = searchPlain(sample, options.covariance, limits, () => excess);
  if (few !== undefined) {
    const objective = few.reward / Math.sqrt(few.variance);
    return finishPortfolio(few.weights, sample.symbols, { ...few, objective, status: 'optimal' });
  }
  const covariance = readCovariance(options.covariance, sample);
  const warnings = options.covariance === undefined ? sampleWarnings(sample.rows, sample.cols) : [];
  const { weights, ...found } = mostSharpe(covariance, excess, limits, sample);
  const facts = { ...found, warnings: [...found.warnings, ...warnings] };
  const portfolio = finishPortfolio(weights, sample.symbols, { ...facts, objective: 0 });
  return { ...portfolio, objective: sharpeOf(covariance, excess, portfolio.vector) };
}

/** Excess return of a period over its volatility; 0 where there is neither. */
export function sharpeOf(covariance: Float64Array, excess: Float64Array, weights: Float64Array): number {
  const reward = dot(excess, 0, weights, 0, weights.length);
  const variance = quadraticForm(covariance, weights.length, weights);
  return reward === 0 ? 0 : reward / Math.sqrt(Math.max(0, variance));
}

type Found = Required<Pick<PortfolioFacts, 'status' | 'iterations' | 'kkt' | 'warnings'>> & {
  readonly weights: Float64Array;
};

function mostSharpe(
  covariance: Float64Array,
  excess: Float64Array,
  limits: LinearLimits,
  { symbols, cols }: ReturnSample,
): Found {
  const safe = limits.plain ? bestWithoutRisk(covariance, excess) : -1;
  if (safe >= 0) {
    const weights = new Float64Array(cols);
    weights[safe] = 1;
    const warnings = [`${symbols[safe]!} has a positive excess return without any risk: everything is in it`];
    return { weights, status: 'degenerate', iterations: 0, kkt: 0, warnings };
  }
  const tangent = tangentPortfolio(withDiagonal(covariance, cols, limits.l2), excess, limits, symbols);
  if (tangent === undefined) {
    const warnings = ['no portfolio has an excess return above 0: these weights have the least variance'];
    return { ...leastVariance(covariance, limits, symbols), status: 'degenerate', warnings };
  }
  const { riskless, ...found } = tangent;
  if (riskless) {
    const warnings = [
      'a portfolio without risk has a positive excess return: there is no largest Sharpe ratio',
    ];
    return { ...found, status: 'degenerate', warnings };
  }
  return { ...found, status: found.kkt <= KKT_MOST ? 'optimal' : 'max-iterations', warnings: [] };
}

/** The asset without variance whose excess return is highest and above 0; −1 for none. */
function bestWithoutRisk(covariance: Float64Array, excess: Float64Array): number {
  const n = excess.length;
  let best = -1;
  for (let j = 0; j < n; j++) {
    if (covariance[j * n + j]! > 0 || !(excess[j]! > 0)) continue;
    if (best < 0 || excess[j]! > excess[best]!) best = j;
  }
  return best;
}
