/** Rows of whole numbers for the logs: 4 bytes a number while all of a piece fit, 8 from then on. */

/** Rows of a piece. */
export const PIECE_ROWS = 4096;
/** The first piece begins small: many exchanges see little. */
export const FIRST_ROWS = 16;

/** Numbers of a piece, row by row. Both kinds have the same places. */
export type Rows = Uint32Array | Float64Array;

/** The largest number that narrow rows hold. */
export const NARROW_MOST = 4_294_967_295;

/** The same numbers at the beginning of rows of another length. */
export function resizedRows(rows: Rows, length: number): Rows {
  const copy = rows instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
  copy.set(rows.length <= length ? rows : rows.subarray(0, length));
  return copy;
}

/** Rows that hold any whole number up to 2^53 - 1. */
export function wideRows(rows: Rows): Float64Array {
  return new Float64Array(rows);
}

/** Rows that only come at the end, in pieces, so that growing copies little. */
export class RowLog {
  /** Numbers of a row. */
  readonly width: number;
  /** Rows ever since the last clearing. */
  length = 0;
  /** Where in its piece the row begins that `next` or `find` has given. */
  at = 0;
  private pieces: Rows[] = [];
  private tail: Rows = new Uint32Array(0);

  constructor(width: number) {
    this.width = width;
  }

  /** The piece for one more row, which begins at `at`. No number of the row is above `most`. */
  next(most: number): Rows {
    const at = (this.length & (PIECE_ROWS - 1)) * this.width;
    this.at = at;
    this.length++;
    return at === 0 || at >= this.tail.length || most > NARROW_MOST ? this.extend(at, most) : this.tail;
  }

  private extend(at: number, most: number): Rows {
    const { pieces, width } = this;
    if (at === 0) {
      this.tail = new Uint32Array((pieces.length === 0 ? FIRST_ROWS : PIECE_ROWS) * width);
      pieces.push(this.tail);
    } else if (at >= this.tail.length) {
      this.tail = resizedRows(this.tail, Math.min(this.tail.length * 4, PIECE_ROWS * width));
    }
    if (most > NARROW_MOST && this.tail instanceof Uint32Array) this.tail = wideRows(this.tail);
    pieces[pieces.length - 1] = this.tail;
    return this.tail;
  }

  /** The piece of a row, which begins at `at`. */
  find(row: number): Rows {
    this.at = (row & (PIECE_ROWS - 1)) * this.width;
    return this.pieces[Math.floor(row / PIECE_ROWS)]!;
  }

  /** Forgets the rows; how many there were. */
  clear(): number {
    const { length } = this;
    this.length = 0;
    this.pieces = [];
    this.tail = new Uint32Array(0);
    return length;
  }
}
