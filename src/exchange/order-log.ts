/** Every order by its id: what it was and what of it was cancelled. The open quantity is the book's, the rest was filled. */
import * as layout from './rows.js';
import { resizedRows, type Rows, wideRows } from './rows.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const { FIRST_ROWS, NARROW_MOST, PIECE_ROWS } = layout;

/** Open orders of a piece that are kept alone rather than with the piece. */
const ALONE_MOST = 256;
/** Pieces without an order that are put up with. */
const GAP_MOST = 4096;

const WIDTH = 6;
// Columns.
const PRICE = 0;
const QUANTITY = 1;
const CANCELLED_QUANTITY = 2;
const TIMESTAMP = 3;
/** Side + time in force × 2 + market × 8 + tag × 16. */
const KIND = 4;
/** Known (1) + status × 2 + reason × 16. 0: no such order. */
const END = 5;

/** One order as it stands in the log. */
export interface LoggedOrder {
  readonly price: number;
  readonly quantity: number;
  /** What was cancelled, on arrival or later. */
  readonly cancelled: number;
  readonly timestamp: number;
  /** On arrival or when it was cancelled; fills do not change it. */
  readonly status: number;
  readonly reason: number;
  readonly side: number;
  readonly timeInForce: number;
  readonly market: boolean;
  /** As in the book: owner's code × 8 + policy × 2 + post-only. */
  readonly tag: number;
}

/**
 * 24 bytes an order (48 from prices, quantities or ticks of 2^32 on), in pieces, so that growing copies nothing. A fill
 * does not come here: what was filled is the quantity less what is open and what was cancelled. Of a piece with few open
 * orders left `forgetDone` keeps those orders alone, at about 250 bytes each.
 */
export class OrderLog {
  /** The pieces from number `first` on; piece n has the ids from 4,096 × n + 1 on. */
  private pieces: (Rows | undefined)[] = [];
  private first = 0;
  /** Orders whose piece is gone, each in a piece of one row. */
  private readonly loners = new Map<number, Rows>();
  /** Where the row begins of the order that `locate` has found. */
  private at = 0;

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
    cancelled: number,
    status: number,
    reason: number,
  ): void {
    const known = this.locate(id) ?? this.addRow(id);
    const rows = price + quantity + timestamp > NARROW_MOST ? this.widen(id, known) : known;
    const { at } = this;
    rows[at] = price;
    rows[at + QUANTITY] = quantity;
    rows[at + CANCELLED_QUANTITY] = cancelled;
    rows[at + TIMESTAMP] = timestamp;
    rows[at + KIND] = side | (timeInForce << 1) | (market ? 8 : 0) | (tag << 4);
    rows[at + END] = 1 | (status << 1) | (reason << 4);
  }

  /** What is left of an order, `cancelled`, was taken out of the book. */
  close(id: number, cancelled: number, status: number, reason: number): void {
    const rows = this.locate(id)!;
    rows[this.at + CANCELLED_QUANTITY] = cancelled;
    rows[this.at + END] = 1 | (status << 1) | (reason << 4);
  }

  /** A modification: new price and quantity, what was filled before included; `timestamp` 0 keeps the old one. */
  change(id: number, price: number, quantity: number, timestamp: number): void {
    const known = this.locate(id)!;
    const rows = price + quantity + timestamp > NARROW_MOST ? this.widen(id, known) : known;
    const { at } = this;
    rows[at + PRICE] = price;
    rows[at + QUANTITY] = quantity;
    if (timestamp > 0) rows[at + TIMESTAMP] = timestamp;
  }

  quantityOf(id: number): number {
    return this.locate(id)![this.at + QUANTITY]!;
  }

  timestampOf(id: number): number {
    return this.locate(id)![this.at + TIMESTAMP]!;
  }

  get(id: number): LoggedOrder | undefined {
    const rows = this.locate(id);
    const { at } = this;
    const end = rows?.[at + END] ?? 0;
    if (rows === undefined || end === 0) return undefined;
    const kind = rows[at + KIND]!;
    return {
      price: rows[at]!,
      quantity: rows[at + QUANTITY]!,
      cancelled: rows[at + CANCELLED_QUANTITY]!,
      timestamp: rows[at + TIMESTAMP]!,
      status: (end >> 1) & 7,
      reason: end >> 4,
      side: kind & 1,
      timeInForce: (kind >> 1) & 3,
      market: (kind & 8) !== 0,
      tag: kind >> 4,
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
    for (const [i, rows] of this.pieces.entries()) {
      if (rows === undefined) continue;
      let open = 0;
      for (let at = 0; at < rows.length; at += WIDTH) {
        if (rows[at + END] === 0) continue;
        if (isOpen(this.idAt(i, at))) open++;
        else {
          rows[at + END] = 0;
          gone++;
        }
      }
      if (i < last && open <= ALONE_MOST) this.giveUp(i);
    }
    return gone;
  }

  private idAt(piece: number, at: number): number {
    return (this.first + piece) * PIECE_ROWS + at / WIDTH + 1;
  }

  /** Keeps the orders of a piece alone, without the piece. */
  private giveUp(i: number): void {
    const rows = this.pieces[i]!;
    this.pieces[i] = undefined;
    for (let at = 0; at < rows.length; at += WIDTH) {
      if (rows[at + END] !== 0) this.loners.set(this.idAt(i, at), rows.slice(at, at + WIDTH));
    }
  }

  /** The piece of a known order; where its row begins is in `at`. */
  private locate(id: number): Rows | undefined {
    const i = Math.floor((id - 1) / PIECE_ROWS) - this.first;
    if (i >= 0 && i < this.pieces.length) {
      const rows = this.pieces[i];
      this.at = ((id - 1) & (PIECE_ROWS - 1)) * WIDTH;
      if (rows !== undefined) return this.at < rows.length ? rows : undefined;
    }
    this.at = 0;
    return this.loners.get(id);
  }

  /** The piece that a new order goes into, with room for its row, which begins at `at`. */
  private addRow(id: number): Rows {
    const number = Math.floor((id - 1) / PIECE_ROWS);
    const row = (id - 1) & (PIECE_ROWS - 1);
    if (number > this.first + this.pieces.length + GAP_MOST) {
      // Restored with ids far apart: what came before is kept alone.
      for (const [i, rows] of this.pieces.entries()) if (rows !== undefined) this.giveUp(i);
      this.pieces = [];
      this.first = number;
    }
    const i = number - this.first;
    const old = i >= 0 ? this.pieces[i] : undefined;
    if (old === undefined && i < this.pieces.length) {
      // A stop that fires after its piece has been given up.
      const alone = new Uint32Array(WIDTH);
      this.loners.set(id, alone);
      return alone;
    }
    this.at = row * WIDTH;
    let length = i > 0 ? PIECE_ROWS * WIDTH : (old?.length ?? FIRST_ROWS * WIDTH);
    while (length <= this.at) length *= 4;
    const rows = old === undefined ? new Uint32Array(length) : resizedRows(old, length);
    while (this.pieces.length < i) this.pieces.push(undefined);
    this.pieces[i] = rows;
    return rows;
  }

  /** The same piece with room for large numbers. */
  private widen(id: number, rows: Rows): Rows {
    if (rows instanceof Float64Array) return rows;
    const wide = wideRows(rows);
    const i = Math.floor((id - 1) / PIECE_ROWS) - this.first;
    if (this.pieces[i] === rows) this.pieces[i] = wide;
    else this.loners.set(id, wide);
    return wide;
  }
}
