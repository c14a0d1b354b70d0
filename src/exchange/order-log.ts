/** Every order by its id: what it was, what was filled of it, what became of it. The open quantity is the book's. */
import { CANCELLED, FILLED, PARTIALLY_FILLED, SELF_TRADE } from '../../kernels/book/layout.js';

const ROWS = 4096;
/** The first piece begins small: many exchanges see few orders. */
const FIRST_ROWS = 16;
const WIDTH = 4;
// Columns of the doubles.
const PRICE = 0;
const QUANTITY = 1;
const FILLED_QUANTITY = 2;
const TIMESTAMP = 3;

/** Orders of 4,096 ids in a row. */
interface Piece {
  readonly nums: Float64Array;
  /** Known (1) + status × 2 + reason × 16 + side × 128 + time in force × 256 + market × 1024. 0: no such order. */
  readonly flags: Int32Array;
  /** As in the book: owner's code × 8 + policy × 2 + post-only. */
  readonly tags: Int32Array;
}

/** One order as it stands in the log. */
export interface LoggedOrder {
  readonly price: number;
  readonly quantity: number;
  readonly filled: number;
  readonly timestamp: number;
  readonly status: number;
  readonly reason: number;
  readonly side: number;
  readonly timeInForce: number;
  readonly market: boolean;
  readonly tag: number;
}

/** What the log is told of an order that has arrived. */
export interface Arrival {
  readonly side: number;
  readonly price: number;
  readonly quantity: number;
  readonly timeInForce: number;
  readonly market: boolean;
  readonly tag: number;
  readonly timestamp: number;
}

/** 40 bytes an order, in pieces, so that growing copies nothing and a piece without open orders can be dropped. */
export class OrderLog {
  private readonly pieces: (Piece | undefined)[] = [];

  add(id: number, order: Arrival, filled: number, status: number, reason: number): void {
    const { side, price, quantity, timeInForce, market, tag, timestamp } = order;
    this.write(id, side, price, quantity, timeInForce, market, tag, timestamp, filled, status, reason);
  }

  /** As `add`, without an object. */
  write(
    id: number,
    side: number,
    price: number,
    quantity: number,
    timeInForce: number,
    market: boolean,
    tag: number,
    timestamp: number,
    filled: number,
    status: number,
    reason: number,
  ): void {
    const piece = this.pieceFor(id);
    const row = (id - 1) & (ROWS - 1);
    const at = row * WIDTH;
    const { nums, flags, tags } = piece;
    nums[at] = price;
    nums[at + QUANTITY] = quantity;
    nums[at + FILLED_QUANTITY] = filled;
    nums[at + TIMESTAMP] = timestamp;
    flags[row] = 1 | (status << 1) | (reason << 4) | (side << 7) | (timeInForce << 8) | (market ? 1024 : 0);
    tags[row] = tag;
  }

  /** Books a fill of a resting order. */
  fill(id: number, quantity: number): void {
    const { nums, flags } = this.pieces[Math.floor((id - 1) / ROWS)]!;
    const row = (id - 1) & (ROWS - 1);
    const at = row * WIDTH;
    const filled = nums[at + FILLED_QUANTITY]! + quantity;
    nums[at + FILLED_QUANTITY] = filled;
    const status = filled === nums[at + QUANTITY] ? FILLED : PARTIALLY_FILLED;
    flags[row] = (flags[row]! & ~0x7e) | (status << 1);
  }

  /** An open order was cancelled, by its owner or by self-trade prevention. */
  cancel(id: number, reason: number): void {
    this.setStatus(id, CANCELLED, reason);
  }

  /** Self-trade prevention took a resting order out. */
  prevent(id: number): void {
    this.setStatus(id, CANCELLED, SELF_TRADE);
  }

  setStatus(id: number, status: number, reason: number): void {
    const { flags } = this.pieces[Math.floor((id - 1) / ROWS)]!;
    const row = (id - 1) & (ROWS - 1);
    flags[row] = (flags[row]! & ~0x7e) | (status << 1) | (reason << 4);
  }

  /** A modification: new price and quantity, what it filled; `timestamp` 0 keeps the old one. */
  change(id: number, price: number, quantity: number, filled: number, timestamp: number): void {
    const { nums } = this.pieces[Math.floor((id - 1) / ROWS)]!;
    const at = ((id - 1) & (ROWS - 1)) * WIDTH;
    nums[at + PRICE] = price;
    nums[at + QUANTITY] = quantity;
    nums[at + FILLED_QUANTITY] = filled;
    if (timestamp > 0) nums[at + TIMESTAMP] = timestamp;
  }

  filledOf(id: number): number {
    return this.pieces[Math.floor((id - 1) / ROWS)]!.nums[((id - 1) & (ROWS - 1)) * WIDTH + FILLED_QUANTITY]!;
  }

  timestampOf(id: number): number {
    return this.pieces[Math.floor((id - 1) / ROWS)]!.nums[((id - 1) & (ROWS - 1)) * WIDTH + TIMESTAMP]!;
  }

  get(id: number): LoggedOrder | undefined {
    const piece = this.pieces[Math.floor((id - 1) / ROWS)];
    const row = (id - 1) & (ROWS - 1);
    const flags = piece?.flags[row] ?? 0;
    if (piece === undefined || flags === 0) return undefined;
    const at = row * WIDTH;
    return {
      price: piece.nums[at]!,
      quantity: piece.nums[at + QUANTITY]!,
      filled: piece.nums[at + FILLED_QUANTITY]!,
      timestamp: piece.nums[at + TIMESTAMP]!,
      status: (flags >> 1) & 7,
      reason: (flags >> 4) & 7,
      side: (flags >> 7) & 1,
      timeInForce: (flags >> 8) & 3,
      market: (flags & 1024) !== 0,
      tag: piece.tags[row]!,
    };
  }

  /** Forgets the orders that are not open; their ids. */
  forgetDone(isOpen: (id: number) => boolean): number[] {
    const gone: number[] = [];
    for (const [p, piece] of this.pieces.entries()) {
      if (piece === undefined) continue;
      let kept = 0;
      for (let row = 0; row < piece.flags.length; row++) {
        if (piece.flags[row] === 0) continue;
        const id = p * ROWS + row + 1;
        if (isOpen(id)) kept++;
        else {
          piece.flags[row] = 0;
          gone.push(id);
        }
      }
      if (kept === 0) this.pieces[p] = undefined;
    }
    return gone;
  }

  /** The piece of an id, with room for its row. */
  private pieceFor(id: number): Piece {
    const place = Math.floor((id - 1) / ROWS);
    const row = (id - 1) & (ROWS - 1);
    const known = this.pieces[place];
    if (known !== undefined && row < known.flags.length) return known;
    while (this.pieces.length < place) this.pieces.push(undefined);
    let rows = place > 0 ? ROWS : (known?.flags.length ?? FIRST_ROWS);
    while (rows <= row) rows *= 4;
    const piece = newPiece(rows);
    if (known !== undefined) {
      piece.nums.set(known.nums);
      piece.flags.set(known.flags);
      piece.tags.set(known.tags);
    }
    this.pieces[place] = piece;
    return piece;
  }
}

function newPiece(rows: number): Piece {
  return { nums: new Float64Array(rows * WIDTH), flags: new Int32Array(rows), tags: new Int32Array(rows) };
}
