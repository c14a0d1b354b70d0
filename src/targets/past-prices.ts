/** A window onto prices that ends at one bar. */
import { takeWindow } from '../../kernels/targets/window.js';
import { checkInteger, type Mat } from '../check.js';
import type { ClosePrices, PastPrices } from './types.js';

/** How many bars the callbacks have asked for at most. */
export interface Reach {
  bars: number;
}

/**
 * The prices of `columns` up to and including `bar`.
 *
 * panel    checked by the caller
 * columns  columns of the panel
 * symbols  their names; frozen by the caller
 * reach    where the number of bars asked for is kept
 *
 * The panel stays inside this function: what is handed out is numbers and copies.
 */
export function pastPrices(
  panel: ClosePrices,
  columns: Int32Array,
  symbols: readonly string[],
  bar: number,
  reach: Reach,
): PastPrices {
  const { data, cols } = panel.close;
  const ask = (count: number): boolean => {
    if (count > reach.bars) reach.bars = count;
    return count <= bar + 1;
  };
  return Object.freeze({
    bar,
    date: panel.dates[bar]!,
    symbols,
    close(column: number, ago: number = 0): number {
      const j = columns[checkInteger('column', column, 0, columns.length - 1)]!;
      checkInteger('ago', ago, 0, Number.MAX_SAFE_INTEGER);
      if (!ask(ago + 1)) return Number.NaN;
      const price = data[(bar - ago) * cols + j]!;
      return price > 0 && price < Infinity ? price : Number.NaN;
    },
    closes(count: number): Mat | undefined {
      checkInteger('count', count, 1, Number.MAX_SAFE_INTEGER);
      if (!ask(count)) return undefined;
      const out = new Float64Array(count * columns.length);
      takeWindow(data, cols, bar + 1 - count, count, columns, out);
      return { data: out, rows: count, cols: columns.length };
    },
  });
}
