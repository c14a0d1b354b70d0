/**
 * When the last object of a class is collected, V8 forgets how such objects are laid out, and throws away the code that
 * it has made for them: the next exchange would begin slowly again. So the first exchange of a process makes a small
 * one that stays (about 30 kB) and has seen every kind of input.
 */
import type { OrderTarget } from './order-target.js';

const kept: object[] = [];
let asked = false;

/** Makes an exchange and keeps it, the first time it is called. */
export function keepOne(make: () => OrderTarget): void {
  if (asked) return;
  asked = true;
  const exchange = make();
  // More orders than a new exchange has room for, so that its memory grows.
  for (let i = 0; i < 24; i++)
    exchange.submitLimit('buy', 100 - i, 2, 'gtc', { owner: 1, stp: 'cancel-oldest' });
  exchange.submitMarket('sell', 3, { owner: 2 });
  exchange.submitLimit('sell', 99, 3, 'ioc', { owner: 1, stp: 'cancel-oldest' });
  exchange.modify(10, 91, 1);
  exchange.modify(11, 80, 1);
  exchange.cancel(12);
  exchange.submitStopMarket('sell', 50, 1, {});
  exchange.submitTrailingStopMarket('sell', 60, 1, { kind: 'fixed', offset: 5 }, {});
  exchange.onBar(102, 98, 100);
  kept.push(exchange);
}
