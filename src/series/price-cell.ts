/** Reading one price of a row: digits of the file's number format to units and decimals, problems named. */
import { type DecimalCell, type NumberProblem, powerOfTen, scanDecimal } from '../decimal.js';
import { scaleDecimals } from '../money.js';
import { type NumberFormat, plainNumber } from './number-format.js';
import type { RowProblems } from './row-problems.js';
import type { Row } from './table/row.js';

/** Most decimals that a price may have: those of the price scale 1,000,000. */
const DECIMALS_MAX = 6;
/** Digits from which a number with too many decimals is a binary float as programs print it, not a quote. */
const FLOAT_DIGITS = 12;

/** Longest text that a program prints for one. */
const FLOAT_LENGTH_MAX = 60;
/** What to do about prices that millionths cannot hold. */
const SMALL_FIX = 'quote it for 1,000 or 1,000,000 units: prices are whole millionths at the finest';
/** Least price in millionths that may be rounded to them. */
const ROUNDED_MIN = 5_000;

/**
 * Whether a number with too many decimals is a binary float that a program printed: it has twelve digits and more, or
 * its d decimals are a multiple of 2^-d, as every binary fraction is and a quote is by chance once in 5^d times.
 */
function isPrintedFloat(text: string): boolean {
  if (text.length > FLOAT_LENGTH_MAX) return false;
  const parts = /^[-+]?0*(\d*)\.(\d*?)0*$/.exec(text);
  if (parts === null) return /^[-+]?[\d.]{13,}[eE][-+]?\d+$/.test(text);
  const digits = `${parts[1]!}${parts[2]!}`.replace(/^0+/, '');
  if (digits.length >= FLOAT_DIGITS) return true;
  let rest = Number(digits);
  for (let d = 0; d < parts[2]!.length; d++) {
    if (rest % 5 !== 0) return false;
    rest /= 5;
  }
  return true;
}

/** Reads prices; what it read last stands in `cell`. */
export class PriceCell {
  /** The price read last: units / 10^decimals. */
  readonly cell: DecimalCell = { units: 0, decimals: 0, rounded: false };
  readonly #numbers: NumberFormat;
  readonly #plain: boolean;
  readonly #forced: boolean;
  readonly #decimals: number;
  readonly #problems: RowProblems;

  /** `forcedScale` undefined: the scale follows from the decimals. */
  constructor(numbers: NumberFormat, forcedScale: number | undefined, problems: RowProblems) {
    this.#numbers = numbers;
    this.#plain = numbers.decimal === '.' && numbers.group === '';
    this.#forced = forcedScale !== undefined;
    this.#decimals = forcedScale === undefined ? DECIMALS_MAX : scaleDecimals(forcedScale);
    this.#problems = problems;
  }

  /** As `Row.plainRow` where the file's numbers are plain and no scale is forced; else none of them. */
  plainRow(row: Row, columns: Int32Array, from: number, decimals: number, out: Float64Array): number {
    return this.#plain && !this.#forced ? row.plainRow(columns, from, decimals, out) : from;
  }

  /** Reads cell `i` of a row: true for a price, false for a missing or a bad one; a bad one becomes a problem. */
  read(row: Row, i: number, column: string): boolean {
    const { cell } = this;
    const decimals = this.#decimals;
    const rounding = this.#forced ? 'half-even' : 'exact';
    let status: 'ok' | NumberProblem = 'not a number';
    if (this.#plain) status = row.decimal(i, decimals, rounding, cell);
    if (status === 'ok' && cell.units > 0) return true;
    if (status === 'missing') return false;
    if (status === 'not a number') {
      status = scanDecimal(plainNumber(row.text(i), this.#numbers), decimals, rounding, cell);
    }
    if (status === 'more digits than the price scale') {
      const text = plainNumber(row.text(i), this.#numbers);
      if (isPrintedFloat(text)) {
        status = scanDecimal(text, decimals, 'half-even', cell);
        // Where six decimals would move the price by more than a basis point, it is refused.
        if (status === 'ok' && cell.units < ROUNDED_MIN) status = 'more digits than the price scale';
      }
    }
    if (status === 'missing') return false;
    if (status === 'ok' && cell.units > 0) return true;
    this.#fault(status, row, i, column);
    return false;
  }

  #fault(status: 'ok' | NumberProblem, row: Row, i: number, column: string): void {
    const { cell } = this;
    const where = { line: row.line, column, value: row.text(i) };
    const fix = 'correct the price, or leave the cell empty where there is none';
    if (status === 'not a number') {
      const must = `be a decimal number such as 123${this.#numbers.decimal}45, or empty`;
      this.#problems.addToRow({ ...where, kind: 'data', must, fix });
    } else if (status === 'overflow') {
      this.#problems.addToRow({ ...where, kind: 'overflow', must: 'be a price below 2^53 ticks', fix });
    } else if (status === 'ok') {
      const must = cell.rounded
        ? `be at least 1 tick at price scale ${powerOfTen(this.#decimals)}`
        : 'be a price above 0';
      this.#problems.addToRow({
        ...where,
        kind: 'price',
        must,
        fix: cell.rounded ? (this.#decimals < DECIMALS_MAX ? 'use a larger price scale' : SMALL_FIX) : fix,
      });
    } else {
      this.#problems.addToRow({
        ...where,
        kind: 'data',
        must: `have at most ${DECIMALS_MAX} decimals`,
        fix: 'round the prices in the file, or force a price scale (priceScale, --price-scale 1000000), which rounds half to even',
      });
    }
  }
}
