/** Dates of one series or of several that are read row by row: each must be a date, and later than the one before. */
import { showValue, TimestampAnomalyError } from '../errors.js';
import { formatDate, parseDate } from '../time.js';
import type { RowProblems } from './row-problems.js';

/** A cell that was no date. */
export const NO_DATE = -2_147_483_648;

const ORDER_FIX = 'sort the rows by date, oldest first';

interface Latest {
  day: number;
  line: number;
}

/** Reads date cells and checks their order, each symbol for itself. */
export class DateOrder {
  readonly #problems: RowProblems;
  readonly #column: string;
  readonly #latest: Map<string, Latest> = new Map();
  #rises = 0;
  #falls = 0;
  #lastFall = '';

  constructor(problems: RowProblems, column: string) {
    this.#problems = problems;
    this.#column = column;
  }

  /** The epoch day of a cell, or `NO_DATE` and a problem. */
  read(text: string, line: number): number {
    const day = parseDate(text);
    if (day !== undefined) return day;
    this.#problems.add({
      kind: 'timestamp',
      line,
      column: this.#column,
      value: text,
      must: 'be a date as YYYY-MM-DD, YYYY/MM/DD or YYYYMMDD',
      fix: 'write dates with the year first, without a time of day',
    });
    return NO_DATE;
  }

  /** Notes the day of a row of `symbol`, undefined where the file has one series; a repeated or earlier day is a problem. */
  check(day: number, line: number, symbol?: string): void {
    if (day === NO_DATE) return;
    const latest = this.#latest.get(symbol ?? '');
    if (latest === undefined) {
      this.#latest.set(symbol ?? '', { day, line });
      return;
    }
    if (day > latest.day) {
      this.#rises += 1;
      latest.day = day;
      latest.line = line;
      return;
    }
    const of = symbol === undefined ? '' : ` of ${showValue(symbol)}`;
    const before = formatDate(latest.day);
    const repeated = day === latest.day;
    if (!repeated) {
      this.#falls += 1;
      this.#lastFall = `line ${latest.line}: ${before}, line ${line}: ${formatDate(day)}`;
    }
    this.#problems.add({
      kind: repeated && symbol !== undefined ? 'schema' : 'timestamp',
      line,
      column: this.#column,
      value: formatDate(day),
      must: repeated
        ? `not repeat the date${of} of line ${latest.line}`
        : `be later than ${before}${of} on line ${latest.line}`,
      fix: repeated ? 'keep one row for each date' : ORDER_FIX,
    });
  }

  /** After the last row: throws where every step went back in time, one error for the whole file. */
  finish(): void {
    if (this.#falls === 0 || this.#rises > 0) return;
    const message = `dates must rise, but run newest first (${this.#lastFall}). Fix: ${ORDER_FIX}`;
    throw new TimestampAnomalyError(message, this.#problems.place(undefined, this.#column));
  }
}
