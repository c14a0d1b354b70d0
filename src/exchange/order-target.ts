/** What takes the inputs of an exchange one by one: an `Exchange`, one among several, or a recorder. */
import type { Event } from './event.js';
import type { LimitOptions, OrderOptions, Side, TimeInForce, Trail } from './types.js';

/** The methods of `Exchange` that are inputs; what they answer is left to who calls. */
export interface OrderTarget {
  submitLimit(side: Side, price: number, quantity: number, tif: TimeInForce, o: LimitOptions): unknown;
  submitMarket(side: Side, quantity: number, o: OrderOptions): unknown;
  cancel(orderId: number): unknown;
  modify(orderId: number, price: number, quantity: number): unknown;
  submitStopMarket(side: Side, stopPrice: number, quantity: number, o: OrderOptions): unknown;
  submitStopLimit(
    side: Side,
    stopPrice: number,
    limitPrice: number,
    quantity: number,
    tif: TimeInForce,
    o: OrderOptions,
  ): unknown;
  submitTrailingStopMarket(
    side: Side,
    stopPrice: number,
    quantity: number,
    trail: Trail,
    o: OrderOptions,
  ): unknown;
  submitTrailingStopLimit(
    side: Side,
    stopPrice: number,
    quantity: number,
    trail: Trail,
    limitOffset: number,
    o: OrderOptions,
  ): unknown;
  onBar(high: number, low: number, close: number): unknown;
}

/** The target of the events of a symbol; null where the log names none. Asked once for each symbol. */
export type EventRoute = (symbol: string | null) => OrderTarget;

/** Calls the method of `target` that `event` records. Owner and policy are always given: they are part of the event. */
export function applyEvent(target: OrderTarget, event: Event): void {
  switch (event.type) {
    case 'SubmitLimit': {
      const { owner, stpPolicy: stp, postOnly } = event;
      target.submitLimit(event.side, event.price, event.quantity, event.timeInForce, {
        owner,
        stp,
        postOnly,
      });
      return;
    }
    case 'SubmitMarket':
      target.submitMarket(event.side, event.quantity, ownedBy(event));
      return;
    case 'Cancel':
      target.cancel(event.orderId);
      return;
    case 'Modify':
      target.modify(event.orderId, event.price, event.quantity);
      return;
    case 'SubmitStopMarket':
      target.submitStopMarket(event.side, event.stopPrice, event.quantity, ownedBy(event));
      return;
    case 'SubmitStopLimit': {
      const { side, stopPrice, limitPrice, quantity, timeInForce } = event;
      target.submitStopLimit(side, stopPrice, limitPrice, quantity, timeInForce, ownedBy(event));
      return;
    }
    case 'SubmitTrailingStopMarket': {
      const { side, stopPrice, quantity, trail } = event;
      target.submitTrailingStopMarket(side, stopPrice, quantity, trail, ownedBy(event));
      return;
    }
    case 'SubmitTrailingStopLimit': {
      const { side, stopPrice, quantity, trail, limitOffset } = event;
      target.submitTrailingStopLimit(side, stopPrice, quantity, trail, limitOffset, ownedBy(event));
      return;
    }
    case 'Bar':
      target.onBar(event.high, event.low, event.close);
  }
}

function ownedBy({
  owner,
  stpPolicy,
}: {
  readonly owner: number | null;
  readonly stpPolicy: NonNullable<OrderOptions['stp']>;
}): OrderOptions {
  return { owner, stp: stpPolicy };
}
