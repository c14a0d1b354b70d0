/** The rows of a price file to grids of prices: the wide layout, and the long one, of which bars are the case of one symbol. */
import { nearestHint } from '../check.js';
import { UnknownSymbolError } from '../errors.js';
import type { CsvRows } from './csv-rows.js';
import { DateOrder, NO_DATE } from './date-order.js';
import type { PriceField, PriceLayout } from './price-layout.js';
import type { RowProblems } from './row-problems.js';
import { TickGrid } from './tick-grid.js';

/** What is wanted of a file. */
export interface RowFilter {
  /** First and last epoch day, both included. */
  readonly from: number;
  readonly to: number;
  /** Symbols wanted, in this order; undefined for all, in the order of the file. */
  readonly symbols: readonly string[] | undefined;
  readonly forcedScale: number | undefined;
}

/** Prices read, not yet in ticks. */
export interface PriceRows {
  readonly dates: Int32Array;
  readonly symbols: readonly string[];
  /** A grid for each field of the file; close first. */
  readonly grids: ReadonlyMap<PriceField, TickGrid>;
  /** Name of a grid's column in messages. */
  columnName(field: PriceField, col: number): string;
}

/** Reads a wide file: a row for each date, a column for each symbol. */
export function wideRows(
  csv: CsvRows,
  layout: PriceLayout,
  filter: RowFilter,
  problems: RowProblems,
): PriceRows {
  const symbols = filter.symbols ?? [...layout.symbols.keys()];
  checkWanted(symbols, layout.symbols);
  const columns = symbols.map((symbol) => layout.symbols.get(symbol)!);
  const order = new DateOrder(problems, csv.header[layout.dateColumn]!);
  const days: number[] = [];
  const rowIndex: number[] = [];
  for (let i = 0; i < csv.rows.length; i++) {
    const day = order.read(csv.rows[i]![layout.dateColumn]!, csv.lines[i]!);
    order.check(day, csv.lines[i]!);
    if (day === NO_DATE || day < filter.from || day > filter.to) continue;
    days.push(day);
    rowIndex.push(i);
  }
  order.finish();
  const close = new TickGrid(days.length, symbols.length, filter.forcedScale);
  for (let t = 0; t < days.length; t++) {
    const row = csv.rows[rowIndex[t]!]!;
    const line = csv.lines[rowIndex[t]!]!;
    for (let j = 0; j < columns.length; j++) close.read(t, j, row[columns[j]!]!, line, symbols[j]!, problems);
  }
  return {
    dates: Int32Array.from(days),
    symbols,
    grids: new Map([['close', close]]),
    columnName: (_field, col) => symbols[col]!,
  };
}

/** Reads a long file, or bars of the one symbol `name`. Rows may be sorted by date or by symbol. */
export function longRows(
  csv: CsvRows,
  layout: PriceLayout,
  name: string,
  filter: RowFilter,
  problems: RowProblems,
): PriceRows {
  const { dateColumn, symbolColumn } = layout;
  const order = new DateOrder(problems, csv.header[dateColumn]!);
  const found = new Map<string, number>();
  const rowDay = new Int32Array(csv.rows.length);
  const rowSymbol = new Int32Array(csv.rows.length).fill(-1);
  const days = new Set<number>();
  const wanted = filter.symbols === undefined ? undefined : new Set(filter.symbols);
  for (let i = 0; i < csv.rows.length; i++) {
    const row = csv.rows[i]!;
    const line = csv.lines[i]!;
    const symbol = symbolColumn < 0 ? name : row[symbolColumn]!.trim();
    const day = order.read(row[dateColumn]!, line);
    if (symbol === '') {
      const fix = 'fill in the symbol, or remove the row';
      problems.add({
        kind: 'data',
        line,
        column: csv.header[symbolColumn]!,
        value: '',
        must: 'be a symbol',
        fix,
      });
      continue;
    }
    order.check(day, line, symbolColumn < 0 ? undefined : symbol);
    let index = found.get(symbol);
    if (index === undefined) {
      index = found.size;
      found.set(symbol, index);
    }
    if (day === NO_DATE || day < filter.from || day > filter.to) continue;
    rowDay[i] = day;
    rowSymbol[i] = index;
    if (wanted === undefined || wanted.has(symbol)) days.add(day);
  }
  order.finish();
  const symbols = filter.symbols ?? [...found.keys()];
  checkWanted(symbols, found);
  const column = new Int32Array(found.size).fill(-1);
  symbols.forEach((symbol, j) => {
    column[found.get(symbol)!] = j;
  });
  const dates = Int32Array.from(days).sort();
  const bars = new Map<number, number>();
  dates.forEach((day, t) => {
    bars.set(day, t);
  });
  const grids = new Map<PriceField, TickGrid>();
  for (const { field, column: at } of layout.fields) {
    const grid = new TickGrid(dates.length, symbols.length, filter.forcedScale);
    grids.set(field, grid);
    for (let i = 0; i < csv.rows.length; i++) {
      const j = rowSymbol[i]! < 0 ? -1 : column[rowSymbol[i]!]!;
      if (j >= 0)
        grid.read(bars.get(rowDay[i]!)!, j, csv.rows[i]![at]!, csv.lines[i]!, csv.header[at]!, problems);
    }
  }
  const columnOf = new Map(layout.fields.map(({ field, column: at }) => [field, csv.header[at]!]));
  return { dates, symbols, grids, columnName: (field) => columnOf.get(field)! };
}

function checkWanted(wanted: readonly string[], known: ReadonlyMap<string, number>): void {
  for (const symbol of wanted) {
    if (!known.has(symbol)) {
      throw new UnknownSymbolError(
        'symbols',
        symbol,
        'a symbol of the price file',
        nearestHint(symbol, [...known.keys()]),
      );
    }
  }
}
