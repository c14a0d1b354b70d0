/** The report's daily series as one CSV table. */
import { formatCents } from '../money.js';
import { csvNumber, csvText } from './escape.js';
import { reportModel } from './model.js';
import type { ReportInput } from './types.js';

const COLUMNS = ['date', 'equity', 'cash', 'return', 'drawdown', 'benchmark', 'turnover', 'cost'];

/**
 * One row a bar, lines ending with a newline:
 *
 * date       `YYYY-MM-DD`, or the bar's number from 1 where the result has no dates
 * equity     after the bar, in currency units with two decimals; so are cash and cost
 * return     of the bar, a fraction in the fewest digits that give the same double back
 * drawdown   positive fraction of the highest equity so far
 * benchmark  return of the benchmark; empty where there is none
 * turnover   traded value as a fraction of the equity before the trades
 *
 * Numbers are plain: no grouping, no percent signs, a dot before decimals, NaN an empty cell. Text cells that a
 * spreadsheet would read as a formula start with an apostrophe.
 */
export function reportCsv(input: ReportInput): string {
  const model = reportModel(input);
  const { result } = model;
  const lines = [COLUMNS.map(csvText).join(',')];
  for (let bar = 0; bar < model.bars; bar++) {
    lines.push(
      [
        csvText(result.dates === null ? String(bar + 1) : model.label(bar)),
        formatCents(result.equityCurve[bar + 1]!, { grouping: false }),
        formatCents(result.cash[bar + 1]!, { grouping: false }),
        csvNumber(result.returns[bar]!),
        csvNumber(model.drawdown[bar + 1]!),
        input.benchmark ? csvNumber(input.benchmark.returns[bar]!) : '',
        csvNumber(result.turnover[bar]!),
        formatCents(result.costs[bar]!, { grouping: false }),
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
