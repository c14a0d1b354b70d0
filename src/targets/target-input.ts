/** Checks of the panel, bars and symbols that every target is made from. */
import { checkInteger, checkLength, type Mat, nearestHint } from '../check.js';
import { ShapeError, UnknownSymbolError, ValidationError } from '../errors.js';
import { checkDates } from '../series/bar-dates.js';
import type { ClosePrices } from './types.js';

/** Throws unless dates, symbols and closes of the panel fit each other. */
export function checkPanel(panel: ClosePrices): void {
  if (typeof panel !== 'object' || panel === null || !Array.isArray(panel.symbols)) {
    const fix = 'pass the panel that readPrices gives';
    throw new ValidationError('panel', panel, 'a price panel {dates, symbols, close}', fix);
  }
  checkDates('panel.dates', panel.dates);
  checkMatrix('panel.close', panel.close, panel.dates.length, panel.symbols.length);
}

/** Throws unless `value` is a matrix of that size. */
export function checkMatrix(field: string, value: unknown, rows: number, cols: number): void {
  const mat = value as Mat | null | undefined;
  if (typeof mat !== 'object' || mat === null || !(mat.data instanceof Float64Array)) {
    const fix = 'pass row-major data, one row a date and one column a symbol';
    throw new ValidationError(field, value, 'a matrix {data: Float64Array, rows, cols}', fix);
  }
  if (mat.rows !== rows || mat.cols !== cols) {
    const size = `${mat.rows} × ${mat.cols}`;
    const fix = 'give one row for each date and one column for each symbol of the panel';
    throw new ShapeError(field, size, `${rows} × ${cols}, dates × symbols of the panel`, fix);
  }
  checkLength(`${field}.data`, mat.data.length, rows * cols, 'rows × cols');
}

/** The bars as a list, at least one, rising, all inside `rows`. */
export function checkBars(bars: Int32Array | readonly number[], rows: number): number[] {
  const fix = 'pass what rebalanceBars gives';
  if (!(bars instanceof Int32Array) && !Array.isArray(bars)) {
    throw new ValidationError('bars', bars, 'an array of bars', fix);
  }
  if (bars.length === 0) throw new ValidationError('bars', '[]', 'at least one bar', fix);
  const out: number[] = [];
  for (let k = 0; k < bars.length; k++) {
    const bar = checkInteger(`bars[${k}]`, bars[k], 0, rows - 1);
    if (k > 0 && bar <= out[k - 1]!) {
      throw new ValidationError(`bars[${k}]`, bar, `later than bars[${k - 1}], ${out[k - 1]}`, fix);
    }
    out.push(bar);
  }
  return out;
}

/** Columns of the symbols to choose from, in the order of the panel: all, or those named. */
export function chosenColumns(
  field: string,
  panel: ClosePrices,
  symbols: readonly string[] | undefined,
): Int32Array {
  const known = panel.symbols;
  if (symbols === undefined) return Int32Array.from(known.keys());
  if (!Array.isArray(symbols) || symbols.length === 0) {
    throw new ValidationError(field, symbols, 'one or more symbols', 'name them, or leave it out for all');
  }
  const column = new Map(known.map((symbol, j) => [symbol, j]));
  const columns = new Set<number>();
  for (const symbol of symbols as readonly string[]) {
    const j = column.get(symbol);
    if (j === undefined) {
      const hint = nearestHint(String(symbol), known);
      throw new UnknownSymbolError(field, symbol, 'a symbol of the prices', hint);
    }
    if (columns.has(j)) throw new ValidationError(field, symbol, 'each symbol once', 'remove the repeat');
    columns.add(j);
  }
  return Int32Array.from(columns).sort();
}
