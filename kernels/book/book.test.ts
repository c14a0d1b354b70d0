import t from 'tap';
import { newBook, makeRoom, makeTradeRoom, makeVoidRoom } from '../../src/exchange/book-memory.js';
import { randomStream } from '../../src/testing/random.js';
import { cancelOrder, growthOf, modifyOrder, sideOf } from './change.js';
import { findId } from './id-table.js';
import { commandsLookGood, firstBadCommand } from './check-commands.js';
import { bestBeyond, findLevel, levelAbove, levelBelow } from './ladder.js';
import * as layout from './layout.js';
import { matchOrder, wouldFill } from './match.js';
import { arriveOrder, crossesBest, placeOrder } from './place.js';
import { removeOrder, restOrder, shrinkOrder } from './rest.js';
import { runCommands, TOO_MUCH } from './run-commands.js';
import { BEST_UNKNOWN, GOES_ON, NOT_PLAIN, runPlain } from './run-plain.js';
import { foldTrades } from './trade-hash.js';

const { BUY, SELL, GTC, IOC, FOK, BEST, OPEN_ORDERS, TRADE_ROWS } = layout;

function book(): layout.BookArrays {
  const arrays = newBook(16, 16, 64);
  makeRoom(arrays, 16);
  makeVoidRoom(arrays, 16);
  return arrays;
}

const rows = (arrays: layout.BookArrays): number[][] =>
  Array.from({ length: arrays.ints[TRADE_ROWS]! }, (_, i) => [...arrays.trades.subarray(i * 6, i * 6 + 6)]);

t.test('orders rest, queue by time, leave from the middle, and shrink in place', async (t) => {
  const b = book();
  for (const id of [1, 2, 3]) restOrder(b, BUY, 100, id * 10, id, 0);
  t.equal(b.levelNums[findLevel(b, 100) * 4 + 1], 60);
  t.equal(removeOrder(b, findId(b, 2)), 20);
  shrinkOrder(b, findId(b, 3), 5);
  t.equal(b.levelNums[findLevel(b, 100) * 4 + 1], 15);
  t.equal(matchOrder(b, SELL, 100, 12, 9, 0), 0);
  t.strictSame(
    rows(b).map(([price, quantity, , passive]) => [price, quantity, passive]),
    [
      [100, 10, 1],
      [100, 2, 3],
    ],
  );
  t.equal(cancelOrder(b, 3), layout.CANCELLED);
  t.equal(findLevel(b, 100), -1);
  t.equal(b.ints[BEST + BUY], -1);
  t.equal(b.ints[OPEN_ORDERS], 0);
});

t.test('an arriving order takes the next id and tick, trades take ticks', async (t) => {
  const b = book();
  t.equal(placeOrder(b, SELL, 10_100, 100, GTC, 0), layout.NEW);
  t.equal(placeOrder(b, BUY, 10_200, 50, GTC, 0), layout.FILLED);
  t.strictSame(rows(b), [[10_100, 50, 2, 1, BUY, 3]]);
  t.equal(arriveOrder(b, BUY, 10_099, 7, FOK, 77, 0), layout.REJECTED);
  t.equal(b.ints[layout.RESULT_REASON], layout.FOK_UNFILLED);
  t.ok(crossesBest(b, BUY, 10_100));
  t.notOk(crossesBest(b, BUY, 10_099));
  t.equal(arriveOrder(b, BUY, 10_100, 60, IOC, 78, 0), layout.PARTIALLY_FILLED);
  t.equal(b.nums[layout.RESULT_LEFT], 10);
});

t.test('fill-or-kill counts what self-trade prevention leaves', async (t) => {
  const own = (policy: number): number => (1 << 3) | (policy << 1);
  const b = book();
  restOrder(b, SELL, 10, 5, 1, 0);
  restOrder(b, SELL, 10, 4, 2, own(0));
  restOrder(b, SELL, 11, 5, 3, 0);
  const fills = (quantity: number, policy: number): boolean => wouldFill(b, BUY, 11, quantity, own(policy));
  t.ok(fills(14, layout.STP_OFF));
  t.notOk(fills(15, layout.STP_OFF));
  t.ok(fills(5, layout.CANCEL_NEWEST));
  t.notOk(fills(6, layout.CANCEL_NEWEST));
  t.ok(fills(10, layout.CANCEL_OLDEST));
  t.notOk(fills(11, layout.CANCEL_OLDEST));
  // Of 8, 3 are left when the own order of 4 comes: the smaller one goes. Of 9, 4 are left: the resting one goes.
  t.notOk(fills(8, layout.DECREMENT_AND_CANCEL));
  t.ok(fills(9, layout.DECREMENT_AND_CANCEL));
});

t.test('a modification keeps the place only at the same price with no more', async (t) => {
  const b = book();
  for (const id of [1, 2]) {
    restOrder(b, SELL, 50, 10, id, 0);
    b.nums[layout.LAST_ORDER_ID] = id;
  }
  t.equal(growthOf(b, 1, 50, 15), 5);
  t.equal(sideOf(b, 1), SELL);
  modifyOrder(b, 1, 50, 10);
  t.equal(b.ints[layout.RESULT_KEPT], 1);
  modifyOrder(b, 1, 50, 11);
  t.equal(b.ints[layout.RESULT_KEPT], 0);
  matchOrder(b, BUY, 50, 1, 9, 0);
  t.equal(rows(b)[0]![3], 2, 'the second one is first now');
  t.equal(modifyOrder(b, 9, 50, 1), layout.REFUSED);
  t.equal(b.ints[layout.RESULT_REASON], layout.UNKNOWN_ORDER);
});

t.test('levels far apart and near are found from each other at every price up to 2^53 - 1', async (t) => {
  const random = randomStream(5, 1);
  for (const spread of [40, 3_000, 1e6, 9_007_199_254_740_990]) {
    const b = newBook(16, 16, 16);
    const open = new Map<number, number>();
    for (let id = 1; id <= 2_000; id++) {
      const price = 1 + random.below(spread);
      const known = [...open].find(([, other]) => other === price);
      if (known !== undefined || open.size > 60) {
        const [gone] = known ?? [...open][random.below(open.size)]!;
        removeOrder(b, findId(b, gone));
        open.delete(gone);
        continue;
      }
      makeRoom(b, 1);
      restOrder(b, BUY, price, 1, id, 0);
      open.set(id, price);
    }
    const prices = [...open.values()].sort((x, y) => x - y);
    const priceOf = (level: number): number => (level < 0 ? -1 : b.levelNums[level * 4]!);
    t.equal(priceOf(b.ints[BEST + BUY]!), prices.at(-1));
    t.strictSame(
      prices.map((price) => priceOf(levelBelow(b, price))),
      [-1, ...prices.slice(0, -1)],
    );
    t.strictSame(
      prices.map((price) => priceOf(levelAbove(b, price))),
      [...prices.slice(1), -1],
    );
    t.ok(prices.every((price) => priceOf(findLevel(b, price)) === price));
  }
});

t.test('commands stop where the trade rows may not suffice or a side would hold too much', async (t) => {
  const b = newBook(16, 16, 1);
  makeRoom(b, 8);
  const op = Uint8Array.of(0, 0, 5, 5);
  const price = Float64Array.of(10, 10, 0, 0);
  const quantity = Float64Array.of(1, 1, 1, 1);
  const none = new Float64Array(4);
  const owner = new Int32Array(4);
  const status = new Uint8Array(4);
  t.equal(runCommands(b, op, price, quantity, none, owner, 0, 4, status), 2);
  makeTradeRoom(b, 8);
  t.equal(runCommands(b, op, price, quantity, none, owner, 2, 4, status), 4);
  t.strictSame([...status], [0, 0, 2, 2]);
  quantity.fill(layout.MAX_TICKS);
  t.equal(runCommands(b, op, price, quantity, none, owner, 0, 2, status), 1);
  t.equal(status[1], TOO_MUCH);
});

t.test(
  'the plain loop stops where a command is not plain, or the best price is out of its sight',
  async (t) => {
    const b = newBook(16, 16, 64);
    makeRoom(b, 16);
    // Sells at 5,000 and far away at 900,000; a buy for more than the first; then fill-or-kill.
    const op = Uint8Array.of(4, 4, 0, 16);
    const price = Float64Array.of(5_000, 900_000, 900_000, 1);
    const quantity = Float64Array.of(10, 10, 15, 1);
    const status = new Uint8Array(4);
    const run = (from: number): number =>
      runPlain(b, op, price, quantity, new Float64Array(4), new Int32Array(4), from, 4, status);
    t.equal(run(0), 0, 'the ladder stands nowhere yet');
    t.equal(b.ints[layout.HALT], NOT_PLAIN);
    runCommands(b, op, price, quantity, new Float64Array(4), new Int32Array(4), 0, 2, status);
    t.equal(run(2), 2, 'a price to rest at that is not near');
    op[2] = 1;
    quantity[2] = 10;
    t.equal(run(2), 3, 'all of the near level');
    t.equal(b.ints[layout.HALT], BEST_UNKNOWN);
    bestBeyond(b);
    t.equal(b.levelNums[b.ints[BEST + SELL]! * 4], 900_000);
    t.equal(run(3), 3, 'fill-or-kill');
    t.equal(b.ints[layout.HALT], NOT_PLAIN);
    placeOrder(b, SELL, 5_001, 4, GTC, 0);
    quantity[2] = 6;
    t.equal(run(2), 3);
    t.equal(b.ints[layout.HALT], GOES_ON);
    t.equal(b.nums[layout.RESULT_LEFT], 2);
  },
);

t.test('the first bad command is found', async (t) => {
  const check = (op: number, price: number, quantity: number, id: number, owner: number): number =>
    firstBadCommand(
      Uint8Array.of(op),
      Float64Array.of(price),
      Float64Array.of(quantity),
      Float64Array.of(id),
      Int32Array.of(owner),
      100,
      0,
      1,
    );
  t.equal(check(0, 1, 1, 0, 0), 1);
  t.equal(check(1, 0, 1, 0, 99), 1);
  t.equal(check(2, 0, 0, 1, 0), 1);
  t.equal(check(3, 1, 1, 1, 0), 1);
  t.equal(check(32, 1, 1, 0, 0), 1, 'post-only');
  t.equal(check(2, Number.NaN, Number.NaN, 1, 0), 1, 'what is not read may be anything');
  const one = Float64Array.of(1);
  t.ok(commandsLookGood(Uint8Array.of(0), one, one, one, 0, 1));
  t.notOk(
    commandsLookGood(Uint8Array.of(2), Float64Array.of(Number.NaN), one, one, 0, 1),
    'a second look decides',
  );
  for (const bad of [Number.NaN, 0, -1, 1.5, 2 ** 53, Infinity]) {
    t.equal(check(0, bad, 1, 0, 0), 0);
    t.equal(check(1, 0, bad, 0, 0), 0);
    t.equal(check(2, 0, 0, bad, 0), 0);
    t.equal(check(3, bad, 1, 1, 0), 0);
  }
  t.equal(check(24, 1, 1, 0, 0), 0, 'no such time in force');
  t.equal(check(40, 1, 1, 0, 0), 0, 'post-only and immediate');
  t.equal(check(33, 1, 1, 0, 0), 0, 'post-only market');
  t.equal(check(9, 1, 1, 0, 0), 0, 'a market order has no time in force');
  t.equal(check(0, 1, 1, 0, 100), 0);
  t.equal(check(0, 1, 1, 0, -1), 0);
});

t.test(
  'the hash of trades does not depend on the pieces they come in, but on every value and the order',
  async (t) => {
    const rows = Float64Array.from({ length: 60 }, (_, i) => i * 1_234_567_890_123);
    const fold = (data: Float64Array, cuts: number[]): string => {
      const state = new Int32Array(4);
      let from = 0;
      for (const cut of [...cuts, 10]) {
        foldTrades(data, from, cut, state);
        from = cut;
      }
      return state.join();
    };
    const whole = fold(rows, []);
    t.equal(fold(rows, [1, 2, 7]), whole);
    for (let i = 0; i < 60; i++) {
      const other = Float64Array.from(rows);
      other[i] = other[i]! + 1;
      t.not(fold(other, []), whole);
      other[i] = rows[i]! + 4294967296;
      t.not(fold(other, []), whole);
    }
  },
);
