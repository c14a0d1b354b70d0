/** Some of the symbols of a panel. */
import { type Mat, nearestHint } from '../check.js';
import { UnknownSymbolError } from '../errors.js';
import { mapPrices, type PricePanel } from './price-panel.js';

/**
 * The panel with `symbols` alone, in their order; itself where they are undefined. Throws `UnknownSymbolError` for one
 * it does not have. O(cells of the result).
 */
export function pickSymbols(panel: PricePanel, symbols: readonly string[] | undefined): PricePanel {
  if (symbols === undefined) return panel;
  const known = new Map(panel.symbols.map((symbol, j) => [symbol, j]));
  const columns = symbols.map((symbol) => {
    const column = known.get(symbol);
    if (column !== undefined) return column;
    const hint = nearestHint(symbol, panel.symbols);
    throw new UnknownSymbolError('symbols', symbol, 'a symbol of the price files', hint);
  });
  const pick = (mat: Mat): Mat => {
    const data = new Float64Array(mat.rows * columns.length);
    for (let t = 0; t < mat.rows; t++) {
      for (let j = 0; j < columns.length; j++) {
        data[t * columns.length + j] = mat.data[t * mat.cols + columns[j]!]!;
      }
    }
    return { data, rows: mat.rows, cols: columns.length };
  };
  return { ...panel, symbols, ...mapPrices(panel, pick) };
}
