import t from 'tap';
import { BookSnapshot, L3Snapshot } from './snapshot.js';
import type { BookLevel, QueueLevel } from './types.js';

const MAX = Number.MAX_SAFE_INTEGER;

function level(price: number, quantity: number): BookLevel {
  return { price, quantity, orderCount: 1 };
}

function book(bids: [number, number][], asks: [number, number][]): BookSnapshot {
  return new BookSnapshot(
    bids.map(([price, quantity]) => level(price, quantity)),
    asks.map(([price, quantity]) => level(price, quantity)),
  );
}

/** 25 @ 100 and 75 @ 99 against 7 @ 103 and 13 @ 104: the book that nanobook's figures were observed on. */
const observed = book(
  [
    [100, 25],
    [99, 75],
  ],
  [
    [103, 7],
    [104, 13],
  ],
);

t.test('the figures of a book are those worked out by hand, and those nanobook gives', async (t) => {
  t.equal(observed.imbalance(), 80 / 120, '(100 − 20) / (100 + 20)');
  t.equal(observed.imbalance(1), 0.5625, '(25 − 7) / (25 + 7)');
  t.equal(observed.imbalance(2), observed.imbalance());
  t.equal(observed.weightedMid(), 102.34375, '(100 × 7 + 103 × 25) / 32');
  t.equal(observed.midPrice(), 101.5);
  t.equal(observed.midPriceFloor(), 101);
  t.equal(observed.spread(), 3);
  t.equal(observed.microprice(1), 102.34375, 'with one level it is the weighted mid');
  t.equal(observed.microprice(), 102.5, '101.5 + 1.5 × 2/3');
  t.equal(observed.vwap('buy', 7), 103);
  t.equal(observed.vwap('buy', 10), 103.3, '(7 × 103 + 3 × 104) / 10');
  t.equal(observed.vwap('sell', 50), 99.5);
  t.equal(observed.vwap('sell', 100), 99.25);
  t.equal(observed.vwap('sell', 101), null, 'not so much stands there');
  const even = book([[100, 25]], [[102, 7]]);
  t.equal(even.midPrice(), 101);
  t.equal(even.midPriceFloor(), 101);
});

t.test('with an empty side there is no figure of both sides', async (t) => {
  const noAsks = book([[100, 25]], []);
  const noBids = book([], [[100, 25]]);
  const nothing = book([], []);
  for (const empty of [noAsks, noBids, nothing]) {
    t.equal(empty.imbalance(), null);
    t.equal(empty.imbalance(1), null);
    t.equal(empty.weightedMid(), null);
    t.equal(empty.microprice(), null);
    t.equal(empty.midPrice(), null);
    t.equal(empty.midPriceFloor(), null);
    t.equal(empty.spread(), null);
  }
  t.equal(noAsks.vwap('sell', 25), 100, 'one side is enough to walk it');
  t.equal(noAsks.vwap('buy', 1), null);
});

t.test('the largest prices and quantities give figures, not overflows', async (t) => {
  const half = book([[100, MAX]], [[103, MAX]]);
  t.equal(half.imbalance(), 0);
  t.equal(half.weightedMid(), 101.5);
  const high = book([[MAX - 3, MAX]], [[MAX, MAX]]);
  t.equal(high.weightedMid(), 9007199254740990, 'the mid 2^53 − 2.5 goes to the even tick');
  t.equal(high.midPrice(), 9007199254740990);
  t.equal(high.midPriceFloor(), 9007199254740989, '2^53 − 3, exactly');
  t.equal(high.spread(), 3);
  t.equal(high.vwap('buy', MAX), MAX);
  t.equal(book([], [[MAX - 1, 1]].concat([[MAX, 1]]) as never).vwap('buy', 2), 9007199254740990);
  t.equal(book([[4503599627370495, 1]], [[4503599627370496, 1]]).midPrice(), 4503599627370495.5);
  const wide = book([[1, 1]], [[MAX, MAX]]);
  t.equal(wide.midPrice(), 4503599627370496);
  t.equal(wide.midPriceFloor(), 4503599627370496);
  t.equal(wide.weightedMid(), 2 - 1 / 4503599627370496, '2 (2^53 − 1) / 2^53');
  t.equal(wide.imbalance(), (1 - MAX) / (1 + MAX));
  const deep = book([[10, MAX]], [[2147483648, 3_000_000_000]].concat([[2147483649, MAX]]) as never);
  t.equal(deep.vwap('buy', 6_000_000_000), 2147483648.5, 'more money than 2^53 is summed exactly');
});

const queues: QueueLevel = {
  price: 100,
  quantity: 12,
  orderCount: 3,
  orders: [
    { id: 4, quantity: 5, owner: null, timestamp: 4, position: 0, quantityAhead: 0 },
    { id: 7, quantity: 4, owner: 9, timestamp: 8, position: 1, quantityAhead: 5 },
    { id: 8, quantity: 3, owner: null, timestamp: 9, position: 2, quantityAhead: 9 },
  ],
};
const askOrder = { id: 6, quantity: 2, owner: 1, timestamp: 7, position: 0, quantityAhead: 0 };
const ask: QueueLevel = { price: 101, quantity: 2, orderCount: 1, orders: [askOrder] };

t.test('a snapshot of the third level says where each order stands', async (t) => {
  const l3 = new L3Snapshot([queues], [ask]);
  t.strictSame(l3.queuePosition(4), { side: 'buy', price: 100, position: 0, quantityAhead: 0 });
  t.strictSame(l3.queuePosition(8), { side: 'buy', price: 100, position: 2, quantityAhead: 9 });
  t.strictSame(l3.queuePosition(6), { side: 'sell', price: 101, position: 0, quantityAhead: 0 });
  t.equal(l3.queuePosition(5), null);
  t.equal(l3.imbalance(), 10 / 14);
  t.equal(l3.weightedMid(), 100 + 12 / 14);
  t.throws(() => l3.queuePosition(0), { code: 'VALIDATION', detail: { field: 'orderId' } });
});

t.test('a snapshot goes through JSON as plain data', async (t) => {
  const l3 = new L3Snapshot([queues], [ask]);
  t.strictSame(JSON.parse(JSON.stringify(l3)), { bids: [queues], asks: [ask] });
  t.strictSame(JSON.parse(JSON.stringify(observed)), { bids: observed.bids, asks: observed.asks });
  const copy = l3.toJSON();
  t.strictSame(new L3Snapshot(copy.bids, copy.asks), l3);
  t.not(copy.bids[0], l3.bids[0]);
});

t.test('arguments that make no sense are refused by name', async (t) => {
  const refused = (action: () => unknown, field: string): void => {
    t.throws(action, { code: 'VALIDATION', detail: { field } }, field);
  };
  for (const bad of [0, -1, 1.5, Number.NaN, '1' as never]) {
    refused(() => observed.imbalance(bad), 'levels');
    refused(() => observed.microprice(bad), 'levels');
    refused(() => observed.vwap('buy', bad), 'quantity');
  }
  refused(() => observed.vwap('bid' as never, 1), 'side');
  refused(() => new BookSnapshot('x' as never, []), 'bids');
  refused(() => new BookSnapshot([null as never], []), 'bids[0]');
  refused(() => new BookSnapshot([level(0, 1)], []), 'bids[0].price');
  refused(() => new BookSnapshot([level(1, 0)], []), 'bids[0].quantity');
  refused(() => new BookSnapshot([], [{ price: 1, quantity: 1 } as never]), 'asks[0].orderCount');
  refused(() => new BookSnapshot([level(1, 1), level(2, 1)], []), 'bids[1].price');
  refused(() => new BookSnapshot([], [level(2, 1), level(2, 1)]), 'asks[1].price');
  refused(() => new L3Snapshot([{ ...queues, quantity: 13 }], []), 'bids[0].orders');
  refused(() => new L3Snapshot([], [{ ...ask, orderCount: 2 }]), 'asks[0].orders');
  refused(() => new L3Snapshot([level(1, 1) as never], []), 'bids[0].orders');
});
