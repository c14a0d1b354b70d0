/** Options shared by `Portfolio` and the backtest. */

/** Order limits of a rebalance. All default to off. */
export interface OrderLimits {
  /** Orders of less than this many cents are not sent. Exits are exempt. */
  readonly minOrderValue?: number;
  /** An order is cut down to this many cents. 0: no limit. */
  readonly maxOrderValue?: number;
  /** A symbol whose weight is within this many basis points of its target is left alone. Exits are exempt. */
  readonly noTradeBandBps?: number;
  /** Only this many orders of a rebalance are sent, the largest first; ties by symbol name. 0: no limit. */
  readonly maxTradesPerRebalance?: number;
  /** All orders of a rebalance are scaled down until they sum to this many cents. 0: no limit. */
  readonly maxRebalanceNotional?: number;
}

/** Options of `Portfolio`: lots, prices, leverage and order limits. */
export interface PortfolioOptions extends OrderLimits {
  /** Smallest tradable part of a share: 1 (whole shares), 0.1 … 0.000001, or a lot of several shares. Default 1e-6. */
  readonly quantityStep?: number;
  /** Ticks per currency unit of the prices. Default 100: prices are cents. */
  readonly priceScale?: number;
  /** Largest allowed sum of absolute target weights. Default 1. */
  readonly maxGross?: number;
  readonly allowShort?: boolean;
  /** Whether targets are sized from the equity before (`gross`) or after (`net`) the costs. Default gross. */
  readonly costTarget?: 'gross' | 'net';
}

/** A portfolio at given prices; amounts in cents. */
export interface PortfolioSnapshot {
  readonly cash: number;
  readonly equity: number;
  readonly realized: number;
  readonly unrealized: number;
  readonly weights: Readonly<Record<string, number>>;
  readonly numPositions: number;
}

/** One order of a rebalance. */
export interface RebalanceTrade {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  /** Ticks. */
  readonly price: number;
  readonly notionalCents: number;
  readonly costCents: number;
}

/** What a rebalance did. */
export interface RebalanceReport {
  /** `bankrupt`: the equity is 0 or less, or was at a recorded bar; nothing is traded. */
  readonly status: 'ok' | 'bankrupt';
  /** Equity before the trades. */
  readonly equityCents: number;
  readonly tradedCents: number;
  readonly costCents: number;
  /** Sells first, then buys. */
  readonly trades: readonly RebalanceTrade[];
}
