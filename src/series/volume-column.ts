/** Traded volumes as they are read: doubles, for they are never money; NaN where a cell is empty. */
import { type NumberProblem, parseNumber, trimBlanks } from '../decimal.js';
import { type NumberFormat, plainNumber } from './number-format.js';
import type { RowProblems } from './row-problems.js';
import type { Row } from './table/row.js';

/** Powers of ten of the letters behind a shortened number. */
const LETTERS: Readonly<Record<string, number>> = { K: 3, M: 6, B: 9, T: 12 };
const SHORTENED = /^(.*[\d.,])\s?([KMBT])$/i;

/** The number that a cell means: `1.94B` is 1,940,000,000, `--` is missing. */
function volumeOf(text: string, numbers: NumberFormat): number | NumberProblem {
  const cell = trimBlanks(text);
  if (cell === '--') return 'missing';
  const [, digits, letter] = SHORTENED.exec(cell) ?? [];
  if (digits === undefined) return parseNumber(plainNumber(cell, numbers));
  return parseNumber(`${plainNumber(digits, numbers)}e${LETTERS[letter!.toUpperCase()]!}`);
}

/** A growing column of volumes. */
export class VolumeColumn {
  length = 0;
  #data: Float64Array = new Float64Array(1024);
  readonly #numbers: NumberFormat;
  readonly #problems: RowProblems;

  constructor(numbers: NumberFormat, problems: RowProblems) {
    this.#numbers = numbers;
    this.#problems = problems;
  }

  /** The volume in cell `i` of a row, NaN for a missing or a bad one; a bad one becomes a problem of the row. */
  read(row: Row, i: number, column: string): number {
    const text = row.text(i);
    const value = volumeOf(text, this.#numbers);
    if (value === 'missing') return Number.NaN;
    if (typeof value === 'number' && value >= 0) return value;
    this.#problems.addToRow({
      kind: 'data',
      line: row.line,
      column,
      value: text,
      must: 'be a volume of at least 0, or empty',
      fix: 'correct the volume, or leave the row out',
    });
    return Number.NaN;
  }

  /** Appends a volume. */
  push(value: number): void {
    if (this.length === this.#data.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data[this.length] = value;
    this.length += 1;
  }

  /** Adds the volume of a later bar of the same day to the one at `at`. */
  add(at: number, value: number): void {
    if (Number.isNaN(value)) return;
    const known = this.#data[at]!;
    this.#data[at] = Number.isNaN(known) ? value : known + value;
  }

  /** All volumes, in place. */
  values(): Float64Array {
    return this.#data.subarray(0, this.length);
  }
}
