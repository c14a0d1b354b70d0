/** Every order by its id: what it was, what was filled of it, what became of it. The open quantity is the book's. */
import { FILLED, PARTIALLY_FILLED } from '../../kernels/book/layout.js';

const ROWS = 4096;
/** The first piece begins small: many exchanges see few orders. */
const FIRST_ROWS = 16;
/** Open orders of a piece that are kept alone rather than with the piece. */
const ALONE_MOST = 256;
/** Pieces without an order that are put up with. */
const GAP_MOST = 4096;
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

/**
 * 40 bytes an order, in pieces, so that growing copies nothing. Of a piece with few open orders left `forgetDone` keeps
 * those orders alone, at about 400 bytes each.
 */
export class OrderLog {
  /** The pieces from number `first` on; piece n has the ids from 4,096 × n + 1 on. */
  private pieces: (Piece | undefined)[] = [];
  private first = 0;
  /** Orders whose piece is gone, each in a piece of one row. */
  private readonly loners = new Map<number, Piece>();
  /** Row of the order that `locate` has found. */
  private row = 0;

  /** Takes in an order that has arrived. */
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
    const { nums, flags, tags } = this.pieceFor(id);
    const { row } = this;
    const at = row * WIDTH;
    nums[at] = price;
    nums[at + QUANTITY] = quantity;
    nums[at + FILLED_QUANTITY] = filled;
    nums[at + TIMESTAMP] = timestamp;
    flags[row] = 1 | (status << 1) | (reason << 4) | (side << 7) | (timeInForce << 8) | (market ? 1024 : 0);
    tags[row] = tag;
  }

  /** Books a fill of a resting order. */
  fill(id: number, quantity: number): void {
    const { nums, flags } = this.locate(id)!;
    const { row } = this;
    const at = row * WIDTH;
    const filled = nums[at + FILLED_QUANTITY]! + quantity;
    nums[at + FILLED_QUANTITY] = filled;
    const status = filled === nums[at + QUANTITY] ? FILLED : PARTIALLY_FILLED;
    flags[row] = (flags[row]! & ~0x7e) | (status << 1);
  }

  /** What became of an order, and why. */
  setStatus(id: number, status: number, reason: number): void {
    const { flags } = this.locate(id)!;
    flags[this.row] = (flags[this.row]! & ~0x7e) | (status << 1) | (reason << 4);
  }

  /** A modification: new price and quantity, what it filled; `timestamp` 0 keeps the old one. */
  change(id: number, price: number, quantity: number, filled: number, timestamp: number): void {
    const { nums } = this.locate(id)!;
    const at = this.row * WIDTH;
    nums[at + PRICE] = price;
    nums[at + QUANTITY] = quantity;
    nums[at + FILLED_QUANTITY] = filled;
    if (timestamp > 0) nums[at + TIMESTAMP] = timestamp;
  }

  filledOf(id: number): number {
    return this.locate(id)!.nums[this.row * WIDTH + FILLED_QUANTITY]!;
  }

  timestampOf(id: number): number {
    return this.locate(id)!.nums[this.row * WIDTH + TIMESTAMP]!;
  }

  get(id: number): LoggedOrder | undefined {
    const piece = this.locate(id);
    const { row } = this;
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

  /** Forgets the orders that are not open; how many. O(orders known). */
  forgetDone(isOpen: (id: number) => boolean): number {
    let gone = 0;
    for (const [id] of this.loners) {
      if (isOpen(id)) continue;
      this.loners.delete(id);
      gone++;
    }
    const last = this.pieces.length - 1;
    for (const [i, piece] of this.pieces.entries()) {
      if (piece === undefined) continue;
      let open = 0;
      for (let row = 0; row < piece.flags.length; row++) {
        if (piece.flags[row] === 0) continue;
        if (isOpen((this.first + i) * ROWS + row + 1)) open++;
        else {
          piece.flags[row] = 0;
          gone++;
        }
      }
      if (i < last && open <= ALONE_MOST) this.giveUp(i);
    }
    return gone;
  }

  /** Keeps the orders of a piece alone, without the piece. */
  private giveUp(i: number): void {
    const piece = this.pieces[i]!;
    this.pieces[i] = undefined;
    for (let row = 0; row < piece.flags.length; row++) {
      if (piece.flags[row] === 0) continue;
      this.loners.set((this.first + i) * ROWS + row + 1, copyOf(piece, row, row + 1, 1));
    }
  }

  /** The piece of a known order, and its row in `row`. */
  private locate(id: number): Piece | undefined {
    const i = Math.floor((id - 1) / ROWS) - this.first;
    if (i >= 0 && i < this.pieces.length) {
      const piece = this.pieces[i];
      this.row = (id - 1) & (ROWS - 1);
      if (piece !== undefined) return this.row < piece.flags.length ? piece : undefined;
    }
    this.row = 0;
    return this.loners.get(id);
  }

  /** The piece that an order goes into, with room for its row, which is in `row`. */
  private pieceFor(id: number): Piece {
    const known = this.locate(id);
    if (known !== undefined) return known;
    const number = Math.floor((id - 1) / ROWS);
    const row = (id - 1) & (ROWS - 1);
    if (number > this.first + this.pieces.length + GAP_MOST) {
      // Restored with ids far apart: what came before is kept alone.
      for (const [i, piece] of this.pieces.entries()) if (piece !== undefined) this.giveUp(i);
      this.pieces = [];
      this.first = number;
    }
    const i = number - this.first;
    const old = i >= 0 ? this.pieces[i] : undefined;
    if (old === undefined && i < this.pieces.length) {
      // A stop that fires after its piece has been given up.
      const alone = newPiece(1);
      this.loners.set(id, alone);
      return alone;
    }
    this.row = row;
    let rows = i > 0 ? ROWS : (old?.flags.length ?? FIRST_ROWS);
    while (rows <= row) rows *= 4;
    const piece = old === undefined ? newPiece(rows) : copyOf(old, 0, old.flags.length, rows);
    while (this.pieces.length < i) this.pieces.push(undefined);
    this.pieces[i] = piece;
    return piece;
  }
}

function newPiece(rows: number): Piece {
  return { nums: new Float64Array(rows * WIDTH), flags: new Int32Array(rows), tags: new Int32Array(rows) };
}

/** Rows `from` … `to - 1` of a piece at the beginning of a new one. */
function copyOf(piece: Piece, from: number, to: number, rows: number): Piece {
  const copy = newPiece(rows);
  copy.nums.set(piece.nums.subarray(from * WIDTH, to * WIDTH));
  copy.flags.set(piece.flags.subarray(from, to));
  copy.tags.set(piece.tags.subarray(from, to));
  return copy;
}
