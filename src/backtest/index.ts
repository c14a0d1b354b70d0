/** The public names of the backtest. */
export { attribution } from './attribution.js';
export type {
  AttributionOptions,
  AttributionPart,
  PeriodAttribution,
  SymbolAttribution,
} from './attribution.js';
export { BACKTEST_DEFAULTS } from './config.js';
export { checkLookahead } from './lookahead.js';
export type { LookaheadOptions, LookaheadPeek, LookaheadReport } from './lookahead.js';
export { checkTargetLookahead, type TargetRule } from './lookahead-targets.js';
export { backtestWeights } from './run.js';
export { runBacktest, runBacktestAsync } from './run-backtest.js';
export type {
  AsyncStrategy,
  AsyncStrategyOptions,
  RunSignal,
  Strategy,
  StrategyInput,
  StrategyOptions,
  StrategyPortfolio,
  StrategyPrices,
  StrategyTargets,
} from './strategy-types.js';
export type { AtrKind, ResolvedStops, StopConfig, StopEvent, StopReason } from './stop-types.js';
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
