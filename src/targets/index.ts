/** The public names for making target weights from prices. */
export { buildWeightSchedule } from './build-weight-schedule.js';
export { type InverseVolatilityOptions, inverseVolatilityWeights } from './inverse-volatility.js';
export { type MomentumOptions, momentumWeights } from './momentum.js';
export {
  type OptimizedSchedule,
  optimizedWeights,
  type OptimizedWeightsOptions,
} from './optimized-weights.js';
export type { OptimizerName, OptimizerSettings } from './optimizer-names.js';
export type { OptimizerFallback } from './optimizer-walk.js';
export { type TrendOptions, trendWeights } from './trend.js';
export type {
  ClosePrices,
  PastPrices,
  ScoreFunction,
  SizeFunction,
  SkippedTarget,
  TargetInput,
  TargetSchedule,
} from './types.js';
export { zscore, type ZscoreOptions } from './zscore.js';
export { zscoreWeights, type ZscoreWeightsOptions } from './zscore-weights.js';
