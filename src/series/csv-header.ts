/** What the columns of a CSV file mean: finding dates, symbols and values by name. */
import { SchemaError, showValue } from '../errors.js';
import { parseDate } from '../time.js';
import type { CsvRows } from './csv-rows.js';
import type { RowProblems } from './row-problems.js';

const DATE_NAMES: readonly string[] = ['date', 'day', 'datetime', 'timestamp', 'time'];
const SYMBOL_NAMES: readonly string[] = ['symbol', 'ticker'];

/** A column name as it is compared: lower case, without blanks, `_`, `-` and `.`: `Adj Close` is `adjclose`. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, '');
}

/** Index of the first of `names` (keys) among the columns, or -1; one that stands there twice throws `SchemaError`. */
export function findColumn(csv: CsvRows, names: readonly string[], problems: RowProblems): number {
  for (const name of names) {
    const first = csv.header.findIndex((column) => columnKey(column) === name);
    if (first < 0) continue;
    const second = csv.header.findIndex((column, j) => j > first && columnKey(column) === name);
    if (second >= 0) {
      const both = `${showValue(csv.header[first])} (column ${first + 1}) and ${showValue(csv.header[second])} (column ${second + 1})`;
      throw new SchemaError(
        `must have one ${name} column, was ${both}. Fix: remove one of them`,
        problems.place(csv.headerLine),
      );
    }
    return first;
  }
  return -1;
}

/** Index of the symbol column of a long file, or -1. */
export function findSymbolColumn(csv: CsvRows, problems: RowProblems): number {
  return findColumn(csv, SYMBOL_NAMES, problems);
}

/** Index of the date column: one named `date`, `day`, `datetime`, `timestamp` or `time`, or a first one without a name. */
export function findDateColumn(csv: CsvRows, problems: RowProblems): number {
  // The first column goes first: DAY is a ticker, too.
  const first = columnKey(csv.header[0]!);
  if (first === '') return 0;
  const found = findColumn(csv, DATE_NAMES.includes(first) ? [first] : DATE_NAMES, problems);
  if (found >= 0) return found;
  const place = problems.place(csv.headerLine);
  if (parseDate(csv.header[0]!) !== undefined) {
    const shown = showValue(csv.header[0]);
    throw new SchemaError(
      `must be a header such as Date,AAPL,MSFT, but starts with the date ${shown}. Fix: add a header line`,
      place,
    );
  }
  const names = csv.header.slice(0, 12).map(showValue).join(', ');
  throw new SchemaError(
    `must have a date column (${DATE_NAMES.join(', ')}), was ${names}. Fix: name the column with the dates Date`,
    place,
  );
}

/** Columns of a wide file besides the dates: their names are the symbols. Each needs a name, and one of its own. */
export function wideColumns(csv: CsvRows, dateColumn: number, problems: RowProblems): Map<string, number> {
  const columns = new Map<string, number>();
  csv.header.forEach((name, j) => {
    if (j === dateColumn) return;
    const place = problems.place(csv.headerLine, name);
    if (name === '') {
      throw new SchemaError(
        `must have a name, column ${j + 1} has none. Fix: name the column, or remove it`,
        problems.place(csv.headerLine),
      );
    }
    const other = columns.get(name);
    if (other !== undefined) {
      throw new SchemaError(
        `must be a symbol of its own, but columns ${other + 1} and ${j + 1} have the same name. Fix: remove or rename one of them`,
        place,
      );
    }
    columns.set(name, j);
  });
  return columns;
}
