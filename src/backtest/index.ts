/** The public names of the backtest. */
export { BACKTEST_DEFAULTS } from './config.js';
export { backtestWeights } from './run.js';
export type {
  BacktestInput,
  BacktestOptions,
  BacktestResult,
  CostTarget,
  FillPolicy,
  MissingPricePolicy,
  PriceInput,
  ResolvedBacktestOptions,
  ScheduleEntry,
  SkippedRebalance,
  TradeTable,
  WeightInput,
} from './types.js';
