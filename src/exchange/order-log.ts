/** Every order by its id: what it was, what was filled of it, what became of it. The open quantity is the book's. */
import { FILLED, PARTIALLY_FILLED } from '../../kernels/book/layout.js';

const ROWS = 4096;
/** The first piece begins small: many exchanges see few orders. */
const FIRST_ROWS = 16;
/** Open orders of a piece that are kept alone rather than with the piece. */
const ALONE_MOST = 256;
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
  /** By number: ids from 4,096 × number + 1 on. */
  private readonly pieces = new Map<number, Piece>();
  /** Orders whose piece is gone, each in a piece of one row. */
  private readonly loners = new Map<number, Piece>();
  /** The newest piece: most calls are about its orders. */
  private newest: Piece | undefined;
  private newestNumber = -1;
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
    for (const [number, piece] of this.pieces) {
      const open: number[] = [];
      for (let row = 0; row < piece.flags.length; row++) {
        if (piece.flags[row] === 0) continue;
        if (isOpen(number * ROWS + row + 1)) open.push(row);
        else {
          piece.flags[row] = 0;
          gone++;
        }
      }
      if (number === this.newestNumber || open.length > ALONE_MOST) continue;
      this.pieces.delete(number);
      for (const row of open) this.loners.set(number * ROWS + row + 1, copyOf(piece, row, row + 1, 1));
    }
    return gone;
  }

  /** The piece of a known order, and its row in `row`. */
  private locate(id: number): Piece | undefined {
    const number = Math.floor((id - 1) / ROWS);
    this.row = (id - 1) & (ROWS - 1);
    const piece = number === this.newestNumber ? this.newest : this.pieces.get(number);
    if (piece !== undefined) return this.row < piece.flags.length ? piece : undefined;
    this.row = 0;
    return this.loners.get(id);
  }

  /** The piece that an order goes into, with room for its row, which is in `row`. */
  private pieceFor(id: number): Piece {
    const known = this.locate(id);
    if (known !== undefined) return known;
    const number = Math.floor((id - 1) / ROWS);
    const row = (id - 1) & (ROWS - 1);
    const old = this.pieces.get(number);
    if (old === undefined && number < this.newestNumber) {
      // A stop that fires after its piece has been given up.
      const alone = newPiece(1);
      this.loners.set(id, alone);
      return alone;
    }
    this.row = row;
    let rows = number > 0 ? ROWS : (old?.flags.length ?? FIRST_ROWS);
    while (rows <= row) rows *= 4;
    const piece = old === undefined ? newPiece(rows) : copyOf(old, 0, old.flags.length, rows);
    this.pieces.set(number, piece);
    if (number >= this.newestNumber) {
      this.newest = piece;
      this.newestNumber = number;
    }
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
