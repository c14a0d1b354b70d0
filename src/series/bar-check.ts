/** Whether the prices of a bar can be true: the high above the low, open and close between them, volume not negative. */
import type { RowProblems } from './row-problems.js';
import type { Row } from './table/row.js';

/** Checks bars one by one and counts the doubtful ones. The prices of a bar are integers of one unit, NaN where missing. */
export class BarCheck {
  /** Bars whose open or close lies outside of low and high, and the line of the first. */
  outside = 0;
  firstOutside = 0;
  readonly #problems: RowProblems;
  readonly #high: number;
  readonly #low: number;
  readonly #name: string;
  /** Line of the row at hand where its open or close lies outside, else 0. */
  #outsideLine = 0;

  /** `high`, `low`: columns of the row; `name`: what messages call the high. */
  constructor(problems: RowProblems, high: number, low: number, name: string) {
    this.#problems = problems;
    this.#high = high;
    this.#low = low;
    this.#name = name;
  }

  /** A high below the low is a problem of the row; an open or close outside of both is counted. */
  check(row: Row, open: number, high: number, low: number, close: number): void {
    this.#outsideLine = 0;
    if (high < low) {
      const fix = 'correct the bar, or leave its row out';
      const must = `be at least the low, ${row.text(this.#low)}`;
      const value = row.text(this.#high);
      this.#problems.addToRow({ kind: 'price', line: row.line, column: this.#name, value, must, fix });
    } else if (open > high || open < low || close > high || close < low) {
      this.#outsideLine = row.line;
    }
  }

  /** The row at hand is kept: its doubt counts. */
  accept(): void {
    if (this.#outsideLine === 0) return;
    this.outside += 1;
    if (this.firstOutside === 0) this.firstOutside = this.#outsideLine;
    this.#outsideLine = 0;
  }

  /** A volume below 0 is a problem of the row; what is no number is not looked at. */
  checkVolume(row: Row, column: number, name: string): void {
    if (row.plainUnits(column) >= 0) return;
    const text = row.text(column);
    if (!/^\s*-\s*\d/.test(text)) return;
    if (/^\s*-0*\.?0*$/.test(text)) return;
    const fix = 'correct the volume, or leave the row out';
    this.#problems.addToRow({
      kind: 'data',
      line: row.line,
      column: name,
      value: text,
      must: 'be a volume of at least 0',
      fix,
    });
  }
}
