/** The deepest falls from a peak, with their dates and lengths. */

import { WORST_SHOWN } from '../drawdown-rows.js';
import { numberText, percentText } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel, table } from '../panel.js';

export function drawdownsPanel(model: ReportModel): string {
  const rows = model.drawdowns.slice(0, WORST_SHOWN);
  const unit = model.result.dates === null ? 'bars' : 'calendar days';
  return panel({
    id: 'drawdowns',
    title: 'Worst drawdowns',
    sub: `From the peak to the day the equity was back at it; lengths in ${unit}. Those in the table are shaded in the chart of the equity.`,
    body:
      rows.length === 0
        ? empty('The equity never fell below an earlier value.')
        : table({
            label: 'Worst drawdowns',
            columns: [
              { head: 'Peak' },
              { head: 'Trough' },
              { head: 'Recovered' },
              { head: 'Depth' },
              { head: 'Fall' },
              { head: 'Recovery' },
              { head: 'Length' },
            ],
            rows: rows.map((row) => ({
              head: row.peak,
              cells: [
                row.trough,
                row.recovered ?? 'not yet',
                percentText(row.depth),
                numberText(row.fall, 0),
                numberText(row.rise, 0),
                numberText(row.length, 0),
              ],
            })),
          }),
  });
}
