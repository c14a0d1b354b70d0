import t from 'tap';
import { ValidationError } from '../errors.js';
import { newBook, makeRoom } from './book-memory.js';
import { ID_STEPS } from '../../kernels/book/layout.js';
import { findId } from '../../kernels/book/id-table.js';
import { removeOrder, restOrder } from '../../kernels/book/rest.js';
import { Exchange, type ExchangeJson } from './exchange.js';
import { MultiExchange } from './multi-exchange.js';
import type { OrderOptions } from './types.js';

function saved(): ExchangeJson {
  const exchange = new Exchange();
  exchange.submitLimit('buy', 99, 10);
  exchange.submitLimit('sell', 101, 10);
  exchange.submitMarket('buy', 4);
  exchange.submitStopMarket('sell', 90, 5);
  exchange.submitTrailingStopLimit('sell', 89, 5, { kind: 'fixed', offset: 20 }, 2);
  return exchange.toJSON();
}

t.test('plain data that no exchange can have written is refused by field', async (t) => {
  const json = saved();
  const [stop, trailing] = json.stops.pending;
  const wrong: readonly (readonly [field: string, data: object])[] = [
    ['json.clock', { clock: 2 }],
    ['json.clock', { clock: 2 ** 53 - 1 }],
    ['json.lastOrderId', { lastOrderId: 2 ** 53 - 1 }],
    ['json.lastTradePrice', { lastTradePrice: null }],
    ['json.lastTradePrice', { lastTradeId: 0 }],
    ['json.orders[1].id', { orders: [json.orders[0], json.orders[0]] }],
    ['json.orders[0].id', { orders: [{ ...json.orders[0], id: 77 }] }],
    ['json.orders[1].price', { orders: [json.orders[0], { ...json.orders[1], price: 99 }] }],
    [
      'json.stops.pending[0].timeInForce',
      { stops: { ...json.stops, pending: [{ ...stop, timeInForce: 'gtc' }] } },
    ],
    [
      'json.stops.pending[0].timeInForce',
      { stops: { ...json.stops, pending: [{ ...trailing, timeInForce: 'fok' }] } },
    ],
    ['json.stops.pending[0].stopPrice', { stops: { ...json.stops, pending: [{ ...stop, stopPrice: 101 }] } }],
    ['json.stops.pending[0].id', { stops: { ...json.stops, pending: [{ ...stop, id: 1 }] } }],
  ];
  t.equal(
    Exchange.fromJSON(json).stateHash(),
    Exchange.fromJSON(JSON.parse(JSON.stringify(json))).stateHash(),
  );
  for (const [field, data] of wrong) {
    t.throws(() => Exchange.fromJSON({ ...json, ...data }), ValidationError);
    t.throws(() => Exchange.fromJSON({ ...json, ...data }), new RegExp(field.replace(/[[\].]/g, '\\$&')));
  }
});

t.test('ids may be as far apart as they like', async (t) => {
  const json = saved();
  const far = 2 ** 50;
  const orders = [json.orders[0]!, { ...json.orders[1]!, id: far }];
  const exchange = Exchange.fromJSON({ ...json, orders, lastOrderId: far, clock: far + 9 });
  t.equal(exchange.submitLimit('sell', 200, 1).orderId, far + 1);
  t.equal(exchange.getOrder(far)!.remainingQuantity, 6);
  t.equal(exchange.getOrder(1)!.remainingQuantity, 10);
  t.equal(exchange.getOrder(far - 1), null);
  t.equal(exchange.cancel(far).status, 'cancelled');
  t.equal(exchange.clearOrderHistory(), 1);
});

t.test('what an order has filled is part of the state', async (t) => {
  const json = saved();
  const [bid, ask] = json.orders;
  const other = { ...ask!, filledQuantity: ask!.filledQuantity + 1, quantity: ask!.quantity + 1 };
  const hash = Exchange.fromJSON({ ...json, orders: [bid!, other] }).stateHash();
  t.not(hash, Exchange.fromJSON(json).stateHash());
});

t.test('forgetting done orders keeps the open ones, also when few of many are open', async (t) => {
  const exchange = new Exchange();
  const kept: number[] = [];
  for (let i = 1; i <= 20_000; i++) {
    const { orderId } = exchange.submitLimit('buy', 1 + (i % 7), 5);
    if (i % 1_000 === 1) kept.push(orderId);
    else exchange.cancel(orderId);
  }
  const stop = exchange.submitStopLimit('buy', 50, 60, 3).orderId;
  t.equal(exchange.clearOrderHistory(), 20_000 - kept.length);
  t.equal(exchange.clearOrderHistory(), 0);
  t.equal(exchange.getOrder(2), null);
  t.same(
    kept.map((id) => exchange.getOrder(id)!.remainingQuantity),
    kept.map(() => 5),
  );
  exchange.submitLimit('sell', 50, 1);
  exchange.submitMarket('buy', 1);
  t.match(
    exchange.getOrder(stop),
    { status: 'new', price: 60, timestamp: 20_001 },
    'an old stop becomes an order',
  );
  t.equal(exchange.submitLimit('sell', 1, 103).filledQuantity, 103, '20 orders of 5, and 3');
  t.equal(exchange.getOrder(kept[0]!)!.status, 'filled');
});

t.test('orders that stay for long do not stand in the way of later ids', async (t) => {
  const book = newBook(64, 64, 64);
  let id = 0;
  const rest = (): void => {
    makeRoom(book, 1);
    restOrder(book, 0, 100 + (id % 50), 1, ++id, 0);
  };
  for (let i = 0; i < 16_000; i++) rest();
  for (let i = 0; i < 600_000; i++) {
    rest();
    removeOrder(book, findId(book, id));
  }
  t.ok(book.ints[ID_STEPS]! <= 64, `an entry stands ${book.ints[ID_STEPS]} steps away`);
  t.ok(book.ids.length <= 2 * 32 * 32_768, 'and the table is not large for that');
});

t.test('a call that comes back to the same new symbol loses nothing', async (t) => {
  const multi = new MultiExchange();
  const options = {
    get owner(): number {
      multi.submitLimit('A', 'buy', 11, 5);
      return 1;
    },
  };
  multi.submitLimit('A', 'buy', 10, 1, 'gtc', options as OrderOptions);
  t.equal(multi.bestBid('A'), 11);
  t.equal(multi.events().length, multi.exchange('A').events().length);
  t.ok(multi.events().length >= 2);
});
