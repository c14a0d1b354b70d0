/**
 * Finds rows and cells in bytes that come in pieces, and reads plain numbers on the way: no more than one piece and one
 * row is kept. The loops are over typed arrays and look at each byte once.
 */
import { DataError } from '../../errors.js';
import type { RowProblems } from '../row-problems.js';
import { LINE_LENGTH_MAX, lineTooLong, QUOTE_FAULTS } from './split-rows.js';

const QUOTE = 34;
const POINT = 46;
const ZERO = 48;
const LF = 10;
const CR = 13;
/** A cell in quotes, and one with doubled quotes in it. */
const QUOTED = 1;
export const DOUBLED = 2;
/** Most bytes of a row whose quotes hold line ends. */
const ROW_BYTES_MAX = 16_000_000;
/** Stands after the last byte and ends a cell there; a NUL is refused before. */
const SENTINEL = 0;

/**
 * Takes a row straight from the bytes that start at `from` and are followed by a NUL: the index of its line feed, or 0
 * where the row is not of the plain kind, and then nothing was taken.
 */
export type DirectRow = (bytes: Uint8Array, from: number, line: number) => number;

/** The cells of one row after the other; what becomes of a row is up to the class that extends it. */
export abstract class RowScanner {
  line = 1;
  count = 0;
  protected readonly separator: number;
  protected readonly newline: number;
  protected readonly problems: RowProblems;
  protected bytes: Uint8Array = new Uint8Array(0);
  protected rowStart = 0;
  protected rowEnd = 0;
  /** Where each cell starts and ends, quotes left out. */
  protected starts: Int32Array = new Int32Array(64);
  protected ends: Int32Array = new Int32Array(64);
  /** Where the digits after the point of a number start; where the cell ends if it has no point. */
  protected points: Int32Array = new Int32Array(64);
  /** `QUOTED` or `DOUBLED` for cells in quotes. */
  protected doubled: Uint8Array = new Uint8Array(64);
  /** 1 for the columns whose cells are read as numbers on the way. */
  protected numeric: Uint8Array = new Uint8Array(64);
  /** The digits of a plain number without its point, NaN for any other cell. */
  protected units: Float64Array = new Float64Array(64);
  /** Line ends inside the quotes of the row. */
  protected inner = 0;
  protected length = 0;
  /** 1 for the bytes that end a cell. */
  protected readonly stops: Uint8Array = new Uint8Array(256);

  /** `separator` and `newline` are single ASCII characters; `numeric` are the columns of numbers. */
  constructor(separator: string, newline: string, numeric: readonly number[], problems: RowProblems) {
    this.separator = separator.charCodeAt(0);
    this.newline = newline.charCodeAt(0);
    this.problems = problems;
    this.stops[this.separator] = 1;
    this.stops[this.newline] = 1;
    this.stops[SENTINEL] = 1;
    for (const column of numeric) {
      while (column >= this.numeric.length) this.#grow();
      this.numeric[column] = 1;
    }
  }

  /** Tried first for every row; lines must end at LF. */
  direct: DirectRow | undefined;

  /** Takes the row that `line`, `count` and the cells describe; it is not blank. */
  protected abstract takeRow(): void;
  /** Whether the only cell of the row is blank. */
  protected abstract isBlank(): boolean;

  /** Takes the next piece of the file; it may be reused by the caller afterwards. */
  push(piece: Uint8Array): void {
    const rest = this.length - this.rowStart;
    if (this.bytes.length < rest + piece.length + 1) {
      const grown = new Uint8Array(Math.max(rest + piece.length + 1, 2 * this.bytes.length));
      grown.set(this.bytes.subarray(this.rowStart, this.length));
      this.bytes = grown;
    } else {
      this.bytes.copyWithin(0, this.rowStart, this.length);
    }
    this.bytes.set(piece, rest);
    this.length = rest + piece.length;
    this.bytes[this.length] = SENTINEL;
    this.rowStart = 0;
    this.#scan(false);
  }

  /** After the last piece: gives the row that has no line end. */
  end(): void {
    this.#scan(true);
  }

  /** Gives every whole row of the buffer; with `final` also the last one. */
  #scan(final: boolean): void {
    const length = this.length;
    const newline = this.newline;
    let i = this.rowStart;
    while (i < length) {
      this.rowStart = i;
      const direct = this.direct === undefined ? 0 : this.direct(this.bytes, i, this.line);
      if (direct > 0) {
        this.line += 1;
        i = direct + 1;
        continue;
      }
      this.inner = 0;
      const end = this.#scanPlain(i, length) || this.#scanAny(i, length, final);
      if (end < 0) {
        this.#wait();
        return;
      }
      this.rowEnd = end;
      if (end - i > LINE_LENGTH_MAX && this.inner === 0) throw lineTooLong(end - i, this.line, this.problems);
      if (newline === LF) this.#dropReturn();
      if (this.count > 1 || !this.isBlank()) this.takeRow();
      this.line += 1 + this.inner;
      i = end + 1;
    }
    this.rowStart = Math.min(i, length);
  }

  /** Scans a row without quotes that ends before `length`: the place of its line end, or 0. Numbers are read on the way. */
  #scanPlain(from: number, length: number): number {
    const bytes = this.bytes;
    const stops = this.stops;
    const newline = this.newline;
    const starts = this.starts;
    const ends = this.ends;
    const numeric = this.numeric;
    const units = this.units;
    const points = this.points;
    const most = starts.length;
    let count = 0;
    for (let i = from; i < length; i++) {
      if (count === most || bytes[i] === QUOTE) return 0;
      starts[count] = i;
      if (numeric[count] === 1) {
        let value = 0;
        let digit = bytes[i]! - ZERO;
        while (digit >= 0 && digit <= 9) {
          value = value * 10 + digit;
          i += 1;
          digit = bytes[i]! - ZERO;
        }
        let point = i;
        if (digit === POINT - ZERO) {
          i += 1;
          digit = bytes[i]! - ZERO;
          while (digit >= 0 && digit <= 9) {
            value = value * 10 + digit;
            i += 1;
            digit = bytes[i]! - ZERO;
          }
          point += 1;
        }
        units[count] = value;
        points[count] = point;
        if (stops[bytes[i]!] === 0) {
          units[count] = Number.NaN;
          while (stops[bytes[i]!] === 0) i++;
        }
      } else {
        while (stops[bytes[i]!] === 0) i++;
      }
      // The byte after the last is a stop: the row is not whole.
      if (i >= length) return 0;
      ends[count] = i;
      this.doubled[count] = 0;
      count += 1;
      if (bytes[i] === newline) {
        this.count = count;
        return i;
      }
    }
    return 0;
  }

  /** Scans a row of any kind: the place of its line end, or -1 where it is not whole. */
  #scanAny(from: number, length: number, final: boolean): number {
    const bytes = this.bytes;
    const separator = this.separator;
    const newline = this.newline;
    let i = from;
    for (let count = 0; ; count++) {
      if (count === this.starts.length) this.#grow();
      this.units[count] = Number.NaN;
      this.starts[count] = i;
      this.doubled[count] = 0;
      if (i < length && bytes[i] === QUOTE) {
        i = this.#scanQuoted(count, length, final);
        if (i < 0) return -1;
      } else {
        while (i < length && bytes[i] !== separator && bytes[i] !== newline) i++;
        this.ends[count] = i;
      }
      if (i === length) {
        if (!final) return -1;
        this.count = count + 1;
        return i;
      }
      if (bytes[i] === newline) {
        this.count = count + 1;
        return i;
      }
      i += 1;
      if (i === length && !final) return -1;
    }
  }

  /** Scans the quoted cell `count`: where the cell ends, or -1 where that is not known yet. */
  #scanQuoted(count: number, length: number, final: boolean): number {
    const bytes = this.bytes;
    const newline = this.newline;
    const line = this.line + this.inner;
    let i = this.starts[count]! + 1;
    this.starts[count] = i;
    this.doubled[count] = QUOTED;
    for (; ; i++) {
      if (i >= length && final) throw new DataError(QUOTE_FAULTS.open, this.problems.place(line));
      if (i >= length || (i === length - 1 && bytes[i] === QUOTE && !final)) return -1;
      const byte = bytes[i]!;
      if (byte === newline) this.inner += 1;
      if (byte !== QUOTE) continue;
      if (i + 1 >= length || bytes[i + 1] !== QUOTE) break;
      this.doubled[count] = DOUBLED;
      i += 1;
    }
    this.ends[count] = i;
    const after = i + 1;
    i = after;
    while (i < length && bytes[i] !== this.separator && bytes[i] !== newline) i++;
    if (i === length && !final) return -1;
    // White space of any script may stand there, as the library has it.
    if (i > after && new TextDecoder().decode(bytes.subarray(after, i)).trim() !== '') {
      throw new DataError(QUOTE_FAULTS.after, this.problems.place(line));
    }
    return i;
  }

  /** The CR of CRLF is no part of the last cell. */
  #dropReturn(): void {
    const last = this.count - 1;
    const end = this.ends[last]!;
    if (end === this.starts[last]! || this.bytes[end - 1] !== CR) return;
    this.ends[last] = end - 1;
    if (this.numeric[last] !== 1) return;
    // The number before the CR: NaN so far, for the CR is no digit.
    this.units[last] = this.digits(last);
  }

  /** The units of cell `i` from its digits, and where the digits after the point start. */
  protected digits(i: number): number {
    const bytes = this.bytes;
    const end = this.ends[i]!;
    let value = 0;
    let point = -1;
    for (let k = this.starts[i]!; k < end; k++) {
      const digit = bytes[k]! - ZERO;
      if (digit >= 0 && digit <= 9) value = value * 10 + digit;
      else if (digit === POINT - ZERO && point < 0) point = k + 1;
      else return Number.NaN;
    }
    this.points[i] = point < 0 ? end : point;
    return value;
  }

  /** Keeps the row that is not whole yet, unless it is too long to be one. */
  #wait(): void {
    const waiting = this.length - this.rowStart;
    if (waiting > ROW_BYTES_MAX) throw new DataError(QUOTE_FAULTS.open, this.problems.place(this.line));
    if (
      waiting > LINE_LENGTH_MAX &&
      !this.bytes.subarray(this.rowStart, this.length).includes(this.newline)
    ) {
      throw lineTooLong(waiting, this.line, this.problems);
    }
  }

  /** Room for twice as many cells. */
  #grow(): void {
    const size = 2 * this.starts.length;
    const grown = <T extends Int32Array | Uint8Array | Float64Array>(old: T, empty: T): T => {
      empty.set(old);
      return empty;
    };
    this.starts = grown(this.starts, new Int32Array(size));
    this.ends = grown(this.ends, new Int32Array(size));
    this.points = grown(this.points, new Int32Array(size));
    this.doubled = grown(this.doubled, new Uint8Array(size));
    this.numeric = grown(this.numeric, new Uint8Array(size));
    this.units = grown(this.units, new Float64Array(size));
  }
}
