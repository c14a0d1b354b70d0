/** The public names of the validation of strategies. */
export {
  type CombinatorialPurgedCv,
  type CombinatorialPurgedOptions,
  type CombinatorialSplit,
  combinatorialPurgedCv,
} from './combinatorial-purged.js';
export {
  type BacktestOverfitting,
  type OverfittingOptions,
  type PerformanceMetric,
  probabilityOfBacktestOverfitting,
} from './overfitting.js';
export { type PurgedKFoldOptions, purgedKFold } from './purged-k-fold.js';
export { type TimeSeriesSplitOptions, timeSeriesSplit } from './time-series-split.js';
export type { LabelSpans, Split } from './types.js';
export {
  type WalkForwardFold,
  type WalkForwardOptions,
  type WalkForwardResult,
  type WalkForwardStep,
  walkForward,
  walkForwardFolds,
} from './walk-forward.js';
