/** Which of the known price layouts a CSV file has, and which columns hold what. */
import { SchemaError, showValue } from '../errors.js';
import { columnKey, findColumn, findDateColumn, findSymbolColumn, wideColumns } from './csv-header.js';
import type { CsvRows } from './csv-rows.js';
import type { RowProblems } from './row-problems.js';

/**
 * wide: a column for each symbol (`Date,AAPL,MSFT`). long: a row for each date and symbol (`date,symbol,close`).
 * bars: one symbol, a column for each price of the day (`Date,Open,High,Low,Close,Volume`).
 */
export type PriceLayoutName = 'wide' | 'long' | 'bars';

/** The prices of a day that a panel may hold; `close` always comes first. */
export type PriceField = 'close' | 'open' | 'high' | 'low';

/** The columns of a file. */
export interface PriceLayout {
  readonly name: PriceLayoutName;
  readonly dateColumn: number;
  /** Column of the symbol in a long file, else -1. */
  readonly symbolColumn: number;
  /** Column of each symbol in a wide file, else empty. */
  readonly symbols: ReadonlyMap<string, number>;
  /** Column of each field in the long and the bars layout, close first; empty in a wide file. */
  readonly fields: readonly { readonly field: PriceField; readonly column: number }[];
  /** What was decided, in sentences. */
  readonly notes: readonly string[];
}

const ADJUSTED: readonly string[] = ['adjclose', 'adjustedclose', 'closeadj'];
const BAR_KEYS: readonly string[] = ['open', 'high', 'low', 'close', 'volume', ...ADJUSTED];

/** Finds the layout of a file. `adjusted`: whether an adjusted close goes before the plain one. Throws `SchemaError`. */
export function priceLayout(csv: CsvRows, adjusted: boolean, problems: RowProblems): PriceLayout {
  const dateColumn = findDateColumn(csv, problems);
  const symbolColumn = findSymbolColumn(csv, problems);
  const hasClose = csv.header.some((name) => ['close', ...ADJUSTED].includes(columnKey(name)));
  const others = csv.header.filter((name, j) => j !== dateColumn && !BAR_KEYS.includes(columnKey(name)));
  const barNames = csv.header.filter((name, j) => j !== dateColumn && BAR_KEYS.includes(columnKey(name)));
  // One close and another name of a bar are one symbol's bars, whatever else stands beside them.
  const isBars = hasClose && (others.length === 0 || barNames.length >= 2);
  // LOW and OPEN are tickers too; open, high and low together are not three of them.
  if (symbolColumn < 0 && !isBars && barNames.length >= 3) {
    throw new SchemaError(
      `must have a close column beside ${barNames.map(showValue).join(', ')}. Fix: name the price column close`,
      problems.place(csv.headerLine),
    );
  }
  if (symbolColumn < 0 && !isBars) {
    const symbols = wideColumns(csv, dateColumn, problems);
    return { name: 'wide', dateColumn, symbolColumn: -1, symbols, fields: [], notes: [] };
  }
  const { fields, notes } = priceFields(csv, adjusted, problems);
  const name = symbolColumn < 0 ? 'bars' : 'long';
  const unread = name === 'bars' && others.length > 0;
  const remarks = unread ? [`Columns ${others.map(showValue).join(', ')} are not read.`] : [];
  return { name, dateColumn, symbolColumn, symbols: new Map(), fields, notes: [...notes, ...remarks] };
}

/** Which column is the close, and whether open, high and low are on its basis. */
function priceFields(
  csv: CsvRows,
  adjusted: boolean,
  problems: RowProblems,
): Pick<PriceLayout, 'fields' | 'notes'> {
  const plain = findColumn(csv, ['close'], problems);
  const adjustedColumn = findColumn(csv, ADJUSTED, problems);
  const close = adjusted && adjustedColumn >= 0 ? adjustedColumn : plain;
  if (close < 0) {
    const names = csv.header.slice(0, 12).map(showValue).join(', ');
    const needed = adjusted ? 'a close or adj close column' : 'a close column (adjusted: false was asked)';
    throw new SchemaError(
      `must have ${needed}, was ${names}. Fix: name the price column close`,
      problems.place(csv.headerLine),
    );
  }
  const fields: { field: PriceField; column: number }[] = [{ field: 'close', column: close }];
  const bars: { field: PriceField; column: number }[] = [];
  for (const field of ['open', 'high', 'low'] as const) {
    const column = findColumn(csv, [field], problems);
    if (column >= 0) bars.push({ field, column });
  }
  const notes: string[] = [];
  const sameBasis = close === plain || (plain >= 0 && sameCells(csv, plain, close));
  if (sameBasis) fields.push(...bars);
  if (adjustedColumn >= 0 && (plain >= 0 || bars.length > 0)) {
    const used = showValue(csv.header[close]);
    if (sameBasis && close === adjustedColumn)
      notes.push(`Column ${used} used as the close; it equals the plain close.`);
    else if (sameBasis)
      notes.push(`Column ${used} used as the close, not ${showValue(csv.header[adjustedColumn])}, as asked.`);
    else if (bars.length === 0)
      notes.push(`Column ${used} used as the close, not ${showValue(csv.header[plain])}.`);
    else
      notes.push(
        `Column ${used} used as the close; open, high and low are left out, for they are not adjusted.`,
      );
  }
  return { fields, notes };
}

function sameCells(csv: CsvRows, a: number, b: number): boolean {
  return csv.rows.every((row) => row[a]!.trim() === row[b]!.trim());
}
