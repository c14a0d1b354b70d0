/** What a price file is, decided once from its first rows; everything after follows the plan. */
import { isMissing } from '../decimal.js';
import { InsufficientDataError } from '../errors.js';
import {
  type ColumnChoice,
  columnKey,
  type Header,
  PRICE_KEYS,
  ADJUSTED,
  schemaError,
  shownNames,
  VOLUME_KEYS,
} from './column-names.js';
import { DateCell, type DateFormat, type DateOrderName, findDateFormat } from './date-format.js';
import { findNumberFormat, type NumberFormat } from './number-format.js';
import {
  checkFormat,
  formatByCells,
  formatByHeader,
  type KnownFormat,
  type PriceFormatName,
} from './price-formats.js';
import { type PriceColumn, type PriceField, type PriceLayout, priceLayout } from './price-layout.js';
import type { RowProblems } from './row-problems.js';
import { runsBack } from './runs-back.js';
import { remarksBefore } from './table/separator.js';
import type { SplitRows } from './table/split-rows.js';

/** Rows of a file that the plan is made from. */
export const SAMPLE_ROWS = 1_000;

/** What the caller says about the file; the rest is found. */
export interface PlanChoice {
  readonly format: PriceFormatName | undefined;
  readonly decimal: '.' | ',' | undefined;
  readonly dateOrder: DateOrderName | undefined;
  /** Whether the first row holds names. */
  readonly header: boolean | undefined;
  readonly columns: ColumnChoice;
  readonly adjusted: boolean;
}

/** How a file is read. */
export interface ReadPlan {
  readonly format: KnownFormat;
  /** Rows before the first row of data: remarks and names. */
  readonly skip: number;
  readonly header: Header;
  /** Cells of a row; one more is allowed if it is blank. */
  readonly width: number;
  readonly layout: PriceLayout;
  readonly dates: DateFormat;
  readonly numbers: NumberFormat;
  /** Whether the rows run newest first. */
  readonly falling: boolean;
  /** Symbol that the file names for its one series. */
  readonly symbol: string | undefined;
}

/** Makes the plan. `sample` are the file's first rows, up to `SAMPLE_ROWS` and those before the data. */
export function planRead(
  sample: SplitRows,
  separator: string,
  choice: PlanChoice,
  problems: RowProblems,
): ReadPlan {
  const { rows } = sample;
  const preamble = remarksBefore(rows, separator);
  const table = rows.slice(preamble);
  if (table.length === 0) {
    const fix = 'add a header and the data rows';
    const detail = { field: 'rows', value: 0, constraint: 'at least 2 rows', fix };
    throw new InsufficientDataError(`has no rows. Fix: ${fix}`, problems.place(), detail);
  }
  const named = choice.header ?? !looksLikeData(table, choice);
  const multi = named ? twoLevels(table) : undefined;
  const headerRows = multi !== undefined ? 3 : named ? 1 : 0;
  const body = table.slice(headerRows);
  const first = table[0] ?? [];
  const headerLine = sample.lines[preamble] ?? 1;
  const unnamed = named ? undefined : formatByCells(table);
  const names = named ? first.map((name) => name.trim()) : positionNames(first.length, unnamed);
  const header: Header = { names, line: named ? headerLine : 0 };
  if (named && multi === undefined && choice.columns.date === undefined && isDate(names[0]!)) {
    throw noHeader(first, header, choice, problems);
  }
  if (!named && unnamed === undefined && choice.columns.date === undefined)
    throw noHeader(first, header, choice, problems);
  const found = multi === undefined ? (unnamed ?? formatByHeader(header, body.slice(0, 20))) : multi.format;
  const format =
    choice.format === undefined || choice.format === 'json'
      ? found
      : checkFormat(choice.format, found, named ? header : undefined, problems);
  const layout =
    multi === undefined
      ? priceLayout(header, body, withPositions(choice, unnamed, names), problems)
      : multi.layout(choice.adjusted, body);
  if (layout.prices.length === 0) {
    const fix = 'add a column of prices with a name';
    throw schemaError(problems, header, 'prices', shownNames(header), 'have a column of prices', fix);
  }
  const column = names[layout.dateColumn]!;
  const dateCells = body.map((row) => row[layout.dateColumn] ?? '');
  const dates = findDateFormat(dateCells, choice.dateOrder ?? format.dateOrder, problems, column);
  const priceCells = body.flatMap((row) =>
    layout.prices.slice(0, 64).map((price) => row[price.column] ?? ''),
  );
  const numbers = findNumberFormat(priceCells, choice.decimal, problems);
  let width = names.length;
  while (width > 1 && names[width - 1] === '' && body.every((row) => (row[width - 1] ?? '').trim() === ''))
    width--;
  for (const [role, used] of usedColumns(layout)) {
    if (used < width) continue;
    const fix = 'choose a column with a name';
    throw schemaError(
      problems,
      header,
      role,
      `column ${used + 1}`,
      `have values in the column of ${role}`,
      fix,
    );
  }
  return {
    format,
    skip: preamble + headerRows,
    header,
    width,
    layout,
    dates,
    numbers,
    falling: runsBack(body, layout, dates),
    symbol: multi?.symbol,
  };
}

function withPositions(
  choice: PlanChoice,
  unnamed: KnownFormat | undefined,
  names: readonly string[],
): { adjusted: boolean; columns: ColumnChoice } {
  if (unnamed?.positions === undefined || Object.keys(choice.columns).length > 0) return choice;
  const columns = Object.fromEntries(
    Object.entries(unnamed.positions)
      .filter(([, position]) => position < names.length)
      .map(([role, position]) => [role, position + 1]),
  );
  return { adjusted: choice.adjusted, columns };
}

/** The columns that are read, by what they hold. */
function usedColumns(layout: PriceLayout): readonly (readonly [role: string, column: number])[] {
  return [
    ['date', layout.dateColumn],
    ['time', layout.timeColumn],
    ['symbol', layout.symbolColumn],
    ['volume', layout.volumeColumn],
    ...layout.prices.map(({ field, column }) => [field, column] as const),
  ];
}

/** Whether the first row has a date and a number rather than names. */
function looksLikeData(table: readonly (readonly string[])[], choice: PlanChoice): boolean {
  const first = table[0];
  if (first === undefined) return false;
  if (choice.format === 'binance' && /^\d/.test(first[0]!.trim())) return true;
  if (formatByCells(table) !== undefined) return true;
  const date = new DateCell({ order: choice.dateOrder ?? 'mdy', epoch: '' });
  const other = new DateCell({ order: 'dmy', epoch: '' });
  return (
    first.some((cell) => date.read(cell) || other.read(cell)) &&
    first.some(
      (cell) => /^\s*[-+$€£]?\d+(?:[.,]\d+)*\s*$/.test(cell) && !date.read(cell) && !other.read(cell),
    )
  );
}

function isDate(text: string): boolean {
  return (
    new DateCell({ order: 'mdy', epoch: '' }).read(text) ||
    new DateCell({ order: 'dmy', epoch: '' }).read(text)
  );
}

function positionNames(width: number, format: KnownFormat | undefined): string[] {
  const names = Array.from({ length: width }, (_, j) => `column ${j + 1}`);
  for (const [role, j] of Object.entries(format?.positions ?? {})) if (j < width) names[j] = role;
  return names;
}

function noHeader(
  first: readonly string[],
  header: Header,
  choice: PlanChoice,
  problems: RowProblems,
): Error {
  const shown = first.find((cell) => cell.trim() !== '') ?? '';
  const fix = 'add a header line, or say which column is which (columns, --columns date=1,close=5)';
  return schemaError(
    problems,
    { ...header, line: 1 },
    'header',
    isDate(shown.trim()) ? `the date ${JSON.stringify(shown.trim())}` : JSON.stringify(shown.trim()),
    header.line > 0 || choice.header !== false
      ? 'have a header such as Date,AAPL,MSFT'
      : 'say which column is which',
    choice.header === false ? 'name them by number (columns, --columns date=1,close=5)' : fix,
  );
}

interface TwoLevels {
  readonly format: KnownFormat;
  /** The symbol, where there is one alone. */
  readonly symbol: string | undefined;
  layout(adjusted: boolean, body: readonly (readonly string[])[]): PriceLayout;
}

/** A header of two levels, fields over symbols or symbols over fields, with the name of the dates on a third line. */
function twoLevels(table: readonly (readonly string[])[]): TwoLevels | undefined {
  const [a, b, c] = table;
  if (a === undefined || b === undefined || c === undefined || a.length < 2) return undefined;
  if (b.length !== a.length || c.length !== a.length) return undefined;
  if (!/^(?:date|datetime|index)?$/i.test(c[0]!.trim()) || !c.slice(1).every(isMissing)) return undefined;
  const fieldOf = (name: string): PriceField | 'adjusted' | 'volume' | undefined => {
    const key = columnKey(name);
    if (ADJUSTED.includes(key)) return 'adjusted';
    if (VOLUME_KEYS.includes(key)) return 'volume';
    return (['close', 'open', 'high', 'low'] as const).find((field) => PRICE_KEYS[field].includes(key));
  };
  const level = [a, b].find((row) =>
    row.slice(1).some((name) => fieldOf(name) === 'close' || fieldOf(name) === 'adjusted'),
  );
  if (level === undefined) return undefined;
  const names = (level === a ? b : a).map((name) => name.trim());
  const symbols = [...new Set(names.slice(1))];
  if (symbols.includes('')) return undefined;
  const layout = (adjusted: boolean, body: readonly (readonly string[])[]): PriceLayout => {
    const byField = new Map<string, Map<string, { column: number; symbol: string }>>();
    level.forEach((name, column) => {
      const field = column === 0 ? undefined : fieldOf(name);
      if (field === undefined) return;
      const own = byField.get(field) ?? new Map<string, { column: number; symbol: string }>();
      byField.set(field, own);
      if (!own.has(names[column]!)) own.set(names[column]!, { column, symbol: names[column]! });
    });
    const of = (wanted: string): readonly { column: number; symbol: string }[] => {
      const own = byField.get(wanted);
      return own === undefined ? [] : symbols.flatMap((symbol) => own.get(symbol) ?? []);
    };
    const [plain, adj, volumes] = [of('close'), of('adjusted'), of('volume')];
    const useAdjusted = adjusted && adj.length === symbols.length;
    const close = useAdjusted ? adj : plain;
    const differ =
      useAdjusted && plain.some(({ column }, k) => body.some((row) => row[column] !== row[adj[k]!.column]));
    const fields = differ
      ? []
      : (['open', 'high', 'low'] as const).filter((field) => of(field).length === symbols.length);
    const prices: PriceColumn[] = [
      ...close.map(({ column, symbol }) => ({ field: 'close' as const, column, symbol })),
      ...fields.flatMap((field) => of(field).map(({ column, symbol }) => ({ field, column, symbol }))),
    ];
    const notes = differ
      ? ['The adjusted close is used; open, high and low are left out, for they are not adjusted.']
      : [];
    return {
      name: 'wide',
      dateColumn: 0,
      timeColumn: -1,
      symbolColumn: -1,
      prices,
      plainClose: -1,
      volumeColumn: -1,
      ...(volumes.length === symbols.length ? { volumes } : {}),
      notes,
    };
  };
  const format: KnownFormat = { name: 'yahoo', title: 'yfinance (two header lines)' };
  return { format, symbol: symbols.length === 1 ? symbols[0] : undefined, layout };
}
