/** CSV text to a header and rows with line numbers: the one door to papaparse. */
import Papa from 'papaparse';
import { DataError, InsufficientDataError, SchemaError, showValue } from '../errors.js';
import type { RowProblems } from './row-problems.js';

/** Longest line that is read; a longer one is not a table but an unclosed quote or the wrong file. */
const LINE_LENGTH_MAX = 1_000_000;

/** The rows of a CSV text, each as long as the header. */
export interface CsvRows {
  /** Names of the columns, blanks at the ends removed. */
  readonly header: readonly string[];
  readonly headerLine: number;
  readonly rows: readonly (readonly string[])[];
  /** For each row the line it starts on, from 1, the header and blank lines counted. */
  readonly lines: Int32Array;
}

/**
 * Splits comma-separated text by RFC 4180: quoted cells may hold commas, doubled quotes and line ends.
 *
 * text      whole file; a byte order mark is skipped; lines end in LF, CRLF or CR
 * problems  receives every row with more or fewer cells than the header; such rows are left out
 *
 * Lines that are wholly blank are skipped. Throws `DataError` for an empty text, a quote that is not closed or
 * stands wrong, and a line longer than 1,000,000 characters; `SchemaError` for another separator;
 * `InsufficientDataError` where only a header stands.
 */
export function csvRows(text: string, problems: RowProblems): CsvRows {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (body.trim() === '') {
    throw new DataError('the file is empty. Fix: give a CSV file with a header line', problems.place());
  }
  // With LF as line end, the CR of CRLF is left on the last cell and removed below; mixed files work too.
  const newline = body.includes('\n') ? '\n' : '\r';
  checkLineLengths(body, newline, problems);
  const parsed = Papa.parse<string[]>(body, {
    delimiter: ',',
    newline,
    header: false,
    skipEmptyLines: false,
  });
  const quoted = body.includes('"');
  const fault = parsed.errors[0];
  if (fault !== undefined) throwQuoteError(body, newline, fault, problems);

  let header: string[] | undefined;
  let headerLine = 0;
  let line = 1;
  let seen = 0;
  const rows: string[][] = [];
  const lines: number[] = [];
  for (const row of parsed.data) {
    const start = line;
    line += 1 + (quoted ? countIn(row, newline) : 0);
    const last = row.length - 1;
    if (newline === '\n' && row[last]!.endsWith('\r')) row[last] = row[last]!.slice(0, -1);
    if (row.length === 1 && row[0]!.trim() === '') continue;
    if (header === undefined) {
      header = row.map((name) => name.trim());
      headerLine = start;
      checkSeparator(header, headerLine, problems);
      continue;
    }
    seen += 1;
    if (row.length === header.length) {
      rows.push(row);
      lines.push(start);
    } else {
      const fix = 'give every row as many cells as the header, and quote cells that hold a comma';
      const must = `have ${header.length} cells as the header has`;
      problems.add({ kind: 'data', line: start, value: `${row.length} cells`, must, fix });
    }
  }
  if (header === undefined || seen === 0) {
    throw new InsufficientDataError('has a header but no rows. Fix: add the data rows', problems.place());
  }
  return { header, headerLine, rows, lines: Int32Array.from(lines) };
}

function checkLineLengths(body: string, newline: string, problems: RowProblems): void {
  let line = 1;
  for (let start = 0; start < body.length; line++) {
    const found = body.indexOf(newline, start);
    const end = found < 0 ? body.length : found;
    if (end - start > LINE_LENGTH_MAX) {
      const message = `must be at most ${LINE_LENGTH_MAX} characters long, was ${end - start}. Fix: check that this is a CSV file`;
      throw new DataError(message, problems.place(line));
    }
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
  const what =
    fault.code === 'MissingQuotes'
      ? 'has a quote that is never closed. Fix: close it, or double a quote that belongs to the text'
      : 'has text after a closing quote. Fix: double a quote that belongs to the text';
  throw new DataError(what, problems.place(line), { cause: new Error(fault.message) });
}

function countIn(cells: readonly string[], newline: string): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf(newline); at >= 0; at = cell.indexOf(newline, at + 1)) count++;
  }
  return count;
}

function checkSeparator(header: readonly string[], line: number, problems: RowProblems): void {
  if (header.length > 1) return;
  const found = [';', '\t', '|'].find((mark) => header[0]!.includes(mark));
  const message =
    found === undefined
      ? `must have at least 2 columns separated by ',', was ${showValue(header[0])}. Fix: give a CSV file with a header line`
      : `must separate its columns by ',', was ${showValue(found)}. Fix: save the file as comma-separated`;
  throw new SchemaError(message, problems.place(line));
}
