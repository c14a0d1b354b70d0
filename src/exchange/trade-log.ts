/** Every trade since the last clearing, in rows like those of the kernels. */
import * as layout from '../../kernels/book/layout.js';
import { foldTrades } from '../../kernels/book/trade-hash.js';
import { SIDES } from './codes.js';
import { PIECE_ROWS, RowLog, type Rows } from './rows.js';
import type { Trade } from './types.js';

// A constant of this file: the engine folds it in, an imported one it reads each time.
const { TRADE_WIDTH } = layout;

/** The trade of a row. */
export function tradeOf(rows: Rows, row: number, id: number): Trade {
  const at = row * TRADE_WIDTH;
  return {
    id,
    price: rows[at]!,
    quantity: rows[at + 1]!,
    aggressorOrderId: rows[at + 2]!,
    passiveOrderId: rows[at + 3]!,
    aggressorSide: SIDES[rows[at + 4]!]!,
    timestamp: rows[at + 5]!,
  };
}

/** 24 bytes a trade; 48 from prices, quantities or ticks of 2^32 on. */
export class TradeLog {
  /** Running hash of all trades ever, up to `hashed`. */
  private readonly hash = new Int32Array(4);
  private readonly rows = new RowLog(TRADE_WIDTH);
  private hashed = 0;
  /** Id of the first row. */
  private firstId = 1;

  get length(): number {
    return this.rows.length;
  }

  /** Takes over the first `count` rows of a buffer. */
  append(from: Float64Array, count: number): void {
    const { rows } = this;
    for (let k = 0; k < count * TRADE_WIDTH; k += TRADE_WIDTH) {
      const price = from[k]!;
      const quantity = from[k + 1]!;
      const tick = from[k + 5]!;
      // No id is above the tick.
      const to = rows.next(price + quantity + tick);
      const { at } = rows;
      to[at] = price;
      to[at + 1] = quantity;
      to[at + 2] = from[k + 2]!;
      to[at + 3] = from[k + 3]!;
      to[at + 4] = from[k + 4]!;
      to[at + 5] = tick;
    }
  }

  /** The trades from the one with this id on. */
  list(fromId: number): Trade[] {
    return this.last(Math.max(0, Math.min(this.length, this.firstId + this.length - fromId)));
  }

  /** The last trades, oldest first. */
  last(count: number): Trade[] {
    const { rows, firstId } = this;
    const trades = new Array<Trade>(count);
    const first = rows.length - count;
    for (let i = first; i < rows.length; i++) {
      // From narrow rows, not from those of the kernels: numbers off a Float64Array would be boxed one by one.
      trades[i - first] = tradeOf(rows.find(i), i & (PIECE_ROWS - 1), firstId + i);
    }
    return trades;
  }

  /** Forgets the rows, not their hash; how many there were. */
  clear(): number {
    this.fold();
    const count = this.rows.clear();
    this.firstId += count;
    this.hashed = 0;
    return count;
  }

  /** The running hash of all trades ever. */
  digest(): Int32Array {
    this.fold();
    return this.hash;
  }

  /** Goes on after trades that are not here: their number and hash. */
  restore(before: number, hash: readonly number[]): void {
    this.firstId = before + 1;
    this.hash.set(hash);
  }

  private fold(): void {
    const { rows } = this;
    while (this.hashed < rows.length) {
      const from = this.hashed & (PIECE_ROWS - 1);
      const to = Math.min(PIECE_ROWS, from + rows.length - this.hashed);
      foldTrades(rows.find(this.hashed), from, to, this.hash);
      this.hashed += to - from;
    }
  }
}
