/** Target weights from CSV text: wide or long, every bad row named. */
import { checkKeys } from '../check.js';
import { isMissing, parseNumber } from '../decimal.js';
import { SchemaError, showValue, ValidationError } from '../errors.js';
import { findColumn, findDateColumn, findSymbolColumn, wideColumns } from './csv-header.js';
import { type CsvRows, csvRows } from './csv-rows.js';
import { DateOrder, NO_DATE } from './date-order.js';
import { RowProblems } from './row-problems.js';

/** Target weights of one date. */
export interface WeightEntry {
  /** Epoch day. */
  readonly date: number;
  /** Line of the file the date first stands on, from 1. */
  readonly line: number;
  /** Weight of each symbol as a decimal (0.25 is a quarter); a symbol that is absent has target 0. */
  readonly targets: ReadonlyMap<string, number>;
}

/** Weights of a file, by date. */
export interface WeightFile {
  /** Dates rising. */
  readonly entries: readonly WeightEntry[];
  /** Every symbol, in the order of the file. */
  readonly symbols: readonly string[];
}

const WEIGHT_KEYS: readonly string[] = ['weight', 'target', 'targetweight'];
const WEIGHT_FIX = 'write the weight as a decimal (0.25), and 0 for a symbol that is not held';

/**
 * Reads target weights from CSV text.
 *
 * text     wide `date,AAPL,MSFT,…` (a date whose cells are all missing has no rebalance; one missing cell among
 *          numbers is an error), or long `date,symbol,weight` in any order, also `ticker` and `target`
 *          (symbols that a date does not list have target 0)
 * options  `file`: the name that messages use
 *
 * Weights are doubles, read by the grammar of decimal.ts; their sum, their sign and the symbols are checked
 * later. Dates are as `parseDate` reads them, rising. Throws as `readPrices` does, `DataError` where no date
 * has weights. O(cells).
 */
export function readWeights(text: string, options: { readonly file?: string } = {}): WeightFile {
  if (typeof text !== 'string') {
    throw new ValidationError(
      'text',
      text,
      'the text of a CSV file',
      'pass the decoded text, not a path or bytes',
    );
  }
  checkKeys('options', options, ['file']);
  const problems = new RowProblems(options.file, 5);
  const csv = csvRows(text, problems);
  const dateColumn = findDateColumn(csv, problems);
  const symbolColumn = findSymbolColumn(csv, problems);
  const read =
    symbolColumn < 0
      ? wideWeights(csv, dateColumn, problems)
      : longWeights(csv, dateColumn, symbolColumn, problems);
  problems.throwIfAny();
  if (read.entries.length === 0) {
    problems.add({
      kind: 'data',
      line: csv.lines[0]!,
      value: 'none',
      must: 'have weights on a date',
      fix: WEIGHT_FIX,
    });
    problems.throwIfAny();
  }
  return read;
}

function wideWeights(csv: CsvRows, dateColumn: number, problems: RowProblems): WeightFile {
  const columns = wideColumns(csv, dateColumn, problems);
  const order = new DateOrder(problems, csv.header[dateColumn]!);
  const entries: WeightEntry[] = [];
  for (let i = 0; i < csv.rows.length; i++) {
    const row = csv.rows[i]!;
    const line = csv.lines[i]!;
    const date = order.read(row[dateColumn]!, line);
    order.check(date, line);
    if (row.every((cell, j) => j === dateColumn || isMissing(cell))) continue;
    const targets = new Map<string, number>();
    for (const [symbol, j] of columns) readWeight(row[j]!, line, symbol, symbol, targets, problems);
    if (date !== NO_DATE) entries.push({ date, line, targets });
  }
  order.finish();
  return { entries, symbols: [...columns.keys()] };
}

function longWeights(
  csv: CsvRows,
  dateColumn: number,
  symbolColumn: number,
  problems: RowProblems,
): WeightFile {
  const weightColumn = findColumn(csv, WEIGHT_KEYS, problems);
  if (weightColumn < 0) {
    const names = csv.header.slice(0, 12).map(showValue).join(', ');
    const message = `must have a weight column, was ${names}. Fix: name the column with the weights weight`;
    throw new SchemaError(message, problems.place(csv.headerLine));
  }
  const column = csv.header[weightColumn]!;
  const order = new DateOrder(problems, csv.header[dateColumn]!);
  const symbols = new Set<string>();
  const byDate = new Map<number, { date: number; line: number; targets: Map<string, number> }>();
  for (let i = 0; i < csv.rows.length; i++) {
    const row = csv.rows[i]!;
    const line = csv.lines[i]!;
    const date = order.read(row[dateColumn]!, line);
    const symbol = row[symbolColumn]!.trim();
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
    order.check(date, line, symbol);
    symbols.add(symbol);
    let entry = byDate.get(date);
    if (entry === undefined) {
      entry = { date, line, targets: new Map() };
      byDate.set(date, entry);
    }
    readWeight(row[weightColumn]!, line, column, symbol, entry.targets, problems);
  }
  order.finish();
  const entries = [...byDate.values()].sort((a, b) => a.date - b.date);
  return { entries, symbols: [...symbols] };
}

function readWeight(
  text: string,
  line: number,
  column: string,
  symbol: string,
  targets: Map<string, number>,
  problems: RowProblems,
): void {
  const weight = parseNumber(text);
  if (typeof weight === 'number') targets.set(symbol, weight);
  else
    problems.add({ kind: 'data', line, column, value: text, must: 'be a decimal number', fix: WEIGHT_FIX });
}
