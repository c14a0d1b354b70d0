/** The memory of a book: made once, enlarged between commands, never in one. */
import { addId } from '../../kernels/book/id-table.js';
import { addToTable } from '../../kernels/book/ladder.js';
import * as layout from '../../kernels/book/layout.js';
import type { BookArrays } from '../../kernels/book/layout.js';
import { moveWords } from '../../kernels/book/far-set.js';
import { NEAR_PRICES, NEAR_WORDS } from '../../kernels/book/near-set.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const {
  BEST,
  BUY,
  FREE_LEVEL,
  FREE_ORDER,
  ID_STEPS,
  INTS,
  NUMS,
  OPEN_LEVELS,
  OPEN_ORDERS,
  SELL,
  TRADE_ROWS,
  TRADE_WIDTH,
  VOID_ROWS,
  WORDS,
  WORDS_A_PRICE,
  WORDS_OF_NEAR,
} = layout;

/** Steps in the table of ids that are put up with. */
const ID_STEPS_MOST = 64;

function powerOfTwo(atLeast: number): number {
  let size = 16;
  while (size < atLeast) size *= 2;
  return size;
}

/**
 * Arrays of an empty book with room for so many open orders, price levels and trade rows. Bytes: 64 an order, about
 * 100 a level (up to 350 when prices lie far apart), 48 a trade row, and 8 kB for the prices near the market.
 */
export function newBook(orders: number, levels: number, tradeRows: number): BookArrays {
  const orderNums = new Float64Array(orders * 4);
  const levelNums = new Float64Array(levels * 4);
  const words = powerOfTwo(2 * (WORDS_OF_NEAR + WORDS_A_PRICE));
  const ints = new Int32Array(INTS);
  markEmpty(ints);
  return {
    orderNums,
    orderLinks: new Int32Array(orderNums.buffer),
    levelNums,
    levelLinks: new Int32Array(levelNums.buffer),
    ids: new Int32Array(2 * powerOfTwo(4 * orders)),
    near: new Int32Array(NEAR_PRICES),
    nearBits: new Int32Array(NEAR_WORDS),
    far: new Int32Array(powerOfTwo(2 * levels)),
    wordKeys: new Float64Array(words),
    wordBits: new Int32Array(words),
    trades: new Float64Array(tradeRows * TRADE_WIDTH),
    voids: new Float64Array(0),
    nums: new Float64Array(NUMS),
    ints,
  };
}

/** Takes everything out of a book and starts its clock and counters again; the memory stays. */
export function clearBook(book: BookArrays): void {
  for (const table of [book.ids, book.near, book.nearBits, book.far, book.wordBits, book.ints]) table.fill(0);
  book.wordKeys.fill(0);
  book.nums.fill(0);
  markEmpty(book.ints);
}

function markEmpty(ints: Int32Array): void {
  ints[BEST + BUY] = -1;
  ints[BEST + SELL] = -1;
  ints[FREE_ORDER] = -1;
  ints[FREE_LEVEL] = -1;
}

/** Makes room for so many more open orders, each perhaps at a price of its own. Cost: a copy of what grows, by doubling. */
export function makeRoom(book: BookArrays, more: number): void {
  const { ints } = book;
  const orders = ints[OPEN_ORDERS]! + more;
  if (orders * 4 > book.orderNums.length) growOrders(book, Math.max(orders, book.orderNums.length / 2));
  // Entries that go far make every search slow: more places, until there are 64 for an order.
  if (ints[ID_STEPS]! > ID_STEPS_MOST && book.ids.length < book.orderNums.length * 16)
    growIds(book, book.ids.length * 2);
  const levels = ints[OPEN_LEVELS]! + more;
  if (levels * 4 > book.levelNums.length) growLevels(book, Math.max(levels, book.levelNums.length / 2));
  const words = 2 * (ints[WORDS]! + WORDS_OF_NEAR + more * WORDS_A_PRICE);
  if (words > book.wordKeys.length) growWords(book, powerOfTwo(words));
}

/** Makes room for so many more trade rows. */
export function makeTradeRoom(book: BookArrays, more: number): void {
  const rows = book.ints[TRADE_ROWS]! + more;
  if (rows * TRADE_WIDTH <= book.trades.length) return;
  const trades = new Float64Array(Math.max(rows * TRADE_WIDTH, book.trades.length * 2));
  trades.set(book.trades.subarray(0, book.ints[TRADE_ROWS]! * TRADE_WIDTH));
  book.trades = trades;
}

/** Makes room for so many more resting orders cancelled by self-trade prevention. */
export function makeVoidRoom(book: BookArrays, more: number): void {
  const rows = book.ints[VOID_ROWS]! + more;
  if (rows * 2 <= book.voids.length) return;
  const voids = new Float64Array(Math.max(rows * 2, book.voids.length * 2, 32));
  voids.set(book.voids.subarray(0, book.ints[VOID_ROWS]! * 2));
  book.voids = voids;
}

function growOrders(book: BookArrays, orders: number): void {
  const orderNums = new Float64Array(orders * 4);
  orderNums.set(book.orderNums);
  book.orderNums = orderNums;
  book.orderLinks = new Int32Array(orderNums.buffer);
  const places = 2 * powerOfTwo(4 * orders);
  if (places > book.ids.length) growIds(book, places);
}

function growIds(book: BookArrays, places: number): void {
  const { ids, orderNums, ints } = book;
  book.ids = new Int32Array(places);
  ints[ID_STEPS] = 0;
  for (const value of ids) if (value > 0) addId(book, orderNums[value * 4 - 3]!, value - 1);
}

function growLevels(book: BookArrays, levels: number): void {
  const levelNums = new Float64Array(levels * 4);
  levelNums.set(book.levelNums);
  const far = new Int32Array(powerOfTwo(2 * levels));
  for (const value of book.far) if (value > 0) addToTable(far, levelNums[(value - 1) * 4]!, value - 1);
  book.levelNums = levelNums;
  book.levelLinks = new Int32Array(levelNums.buffer);
  book.far = far;
}

function growWords(book: BookArrays, words: number): void {
  const { wordKeys, wordBits } = book;
  book.wordKeys = new Float64Array(words);
  book.wordBits = new Int32Array(words);
  moveWords(wordKeys, wordBits, book);
}
