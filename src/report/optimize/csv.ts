/** Weights as a CSV table, which `nb-backtest run --weights` reads. */
import { formatDate } from '../../time.js';
import { csvNumber, csvText } from '../escape.js';
import type { OptimizeModel } from './model.js';

/**
 * One row a symbol, in the order of the price files, lines ending with a newline: `date`, `symbol`, `weight`.
 *
 * The date is that of the last price that was learnt from: a backtest then trades the weights at the bar after it.
 * Numbers have the fewest digits that give the same double back. Texts that a spreadsheet would read as a formula start
 * with an apostrophe.
 */
export function optimizeCsv({ input, rows }: OptimizeModel): string {
  const date = formatDate(input.to);
  const lines = rows.map(({ symbol, weight }) => `${date},${csvText(symbol)},${csvNumber(weight)}`);
  return `date,symbol,weight\n${lines.join('\n')}\n`;
}
