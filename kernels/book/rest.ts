/** Putting an order at the back of its queue, and taking one out from anywhere in it: constant time. */
import { addId, removeId } from './id-table.js';
import { addLevel, findLevel, removeLevel } from './ladder.js';
import * as layout from './layout.js';
import type { BookArrays } from './layout.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const {
  AFTER,
  BEFORE,
  COUNT,
  FREE_ORDER,
  HEAD,
  LEVEL,
  LEVEL_SIDE,
  OPEN_ORDERS,
  OPEN_QUANTITY,
  ORDER_TOP,
  TAG,
  TAIL,
} = layout;

/** Rests an order. There must be room for an order, a level and its words. */
export function restOrder(
  book: BookArrays,
  side: number,
  price: number,
  quantity: number,
  id: number,
  tag: number,
): void {
  const { orderNums, orderLinks, levelNums, levelLinks, nums, ints } = book;
  let level = findLevel(book, price);
  if (level < 0) level = addLevel(book, side, price);
  let slot = ints[FREE_ORDER]!;
  if (slot >= 0) ints[FREE_ORDER] = orderLinks[(slot << 3) | AFTER]!;
  else {
    slot = ints[ORDER_TOP]!;
    ints[ORDER_TOP] = slot + 1;
  }
  const tail = levelLinks[(level << 3) | TAIL]!;
  orderNums[slot << 2] = quantity;
  orderNums[(slot << 2) | 1] = id;
  orderLinks[(slot << 3) | BEFORE] = tail;
  orderLinks[(slot << 3) | AFTER] = -1;
  orderLinks[(slot << 3) | LEVEL] = level;
  orderLinks[(slot << 3) | TAG] = tag;
  if (tail >= 0) orderLinks[(tail << 3) | AFTER] = slot;
  else levelLinks[(level << 3) | HEAD] = slot;
  levelLinks[(level << 3) | TAIL] = slot;
  levelLinks[(level << 3) | COUNT] = levelLinks[(level << 3) | COUNT]! + 1;
  levelNums[(level << 2) | 1] = levelNums[(level << 2) | 1]! + quantity;
  nums[OPEN_QUANTITY + side] = nums[OPEN_QUANTITY + side]! + quantity;
  ints[OPEN_ORDERS] = (ints[OPEN_ORDERS]! + 1) | 0;
  addId(book, id, slot);
}

/** Takes an order out of the book; its open quantity. */
export function removeOrder(book: BookArrays, slot: number): number {
  const { orderNums, orderLinks, levelNums, levelLinks, nums, ints } = book;
  const quantity = orderNums[slot << 2]!;
  removeId(book, orderNums[(slot << 2) | 1]!, slot);
  const level = orderLinks[(slot << 3) | LEVEL]!;
  const before = orderLinks[(slot << 3) | BEFORE]!;
  const after = orderLinks[(slot << 3) | AFTER]!;
  const side = levelLinks[(level << 3) | LEVEL_SIDE]!;
  orderLinks[(slot << 3) | AFTER] = ints[FREE_ORDER]!;
  ints[FREE_ORDER] = slot;
  ints[OPEN_ORDERS] = (ints[OPEN_ORDERS]! - 1) | 0;
  nums[OPEN_QUANTITY + side] = nums[OPEN_QUANTITY + side]! - quantity;
  const left = levelLinks[(level << 3) | COUNT]! - 1;
  if (left === 0) {
    removeLevel(book, level);
    return quantity;
  }
  levelLinks[(level << 3) | COUNT] = left;
  levelNums[(level << 2) | 1] = levelNums[(level << 2) | 1]! - quantity;
  if (before >= 0) orderLinks[(before << 3) | AFTER] = after;
  else levelLinks[(level << 3) | HEAD] = after;
  if (after >= 0) orderLinks[(after << 3) | BEFORE] = before;
  else levelLinks[(level << 3) | TAIL] = before;
  return quantity;
}

/** Lowers the open quantity of an order, which keeps its place. */
export function shrinkOrder(book: BookArrays, slot: number, quantity: number): void {
  const { orderNums, orderLinks, levelNums, levelLinks, nums } = book;
  const level = orderLinks[(slot << 3) | LEVEL]!;
  const side = levelLinks[(level << 3) | LEVEL_SIDE]!;
  const less = orderNums[slot << 2]! - quantity;
  orderNums[slot << 2] = quantity;
  levelNums[(level << 2) | 1] = levelNums[(level << 2) | 1]! - less;
  nums[OPEN_QUANTITY + side] = nums[OPEN_QUANTITY + side]! - less;
}
