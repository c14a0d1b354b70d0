/** The prices of one row until it is known that the row is good: a row that is left out leaves no trace. */
import { type DecimalCell, powerOfTen } from '../decimal.js';
import type { PriceCell } from './price-cell.js';
import type { PriceField } from './price-layout.js';
import type { Row } from './table/row.js';
import type { TickColumn } from './tick-column.js';

/** Decimals of the unit that prices of a row are compared in. */
const COMMON_DECIMALS = 6;

/** A fixed number of prices, read cell by cell, then taken into columns or forgotten. */
export class PendingRow {
  /** Prices as integers of their own decimals, NaN where missing. */
  readonly units: Float64Array;
  readonly #decimals: Uint8Array;
  readonly #rounded: Uint8Array;
  readonly #cell: DecimalCell = { units: 0, decimals: 0, rounded: false };

  constructor(size: number) {
    this.units = new Float64Array(size);
    this.#decimals = new Uint8Array(size);
    this.#rounded = new Uint8Array(size);
  }

  /** Says that places `from` to `to` - 1 of `units` were filled with integers of so many decimals. */
  plain(from: number, to: number, decimals: number): void {
    this.#decimals.fill(decimals, from, to);
    this.#rounded.fill(0, from, to);
  }

  /** Reads cell `column` of a row into place `k`. */
  read(k: number, price: PriceCell, row: Row, column: number, name: string): void {
    const found = price.read(row, column, name);
    this.units[k] = found ? price.cell.units : Number.NaN;
    this.#decimals[k] = found ? price.cell.decimals : 0;
    this.#rounded[k] = found && price.cell.rounded ? 1 : 0;
  }

  /** The price of place `k` as an integer of a unit that all places have in common. */
  common(k: number): number {
    return this.units[k]! * powerOfTen(COMMON_DECIMALS - this.#decimals[k]!);
  }

  /** Appends place `k` to a column. */
  pushTo(ticks: TickColumn, k: number): void {
    if (Number.isNaN(this.units[k])) ticks.pushMissing();
    else ticks.push(this.#cellOf(k));
  }

  /** Puts place `k`, of a later row of a day, into the day's bar at `at`. */
  mergeInto(ticks: TickColumn, at: number, k: number, field: PriceField, falling: boolean): void {
    if (Number.isNaN(this.units[k])) return;
    const cell = this.#cellOf(k);
    const known = ticks.at(at) / powerOfTen(ticks.decimals);
    const now = cell.units / powerOfTen(cell.decimals);
    const wins =
      field === 'high' ? now > known : field === 'low' ? now < known : (field === 'close') !== falling;
    if (Number.isNaN(known) || wins) ticks.set(at, cell);
  }

  #cellOf(k: number): DecimalCell {
    const cell = this.#cell;
    cell.units = this.units[k]!;
    cell.decimals = this.#decimals[k]!;
    cell.rounded = this.#rounded[k] === 1;
    return cell;
  }
}
