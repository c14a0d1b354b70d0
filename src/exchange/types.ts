/** The words of the exchange: sides, policies, orders, trades, stops and what a submission answers. */

/** Of an order, or of the order that came later to a trade. */
export type Side = 'buy' | 'sell';

/** How long an order lives: until cancelled; at once or never; at once in full or never. */
export type TimeInForce = 'gtc' | 'ioc' | 'fok';

/**
 * What happens when an order meets another one of its owner. The policy of the incoming order decides:
 * `cancel-newest` cancels the incoming order, `cancel-oldest` the resting one and goes on, `decrement-and-cancel` the
 * smaller of the two, and the resting one when they are equal. Orders without an owner never meet their own.
 */
export type StpPolicy = 'off' | 'cancel-newest' | 'cancel-oldest' | 'decrement-and-cancel';

/**
 * `new`: open, nothing filled. `partially-filled`: some filled; open if anything remains, else the rest was cancelled on
 * arrival. `rejected`: nothing happened (fill-or-kill that cannot fill, post-only that would trade).
 */
export type OrderStatus = 'new' | 'partially-filled' | 'filled' | 'cancelled' | 'rejected';

/** `triggered`: it became an order, which `getOrder` has. */
export type StopStatus = 'pending' | 'triggered' | 'cancelled';

/** Why an order, or a part of it, did not do what was asked. */
export type Reason =
  | 'fok-unfilled'
  | 'would-cross'
  | 'self-trade'
  | 'no-liquidity'
  | 'unknown-order'
  | 'not-open'
  | 'pending-stop';

/** How a trailing stop follows the market. */
export type Trail =
  | { readonly kind: 'fixed'; /** Ticks, at least 1. */ readonly offset: number }
  | {
      readonly kind: 'percentage';
      /** Above 0 and below 1; read by its decimal digits. */ readonly fraction: number;
    }
  | {
      readonly kind: 'atr';
      /** Above 0. */
      readonly multiplier: number;
      /** Bars, at least 1. */
      readonly period: number;
    };

/** Options of every submission. */
export interface OrderOptions {
  /** Any safe integer, or null for none. Default null. */
  readonly owner?: number | null | undefined;
  /** Default: the policy of the exchange. */
  readonly stp?: StpPolicy | undefined;
}

/** Options of a limit order. */
export interface LimitOptions extends OrderOptions {
  /** Reject the order instead of trading at once. With `gtc` only. Default false. */
  readonly postOnly?: boolean | undefined;
}

/** Two orders met. */
export interface Trade {
  readonly id: number;
  /** The resting order's. */
  readonly price: number;
  readonly quantity: number;
  readonly aggressorOrderId: number;
  readonly passiveOrderId: number;
  readonly aggressorSide: Side;
  readonly timestamp: number;
}

/** An order as it stands. `quantity` = filled + remaining + cancelled, always. */
export interface Order {
  readonly id: number;
  readonly side: Side;
  /** Ticks; null for a market order. */
  readonly price: number | null;
  readonly quantity: number;
  readonly filledQuantity: number;
  /** Open quantity; 0 when the order is done. */
  readonly remainingQuantity: number;
  readonly cancelledQuantity: number;
  readonly status: OrderStatus;
  /** Why it was rejected or cancelled, if not by `cancel`. */
  readonly reason: Reason | null;
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
  readonly owner: number | null;
  readonly stp: StpPolicy;
  /** Tick of the submission, or of the last modification that lost priority. */
  readonly timestamp: number;
}

/** A stop order as it stands. Once triggered, `getOrder` of the same id has the order it became. */
export interface StopOrder {
  readonly id: number;
  readonly side: Side;
  /** Where it triggers now: a trailing stop moves it. */
  readonly stopPrice: number;
  /** Limit of a stop-limit; null for the others. */
  readonly limitPrice: number | null;
  /** Distance of a trailing stop's limit from its stop price; null for the others. */
  readonly limitOffset: number | null;
  readonly quantity: number;
  readonly timeInForce: TimeInForce;
  readonly trail: Trail | null;
  /** Best trade price since the submission (highest for a sell, lowest for a buy); null before the first. */
  readonly watermark: number | null;
  readonly status: StopStatus;
  readonly owner: number | null;
  readonly stp: StpPolicy;
  readonly timestamp: number;
}

/** What became of an order on arrival. */
export interface SubmitResult {
  readonly orderId: number;
  readonly status: OrderStatus;
  readonly reason: Reason | null;
  readonly filledQuantity: number;
  readonly restingQuantity: number;
  readonly cancelledQuantity: number;
  /** Its own trades; those of stops it set off are in `trades()`. */
  readonly trades: readonly Trade[];
  /** Ids of the stops it set off, in the order they fired. */
  readonly triggered: readonly number[];
}

/** What became of a stop order on arrival. */
export interface StopResult {
  readonly orderId: number;
  /** `triggered` when the market already stood beyond the stop: `getOrder` has the order. */
  readonly status: StopStatus;
  /** Ids of the stops that fired, this one first. */
  readonly triggered: readonly number[];
}

/** What became of a cancel. When refused, nothing changed. */
export interface CancelResult {
  readonly orderId: number;
  readonly status: 'cancelled' | 'refused';
  readonly reason: Reason | null;
  readonly cancelledQuantity: number;
}

/** What became of a modification. When refused, nothing changed. */
export interface ModifyResult {
  readonly orderId: number;
  readonly status: OrderStatus | 'refused';
  readonly reason: Reason | null;
  /** Whether the order kept its place in the queue. */
  readonly keptPriority: boolean;
  /** Filled by this modification. */
  readonly filledQuantity: number;
  readonly restingQuantity: number;
  readonly cancelledQuantity: number;
  readonly trades: readonly Trade[];
  readonly triggered: readonly number[];
}

/** One price of the book. */
export interface BookLevel {
  readonly price: number;
  readonly quantity: number;
  readonly orderCount: number;
}

/** An order in its queue. */
export interface QueuedOrder {
  readonly id: number;
  readonly quantity: number;
  readonly owner: number | null;
  readonly timestamp: number;
  /** Orders before it at its price. */
  readonly position: number;
  /** Quantity before it at its price. */
  readonly quantityAhead: number;
}

/** One price of the book, order by order, oldest first. */
export interface QueueLevel extends BookLevel {
  readonly orders: readonly QueuedOrder[];
}
