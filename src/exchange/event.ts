/** The inputs of an exchange, one object each: what `Exchange.events` gives and `Exchange.replay` takes. */
import type { Side, StpPolicy, TimeInForce, Trail } from './types.js';

/** What every event has. */
export interface NumberedEvent {
  /** Counts from 1 in the order of arrival. */
  readonly seq: number;
}

/** What every submission has. */
export interface OwnedEvent {
  /** Null: nobody. */
  readonly owner: number | null;
  readonly stpPolicy: StpPolicy;
}

/** A limit order. */
export interface SubmitLimitEvent extends NumberedEvent, OwnedEvent {
  readonly type: 'SubmitLimit';
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
}

/** A market order. */
export interface SubmitMarketEvent extends NumberedEvent, OwnedEvent {
  readonly type: 'SubmitMarket';
  readonly side: Side;
  readonly quantity: number;
}

/** A cancel, also one that was refused. */
export interface CancelEvent extends NumberedEvent {
  readonly type: 'Cancel';
  readonly orderId: number;
}

/** A modification, also one that was refused. */
export interface ModifyEvent extends NumberedEvent {
  readonly type: 'Modify';
  readonly orderId: number;
  readonly price: number;
  /** The new open quantity. */
  readonly quantity: number;
}

/** A stop that becomes a market order. */
export interface SubmitStopMarketEvent extends NumberedEvent, OwnedEvent {
  readonly type: 'SubmitStopMarket';
  readonly side: Side;
  readonly stopPrice: number;
  readonly quantity: number;
}

/** A stop that becomes a limit order. */
export interface SubmitStopLimitEvent extends NumberedEvent, OwnedEvent {
  readonly type: 'SubmitStopLimit';
  readonly side: Side;
  readonly stopPrice: number;
  readonly limitPrice: number;
  readonly quantity: number;
  readonly timeInForce: TimeInForce;
}

/** A trailing stop that becomes a market order. */
export interface SubmitTrailingStopMarketEvent extends NumberedEvent, OwnedEvent {
  readonly type: 'SubmitTrailingStopMarket';
  readonly side: Side;
  readonly stopPrice: number;
  readonly quantity: number;
  readonly trail: Trail;
}

/** A trailing stop that becomes a limit order. */
export interface SubmitTrailingStopLimitEvent extends NumberedEvent, OwnedEvent {
  readonly type: 'SubmitTrailingStopLimit';
  readonly side: Side;
  readonly stopPrice: number;
  readonly quantity: number;
  readonly trail: Trail;
  readonly limitOffset: number;
}

/** A bar of the market: feeds the average true range of trailing stops. */
export interface BarEvent extends NumberedEvent {
  readonly type: 'Bar';
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** One input of an exchange. */
export type Event =
  | SubmitLimitEvent
  | SubmitMarketEvent
  | CancelEvent
  | ModifyEvent
  | SubmitStopMarketEvent
  | SubmitStopLimitEvent
  | SubmitTrailingStopMarketEvent
  | SubmitTrailingStopLimitEvent
  | BarEvent;

/** An input of one exchange among several. */
export type SymbolEvent = Event & { readonly symbol: string };
