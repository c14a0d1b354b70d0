/** The batch form of the exchange: columns of commands in, rows of trades out. No history, no stops, no log. */
import { growthOf, sideOf } from '../../kernels/book/change.js';
import { findId } from '../../kernels/book/id-table.js';
import {
  type BookArrays,
  LAST_ORDER_ID,
  LAST_TRADE_ID,
  OPEN_ORDERS,
  OPEN_QUANTITY,
  TRADE_ROWS,
  TRADE_WIDTH,
  VOID_ROWS,
} from '../../kernels/book/layout.js';
import { runCommands, TOO_MUCH } from '../../kernels/book/run-commands.js';
import { checkInteger, checkKeys } from '../check.js';
import { clearBook, makeRoom, makeTradeRoom, makeVoidRoom, newBook } from './book-memory.js';
import { bestPrice, topLevels } from './book-view.js';
import { checkSideRoom } from './check-input.js';
import { checkCommands } from './check-commands.js';
import { SIDES, STATUSES } from './codes.js';
import { BookSnapshot } from './snapshot.js';
import { tradeOf } from './trade-log.js';
import type { Trade } from './types.js';

/** Commands that are run between two looks at the memory. */
const BLOCK = 256;

/** Commands in columns of one length; one row a command. */
export interface BookCommands {
  /**
   * Kind (0 limit, 1 market, 2 cancel, 3 modify) + side × 4 (0 buy, 1 sell) + time in force × 8 (0 gtc, 1 ioc, 2 fok)
   * + post-only × 32 + self-trade policy × 64 (0 off, 1 cancel-newest, 2 cancel-oldest, 3 decrement-and-cancel).
   * `bookOp` writes it.
   */
  readonly op: Uint8Array;
  /** Ticks; not read for market orders and cancels. */
  readonly price: Float64Array;
  /** Units; for `modify` the new open quantity; not read for cancels. */
  readonly quantity: Float64Array;
  /** Order to cancel or modify; not read for the others. */
  readonly id: Float64Array;
  /** From 0 (nobody) to 268,435,455. All nobody when absent. */
  readonly owner?: Int32Array;
}

/** Options of `Book`: the memory made at once. All of it grows when needed. */
export interface BookOptions {
  /** Open orders. Default 1,024; 64 bytes each. */
  readonly orders?: number;
  /** Trades of one `run`. Default 1,024; 48 bytes each. */
  readonly trades?: number;
}

/** Status codes that `Book` writes, by number: `new` … `rejected`, then `refused` for cancels and modifications. */
export const BOOK_STATUSES: readonly string[] = Object.freeze([...STATUSES, 'refused']);

/**
 * A book that runs columns of commands, with the same matching as `Exchange`.
 *
 * Order ids count from 1 in the order of the limit and market commands, over all runs. A run leaves its trades in
 * `trades` (rows of six doubles: price, quantity, aggressor's id, passive id, side of the aggressor, tick) and one
 * status a command in `status`; the next run overwrites both.
 *
 * Cost: constant for a command and each trade, about 80 ns near the market; up to ten times that at prices more than
 * 1,000 ticks away, for modifications, and where orders meet their owner. A fill-or-kill order walks the levels that it
 * crosses. In steady state nothing is allocated: memory grows, by doubling, only when more orders are open than ever, or
 * a run makes more trades. About 150 bytes an open order in all. Columns that another thread changes during a run are
 * not defended against.
 */
export class Book {
  readonly #arrays: BookArrays;
  #status = new Uint8Array(0);
  #noOwners = new Int32Array(0);

  constructor(options: BookOptions = {}) {
    checkKeys('options', options, ['orders', 'trades']);
    const orders = checkInteger('options.orders', options.orders ?? 1024, 1, 100_000_000);
    const trades = checkInteger('options.trades', options.trades ?? 1024, 1, 100_000_000);
    this.#arrays = newBook(orders, BLOCK * 2, trades);
  }

  /**
   * Runs the commands `from` … `to - 1` and gives the number of trades.
   *
   * Every row is checked first: prices and quantities from 1 to 2^53 - 1, ids from 1, owners in range, known codes; else
   * `ValidationError` names the row and nothing is run. `OverflowError` when a side's open quantity would pass 2^53 - 1:
   * then the rows before it have been run.
   */
  run(commands: BookCommands, from = 0, to: number = commands.op.length): number {
    // Each column is read once from the caller's object: what was checked is what is run.
    const { op, price, quantity, id, owner: owners } = commands;
    checkCommands(op, price, quantity, id, owners, from, to);
    const book = this.#arrays;
    const { ints } = book;
    const owner = owners ?? this.#nobody(to);
    if (this.#status.length < to) this.#status = new Uint8Array(Math.max(to, this.#status.length * 2));
    ints[TRADE_ROWS] = 0;
    ints[VOID_ROWS] = 0;
    let at = from;
    while (at < to) {
      makeRoom(book, BLOCK);
      makeTradeRoom(book, ints[OPEN_ORDERS]! + BLOCK);
      if (owners !== undefined || book.voids.length > 0) makeVoidRoom(book, ints[OPEN_ORDERS]! + BLOCK);
      at = runCommands(book, op, price, quantity, id, owner, at, Math.min(to, at + BLOCK), this.#status);
      if (at < to && this.#status[at] === TOO_MUCH) this.#refuse(op, price, quantity, id, at);
    }
    return ints[TRADE_ROWS]!;
  }

  #nobody(length: number): Int32Array {
    if (this.#noOwners.length < length)
      this.#noOwners = new Int32Array(Math.max(length, this.#noOwners.length * 2));
    return this.#noOwners;
  }

  /** Throws what a command that would pass 2^53 - 1 has to be told. */
  #refuse(op: Uint8Array, price: Float64Array, quantity: Float64Array, id: Float64Array, at: number): void {
    this.#status[at] = 0;
    const book = this.#arrays;
    const modifies = (op[at]! & 3) === 3;
    const side = modifies ? sideOf(book, id[at]!) : (op[at]! >>> 2) & 1;
    const more = modifies ? growthOf(book, id[at]!, price[at]!, quantity[at]!) : quantity[at]!;
    checkSideRoom(SIDES[side]!, book.nums[OPEN_QUANTITY + side]!, more);
  }

  /** Takes everything out; ids and clock begin anew, the memory stays. */
  clear(): void {
    clearBook(this.#arrays);
  }

  /** One status a command of the last run; see `BOOK_STATUSES`. A view that the next run overwrites. */
  get status(): Uint8Array {
    return this.#status;
  }

  /** Trades of the last run. */
  get tradeCount(): number {
    return this.#arrays.ints[TRADE_ROWS]!;
  }

  /** Rows of the last run's trades, six doubles each. A view that the next run overwrites. */
  get tradeRows(): Float64Array {
    return this.#arrays.trades.subarray(0, this.tradeCount * TRADE_WIDTH);
  }

  /** The last run's trades as objects. */
  trades(): Trade[] {
    const { trades, nums } = this.#arrays;
    const first = nums[LAST_TRADE_ID]! - this.tradeCount + 1;
    return Array.from({ length: this.tradeCount }, (_, row) => tradeOf(trades, row, first + row));
  }

  /** Resting orders that self-trade prevention cancelled in the last run: id and open quantity, in pairs. */
  get preventedRows(): Float64Array {
    return this.#arrays.voids.subarray(0, this.#arrays.ints[VOID_ROWS]! * 2);
  }

  /** Orders in the book. */
  get openOrders(): number {
    return this.#arrays.ints[OPEN_ORDERS]!;
  }

  /** Id of the last order; 0 before the first. */
  get lastOrderId(): number {
    return this.#arrays.nums[LAST_ORDER_ID]!;
  }

  /** Open quantity of an order; 0 when it is not open. */
  openQuantity(orderId: number): number {
    const slot = findId(this.#arrays, checkInteger('orderId', orderId, 1, Number.MAX_SAFE_INTEGER));
    return slot < 0 ? 0 : this.#arrays.orderNums[slot * 4]!;
  }

  /** Highest price at which somebody buys, in ticks, or null. */
  bestBid(): number | null {
    return bestPrice(this.#arrays, 0);
  }

  /** Lowest price at which somebody sells, in ticks, or null. */
  bestAsk(): number | null {
    return bestPrice(this.#arrays, 1);
  }

  /** The best `levels` price levels of each side. */
  depth(levels = 10): BookSnapshot {
    checkInteger('levels', levels, 1, Number.MAX_SAFE_INTEGER);
    return new BookSnapshot(topLevels(this.#arrays, 0, levels), topLevels(this.#arrays, 1, levels));
  }
}
