/**
 * The ladder of price levels: from price to level, and from a price to the next one that has a level. The prices near the
 * market stand in an array by their distance from its base, the others in a hash table; each price in one of the two. The
 * array moves after the market when as many best prices have come up outside of it as it has levels to carry over, so
 * that a move costs a constant for each of them.
 */
import { addFar, farAbove, farBelow, removeFar } from './far-set.js';
import * as layout from './layout.js';
import type { BookArrays } from './layout.js';
import * as nearSet from './near-set.js';
import { addNear, nearFrom, nearUpTo, removeNear } from './near-set.js';
import { placeOf } from './price-hash.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const { NEAR_PRICES } = nearSet;
const {
  BEST,
  COUNT,
  FAR_BESTS,
  FREE_LEVEL,
  HEAD,
  LEVEL_SIDE,
  LEVEL_TOP,
  NEAR_BASE,
  NEAR_LEVELS,
  OPEN_LEVELS,
} = layout;
const { MAX_TICKS, TAIL } = layout;

/** Level of a price, or -1 when nothing rests there. */
export function findLevel(book: BookArrays, price: number): number {
  const offset = price - book.nums[NEAR_BASE]!;
  if (offset >= 0 && offset < NEAR_PRICES) return book.near[offset | 0]! - 1;
  return findInTable(book.far, book.levelNums, price);
}

function findInTable(far: Int32Array, levelNums: Float64Array, price: number): number {
  const mask = far.length - 1;
  for (let at = placeOf(price, mask); ; at = (at + 1) & mask) {
    const level = far[at]! - 1;
    if (level < 0 || levelNums[level << 2] === price) return level;
  }
}

/** Enters a level into the hash table of far prices. */
export function addToTable(far: Int32Array, price: number, level: number): void {
  const mask = far.length - 1;
  let at = placeOf(price, mask);
  while (far[at] !== 0) at = (at + 1) & mask;
  far[at] = level + 1;
}

function removeFromTable(far: Int32Array, levelNums: Float64Array, price: number, level: number): void {
  const mask = far.length - 1;
  let gap = placeOf(price, mask);
  while (far[gap] !== level + 1) gap = (gap + 1) & mask;
  for (let at = (gap + 1) & mask; ; at = (at + 1) & mask) {
    const value = far[at]!;
    if (value === 0) break;
    if (((at - placeOf(levelNums[(value - 1) << 2]!, mask)) & mask) < ((at - gap) & mask)) continue;
    far[gap] = value;
    gap = at;
  }
  far[gap] = 0;
}

/** Adds the level of a price that has none, on `side`, and gives it. */
export function addLevel(book: BookArrays, side: number, price: number): number {
  const { levelNums, levelLinks, nums, ints } = book;
  let level = ints[FREE_LEVEL]!;
  if (level >= 0) ints[FREE_LEVEL] = levelLinks[(level << 3) | HEAD]!;
  else {
    level = ints[LEVEL_TOP]!;
    ints[LEVEL_TOP] = (level + 1) | 0;
  }
  ints[OPEN_LEVELS] = (ints[OPEN_LEVELS]! + 1) | 0;
  levelNums[level << 2] = price;
  levelNums[(level << 2) | 1] = 0;
  levelLinks[(level << 3) | TAIL] = -1;
  levelLinks[(level << 3) | COUNT] = 0;
  levelLinks[(level << 3) | LEVEL_SIDE] = side;
  const best = ints[BEST + side]!;
  // For the sell side the lower price is the better one: the sign turns the comparison round.
  if (best < 0 || (price - levelNums[best << 2]!) * (1 - 2 * side) > 0) {
    ints[BEST + side] = level;
    const offset = price - nums[NEAR_BASE]!;
    if (!(offset >= 0 && offset < NEAR_PRICES)) followMarket(book, price);
  }
  enter(book, price, level);
  return level;
}

/** Takes a level into the part of the ladder that its price belongs to. */
function enter(book: BookArrays, price: number, level: number): void {
  const { ints } = book;
  const offset = price - book.nums[NEAR_BASE]!;
  if (offset >= 0 && offset < NEAR_PRICES) {
    book.near[offset | 0] = level + 1;
    addNear(book.nearBits, offset | 0);
    ints[NEAR_LEVELS] = (ints[NEAR_LEVELS]! + 1) | 0;
  } else {
    addFar(book, price);
    addToTable(book.far, price, level);
  }
}

/** Level of the lowest price above `price`, of either side, or -1. */
export function levelAbove(book: BookArrays, price: number): number {
  const { near, nearBits, nums } = book;
  const base = nums[NEAR_BASE]!;
  const offset = price - base;
  let place = -1;
  if (offset < NEAR_PRICES) {
    place = nearFrom(nearBits, offset >= 0 ? (offset | 0) + 1 : 0);
    if (place >= 0 && offset >= 0) return near[place]! - 1;
  }
  const far = farAbove(book, price);
  if (place >= 0 && (far === 0 || far > base + place)) return near[place]! - 1;
  return far === 0 ? -1 : findInTable(book.far, book.levelNums, far);
}

/** Level of the highest price below `price`, of either side, or -1. */
export function levelBelow(book: BookArrays, price: number): number {
  const { near, nearBits, nums } = book;
  const base = nums[NEAR_BASE]!;
  const offset = price - base;
  let place = -1;
  if (offset > 0) {
    place = nearUpTo(nearBits, offset <= NEAR_PRICES ? (offset | 0) - 1 : NEAR_PRICES - 1);
    if (place >= 0 && offset < NEAR_PRICES) return near[place]! - 1;
  }
  const far = farBelow(book, price);
  if (place >= 0 && far < base + place) return near[place]! - 1;
  return far === 0 ? -1 : findInTable(book.far, book.levelNums, far);
}

/** A best price outside of the near part: moves that part around it, if that pays by now. */
function followMarket(book: BookArrays, price: number): void {
  const { near, nearBits, far, levelNums, nums, ints } = book;
  const seen = ints[FAR_BESTS]! + 1;
  ints[FAR_BESTS] = seen;
  if (seen < ints[NEAR_LEVELS]!) return;
  ints[FAR_BESTS] = 0;
  const base = nums[NEAR_BASE]!;
  for (let place = nearFrom(nearBits, 0); place >= 0; place = nearFrom(nearBits, place + 1)) {
    removeNear(nearBits, place);
    addFar(book, base + place);
    addToTable(far, base + place, near[place]! - 1);
    near[place] = 0;
  }
  ints[NEAR_LEVELS] = 0;
  const start = price - (NEAR_PRICES >> 1);
  nums[NEAR_BASE] = start;
  let next = farAbove(book, Math.max(start - 1, 0));
  while (next > 0 && next < start + NEAR_PRICES) {
    const level = findInTable(far, levelNums, next);
    removeFar(book, next);
    removeFromTable(far, levelNums, next, level);
    enter(book, next, level);
    next = farAbove(book, next);
  }
}

/** Removes a level in which nothing rests any more. */
export function removeLevel(book: BookArrays, level: number): void {
  const { levelNums, levelLinks, ints, nums } = book;
  const price = levelNums[level << 2]!;
  const side = levelLinks[(level << 3) | LEVEL_SIDE]!;
  const offset = price - nums[NEAR_BASE]!;
  if (offset >= 0 && offset < NEAR_PRICES) {
    book.near[offset | 0] = 0;
    removeNear(book.nearBits, offset | 0);
    ints[NEAR_LEVELS] = (ints[NEAR_LEVELS]! - 1) | 0;
  } else {
    removeFar(book, price);
    removeFromTable(book.far, levelNums, price, level);
  }
  levelLinks[(level << 3) | HEAD] = ints[FREE_LEVEL]!;
  ints[FREE_LEVEL] = level;
  ints[OPEN_LEVELS] = (ints[OPEN_LEVELS]! - 1) | 0;
  if (ints[BEST + side] === level) {
    // Next to the best bid are bids, next to the best ask are asks: the book is never crossed.
    ints[BEST + side] = side === 0 ? levelBelow(book, price) : levelAbove(book, price);
  }
}

/** Finds the best levels again that stand as -2: no near price is left on that side. */
export function bestBeyond(book: BookArrays): void {
  const { levelNums, ints } = book;
  for (let side = 0; side < 2; side++) {
    if (ints[BEST + side]! >= -1) continue;
    // The other side's best bounds this side; where it has none, this side is all there is.
    const other = ints[BEST + 1 - side]!;
    const bound = other >= 0 ? levelNums[other << 2]! : side === 0 ? MAX_TICKS + 1 : 0;
    ints[BEST + side] = side === 0 ? levelBelow(book, bound) : levelAbove(book, bound);
  }
}
