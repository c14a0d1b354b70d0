/** Stops on top of the book: pending ones, and cascades of those that fire, slow and plain. Oracle of the tests. */
import { OverflowError } from '../errors.js';
import type { Order, Side, Trade } from '../exchange/types.js';
import type { ReferenceOrder } from './exchange-book.js';
import { ReferenceMatching } from './exchange-matching.js';
import { hitInOrder, limitOf, type ReferenceStop, TrueRanges, watch } from './exchange-stops.js';

/** What a new order is made of. */
export type OrderTerms = Pick<
  Order,
  'side' | 'price' | 'quantity' | 'timeInForce' | 'owner' | 'stp' | 'postOnly'
>;

/** Orders and stops by id, and how the ones set off the others. */
export class ReferenceCascade extends ReferenceMatching {
  /** Every order that is remembered, by id. */
  protected readonly orders: Map<number, ReferenceOrder> = new Map();
  /** Every stop that is remembered, by id. */
  protected readonly stops: Map<number, ReferenceStop> = new Map();
  /** Stops that wait, by age. */
  protected pending: ReferenceStop[] = [];
  protected readonly ranges: TrueRanges = new TrueRanges();

  /** An order of which nothing is filled. */
  protected openFor(id: number, timestamp: number, terms: OrderTerms): ReferenceOrder {
    const order: ReferenceOrder = {
      id,
      side: terms.side,
      price: terms.price,
      quantity: terms.quantity,
      filledQuantity: 0,
      remainingQuantity: terms.quantity,
      cancelledQuantity: 0,
      status: 'new',
      reason: null,
      timeInForce: terms.timeInForce,
      postOnly: terms.postOnly,
      owner: terms.owner,
      stp: terms.stp,
      timestamp,
    };
    this.orders.set(id, order);
    return order;
  }

  /** Fires the stops of a queue, which grows by those that their trades set off. Returns the ids as they fired. */
  protected cascade(trades: readonly Trade[], due: readonly ReferenceStop[]): number[] {
    const queue = [...due, ...this.lookAt(trades)];
    const fired: number[] = [];
    for (let stop = queue.shift(); stop !== undefined; stop = queue.shift()) {
      fired.push(stop.id);
      queue.push(...this.lookAt(this.match(this.orderOf(stop))));
    }
    return fired;
  }

  /** The stops that trades set off, one trade after the other. */
  protected lookAt(trades: readonly Trade[]): ReferenceStop[] {
    return trades.flatMap(({ price }) => {
      for (const stop of this.pending) watch(stop, price, this.ranges);
      return this.take(hitInOrder(this.pending, price));
    });
  }

  /** Takes stops out of those that wait. */
  protected take(stops: ReferenceStop[]): ReferenceStop[] {
    for (const stop of stops) stop.status = 'triggered';
    this.pending = this.pending.filter((stop) => stop.status === 'pending');
    return stops;
  }

  /** The order that a stop becomes: same id, owner, policy and tick. */
  protected orderOf(stop: ReferenceStop): ReferenceOrder {
    return this.openFor(stop.id, stop.timestamp, { ...stop, price: limitOf(stop), postOnly: false });
  }

  /** Throws if the open quantity of a side, with `more`, would be beyond exact integers. */
  protected refuseOverflow(side: Side, more: number): void {
    let open = this.book.quantityOf(side);
    for (const stop of this.pending) if (stop.side === side) open += stop.quantity;
    if (more > Number.MAX_SAFE_INTEGER - open) {
      throw new OverflowError(`the open quantity of the ${side} side would pass 2^53 - 1`);
    }
  }
}
