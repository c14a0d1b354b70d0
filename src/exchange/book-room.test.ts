import t from 'tap';
import { findId } from '../../kernels/book/id-table.js';
import { levelBelow } from '../../kernels/book/ladder.js';
import * as layout from '../../kernels/book/layout.js';
import { removeOrder, restOrder } from '../../kernels/book/rest.js';
import { makeRoom, makeTradeRoom, makeVoidRoom, newBook } from './book-memory.js';

const { BEST, BUY, ID_STEPS, SELL, TRADE_ROWS, VOID_ROWS, WORDS } = layout;

/** Lengths of what grows with orders and levels. */
function lengths(b: layout.BookArrays): number[] {
  const arrays = [b.orderNums, b.orderLinks, b.ids, b.levelNums, b.levelLinks, b.far, b.wordKeys, b.wordBits];
  return arrays.map((array) => array.length);
}

t.test(
  'a new book has the room that was asked for, tables that are not crowded, and nothing in it',
  async (t) => {
    const b = newBook(10, 20, 5);
    // 4 doubles or 8 integers an order and a level; 128 places for 10 ids, 64 for 20 prices, 256 for 107 words.
    t.same(lengths(b), [40, 80, 128, 80, 160, 64, 256, 256]);
    t.same([b.trades.length, b.voids.length], [30, 0]);
    t.equal(b.orderLinks.buffer, b.orderNums.buffer);
    t.equal(b.levelLinks.buffer, b.levelNums.buffer);
    t.same([b.ints[BEST + BUY], b.ints[BEST + SELL]], [-1, -1]);
    t.same([b.ints[layout.FREE_ORDER], b.ints[layout.FREE_LEVEL]], [-1, -1]);
    t.equal(newBook(16, 16, 1).ids.length, 128, 'a power of two is not doubled');
    t.equal(newBook(17, 16, 1).ids.length, 256);
    t.equal(newBook(1, 1, 1).ids.length, 32, 'not fewer than 32 places');
  },
);

t.test('nothing grows before it has to, and then to double', async (t) => {
  const b = newBook(16, 16, 1);
  makeRoom(b, 2);
  t.same(lengths(b), [64, 128, 128, 64, 128, 32, 256, 256]);
  makeRoom(b, 3);
  t.same(lengths(b), [64, 128, 128, 64, 128, 32, 512, 512], '2 × (96 + 33) words');
  makeRoom(b, 16);
  t.same(lengths(b), [64, 128, 128, 64, 128, 32, 1024, 1024]);
  makeRoom(b, 17);
  t.same(lengths(b), [128, 256, 256, 128, 256, 64, 1024, 1024]);
  makeRoom(b, 100);
  t.same(lengths(b), [400, 800, 1024, 400, 800, 256, 4096, 4096]);
});

t.test('open orders, their levels and words count when room is made', async (t) => {
  const b = newBook(4, 4, 1);
  for (let id = 1; id <= 3; id++) restOrder(b, BUY, id * 1_000_000_000_000, 1, id, 0);
  makeRoom(b, 1);
  t.same([b.orderNums.length, b.levelNums.length], [16, 16]);
  makeRoom(b, 2);
  t.same([b.orderNums.length, b.levelNums.length], [32, 32]);
  // Prices so far apart share their topmost words only: two of three are not near.
  const words = b.ints[WORDS]!;
  t.ok(words > 11 && words <= 22, `${words} words`);
  makeRoom(b, 22);
  t.equal(b.wordKeys.length, words * 2 + 2 * 96 + 22 * 22 > 512 ? 1024 : 512);
});

t.test('what is in a book is still there after it has grown, many times', async (t) => {
  const b = newBook(1, 1, 1);
  const priceOf = (id: number): number => 1 + ((id * 7_919) % 1_000) * 1_000_003;
  for (let id = 1; id <= 1_000; id++) {
    makeRoom(b, 1);
    restOrder(b, BUY, priceOf(id), id, id, 0);
  }
  const sorted = Array.from({ length: 1_000 }, (_, i) => priceOf(i + 1)).sort((x, y) => y - x);
  const walked: number[] = [];
  for (let level = b.ints[BEST + BUY]!; level >= 0; level = levelBelow(b, walked.at(-1)!)) {
    walked.push(b.levelNums[level * 4]!);
  }
  t.same(walked, sorted);
  let left = 0;
  for (let id = 1; id <= 1_000; id++) left += removeOrder(b, findId(b, id));
  t.equal(left, 500_500);
});

t.test('a table of ids in which entries go far gets more places, up to 64 for an order', async (t) => {
  const b = newBook(16, 16, 1);
  for (let id = 1; id <= 9; id++) restOrder(b, BUY, 5, 1, id, 0);
  b.ints[ID_STEPS] = 64;
  makeRoom(b, 1);
  t.equal(b.ids.length, 128, '64 steps are put up with');
  const sizes: number[] = [];
  for (let i = 0; i < 5; i++) {
    b.ints[ID_STEPS] = 65;
    makeRoom(b, 1);
    sizes.push(b.ids.length);
  }
  t.same(sizes, [256, 512, 1024, 1024, 1024]);
  b.ints[ID_STEPS] = 0;
  for (let id = 1; id <= 9; id++) t.ok(findId(b, id) >= 0, 'and every entry stands where it likes to');
  t.equal(findId(b, 10), -1);
});

t.test('rows of trades and voids are kept when they get more room', async (t) => {
  const b = newBook(1, 1, 4);
  for (let i = 0; i < 12; i++) b.trades[i] = i + 1;
  b.ints[TRADE_ROWS] = 2;
  makeTradeRoom(b, 2);
  t.equal(b.trades.length, 24);
  makeTradeRoom(b, 3);
  t.equal(b.trades.length, 48);
  t.same([...b.trades.subarray(0, 13)], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0]);
  makeTradeRoom(b, 98);
  t.equal(b.trades.length, 600);
  makeVoidRoom(b, 1);
  t.equal(b.voids.length, 32);
  b.voids.set([3, 4, 5, 6]);
  b.ints[VOID_ROWS] = 2;
  makeVoidRoom(b, 14);
  t.equal(b.voids.length, 32);
  makeVoidRoom(b, 15);
  t.equal(b.voids.length, 64);
  t.same([...b.voids.subarray(0, 5)], [3, 4, 5, 6, 0]);
  makeVoidRoom(b, 98);
  t.equal(b.voids.length, 200);
});
