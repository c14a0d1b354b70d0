/** Return of every calendar year as a table: strategy, benchmark, and the difference of the two. */
import { percentText, signedPercentText } from '../format.js';
import type { PeriodReturn, ReportModel } from '../model.js';
import { empty, panel, table } from '../panel.js';

export function yearsPanel(model: ReportModel): string {
  const frame = { id: 'years', title: 'Year by year', half: true };
  if (model.result.dates === null) {
    return panel({ ...frame, body: empty('The result has no dates, so it has no years.') });
  }
  const compared = model.benchmark !== null;
  const cells = (strategy: number, benchmark: number): string[] =>
    compared
      ? [percentText(strategy), percentText(benchmark), signedPercentText(strategy - benchmark)]
      : [percentText(strategy)];
  const start = model.equity[0]!;
  const whole = (curve: Float64Array): number => curve[model.bars]! / start - 1;
  return panel({
    ...frame,
    sub: compared
      ? 'The difference is strategy minus benchmark, in percentage points.'
      : 'Compounded within the calendar year.',
    body: table({
      label: 'Yearly returns',
      columns: [
        { head: 'Year' },
        { head: 'Strategy' },
        ...(compared ? [{ head: 'Benchmark' }, { head: 'Difference' }] : []),
      ],
      rows: model.yearly.map(({ year, strategy, benchmark }: PeriodReturn) => ({
        head: String(year),
        cells: cells(strategy, benchmark),
      })),
      total: {
        head: 'All',
        cells: cells(whole(model.equity), model.benchmark ? whole(model.benchmark.equity) : Number.NaN),
      },
    }),
  });
}
