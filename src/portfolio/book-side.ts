/** One side of a book as an order would meet it: how much it gets, and what that is worth. */
import type { BookLevel, QueueLevel, Side } from '../exchange/types.js';
import type { LobExchange } from './lob-types.js';

/** An own order in the queue: the incoming order stops there unless at least `size` of it is left. */
interface Gate {
  /** Quantity of others before it. */
  readonly before: number;
  readonly size: number;
}

/**
 * What stands in a book for one order, read once: an order of any quantity up to the one it was read for fills exactly
 * what `reach` says, at the value that `valueOf` says, as long as the book does not change.
 */
export class BookSide {
  private readonly prices: number[] = [];
  /** Quantity and value, in ticks, up to and with each level. */
  private readonly upTo: number[] = [];
  private readonly values: bigint[] = [];
  private readonly gates: Gate[] = [];
  /** Whether the book had more, beyond the limit. */
  readonly limited: boolean;

  /**
   * exchange  the book
   * side      of the order that would come
   * quantity  the most it will ask for
   * limit     the worst price it takes, in ticks; null for any
   * owner, stp  of the order; orders of the same owner are left out, or stop it, as the policy says
   */
  constructor(
    exchange: LobExchange,
    side: Side,
    quantity: number,
    limit: number | null,
    owner: number | null,
    stp: string,
  ) {
    const within = (price: number): boolean =>
      limit === null || (side === 'buy' ? price <= limit : price >= limit);
    if (owner !== null && stp !== 'off') {
      const book = exchange.fullBook();
      const levels = side === 'buy' ? book.asks : book.bids;
      for (const level of levels) if (within(level.price)) this.addQueue(level, owner, stp);
      this.limited = levels.some(({ price }) => !within(price));
      return;
    }
    for (let wanted = 16; ; wanted *= 4) {
      const book = exchange.depth(wanted);
      const levels: readonly BookLevel[] = side === 'buy' ? book.asks : book.bids;
      let known = 0;
      for (const level of levels) known += level.quantity;
      const last = levels[levels.length - 1];
      if (levels.length === wanted && known < quantity && within(last!.price)) continue;
      for (const level of levels) if (within(level.price)) this.add(level.price, level.quantity);
      this.limited = last !== undefined && !within(last.price);
      return;
    }
  }

  /** How much of an order of `quantity` fills. Never less for a larger one. */
  reach(quantity: number): number {
    const total = this.upTo[this.upTo.length - 1] ?? 0;
    const open = Math.min(quantity, total);
    for (const { before, size } of this.gates) {
      if (quantity - before < size) return Math.min(open, before);
    }
    return open;
  }

  /** What the first `filled` units are worth, in ticks: the exact sum of price × quantity. */
  valueOf(filled: number): bigint {
    if (filled === 0) return 0n;
    let low = 0;
    let high = this.upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.upTo[middle]! >= filled) high = middle;
      else low = middle + 1;
    }
    const before = low === 0 ? 0 : this.upTo[low - 1]!;
    const value = low === 0 ? 0n : this.values[low - 1]!;
    return value + BigInt(this.prices[low]!) * BigInt(filled - before);
  }

  private addQueue({ price, orders }: QueueLevel, owner: number, stp: string): void {
    let others = 0;
    const ahead = this.upTo[this.upTo.length - 1] ?? 0;
    for (const order of orders) {
      if (order.owner !== owner) {
        others += order.quantity;
      } else if (stp !== 'cancel-oldest') {
        const size = stp === 'cancel-newest' ? Number.POSITIVE_INFINITY : order.quantity;
        this.gates.push({ before: ahead + others, size });
      }
    }
    if (others > 0) this.add(price, others);
  }

  private add(price: number, quantity: number): void {
    const k = this.upTo.length;
    this.prices.push(price);
    this.upTo.push((k === 0 ? 0 : this.upTo[k - 1]!) + quantity);
    this.values.push((k === 0 ? 0n : this.values[k - 1]!) + BigInt(price) * BigInt(quantity));
  }
}
