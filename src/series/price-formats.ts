/** The formats that people have price files in, and how each is recognised. */
import { SchemaError, showValue } from '../errors.js';
import { columnKey, type ColumnRole, type Header, shownNames } from './column-names.js';
import type { DateOrderName } from './date-format.js';
import type { RowProblems } from './row-problems.js';

/** Names of the formats; `csv` is every table that none of the others recognises. */
export const PRICE_FORMATS = [
  'csv',
  'yahoo',
  'stooq',
  'stooq-bulk',
  'binance',
  'alphavantage',
  'tiingo',
  'nasdaq',
  'metatrader',
  'json',
] as const;

/** Name of a format of price files. */
export type PriceFormatName = (typeof PRICE_FORMATS)[number];

/** A format that was recognised. */
export interface KnownFormat {
  readonly name: PriceFormatName;
  /** As a person calls it. */
  readonly title: string;
  /** Order of day and month where the format fixes it. */
  readonly dateOrder?: DateOrderName;
  /** Positions of the columns, from 0, in a format without a header. */
  readonly positions?: Readonly<Partial<Record<ColumnRole, number>>>;
}

const BARS: readonly string[] = ['open', 'high', 'low', 'close'];
const POSITIONS = { date: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 } as const;
const POSITIONS_AFTER_TIME = { date: 0, time: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 } as const;

/** The format of a table with a header. */
export function formatByHeader(header: Header, rows: readonly (readonly string[])[]): KnownFormat {
  const keys = new Set(header.names.map(columnKey));
  const has = (...names: readonly string[]): boolean => names.every((name) => keys.has(name));
  const date = header.names.findIndex((name) => columnKey(name) === 'date');
  const compact = rows.some((row) => /^\d{8}$/.test((row[date] ?? '').trim()));
  const bracketed = header.names.filter((name) => /^<.*>$/.test(name)).length > 2;
  if (has('ticker', 'per', 'date', ...BARS)) return { name: 'stooq-bulk', title: 'Stooq bulk' };
  if (bracketed && has('date', ...BARS)) return { name: 'metatrader', title: 'MetaTrader' };
  if (has('date', 'closelast')) return { name: 'nasdaq', title: 'Nasdaq', dateOrder: 'mdy' };
  if (has('adjclose', 'divcash') || has('close', 'splitfactor')) return { name: 'tiingo', title: 'Tiingo' };
  if (has('opentime', ...BARS)) return { name: 'binance', title: 'Binance klines' };
  if (has('timestamp', ...BARS)) return { name: 'alphavantage', title: 'Alpha Vantage' };
  if (has('date', 'adjclose', ...BARS)) return { name: 'yahoo', title: 'Yahoo' };
  if (has(...BARS, 'dividends', 'stocksplits')) return { name: 'yahoo', title: 'yfinance' };
  if (has('date', ...BARS) && compact) return { name: 'stooq', title: 'Stooq' };
  if (has('date', ...BARS, 'volume') && keys.size === 6) return { name: 'yahoo', title: 'Yahoo or Stooq' };
  return { name: 'csv', title: '' };
}

/** The format of a table without a header, by its first rows; undefined where none fits. */
export function formatByCells(rows: readonly (readonly string[])[]): KnownFormat | undefined {
  const row = rows[0]!;
  const fits = (test: (row: readonly string[]) => boolean): boolean => rows.slice(0, 20).every(test);
  const epoch = (cell: string | undefined): boolean => /^\s*(\d{13}|\d{16})\s*$/.test(cell ?? '');
  if (row.length >= 6 && row.length <= 13 && fits((cells) => epoch(cells[0]) && isNumber(cells[4]))) {
    return { name: 'binance', title: 'Binance klines', positions: POSITIONS };
  }
  const dotted = (cell: string | undefined): boolean => /^\s*\d{4}\.\d{2}\.\d{2}\s*$/.test(cell ?? '');
  const clock = (cell: string | undefined): boolean => /^\s*\d{1,2}:\d{2}(:\d{2})?\s*$/.test(cell ?? '');
  if (
    row.length >= 6 &&
    row.length <= 8 &&
    fits((cells) => dotted(cells[0]) && clock(cells[1]) && isNumber(cells[5]))
  ) {
    return { name: 'metatrader', title: 'MetaTrader', positions: POSITIONS_AFTER_TIME };
  }
  return undefined;
}

/** Throws `SchemaError` unless the table is of the format the caller named; gives what is known of it. */
export function checkFormat(
  wanted: PriceFormatName,
  found: KnownFormat,
  header: Header | undefined,
  problems: RowProblems,
): KnownFormat {
  if (wanted === 'csv') return { name: 'csv', title: '' };
  if (wanted === found.name) return found;
  // The same columns: nothing but the name tells them apart.
  if ([wanted, found.name].every((name) => ['yahoo', 'stooq', 'csv'].includes(name)))
    return { ...found, name: wanted };
  const was =
    found.name === 'csv' ? (header === undefined ? 'another table' : shownNames(header)) : found.title;
  const fix = 'leave the format out, or name the one it has';
  throw new SchemaError(
    `must be in the format ${wanted}, was ${found.name === 'csv' ? was : showValue(was)}. Fix: ${fix}`,
    problems.place(header?.line),
    { field: 'format', value: was, constraint: `the format ${wanted}`, fix },
  );
}

function isNumber(cell: string | undefined): boolean {
  return /^\s*[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?\s*$/.test(cell ?? '');
}
