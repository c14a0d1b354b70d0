/**
 * A table of any size, row by row from its bytes. Cells are read where they stand; only what is not plain digits becomes
 * text.
 */
import {
  type DecimalCell,
  type DecimalRounding,
  type NumberProblem,
  powerOfTen,
  scanDecimal,
} from '../../decimal.js';
import type { RowProblems } from '../row-problems.js';
import { NameCache } from './name-cache.js';
import { DATE_LENGTH, NOT_PLAIN, plainDay, type Row, type RowTaker } from './row.js';
import { DOUBLED, RowScanner } from './row-scanner.js';

/** Cells up to this length are made texts here; calling the decoder takes longer. */
const SHORT = 24;

/** Reads rows from bytes: valid UTF-8 without byte order mark or NUL, cells as in `splitRows`. */
export class ByteRows extends RowScanner implements Row {
  readonly #take: RowTaker;
  readonly #decoder: InstanceType<typeof TextDecoder> = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #names: NameCache = new NameCache();

  /** As `RowScanner`; `take` gets every row that is not blank. */
  constructor(
    separator: string,
    newline: string,
    numeric: readonly number[],
    problems: RowProblems,
    take: RowTaker,
  ) {
    super(separator, newline, numeric, problems);
    this.#take = take;
  }

  protected override takeRow(): void {
    this.#take(this);
  }

  /** Whether the only cell of the row is blank. */
  protected override isBlank(): boolean {
    for (let k = this.starts[0]!; k < this.ends[0]!; k++) {
      const byte = this.bytes[k]!;
      if (byte !== 32 && (byte < 9 || byte > 13)) return this.text(0).trim() === '';
    }
    return true;
  }

  text(i: number): string {
    const start = this.starts[i]!;
    const end = this.ends[i]!;
    const cell = this.bytes.subarray(start, end);
    const short = end - start < SHORT ? asciiText(cell) : undefined;
    const text = short ?? this.#decoder.decode(cell);
    return this.doubled[i] === DOUBLED ? text.replaceAll('""', '"') : text;
  }

  name(i: number): string {
    const id = this.nameId(i);
    return id < 0 ? this.text(i).trim() : this.#names.at(id);
  }

  nameId(i: number): number {
    if (this.doubled[i] === DOUBLED) return -1;
    const start = this.starts[i]!;
    const length = this.ends[i]! - start;
    const slot = this.#names.slotOf(this.bytes, start, length);
    const known = this.#names.find(slot, this.bytes, start, length);
    return known >= 0 ? known : this.#names.remember(slot, this.text(i).trim(), this.bytes, start, length);
  }

  decimal(i: number, maxDecimals: number, rounding: DecimalRounding, out: DecimalCell): 'ok' | NumberProblem {
    if (this.starts[i] === this.ends[i]) return 'missing';
    return scanDecimal(this.text(i), maxDecimals, rounding, out);
  }

  plainUnits(i: number): number {
    const length = this.ends[i]! - this.starts[i]!;
    const units = this.numeric[i] === 1 ? this.units[i]! : this.digits(i);
    return length > 15 || length === 0 || (length === 1 && units === 0) ? Number.NaN : units;
  }

  plainRow(columns: Int32Array, from: number, decimals: number, out: Float64Array): number {
    const units = this.units;
    const starts = this.starts;
    const ends = this.ends;
    const points = this.points;
    for (let k = from; k < columns.length; k++) {
      const i = columns[k]!;
      const value = units[i]!;
      const spare = decimals - (ends[i]! - points[i]!);
      // Fifteen characters at most: the digits are exact, and so is their product with a power of ten below 2^53.
      if (!(value > 0) || spare < 0 || ends[i]! - starts[i]! > 15) return k;
      if (spare === 0) out[k] = value;
      else {
        if (spare > 6) return k;
        const scaled = value * powerOfTen(spare);
        if (scaled > Number.MAX_SAFE_INTEGER) return k;
        out[k] = scaled;
      }
    }
    return columns.length;
  }

  plainDay(i: number): number {
    const start = this.starts[i]!;
    return this.ends[i]! - start === DATE_LENGTH ? plainDay(this.bytes, start) : NOT_PLAIN;
  }

  raw(): string {
    return this.#decoder.decode(this.bytes.subarray(this.rowStart, this.rowEnd)).replace(/\r$/, '');
  }
}

/** Short ASCII bytes as text, undefined where a byte is not ASCII. */
function asciiText(bytes: Uint8Array): string | undefined {
  let text = '';
  for (const byte of bytes) {
    if (byte > 127) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
