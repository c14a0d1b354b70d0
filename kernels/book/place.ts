/** An order arrives: it is rejected, trades, rests, or is cancelled. */
import * as layout from './layout.js';
import type { BookArrays } from './layout.js';
import { matchOrder, wouldFill } from './match.js';
import { restOrder } from './rest.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const {
  BEST,
  CANCELLED,
  CLOCK,
  FILLED,
  FOK,
  FOK_UNFILLED,
  GTC,
  LAST_ORDER_ID,
  NEW,
  NO_LIQUIDITY,
  NO_REASON,
  PARTIALLY_FILLED,
  REJECTED,
  RESULT_FILLED,
  RESULT_LEFT,
  RESULT_REASON,
  SELF_TRADE,
  WOULD_CROSS,
} = layout;

/** Whether an order at `price` would trade with the best order of the other side. */
export function crossesBest(book: BookArrays, side: number, price: number): boolean {
  const level = book.ints[BEST + 1 - side]!;
  if (level < 0) return false;
  // For the sell side the higher price is the better one: the sign turns the comparison round.
  return (book.levelNums[level << 2]! - price) * (1 - 2 * side) <= 0;
}

/**
 * An order arrives under its id. Gives its status; `nums` and `ints` have what was filled, what is left, and why. A
 * market order is an `IOC` order with the limit 1 (sell) or 2^53 - 1 (buy).
 *
 * There must be room for an order and a level, and for as many trade rows and voids as orders are open.
 */
export function arriveOrder(
  book: BookArrays,
  side: number,
  price: number,
  quantity: number,
  timeInForce: number,
  id: number,
  tag: number,
): number {
  const { nums, ints } = book;
  let left = quantity;
  if (crossesBest(book, side, price)) {
    if ((tag & 1) !== 0) return rejectOrder(book, quantity, WOULD_CROSS);
    if (timeInForce === FOK && !wouldFill(book, side, price, quantity, tag)) {
      return rejectOrder(book, quantity, FOK_UNFILLED);
    }
    left = matchOrder(book, side, price, quantity, id, tag);
  } else if (timeInForce === FOK) return rejectOrder(book, quantity, FOK_UNFILLED);
  let reason = NO_REASON;
  if (left < 0) {
    left = -left;
    reason = SELF_TRADE;
  } else if (left > 0) {
    if (timeInForce === GTC) restOrder(book, side, price, left, id, tag);
    else reason = NO_LIQUIDITY;
  }
  nums[RESULT_FILLED] = quantity - left;
  nums[RESULT_LEFT] = left;
  ints[RESULT_REASON] = reason;
  if (left === 0) return FILLED;
  if (left < quantity) return PARTIALLY_FILLED;
  return reason === NO_REASON ? NEW : CANCELLED;
}

function rejectOrder(book: BookArrays, quantity: number, reason: number): number {
  book.nums[RESULT_FILLED] = 0;
  book.nums[RESULT_LEFT] = quantity;
  book.ints[RESULT_REASON] = reason;
  return REJECTED;
}

/** A new order: takes an id and a tick, and arrives. */
export function placeOrder(
  book: BookArrays,
  side: number,
  price: number,
  quantity: number,
  timeInForce: number,
  tag: number,
): number {
  const { nums } = book;
  const id = nums[LAST_ORDER_ID]! + 1;
  nums[LAST_ORDER_ID] = id;
  nums[CLOCK] = nums[CLOCK]! + 1;
  return arriveOrder(book, side, price, quantity, timeInForce, id, tag);
}
