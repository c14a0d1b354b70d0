/** What a rebalance through order books takes and answers. */
import type {
  BookLevel,
  LimitOptions,
  OrderOptions,
  QueueLevel,
  Reason,
  Side,
  StpPolicy,
  SubmitResult,
  TimeInForce,
} from '../exchange/types.js';

/** What a rebalance asks of one exchange: every `Exchange` has it. */
export interface LobExchange {
  readonly priceScale: number;
  readonly stp: StpPolicy;
  bestBid(): number | null;
  bestAsk(): number | null;
  lastTradePrice(): number | null;
  depth(levels?: number): { readonly bids: readonly BookLevel[]; readonly asks: readonly BookLevel[] };
  fullBook(): { readonly bids: readonly QueueLevel[]; readonly asks: readonly QueueLevel[] };
  submitLimit(
    side: Side,
    price: number,
    quantity: number,
    tif?: TimeInForce,
    options?: LimitOptions,
  ): SubmitResult;
  submitMarket(side: Side, quantity: number, options?: OrderOptions): SubmitResult;
}

/** Exchanges by symbol: a `MultiExchange`. */
export interface LobMarket {
  has(symbol: string): boolean;
  exchange(symbol: string): LobExchange;
}

/** How the orders of a rebalance are sent. */
export interface LobOptions {
  /** Owner of the orders, for self-trade prevention: any safe integer, or null for none. Default null. */
  readonly owner?: number | null;
  /** Self-trade policy of the orders. Default: that of each exchange. */
  readonly stp?: StpPolicy;
  /**
   * Orders trade at most this many basis points worse than the reference price: from 0 to 1,000,000, up to three
   * decimals. The limit is rounded towards the reference. Default: no limit, orders take what the book has.
   */
  readonly maxSlippageBps?: number;
}

/**
 * Why an order got less than was wanted. `no-liquidity`: the book had no more; `slippage-limit`: what it had was beyond
 * the limit; `self-trade`: the own order stood in the way; `cash`: the cash did not cover it, or a sale would have cost
 * more than it brought while cash was short; `fraction`: less than a share, which a book does not trade.
 */
export type LobReason =
  Extract<Reason, 'no-liquidity' | 'self-trade'> | 'slippage-limit' | 'cash' | 'fraction';

/** One order of a rebalance through the books. */
export interface LobOrder {
  readonly symbol: string;
  readonly side: Side;
  /** Shares that the target asks for, within the order limits. */
  readonly wantedQuantity: number;
  readonly filledQuantity: number;
  /** `wantedQuantity` − `filledQuantity`; only the fraction of a holding makes it other than whole. */
  readonly unfilledQuantity: number;
  /** Ticks; may end in a half. */
  readonly referencePrice: number;
  /** Ticks; null when nothing was filled. */
  readonly averagePrice: number | null;
  /** How much worse than the reference price, in basis points of it; negative when better; null without a fill. */
  readonly slippageBps: number | null;
  /** The same in cents: the exact difference over all fills, rounded once, half to even. */
  readonly slippageCents: number;
  /** Value of the fills: the exact sum, rounded once, half to even. */
  readonly notionalCents: number;
  readonly costCents: number;
  /** Id on the exchange of the symbol; null when no order was sent. */
  readonly orderId: number | null;
  /** Null when all that was wanted was filled. */
  readonly reason: LobReason | null;
}

/** What a rebalance through the books did. */
export interface LobReport {
  /** `bankrupt`: the equity is 0 or less, or was at a recorded bar; no order is sent. */
  readonly status: 'ok' | 'bankrupt';
  /** Equity before the orders, at the reference prices. */
  readonly equityCents: number;
  readonly tradedCents: number;
  readonly costCents: number;
  /** Sum over the orders; positive when the fills were worse than the reference prices. */
  readonly slippageCents: number;
  /** Sells first, then buys, each in the order in which the symbols were first traded, new ones as in the targets. */
  readonly orders: readonly LobOrder[];
}
