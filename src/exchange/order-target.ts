/** What takes the inputs of an exchange one by one: an `Exchange`, one among several, or a recorder. */
import { checkKeys, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import type { Event } from './event.js';
import { EVENT_FORMS, EVENT_KEYS, EVENT_TYPES } from './event-fields.js';
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

/**
 * Calls the method of `target` that `event` records. Owner and policy are always given: they are part of the event.
 * Throws `ValidationError` for what is no event, and for an event of a symbol: that belongs to a `MultiExchange`.
 */
export function applyEvent(target: OrderTarget, event: Event): void {
  if (typeof event !== 'object' || event === null) {
    const fix = 'pass what exchange.events() or eventsFromJsonl(log).events gave';
    throw new ValidationError('event', event, 'an event: an object with a type', fix);
  }
  if ((event as { symbol?: unknown }).symbol !== undefined) {
    const { symbol } = event as { symbol?: unknown };
    const fix =
      'replay the events of several symbols with MultiExchange.replay, or pick those of one exchange';
    throw new ValidationError('event.symbol', symbol, 'absent: one book has no symbols', fix);
  }
  checkFields(event);
  applyRouted(target, event);
}

/** Throws unless the event has a known type, every field of it, and no other: what is absent would get a default. */
function checkFields(event: Event): void {
  const type = checkOneOf('event.type', event.type, EVENT_TYPES);
  checkKeys('event', event, EVENT_KEYS.get(type)!);
  for (const { key } of EVENT_FORMS.get(type)!.required) {
    if (event[key as keyof Event] === undefined) {
      throw new ValidationError(`event.${key}`, undefined, `given for ${type}`, 'add it');
    }
  }
}

/** As `applyEvent`, for an event whose symbol, if it has one, has found its target. */
export function applyRouted(target: OrderTarget, event: Event): void {
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
      return;
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
