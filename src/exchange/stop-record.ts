/** A stop on its way in, in the stop book, and on its way out. */
import type { DecimalFraction } from './trail.js';
import type { Side, StopOrder, StopStatus, StpPolicy, TimeInForce, Trail } from './types.js';

/** What the exchange hands over for a new stop; checked by the exchange. */
export interface NewStop {
  readonly id: number;
  readonly side: Side;
  readonly stopPrice: number;
  /** Limit of a stop-limit, else null. */
  readonly limitPrice: number | null;
  /** Distance of the limit of a trailing stop-limit from its stop price, else null. */
  readonly limitOffset: number | null;
  readonly quantity: number;
  readonly timeInForce: TimeInForce;
  /** Whether it becomes a market order; both limits are null then, and one of them is not otherwise. */
  readonly market: boolean;
  readonly trail: Trail | null;
  readonly owner: number | null;
  readonly stp: StpPolicy;
  readonly timestamp: number;
}

/** A stop on its way to become an order. */
export interface FiredStop {
  readonly id: number;
  readonly side: Side;
  readonly market: boolean;
  /** 0 for a market order. */
  readonly limitPrice: number;
  readonly quantity: number;
  readonly timeInForce: TimeInForce;
  readonly owner: number | null;
  readonly stp: StpPolicy;
  readonly timestamp: number;
}

/** A stop in the book, pending or done. */
export interface StopRecord extends NewStop {
  stopPrice: number;
  watermark: number | null;
  status: StopStatus;
  /** Of a percentage trail, else null. */
  readonly fraction: DecimalFraction | null;
  /** Its number in the heaps while it is pending. */
  slot: number;
}

/** What `getStopOrder` shows. */
export function toStopOrder(stop: StopRecord): StopOrder {
  return {
    id: stop.id,
    side: stop.side,
    stopPrice: stop.stopPrice,
    limitPrice: stop.limitPrice,
    limitOffset: stop.limitOffset,
    quantity: stop.quantity,
    timeInForce: stop.timeInForce,
    trail: stop.trail === null ? null : { ...stop.trail },
    watermark: stop.watermark,
    status: stop.status,
    owner: stop.owner,
    stp: stop.stp,
    timestamp: stop.timestamp,
  };
}

/** The order that a stop becomes at its present stop price. */
export function toFiredStop(stop: StopRecord): FiredStop {
  return {
    id: stop.id,
    side: stop.side,
    market: stop.market,
    limitPrice: firedLimit(stop),
    quantity: stop.quantity,
    timeInForce: stop.timeInForce,
    owner: stop.owner,
    stp: stop.stp,
    timestamp: stop.timestamp,
  };
}

function firedLimit(stop: StopRecord): number {
  if (stop.limitPrice !== null) return stop.limitPrice;
  if (stop.limitOffset === null) return 0;
  return stop.side === 'sell'
    ? Math.max(1, stop.stopPrice - stop.limitOffset)
    : Math.min(Number.MAX_SAFE_INTEGER, stop.stopPrice + stop.limitOffset);
}
