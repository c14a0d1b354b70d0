/** A long stream of orders like a busy market's, for benchmarks and memory tests; nanobook 0.19.2 survives it. */
import { CANCEL, LIMIT, MARKET } from '../kernels/book/layout.js';
import { type Random, randomStream } from '../src/testing/random.js';

// What an operation asks for; `Book` and the peers count the same way.
export { CANCEL, LIMIT, MARKET };

/** Prices on each side of `MID`; no limit order but a marketable one is on the other side. */
export const LEVELS = 100;
export const MID = 10_000;

/** The largest quantity of a limit order that rests. */
export const MAX_QUANTITY = 100;

/** Columns, one place an operation. Fields that an operation has no use for are 0. */
export interface OrderStream {
  readonly kind: Uint8Array;
  /** 0 buy, 1 sell. */
  readonly side: Uint8Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  /** The order to cancel. */
  readonly orderId: Float64Array;
  /** What a right book makes of it. */
  readonly outcome: Outcome;
}

export interface Outcome {
  readonly trades: number;
  /** Sum of price × quantity of the trades. */
  readonly notional: number;
  readonly bestBid: number;
  readonly bestAsk: number;
  readonly openOrders: number;
  /** How many operations were of each kind: resting limits, marketable orders, cancels. */
  readonly adds: number;
  readonly marketable: number;
  readonly cancels: number;
}

export interface OrderStreamOptions {
  readonly operations: number;
  readonly seed: number;
  /**
   * The number of open orders around which the book settles: marketable orders are the larger the more there are.
   * Infinity: marketable orders are as large as resting ones, and the book grows by one order in five operations.
   * Default 10,000.
   */
  readonly openOrders?: number;
}

/**
 * 60 % limit orders that rest, 25 % cancels of open orders, 15 % marketable orders: half of them market orders, half
 * limit orders at the last price they need. All fill in full.
 *
 * Left out, since nanobook may never return from the next order there: the cancel of an order at a price that has
 * traded since it last had no orders. nanobook keeps each order's place in its queue, and the places are wrong once the
 * first has left. Without that rule it hangs within some thousand operations.
 */
export function orderStream({ operations, seed, openOrders = 10_000 }: OrderStreamOptions): OrderStream {
  const random = randomStream(seed, 5);
  const book = new ModelBook(operations);
  const kind = new Uint8Array(operations);
  const side = new Uint8Array(operations);
  const price = new Float64Array(operations);
  const quantity = new Float64Array(operations);
  const orderId = new Float64Array(operations);
  const counts = [0, 0, 0];
  for (let i = 0; i < operations; i++) {
    const draw = random.below(20);
    const aggressor = random.below(2);
    const cancelled = draw >= 15 ? book.cancellable(random) : 0;
    if (cancelled > 0) {
      kind[i] = CANCEL;
      orderId[i] = cancelled;
      book.cancel(cancelled);
      counts[2]!++;
    } else if (draw >= 12 && draw < 15 && book.openQuantity[1 - aggressor]! > 0) {
      const mean = openOrders === Infinity ? 1 : (7 / 3) * (book.open.length / openOrders);
      const wanted = 1 + random.below(Math.ceil(MAX_QUANTITY * mean));
      const filled = Math.min(wanted, book.openQuantity[1 - aggressor]!);
      const last = book.take(aggressor, filled);
      kind[i] = random.below(2) === 0 ? MARKET : LIMIT;
      side[i] = aggressor;
      price[i] = kind[i] === LIMIT ? last : 0;
      quantity[i] = filled;
      counts[1]!++;
    } else {
      side[i] = aggressor;
      price[i] = aggressor === 0 ? MID - 1 - random.below(LEVELS) : MID + 1 + random.below(LEVELS);
      quantity[i] = 1 + random.below(MAX_QUANTITY);
      book.add(price[i]!, quantity[i]!);
      counts[0]!++;
    }
  }
  const { trades, notional, bestBid, bestAsk, open } = book;
  const [adds, marketable, cancels] = counts as [number, number, number];
  const outcome = { trades, notional, bestBid, bestAsk, openOrders: open.length, adds, marketable, cancels };
  return { kind, side, price, quantity, orderId, outcome };
}

/** One price: ids in order of arrival, those before `head` gone. */
interface Level {
  ids: number[];
  head: number;
  open: number;
  /** It has traded since it last had no orders. */
  traded: boolean;
}

/** Just enough of a book to know which orders are open, and where. */
class ModelBook {
  readonly open: number[] = [];
  readonly openQuantity: [number, number] = [0, 0];
  trades = 0;
  notional = 0;
  #lastId = 0;
  readonly #remaining: Uint32Array;
  readonly #level: Uint16Array;
  /** Where in `open` an order stands. */
  readonly #place: Uint32Array;
  readonly #levels: Level[];

  constructor(operations: number) {
    this.#remaining = new Uint32Array(operations + 1);
    this.#level = new Uint16Array(operations + 1);
    this.#place = new Uint32Array(operations + 1);
    this.#levels = Array.from({ length: 2 * LEVELS + 1 }, () => ({
      ids: [],
      head: 0,
      open: 0,
      traded: false,
    }));
  }

  add(price: number, quantity: number): void {
    const id = ++this.#lastId;
    const index = price - MID + LEVELS;
    const level = this.#levels[index]!;
    level.ids.push(id);
    level.open++;
    this.#remaining[id] = quantity;
    this.#level[id] = index;
    this.#place[id] = this.open.length;
    this.open.push(id);
    this.openQuantity[index < LEVELS ? 0 : 1] += quantity;
  }

  /** An open order that may be cancelled, or 0 when a hundred draws find none. */
  cancellable(random: Random): number {
    for (let draw = 0; draw < 100 && this.open.length > 0; draw++) {
      const id = random.of(this.open);
      if (!this.#levels[this.#level[id]!]!.traded) return id;
    }
    return 0;
  }

  cancel(id: number): void {
    this.openQuantity[this.#level[id]! < LEVELS ? 0 : 1] -= this.#remaining[id]!;
    this.#close(id);
  }

  /** Trades `quantity` with the other side, best price first; the last price it needed. */
  take(aggressor: number, quantity: number): number {
    this.#lastId++;
    const step = aggressor === 0 ? 1 : -1;
    let index = this.#best(1 - aggressor);
    this.openQuantity[aggressor === 0 ? 1 : 0] -= quantity;
    for (let left = quantity; ; index += step) {
      const level = this.#levels[index]!;
      while (level.open > 0 && left > 0) {
        const id = level.ids[level.head]!;
        const fill = Math.min(left, this.#remaining[id]!);
        if (fill === 0) {
          level.head++; // cancelled
          continue;
        }
        left -= fill;
        level.traded = true;
        this.trades++;
        this.notional += fill * (index - LEVELS + MID);
        this.#remaining[id] -= fill;
        if (this.#remaining[id] > 0) break;
        this.#close(id);
      }
      if (left === 0) return index - LEVELS + MID;
    }
  }

  get bestBid(): number {
    return this.#best(0) - LEVELS + MID;
  }

  get bestAsk(): number {
    return this.#best(1) - LEVELS + MID;
  }

  #best(side: number): number {
    const step = side === 0 ? -1 : 1;
    let index = LEVELS + step;
    while (index >= 0 && index <= 2 * LEVELS && this.#levels[index]!.open === 0) index += step;
    return index;
  }

  #close(id: number): void {
    const last = this.open.pop()!;
    if (last !== id) {
      this.open[this.#place[id]!] = last;
      this.#place[last] = this.#place[id]!;
    }
    this.#remaining[id] = 0;
    const level = this.#levels[this.#level[id]!]!;
    if (--level.open > 0) return;
    level.ids = [];
    level.head = 0;
    level.traded = false;
  }
}
