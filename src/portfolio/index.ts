/** The public names of portfolio accounting. */
export { type CostModel, type CostModelOptions, costModel } from './cost-model.js';
export type { BySymbol } from './by-symbol.js';
export type { LobExchange, LobMarket, LobOptions, LobOrder, LobReason, LobReport } from './lob-types.js';
export { Portfolio } from './portfolio.js';
export type { Position } from './position.js';
export type { PortfolioJson } from './serialize.js';
export type {
  OrderLimits,
  PortfolioOptions,
  PortfolioSnapshot,
  RebalanceReport,
  RebalanceTrade,
} from './types.js';
