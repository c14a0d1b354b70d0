/** The public names of the performance metrics. */
export { benchmarkMetrics } from './benchmark.js';
export { monthlyReturns, yearlyReturns } from './calendar.js';
export { computeMetrics } from './compute-metrics.js';
export { drawdownSeries, drawdownTable, maxDrawdown, rollingMaxDrawdown, ulcerIndex } from './drawdown.js';
export { cagr, calmar, sharpe, sortino, totalReturn, volatility } from './ratios.js';
export { metricsToRecord, type MetricsRecordOptions } from './record.js';
export { rollingSharpe, rollingSortino, rollingVolatility } from './rolling.js';
export { rollingBeta, rollingCorrelation } from './rolling-benchmark.js';
export {
  type DeflatedSharpeOptions,
  deflatedSharpe,
  expectedMaxSharpe,
  minTrackRecordLength,
  type ProbabilisticSharpeOptions,
  probabilisticSharpe,
  type SharpeSample,
  type SharpeTrials,
  type TrackRecordOptions,
} from './sharpe-inference.js';
export { cvar, tailRatio, valueAtRisk } from './tail-risk.js';
export type {
  BenchmarkMetrics,
  BenchmarkOptions,
  CalendarOptions,
  CvarMethod,
  Drawdown,
  DrawdownTableOptions,
  Metrics,
  MetricsOptions,
  MetricsProfile,
  MonthReturn,
  NanPolicy,
  OmegaOptions,
  RollingOptions,
  RollingSharpeOptions,
  TailOptions,
  TailRatioOptions,
  UlcerOptions,
  YearReturn,
} from './types.js';
export { kelly, omega, payoffRatio, profitFactor, winRate } from './win-loss.js';
