import t from 'tap';
import { makeRoom, newBook } from '../../src/exchange/book-memory.js';
import * as layout from './layout.js';
import { restOrder } from './rest.js';
import { ALL_RUN, BEST_UNKNOWN, GOES_ON, NOT_PLAIN, runPlain } from './run-plain.js';

const { BEST, BUY, HALT, LAST_ORDER_ID, LAST_PRICE, MAX_TICKS, NEAR_BASE, SELL } = layout;

/** Side, price, quantity. */
type Resting = readonly [number, number, number];

/** A book in which these orders rest under the ids 1, 2 …; 8,976 … 11,023 are near. */
function bookOf(tradeRows: number, ...orders: readonly Resting[]): layout.BookArrays {
  const b = newBook(16, 16, tradeRows);
  makeRoom(b, 16);
  b.nums[NEAR_BASE] = 8_976;
  for (const [i, [side, price, quantity]] of orders.entries()) {
    restOrder(b, side, price, quantity, i + 1, 0);
  }
  b.nums[LAST_ORDER_ID] = orders.length;
  return b;
}

interface Command {
  readonly op: number;
  readonly price?: number;
  readonly quantity?: number;
  readonly id?: number;
  readonly owner?: number;
}

const LIMIT_BUY = 0;
const LIMIT_SELL = 4;
const MARKET_BUY = 1;
const CANCEL = 2;

/** Why the loop stopped after this command, and the command's status, or null if it was not run. */
function plain(b: layout.BookArrays, command: Command): [number, number | null] {
  const { op, price = 0, quantity = 1, id = 0, owner = 0 } = command;
  const status = new Uint8Array(1);
  const one = (value: number): Float64Array => Float64Array.of(value);
  const columns = [Uint8Array.of(op), one(price), one(quantity), one(id), Int32Array.of(owner)] as const;
  const next = runPlain(b, ...columns, 0, 1, status);
  return [b.ints[HALT]!, next === 1 ? status[0]! : null];
}

const bestOf = (b: layout.BookArrays, side: number): number => {
  const level = b.ints[BEST + side]!;
  return level < 0 ? level : b.levelNums[level * 4]!;
};

t.test(
  'a limit order is plain from the lowest to the highest near price, and while its side has room',
  async (t) => {
    const anchor: Resting = [BUY, 10_000, 1];
    for (const [price, near] of [
      [8_975, false],
      [8_976, true],
      [11_023, true],
      [11_024, false],
    ] as const) {
      const wanted = near ? [ALL_RUN, layout.NEW] : [NOT_PLAIN, null];
      t.same(plain(bookOf(9, anchor), { op: LIMIT_BUY, price }), wanted, `price ${price}`);
    }
    for (const [op, side] of [
      [LIMIT_BUY, BUY],
      [LIMIT_SELL, SELL],
    ] as const) {
      const full = (quantity: number): unknown =>
        plain(bookOf(9, [side, 10_000, 8]), { op, price: 10_000, quantity });
      t.same(full(MAX_TICKS - 8), [ALL_RUN, layout.NEW]);
      t.same(full(MAX_TICKS - 7), [NOT_PLAIN, null]);
    }
    t.same(
      plain(bookOf(9, anchor), { op: LIMIT_BUY + 8, price: 5 }),
      [ALL_RUN, layout.CANCELLED],
      'does not rest',
    );
  },
);

t.test('an order that trades is plain while trade rows suffice and the best price is near', async (t) => {
  const two: Resting[] = [
    [SELL, 10_000, 5],
    [SELL, 10_000, 5],
  ];
  t.same(plain(bookOf(2, ...two), { op: LIMIT_BUY, price: 10_000, quantity: 7 }), [ALL_RUN, layout.FILLED]);
  t.same(plain(bookOf(1, ...two), { op: LIMIT_BUY, price: 10_000, quantity: 7 }), [NOT_PLAIN, null]);
  // Two near levels keep the near prices where they are.
  const above: Resting[] = [
    [SELL, 11_000, 1],
    [SELL, 11_001, 1],
  ];
  const below: Resting[] = [
    [BUY, 9_000, 1],
    [BUY, 9_001, 1],
  ];
  for (const [price, near, others] of [
    [8_975, false, above],
    [8_976, true, above],
    [11_023, true, below],
    [11_024, false, below],
  ] as const) {
    const b = bookOf(9, ...others, [SELL, price, 9]);
    t.same([b.nums[NEAR_BASE], bestOf(b, SELL)], [8_976, price]);
    const wanted = near ? [ALL_RUN, layout.FILLED] : [NOT_PLAIN, null];
    t.same(plain(b, { op: MARKET_BUY, quantity: 3 }), wanted, `price ${price}`);
  }
});

t.test('owner and policy hold an order up only together, and post-only where it would trade', async (t) => {
  const at = (op: number, owner: number): unknown =>
    plain(bookOf(9, [SELL, 10_000, 5]), { op, price: 10_000, owner });
  t.same(at(LIMIT_BUY, 3), [ALL_RUN, layout.FILLED], 'an owner, policy off');
  for (const policy of [1, 2, 3]) {
    t.same(at(LIMIT_BUY + 64 * policy, 0), [ALL_RUN, layout.FILLED], 'nobody');
    t.same(at(LIMIT_BUY + 64 * policy, 1), [NOT_PLAIN, null]);
  }
  t.same(at(LIMIT_BUY + 32, 0), [NOT_PLAIN, null]);
  t.same(at(LIMIT_BUY + 16, 0), [NOT_PLAIN, null], 'fill-or-kill');
  t.same(at(3, 0), [NOT_PLAIN, null], 'a modification');
});

t.test('a cancel is plain but for the last order of a level that is not near', async (t) => {
  const b = bookOf(9, [BUY, 8_976, 1], [BUY, 500, 1], [BUY, 500, 1], [BUY, 10_000, 1], [BUY, 10_000, 1]);
  const cancel = (id: number): unknown => plain(b, { op: CANCEL, id });
  t.same(cancel(4_294_967_297), [ALL_RUN, layout.REFUSED], 'alike in the low half');
  t.same(cancel(6), [ALL_RUN, layout.REFUSED]);
  t.same(cancel(2), [ALL_RUN, layout.CANCELLED], 'another one is left there');
  t.same(cancel(3), [NOT_PLAIN, null]);
  t.same(cancel(4), [ALL_RUN, layout.CANCELLED]);
  t.same(cancel(1), [ALL_RUN, layout.CANCELLED]);
});

t.test('the next best level is found down to the lowest and up to the highest near price', async (t) => {
  const bids = bookOf(9, [BUY, 10_000, 1], [BUY, 8_976, 1]);
  t.same(plain(bids, { op: CANCEL, id: 1 }), [ALL_RUN, layout.CANCELLED]);
  t.equal(bestOf(bids, BUY), 8_976);
  const sold = bookOf(9, [BUY, 10_000, 1], [BUY, 8_976, 1]);
  t.same(plain(sold, { op: LIMIT_SELL, price: 10_000 }), [ALL_RUN, layout.FILLED]);
  t.equal(bestOf(sold, BUY), 8_976);
  for (const command of [
    { op: CANCEL, id: 1 },
    { op: MARKET_BUY, quantity: 1 },
  ]) {
    const asks = bookOf(9, [SELL, 10_000, 1], [SELL, 11_023, 1]);
    t.equal(plain(asks, command)[0], ALL_RUN);
    t.equal(bestOf(asks, SELL), 11_023);
    t.equal(plain(asks, { ...command, id: 2 })[0], ALL_RUN, 'none is left: nothing to look for');
    t.equal(bestOf(asks, SELL), -1);
  }
});

t.test('a best level beyond the near prices is left to be looked for', async (t) => {
  const asks = (): layout.BookArrays => bookOf(9, [SELL, 10_000, 5], [SELL, 900_000, 5]);
  const cancelled = asks();
  t.same(plain(cancelled, { op: CANCEL, id: 1 }), [BEST_UNKNOWN, layout.CANCELLED]);
  t.equal(bestOf(cancelled, SELL), -2);
  t.same(plain(asks(), { op: MARKET_BUY, quantity: 5 }), [BEST_UNKNOWN, layout.FILLED]);
  const more = asks();
  t.same(plain(more, { op: MARKET_BUY, quantity: 7 }), [GOES_ON, layout.PARTIALLY_FILLED]);
  t.equal(more.nums[layout.RESULT_LEFT], 2);
  const near = bookOf(9, [SELL, 10_000, 5], [SELL, 10_001, 5]);
  t.same(plain(near, { op: LIMIT_BUY, price: 10_000, quantity: 7 }), [ALL_RUN, layout.PARTIALLY_FILLED]);
  t.equal(bestOf(near, SELL), 10_001, 'known');
});

t.test('an order that does not trade leaves the last price, one that does sets it', async (t) => {
  const b = bookOf(9, [SELL, 10_000, 5]);
  b.nums[LAST_PRICE] = 77;
  t.same(plain(b, { op: LIMIT_BUY, price: 9_999 }), [ALL_RUN, layout.NEW]);
  t.equal(b.nums[LAST_PRICE], 77);
  t.same(plain(b, { op: LIMIT_BUY, price: 10_000, quantity: 2 }), [ALL_RUN, layout.FILLED]);
  t.equal(b.nums[LAST_PRICE], 10_000);
  t.equal(b.levelNums[b.ints[BEST + SELL]! * 4 + 1], 3);
});
