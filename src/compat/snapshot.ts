/** Levels of a book under snake_case names. */
import { L3Snapshot, type BookSnapshot as CamelBookSnapshot } from '../exchange/snapshot.js';
import type { BookLevel, QueueLevel } from '../exchange/types.js';

/** An order in its queue. */
export interface QueuedOrder {
  readonly id: number;
  readonly quantity: number;
  readonly owner: number | null;
  readonly timestamp: number;
  /** Orders before it at its price. */
  readonly position: number;
  /** Quantity before it at its price. */
  readonly quantity_ahead: number;
}

/** One price of the book. `price_float` is the price in currency units. */
export interface Level {
  readonly price: number;
  readonly price_float: number;
  readonly quantity: number;
  readonly order_count: number;
  /** Oldest first; only of `full_book`. */
  readonly orders?: readonly QueuedOrder[];
}

/** The levels of a book at one moment. `core` is the snapshot behind it; `JSON.stringify` leaves it out. */
export class BookSnapshot {
  readonly core: CamelBookSnapshot;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];

  /** `price_scale`: ticks of one currency unit. */
  constructor(core: CamelBookSnapshot, price_scale = 100) {
    this.core = core;
    const level = core instanceof L3Snapshot ? queueLevel : bookLevel;
    this.bids = core.bids.map((row) => level(row as QueueLevel, price_scale));
    this.asks = core.asks.map((row) => level(row as QueueLevel, price_scale));
  }

  /** What `JSON.stringify` writes: the levels. */
  toJSON(): { bids: readonly Level[]; asks: readonly Level[] } {
    return { bids: this.bids, asks: this.asks };
  }

  /** `BookSnapshot.imbalance` over all levels; null when a side is empty (nanobook: 1 or −1). */
  imbalance(): number | null {
    return this.core.imbalance();
  }

  /** `BookSnapshot.weightedMid`. */
  weighted_mid(): number | null {
    return this.core.weightedMid();
  }

  /** `BookSnapshot.midPriceFloor`: a whole tick, or null, as the seed types it (nanobook gives half ticks). */
  mid_price(): number | null {
    return this.core.midPriceFloor();
  }

  /** `BookSnapshot.spread`. */
  spread(): number | null {
    return this.core.spread();
  }
}

function bookLevel({ price, quantity, orderCount }: BookLevel, scale: number): Level {
  return { price, price_float: price / scale, quantity, order_count: orderCount };
}

function queueLevel(level: QueueLevel, scale: number): Level {
  const orders = level.orders.map(({ id, quantity, owner, timestamp, position, quantityAhead }) => {
    return { id, quantity, owner, timestamp, position, quantity_ahead: quantityAhead };
  });
  return { ...bookLevel(level, scale), orders };
}
