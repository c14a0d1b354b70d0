/** Cancelling and modifying an open order. */
import { findId } from './id-table.js';
import * as layout from './layout.js';
import type { BookArrays } from './layout.js';
import { arriveOrder, crossesBest } from './place.js';
import { removeOrder, shrinkOrder } from './rest.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const {
  CANCELLED,
  CLOCK,
  GTC,
  LAST_ORDER_ID,
  LEVEL,
  LEVEL_SIDE,
  NEW,
  NOT_OPEN,
  NO_REASON,
  REFUSED,
  RESULT_FILLED,
  RESULT_KEPT,
  RESULT_LEFT,
  RESULT_REASON,
  TAG,
  UNKNOWN_ORDER,
  WOULD_CROSS,
} = layout;

/** Takes an open order out; `RESULT_LEFT` has its quantity. */
export function cancelOrder(book: BookArrays, id: number): number {
  const slot = findId(book, id);
  if (slot < 0) return refuseId(book, id);
  book.nums[RESULT_LEFT] = removeOrder(book, slot);
  return CANCELLED;
}

function refuse(book: BookArrays, reason: number): number {
  book.nums[RESULT_FILLED] = 0;
  book.nums[RESULT_LEFT] = 0;
  book.ints[RESULT_REASON] = reason;
  return REFUSED;
}

/** Refuses an id that is not open. */
function refuseId(book: BookArrays, id: number): number {
  return refuse(book, id > book.nums[LAST_ORDER_ID]! ? UNKNOWN_ORDER : NOT_OPEN);
}

/**
 * Gives an open order a new price and open quantity. At the same price with no more than before it keeps its place
 * (`RESULT_KEPT` is 1); else it leaves the book and arrives anew under its id. A post-only order is not moved where it
 * would trade. What it grows by must fit the side (see `growthOf`). Room as for `arriveOrder`.
 */
export function modifyOrder(book: BookArrays, id: number, price: number, quantity: number): number {
  const { orderNums, orderLinks, levelNums, levelLinks, nums, ints } = book;
  ints[RESULT_KEPT] = 0;
  const slot = findId(book, id);
  if (slot < 0) return refuseId(book, id);
  const level = orderLinks[(slot << 3) | LEVEL]!;
  if (levelNums[level << 2] === price && quantity <= orderNums[slot << 2]!) {
    shrinkOrder(book, slot, quantity);
    nums[CLOCK] = nums[CLOCK]! + 1;
    nums[RESULT_FILLED] = 0;
    nums[RESULT_LEFT] = quantity;
    ints[RESULT_REASON] = NO_REASON;
    ints[RESULT_KEPT] = 1;
    return NEW;
  }
  const side = levelLinks[(level << 3) | LEVEL_SIDE]!;
  const tag = orderLinks[(slot << 3) | TAG]!;
  if ((tag & 1) !== 0 && crossesBest(book, side, price)) return refuse(book, WOULD_CROSS);
  removeOrder(book, slot);
  nums[CLOCK] = nums[CLOCK]! + 1;
  return arriveOrder(book, side, price, quantity, GTC, id, tag);
}

/** What a modification would add to the open quantity of the order's side; 0 when it would be refused. */
export function growthOf(book: BookArrays, id: number, price: number, quantity: number): number {
  const slot = findId(book, id);
  if (slot < 0) return 0;
  const postOnly = (book.orderLinks[(slot << 3) | TAG]! & 1) !== 0;
  if (postOnly && crossesBest(book, sideOf(book, id), price)) return 0;
  return quantity - book.orderNums[slot << 2]!;
}

/** Side on which an open order rests, or -1. */
export function sideOf(book: BookArrays, id: number): number {
  const slot = findId(book, id);
  return slot < 0 ? -1 : book.levelLinks[(book.orderLinks[(slot << 3) | LEVEL]! << 3) | LEVEL_SIDE]!;
}
