/** The rows of a price file as they pass by, to columns of prices: the wide layout, and the long one with bars. */
import { nearestHint } from '../check.js';
import { UnknownSymbolError } from '../errors.js';
import type { BarCheck } from './bar-check.js';
import { BarOrder } from './bar-order.js';
import { PendingRow } from './pending-row.js';
import { PriceCell } from './price-cell.js';
import type { PriceField } from './price-layout.js';
import type { ReadPlan } from './read-plan.js';
import { type RowProblems, wrongCells } from './row-problems.js';
import { DATE_LENGTH, NOT_PLAIN, plainDay, type Row } from './table/row.js';
import type { DirectRow } from './table/row-scanner.js';
import { TickColumn } from './tick-column.js';
import { VolumeColumn } from './volume-column.js';

/** What is wanted of a file. */
export interface RowFilter {
  /** First and last epoch day, both included. */
  readonly from: number;
  readonly to: number;
  /** Symbols wanted, in this order; undefined for all, in the order of the file. */
  readonly symbols: readonly string[] | undefined;
  readonly forcedScale: number | undefined;
  /** Several bars a day become one. */
  readonly daily: boolean;
  /** Volumes are kept. */
  readonly volume: boolean;
  /** Last epoch day that is believed. */
  readonly lastDay: number;
}

/** Prices read, not yet in ticks of one scale. */
export interface PriceRows {
  readonly dates: Int32Array;
  readonly symbols: readonly string[];
  /** A column for each field of the file, close first; its cells in the order of `cellOf`. */
  readonly columns: ReadonlyMap<PriceField, TickColumn>;
  /** Index in a column of the price of date row `t` and symbol `j`, -1 where the file has none. */
  readonly cells: Int32Array | 'row-major';
  /** Volumes in the order of the columns, where they are wanted and the file has them. */
  readonly volume?: Float64Array;
  /** Where a price of a column stands, for messages. */
  placeOf(field: PriceField, index: number): { line: number; column: string };
  /** Remarks about the rows. */
  readonly notes: readonly string[];
}

/** Takes the rows of a file one by one. */
export abstract class PriceRowTaker {
  protected readonly plan: ReadPlan;
  protected readonly filter: RowFilter;
  protected readonly problems: RowProblems;
  protected readonly order: BarOrder;
  protected readonly price: PriceCell;
  /** Rows of data seen, and those left to skip. */
  seen = 0;
  #skip: number;

  constructor(plan: ReadPlan, filter: RowFilter, problems: RowProblems) {
    this.plan = plan;
    this.filter = filter;
    this.problems = problems;
    this.#skip = plan.skip;
    this.price = new PriceCell(plan.numbers, filter.forcedScale, problems);
    const { dateColumn, timeColumn } = plan.layout;
    this.order = new BarOrder(
      {
        dates: plan.dates,
        falling: plan.falling,
        daily: filter.daily,
        lastDay: filter.lastDay,
        to: filter.to,
        dateColumn,
        timeColumn,
        column: plan.header.names[dateColumn]!,
      },
      problems,
    );
  }

  /** Whether rows before the data are still to come. */
  protected get skipping(): boolean {
    return this.#skip > 0;
  }

  /** The plan that is followed. */
  planOf(): ReadPlan {
    return this.plan;
  }

  /** Takes the next row. */
  take(row: Row): void {
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    this.seen += 1;
    const { width } = this.plan;
    let fits = row.count === width;
    for (let i = width; !fits && i < row.count && row.count <= this.plan.header.names.length + 1; i++) {
      if (row.text(i).trim() !== '') break;
      if (i === row.count - 1) fits = true;
    }
    if (!fits) {
      this.problems.addToRow(wrongCells(row.line, row.count, width));
      this.problems.endRow(row);
      return;
    }
    this.takeWhole(row);
  }

  protected abstract takeWhole(row: Row): void;
  /** After the last row. */
  abstract finish(): PriceRows;

  protected remarks(check: BarCheck | undefined): string[] {
    const { order, plan } = this;
    const notes: string[] = [];
    if (plan.falling) notes.push('Rows run newest first; they are turned round.');
    if (plan.dates.epoch !== '')
      notes.push(`Dates are ${plan.dates.epoch} since 1970-01-01, as days of UTC.`);
    else if (order.hasZones) notes.push('Dates are the days as written, each in its own time zone.');
    if (order.hasTimes) {
      notes.push(this.filter.daily ? 'Bars of a day are made into one.' : 'The time of day is left out.');
    }
    if (check !== undefined && check.outside > 0) {
      const unit = this.problems.unit;
      notes.push(
        `Warning: ${check.outside} bars open or close outside of their low and high, first on ${unit} ${check.firstOutside}.`,
      );
    }
    return notes;
  }
}

/** Reads a wide file: a row for each date, one or more columns for each symbol. */
export class WideRows extends PriceRowTaker {
  readonly #symbols: readonly string[];
  readonly #fields: readonly {
    field: PriceField;
    columns: Int32Array;
    ticks: TickColumn;
    pending: PendingRow;
  }[];
  readonly #days: number[] = [];
  readonly #lines: number[] = [];
  /** Columns of the volumes, a symbol each, and those of the row at hand; undefined where they are not kept. */
  readonly #volume: { columns: Int32Array; column: VolumeColumn; pending: Float64Array } | undefined;

  /** `expectedRows`: about how many rows will come. */
  constructor(plan: ReadPlan, filter: RowFilter, problems: RowProblems, expectedRows: number) {
    super(plan, filter, problems);
    const { prices } = plan.layout;
    const closes = prices.filter(({ field }) => field === 'close');
    const known = new Map(closes.map(({ symbol }, k) => [symbol, k]));
    this.#symbols = filter.symbols ?? [...known.keys()];
    checkWanted(this.#symbols, known);
    const fields = [...new Set(prices.map(({ field }) => field))];
    this.#fields = fields.map((field) => {
      const own = new Map(
        prices.filter((price) => price.field === field).map((price) => [price.symbol, price.column]),
      );
      const columns = Int32Array.from(this.#symbols, (symbol) => own.get(symbol)!);
      const pending = new PendingRow(columns.length);
      return { field, columns, ticks: new TickColumn(expectedRows * columns.length), pending };
    });
    const volumes = new Map(plan.layout.volumes?.map(({ symbol, column }) => [symbol, column]));
    if (filter.volume && this.#symbols.every((symbol) => volumes.has(symbol))) {
      const columns = Int32Array.from(this.#symbols, (symbol) => volumes.get(symbol)!);
      const pending = new Float64Array(columns.length);
      this.#volume = { columns, column: new VolumeColumn(plan.numbers, problems), pending };
    }
  }

  /**
   * A way to take rows of a plain date and plain prices straight from their bytes; undefined where the file, or what is
   * wanted of it, is not that simple.
   */
  direct(separator: number): DirectRow | undefined {
    const { layout, numbers, width, header } = this.plan;
    const [close, ...others] = this.#fields;
    const simple =
      others.length === 0 &&
      layout.dateColumn === 0 &&
      layout.timeColumn < 0 &&
      width === close!.columns.length + 1 &&
      header.names.length === width &&
      close!.columns.every((column, j) => column === j + 1) &&
      numbers.decimal === '.' &&
      numbers.group === '' &&
      this.filter.forcedScale === undefined;
    if (!simple) return undefined;
    const { ticks, columns } = close!;
    return (bytes, from, line) => {
      const day = plainDay(bytes, from);
      if (this.skipping || day === NOT_PLAIN || day < this.filter.from || day > this.filter.to) return 0;
      if (bytes[from + DATE_LENGTH] !== separator) return 0;
      const end = ticks.pushScanned(bytes, from + DATE_LENGTH + 1, separator, columns.length);
      if (end === 0) return 0;
      if (!this.order.takePlain(day, line, 0)) {
        ticks.truncate(ticks.length - columns.length);
        return 0;
      }
      this.seen += 1;
      this.#days.push(day);
      this.#lines.push(line);
      return end;
    };
  }

  protected takeWhole(row: Row): void {
    const { order, problems, filter, price } = this;
    const readable = order.read(row);
    const step = readable ? order.check(row, 0, '') : 'bad';
    const wanted = readable && order.day >= filter.from && order.day <= filter.to;
    const start = this.#days.length * this.#symbols.length;
    if (readable && !wanted) {
      // A day that nobody wants and nobody believes does not make the others late.
      if (!problems.endRow(row) && order.day <= filter.lastDay) order.commit(row, 0);
      return;
    }
    for (const { columns, ticks, field, pending } of this.#fields) {
      for (let j = 0; j < columns.length; j++) {
        const plain = price.plainRow(row, columns, j, ticks.decimals, pending.units);
        pending.plain(j, plain, ticks.decimals);
        j = plain;
        if (j === columns.length) break;
        const name = field === 'close' ? this.#symbols[j]! : `${this.#symbols[j]!} ${field}`;
        pending.read(j, price, row, columns[j]!, name);
      }
    }
    const volume = this.#volume;
    volume?.columns.forEach((column, j) => {
      volume.pending[j] = volume.column.read(row, column, `${this.#symbols[j]!} volume`);
    });
    if (problems.endRow(row)) return;
    order.commit(row, 0);
    const before = start - this.#symbols.length;
    for (const { columns, ticks, field, pending } of this.#fields) {
      for (let j = 0; j < columns.length; j++) {
        if (step === 'same day') pending.mergeInto(ticks, before + j, j, field, this.plan.falling);
        else pending.pushTo(ticks, j);
      }
    }
    volume?.pending.forEach((value, j) => {
      if (step === 'same day') volume.column.add(before + j, value);
      else volume.column.push(value);
    });
    if (step === 'same day') return;
    this.#days.push(order.day);
    this.#lines.push(row.line);
  }

  finish(): PriceRows {
    const rows = this.#days.length;
    const cols = this.#symbols.length;
    const dates = Int32Array.from(this.#days);
    let cells: PriceRows['cells'] = 'row-major';
    if (this.plan.falling) {
      dates.reverse();
      cells = Int32Array.from({ length: rows * cols }, (_, i) => {
        const t = Math.floor(i / cols);
        return (rows - 1 - t) * cols + (i - t * cols);
      });
    }
    return {
      dates,
      symbols: this.#symbols,
      columns: new Map(this.#fields.map(({ field, ticks }) => [field, ticks])),
      ...(this.#volume === undefined ? {} : { volume: this.#volume.column.values() }),
      cells,
      placeOf: (_field, index) => ({
        line: this.#lines[Math.floor(index / cols)]!,
        column: this.#symbols[index % cols]!,
      }),
      notes: this.remarks(undefined),
    };
  }
}

/** Throws `UnknownSymbolError` for a wanted symbol that the file does not have. */
export function checkWanted(wanted: readonly string[], known: ReadonlyMap<string, number>): void {
  for (const symbol of wanted) {
    if (!known.has(symbol)) {
      const hint = nearestHint(symbol, [...known.keys()]);
      throw new UnknownSymbolError('symbols', symbol, 'a symbol of the price file', hint);
    }
  }
}
