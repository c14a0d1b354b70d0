/** One optimizer by its name, whatever it takes. */
import type { Mat } from '../check.js';
import { optimizeCdarDetailed } from '../optimize/cdar.js';
import { optimizeCvarDetailed } from '../optimize/cvar.js';
import { optimizeHrpDetailed } from '../optimize/hrp.js';
import { inverseCdarWeights, inverseCvarWeights } from '../optimize/inverse-tail.js';
import { optimizeMaxDiversificationDetailed } from '../optimize/max-diversification.js';
import { optimizeMaxSharpeDetailed } from '../optimize/max-sharpe.js';
import { optimizeMinVarianceDetailed } from '../optimize/min-variance.js';
import { portfolioCdar, portfolioCvar } from '../optimize/portfolio-tail.js';
import { optimizeRiskParityDetailed } from '../optimize/risk-parity.js';
import type { CovarianceOptions, OptimizedPortfolio, PortfolioLimits } from '../optimize/types.js';
import type { OptimizerName, OptimizerSettings } from './optimizer-names.js';

/** Confidence of CVaR and CDaR where none is given. */
export const ALPHA_DEFAULT = 0.95;

/** What one optimisation is told: settings, and a turnover that knows the weights before. */
export interface OptimizerTask extends Omit<OptimizerSettings, 'turnover'> {
  readonly turnover?: PortfolioLimits['turnover'] | undefined;
}

/**
 * The portfolio of a method, as the optimizer of that name gives it.
 *
 * name     which
 * returns  periods × symbols, oldest first
 * symbols  one a column
 * task     what the method takes; the rest of it is not read
 *
 * Errors are those of the optimizers.
 */
export function runOptimizer(
  name: OptimizerName,
  returns: Mat,
  symbols: readonly string[],
  task: OptimizerTask,
): OptimizedPortfolio {
  const { alpha = ALPHA_DEFAULT, covariance } = task;
  const estimator: CovarianceOptions = covariance === undefined ? {} : { covariance };
  switch (name) {
    case 'risk-parity':
      return optimizeRiskParityDetailed(returns, symbols, estimator);
    case 'cvar':
      return optimizeCvarDetailed(returns, symbols, alpha, limitsIn(task));
    case 'cdar':
      return optimizeCdarDetailed(returns, symbols, alpha, limitsIn(task));
    case 'hrp':
      return optimizeHrpDetailed(returns, symbols, estimator);
    case 'min-variance':
      return optimizeMinVarianceDetailed(returns, symbols, { ...estimator, ...limitsIn(task) });
    case 'inverse-cvar':
      return byFormula(inverseCvarWeights(returns, symbols, alpha), symbols, (vector) =>
        portfolioCvar(vector, returns, alpha),
      );
    case 'inverse-cdar':
      return byFormula(inverseCdarWeights(returns, symbols, alpha), symbols, (vector) =>
        portfolioCdar(vector, returns, alpha),
      );
    case 'max-sharpe':
      return optimizeMaxSharpeDetailed(returns, symbols, task.riskFree ?? 0, {
        ...estimator,
        ...limitsIn(task),
      });
    case 'max-diversification':
      return optimizeMaxDiversificationDetailed(returns, symbols, { ...estimator, ...limitsIn(task) });
  }
}

/** The limits of a task, without those that nobody gave. */
function limitsIn({ bounds, groups, turnover, l2 }: OptimizerTask): PortfolioLimits {
  return {
    ...(bounds === undefined ? {} : { bounds }),
    ...(groups === undefined ? {} : { groups }),
    ...(turnover === undefined ? {} : { turnover }),
    ...(l2 === undefined ? {} : { l2 }),
  };
}

/** Weights of a formula, which needs no proof, with the risk that they have. */
function byFormula(
  weights: Readonly<Record<string, number>>,
  symbols: readonly string[],
  risk: (vector: Float64Array) => number,
): OptimizedPortfolio {
  const vector = Float64Array.from(symbols, (symbol) => weights[symbol]!);
  return {
    weights: { ...weights },
    vector,
    objective: risk(vector),
    status: 'optimal',
    iterations: 0,
    kkt: Number.NaN,
    dualityGap: Number.NaN,
    warnings: [],
  };
}
