/** Portfolio optimizers by the seeds' names: returns and symbols in, symbol to weight out. */
import {
  optimizeCdar,
  optimizeCvar,
  optimizeMaxSharpe,
  optimizeMinVariance,
  optimizeRiskParity,
  type ReturnRows,
} from '../optimize/index.js';

/** Long-only minimum variance: `optimizeMinVariance`. */
export function py_optimize_min_variance(
  returns_matrix: ReturnRows,
  symbols: readonly string[],
): Record<string, number> {
  return optimizeMinVariance(returns_matrix, symbols);
}

/** Long-only maximum Sharpe ratio: `optimizeMaxSharpe`. */
export function py_optimize_max_sharpe(
  returns_matrix: ReturnRows,
  symbols: readonly string[],
  risk_free = 0,
): Record<string, number> {
  return optimizeMaxSharpe(returns_matrix, symbols, risk_free);
}

/** Equal contributions to the variance: `optimizeRiskParity`. */
export function py_optimize_risk_parity(
  returns_matrix: ReturnRows,
  symbols: readonly string[],
): Record<string, number> {
  return optimizeRiskParity(returns_matrix, symbols);
}

/** Long-only minimum CVaR: `optimizeCvar`. */
export function py_optimize_cvar(
  returns_matrix: ReturnRows,
  symbols: readonly string[],
  alpha = 0.95,
): Record<string, number> {
  return optimizeCvar(returns_matrix, symbols, alpha);
}

/** Long-only minimum CDaR: `optimizeCdar`. */
export function py_optimize_cdar(
  returns_matrix: ReturnRows,
  symbols: readonly string[],
  alpha = 0.95,
): Record<string, number> {
  return optimizeCdar(returns_matrix, symbols, alpha);
}
