/** The deepest falls from a peak, with their dates and lengths. */
import { numberText, percentText } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel, table } from '../panel.js';

/** Rows of the table: ten, or as many as the table of years beside it has, up to twenty. */
const WORST_MIN = 10;
const WORST_MAX = 20;

export function drawdownsPanel(model: ReportModel): string {
  const rows = model.drawdowns.slice(0, Math.min(WORST_MAX, Math.max(WORST_MIN, model.costYears.length)));
  const unit = model.result.dates === null ? 'bars' : 'days';
  return panel({
    id: 'drawdowns',
    title: 'Worst drawdowns',
    half: true,
    sub: `From the peak to the day the equity was back at it, in ${model.result.dates === null ? 'bars' : 'calendar days'}.`,
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
              { head: `Length, ${unit}` },
            ],
            rows: rows.map((row) => ({
              head: row.peak,
              cells: [
                row.trough,
                row.recovered ?? 'not yet',
                percentText(row.depth),
                numberText(row.length, 0),
              ],
            })),
          }),
  });
}
