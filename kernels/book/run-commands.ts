/** The batch form: a column of commands against a book. */
import { cancelOrder, growthOf, modifyOrder, sideOf } from './change.js';
import { bestBeyond } from './ladder.js';
import * as layout from './layout.js';
import type { BookArrays } from './layout.js';
import { arriveOrder, placeOrder } from './place.js';
import * as plain from './run-plain.js';
import { runPlain } from './run-plain.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const {
  CANCEL,
  FILLED,
  GTC,
  HALT,
  IOC,
  LAST_ORDER_ID,
  MARKET,
  MAX_TICKS,
  MODIFY,
  OPEN_ORDERS,
  OPEN_QUANTITY,
} = layout;
const { PARTIALLY_FILLED, RESULT_LEFT, TRADE_ROWS, TRADE_WIDTH, VOID_ROWS } = layout;
const { ALL_RUN, GOES_ON, NOT_PLAIN } = plain;

/** Status of a command whose quantity would take its side's open quantity past 2^53 - 1. */
export const TOO_MUCH = 255;
/** Status of a command that was not run because its trades might not fit the memory. */
export const NO_ROOM = 254;

/**
 * Runs commands `from` … `to - 1` and gives the place of the first one that was not run: `to`, or earlier where it has
 * the status `NO_ROOM` or `TOO_MUCH`.
 *
 * op        kind (0 limit, 1 market, 2 cancel, 3 modify) + side × 4 + time in force × 8 + post-only × 32 + policy × 64
 * price     ticks; unused by market and cancel
 * quantity  units; unused by cancel
 * id        of the order to cancel or modify
 * owner     codes, 0 for none
 * status    what became of each command
 *
 * There must be room for as many orders and levels as there are commands. An empty array of voids means that there are
 * no owners.
 */
export function runCommands(
  book: BookArrays,
  op: Uint8Array,
  price: Float64Array,
  quantity: Float64Array,
  id: Float64Array,
  owner: Int32Array,
  from: number,
  to: number,
  status: Uint8Array,
): number {
  let i = from;
  for (;;) {
    i = runPlain(book, op, price, quantity, id, owner, i, to, status);
    const halt = book.ints[HALT]!;
    if (halt === ALL_RUN) return i;
    if (halt === NOT_PLAIN) {
      const code = runOne(book, op[i]!, price[i]!, quantity[i]!, id[i]!, owner[i]!);
      status[i] = code;
      if (code >= NO_ROOM) return i;
      i++;
    } else {
      bestBeyond(book);
      if (halt === GOES_ON) status[i - 1] = goOn(book, op[i - 1]!, price[i - 1]!, owner[i - 1]!);
    }
  }
}

/** The rest of an order that `runPlain` has placed and partly filled arrives where the best price is known again. */
function goOn(book: BookArrays, op: number, price: number, owner: number): number {
  const side = (op >>> 2) & 1;
  const limit = (op & 3) === MARKET ? (side === 0 ? MAX_TICKS : 1) : price;
  const timeInForce = (op & 27) === 0 ? GTC : IOC;
  const tag = (owner << 3) | ((op >>> 5) & 7);
  const { nums } = book;
  const status = arriveOrder(book, side, limit, nums[RESULT_LEFT]!, timeInForce, nums[LAST_ORDER_ID]!, tag);
  return status === FILLED ? FILLED : PARTIALLY_FILLED;
}

/** One command by the calls; `NO_ROOM` or `TOO_MUCH` if it was not run. */
function runOne(
  book: BookArrays,
  op: number,
  price: number,
  quantity: number,
  id: number,
  owner: number,
): number {
  const { nums, ints } = book;
  const kind = op & 3;
  if (kind === CANCEL) return cancelOrder(book, id);
  const open = ints[OPEN_ORDERS]!;
  const voids = book.voids.length >> 1;
  if (ints[TRADE_ROWS]! + open > book.trades.length / TRADE_WIDTH) return NO_ROOM;
  if (voids > 0 && ints[VOID_ROWS]! + open > voids) return NO_ROOM;
  if (kind === MODIFY) {
    const more = growthOf(book, id, price, quantity);
    if (more > 0 && nums[OPEN_QUANTITY + sideOf(book, id)]! + more > MAX_TICKS) return TOO_MUCH;
    return modifyOrder(book, id, price, quantity);
  }
  const side = (op >>> 2) & 1;
  const tag = (owner << 3) | ((op >>> 5) & 7);
  if (kind === MARKET) return placeOrder(book, side, side === 0 ? MAX_TICKS : 1, quantity, IOC, tag);
  const timeInForce = (op >>> 3) & 3;
  if (timeInForce === GTC && nums[OPEN_QUANTITY + side]! + quantity > MAX_TICKS) return TOO_MUCH;
  return placeOrder(book, side, price, quantity, timeInForce, tag);
}
