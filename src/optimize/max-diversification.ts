/** The portfolio with the largest diversification ratio. */
import { dot, quadraticForm } from '../../kernels/linalg/dot.js';
import { checkKeys } from '../check.js';
import { readCovariance } from './estimate-covariance.js';
import { LIMIT_KEYS, readLimits } from './limits.js';
import { leastVariance, type VarianceOptions, withDiagonal } from './min-variance.js';
import { searchPlain } from './plain-search.js';
import { KKT_MOST } from './plain-tangent.js';
import { finishPortfolio, sampleWarnings } from './result.js';
import { readSample } from './sample.js';
import { tangentPortfolio } from './tangent.js';
import type { OptimizedPortfolio, ReturnRows } from './types.js';

/**
 * Weights of the portfolio with the largest diversification ratio: long only, sum 1.
 *
 * returns, symbols, options  as for `optimizeMinVariance`
 *
 * Gives symbol → weight: sum 1 within 1e-12, none below 0, zeros exact. See `optimizeMaxDiversificationDetailed`.
 */
export function optimizeMaxDiversification(
  returns: ReturnRows,
  symbols: readonly string[],
  options: VarianceOptions = {},
): Record<string, number> {
  return optimizeMaxDiversificationDetailed(returns, symbols, options).weights;
}

/**
 * As `optimizeMaxDiversification`, with the proof.
 *
 * The objective is (the sum of weight × volatility) / √(w'Σw), 1 or more; l2 adds l2 Σ weight² to the variance that is
 * searched with, not to the objective. `kkt` as for `optimizeMaxSharpeDetailed`, with the volatilities for the excess
 * returns. 'degenerate', with a warning: no asset moves (the most equal weights are given, objective 1), or the risks of a
 * portfolio cancel to nothing (that one is given).
 *
 * Throws and costs as `optimizeMinVarianceDetailed`. Source: Y. Choueifaty and Y. Coignard, Toward maximum
 * diversification, Journal of Portfolio Management 35 (2008); searched as the largest Sharpe ratio is.
 */
export function optimizeMaxDiversificationDetailed(
  returns: ReturnRows,
  symbols: readonly string[],
  options: VarianceOptions = {},
): OptimizedPortfolio {
  checkKeys('options', options, [...LIMIT_KEYS, 'covariance']);
  const sample = readSample(returns, symbols);
  const limits = readLimits(options, sample.symbols);
  const n = sample.cols;
  const few = searchPlain(sample, options.covariance, limits, (risks) => risks);
  if (few !== undefined) {
    const objective = few.reward / Math.sqrt(few.variance);
    return finishPortfolio(few.weights, sample.symbols, { ...few, objective, status: 'optimal' });
  }
  const covariance = readCovariance(options.covariance, sample);
  const volatilities = new Float64Array(n);
  for (let j = 0; j < n; j++) volatilities[j] = Math.sqrt(Math.max(0, covariance[j * n + j]!));
  const warnings = options.covariance === undefined ? sampleWarnings(sample.rows, n) : [];
  const tangent = tangentPortfolio(
    withDiagonal(covariance, n, limits.l2),
    volatilities,
    limits,
    sample.symbols,
  );
  if (tangent === undefined) {
    const { weights, ...found } = leastVariance(covariance, limits, sample.symbols);
    return finishPortfolio(weights, sample.symbols, {
      ...found,
      status: 'degenerate',
      objective: 1,
      warnings: [...found.warnings, ...warnings],
    });
  }
  const { weights, riskless, iterations, kkt } = tangent;
  const risk = Math.sqrt(Math.max(0, quadraticForm(covariance, n, weights)));
  return finishPortfolio(weights, sample.symbols, {
    objective: dot(volatilities, 0, weights, 0, n) / risk,
    status: riskless ? 'degenerate' : kkt <= KKT_MOST ? 'optimal' : 'max-iterations',
    iterations,
    kkt,
    warnings: riskless
      ? ['the risks of a portfolio cancel to nothing: there is no largest diversification ratio', ...warnings]
      : warnings,
  });
}
