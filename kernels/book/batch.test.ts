import t from 'tap';
import { makeRoom, newBook } from '../../src/exchange/book-memory.js';
import { randomStream } from '../../src/testing/random.js';
import { cancelOrder, growthOf, modifyOrder, sideOf } from './change.js';
import { findId } from './id-table.js';
import { firstBadCommand } from './check-commands.js';
import * as layout from './layout.js';
import { matchOrder, wouldFill } from './match.js';
import { restOrder, shrinkOrder } from './rest.js';
import { NO_ROOM, runCommands, TOO_MUCH } from './run-commands.js';
import { foldTrades } from './trade-hash.js';

const { BEST, BUY, MODIFY, SELL, MAX_TICKS, OPEN_QUANTITY, TRADE_ROWS, VOID_ROWS } = layout;

/** A fill-or-kill buy, which is never plain. */
const FOK_BUY = 16;

/** A book with room for so many trades and voids in which these sells of 10 rest at 5, under the ids 1, 2 … */
function sells(count: number, tradeRows: number, voidRows: number): layout.BookArrays {
  const b = newBook(16, 16, tradeRows);
  makeRoom(b, 16);
  b.voids = new Float64Array(2 * voidRows);
  for (let id = 1; id <= count; id++) restOrder(b, SELL, 5, 10, id, 0);
  b.nums[layout.LAST_ORDER_ID] = count;
  return b;
}

/** Status of one command. */
function run(b: layout.BookArrays, op: number, price: number, quantity: number, id = 0): number {
  const status = new Uint8Array(1);
  const one = (value: number): Float64Array => Float64Array.of(value);
  runCommands(b, Uint8Array.of(op), one(price), one(quantity), one(id), new Int32Array(1), 0, 1, status);
  return status[0]!;
}

t.test('a command runs while every open order could trade, or be prevented, once more', async (t) => {
  const trades = sells(1, 1, 0);
  t.equal(run(trades, FOK_BUY, 5, 4), layout.FILLED, 'one open order, one row');
  t.equal(run(trades, FOK_BUY, 5, 4), NO_ROOM, 'one open order, no row left');
  t.equal(run(trades, MODIFY, 5, 4, 1), NO_ROOM);
  trades.ints[TRADE_ROWS] = 0;
  t.equal(run(trades, FOK_BUY, 5, 4), layout.FILLED);
  t.equal(run(sells(2, 9, 0), FOK_BUY, 5, 15), layout.FILLED, 'no voids: no owners');
  const voids = sells(2, 9, 2);
  t.equal(run(voids, FOK_BUY, 5, 10), layout.FILLED, 'two open orders, two voids');
  voids.ints[VOID_ROWS] = 1;
  t.equal(run(voids, FOK_BUY, 5, 5), layout.FILLED, 'one open order, one void');
  voids.ints[VOID_ROWS] = 2;
  t.equal(run(voids, FOK_BUY, 5, 5), NO_ROOM);
  t.equal(run(sells(3, 9, 2), FOK_BUY, 5, 5), NO_ROOM);
});

t.test('a modification may fill its side up to 2^53 - 1; what does not rest needs no room', async (t) => {
  for (const side of [BUY, SELL]) {
    const b = newBook(16, 16, 9);
    makeRoom(b, 9);
    restOrder(b, side, 50, MAX_TICKS - 10, 1, 0);
    restOrder(b, side, 60, 4, 2, 0);
    b.nums[layout.LAST_ORDER_ID] = 2;
    t.equal(run(b, MODIFY, 60, 11, 2), TOO_MUCH, '7 more to 2^53 - 7');
    t.equal(run(b, MODIFY, 60, 10, 2), layout.NEW, '6 more');
    t.equal(run(b, MODIFY, 60, 11, 2), TOO_MUCH);
    t.equal(run(b, MODIFY, 60, 3, 2), layout.NEW);
    t.equal(run(b, MODIFY, 60, MAX_TICKS, 9), layout.REFUSED);
    t.equal(run(b, MODIFY, 60, 10, 2), layout.NEW);
    t.equal(run(b, FOK_BUY + 4 * side, side === BUY ? 1 : 99, 5), layout.REJECTED, 'the side is full');
    t.equal(run(b, 4 * side, side === BUY ? 1 : 99, 1), TOO_MUCH);
  }
});

t.test('without an owner there is no self-trade, whatever policy and post-only say', async (t) => {
  const b = sells(1, 9, 9);
  t.ok(wouldFill(b, BUY, 5, 10, 7));
  t.equal(matchOrder(b, BUY, 5, 4, 2, 7), 0);
  t.equal(b.ints[TRADE_ROWS], 1);
});

interface Command {
  readonly op: number;
  readonly price?: number;
  readonly quantity?: number;
  readonly id?: number;
  readonly owner?: number;
}

/** Place of the first bad one of the commands before `to`; 10 owners are known. */
function firstBad(commands: readonly Command[], to = commands.length): number {
  const column = (name: 'price' | 'quantity' | 'id'): Float64Array =>
    Float64Array.from(commands, (command) => command[name] ?? 1);
  const op = Uint8Array.from(commands, (command) => command.op);
  const owner = Int32Array.from(commands, (command) => command.owner ?? 0);
  return firstBadCommand(op, column('price'), column('quantity'), column('id'), owner, 10, 0, to);
}

t.test('two flaws of one size do not cancel out', async (t) => {
  t.equal(
    firstBad([
      { op: 0, price: 2 ** 53 },
      { op: 0, price: 0 },
    ]),
    0,
  );
  t.equal(
    firstBad([
      { op: 0, price: 0 },
      { op: 0, price: 2 ** 53 },
    ]),
    0,
  );
  t.equal(firstBad([{ op: 3, quantity: 0, price: 0 }]), 0);
  t.equal(firstBad([{ op: 3, price: 0, id: 0 }]), 0);
  t.equal(firstBad([{ op: 3, quantity: 0, id: 0 }]), 0);
});

t.test('a second look, for a value that is not read, finds good commands good', async (t) => {
  const odd: Command = { op: 2, price: Number.NaN };
  for (const good of [
    { op: 0, price: MAX_TICKS, quantity: MAX_TICKS },
    { op: 3, id: MAX_TICKS },
    { op: 8 },
    { op: 16 },
    { op: 32 },
    { op: 1 },
  ]) {
    t.equal(firstBad([odd, good]), 2, JSON.stringify(good));
  }
  for (const op of [24, 40, 48, 33]) t.equal(firstBad([odd, { op }]), 1, `op ${op}`);
});

t.test('only the commands asked for are looked at', async (t) => {
  t.equal(firstBad([{ op: 0 }, { op: 0 }, { op: 0, owner: 10 }], 1), 1);
  t.equal(firstBad([{ op: 0 }, { op: 0, owner: 10 }, { op: 0 }]), 1);
  t.equal(firstBad([{ op: 0, owner: 9 }, { op: 0 }, { op: 0, price: 0 }], 1), 1);
});

t.test('an order that shrinks takes the difference from its level and its side', async (t) => {
  const b = newBook(16, 16, 16);
  restOrder(b, BUY, 7, 10, 1, 0);
  restOrder(b, SELL, 9, 10, 2, 0);
  restOrder(b, SELL, 9, 5, 3, 0);
  shrinkOrder(b, findId(b, 2), 4);
  t.same([...b.nums.subarray(OPEN_QUANTITY, OPEN_QUANTITY + 2)], [10, 9]);
  t.equal(b.levelNums[b.ints[BEST + SELL]! * 4 + 1], 9);
});

t.test(
  'what cannot be cancelled or modified is refused with the reason, and nothing filled or left',
  async (t) => {
    const b = newBook(16, 16, 16);
    restOrder(b, BUY, 7, 10, 2, 0);
    restOrder(b, SELL, 9, 10, 3, 1);
    b.nums[layout.LAST_ORDER_ID] = 3;
    const said = (status: number): number[] => {
      const { RESULT_FILLED, RESULT_LEFT, RESULT_REASON, RESULT_KEPT } = layout;
      return [
        status,
        b.nums[RESULT_FILLED]!,
        b.nums[RESULT_LEFT]!,
        b.ints[RESULT_REASON]!,
        b.ints[RESULT_KEPT]!,
      ];
    };
    const forget = (): void => {
      b.nums.fill(77, layout.RESULT_FILLED, layout.RESULT_LEFT + 1);
      b.ints[layout.RESULT_REASON] = 77;
    };
    for (const refuse of [
      (id: number): number => cancelOrder(b, id),
      (id: number): number => modifyOrder(b, id, 7, 1),
    ]) {
      forget();
      t.same(said(refuse(1)), [layout.REFUSED, 0, 0, layout.NOT_OPEN, 0]);
      forget();
      t.same(said(refuse(4)), [layout.REFUSED, 0, 0, layout.UNKNOWN_ORDER, 0]);
    }
    b.nums[layout.LAST_ORDER_ID] = 5;
    t.same(said(cancelOrder(b, 5)), [layout.REFUSED, 0, 0, layout.NOT_OPEN, 0], 'the last id given');
    t.same(said(modifyOrder(b, 5, 7, 1)), [layout.REFUSED, 0, 0, layout.NOT_OPEN, 0]);
    t.same(said(modifyOrder(b, 3, 7, 12)), [layout.REFUSED, 0, 0, layout.WOULD_CROSS, 0]);
    t.same([growthOf(b, 3, 7, 12), growthOf(b, 3, 8, 12), growthOf(b, 2, 9, 12)], [0, 2, 2]);
    t.same([growthOf(b, 1, 7, 12), growthOf(b, 2, 7, 4)], [0, -6]);
    t.same([sideOf(b, 2), sideOf(b, 3), sideOf(b, 1)], [BUY, SELL, -1]);
  },
);

/** `foldTrades` in big integers, each step on its own, held to 32 bits. */
function foldSlowly(rows: Float64Array): number[] {
  const word = (value: bigint): bigint => BigInt.asUintN(32, value);
  const rotate = (value: bigint, by: bigint): bigint =>
    word((word(value) << by) | (word(value) >> (32n - by)));
  let [a, b, c, d] = [0n, 0n, 0n, 0n];
  for (const value of rows) {
    a = word(rotate(a ^ word(BigInt(value)), 13n) * 0x85ebca6bn + d);
    b = word(rotate(b ^ word(BigInt(value) >> 32n), 17n) * 0xc2b2ae35n + a);
    c = word((rotate(c + b, 7n) * 0x27d4eb2fn) ^ a);
    d = word(rotate(d ^ c, 19n) + 0x165667b1n);
  }
  return [a, b, c, d].map((value) => Number(BigInt.asIntN(32, value)));
}

t.test('the hash of trades is the one that big integers give', async (t) => {
  const random = randomStream(7, 7);
  const rows = Float64Array.from(
    { length: 120 },
    () => random.below(4_294_967_296) * (1 + random.below(2_097_151)),
  );
  const state = new Int32Array(4);
  foldTrades(rows, 0, 20, state);
  t.same([...state], foldSlowly(rows));
});
