/** A dates × symbols grid of prices while it is read: digits first, ticks once the price scale is known. */
import type { Mat } from '../check.js';
import { type DecimalCell, powerOfTen, scanDecimal } from '../decimal.js';
import { scaleDecimals } from '../money.js';
import type { RowProblems } from './row-problems.js';

/** Most decimals that a price may have: those of the price scale 1,000,000. */
const DECIMALS_MAX = 6;

/** Prices as units / 10^decimals, row-major; NaN units are a missing price. */
export class TickGrid {
  readonly rows: number;
  readonly cols: number;
  /** Cells whose digits were cut to a forced scale. */
  roundedCells = 0;
  readonly #units: Float64Array;
  readonly #decimals: Uint8Array;
  /** Line of each cell, for the message when a price does not fit its scale. */
  readonly #lines: Int32Array;
  readonly #forcedDecimals: number;
  readonly #cell: DecimalCell = { units: 0, decimals: 0, rounded: false };

  /** `forcedScale` undefined: no price is rounded, and the scale follows from the decimals. */
  constructor(rows: number, cols: number, forcedScale: number | undefined) {
    this.rows = rows;
    this.cols = cols;
    this.#units = new Float64Array(rows * cols).fill(Number.NaN);
    this.#decimals = new Uint8Array(rows * cols);
    this.#lines = new Int32Array(rows * cols);
    this.#forcedDecimals = forcedScale === undefined ? -1 : scaleDecimals(forcedScale);
  }

  /** Reads one cell; a missing one stays NaN, a bad one becomes a problem. */
  read(row: number, col: number, text: string, line: number, column: string, problems: RowProblems): void {
    const cell = this.#cell;
    const forced = this.#forcedDecimals >= 0;
    const decimals = forced ? this.#forcedDecimals : DECIMALS_MAX;
    const status = scanDecimal(text, decimals, forced ? 'half-even' : 'exact', cell);
    if (status === 'missing') return;
    if (status === 'ok' && cell.units > 0) {
      const at = row * this.cols + col;
      this.#units[at] = cell.units;
      this.#decimals[at] = cell.decimals;
      this.#lines[at] = line;
      if (cell.rounded) this.roundedCells += 1;
      return;
    }
    const where = { line, column, value: text };
    const fix = 'correct the price, or leave the cell empty where there is none';
    if (status === 'not a number') {
      problems.add({ ...where, kind: 'data', must: 'be a decimal number such as 123.45, or empty', fix });
    } else if (status === 'overflow') {
      problems.add({ ...where, kind: 'overflow', must: 'be a price below 2^53 ticks', fix });
    } else if (status === 'ok') {
      const must = cell.rounded
        ? `be at least 1 tick at price scale ${powerOfTen(decimals)}`
        : 'be a price above 0';
      problems.add({ ...where, kind: 'price', must, fix: cell.rounded ? 'use a larger price scale' : fix });
    } else {
      problems.add({
        ...where,
        kind: 'data',
        must: `have at most ${DECIMALS_MAX} decimals`,
        fix: 'round the prices in the file, or force a price scale (priceScale, --price-scale 1000000), which rounds half to even',
      });
    }
  }

  /** Decimals of the price that has the most; 0 when there are none. */
  mostDecimals(): number {
    let most = 0;
    for (const decimals of this.#decimals) if (decimals > most) most = decimals;
    return most;
  }

  /** The grid in ticks of `scale`, which holds every decimal read; a price past 2^53 - 1 ticks becomes a problem. */
  toTicks(scale: number, columnName: (col: number) => string, problems: RowProblems): Mat {
    const wanted = scaleDecimals(scale);
    const data = this.#units;
    for (let i = 0; i < data.length; i++) {
      // Exact below 2^53: an integer times a power of ten. A product past it is at least 2^53 after rounding, too.
      const ticks = data[i]! * powerOfTen(wanted - this.#decimals[i]!);
      data[i] = ticks;
      this.#decimals[i] = wanted;
      if (ticks > Number.MAX_SAFE_INTEGER) {
        problems.add({
          kind: 'overflow',
          line: this.#lines[i]!,
          column: columnName(i % this.cols),
          value: ticks / scale,
          must: `be below 2^53 ticks at price scale ${scale}`,
          fix: 'check the price, or force a smaller price scale (priceScale, --price-scale)',
        });
      }
    }
    return { data, rows: this.rows, cols: this.cols };
  }
}
