/** Orders of one exchange between the kernels and the logs: every arrival, its trades, and what became of whom. */
import { arriveOrder } from '../../kernels/book/place.js';
import { cancelOrder, modifyOrder } from '../../kernels/book/change.js';
import { findId } from '../../kernels/book/id-table.js';
import * as layout from '../../kernels/book/layout.js';
import type { BookArrays } from '../../kernels/book/layout.js';
import { makeRoom, makeTradeRoom, makeVoidRoom, newBook } from './book-memory.js';
import { POLICIES, REASONS, SIDES, STATUSES, TIMES_IN_FORCE } from './codes.js';
import { OrderLog } from './order-log.js';
import type { Owners } from './owners.js';
import { TradeLog } from './trade-log.js';
import type { Order, Trade } from './types.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const {
  BUY,
  CANCELLED,
  CLOCK,
  FILLED,
  GTC,
  LAST_ORDER_ID,
  LAST_PRICE,
  MAX_TICKS,
  NEW,
  NO_REASON,
  OPEN_ORDERS,
  PARTIALLY_FILLED,
  REFUSED,
  RESULT_FILLED,
  RESULT_KEPT,
  RESULT_LEFT,
  RESULT_REASON,
  SELF_TRADE,
  TRADE_ROWS,
  TRADE_WIDTH,
  VOID_ROWS,
} = layout;

const NO_TRADES: readonly Trade[] = Object.freeze([]);

/** Kernels, order log and trade log, kept in step. Checks nothing. */
export class OrderEngine {
  readonly book: BookArrays = newBook(16, 16, 16);
  readonly orders: OrderLog = new OrderLog();
  readonly trades: TradeLog = new TradeLog();
  readonly owners: Owners;

  constructor(owners: Owners) {
    this.owners = owners;
  }

  get lastTradePrice(): number {
    return this.book.nums[LAST_PRICE]!;
  }

  /** The next order id and the next tick. */
  takeId(): number {
    const { nums } = this.book;
    nums[CLOCK] = nums[CLOCK]! + 1;
    return (nums[LAST_ORDER_ID] = nums[LAST_ORDER_ID]! + 1);
  }

  /** An order arrives: matched, rested, logged. Gives its status; the book's results and trade rows have the rest. */
  arrive(
    id: number,
    side: number,
    price: number,
    quantity: number,
    timeInForce: number,
    market: boolean,
    tag: number,
    timestamp: number,
  ): number {
    const { book } = this;
    this.prepare(tag > 7);
    const limit = !market ? price : side === BUY ? MAX_TICKS : 1;
    const status = arriveOrder(book, side, limit, quantity, timeInForce, id, tag);
    const { nums, ints } = book;
    const reason = ints[RESULT_REASON]!;
    const cancelled = timeInForce === GTC && reason === NO_REASON ? 0 : nums[RESULT_LEFT]!;
    this.orders.write(
      id,
      side,
      price,
      quantity,
      timeInForce,
      market,
      tag,
      timestamp,
      cancelled,
      status,
      reason,
    );
    if (ints[TRADE_ROWS]! + ints[VOID_ROWS]! > 0) this.settle();
    return status;
  }

  /** Room for one more order and for whatever it may set off. */
  private prepare(owned: boolean): void {
    const { book } = this;
    const { ints } = book;
    const open = ints[OPEN_ORDERS]!;
    ints[TRADE_ROWS] = 0;
    ints[VOID_ROWS] = 0;
    makeRoom(book, 1);
    if (open * TRADE_WIDTH > book.trades.length) makeTradeRoom(book, open);
    if (owned && open * 2 > book.voids.length) makeVoidRoom(book, open);
  }

  /** Takes the trades and the orders that self-trade prevention cancelled into the logs. */
  private settle(): void {
    const { trades, voids, ints } = this.book;
    this.trades.append(trades, ints[TRADE_ROWS]!);
    for (let at = 0; at < ints[VOID_ROWS]! * 2; at += 2) {
      this.orders.close(voids[at]!, voids[at + 1]!, CANCELLED, SELF_TRADE);
    }
  }

  /** How many trades the last arrival or modification made. */
  get tradeCount(): number {
    return this.book.ints[TRADE_ROWS]!;
  }

  /** Price of one of them. */
  tradePrice(row: number): number {
    return this.book.trades[row * TRADE_WIDTH]!;
  }

  /** The trades of the last arrival or modification. */
  lastTrades(): readonly Trade[] {
    const rows = this.book.ints[TRADE_ROWS]!;
    return rows === 0 ? NO_TRADES : this.trades.last(rows);
  }

  /** Cancels an open order; its open quantity, or 0 if it is not open. */
  cancel(id: number): number {
    if (cancelOrder(this.book, id) === REFUSED) return 0;
    const quantity = this.book.nums[RESULT_LEFT]!;
    this.orders.close(id, quantity, CANCELLED, NO_REASON);
    return quantity;
  }

  /** Modifies an order. Gives its status, or `REFUSED`; the book's results and trade rows have the rest. */
  modify(id: number, price: number, quantity: number): number {
    const { book, orders } = this;
    this.prepare(true);
    const tick = book.nums[CLOCK]! + 1;
    const open = this.openQuantity(id);
    if (modifyOrder(book, id, price, quantity) === REFUSED) return REFUSED;
    const { nums, ints } = book;
    const before = orders.quantityOf(id) - open;
    const left = nums[RESULT_LEFT]!;
    orders.change(id, price, before + quantity, ints[RESULT_KEPT] === 1 ? 0 : tick);
    const prevented = ints[RESULT_REASON]! === SELF_TRADE;
    let status = before + nums[RESULT_FILLED]! > 0 ? PARTIALLY_FILLED : prevented ? CANCELLED : NEW;
    if (left === 0) status = FILLED;
    if (prevented) orders.close(id, left, status, SELF_TRADE);
    if (ints[TRADE_ROWS]! + ints[VOID_ROWS]! > 0) this.settle();
    return status;
  }

  /** What was filled of an open order. */
  filledOf(id: number): number {
    return this.orders.quantityOf(id) - this.openQuantity(id);
  }

  /** Open quantity of an order; 0 if it is not open. */
  openQuantity(id: number): number {
    const slot = findId(this.book, id);
    return slot < 0 ? 0 : this.book.orderNums[slot * 4]!;
  }

  order(id: number): Order | null {
    const logged = this.orders.get(id);
    if (logged === undefined) return null;
    const { quantity, cancelled, tag, timestamp } = logged;
    const remaining = this.openQuantity(id);
    const filled = quantity - remaining - cancelled;
    const open = filled > 0 ? PARTIALLY_FILLED : NEW;
    const status = cancelled > 0 ? logged.status : remaining === 0 ? FILLED : open;
    return {
      id,
      side: SIDES[logged.side]!,
      price: logged.market ? null : logged.price,
      quantity,
      filledQuantity: filled,
      remainingQuantity: remaining,
      cancelledQuantity: cancelled,
      status: STATUSES[status]!,
      reason: REASONS[logged.reason]!,
      timeInForce: TIMES_IN_FORCE[logged.timeInForce]!,
      postOnly: (tag & 1) === 1,
      owner: this.owners.ownerOf(tag >>> 3),
      stp: POLICIES[(tag >>> 1) & 3]!,
      timestamp,
    };
  }
}
