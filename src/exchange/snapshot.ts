/** What the book looked like: levels of both sides, and the prices that are read off them. */
import { checkInteger, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import type { BookLevel, QueueLevel, Side } from './types.js';

const MAX = Number.MAX_SAFE_INTEGER;
const SIDES = ['buy', 'sell'] as const;

/** Where an order stands in its queue. */
export interface QueuePosition {
  readonly side: Side;
  readonly price: number;
  /** Orders before it at its price. */
  readonly position: number;
  /** Quantity before it at its price. */
  readonly quantityAhead: number;
}

/** A snapshot as plain data. */
export interface BookSnapshotJson<Level extends BookLevel = BookLevel> {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/**
 * The levels of a book at one moment; later orders do not change it.
 *
 * Every figure that needs both sides is null when one of them is empty. A snapshot of `depth(n)` knows n levels a
 * side, and "all levels" below means those.
 */
export class BookSnapshot {
  /** Best price first: falling. */
  readonly bids: readonly BookLevel[];
  /** Best price first: rising. */
  readonly asks: readonly BookLevel[];

  /**
   * bids  levels of integers of at least 1 and below 2^53, best (highest) price first, each price once
   * asks  the same, lowest price first
   *
   * The arrays are kept, not copied. Throws `ValidationError` for anything else. O(levels).
   */
  constructor(bids: readonly BookLevel[], asks: readonly BookLevel[]) {
    checkLevels('bids', bids, -1);
    checkLevels('asks', asks, 1);
    this.bids = bids;
    this.asks = asks;
  }

  /**
   * (bids − asks) / (bids + asks) over the quantity of the first `levels` levels of each side: 1 where all is bid,
   * −1 where all is asked. Default: all levels. `levels` is an integer of at least 1.
   */
  imbalance(levels: number = MAX): number | null {
    checkInteger('levels', levels, 1, MAX);
    if (this.bids.length === 0 || this.asks.length === 0) return null;
    const bid = quantityOf(this.bids, levels);
    const ask = quantityOf(this.asks, levels);
    return (bid - ask) / (bid + ask);
  }

  /**
   * The mean of best bid and best ask, each weighted by the quantity of the other side, so that it lies nearer to the
   * side where less stands: (bid · askQuantity + ask · bidQuantity) / (bidQuantity + askQuantity).
   *
   * Computed as bid + spread · (bidQuantity / (bidQuantity + askQuantity)): no term passes 2^54, and the result is
   * never outside of the spread.
   */
  weightedMid(): number | null {
    return this.microprice(1);
  }

  /**
   * Mid price + half the spread · `imbalance(levels)`: with one level the weighted mid, with more a mid that also
   * hears the levels behind. Computed as bid + spread · (bids / (bids + asks)). Default: all levels.
   */
  microprice(levels: number = MAX): number | null {
    checkInteger('levels', levels, 1, MAX);
    const bid = this.bids[0];
    const ask = this.asks[0];
    if (bid === undefined || ask === undefined) return null;
    const bids = quantityOf(this.bids, levels);
    const asks = quantityOf(this.asks, levels);
    return bid.price + (ask.price - bid.price) * (bids / (bids + asks));
  }

  /**
   * Halfway between best bid and best ask, in ticks: exact, half ticks included, while it is below 2^52. A double has
   * no halves above that; there a half goes to the even tick beside it.
   */
  midPrice(): number | null {
    const bid = this.bids[0];
    const ask = this.asks[0];
    return bid === undefined || ask === undefined ? null : bid.price + (ask.price - bid.price) / 2;
  }

  /** The mid price as a whole tick, halves rounded down; exact at any price. */
  midPriceFloor(): number | null {
    const bid = this.bids[0];
    const ask = this.asks[0];
    return bid === undefined || ask === undefined
      ? null
      : bid.price + Math.floor((ask.price - bid.price) / 2);
  }

  /** Best ask − best bid, in ticks. */
  spread(): number | null {
    const bid = this.bids[0];
    const ask = this.asks[0];
    return bid === undefined || ask === undefined ? null : ask.price - bid.price;
  }

  /**
   * Average price that an order of `quantity` would trade at against these levels, or null if they hold less.
   *
   * side      of the order: a buy walks the asks, a sell the bids
   * quantity  an integer of at least 1
   *
   * The money is summed exactly; the quotient is rounded once while the sum is below 2^53.
   */
  vwap(side: Side, quantity: number): number | null {
    checkOneOf('side', side, SIDES);
    checkInteger('quantity', quantity, 1, MAX);
    let left = quantity;
    let notional = 0n;
    for (const level of side === 'buy' ? this.asks : this.bids) {
      const taken = Math.min(left, level.quantity);
      notional += BigInt(level.price) * BigInt(taken);
      left -= taken;
      if (left === 0) break;
    }
    if (left > 0) return null;
    if (notional <= MAX) return Number(notional) / quantity;
    const divisor = BigInt(quantity);
    return Number(notional / divisor) + Number(notional % divisor) / quantity;
  }

  /** The levels as plain data. */
  toJSON(): BookSnapshotJson {
    return { bids: this.bids.map(copyLevel), asks: this.asks.map(copyLevel) };
  }
}

/** A snapshot of every order in its queue: market data of the third level. */
export class L3Snapshot extends BookSnapshot {
  declare readonly bids: readonly QueueLevel[];
  declare readonly asks: readonly QueueLevel[];

  /** As `BookSnapshot`; the orders of a level, oldest first, make up its quantity and its count. O(orders). */
  constructor(bids: readonly QueueLevel[], asks: readonly QueueLevel[]) {
    super(bids, asks);
    checkQueues('bids', bids);
    checkQueues('asks', asks);
  }

  /** Where an open order stands and what is before it; null if it is not in the book. O(orders). */
  queuePosition(orderId: number): QueuePosition | null {
    checkInteger('orderId', orderId, 1, MAX);
    for (const side of SIDES) {
      for (const { price, orders } of side === 'buy' ? this.bids : this.asks) {
        const order = orders.find(({ id }) => id === orderId);
        if (order !== undefined) {
          return { side, price, position: order.position, quantityAhead: order.quantityAhead };
        }
      }
    }
    return null;
  }

  /** The levels with their orders as plain data. */
  override toJSON(): BookSnapshotJson<QueueLevel> {
    return { bids: this.bids.map(copyQueue), asks: this.asks.map(copyQueue) };
  }
}

/** Quantity of the first `count` levels. */
function quantityOf(levels: readonly BookLevel[], count: number): number {
  let sum = 0;
  for (let i = 0; i < levels.length && i < count; i++) sum += levels[i]!.quantity;
  return sum;
}

function copyLevel({ price, quantity, orderCount }: BookLevel): BookLevel {
  return { price, quantity, orderCount };
}

function copyQueue(level: QueueLevel): QueueLevel {
  return { ...copyLevel(level), orders: level.orders.map((order) => ({ ...order })) };
}

function checkLevels(field: string, levels: readonly BookLevel[], direction: 1 | -1): void {
  if (!Array.isArray(levels)) {
    throw new ValidationError(field, levels, 'an array of levels', 'pass [] for an empty side');
  }
  for (const [i, level] of levels.entries()) {
    if (isSound(level, levels[i - 1], direction)) continue; // the names of places only where one is needed
    const name = `${field}[${i}]`;
    if (typeof level !== 'object' || level === null) {
      throw new ValidationError(name, level, 'a level', 'pass { price, quantity, orderCount }');
    }
    checkInteger(`${name}.price`, level.price, 1, MAX);
    checkInteger(`${name}.quantity`, level.quantity, 1, MAX);
    checkInteger(`${name}.orderCount`, level.orderCount, 1, MAX);
    if (i > 0 && (level.price - levels[i - 1]!.price) * direction <= 0) {
      throw new ValidationError(
        `${name}.price`,
        level.price,
        direction === 1 ? 'above the price before it' : 'below the price before it',
        'sort the levels from the best price on, each price once',
      );
    }
  }
}

function isSound(level: BookLevel | null, before: BookLevel | undefined, direction: 1 | -1): boolean {
  const whole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;
  if (typeof level !== 'object' || level === null) return false;
  if (!whole(level.price) || !whole(level.quantity) || !whole(level.orderCount)) return false;
  return before === undefined || (level.price - before.price) * direction > 0;
}

function checkQueues(field: string, levels: readonly QueueLevel[]): void {
  for (const [i, { orders, orderCount, quantity }] of levels.entries()) {
    const sum = Array.isArray(orders) ? orders.reduce((ahead, order) => ahead + order.quantity, 0) : -1;
    if (sum !== quantity || orders.length !== orderCount) {
      throw new ValidationError(
        `${field}[${i}].orders`,
        orders,
        `${orderCount} orders of ${quantity} in all`,
        'list every order of the level',
      );
    }
  }
}
