/** The order book, slow and plain: one array a side in order of arrival, scanned from end to end. Oracle of the tests. */
import type { Order, QueueLevel, Side } from '../exchange/types.js';

/** An order whose fields change as it trades. */
export type ReferenceOrder = { -readonly [K in keyof Order]: Order[K] };

/** All open orders, price by price, best price first, oldest order first. */
export interface ReferenceLevels {
  readonly bids: QueueLevel[];
  readonly asks: QueueLevel[];
}

/** The side an order trades with. */
export function oppositeOf(side: Side): Side {
  return side === 'buy' ? 'sell' : 'buy';
}

/** Whether `price` is better than `other` for an order that waits on `side`. */
export function isBetter(side: Side, price: number, other: number): boolean {
  return side === 'buy' ? price > other : price < other;
}

/** The open orders. */
export class ReferenceBook {
  /** In order of arrival. */
  private readonly open: Record<Side, ReferenceOrder[]> = { buy: [], sell: [] };

  /** The open orders of a side, oldest first. */
  ordersOf(side: Side): readonly ReferenceOrder[] {
    return this.open[side];
  }

  /** Puts an order behind all others. */
  add(order: ReferenceOrder): void {
    this.open[order.side].push(order);
  }

  /** Takes an order out. */
  remove(order: ReferenceOrder): void {
    this.open[order.side].splice(this.open[order.side].indexOf(order), 1);
  }

  /** The order that trades next: of the best price the oldest. */
  first(side: Side): ReferenceOrder | undefined {
    let best: ReferenceOrder | undefined;
    for (const order of this.open[side]) {
      if (best === undefined || isBetter(side, order.price!, best.price!)) best = order;
    }
    return best;
  }

  /** The orders of a side as they would trade: by price, then by arrival. */
  inPriority(side: Side): ReferenceOrder[] {
    const sign = side === 'buy' ? -1 : 1;
    return [...this.open[side]].sort((a, b) => sign * (a.price! - b.price!)); // a stable sort keeps the arrival
  }

  /** Open quantity of a side. */
  quantityOf(side: Side): number {
    let sum = 0;
    for (const order of this.open[side]) sum += order.remainingQuantity;
    return sum;
  }

  levels(): ReferenceLevels {
    return { bids: this.levelsOf('buy'), asks: this.levelsOf('sell') };
  }

  private levelsOf(side: Side): QueueLevel[] {
    const orders = this.inPriority(side);
    const prices = [...new Set(orders.map((order) => order.price!))];
    return prices.map((price) => {
      const queue = orders.filter((order) => order.price === price);
      let ahead = 0;
      const queued = queue.map((order, position) => {
        const { id, remainingQuantity: quantity, owner, timestamp } = order;
        const quantityAhead = ahead;
        ahead += quantity;
        return { id, quantity, owner, timestamp, position, quantityAhead };
      });
      return { price, quantity: ahead, orderCount: queue.length, orders: queued };
    });
  }
}
