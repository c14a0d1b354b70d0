/** The fast part of the batch form: what most commands do, in one loop without calls. */
import * as layout from './layout.js';
import type { BookArrays } from './layout.js';
import * as nearSet from './near-set.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const { NEAR_PRICES, NEAR_WORDS } = nearSet;
const { AFTER, BEFORE, BEST, CANCEL, CANCELLED, CLOCK, COUNT, FILLED, FREE_LEVEL, FREE_ORDER } = layout;
const { HALT, HEAD, ID_STEPS, LAST_ORDER_ID, LAST_PRICE, LAST_TRADE_ID, LEVEL, LEVEL_SIDE } = layout;
const { LEVEL_TOP, MARKET, MAX_TICKS, MODIFY } = layout;
const { NEAR_BASE, NEAR_LEVELS, NEW, OPEN_LEVELS, OPEN_ORDERS, OPEN_QUANTITY, ORDER_TOP } = layout;
const { PARTIALLY_FILLED, REFUSED, RESULT_LEFT, TAG, TAIL, TRADE_ROWS, TRADE_WIDTH } = layout;

/** `HALT`: every command was run. */
export const ALL_RUN = 0;
/** `HALT`: the next command is to be run by the calls. */
export const NOT_PLAIN = 1;
/** `HALT`: the last command was run, but the best level of a side is to be looked for beyond the near prices. */
export const BEST_UNKNOWN = 2;
/** `HALT`: as `BEST_UNKNOWN`, and the order just placed has `RESULT_LEFT` left to trade or rest. */
export const GOES_ON = 3;

/** In `ints[BEST + side]`: to be looked for. */
const UNKNOWN = -2;

/**
 * Runs commands from `from` on as `runCommands` does, and stops at the first that is not plain. Plain are cancels, and
 * limit and market orders that are not fill-or-kill, are not held up by self-trade prevention or post-only, and rest, if
 * they do, at a near price. Gives the place of the first command that was not run; `HALT` says why.
 *
 * Everything that arriving, matching, resting and cancelling do elsewhere by calls stands here once more: a loop without
 * calls keeps clock, counters and array addresses in registers, which halves the time.
 */
export function runPlain(
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
  const { orderNums, orderLinks, levelNums, levelLinks, near, nearBits, ids, trades, nums, ints } = book;
  const mask = ids.length - 1;
  const rowsMost = (trades.length / TRADE_WIDTH) | 0;
  const base = nums[NEAR_BASE]!;
  let clock = nums[CLOCK]!;
  let lastId = nums[LAST_ORDER_ID]!;
  let free = ints[FREE_ORDER]!;
  let top = ints[ORDER_TOP]!;
  let open = ints[OPEN_ORDERS]!;
  let row = ints[TRADE_ROWS]!;
  let steps = ints[ID_STEPS]!;
  let halt = ALL_RUN;
  const end = to | 0;
  let i = from | 0;
  while (i < end && halt === ALL_RUN) {
    const code = op[i]!;
    const kind = code & 3;
    if (kind === CANCEL) {
      const wanted = id[i]!;
      const low = wanted | 0;
      const mixed = Math.imul(low >>> 4, 0x9e3779b1);
      let at = (((mixed ^ (mixed >>> 15)) << 4) | (low & 15)) & mask;
      let slot = -1;
      for (let step = steps; step >= 0; step--) {
        const found = (ids[at]! - 1) | 0;
        if (found >= 0 && orderNums[(found << 2) | 1] === wanted) {
          slot = found;
          break;
        }
        at = (at + 1) & mask;
      }
      if (slot < 0) {
        status[i] = REFUSED;
        i = (i + 1) | 0;
        continue;
      }
      ids[at] = 0;
      const level = orderLinks[(slot << 3) | LEVEL]!;
      const before = orderLinks[(slot << 3) | BEFORE]!;
      const after = orderLinks[(slot << 3) | AFTER]!;
      const left = orderNums[slot << 2]!;
      const side = levelLinks[(level << 3) | LEVEL_SIDE]!;
      const others = (levelLinks[(level << 3) | COUNT]! - 1) | 0;
      const offset = levelNums[level << 2]! - base;
      if (others === 0 && !(offset >= 0 && offset < NEAR_PRICES)) {
        ids[at] = slot + 1;
        halt = NOT_PLAIN;
        continue;
      }
      orderLinks[(slot << 3) | AFTER] = free;
      free = slot;
      open = (open - 1) | 0;
      nums[OPEN_QUANTITY + side] = nums[OPEN_QUANTITY + side]! - left;
      status[i] = CANCELLED;
      i = (i + 1) | 0;
      if (others > 0) {
        levelLinks[(level << 3) | COUNT] = others;
        levelNums[(level << 2) | 1] = levelNums[(level << 2) | 1]! - left;
        if (before >= 0) orderLinks[(before << 3) | AFTER] = after;
        else levelLinks[(level << 3) | HEAD] = after;
        if (after >= 0) orderLinks[(after << 3) | BEFORE] = before;
        else levelLinks[(level << 3) | TAIL] = before;
        continue;
      }
      // The level goes: out of the near prices, to the free ones, and if it was the best one, the next one is.
      const place = offset | 0;
      near[place] = 0;
      nearBits[place >>> 5] = nearBits[place >>> 5]! & ~(1 << (place & 31));
      levelLinks[(level << 3) | HEAD] = ints[FREE_LEVEL]!;
      ints[FREE_LEVEL] = level;
      ints[OPEN_LEVELS] = (ints[OPEN_LEVELS]! - 1) | 0;
      ints[NEAR_LEVELS] = (ints[NEAR_LEVELS]! - 1) | 0;
      if (ints[BEST + side] !== level) continue;
      let word = place >>> 5;
      const step = side === 0 ? -1 : 1;
      let bits = nearBits[word]! & (side === 0 ? (1 << (place & 31)) - 1 : -1 << (place & 31));
      while (bits === 0 && word + step >= 0 && word + step < NEAR_WORDS) {
        word += step;
        bits = nearBits[word]!;
      }
      if (bits !== 0) {
        ints[BEST + side] = near[(word << 5) + 31 - Math.clz32(side === 0 ? bits : bits & -bits)]! - 1;
      } else if (ints[OPEN_LEVELS] === ints[NEAR_LEVELS]) ints[BEST + side] = -1;
      else {
        ints[BEST + side] = UNKNOWN;
        halt = BEST_UNKNOWN;
      }
      continue;
    }
    const side = (code >>> 2) & 1;
    const tag = (owner[i]! << 3) | ((code >>> 5) & 7);
    const limit = kind === MARKET ? (side === 0 ? MAX_TICKS : 1) : price[i]!;
    const size = quantity[i]!;
    const rests = (code & 27) === 0;
    const best = ints[BEST + 1 - side]!;
    // For the sell side the higher price is the better one: the sign turns the comparison round.
    const sign = 1 - 2 * side;
    const crosses = best >= 0 && (levelNums[best << 2]! - limit) * sign <= 0;
    const offset = limit - base;
    const plain =
      kind !== MODIFY &&
      (code & 24) !== 16 &&
      (!rests || (offset >= 0 && offset < NEAR_PRICES && nums[OPEN_QUANTITY + side]! + size <= MAX_TICKS)) &&
      (!crosses ||
        (row + open <= rowsMost &&
          levelNums[best << 2]! - base >= 0 &&
          levelNums[best << 2]! - base < NEAR_PRICES &&
          (tag & 1) === 0 &&
          (tag <= 7 || (tag & 6) === 0)));
    if (!plain) {
      halt = NOT_PLAIN;
      continue;
    }
    lastId++;
    clock++;
    let left = size;
    if (crosses) {
      const first = row;
      let level = best;
      while (left > 0 && level >= 0) {
        const paid = levelNums[level << 2]!;
        if ((paid - limit) * sign > 0) break;
        // All of it, where an order of the level is left: then the incoming one is filled.
        const sizeHere = left;
        let slot = levelLinks[(level << 3) | HEAD]!;
        let done = 0;
        while (slot >= 0 && left > 0) {
          const resting = orderNums[slot << 2]!;
          const passive = orderNums[(slot << 2) | 1]!;
          const filled = left < resting ? left : resting;
          const at = Math.imul(row, TRADE_WIDTH);
          clock++;
          row = (row + 1) | 0;
          left -= filled;
          trades[at] = paid;
          trades[at + 1] = filled;
          trades[at + 2] = lastId;
          trades[at + 3] = passive;
          trades[at + 4] = side;
          trades[at + 5] = clock;
          if (filled < resting) {
            orderNums[slot << 2] = resting - filled;
            break;
          }
          const low = passive | 0;
          const mixed = Math.imul(low >>> 4, 0x9e3779b1);
          let cell = (((mixed ^ (mixed >>> 15)) << 4) | (low & 15)) & mask;
          while (ids[cell] !== slot + 1) cell = (cell + 1) & mask;
          ids[cell] = 0;
          const after = orderLinks[(slot << 3) | AFTER]!;
          orderLinks[(slot << 3) | AFTER] = free;
          free = slot;
          slot = after;
          done = (done + 1) | 0;
        }
        open = (open - done) | 0;
        if (slot >= 0) {
          levelLinks[(level << 3) | HEAD] = slot;
          orderLinks[(slot << 3) | BEFORE] = -1;
          levelLinks[(level << 3) | COUNT] = (levelLinks[(level << 3) | COUNT]! - done) | 0;
          levelNums[(level << 2) | 1] = levelNums[(level << 2) | 1]! - sizeHere;
          continue;
        }
        const place = (paid - base) | 0;
        near[place] = 0;
        nearBits[place >>> 5] = nearBits[place >>> 5]! & ~(1 << (place & 31));
        levelLinks[(level << 3) | HEAD] = ints[FREE_LEVEL]!;
        ints[FREE_LEVEL] = level;
        ints[OPEN_LEVELS] = (ints[OPEN_LEVELS]! - 1) | 0;
        ints[NEAR_LEVELS] = (ints[NEAR_LEVELS]! - 1) | 0;
        let word = place >>> 5;
        const step = side === 0 ? 1 : -1;
        let bits = nearBits[word]! & (side === 0 ? -1 << (place & 31) : (1 << (place & 31)) - 1);
        while (bits === 0 && word + step >= 0 && word + step < NEAR_WORDS) {
          word += step;
          bits = nearBits[word]!;
        }
        if (bits !== 0) level = near[(word << 5) + 31 - Math.clz32(side === 0 ? bits & -bits : bits)]! - 1;
        else level = ints[OPEN_LEVELS] === ints[NEAR_LEVELS] ? -1 : UNKNOWN;
        ints[BEST + 1 - side] = level;
      }
      nums[LAST_TRADE_ID] = nums[LAST_TRADE_ID]! + (row - first);
      nums[LAST_PRICE] = trades[Math.imul(row - 1, TRADE_WIDTH)]!;
      nums[OPEN_QUANTITY + 1 - side] = nums[OPEN_QUANTITY + 1 - side]! - (size - left);
      if (level === UNKNOWN) {
        halt = left > 0 ? GOES_ON : BEST_UNKNOWN;
        nums[RESULT_LEFT] = left;
      }
    }
    status[i] = left === 0 ? FILLED : left < size ? PARTIALLY_FILLED : rests ? NEW : CANCELLED;
    i = (i + 1) | 0;
    if (left === 0 || !rests || halt !== ALL_RUN) continue;
    const place = offset | 0;
    let level = (near[place]! - 1) | 0;
    if (level < 0) {
      level = ints[FREE_LEVEL]!;
      if (level >= 0) ints[FREE_LEVEL] = levelLinks[(level << 3) | HEAD]!;
      else {
        level = ints[LEVEL_TOP]!;
        ints[LEVEL_TOP] = (level + 1) | 0;
      }
      ints[OPEN_LEVELS] = (ints[OPEN_LEVELS]! + 1) | 0;
      ints[NEAR_LEVELS] = (ints[NEAR_LEVELS]! + 1) | 0;
      near[place] = level + 1;
      nearBits[place >>> 5] = nearBits[place >>> 5]! | (1 << (place & 31));
      levelNums[level << 2] = limit;
      levelNums[(level << 2) | 1] = 0;
      levelLinks[(level << 3) | TAIL] = -1;
      levelLinks[(level << 3) | COUNT] = 0;
      levelLinks[(level << 3) | LEVEL_SIDE] = side;
      const own = ints[BEST + side]!;
      if (own < 0 || (limit - levelNums[own << 2]!) * sign > 0) ints[BEST + side] = level;
    }
    let slot = free;
    if (slot >= 0) free = orderLinks[(slot << 3) | AFTER]!;
    else {
      slot = top;
      top = (top + 1) | 0;
    }
    const tail = levelLinks[(level << 3) | TAIL]!;
    orderNums[slot << 2] = left;
    orderNums[(slot << 2) | 1] = lastId;
    orderLinks[(slot << 3) | BEFORE] = tail;
    orderLinks[(slot << 3) | AFTER] = -1;
    orderLinks[(slot << 3) | LEVEL] = level;
    orderLinks[(slot << 3) | TAG] = tag;
    if (tail >= 0) orderLinks[(tail << 3) | AFTER] = slot;
    else levelLinks[(level << 3) | HEAD] = slot;
    levelLinks[(level << 3) | TAIL] = slot;
    levelLinks[(level << 3) | COUNT] = (levelLinks[(level << 3) | COUNT]! + 1) | 0;
    levelNums[(level << 2) | 1] = levelNums[(level << 2) | 1]! + left;
    nums[OPEN_QUANTITY + side] = nums[OPEN_QUANTITY + side]! + left;
    open = (open + 1) | 0;
    const low = lastId | 0;
    const mixed = Math.imul(low >>> 4, 0x9e3779b1);
    let cell = (((mixed ^ (mixed >>> 15)) << 4) | (low & 15)) & mask;
    let far = 0;
    while (ids[cell] !== 0) {
      cell = (cell + 1) & mask;
      far = (far + 1) | 0;
    }
    if (far > steps) steps = far;
    ids[cell] = slot + 1;
  }
  nums[CLOCK] = clock;
  nums[LAST_ORDER_ID] = lastId;
  ints[FREE_ORDER] = free;
  ints[ORDER_TOP] = top;
  ints[OPEN_ORDERS] = open;
  ints[TRADE_ROWS] = row;
  ints[ID_STEPS] = steps;
  ints[HALT] = halt;
  return i;
}
