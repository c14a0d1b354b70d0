/** Matching: an incoming order against the other side, best price first, oldest first, at the resting order's price. */
import { removeId } from './id-table.js';
import { levelAbove, levelBelow, removeLevel } from './ladder.js';
import * as layout from './layout.js';
import type { BookArrays } from './layout.js';
import { removeOrder } from './rest.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const { AFTER, BEFORE, BEST, CANCEL_NEWEST, CLOCK, COUNT, DECREMENT_AND_CANCEL, FREE_ORDER, HEAD } = layout;
const { LAST_PRICE, LAST_TRADE_ID, OPEN_ORDERS, OPEN_QUANTITY, TAG, TRADE_ROWS, TRADE_WIDTH, VOID_ROWS } =
  layout;

/**
 * Trades an incoming order as far as its limit allows and writes a row for each trade. What is left of it; negative
 * when self-trade prevention cancels that rest.
 *
 * The trade rows must have room for as many trades as orders are open. Cost: a constant for each order met.
 */
export function matchOrder(
  book: BookArrays,
  side: number,
  limit: number,
  quantity: number,
  id: number,
  tag: number,
): number {
  const { orderLinks, levelNums, levelLinks, nums, ints } = book;
  // For the sell side the higher price is the better one: the sign turns the comparison round.
  const sign = 1 - 2 * side;
  const guarded = tag > 7 && (tag & 6) !== 0;
  const rows = ints[TRADE_ROWS]!;
  let left = quantity;
  while (left > 0) {
    const level = ints[BEST + 1 - side]!;
    if (level < 0 || (levelNums[level << 2]! - limit) * sign > 0) break;
    if (!guarded) left = meetLevel(book, level, side, left, id, 2147483647);
    else if (orderLinks[(levelLinks[(level << 3) | HEAD]! << 3) | TAG]! >>> 3 !== tag >>> 3) {
      left = meetLevel(book, level, side, left, id, 1);
    } else if (!meetOwn(book, level, left, (tag >>> 1) & 3)) {
      left = -left;
    }
  }
  const trades = ints[TRADE_ROWS]! - rows;
  if (trades > 0) {
    nums[LAST_TRADE_ID] = nums[LAST_TRADE_ID]! + trades;
    nums[LAST_PRICE] = book.trades[(ints[TRADE_ROWS]! - 1) * TRADE_WIDTH]!;
    nums[OPEN_QUANTITY + 1 - side] = nums[OPEN_QUANTITY + 1 - side]! - (quantity - Math.abs(left));
  }
  return left;
}

/** Trades with at most `most` orders at the front of a level; what is left of the incoming order. */
function meetLevel(
  book: BookArrays,
  level: number,
  side: number,
  quantity: number,
  id: number,
  most: number,
): number {
  const { orderNums, orderLinks, levelNums, levelLinks, trades, nums, ints } = book;
  const price = levelNums[level << 2]!;
  let tick = nums[CLOCK]!;
  let row = ints[TRADE_ROWS]!;
  let free = ints[FREE_ORDER]!;
  let left = quantity;
  let slot = levelLinks[(level << 3) | HEAD]!;
  let done = 0;
  while (slot >= 0 && left > 0 && done < most) {
    const resting = orderNums[slot << 2]!;
    const passive = orderNums[(slot << 2) | 1]!;
    const filled = left < resting ? left : resting;
    const at = Math.imul(row, TRADE_WIDTH);
    tick++;
    row = (row + 1) | 0;
    left -= filled;
    trades[at] = price;
    trades[at + 1] = filled;
    trades[at + 2] = id;
    trades[at + 3] = passive;
    trades[at + 4] = side;
    trades[at + 5] = tick;
    if (filled !== resting) {
      orderNums[slot << 2] = resting - filled;
      break;
    }
    removeId(book, passive, slot);
    const after = orderLinks[(slot << 3) | AFTER]!;
    orderLinks[(slot << 3) | AFTER] = free;
    free = slot;
    slot = after;
    done = (done + 1) | 0;
  }
  nums[CLOCK] = tick;
  ints[TRADE_ROWS] = row;
  ints[FREE_ORDER] = free;
  ints[OPEN_ORDERS] = (ints[OPEN_ORDERS]! - done) | 0;
  if (slot < 0) removeLevel(book, level);
  else {
    levelLinks[(level << 3) | HEAD] = slot;
    orderLinks[(slot << 3) | BEFORE] = -1;
    levelLinks[(level << 3) | COUNT] = (levelLinks[(level << 3) | COUNT]! - done) | 0;
    levelNums[(level << 2) | 1] = levelNums[(level << 2) | 1]! - (quantity - left);
  }
  return left;
}

/**
 * The incoming order meets one of its owner at the front of a level. Cancels the resting one, or gives false when the
 * incoming one is to be cancelled.
 */
function meetOwn(book: BookArrays, level: number, left: number, policy: number): boolean {
  const { orderNums, levelLinks, voids, ints } = book;
  const slot = levelLinks[(level << 3) | HEAD]!;
  const resting = orderNums[slot << 2]!;
  if (policy === CANCEL_NEWEST || (policy === DECREMENT_AND_CANCEL && left < resting)) return false;
  const row = ints[VOID_ROWS]!;
  voids[row * 2] = orderNums[(slot << 2) | 1]!;
  voids[row * 2 + 1] = resting;
  ints[VOID_ROWS] = (row + 1) | 0;
  removeOrder(book, slot);
  return true;
}

/**
 * Whether an incoming order would be filled in full: the walk of `matchOrder` without a trade. Cost: the levels it
 * crosses, and the orders of those levels under self-trade prevention.
 */
export function wouldFill(
  book: BookArrays,
  side: number,
  limit: number,
  quantity: number,
  tag: number,
): boolean {
  const { orderNums, orderLinks, levelNums, levelLinks, ints } = book;
  const sign = 1 - 2 * side;
  const guarded = tag > 7 && (tag & 6) !== 0;
  const owner = tag >>> 3;
  const policy = (tag >>> 1) & 3;
  // No more can be had than is there; stops that wait make this a bound only.
  if (quantity > book.nums[OPEN_QUANTITY + 1 - side]!) return false;
  let left = quantity;
  let level = ints[BEST + 1 - side]!;
  while (level >= 0) {
    const price = levelNums[level << 2]!;
    if ((price - limit) * sign > 0) return false;
    if (guarded) {
      for (let slot = levelLinks[(level << 3) | HEAD]!; slot >= 0; slot = orderLinks[(slot << 3) | AFTER]!) {
        const resting = orderNums[slot << 2]!;
        if (orderLinks[(slot << 3) | TAG]! >>> 3 !== owner) left -= resting;
        else if (policy === CANCEL_NEWEST || (policy === DECREMENT_AND_CANCEL && left < resting))
          return false;
        if (left <= 0) return true;
      }
    } else {
      left -= levelNums[(level << 2) | 1]!;
      if (left <= 0) return true;
    }
    level = side === 0 ? levelAbove(book, price) : levelBelow(book, price);
  }
  return false;
}
