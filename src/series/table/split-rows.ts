/** Separated text to rows of cells with line numbers: the one door to papaparse. */
import Papa from 'papaparse';
import { DataError } from '../../errors.js';
import type { RowProblems } from '../row-problems.js';

/** Longest line that is read; a longer one is not a table but an unclosed quote or the wrong file. */
export const LINE_LENGTH_MAX = 1_000_000;

/** Why a quote is refused, by what is wrong with it. */
export const QUOTE_FAULTS = {
  open: 'has a quote that is never closed. Fix: close it, or double a quote that belongs to the text',
  after: 'has text after a closing quote. Fix: double a quote that belongs to the text',
} as const;

/** Rows of text, blank ones left out. */
export interface SplitRows {
  readonly rows: readonly (readonly string[])[];
  /** For each row the line it starts on, from 1. */
  readonly lines: Int32Array;
}

/** Where lines end: at LF, with or without CR before it; in a text without LF, at CR. */
export function lineEndOf(text: string): '\n' | '\r' {
  return text.includes('\n') ? '\n' : '\r';
}

/**
 * Splits text by RFC 4180 with any separator: quoted cells may hold separators, doubled quotes and line ends.
 *
 * text       without byte order mark
 * separator  one character
 * problems   names the file in messages
 * start      the text is the start of a longer one: quotes and lengths are not checked
 *
 * Lines that are wholly blank are skipped. Throws `DataError` for a quote that is not closed or stands wrong, and for
 * a line longer than 1,000,000 characters.
 */
export function splitRows(
  text: string,
  separator: string,
  problems: RowProblems,
  start: boolean = false,
): SplitRows {
  // With LF as line end, the CR of CRLF is left on the last cell and removed below; mixed files work too.
  const newline = lineEndOf(text);
  if (!start) checkLineLengths(text, newline, problems);
  // With a line end after the last line, blanks behind its last quote are blanks for the library, too.
  const parsed = Papa.parse<string[]>(text.endsWith(newline) ? text : text + newline, {
    delimiter: separator,
    newline,
    header: false,
    skipEmptyLines: false,
  });
  const fault = parsed.errors[0];
  if (fault !== undefined && !start) throwQuoteError(text, newline, fault, problems);
  const quoted = text.includes('"');
  let line = 1;
  const kept: string[][] = [];
  const lines: number[] = [];
  for (const row of parsed.data) {
    const start = line;
    line += 1 + (quoted ? countIn(row, newline) : 0);
    const last = row.length - 1;
    if (newline === '\n' && row[last]!.endsWith('\r')) row[last] = row[last]!.slice(0, -1);
    if (row.length === 1 && row[0]!.trim() === '') continue;
    kept.push(row);
    lines.push(start);
  }
  return { rows: kept, lines: Int32Array.from(lines) };
}

/** The error of a line that is too long. */
export function lineTooLong(length: number, line: number, problems: RowProblems): DataError {
  const message = `must be at most ${LINE_LENGTH_MAX} characters long, was ${length}. Fix: check that this is a file of separated columns`;
  return new DataError(message, problems.place(line));
}

function checkLineLengths(body: string, newline: string, problems: RowProblems): void {
  let line = 1;
  for (let start = 0; start < body.length; line++) {
    const found = body.indexOf(newline, start);
    const end = found < 0 ? body.length : found;
    if (end - start > LINE_LENGTH_MAX) throw lineTooLong(end - start, line, problems);
    start = end + 1;
  }
}

function throwQuoteError(
  body: string,
  newline: string,
  fault: Papa.ParseError,
  problems: RowProblems,
): never {
  const line = 1 + countIn([body.slice(0, fault.index ?? 0)], newline);
  const what = fault.code === 'MissingQuotes' ? QUOTE_FAULTS.open : QUOTE_FAULTS.after;
  throw new DataError(what, problems.place(line), { cause: new Error(fault.message) });
}

function countIn(cells: readonly string[], newline: string): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf(newline); at >= 0; at = cell.indexOf(newline, at + 1)) count++;
  }
  return count;
}
