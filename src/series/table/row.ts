/** A row of a table while it passes by, whatever the table is made of. */
import type { DecimalCell, DecimalRounding, NumberProblem } from '../../decimal.js';
import { scanDecimal } from '../../decimal.js';
import { epochDay } from '../../time.js';

/** Says that a cell is no plain `YYYY-MM-DD` date. */
export const NOT_PLAIN = -2_147_483_648;

/** The cells of one row; valid until the next row is asked for. */
export interface Row {
  /** Line of the file the row starts on, or number of the record, from 1. */
  readonly line: number;
  /** Number of cells. */
  readonly count: number;
  /** A cell without its quotes. */
  text(i: number): string;
  /** A cell that many rows share, such as a symbol: blanks at both ends removed. */
  name(i: number): string;
  /** A number that stands for the text of `name(i)`, the same for the same bytes; -1 where there is none. */
  nameId(i: number): number;
  /** As `scanDecimal` of the cell. */
  decimal(i: number, maxDecimals: number, rounding: DecimalRounding, out: DecimalCell): 'ok' | NumberProblem;
  /**
   * Units of a cell of digits with at most one point, up to 15 digits, and nothing else; NaN where it is anything else
   * or where rows are texts: the caller then asks `decimal`.
   */
  plainUnits(i: number): number;
  /**
   * Copies the units of plain cells above 0 to `out`, in the place of their column in `columns`, from `from` on; cells
   * with fewer than `decimals` decimals get zeros. The first place whose cell is anything else, or the number of columns.
   */
  plainRow(columns: Int32Array, from: number, decimals: number, out: Float64Array): number;
  /** Epoch day of a cell that is `YYYY-MM-DD` and nothing else, or `NOT_PLAIN`: the caller then reads the text. */
  plainDay(i: number): number;
  /** The row as it stands in the file, for the list of rejected rows. */
  raw(): string;
}

/** Bytes of a date as `YYYY-MM-DD`. */
export const DATE_LENGTH = 10;

const ZERO = 48;
const DASH = 45;
let latestKey = -1;
let latestDay = NOT_PLAIN;

/** The epoch day of `YYYY-MM-DD` in ASCII bytes, or `NOT_PLAIN`. Rows that follow each other often have one date. */
export function plainDay(bytes: Uint8Array, start: number): number {
  if (bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return NOT_PLAIN;
  let key = 0;
  for (let k = 0; k < DATE_LENGTH; k++) {
    if (k === 4 || k === 7) continue;
    const digit = bytes[start + k]! - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NOT_PLAIN;
    key = key * 10 + digit;
  }
  if (key === latestKey) return latestDay;
  latestKey = key;
  latestDay = epochDay(Math.floor(key / 10_000), Math.floor(key / 100) % 100, key % 100) ?? NOT_PLAIN;
  return latestDay;
}

/** What takes rows one by one. */
export type RowTaker = (row: Row) => void;

/** A row of texts. */
export class TextRow implements Row {
  line = 0;
  cells: readonly string[] = [];
  readonly #separator: string;
  readonly #source: string | undefined;
  #sourceLines: readonly string[] | undefined;

  /** `source`: the whole text, where the rows are lines of one. */
  constructor(separator: string, source?: string) {
    this.#separator = separator;
    this.#source = source;
  }

  get count(): number {
    return this.cells.length;
  }

  text(i: number): string {
    return this.cells[i]!;
  }

  name(i: number): string {
    return this.cells[i]!.trim();
  }

  nameId(): number {
    return -1;
  }

  decimal(i: number, maxDecimals: number, rounding: DecimalRounding, out: DecimalCell): 'ok' | NumberProblem {
    return scanDecimal(this.cells[i]!, maxDecimals, rounding, out);
  }

  plainUnits(): number {
    return Number.NaN;
  }

  plainRow(_columns: Int32Array, from: number): number {
    return from;
  }

  plainDay(): number {
    return NOT_PLAIN;
  }

  raw(): string {
    const separator = this.#separator;
    if (this.#source === undefined) return this.cells.map((cell) => quoted(cell, separator)).join(separator);
    const newline = this.#source.includes('\n') ? '\n' : '\r';
    this.#sourceLines ??= this.#source.split(newline);
    const inner = this.cells.reduce((sum, cell) => sum + cell.split(newline).length - 1, 0);
    const lines = this.#sourceLines.slice(this.line - 1, this.line + inner);
    return lines.join(newline).replace(/\r$/, '');
  }
}

/** A cell as a table needs it where it holds what separates cells. */
function quoted(cell: string, separator: string): string {
  const plain = !cell.includes(separator) && !/["\n\r]/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
