/** What each feature stands for: one table. */
import type { Feature } from '../capabilities.js';
import { version } from '../version.js';

/**
 * Feature → names that `nb-backtest` exports when the feature is there. A test compares it with the package: every
 * feature has a row, and every name exists.
 */
export const FEATURE_SYMBOLS: Readonly<Record<Feature, readonly string[]>> = Object.freeze({
  backtest_weights: ['backtestWeights', 'BACKTEST_DEFAULTS'],
  backtest_holdings: ['backtestWeights'],
  backtest_stops: ['backtestWeights'],
  strategy_callbacks: ['runBacktest', 'runBacktestAsync'],
  lookahead_check: ['checkLookahead'],
  portfolio: ['Portfolio', 'costModel'],
  metrics: ['computeMetrics', 'metricsToRecord'],
  rolling_metrics: ['rollingSharpe', 'rollingVolatility'],
  exchange: ['Exchange', 'Book'],
  multi_exchange: ['MultiExchange'],
  event_log: ['serializeEvent', 'parseEvent', 'eventsFromJsonl', 'replayInto'],
  trailing_stops: ['Exchange'],
  rebalance_lob: ['Portfolio'],
  indicators: ['rsi', 'macd', 'bbands', 'atr'],
  statistics: ['spearman', 'quantileSpread', 'quintileSpread'],
  time_series_split: ['timeSeriesSplit'],
  walk_forward: ['walkForward'],
  garch_forecast: ['garchForecast', 'fitGarch'],
  optimize_min_variance: ['optimizeMinVariance', 'optimizeMinVarianceDetailed'],
  optimize_max_sharpe: ['optimizeMaxSharpe', 'optimizeMaxSharpeDetailed'],
  optimize_risk_parity: ['optimizeRiskParity', 'optimizeRiskParityDetailed'],
  optimize_cvar: ['optimizeCvar', 'optimizeCvarDetailed'],
  optimize_cdar: ['optimizeCdar', 'optimizeCdarDetailed'],
  optimize_hrp: ['optimizeHrp', 'optimizeHrpDetailed'],
});

/** The version of this package, as in its package.json. */
export function engineVersion(): string {
  return version;
}
