/**
 * The names of the seeds and of nanobook's Python API, with positional arguments and snake_case results, for code that
 * moves over line by line. Each is a thin wrapper of the function named in its comment.
 */
import { capabilities, hasFeature } from './capabilities.js';
import type { Vec } from './check.js';
import { type Metrics, metrics_from_nanobook } from './compat/metrics.js';
import { computeMetrics, rollingSharpe, rollingVolatility } from './metrics/index.js';
import { pricesToCents } from './money.js';
import { type PricePanel, type TargetsAtBar, type WeightsByDate, weightsToSchedule } from './series/index.js';
import { version } from './version.js';

export {
  backtest_weights,
  py_backtest_weights,
  run_backtest,
  type SnakeBacktest,
  type SnakeStopConfig,
  type SnakeStopEvent,
  type SnakeStrategy,
} from './compat/backtest.js';
export { CostModel, type CostModelMaker, type SnakeCostModel } from './compat/cost-model.js';
export { Engine } from './compat/engine.js';
export { Exchange } from './compat/exchange.js';
export { type Metrics, metrics_from_nanobook } from './compat/metrics.js';
export { MultiExchange, type SymbolEvent } from './compat/multi-exchange.js';
export type { SymbolPairs } from './compat/pairs.js';
export type {
  CancelResult,
  Event,
  ModifyResult,
  Order,
  StopOrder,
  StopSubmitResult,
  SubmitResult,
  Trade,
} from './compat/records.js';
export {
  py_optimize_cdar,
  py_optimize_cvar,
  py_optimize_max_sharpe,
  py_optimize_min_variance,
  py_optimize_risk_parity,
} from './compat/optimize.js';
export { BookSnapshot, type Level, type QueuedOrder } from './compat/snapshot.js';
export { Portfolio, type PortfolioSnapshot, type Position } from './compat/portfolio.js';
export {
  py_atr,
  py_bbands,
  py_garch_forecast,
  py_macd,
  py_quintile_spread,
  py_rsi,
  py_spearman,
  py_time_series_split,
} from './compat/research.js';

/** The version of this package: `version`. */
export const __version__: string = version;

/** The version of this package: `version`. */
export function nanobook_version(): string {
  return version;
}

/** Whether this build has a feature: `hasFeature`. */
export function has_nanobook_feature(name: string): boolean {
  return hasFeature(name);
}

/** The features of this build: `capabilities`. */
export function py_capabilities(): string[] {
  return [...capabilities()];
}

/** Prices in currency units to whole cents, half up: `pricesToCents`. */
export function prices_to_cents(prices: Vec | readonly string[]): Float64Array {
  return pricesToCents(prices);
}

/** Metrics of a series of returns, or null when it is empty: `computeMetrics`. */
export function py_compute_metrics(returns: Vec, periods_per_year = 252, risk_free = 0): Metrics | null {
  if (returns.length === 0) return null;
  return metrics_from_nanobook(
    computeMetrics(returns, { periodsPerYear: periods_per_year, riskFree: risk_free }),
  );
}

/** Rolling Sharpe ratio, NaN while the window fills: `rollingSharpe`. */
export function py_rolling_sharpe(returns: Vec, window: number, periods_per_year = 252): Float64Array {
  return rollingSharpe(returns, window, { periodsPerYear: periods_per_year });
}

/** Rolling annualised volatility, NaN while the window fills: `rollingVolatility`. */
export function py_rolling_volatility(returns: Vec, window: number, periods_per_year = 252): Float64Array {
  return rollingVolatility(returns, window, { periodsPerYear: periods_per_year });
}

/** Targets by date as a schedule of bars: `weightsToSchedule`. */
export function weights_to_schedule(weights_by_date: WeightsByDate, prices: PricePanel): TargetsAtBar[] {
  return weightsToSchedule(weights_by_date, prices);
}
