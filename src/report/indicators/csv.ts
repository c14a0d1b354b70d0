/** Indicators as one CSV table. */
import { formatDate } from '../../time.js';
import { csvNumber, csvText } from '../escape.js';
import { keyOf } from './names.js';
import type { IndicatorsInput } from './types.js';

/**
 * One row a date and symbol, dates rising, lines ending with a newline: `date`, `symbol`, `close`, then a column for
 * each output, named by indicator, parameters and output (`rsi_14`, `macd_12_26_9_signal`).
 *
 * Numbers have the fewest digits that give the same double back; NaN is an empty cell. Texts that a spreadsheet would
 * read as a formula start with an apostrophe.
 */
export function indicatorsCsv({ dates, asked, symbols }: IndicatorsInput): string {
  const keys = asked.flatMap((each) => each.row.outputs.map((_, k) => keyOf(each, k)));
  const lines = [['date', 'symbol', 'close', ...keys].map(csvText).join(',')];
  const names = symbols.map(({ symbol }) => csvText(symbol));
  const columns = symbols.map(({ close, outputs }) => [close, ...outputs.flat()]);
  for (let bar = 0; bar < dates.length; bar++) {
    const date = formatDate(dates[bar]!);
    columns.forEach((values, j) => {
      lines.push([date, names[j]!, ...values.map((column) => csvNumber(column[bar]!))].join(','));
    });
  }
  return `${lines.join('\n')}\n`;
}
