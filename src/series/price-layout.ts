/** Which of the known layouts a price table has, and which columns hold what. */
import { showValue } from '../errors.js';
import {
  ADJUSTED,
  BAR_KEYS,
  chosenColumn,
  type ColumnChoice,
  columnKey,
  findColumn,
  findDateColumn,
  findSymbolColumn,
  type Header,
  PRICE_KEYS,
  schemaError,
  shownNames,
  VOLUME_KEYS,
  wideColumns,
} from './column-names.js';
import type { RowProblems } from './row-problems.js';

/**
 * wide: a column for each symbol (`Date,AAPL,MSFT`). long: a row for each date and symbol (`date,symbol,close`).
 * bars: one symbol, a column for each price of the day (`Date,Open,High,Low,Close,Volume`).
 */
export type PriceLayoutName = 'wide' | 'long' | 'bars';

/** The prices of a day that a panel may hold; `close` always comes first. */
export type PriceField = 'close' | 'open' | 'high' | 'low';

/** A column of prices. */
export interface PriceColumn {
  readonly field: PriceField;
  readonly column: number;
  /** Symbol of the column in a wide file, else empty. */
  readonly symbol: string;
}

/** The columns of a file. */
export interface PriceLayout {
  readonly name: PriceLayoutName;
  readonly dateColumn: number;
  /** Column of the time of day, or -1. */
  readonly timeColumn: number;
  /** Column of the symbol in a long file, else -1. */
  readonly symbolColumn: number;
  /** Columns of prices: close first. */
  readonly prices: readonly PriceColumn[];
  /** The plain close where the adjusted one is used and equals it in the sample, else -1. */
  readonly plainClose: number;
  /** Column of the volume in a long file, or -1. */
  readonly volumeColumn: number;
  /** Columns of the volumes in a wide file, where it has one for every symbol. */
  readonly volumes?: readonly { readonly symbol: string; readonly column: number }[];
  /** What was decided, in sentences. */
  readonly notes: readonly string[];
}

type Sample = readonly (readonly string[])[];

/** What the caller asked for. */
export interface LayoutChoice {
  /** Whether an adjusted close goes before the plain one. */
  readonly adjusted: boolean;
  readonly columns: ColumnChoice;
}

/** Finds the layout of a table from its header and first rows. Throws `SchemaError`. */
export function priceLayout(
  header: Header,
  sample: Sample,
  choice: LayoutChoice,
  problems: RowProblems,
): PriceLayout {
  const chosen = (role: keyof ColumnChoice): number => {
    const wanted = choice.columns[role];
    return wanted === undefined ? -1 : chosenColumn(header, role, wanted, problems);
  };
  const dateChosen = chosen('date');
  const dateColumn = dateChosen >= 0 ? dateChosen : dateColumnOf(header, sample, problems);
  const symbolChosen = chosen('symbol');
  const symbolColumn = symbolChosen >= 0 ? symbolChosen : findSymbolColumn(header, problems);
  const { names } = header;
  const named = ['open', 'high', 'low', 'close'].some(
    (role) => choice.columns[role as PriceField] !== undefined,
  );
  const skipped = new Set([dateColumn, ...emptyColumns(header, sample)]);
  if (names[0] === '' && isCounter(sample, 0)) skipped.add(0);
  const hasClose = names.some((name) => [...PRICE_KEYS.close, ...ADJUSTED].includes(columnKey(name)));
  const isBar = (name: string, j: number): boolean => !skipped.has(j) && BAR_KEYS.includes(columnKey(name));
  const others = names.filter((name, j) => !skipped.has(j) && !isBar(name, j));
  const barNames = names.filter(isBar);
  // One close and another name of a bar are one symbol's bars, whatever else stands beside them.
  const isBars = named || (hasClose && (others.length === 0 || barNames.length >= 2));
  // LOW and OPEN are tickers too; open, high and low together are not three of them.
  if (symbolColumn < 0 && !isBars && barNames.length >= 3) {
    const must = `have a close column beside ${barNames.map(showValue).join(', ')}`;
    throw schemaError(problems, header, 'close', shownNames(header), must, 'name the price column close');
  }
  const timeChosen = chosen('time');
  if (symbolColumn < 0 && !isBars) {
    const symbols = wideColumns(header, skipped, problems);
    const prices = [...symbols].map(([symbol, column]) => ({ field: 'close' as const, column, symbol }));
    return {
      name: 'wide',
      dateColumn,
      timeColumn: timeChosen,
      symbolColumn: -1,
      prices,
      plainClose: -1,
      volumeColumn: -1,
      notes: [],
    };
  }
  const timeColumn = timeChosen >= 0 ? timeChosen : timeColumnOf(header, dateColumn, problems);
  const volume = chosen('volume');
  const volumeColumn = volume >= 0 ? volume : findColumn(header, VOLUME_KEYS, problems);
  const found = priceColumns(header, sample, choice, chosen, problems);
  const name = symbolColumn < 0 ? 'bars' : 'long';
  const unread = others.filter(
    (other) => ![timeColumn, ...found.prices.map(({ column }) => column)].includes(names.indexOf(other)),
  );
  const remarks =
    name === 'bars' && unread.length > 0 ? [`Columns ${unread.map(showValue).join(', ')} are not read.`] : [];
  return {
    name,
    dateColumn,
    timeColumn,
    symbolColumn,
    volumeColumn,
    ...found,
    notes: [...found.notes, ...remarks],
  };
}

/** The date column; a first column that only counts the rows is not it. */
function dateColumnOf(header: Header, sample: Sample, problems: RowProblems): number {
  if (header.names[0] !== '' || !isCounter(sample, 0)) return findDateColumn(header, problems);
  const rest = { names: header.names.map((name, j) => (j === 0 ? '(row number)' : name)), line: header.line };
  return findDateColumn(rest, problems);
}

function timeColumnOf(header: Header, dateColumn: number, problems: RowProblems): number {
  const found = findColumn(header, ['time'], problems);
  return found === dateColumn ? -1 : found;
}

function isCounter(sample: Sample, column: number): boolean {
  return sample.length > 0 && sample.every((row, i) => row[column]?.trim() === String(i));
}

/** Columns at the end without a name and without a value: a separator too many. */
function emptyColumns(header: Header, sample: Sample): number[] {
  const found: number[] = [];
  for (let j = header.names.length - 1; j > 0 && header.names[j] === ''; j--) {
    if (sample.some((row) => (row[j] ?? '').trim() !== '')) break;
    found.push(j);
  }
  return found;
}

/** Which column is the close, and whether open, high and low are on its basis. */
function priceColumns(
  header: Header,
  sample: Sample,
  choice: LayoutChoice,
  chosen: (role: keyof ColumnChoice) => number,
  problems: RowProblems,
): Pick<PriceLayout, 'prices' | 'plainClose' | 'notes'> {
  const closeChosen = chosen('close');
  const plain = closeChosen >= 0 ? closeChosen : findColumn(header, PRICE_KEYS.close, problems);
  const adjustedColumn = closeChosen >= 0 ? -1 : findColumn(header, ADJUSTED, problems);
  const close = choice.adjusted && adjustedColumn >= 0 ? adjustedColumn : plain;
  if (close < 0) {
    const needed = choice.adjusted
      ? 'a close or adj close column'
      : 'a close column (adjusted: false was asked)';
    const fix = 'name the price column close, or say which it is (columns, --columns close=NAME)';
    throw schemaError(problems, header, 'close', shownNames(header), `have ${needed}`, fix);
  }
  const of = (role: 'open' | 'high' | 'low', keys: readonly string[]): number => {
    const wanted = chosen(role);
    return wanted >= 0 ? wanted : findColumn(header, keys, problems);
  };
  const bars = (['open', 'high', 'low'] as const)
    .map((field) => ({ field, column: of(field, PRICE_KEYS[field]), symbol: '' }))
    .filter(({ column }) => column >= 0);
  const adjustedBars = (['open', 'high', 'low'] as const)
    .map((field) => ({ field, column: findColumn(header, [`adj${field}`], problems), symbol: '' }))
    .filter(({ column }) => column >= 0);
  const used = showValue(header.names[close]);
  const first: PriceColumn = { field: 'close', column: close, symbol: '' };
  if (close === plain) {
    const notes =
      adjustedColumn >= 0
        ? [`Column ${used} used as the close, not ${showValue(header.names[adjustedColumn])}, as asked.`]
        : [];
    return { prices: [first, ...bars], plainClose: -1, notes };
  }
  if (adjustedBars.length === 3) {
    const notes = [`Column ${used} used as the close, with the adjusted open, high and low beside it.`];
    return { prices: [first, ...adjustedBars], plainClose: -1, notes };
  }
  const same = plain >= 0 && sample.every((row) => (row[plain] ?? '').trim() === (row[close] ?? '').trim());
  if (same) {
    const notes = [`Column ${used} used as the close; it equals the plain close.`];
    return { prices: [first, ...bars], plainClose: bars.length > 0 ? plain : -1, notes };
  }
  const notes: string[] = [];
  if (bars.length > 0) notes.push(notAdjusted(used));
  else if (plain >= 0) notes.push(`Column ${used} used as the close, not ${showValue(header.names[plain])}.`);
  return { prices: [first], plainClose: -1, notes };
}

/** What is said where open, high and low are not on the basis of the close. */
export function notAdjusted(close: string): string {
  return `Column ${close} used as the close; open, high and low are left out, for they are not adjusted.`;
}
