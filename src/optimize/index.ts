/** Portfolio optimizers: the best weights under limits, with the proof. */
export type {
  CovarianceName,
  CovarianceOptions,
  GroupLimit,
  OptimizedPortfolio,
  OptimizeStatus,
  PortfolioLimits,
  ReturnRows,
} from './types.js';
export { optimizeCdar, optimizeCdarDetailed } from './cdar.js';
export { optimizeCvar, optimizeCvarDetailed } from './cvar.js';
export { portfolioCdar, portfolioCvar } from './portfolio-tail.js';
export type { TailDual } from './tail-dual.js';
export type { TailPortfolio } from './tail-portfolio.js';
export {
  type BlackLittermanInput,
  type BlackLittermanResult,
  type BlackLittermanView,
  blackLitterman,
} from './black-litterman.js';
export { type CovarianceEstimateOptions, estimateCovariance } from './estimate-covariance.js';
export { type HrpPortfolio, optimizeHrp, optimizeHrpDetailed } from './hrp.js';
export { inverseCdarWeights, inverseCvarWeights } from './inverse-tail.js';
export { riskContributions } from './risk-contributions.js';
export {
  optimizeRiskParity,
  optimizeRiskParityDetailed,
  type RiskParityOptions,
  type RiskParityPortfolio,
} from './risk-parity.js';
export type { ExpectedReturnOptions } from './expected-returns.js';
export {
  type EfficientFrontier,
  efficientFrontier,
  type FrontierOptions,
  type FrontierPoint,
} from './frontier.js';
export { optimizeMaxDiversification, optimizeMaxDiversificationDetailed } from './max-diversification.js';
export { optimizeMaxSharpe, optimizeMaxSharpeDetailed, type SharpeOptions } from './max-sharpe.js';
export { optimizeMinVariance, optimizeMinVarianceDetailed, type VarianceOptions } from './min-variance.js';
