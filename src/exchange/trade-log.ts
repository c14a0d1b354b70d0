/** Every trade since the last clearing, in rows as the kernels write them. */
import { TRADE_WIDTH } from '../../kernels/book/layout.js';
import { foldTrades } from '../../kernels/book/trade-hash.js';
import { SIDES } from './codes.js';
import type { Trade } from './types.js';

const ROWS = 4096;
/** The first piece begins small: many exchanges see few trades. */
const FIRST_ROWS = 16;

/** The trade of a row. */
export function tradeOf(rows: Float64Array, row: number, id: number): Trade {
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

/** Rows in pieces of 4,096, so that growing copies nothing. 48 bytes a trade. */
export class TradeLog {
  /** Running hash of all trades ever, up to `hashed`. */
  private readonly hash = new Int32Array(4);
  private pieces: Float64Array[] = [];
  private count = 0;
  private hashed = 0;
  /** Id of the first row. */
  private firstId = 1;

  get length(): number {
    return this.count;
  }

  /** Takes over the first `count` rows of a buffer. */
  append(rows: Float64Array, count: number): void {
    for (let row = 0; row < count; row++) {
      const place = this.count & (ROWS - 1);
      const piece = this.pieceFor(place);
      const from = row * TRADE_WIDTH;
      const to = place * TRADE_WIDTH;
      for (let k = 0; k < TRADE_WIDTH; k++) piece[to + k] = rows[from + k]!;
      this.count++;
    }
  }

  /** The last piece, with room for the row at `place`. */
  private pieceFor(place: number): Float64Array {
    const { pieces } = this;
    const last = pieces.length - 1;
    if (place === 0) {
      pieces.push(new Float64Array((last < 0 ? FIRST_ROWS : ROWS) * TRADE_WIDTH));
      return pieces[last + 1]!;
    }
    const piece = pieces[last]!;
    if (place * TRADE_WIDTH < piece.length) return piece;
    const larger = new Float64Array(Math.min(piece.length * 4, ROWS * TRADE_WIDTH));
    larger.set(piece);
    pieces[last] = larger;
    return larger;
  }

  /** The trades from the one with this id on. */
  list(fromId: number): Trade[] {
    const first = Math.max(0, fromId - this.firstId);
    const trades: Trade[] = [];
    for (let i = first; i < this.count; i++) {
      trades.push(tradeOf(this.pieces[Math.floor(i / ROWS)]!, i & (ROWS - 1), this.firstId + i));
    }
    return trades;
  }

  /** Forgets the rows, not their hash; how many there were. */
  clear(): number {
    this.fold();
    const { count } = this;
    this.firstId += count;
    this.pieces = [];
    this.count = 0;
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
    while (this.hashed < this.count) {
      const piece = Math.floor(this.hashed / ROWS);
      const from = this.hashed & (ROWS - 1);
      const to = Math.min(ROWS, from + this.count - this.hashed);
      foldTrades(this.pieces[piece]!, from, to, this.hash);
      this.hashed += to - from;
    }
  }
}
