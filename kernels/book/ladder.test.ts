import t from 'tap';
import { newBook } from '../../src/exchange/book-memory.js';
import { findId } from './id-table.js';
import { bestBeyond, findLevel, levelAbove, levelBelow } from './ladder.js';
import * as layout from './layout.js';
import { removeOrder, restOrder } from './rest.js';

const { BEST, BUY, FAR_BESTS, MAX_TICKS, NEAR_BASE, NEAR_LEVELS, SELL } = layout;

/** A book with an order of one unit at each price; the first one puts the near prices around it. */
function bookAt(side: number, ...prices: number[]): layout.BookArrays {
  const b = newBook(64, 64, 16);
  for (const [i, price] of prices.entries()) restOrder(b, side, price, 1, i + 1, 0);
  return b;
}

const priceOf = (b: layout.BookArrays, level: number): number =>
  level < 0 ? level : b.levelNums[level * 4]!;

t.test(
  'the near prices begin 1,024 below the first order and are 2,048: their ends and what is beyond',
  async (t) => {
    // 8,976 … 11,023 are near.
    const prices = [10_000, 8_974, 8_975, 8_976, 8_977, 11_022, 11_023, 11_024, 11_025];
    const b = bookAt(BUY, ...prices);
    t.equal(b.nums[NEAR_BASE], 8_976);
    t.equal(b.ints[NEAR_LEVELS], 5);
    for (const price of prices) t.equal(priceOf(b, findLevel(b, price)), price);
    for (const price of [8_973, 8_978, 11_021, 11_026]) t.equal(findLevel(b, price), -1);
    const sorted = prices.sort((x, y) => x - y);
    for (let i = 0; i < sorted.length; i++) {
      const price = sorted[i]!;
      t.equal(priceOf(b, levelBelow(b, price)), sorted[i - 1] ?? -1, `below ${price}`);
      t.equal(priceOf(b, levelAbove(b, price)), sorted[i + 1] ?? -1, `above ${price}`);
    }
    t.equal(priceOf(b, levelAbove(b, 0)), 8_974);
    t.equal(priceOf(b, levelBelow(b, MAX_TICKS)), 11_025);
  },
);

t.test(
  'a neighbour on the other side of the near prices is found where one level is near, at any end',
  async (t) => {
    for (const near of [8_976, 11_023]) {
      const b = bookAt(BUY, 10_000, near, 500, 20_000);
      removeOrder(b, findId(b, 1));
      t.equal(b.ints[NEAR_LEVELS], 1);
      t.equal(priceOf(b, levelBelow(b, 20_000)), near);
      t.equal(priceOf(b, levelAbove(b, 500)), near);
      t.equal(priceOf(b, levelBelow(b, near)), 500);
      t.equal(priceOf(b, levelAbove(b, near)), 20_000);
    }
  },
);

t.test(
  'the near prices follow the market when as many best prices came up outside as levels are near',
  async (t) => {
    const b = bookAt(SELL, 10_000);
    const where = (): number[] => [b.nums[NEAR_BASE]!, b.ints[FAR_BESTS]!, b.ints[NEAR_LEVELS]!];
    t.same(where(), [8_976, 0, 1]);
    const sell = (price: number, id: number): void => restOrder(b, SELL, price, 1, id, 0);
    sell(8_976, 2);
    t.same(where(), [8_976, 0, 2], 'the lowest near price');
    sell(8_000_000, 3);
    t.same(where(), [8_976, 0, 2], 'outside, but not the best');
    sell(8_975, 4);
    t.same(where(), [8_976, 1, 2], 'the first of two');
    sell(8_974, 5);
    t.same(where(), [7_950, 0, 3], '10,000 is no longer near; 8,976, 8,975 and 8,974 are');
    for (const id of [5, 4, 2]) {
      t.equal(priceOf(b, b.ints[BEST + SELL]!), { 5: 8_974, 4: 8_975, 2: 8_976 }[id]);
      removeOrder(b, findId(b, id));
    }
    t.equal(priceOf(b, b.ints[BEST + SELL]!), 10_000);
  },
);

t.test('the highest near price is near, the next one is not', async (t) => {
  const b = bookAt(BUY, 10_000, 10_001, 11_023);
  t.same([b.nums[NEAR_BASE], b.ints[FAR_BESTS]], [8_976, 0]);
  restOrder(b, BUY, 11_024, 1, 4, 0);
  t.same([b.nums[NEAR_BASE], b.ints[FAR_BESTS], b.ints[NEAR_LEVELS]], [8_976, 1, 3]);
});

t.test(
  'best levels that are unknown are found again, up to the highest price and down to the lowest',
  async (t) => {
    const bids = bookAt(BUY, MAX_TICKS);
    bids.ints[BEST + BUY] = -2;
    bestBeyond(bids);
    t.equal(priceOf(bids, bids.ints[BEST + BUY]!), MAX_TICKS);
    const asks = bookAt(SELL, 1);
    asks.ints[BEST + SELL] = -2;
    bestBeyond(asks);
    t.equal(priceOf(asks, asks.ints[BEST + SELL]!), 1);
    const both = bookAt(BUY, 50, 5_000);
    restOrder(both, SELL, 60_000, 1, 3, 0);
    restOrder(both, SELL, 7_000, 1, 4, 0);
    for (const side of [BUY, SELL]) {
      both.ints[BEST + side] = -2;
      bestBeyond(both);
      t.equal(priceOf(both, both.ints[BEST + side]!), [5_000, 7_000][side]);
    }
  },
);
