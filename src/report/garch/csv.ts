/** Volatility fits as one CSV table. */
import { formatDate } from '../../time.js';
import { csvNumber, csvText } from '../escape.js';
import type { GarchInput } from './types.js';

/**
 * One row a return, symbol after symbol, lines ending with a newline: `date`, `symbol`, `return`, then of this bar
 * `conditionalVolatility`, as known from the returns before it and not annualised, and `standardizedResidual`.
 *
 * Numbers have the fewest digits that give the same double back; NaN (the first bar with AR(1)) is an empty cell. Texts
 * that a spreadsheet would read as a formula start with an apostrophe. Forecasts are in the JSON.
 */
export function garchCsv({ dates, symbols }: GarchInput): string {
  const lines = ['date,symbol,return,conditionalVolatility,standardizedResidual'];
  for (const { symbol, first, returns, fit } of symbols) {
    const name = csvText(symbol);
    returns.forEach((value, k) => {
      const volatility = Math.sqrt(fit.conditionalVariance[k]!);
      const cells = [value, volatility, fit.stdResiduals[k]!].map(csvNumber);
      lines.push([formatDate(dates[first + 1 + k]!), name, ...cells].join(','));
    });
  }
  return `${lines.join('\n')}\n`;
}
