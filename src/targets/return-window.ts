/** The returns of a window of closes, of the symbols that an optimizer can learn from. */
import { symbolReturns } from '../../kernels/portfolio/panel.js';
import { columnMoments } from '../../kernels/targets/window.js';
import type { Mat } from '../check.js';

/** Returns of a window, and the symbols that have none. Columns are those of the closes. */
export interface ReturnWindow {
  /** One row a period, one column a symbol of `columns`; every cell is finite. */
  readonly returns: Mat;
  /** Symbols that take part, by name. */
  readonly symbols: readonly string[];
  /** Their columns. */
  readonly columns: Int32Array;
  /** Columns without a price in some row. */
  readonly gaps: readonly number[];
  /** Columns whose price did not move: σ ≤ 1e-15 · (1 + |mean|), the rounding of equal returns. */
  readonly flat: readonly number[];
}

/**
 * Simple returns pᵢ/pᵢ₋₁ − 1 of the symbols with a price in every row that did move.
 *
 * closes   periods + 1 rows of prices, oldest first, NaN where there is none; at least three rows
 * symbols  their names, one a column
 *
 * Those that take part are in the order of their names: an optimizer then gives the same bits however the symbols are
 * listed. O(rows × columns).
 */
export function returnWindow(closes: Mat, symbols: readonly string[]): ReturnWindow {
  const { rows, cols, data } = closes;
  const all = new Float64Array(rows * cols);
  symbolReturns(rows, cols, data, all);
  const mean = new Float64Array(cols);
  const variance = new Float64Array(cols);
  columnMoments(all.subarray(cols), rows - 1, cols, mean, variance);
  const gaps: number[] = [];
  const flat: number[] = [];
  const used: number[] = [];
  for (let j = 0; j < cols; j++) {
    if (!Number.isFinite(variance[j])) gaps.push(j);
    else if (Math.sqrt(variance[j]!) <= 1e-15 * (1 + Math.abs(mean[j]!))) flat.push(j);
    else used.push(j);
  }
  used.sort((a, b) => (symbols[a]! < symbols[b]! ? -1 : 1));
  const width = used.length;
  const out = new Float64Array((rows - 1) * width);
  for (let i = 1; i < rows; i++) {
    for (let k = 0; k < width; k++) out[(i - 1) * width + k] = all[i * cols + used[k]!]!;
  }
  return {
    returns: { data: out, rows: rows - 1, cols: width },
    symbols: used.map((j) => symbols[j]!),
    columns: Int32Array.from(used),
    gaps,
    flat,
  };
}
