/** Words that the sentences about targets share. */
import type { ClosePrices } from './types.js';

/** `1 symbol`, `20 symbols`: how many there are to choose from. */
export function symbolCount(panel: ClosePrices, symbols: readonly string[] | undefined): string {
  const count = symbols?.length ?? panel.symbols.length;
  return `${count} ${count === 1 ? 'symbol' : 'symbols'}`;
}

/** `return over 252 bars ending 21 bars ago`. */
export function momentumWords(lookback: number, skip: number): string {
  const bars = (count: number): string => `${count} ${count === 1 ? 'bar' : 'bars'}`;
  return `return over ${bars(lookback)} ending ${skip === 0 ? 'at the bar' : `${bars(skip)} ago`}`;
}
