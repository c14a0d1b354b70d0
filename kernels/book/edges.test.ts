import t from 'tap';
import { makeRoom, makeTradeRoom, makeVoidRoom, newBook } from '../../src/exchange/book-memory.js';
import { randomStream, type Random } from '../../src/testing/random.js';
import { cancelOrder, modifyOrder } from './change.js';
import { findId } from './id-table.js';
import * as layout from './layout.js';
import { NEAR_PRICES } from './near-set.js';
import { placeOrder } from './place.js';
import { runCommands } from './run-commands.js';

const { BUY, SELL, BEST, OPEN_ORDERS, OPEN_LEVELS, OPEN_QUANTITY, NEAR_BASE, NEAR_LEVELS, WORDS } = layout;

/** What the counters of a book should say, counted one by one. */
interface Census {
  readonly orders: number;
  readonly levels: number;
  readonly nearLevels: number;
  readonly quantity: readonly [number, number];
  readonly best: readonly [number, number];
  readonly words: number;
}

const count = (array: Iterable<number>): number => [...array].filter((value) => value !== 0).length;

/** Length of a chain of free slots. */
function chain(links: Int32Array, first: number, link: number): number {
  const seen = new Set<number>();
  for (let slot = first; slot >= 0; slot = links[slot * 8 + link]!) {
    if (seen.has(slot)) return -1;
    seen.add(slot);
  }
  return seen.size;
}

/** Looks every id from `first` on up, and adds up what rests by hand. */
function census(b: layout.BookArrays, first: number): Census {
  const { orderNums, orderLinks, levelNums, levelLinks, nums } = b;
  const quantity: [number, number] = [0, 0];
  const prices: [number[], number[]] = [[], []];
  const levels = new Map<number, { orders: number; quantity: number }>();
  let orders = 0;
  for (let id = first; id <= nums[layout.LAST_ORDER_ID]!; id++) {
    const slot = findId(b, id);
    if (slot < 0) continue;
    orders++;
    const level = orderLinks[slot * 8 + layout.LEVEL]!;
    const side = levelLinks[level * 8 + layout.LEVEL_SIDE]! as 0 | 1;
    const open = orderNums[slot * 4]!;
    const known = levels.get(level) ?? { orders: 0, quantity: 0 };
    levels.set(level, { orders: known.orders + 1, quantity: known.quantity + open });
    quantity[side] += open;
    prices[side].push(levelNums[level * 4]!);
  }
  for (const [level, told] of levels) {
    const { COUNT, HEAD, AFTER, BEFORE, TAIL } = layout;
    const queue: number[] = [];
    for (let slot = levelLinks[level * 8 + HEAD]!; slot >= 0; slot = orderLinks[slot * 8 + AFTER]!)
      queue.push(slot);
    const back: number[] = [];
    for (let slot = levelLinks[level * 8 + TAIL]!; slot >= 0; slot = orderLinks[slot * 8 + BEFORE]!)
      back.push(slot);
    const right =
      levelLinks[level * 8 + COUNT] === told.orders &&
      levelNums[level * 4 + 1] === told.quantity &&
      queue.length === told.orders &&
      queue.join() === back.reverse().join();
    if (!right) throw new Error(`level ${level}: ${JSON.stringify([told, queue, back])}`);
  }
  const isNear = (price: number): boolean =>
    price >= nums[NEAR_BASE]! && price < nums[NEAR_BASE]! + NEAR_PRICES;
  const all = [...new Set(prices.flat())];
  const words = new Set<string>();
  for (const price of all.filter((each) => !isNear(each))) {
    for (let height = 1; height <= 11; height++)
      words.add(`${height} ${BigInt(price) >> BigInt(5 * height)}`);
  }
  return {
    orders,
    levels: levels.size,
    nearLevels: all.filter(isNear).length,
    quantity,
    best: [
      prices[BUY].reduce((a, p) => Math.max(a, p), 0),
      prices[SELL].reduce((a, p) => Math.min(a, p), Infinity),
    ],
    words: words.size,
  };
}

/** The same from the counters, once by once from the tables that they count. */
function counters(b: layout.BookArrays): Census {
  const { ints, nums } = b;
  const priceOf = (level: number, none: number): number => (level < 0 ? none : b.levelNums[level * 4]!);
  const bits = b.nearBits.reduce((sum, word) => sum + (word >>> 0).toString(2).replaceAll('0', '').length, 0);
  const nearLevels = ints[NEAR_LEVELS]!;
  const orders = ints[OPEN_ORDERS]!;
  const levels = ints[OPEN_LEVELS]!;
  const tables = [count(b.ids), count(b.near), bits, count(b.far), count(b.wordKeys)];
  const told = [orders, nearLevels, nearLevels, levels - nearLevels, ints[WORDS]];
  if (tables.join() !== told.join()) throw new Error(`tables have ${tables}, counters say ${told}`);
  const free = [
    chain(b.orderLinks, ints[layout.FREE_ORDER]!, layout.AFTER) + orders,
    chain(b.levelLinks, ints[layout.FREE_LEVEL]!, layout.HEAD) + levels,
  ];
  const used = [ints[layout.ORDER_TOP], ints[layout.LEVEL_TOP]];
  if (free.join() !== used.join()) throw new Error(`free or open ${free}, ever used ${used}`);
  return {
    orders,
    levels,
    nearLevels,
    quantity: [nums[OPEN_QUANTITY]!, nums[OPEN_QUANTITY + 1]!],
    best: [priceOf(ints[BEST]!, 0), priceOf(ints[BEST + 1]!, Infinity)],
    words: ints[WORDS]!,
  };
}

/** Random commands on orders from `first` on; prices from `low` on, `spread` wide, moving up by `drift` each. */
function commands(
  random: Random,
  size: number,
  first: number,
  low: number,
  spread: number,
  drift: number,
): {
  readonly op: Uint8Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  readonly id: Float64Array;
  readonly owner: Int32Array;
} {
  const kinds = [0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 3];
  const forces = [0, 0, 0, 0, 0, 8, 16];
  const op = Uint8Array.from({ length: size }, () => {
    const kind = kinds[random.below(kinds.length)]!;
    const force = forces[random.below(forces.length)]!;
    if (kind >= 2) return kind;
    const postOnly = kind === 0 && force === 0 && random.oneIn(6) ? 32 : 0;
    return kind + 4 * random.below(2) + (kind === 0 ? force : 0) + postOnly + 64 * random.below(4);
  });
  const MAX = layout.MAX_TICKS;
  return {
    op,
    price: Float64Array.from({ length: size }, (_, i) =>
      Math.min(MAX, low + i * drift + random.below(spread)),
    ),
    quantity: Float64Array.from({ length: size }, () => 1 + random.below(40)),
    id: Float64Array.from({ length: size }, (_, i) => {
      const back = random.below(random.oneIn(4) ? i + 1 : 60);
      const other = random.oneIn(20) ? 4_294_967_296 : 0; // alike in the low half
      return first + other + Math.max(0, Math.floor(i * 0.72) - back);
    }),
    owner: Int32Array.from({ length: size }, () => random.below(3)),
  };
}

/** One command by the calls, with room for it. */
function call(
  b: layout.BookArrays,
  op: number,
  price: number,
  quantity: number,
  id: number,
  owner: number,
): number {
  const side = (op >>> 2) & 1;
  const tag = (owner << 3) | ((op >>> 5) & 7);
  if ((op & 3) === 2) return cancelOrder(b, id);
  if ((op & 3) === 3) return modifyOrder(b, id, price, quantity);
  if ((op & 3) === 1)
    return placeOrder(b, side, side === BUY ? layout.MAX_TICKS : 1, quantity, layout.IOC, tag);
  return placeOrder(b, side, price, quantity, (op >>> 3) & 3, tag);
}

/** All that is to be the same, whichever way commands are run: rows and counters, but not the last result. */
function traces(b: layout.BookArrays): number[][] {
  const { ints, nums } = b;
  const { RESULT_REASON, RESULT_KEPT, HALT, RESULT_FILLED, RESULT_LEFT } = layout;
  return [
    [...ints].map((value, at) => (at === RESULT_REASON || at === RESULT_KEPT || at === HALT ? 0 : value)),
    [...nums].map((value, at) => (at === RESULT_FILLED || at === RESULT_LEFT ? 0 : value)),
    [...b.trades.subarray(0, ints[layout.TRADE_ROWS]! * layout.TRADE_WIDTH)],
    [...b.voids.subarray(0, ints[layout.VOID_ROWS]! * 2)],
  ];
}

/** First id, lowest price, spread, drift. */
const MARKETS: readonly (readonly [string, number, number, number, number])[] = [
  ['eight prices wide', 1, 100, 8, 0],
  ['wider than the near prices', 458_700, 1, 5_000, 0],
  ['scattered', 4_294_967_000, 1, 1_000_000, 0],
  ['scattered over all prices', 1, 1, 9_007_199_254_740_990, 0],
  ['on its way up', 65_536_000, 5_000, 300, 60],
  ['on its way down', 1, 900_000, 300, -60],
  ['at the highest prices', 1, 9_007_199_254_740_891, 101, 0],
];

for (const [name, first, low, spread, drift] of MARKETS) {
  t.test(`a market ${name}: batch and calls do the same, counters are what a count gives`, async (t) => {
    const random = randomStream(29, 3);
    const size = 1_200;
    const { op, price, quantity, id, owner } = commands(random, size, first, low, spread, drift);
    const [b, called] = [newBook(16, 16, 16), newBook(16, 16, 16)];
    for (const each of [b, called]) each.nums[layout.LAST_ORDER_ID] = first - 1;
    const status = new Uint8Array(size);
    let most = 0;
    for (let from = 0; from < size;) {
      const to = Math.min(size, from + 1 + random.below(40));
      for (const each of [b, called]) {
        each.ints[layout.TRADE_ROWS] = 0;
        each.ints[layout.VOID_ROWS] = 0;
        makeRoom(each, to - from);
        makeTradeRoom(each, 10_000);
        makeVoidRoom(each, 10_000);
      }
      t.equal(runCommands(b, op, price, quantity, id, owner, from, to, status), to);
      t.same(counters(b), census(b, first));
      for (; from < to; from++) {
        const code = call(called, op[from]!, price[from]!, quantity[from]!, id[from]!, owner[from]!);
        if (code !== status[from]) t.equal(status[from], code, `command ${from}`);
      }
      t.same(traces(b), traces(called));
      most = Math.max(most, b.ints[OPEN_ORDERS]!);
    }
    t.ok(most > 15, `${most} orders at once`);
  });
}
