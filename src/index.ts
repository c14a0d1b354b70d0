/**
 * nb-backtest: exact backtests, portfolio accounting and performance metrics. This entry is pure: no files, no clock,
 * no Node modules; it runs in a browser as it is.
 */
export * from './backtest/index.js';
export { capabilities, type Feature, hasFeature } from './capabilities.js';
export type { Mat, Vec } from './check.js';
export * from './errors.js';
export * from './exchange/index.js';
export * from './indicators/index.js';
export * from './metrics/index.js';
export {
  centsToPrices,
  formatCents,
  type PricesToCentsOptions,
  parseMoneyCents,
  pricesToCents,
} from './money.js';
export * from './optimize/index.js';
export * from './portfolio/index.js';
export * from './report/index.js';
export * from './series/index.js';
export * from './statistics/index.js';
export * from './targets/index.js';
export { formatDate, parseDate } from './time.js';
export * from './validation/index.js';
export { version } from './version.js';
export * from './volatility/index.js';
