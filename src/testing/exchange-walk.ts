/** What an order must get from a book, read off the levels as they stood before it came. */
import type { Side, StpPolicy, TimeInForce, Trade } from '../exchange/types.js';
import type { Levels } from './exchange-calls.js';

/** An order on its way into the book. */
export interface Taker {
  readonly id: number;
  readonly side: Side;
  /** Null for a market order. */
  readonly limit: number | null;
  readonly quantity: number;
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
  readonly owner: number | null;
  readonly stp: StpPolicy;
}

/** A trade that must come: with which resting order, at which price, how much. */
export interface Fill {
  readonly passive: number;
  readonly price: number;
  readonly quantity: number;
}

/** The trades an order must make, in order: the best price first, of a price the oldest order first. */
export function expectedFills(levels: Levels, taker: Taker): Fill[] {
  const across = taker.side === 'buy' ? levels.asks : levels.bids;
  if (taker.postOnly && across[0] !== undefined && isWithin(taker, across[0].price)) return [];
  const fills: Fill[] = [];
  let open = taker.quantity;
  const waiting = across
    .filter(({ price }) => isWithin(taker, price))
    .flatMap(({ price, orders }) => orders.map((order) => ({ ...order, price })));
  for (const { id, price, quantity, owner } of waiting) {
    if (open === 0) break;
    if (taker.stp !== 'off' && owner !== null && owner === taker.owner) {
      if (taker.stp === 'cancel-newest') break;
      if (taker.stp === 'decrement-and-cancel' && open < quantity) break;
      continue;
    }
    const traded = Math.min(open, quantity);
    fills.push({ passive: id, price, quantity: traded });
    open -= traded;
  }
  return taker.timeInForce === 'fok' && open > 0 ? [] : fills;
}

/** Whether a price is within the limit of an order. */
export function isWithin({ side, limit }: Pick<Taker, 'side' | 'limit'>, price: number): boolean {
  return limit === null || (side === 'buy' ? price <= limit : price >= limit);
}

/** Whether trades are exactly these fills of this order. */
export function areFills(trades: readonly Trade[], fills: readonly Fill[], taker: Taker): boolean {
  if (trades.length !== fills.length) return false;
  return trades.every((trade, i) => {
    const fill = fills[i]!;
    const ofTaker = trade.aggressorOrderId === taker.id && trade.aggressorSide === taker.side;
    const ofFill = trade.passiveOrderId === fill.passive && trade.price === fill.price;
    return ofTaker && ofFill && trade.quantity === fill.quantity;
  });
}

/** The trades at the front that are of this aggressor. */
export function firstRun(trades: readonly Trade[], aggressor: number): readonly Trade[] {
  const end = trades.findIndex((trade) => trade.aggressorOrderId !== aggressor);
  return end < 0 ? trades : trades.slice(0, end);
}

/** Where an order stands. */
export interface Place {
  readonly price: number;
  readonly quantity: number;
  readonly timestamp: number;
  /** Ids at its price, oldest first. */
  readonly queue: readonly number[];
}

/** Where an order stands in the book; null if it does not. */
export function placeOf({ bids, asks }: Levels, id: number): Place | null {
  for (const level of [...bids, ...asks]) {
    for (const { id: other, quantity, timestamp } of level.orders) {
      if (other !== id) continue;
      return { price: level.price, quantity, timestamp, queue: level.orders.map((order) => order.id) };
    }
  }
  return null;
}
