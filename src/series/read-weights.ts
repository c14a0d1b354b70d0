/** Target weights from CSV or JSON text: wide or long, every bad row named. */
import { checkKeys } from '../check.js';
import { isMissing, parseNumber } from '../decimal.js';
import { ValidationError } from '../errors.js';
import { DAY_MAX } from '../time.js';
import { BarOrder } from './bar-order.js';
import {
  findColumn,
  findDateColumn,
  findSymbolColumn,
  schemaError,
  shownNames,
  wideColumns,
} from './column-names.js';
import { findDateFormat } from './date-format.js';
import { findNumberFormat, type NumberFormat, plainNumber } from './number-format.js';
import { noSymbol, RowProblems } from './row-problems.js';
import { runsBack } from './runs-back.js';
import { TextRow } from './table/row.js';
import { wholeTable, type WholeTable } from './table/whole-table.js';

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
 * Reads target weights from CSV or JSON text.
 *
 * text     wide `date,AAPL,MSFT,…` (a date whose cells are all missing has no rebalance; one missing cell among
 *          numbers is an error), or long `date,symbol,weight` in any order, also `ticker` and `target`
 *          (symbols that a date does not list have target 0); with `,`, `;`, `|` or tabs between the columns and a
 *          decimal point or comma. JSON: records (`[{"date": "2020-01-02", "AAPL": 0.5}]`), columns, or weights by
 *          date (`{"2020-01-02": {"AAPL": 0.5}}`); null is a missing cell
 * options  `file`: the name that messages use
 *
 * Weights are doubles, read by the grammar of decimal.ts; their sum, their sign and the symbols are checked
 * later. Dates are as `readPrices` reads them; a file may run newest first. Throws as `readPrices` does, `DataError`
 * where no date has weights. O(cells).
 */
export function readWeights(text: string, options: { readonly file?: string } = {}): WeightFile {
  if (typeof text !== 'string') {
    const fix = 'pass the decoded text, not a path or bytes';
    throw new ValidationError('text', text, 'the text of a CSV or JSON file', fix);
  }
  checkKeys('options', options, ['file']);
  const problems = new RowProblems(options.file, 5);
  const table = wholeTable(text, problems);
  const symbolColumn = findSymbolColumn(table.header, problems);
  const reader = new WeightRows(table, problems);
  if (symbolColumn < 0) reader.wide();
  else reader.long(symbolColumn);
  problems.throwIfAny();
  const { entries } = reader;
  if (entries.length === 0) {
    const line = table.lines[0] ?? 1;
    problems.add({ kind: 'data', line, value: 'none', must: 'have weights on a date', fix: WEIGHT_FIX });
    problems.throwIfAny();
  }
  return { entries: entries.sort((a, b) => a.date - b.date), symbols: reader.symbols };
}

type Entry = Omit<WeightEntry, 'targets'> & { readonly targets: Map<string, number> };

/** The rows of a weight file to entries. */
class WeightRows {
  readonly entries: Entry[] = [];
  symbols: readonly string[] = [];
  readonly #table: WholeTable;
  readonly #problems: RowProblems;
  readonly #dateColumn: number;
  readonly #row: TextRow;

  constructor(table: WholeTable, problems: RowProblems) {
    this.#table = table;
    this.#problems = problems;
    this.#dateColumn = findDateColumn(table.header, problems);
    this.#row = new TextRow(table.separator);
  }

  wide(): void {
    const { rows, header } = this.#table;
    const dateColumn = this.#dateColumn;
    const columns = wideColumns(header, new Set([dateColumn]), this.#problems);
    const numbers = this.#numbers([...columns.values()]);
    const order = this.#order(-1);
    for (let i = 0; i < rows.length; i++) {
      const row = this.#at(i);
      const readable = order.read(row);
      if (readable) order.check(row, 0, '');
      const targets = new Map<string, number>();
      if (!row.cells.every((cell, j) => j === dateColumn || isMissing(cell))) {
        for (const [symbol, j] of columns) this.#read(row, j, symbol, symbol, numbers, targets);
      }
      if (this.#problems.endRow(row)) continue;
      order.commit(row, 0);
      if (targets.size > 0) this.entries.push({ date: order.day, line: row.line, targets });
    }
    this.symbols = [...columns.keys()];
  }

  long(symbolColumn: number): void {
    const { rows, header } = this.#table;
    const weightColumn = findColumn(header, WEIGHT_KEYS, this.#problems);
    if (weightColumn < 0) {
      const fix = 'name the column with the weights weight';
      throw schemaError(this.#problems, header, 'weight', shownNames(header), 'have a weight column', fix);
    }
    const numbers = this.#numbers([weightColumn]);
    const order = this.#order(symbolColumn);
    const known = new Map<string, number>();
    const byDate = new Map<number, Entry>();
    for (let i = 0; i < rows.length; i++) {
      const row = this.#at(i);
      const readable = order.read(row);
      const symbol = row.name(symbolColumn);
      if (symbol === '') {
        this.#problems.addToRow(noSymbol(row.line, header.names[symbolColumn]!));
        this.#problems.endRow(row);
        continue;
      }
      const s = known.get(symbol) ?? known.size;
      known.set(symbol, s);
      if (readable) order.check(row, s, symbol);
      const weight = new Map<string, number>();
      this.#read(row, weightColumn, header.names[weightColumn]!, symbol, numbers, weight);
      if (this.#problems.endRow(row)) continue;
      order.commit(row, s);
      let entry = byDate.get(order.day);
      if (entry === undefined) {
        entry = { date: order.day, line: row.line, targets: new Map() };
        byDate.set(order.day, entry);
      }
      for (const [name, value] of weight) entry.targets.set(name, value);
    }
    this.entries.push(...byDate.values());
    this.symbols = [...known.keys()];
  }

  #at(i: number): TextRow {
    this.#row.cells = this.#table.rows[i]!;
    this.#row.line = this.#table.lines[i]!;
    return this.#row;
  }

  #numbers(columns: readonly number[]): NumberFormat {
    const cells = this.#table.rows.slice(0, 1000).flatMap((row) => columns.map((j) => row[j]!));
    return findNumberFormat(cells, undefined, this.#problems);
  }

  #order(symbolColumn: number): BarOrder {
    const { rows, header } = this.#table;
    const column = header.names[this.#dateColumn]!;
    const sample = rows.slice(0, 1000);
    const dates = findDateFormat(
      sample.map((row) => row[this.#dateColumn]!),
      undefined,
      this.#problems,
      column,
    );
    const columns = { dateColumn: this.#dateColumn, timeColumn: -1, symbolColumn };
    const falling = runsBack(sample, columns, dates);
    const days = { daily: false, lastDay: DAY_MAX, to: DAY_MAX };
    return new BarOrder({ dates, falling, ...days, ...columns, column }, this.#problems);
  }

  #read(
    row: TextRow,
    column: number,
    name: string,
    symbol: string,
    numbers: NumberFormat,
    targets: Map<string, number>,
  ): void {
    const text = row.text(column);
    const weight = parseNumber(plainNumber(text, numbers));
    if (typeof weight === 'number') targets.set(symbol, weight);
    else {
      const must = 'be a decimal number';
      this.#problems.addToRow({
        kind: 'data',
        line: row.line,
        column: name,
        value: text,
        must,
        fix: WEIGHT_FIX,
      });
    }
  }
}
