/** The rows of a long price file, or of the bars of one symbol, as they pass by. */
import { scanMixedRow } from '../../kernels/text/number-row.js';
import { showValue } from '../errors.js';
import { BarCheck } from './bar-check.js';
import { GrowingInts } from './growing-ints.js';
import { PendingRow } from './pending-row.js';
import type { PriceField } from './price-layout.js';
import { notAdjusted } from './price-layout.js';
import { checkPanelSize } from './price-panel.js';
import { checkWanted, type PriceRows, PriceRowTaker, type RowFilter } from './price-rows.js';
import type { ReadPlan } from './read-plan.js';
import { noSymbol, type RowProblems } from './row-problems.js';
import { NameCache } from './table/name-cache.js';
import { DATE_LENGTH, NOT_PLAIN, plainDay, type Row } from './table/row.js';
import type { DirectRow } from './table/row-scanner.js';
import { SCALES, TickColumn } from './tick-column.js';
import { VolumeColumn } from './volume-column.js';

/** Reads a row for each date and symbol, sorted by date or by symbol. 16 bytes and 8 for each price are kept of a row. */
export class LongRows extends PriceRowTaker {
  readonly #name: string;
  readonly #found: Map<string, number> = new Map();
  /** Names of the symbols by number, and their numbers by the ids that rows give to names. */
  readonly #names: string[] = [];
  readonly #byId: number[] = [];
  /** Symbols that `direct` knows by their bytes, and their numbers. */
  readonly #cache: NameCache = new NameCache();
  readonly #cached: number[] = [];
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #fields: readonly { field: PriceField; column: number; name: string; ticks: TickColumn }[];
  readonly #columns: Int32Array;
  readonly #days: GrowingInts = new GrowingInts();
  readonly #symbols: GrowingInts = new GrowingInts();
  readonly #lines: GrowingInts = new GrowingInts();
  /** The record of each symbol's latest bar. */
  readonly #latest: number[] = [];
  readonly #check: BarCheck | undefined;
  /** Prices of the row at hand, in the order of the fields. */
  readonly #pending: PendingRow;
  readonly #at: Readonly<Record<PriceField, number>>;
  /** Undefined where volumes are not kept. */
  readonly #volume: VolumeColumn | undefined;
  /** Rows where an adjusted close that equalled the plain one in the sample does not. */
  #apart = 0;

  /** `name`: the symbol of a file that has no column for it. `expectedRows`: about how many rows will come. */
  constructor(plan: ReadPlan, filter: RowFilter, problems: RowProblems, name: string, expectedRows: number) {
    super(plan, filter, problems);
    this.#name = name;
    this.#wanted = filter.symbols === undefined ? undefined : new Set(filter.symbols);
    this.#fields = plan.layout.prices.map(({ field, column }) => {
      return { field, column, name: plan.header.names[column]!, ticks: new TickColumn(expectedRows) };
    });
    this.#columns = Int32Array.from(this.#fields, ({ column }) => column);
    this.#pending = new PendingRow(this.#fields.length);
    if (filter.volume && plan.layout.volumeColumn >= 0)
      this.#volume = new VolumeColumn(plan.numbers, problems);
    const at = (field: PriceField): number => this.#fields.findIndex((known) => known.field === field);
    this.#at = { close: 0, open: at('open'), high: at('high'), low: at('low') };
    if (this.#fields.length === 4) {
      const [high, low] = [this.#fields[this.#at.high]!, this.#fields[this.#at.low]!];
      this.#check = new BarCheck(problems, high.column, low.column, high.name);
    }
  }

  /**
   * A way to take plain rows of known symbols straight from their bytes; undefined where the file, or what is wanted of
   * it, is not that simple. A doubtful row is left to `takeWhole`.
   */
  direct(separator: number): DirectRow | undefined {
    const { layout, numbers, width, header } = this.plan;
    const { filter } = this;
    const simple =
      layout.timeColumn < 0 &&
      layout.plainClose < 0 &&
      header.names.length === width &&
      numbers.decimal === '.' &&
      numbers.group === '' &&
      filter.forcedScale === undefined &&
      this.#volume === undefined &&
      this.#wanted === undefined;
    if (!simple) return undefined;
    const { dateColumn, symbolColumn, volumeColumn } = layout;
    const kinds = new Uint8Array(width);
    for (const { column } of this.#fields) kinds[column] = 1;
    if (volumeColumn >= 0 && this.#check !== undefined) kinds[volumeColumn] = 1;
    const [units, starts, ends] = [new Float64Array(width), new Int32Array(width), new Int32Array(width)];
    const { close, open, high, low } = this.#at;
    const at = (f: number): number => (f < 0 ? -1 : this.#fields[f]!.column);
    const [c, o, h, l] = [at(close), at(open), at(high), at(low)];
    const columns = this.#fields.map(({ ticks }) => ticks);
    const places = this.#columns;
    const count = columns.length;
    const checked = this.#check !== undefined;
    const [days, symbols, lines, latest] = [this.#days, this.#symbols, this.#lines, this.#latest];
    const only = symbolColumn < 0 ? this.#numberOf(this.#name) : -1;
    return (bytes, from, line) => {
      const { decimals } = columns[0]!;
      for (let f = 1; f < count; f++) if (columns[f]!.decimals !== decimals) return 0;
      const end = scanMixedRow(bytes, from, separator, kinds, decimals, SCALES, units, starts, ends);
      if (end === 0 || this.skipping || ends[dateColumn]! - starts[dateColumn]! !== DATE_LENGTH) return 0;
      const day = plainDay(bytes, starts[dateColumn]!);
      if (day === NOT_PLAIN || day < filter.from || day > filter.to) return 0;
      if (checked) {
        const top = units[h]!;
        const bottom = units[l]!;
        if (units[o]! > top || units[o]! < bottom || units[c]! > top || units[c]! < bottom) return 0;
      }
      const s = only >= 0 ? only : this.#knownSymbol(bytes, starts[symbolColumn]!, ends[symbolColumn]!);
      if (s < 0 || !this.order.takePlain(day, line, s)) return 0;
      this.seen += 1;
      latest[s] = days.length;
      days.push(day);
      symbols.push(s);
      lines.push(line);
      for (let f = 0; f < count; f++) columns[f]!.pushPlain(units[places[f]!]!);
      return end;
    };
  }

  /** The number of a symbol that was seen before, by its bytes; -1 for any other. */
  #knownSymbol(bytes: Uint8Array, start: number, end: number): number {
    const slot = this.#cache.slotOf(bytes, start, end - start);
    const id = this.#cache.find(slot, bytes, start, end - start);
    if (id >= 0) return this.#cached[id]!;
    const name = new TextDecoder().decode(bytes.subarray(start, end)).trim();
    const s = this.#found.get(name) ?? -1;
    if (s >= 0 && this.#cache.remember(slot, name, bytes, start, end - start) >= 0) this.#cached.push(s);
    return s;
  }

  protected takeWhole(row: Row): void {
    const { order, problems, filter } = this;
    const { symbolColumn, volumeColumn, plainClose } = this.plan.layout;
    const readable = order.read(row);
    const s = this.#symbolOf(row, symbolColumn);
    if (s < 0) {
      problems.addToRow(noSymbol(row.line, this.plan.header.names[symbolColumn]!));
    }
    if (s < 0 || !readable) {
      problems.endRow(row);
      return;
    }
    const step = order.check(row, s, symbolColumn < 0 ? '' : this.#names[s]!);
    const inside = order.day >= filter.from && order.day <= filter.to;
    if (!inside || (this.#wanted !== undefined && !this.#wanted.has(this.#names[s]!))) {
      if (!problems.endRow(row) && order.day <= filter.lastDay) order.commit(row, s);
      return;
    }
    const fields = this.#fields;
    const pending = this.#pending;
    const start = this.#days.length;
    const same = step === 'same day';
    // All at once where every cell is plain and the columns have one number of decimals, as they mostly do.
    const { decimals } = fields[0]!.ticks;
    let plain = !same;
    for (let f = 1; f < fields.length; f++) if (fields[f]!.ticks.decimals !== decimals) plain = false;
    plain &&= this.price.plainRow(row, this.#columns, 0, decimals, pending.units) === fields.length;
    if (!plain) {
      for (let f = 0; f < fields.length; f++) {
        const { column, name } = fields[f]!;
        pending.read(f, this.price, row, column, name);
      }
    }
    const volume = this.#volume?.read(row, volumeColumn, this.plan.header.names[volumeColumn]!) ?? 0;
    if (this.#check !== undefined) this.#checkBar(row, plain, this.#volume === undefined ? volumeColumn : -1);
    const apart =
      plainClose >= 0 && row.text(plainClose).trim() !== row.text(fields[0]!.column).trim() ? 1 : 0;
    if (problems.endRow(row)) return;
    order.commit(row, s);
    this.#check?.accept();
    this.#apart += apart;
    if (same) {
      for (let f = 0; f < fields.length; f++) {
        const { ticks, field } = fields[f]!;
        pending.mergeInto(ticks, this.#latest[s]!, f, field, this.plan.falling);
      }
      this.#volume?.add(this.#latest[s]!, volume);
      return;
    }
    if (plain) for (let f = 0; f < fields.length; f++) fields[f]!.ticks.pushAll(pending.units, f, f + 1);
    else for (let f = 0; f < fields.length; f++) pending.pushTo(fields[f]!.ticks, f);
    this.#volume?.push(volume);
    this.#latest[s] = start;
    this.#days.push(order.day);
    this.#symbols.push(s);
    this.#lines.push(row.line);
  }

  /** The number of the row's symbol, -1 where it has none. */
  #symbolOf(row: Row, column: number): number {
    if (column < 0) return this.#numberOf(this.#name);
    const id = row.nameId(column);
    if (id >= 0 && id < this.#byId.length) return this.#byId[id]!;
    const name = row.name(column);
    const s = name === '' ? -1 : this.#numberOf(name);
    // Numbers of names rise by one, so that none is left out.
    if (id === this.#byId.length) this.#byId.push(s);
    return s;
  }

  #numberOf(name: string): number {
    let s = this.#found.get(name);
    if (s === undefined) {
      s = this.#found.size;
      this.#found.set(name, s);
      this.#names.push(name);
    }
    return s;
  }

  /** Whether the bar at hand can be true. `plain`: its prices have one number of decimals. */
  #checkBar(row: Row, plain: boolean, volumeColumn: number): void {
    const { open, high, low, close } = this.#at;
    const pending = this.#pending;
    const of = (f: number): number => (plain ? pending.units[f]! : pending.common(f));
    this.#check!.check(row, of(open), of(high), of(low), of(close));
    if (volumeColumn >= 0) this.#check!.checkVolume(row, volumeColumn, this.plan.header.names[volumeColumn]!);
  }

  finish(): PriceRows {
    const symbols = this.filter.symbols ?? [...this.#found.keys()];
    checkWanted(symbols, this.#found);
    const columnOf = new Int32Array(this.#found.size).fill(-1);
    symbols.forEach((symbol, j) => {
      columnOf[this.#found.get(symbol)!] = j;
    });
    const days = this.#days.values();
    const [dates, rowOf, first] = datesOf(days);
    checkPanelSize(dates.length, symbols.length);
    const cells = new Int32Array(dates.length * symbols.length).fill(-1);
    for (let i = 0; i < days.length; i++) {
      const j = columnOf[this.#symbols.at(i)]!;
      if (j >= 0) cells[rowOf[days[i]! - first]! * symbols.length + j] = i;
    }
    const fields = this.#apart > 0 ? this.#fields.slice(0, 1) : this.#fields;
    const notes = this.remarks(this.#apart > 0 ? undefined : this.#check);
    if (this.#apart > 0) notes.push(notAdjusted(showValue(this.#fields[0]!.name)));
    const nameOf = new Map(fields.map(({ field, name }) => [field, name]));
    return {
      dates,
      symbols,
      columns: new Map(fields.map(({ field, ticks }) => [field, ticks])),
      ...(this.#volume === undefined ? {} : { volume: this.#volume.values() }),
      cells,
      placeOf: (field, index) => ({ line: this.#lines.at(index), column: nameOf.get(field)! }),
      notes,
    };
  }
}

/** The different days, rising; for each day since the first the row it has; and the first. O(days + span). */
function datesOf(days: Int32Array): [dates: Int32Array, rowOf: Int32Array, first: number] {
  let first = Infinity;
  let last = -Infinity;
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  if (days.length === 0) return [new Int32Array(0), new Int32Array(0), 0];
  const rowOf = new Int32Array(last - first + 1).fill(-1);
  for (const day of days) rowOf[day - first] = 0;
  let count = 0;
  for (let i = 0; i < rowOf.length; i++) {
    if (rowOf[i] === 0) {
      rowOf[i] = count;
      count += 1;
    }
  }
  const dates = new Int32Array(count);
  for (let i = 0; i < rowOf.length; i++) if (rowOf[i]! >= 0) dates[rowOf[i]!] = first + i;
  return [dates, rowOf, first];
}
