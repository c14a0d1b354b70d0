/** The series of one symbol of a panel: its decimals as doubles, without gaps between its first and its last price. */
import type { Mat } from '../check.js';
import { DataError, showValue } from '../errors.js';
import type { InputName } from '../indicators/indicator.js';
import type { PricePanel } from '../series/price-panel.js';
import { formatDate } from '../time.js';
import { columnOf } from './columns.js';

/** A column as doubles: ticks / scale, rounded once, is the double nearest to the decimal of the file. */
export function decimals(mat: Mat, j: number, scale: number): Float64Array {
  return columnOf(mat, j).map((ticks) => ticks / scale);
}

/** A value missing between others would make everything behind it missing. What ends with the prices is no gap. */
export function checkGaps(
  panel: PricePanel,
  symbol: string,
  name: InputName,
  values: Float64Array,
  close: Float64Array,
): void {
  const start = values.findIndex((value) => !Number.isNaN(value));
  let end = values.length;
  while (end > 0 && Number.isNaN(close[end - 1])) end -= 1;
  const gap = start < 0 ? -1 : values.findIndex((value, i) => i > start && i < end && Number.isNaN(value));
  if (gap < 0) return;
  const column = name === 'values' ? 'close' : name;
  const day = formatDate(panel.dates[gap]!);
  const constraint = `${column === 'open' ? 'an' : 'a'} ${column} on every date from its first to its last`;
  // Policies for missing prices go by the close.
  const fix = Number.isNaN(close[gap])
    ? 'write --missing-cells carry (the last price) or --missing-cells drop (leave the date out)'
    : `fill in the ${column}${column === 'volume' ? ', 0 if nothing was traded' : ''}, or leave the row out`;
  throw new DataError(
    `${showValue(symbol)} must have ${constraint}, but has none on ${day}. Fix: ${fix}`,
    {},
    { detail: { field: `${symbol} ${column}`, value: day, constraint, fix } },
  );
}

/** The first few names, for a sentence. */
export function some(symbols: readonly string[]): string {
  return `${symbols.slice(0, 5).map(showValue).join(', ')}${symbols.length > 5 ? ', …' : ''}`;
}

/** A sentence about the symbols without a price on the last date; none where there is no such symbol. */
export function endedNote(
  { dates }: PricePanel,
  symbols: readonly { readonly symbol: string; readonly close: Float64Array }[],
): string[] {
  const ended = symbols.filter(({ close }) => Number.isNaN(close[close.length - 1]));
  if (ended.length === 0) return [];
  const last = formatDate(dates[dates.length - 1]!);
  return [`Prices end before ${last}: ${some(ended.map(({ symbol }) => symbol))}.`];
}
