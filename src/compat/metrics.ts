/** Metrics under snake_case names. */
import { type Metrics as CamelMetrics, metricsToRecord } from '../metrics/index.js';

/** The metrics under snake_case names. */
export interface Metrics {
  readonly total_return: number;
  readonly cagr: number;
  readonly volatility: number;
  readonly sharpe: number;
  readonly sortino: number;
  readonly max_drawdown: number;
  readonly calmar: number;
  readonly num_periods: number;
  readonly winning_periods: number;
  readonly losing_periods: number;
  readonly cvar_95: number;
  readonly win_rate: number;
  readonly profit_factor: number;
  readonly payoff_ratio: number;
  readonly kelly: number;
}

/** Metrics under snake_case names: `metricsToRecord`. */
export function metrics_from_nanobook(metrics: CamelMetrics): Metrics {
  return metricsToRecord(metrics, { names: 'snake' }) as unknown as Metrics;
}
