/** What trading cost and how much was traded, year by year. */

import type { CostYear } from '../cost-years.js';
import { moneyText, numberText, percentText } from '../format.js';
import type { ReportModel } from '../model.js';
import { panel, table } from '../panel.js';

export function costsPanel(model: ReportModel): string {
  const cells = (row: CostYear): string[] => [
    percentText(row.turnover, 0),
    numberText(row.trades, 0),
    moneyText(row.costCents),
    numberText(row.bps, 1),
  ];
  return panel({
    id: 'costs',
    title: 'Costs and turnover',
    half: true,
    sub: 'Turnover counts buys and sells; bps are of the mean equity.',
    body: table({
      label: 'Costs and turnover by year',
      columns: [
        { head: model.result.dates === null ? 'Span' : 'Year' },
        { head: 'Turnover' },
        { head: 'Trades' },
        { head: 'Costs' },
        { head: 'bps' },
      ],
      rows: model.costYears.map((row) => ({ head: row.label, cells: cells(row) })),
      total: { head: 'All', cells: cells(model.costs) },
    }),
  });
}
