/**
 * How a book lies in memory. The arrays are made and enlarged outside (src/exchange/book-memory); the kernels of this
 * folder read and write them in place.
 *
 * An open order takes 32 bytes, so that everything a fill or a cancel needs of it is in one line of the cache: seen as
 * doubles quantity and id, seen as integers its neighbours in the queue, its price level and its tag. A price level takes
 * 32 bytes. Free slots are chained through the first link.
 */
export interface BookArrays {
  /** Orders as doubles, 4 a slot: quantity, id, and the two halves below. */
  orderNums: Float64Array;
  /** The same bytes as integers, 8 a slot. */
  orderLinks: Int32Array;
  /** Levels as doubles, 4 each: price, open quantity. */
  levelNums: Float64Array;
  /** The same bytes as integers, 8 each. */
  levelLinks: Int32Array;
  /** Hash table from id to slot + 1 (0: empty). */
  ids: Int32Array;
  /** Level + 1 of the prices from `nums[NEAR_BASE]` on (0: none), and the set of those prices. */
  near: Int32Array;
  nearBits: Int32Array;
  /** Hash table from the other prices to level + 1 (0: empty). */
  far: Int32Array;
  /** Hash table of the words of the set of far prices: key, 0 when empty. */
  wordKeys: Float64Array;
  wordBits: Int32Array;
  /** Rows of `TRADE_WIDTH` doubles: price, quantity, aggressor's id, passive id, side of the aggressor, tick. */
  trades: Float64Array;
  /** Resting orders cancelled by self-trade prevention, in pairs: id, quantity. */
  voids: Float64Array;
  nums: Float64Array;
  ints: Int32Array;
}

/** Side code of buys. */
export const BUY = 0;
/** Side code of sells. */
export const SELL = 1;

/** Kind of a command: a limit order. */
export const LIMIT = 0;
/** Kind of a command: a market order. */
export const MARKET = 1;
/** Kind of a command: a cancel. */
export const CANCEL = 2;
/** Kind of a command: a modification. */
export const MODIFY = 3;

/** Time in force: until cancelled. */
export const GTC = 0;
/** Time in force: at once, what can be. */
export const IOC = 1;
/** Time in force: at once in full, or not at all. */
export const FOK = 2;

/** Largest price and quantity, 2^53 - 1. */
export const MAX_TICKS = 9007199254740991;

/** Integer of an order: slot before it in the queue; -1: none. */
export const BEFORE = 4;
/** Integer of an order: slot after it in the queue, or the next free slot; -1: none. */
export const AFTER = 5;
/** Integer of an order: its price level. */
export const LEVEL = 6;
/** Integer of an order: owner's code × 8 + policy × 2 + 1 if post-only. Code 0: no owner. */
export const TAG = 7;

/** Integer of a level: oldest order, or the next free level. */
export const HEAD = 4;
/** Integer of a level: newest order. */
export const TAIL = 5;
/** Integer of a level: orders in it. */
export const COUNT = 6;
/** Integer of a level: side of its orders. */
export const LEVEL_SIDE = 7;

/** Doubles of a trade row. */
export const TRADE_WIDTH = 6;

/** Policy: an owner may trade with himself. */
export const STP_OFF = 0;
/** Policy: the incoming order is cancelled. */
export const CANCEL_NEWEST = 1;
/** Policy: the resting order is cancelled. */
export const CANCEL_OLDEST = 2;
/** Policy: the smaller order is cancelled, the resting one when they are equal. */
export const DECREMENT_AND_CANCEL = 3;

/** Status: open, nothing filled. */
export const NEW = 0;
/** Status: something filled. */
export const PARTIALLY_FILLED = 1;
/** Status: all filled. */
export const FILLED = 2;
/** Status: cancelled. */
export const CANCELLED = 3;
/** Status: nothing happened. */
export const REJECTED = 4;
/** A cancel or modification that changed nothing. */
export const REFUSED = 5;

/** Reason: none. */
export const NO_REASON = 0;
/** Reason: fill-or-kill cannot fill. */
export const FOK_UNFILLED = 1;
/** Reason: a post-only order would trade. */
export const WOULD_CROSS = 2;
/** Reason: self-trade prevention. */
export const SELF_TRADE = 3;
/** Reason: nobody to trade with. */
export const NO_LIQUIDITY = 4;
/** Reason: no such order yet. */
export const UNKNOWN_ORDER = 5;
/** Reason: the order is done. */
export const NOT_OPEN = 6;

/** Place in `nums`: last tick given. */
export const CLOCK = 0;
/** Place in `nums`: last order id given. */
export const LAST_ORDER_ID = 1;
/** Place in `nums`: trades ever. */
export const LAST_TRADE_ID = 2;
/** Place in `nums`: price of the last trade; 0 before the first. */
export const LAST_PRICE = 3;
/** Place in `nums`: quantity of a side that is or may come to be in the book: + BUY or + SELL. */
export const OPEN_QUANTITY = 4;
/** Place in `nums`: lowest price of the near part of the ladder. */
export const NEAR_BASE = 6;
/** Place in `nums`: what the last command filled. */
export const RESULT_FILLED = 7;
/** Place in `nums`: what the last command left, or cancelled. */
export const RESULT_LEFT = 8;
/** Length of `nums`. */
export const NUMS = 9;

/** Place in `ints`: best level: + BUY or + SELL; -1: none. */
export const BEST = 0;
/** Place in `ints`: first free slot that was used before; -1: none. */
export const FREE_ORDER = 2;
/** Place in `ints`: first free level that was used before; -1: none. */
export const FREE_LEVEL = 3;
/** Place in `ints`: slots ever used at once. */
export const ORDER_TOP = 4;
/** Place in `ints`: levels ever used at once. */
export const LEVEL_TOP = 5;
/** Place in `ints`: orders in the book. */
export const OPEN_ORDERS = 6;
/** Place in `ints`: levels in the book. */
export const OPEN_LEVELS = 7;
/** Place in `ints`: words of the set of far prices. */
export const WORDS = 8;
/** Place in `ints`: trade rows written. */
export const TRADE_ROWS = 9;
/** Place in `ints`: pairs of voids written. */
export const VOID_ROWS = 10;
/** Place in `ints`: why the last command did what it did. */
export const RESULT_REASON = 11;
/** Place in `ints`: 1 when a modification kept the order's place. */
export const RESULT_KEPT = 12;
/** Place in `ints`: levels in the near part of the ladder. */
export const NEAR_LEVELS = 13;
/** Place in `ints`: best prices that came up outside of it since it last moved. */
export const FAR_BESTS = 14;
/** Place in `ints`: most steps that an entry of `ids` is away from where it would like to stand. */
export const ID_STEPS = 15;
/** Place in `ints`: why `runPlain` stopped. */
export const HALT = 16;
/** Length of `ints`. */
export const INTS = 17;

/** Words that one more far price may need. */
export const WORDS_A_PRICE = 11;
/** Words that the near prices need at most when they become far ones. */
export const WORDS_OF_NEAR = 96;
