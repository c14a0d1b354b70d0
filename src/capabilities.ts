/** What this build can do, by stable names. */

import { ValidationError } from './errors.js';

/** A feature name; names are added by later versions and never change their meaning. */
export type Feature =
  | 'backtest_weights'
  | 'backtest_holdings'
  | 'backtest_stops'
  | 'strategy_callbacks'
  | 'lookahead_check'
  | 'portfolio'
  | 'metrics'
  | 'rolling_metrics'
  | 'exchange'
  | 'multi_exchange'
  | 'event_log'
  | 'trailing_stops'
  | 'rebalance_lob'
  | 'indicators'
  | 'statistics'
  | 'time_series_split'
  | 'walk_forward'
  | 'garch_forecast'
  | 'optimize_min_variance'
  | 'optimize_max_sharpe'
  | 'optimize_risk_parity'
  | 'optimize_cvar'
  | 'optimize_cdar'
  | 'optimize_hrp';

const FEATURES: readonly Feature[] = Object.freeze([
  'backtest_weights',
  'backtest_holdings',
  'backtest_stops',
  'strategy_callbacks',
  'lookahead_check',
  'portfolio',
  'metrics',
  'rolling_metrics',
  'exchange',
  'multi_exchange',
  'event_log',
  'trailing_stops',
  'rebalance_lob',
  'indicators',
  'statistics',
  'time_series_split',
  'walk_forward',
  'garch_forecast',
  'optimize_min_variance',
  'optimize_max_sharpe',
  'optimize_risk_parity',
  'optimize_cvar',
  'optimize_cdar',
  'optimize_hrp',
]);

/** The features of this build, in a fixed order. */
export function capabilities(): readonly Feature[] {
  return FEATURES;
}

/** Whether this build has the feature; false for a name it does not know. Throws only when `name` is no text. */
export function hasFeature(name: string): boolean {
  if (typeof name !== 'string') {
    throw new ValidationError('name', name, 'the name of a feature', 'pass one of capabilities()');
  }
  return (FEATURES as readonly string[]).includes(name);
}
