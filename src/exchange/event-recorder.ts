/** A target that keeps the inputs it is given as events. */
import type { Event, SymbolEvent } from './event.js';
import type { OrderTarget } from './order-target.js';

/** Keeps the events of one log, numbered in the order in which they come, whatever exchange they are for. */
export class EventRecorder {
  readonly events: (Event | SymbolEvent)[] = [];

  /** A target whose events carry `symbol`, or none for null. */
  target(symbol: string | null): OrderTarget {
    const { events } = this;
    const add = (event: Event): void => {
      events.push(symbol === null ? event : { ...event, symbol });
    };
    const next = (): number => events.length + 1;
    return {
      submitLimit(side, price, quantity, timeInForce, { owner = null, stp = 'off', postOnly = false }) {
        const own = { owner, stpPolicy: stp, postOnly };
        add({ type: 'SubmitLimit', seq: next(), side, price, quantity, timeInForce, ...own });
      },
      submitMarket(side, quantity, { owner = null, stp = 'off' }) {
        add({ type: 'SubmitMarket', seq: next(), side, quantity, owner, stpPolicy: stp });
      },
      cancel(orderId) {
        add({ type: 'Cancel', seq: next(), orderId });
      },
      modify(orderId, price, quantity) {
        add({ type: 'Modify', seq: next(), orderId, price, quantity });
      },
      submitStopMarket(side, stopPrice, quantity, { owner = null, stp = 'off' }) {
        add({ type: 'SubmitStopMarket', seq: next(), side, stopPrice, quantity, owner, stpPolicy: stp });
      },
      submitStopLimit(side, stopPrice, limitPrice, quantity, timeInForce, { owner = null, stp = 'off' }) {
        const order = { side, stopPrice, limitPrice, quantity, timeInForce };
        add({ type: 'SubmitStopLimit', seq: next(), ...order, owner, stpPolicy: stp });
      },
      submitTrailingStopMarket(side, stopPrice, quantity, trail, { owner = null, stp = 'off' }) {
        const order = { side, stopPrice, quantity, trail };
        add({ type: 'SubmitTrailingStopMarket', seq: next(), ...order, owner, stpPolicy: stp });
      },
      submitTrailingStopLimit(side, stopPrice, quantity, trail, limitOffset, { owner = null, stp = 'off' }) {
        const order = { side, stopPrice, quantity, trail, limitOffset };
        add({ type: 'SubmitTrailingStopLimit', seq: next(), ...order, owner, stpPolicy: stp });
      },
      onBar(high, low, close) {
        add({ type: 'Bar', seq: next(), high, low, close });
      },
    };
  }
}
