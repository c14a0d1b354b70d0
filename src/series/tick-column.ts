/** A growing column of prices: digits while the file is read, ticks of one scale at the end. */
import { scanNumberRow } from '../../kernels/text/number-row.js';
import { type DecimalCell, powerOfTen } from '../decimal.js';

/** 10^0 to 10^16. */
export const SCALES: Float64Array = Float64Array.from({ length: 17 }, (_, k) => powerOfTen(k));
/** Spare room at the end that is not worth a copy. */
const SPARE = 1.25;

/**
 * Prices as integers of one number of decimals, the most that a price of the column has had so far; when a price with
 * more comes, the others are multiplied. NaN is a missing price. 8 bytes a price.
 */
export class TickColumn {
  length = 0;
  /** Decimals of every stored price. */
  decimals = 0;
  /** Prices whose digits were cut. */
  roundedCells = 0;
  /** Index of a price that cannot take the decimals of another; -1 as long as all fit. */
  overflowAt = -1;
  #data: Float64Array;

  /** `expected`: about how many prices will come; a good guess saves copies. */
  constructor(expected: number = 0) {
    this.#data = new Float64Array(Math.max(1024, expected));
  }

  /** Appends a price. */
  push(cell: DecimalCell): void {
    const at = this.length;
    this.#reserve(1);
    this.length = at + 1;
    this.set(at, cell);
  }

  /** Appends `units[from]` to `units[to - 1]`, integers of the column's own decimals. */
  pushAll(units: Float64Array, from: number, to: number): void {
    const at = this.length;
    if (at + to - from > this.#data.length) this.#reserve(to - from);
    const data = this.#data;
    for (let k = from; k < to; k++) data[at + k - from] = units[k]!;
    this.length = at + to - from;
  }

  /** Appends `count` plain numbers as `scanNumberRow` reads them, and gives what it gives: 0 appends nothing. */
  pushScanned(bytes: Uint8Array, from: number, separator: number, count: number): number {
    const at = this.length;
    if (at + count > this.#data.length) this.#reserve(count);
    const end = scanNumberRow(bytes, from, separator, count, this.decimals, SCALES, this.#data, at);
    if (end > 0) this.length = at + count;
    return end;
  }

  /** Appends one integer of the column's own decimals. */
  pushPlain(units: number): void {
    if (this.length === this.#data.length) this.#reserve(1);
    this.#data[this.length] = units;
    this.length += 1;
  }

  /** Appends a missing price. */
  pushMissing(): void {
    this.#reserve(1);
    this.#data[this.length] = Number.NaN;
    this.length += 1;
  }

  /** Forgets the plain prices from `length` on. */
  truncate(length: number): void {
    this.length = length;
  }

  /** The stored integer at an index, NaN where the price is missing. */
  at(index: number): number {
    return this.#data[index]!;
  }

  /** Puts a price in the place of another. */
  set(index: number, cell: DecimalCell): void {
    if (cell.rounded) this.roundedCells += 1;
    if (cell.decimals > this.decimals) this.#rescale(cell.decimals);
    const spare = this.decimals - cell.decimals;
    const units = spare === 0 ? cell.units : cell.units * powerOfTen(spare);
    if (units > Number.MAX_SAFE_INTEGER) this.#overflow(index);
    this.#data[index] = units;
  }

  /** The prices in ticks of 10^`decimals`, and an end to this column. Not copied where there is little spare room. */
  toTicks(decimals: number): Float64Array {
    this.#rescale(Math.max(decimals, this.decimals));
    const { length } = this;
    const data = this.#data;
    this.#data = new Float64Array(0);
    return data.length > SPARE * length + 1024 ? data.slice(0, length) : data.subarray(0, length);
  }

  #reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.#data.length) return;
    const grown = new Float64Array(Math.max(needed, 2 * this.#data.length));
    grown.set(this.#data.subarray(0, this.length));
    this.#data = grown;
  }

  #rescale(decimals: number): void {
    const factor = powerOfTen(decimals - this.decimals);
    this.decimals = decimals;
    if (factor === 1) return;
    const data = this.#data;
    for (let i = 0; i < this.length; i++) {
      // Exact below 2^53; a product past it is at least 2^53 after rounding, too.
      const scaled = data[i]! * factor;
      if (scaled > Number.MAX_SAFE_INTEGER) this.#overflow(i);
      data[i] = scaled;
    }
  }

  #overflow(index: number): void {
    if (this.overflowAt < 0) this.overflowAt = index;
  }
}
