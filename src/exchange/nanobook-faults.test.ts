/** What nanobook 0.19.2 was measured to do wrong with orders, one test each. The numbers are those of that list. */
import t from 'tap';
import type { Event } from './event.js';
import { eventsFromJsonl, eventsToJsonl, parseEvent } from './event-json.js';
import { Exchange } from './exchange.js';
import { MultiExchange } from './multi-exchange.js';

t.test('N20: an order of nothing, a price of nothing and a trail of nothing are refused', async (t) => {
  const exchange = new Exchange();
  exchange.submitLimit('buy', 100, 10);
  const before = { hash: exchange.stateHash(), events: exchange.events() };
  const refused = (action: () => unknown, field: string): void => {
    t.throws(action, { code: 'VALIDATION', detail: { field } }, field);
  };
  refused(() => exchange.submitLimit('buy', 100, 0), 'quantity');
  refused(() => exchange.submitLimit('buy', -5, 10), 'price');
  refused(() => exchange.submitLimit('buy', 0, 10), 'price');
  refused(() => exchange.submitMarket('buy', 0), 'quantity');
  refused(() => exchange.modify(1, 0, 10), 'price');
  refused(() => exchange.submitStopMarket('sell', -1, 10), 'stopPrice');
  refused(() => exchange.submitStopMarket('sell', 90, 0), 'quantity');
  for (const fraction of [-0.1, 0, 1, 1.5, Number.NaN]) {
    const trail = { kind: 'percentage', fraction } as const;
    refused(() => exchange.submitTrailingStopMarket('sell', 90, 10, trail), 'trail.fraction');
  }
  const nothing = { kind: 'fixed', offset: 0 } as const;
  refused(() => exchange.submitTrailingStopMarket('sell', 90, 10, nothing), 'trail.offset');
  t.equal(exchange.stateHash(), before.hash);
  t.strictSame(exchange.events(), before.events);

  exchange.submitLimit('sell', 200, 9007199254740991);
  t.throws(() => exchange.submitLimit('sell', 200, 1), { code: 'OVERFLOW' }, 'a level does not saturate');
  t.equal(exchange.depth().asks[0]!.quantity, 9007199254740991);
});

t.test('N21: an event goes through JSON, and owner and policy with it', async (t) => {
  const live = new Exchange();
  live.submitLimit('sell', 100, 10, 'gtc', { owner: 7 });
  live.submitLimit('sell', 100, 10, 'gtc', { owner: 8 });
  live.submitLimit('buy', 100, 10, 'gtc', { owner: 7, stp: 'cancel-oldest' });
  live.submitStopLimit('sell', 90, 89, 5, 'ioc', { owner: -1, stp: 'decrement-and-cancel' });
  live.submitTrailingStopMarket('buy', 120, 5, { kind: 'percentage', fraction: 0.05 }, { owner: 0 });
  const events = JSON.parse(JSON.stringify(live.events())) as Event[];
  t.strictSame(events, live.events());
  t.match(events[2], { owner: 7, stpPolicy: 'cancel-oldest' });
  t.strictSame(eventsFromJsonl(eventsToJsonl(live.events())).events, live.events());

  const again = Exchange.replay(events);
  t.equal(again.stateHash(), live.stateHash());
  t.equal(again.trades()[0]!.passiveOrderId, 2, 'order 1 was cancelled, not traded with');
  const lossy = Exchange.replay(
    events.map((event) => ('owner' in event ? { ...event, owner: null } : event)),
  );
  t.equal(lossy.trades()[0]!.passiveOrderId, 1, 'without owners the replay would be another market');
});

t.test('N22: what is done to an exchange of a MultiExchange is done', async (t) => {
  const multi = new MultiExchange();
  const exchange = multi.exchange('A');
  exchange.submitLimit('buy', 100, 10);
  exchange.submitLimit('sell', 101, 10);
  t.strictSame(multi.bestPrices(), [['A', 100, 101]]);
  exchange.cancel(1);
  t.strictSame(multi.bestPrices(), [['A', null, 101]]);
});

t.test('N23: the full book has every order, not sums', async (t) => {
  const exchange = new Exchange();
  exchange.submitLimit('buy', 100, 10, 'gtc', { owner: 7 });
  exchange.submitLimit('buy', 100, 20);
  exchange.submitLimit('buy', 100, 30);
  exchange.submitMarket('sell', 4);
  const book = exchange.fullBook();
  t.strictSame(book.bids, [
    {
      price: 100,
      quantity: 56,
      orderCount: 3,
      orders: [
        { id: 1, quantity: 6, owner: 7, timestamp: 1, position: 0, quantityAhead: 0 },
        { id: 2, quantity: 20, owner: null, timestamp: 2, position: 1, quantityAhead: 6 },
        { id: 3, quantity: 30, owner: null, timestamp: 3, position: 2, quantityAhead: 26 },
      ],
    },
  ]);
  t.strictSame(book.queuePosition(3), { side: 'buy', price: 100, position: 2, quantityAhead: 26 });
});

t.test('N31: a price of 64 bits is refused by name, not wrapped around and not rounded', async (t) => {
  const exchange = new Exchange();
  const hash = exchange.stateHash();
  for (const price of [2 ** 63, -(2 ** 63), 2 ** 53, 9223372036854775807n, '9223372036854775807']) {
    const submit = (): unknown => exchange.submitLimit('buy', price as number, 1);
    t.throws(submit, { code: 'VALIDATION', detail: { field: 'price', value: price } });
  }
  for (const digits of ['9223372036854775807', '-9223372036854775808', '9007199254740992']) {
    for (const price of [digits, `"${digits}"`]) {
      const line = `{"type":"SubmitLimit","side":"BUY","price":${price},"quantity":1,"time_in_force":"GTC"}`;
      t.throws(() => parseEvent(line), {
        code: 'SCHEMA',
        detail: { field: 'price' },
        message: new RegExp(digits),
      });
    }
  }
  t.equal(exchange.stateHash(), hash);
  t.equal(exchange.submitLimit('buy', 2 ** 53 - 1, 1).status, 'new', 'the highest price there is');
});

t.test('N33: a cancel in the middle of a queue leaves a queue that goes on', async (t) => {
  const exchange = new Exchange();
  for (let i = 0; i < 3; i++) exchange.submitLimit('sell', 100, 10);
  t.equal(exchange.submitMarket('buy', 10).trades[0]!.passiveOrderId, 1);
  t.equal(exchange.cancel(2).status, 'cancelled');
  const last = exchange.submitMarket('buy', 10);
  t.strictSame([last.status, last.trades.map((trade) => trade.passiveOrderId)], ['filled', [3]]);
  t.equal(exchange.bestAsk(), null);

  // The stream that hangs nanobook at its 564th operation is of this kind: adds and cancels at few prices.
  let state = 1;
  const next = (n: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor(state / 65536) % n;
  };
  for (let i = 0; i < 10_000; i++) {
    const kind = next(4);
    const side = next(2) === 0 ? 'buy' : 'sell';
    if (kind < 2) exchange.submitLimit(side, 95 + next(11), 1 + next(9));
    else if (kind === 2) exchange.cancel(1 + next(i + 1));
    else exchange.submitMarket(side, 1 + next(20));
  }
  const book = exchange.fullBook();
  const sides = [book.bids, book.asks].map((levels) => levels.flatMap(({ orders }) => orders));
  t.ok(sides.flat().every(({ id, quantity }) => exchange.getOrder(id)!.remainingQuantity === quantity));
});
