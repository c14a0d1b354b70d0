/** Orders, trades and answers of the exchange under snake_case names, and the words nanobook has for their states. */
import type { Event as CamelEvent } from '../exchange/event.js';
import type {
  CancelResult as CamelCancelResult,
  ModifyResult as CamelModifyResult,
  Order as CamelOrder,
  StopOrder as CamelStopOrder,
  StopResult as CamelStopResult,
  SubmitResult as CamelSubmitResult,
  Trade as CamelTrade,
  OrderStatus,
  Reason,
  Side,
  StopStatus,
  StpPolicy,
  TimeInForce,
  Trail,
} from '../exchange/types.js';

/** A trade. `price_float` is the price in currency units. */
export interface Trade {
  readonly trade_id: number;
  readonly price: number;
  readonly price_float: number;
  readonly quantity: number;
  readonly aggressor_order_id: number;
  readonly passive_order_id: number;
  readonly aggressor_side: Side;
  readonly timestamp: number;
}

/** An order as it stands. `price` is null for a market order; the last five fields are ours. */
export interface Order {
  readonly id: number;
  readonly side: Side;
  readonly price: number | null;
  readonly original_quantity: number;
  readonly filled_quantity: number;
  readonly remaining_quantity: number;
  /** new, partiallyfilled, filled, cancelled or rejected. */
  readonly status: string;
  readonly time_in_force: TimeInForce;
  readonly timestamp: number;
  readonly cancelled_quantity: number;
  readonly reason: Reason | null;
  readonly post_only: boolean;
  readonly owner: number | null;
  readonly stp_policy: StpPolicy;
}

/** A stop as it stands. The limit of a trailing stop-limit is where it stands now. */
export interface StopOrder {
  readonly id: number;
  readonly side: Side;
  readonly stop_price: number;
  readonly limit_price: number | null;
  readonly quantity: number;
  readonly status: StopStatus;
  readonly timestamp: number;
  readonly trail: Trail | null;
  readonly watermark: number | null;
}

/** What became of an order on arrival. Status: New, PartiallyFilled, Filled or Cancelled. */
export interface SubmitResult {
  readonly order_id: number;
  readonly status: string;
  readonly filled_quantity: number;
  readonly resting_quantity: number;
  readonly cancelled_quantity: number;
  readonly trades: readonly Trade[];
  /** Why it did not do what was asked; ours. */
  readonly reason: Reason | null;
}

/** What became of a stop on arrival. Status: Pending or Triggered. */
export interface StopSubmitResult {
  readonly order_id: number;
  readonly status: string;
}

/** `error` is OrderNotFound, OrderNotActive or null. */
export interface CancelResult {
  readonly success: boolean;
  readonly cancelled_quantity: number;
  readonly error: string | null;
}

/** `error` is OrderNotFound, OrderNotActive, WouldCross, PendingStop or null. Both ids are the same: it stays. */
export interface ModifyResult {
  readonly success: boolean;
  readonly old_order_id: number;
  readonly new_order_id: number | null;
  /** What self-trade prevention cancelled. */
  readonly cancelled_quantity: number;
  readonly trades: readonly Trade[];
  readonly error: string | null;
}

/** An input of an exchange: what kind it is, and the fields of that kind. */
export interface Event {
  readonly kind:
    | 'submit_limit'
    | 'submit_market'
    | 'cancel'
    | 'modify'
    | 'submit_stop_market'
    | 'submit_stop_limit'
    | 'submit_trailing_stop_market'
    | 'submit_trailing_stop_limit'
    | 'bar';
  /** Counts from 1. */
  readonly seq: number;
  readonly side?: Side;
  readonly price?: number;
  readonly quantity?: number;
  readonly time_in_force?: TimeInForce;
  readonly post_only?: boolean;
  readonly owner?: number | null;
  readonly stp_policy?: StpPolicy;
  readonly order_id?: number;
  readonly stop_price?: number;
  readonly limit_price?: number;
  readonly limit_offset?: number;
  readonly trail?: Trail;
  readonly high?: number;
  readonly low?: number;
  readonly close?: number;
}

/** nanobook's words for the states of an answer. It knows no rejected orders: they are cancelled. */
const STATUS: Readonly<Record<OrderStatus | StopStatus, string>> = {
  new: 'New',
  'partially-filled': 'PartiallyFilled',
  filled: 'Filled',
  cancelled: 'Cancelled',
  rejected: 'Cancelled',
  pending: 'Pending',
  triggered: 'Triggered',
};

const ERRORS: Readonly<Partial<Record<Reason, string>>> = {
  'unknown-order': 'OrderNotFound',
  'not-open': 'OrderNotActive',
  'pending-stop': 'PendingStop',
  'would-cross': 'WouldCross',
};

function errorOf(result: CamelCancelResult | CamelModifyResult): string | null {
  return result.status === 'refused' && result.reason !== null ? (ERRORS[result.reason] ?? null) : null;
}

/** A trade at `scale` ticks of a currency unit. */
export function snakeTrade(trade: CamelTrade, scale: number): Trade {
  return {
    trade_id: trade.id,
    price: trade.price,
    price_float: trade.price / scale,
    quantity: trade.quantity,
    aggressor_order_id: trade.aggressorOrderId,
    passive_order_id: trade.passiveOrderId,
    aggressor_side: trade.aggressorSide,
    timestamp: trade.timestamp,
  };
}

/** An order. */
export function snakeOrder(order: CamelOrder): Order {
  return {
    id: order.id,
    side: order.side,
    price: order.price,
    original_quantity: order.quantity,
    filled_quantity: order.filledQuantity,
    remaining_quantity: order.remainingQuantity,
    status: order.status.replace('-', ''),
    time_in_force: order.timeInForce,
    timestamp: order.timestamp,
    cancelled_quantity: order.cancelledQuantity,
    reason: order.reason,
    post_only: order.postOnly,
    owner: order.owner,
    stp_policy: order.stp,
  };
}

/** A stop. */
export function snakeStop(stop: CamelStopOrder): StopOrder {
  const { side, stopPrice, limitPrice, limitOffset } = stop;
  const trailed =
    limitOffset === null
      ? limitPrice
      : side === 'sell'
        ? Math.max(1, stopPrice - limitOffset)
        : Math.min(Number.MAX_SAFE_INTEGER, stopPrice + limitOffset);
  return {
    id: stop.id,
    side,
    stop_price: stopPrice,
    limit_price: trailed,
    quantity: stop.quantity,
    status: stop.status,
    timestamp: stop.timestamp,
    trail: stop.trail,
    watermark: stop.watermark,
  };
}

/** The answer to an order. */
export function snakeSubmit(result: CamelSubmitResult, scale: number): SubmitResult {
  return {
    order_id: result.orderId,
    status: STATUS[result.status],
    filled_quantity: result.filledQuantity,
    resting_quantity: result.restingQuantity,
    cancelled_quantity: result.cancelledQuantity,
    trades: result.trades.map((trade) => snakeTrade(trade, scale)),
    reason: result.reason,
  };
}

/** The answer to a stop. */
export function snakeStopSubmit(result: CamelStopResult): StopSubmitResult {
  return { order_id: result.orderId, status: STATUS[result.status] };
}

/** The answer to a cancel. */
export function snakeCancel(result: CamelCancelResult): CancelResult {
  const success = result.status !== 'refused';
  return { success, cancelled_quantity: result.cancelledQuantity, error: errorOf(result) };
}

/** The answer to a modification. */
export function snakeModify(result: CamelModifyResult, scale: number): ModifyResult {
  const success = result.status !== 'refused';
  return {
    success,
    old_order_id: result.orderId,
    new_order_id: success ? result.orderId : null,
    cancelled_quantity: result.cancelledQuantity,
    trades: result.trades.map((trade) => snakeTrade(trade, scale)),
    error: errorOf(result),
  };
}

/** An event under snake_case names. */
export function snakeEvent(event: CamelEvent): Event {
  const { type, ...fields } = event;
  const renamed = Object.entries(fields).map(([key, value]) => [snake(key), value]);
  return { kind: snake(type).slice(1), ...Object.fromEntries(renamed) } as unknown as Event;
}

/** The event behind one of `snakeEvent`. */
export function camelEvent(event: Event): CamelEvent {
  const { kind, ...fields } = event;
  const renamed = Object.entries(fields).map(([key, value]) => [camel(key), value]);
  return { type: camel(`_${kind}`), ...Object.fromEntries(renamed) } as unknown as CamelEvent;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
