/** What the columns of a file mean: dates, symbols, prices and weights by the names that people give them. */
import { nearest } from '../check.js';
import { SchemaError, showValue } from '../errors.js';
import type { RowProblems } from './row-problems.js';

/** The names of the columns of a file. */
export interface Header {
  readonly names: readonly string[];
  readonly line: number;
}

/** What a column may hold. */
export const COLUMN_ROLES = ['date', 'time', 'symbol', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Name of what a column may hold: date, time, symbol, open, high, low, close or volume. */
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Columns named by the caller: a name of the header, or a position from 1. */
export type ColumnChoice = Readonly<Partial<Record<ColumnRole, string | number>>>;

const DATE_NAMES: readonly string[] = ['date', 'day', 'datetime', 'timestamp', 'time'];
const OTHER_DATE_NAMES: readonly string[] = [
  'datum',
  'opentime',
  'tradedate',
  'gmttime',
  'unixtime',
  'observationdate',
  'beginsat',
];
const SYMBOL_NAMES: readonly string[] = ['symbol', 'ticker'];

/** Keys of the close after adjustment for dividends and splits. */
export const ADJUSTED: readonly string[] = ['adjclose', 'adjustedclose', 'closeadj', 'adjcloseprice'];
/** Keys of the prices of a bar, the usual one first. */
export const PRICE_KEYS: Readonly<Record<'open' | 'high' | 'low' | 'close', readonly string[]>> = {
  open: ['open', 'openprice', 'erster', 'eröffnung'],
  high: ['high', 'highprice', 'hoch', 'tageshoch'],
  low: ['low', 'lowprice', 'tief', 'tagestief'],
  close: ['close', 'closelast', 'closeprice', 'lastprice', 'last', 'price', 'schluss', 'schlusskurs'],
};
/** Keys of the traded volume. */
export const VOLUME_KEYS: readonly string[] = ['volume', 'vol', 'tickvol', 'volumen'];
/** Every key that makes a table one of bars. */
export const BAR_KEYS: readonly string[] = [...Object.values(PRICE_KEYS).flat(), ...VOLUME_KEYS, ...ADJUSTED];

/** A column name as it is compared: lower case, without blanks and marks: `Adj Close` is `adjclose`. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[\s_.\-<>/*]/g, '');
}

/** Index of the first of `keys` among the columns, or -1; one that stands there twice throws `SchemaError`. */
export function findColumn(header: Header, keys: readonly string[], problems: RowProblems): number {
  for (const key of keys) {
    const first = header.names.findIndex((column) => columnKey(column) === key);
    if (first < 0) continue;
    const second = header.names.findIndex((column, j) => j > first && columnKey(column) === key);
    if (second >= 0) {
      const both = `${showValue(header.names[first])} (column ${first + 1}) and ${showValue(header.names[second])} (column ${second + 1})`;
      throw schemaError(problems, header, key, both, `have one ${key} column`, 'remove one of them');
    }
    return first;
  }
  return -1;
}

/** A `SchemaError` about the header, in our words: field, value, constraint and fix. */
export function schemaError(
  problems: RowProblems,
  header: Header,
  field: string,
  was: string,
  must: string,
  fix: string,
): SchemaError {
  const message = `must ${must}, was ${was}. Fix: ${fix}`;
  const detail = { field, value: was, constraint: must, fix };
  return new SchemaError(message, problems.place(header.line > 0 ? header.line : undefined), detail);
}

/** Index of the symbol column of a long file, or -1. */
export function findSymbolColumn(header: Header, problems: RowProblems): number {
  return findColumn(header, SYMBOL_NAMES, problems);
}

/** The first names of a header, for messages. */
export function shownNames(header: Header): string {
  return header.names.slice(0, 12).map(showValue).join(', ');
}

/** Index of the date column: one with a name for dates, or a first one without a name. */
export function findDateColumn(header: Header, problems: RowProblems): number {
  // The first column goes first: DAY is a ticker, too.
  const first = columnKey(header.names[0]!);
  if (first === '') return 0;
  const known = [...DATE_NAMES, ...OTHER_DATE_NAMES];
  const found = findColumn(header, known.includes(first) ? [first] : known, problems);
  if (found >= 0) return found;
  const near = header.names.find((name) => nearest(columnKey(name), DATE_NAMES) !== undefined);
  const which = near === undefined ? 'the column with the dates' : showValue(near);
  const must = `have a date column (${DATE_NAMES.join(', ')})`;
  const fix = `name ${which} Date, or say which it is (columns, --columns date=NAME)`;
  throw schemaError(problems, header, 'date', shownNames(header), must, fix);
}

/** The column a caller chose for a role; `SchemaError` where the file has none of that name or position. */
export function chosenColumn(
  header: Header,
  role: ColumnRole,
  choice: string | number,
  problems: RowProblems,
): number {
  const { names } = header;
  if (typeof choice === 'number') {
    if (Number.isInteger(choice) && choice >= 1 && choice <= names.length) return choice - 1;
    const must = `have a column ${choice} for ${role}`;
    const fix = `name a position from 1 to ${names.length}`;
    throw schemaError(problems, header, role, `${names.length} columns`, must, fix);
  }
  const exact = names.indexOf(choice);
  const found = exact >= 0 ? exact : names.findIndex((name) => columnKey(name) === columnKey(choice));
  if (found >= 0) return found;
  const near = nearest(choice, names);
  const fix = near === undefined ? 'name a column of the header' : `did you mean ${near}`;
  throw schemaError(
    problems,
    header,
    role,
    shownNames(header),
    `have a column ${showValue(choice)} for ${role}`,
    fix,
  );
}

/** Columns of a wide file besides `skipped`: their names are the symbols. Each needs a name, and one of its own. */
export function wideColumns(
  header: Header,
  skipped: ReadonlySet<number>,
  problems: RowProblems,
): Map<string, number> {
  const columns = new Map<string, number>();
  header.names.forEach((name, j) => {
    if (skipped.has(j)) return;
    const place = problems.place(header.line, name);
    if (name === '') {
      const fix = 'name the column, or remove it';
      throw new SchemaError(
        `must have a name, column ${j + 1} has none. Fix: ${fix}`,
        problems.place(header.line),
        { field: `column ${j + 1}`, value: '', constraint: 'a name', fix },
      );
    }
    const other = columns.get(name);
    if (other !== undefined) {
      const fix = 'remove or rename one of them';
      throw new SchemaError(
        `must be a symbol of its own, but columns ${other + 1} and ${j + 1} have the same name. Fix: ${fix}`,
        place,
        { field: name, value: name, constraint: 'a symbol of its own', fix },
      );
    }
    columns.set(name, j);
  });
  return columns;
}
