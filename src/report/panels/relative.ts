/** The strategy against the benchmark: value of one in units of the other, and the figures that compare them. */
import { chartSvg } from '../chart.js';
import { numberText } from '../format.js';
import type { ReportModel } from '../model.js';
import { panel, table } from '../panel.js';
import { linearScale } from '../scale.js';

export function relativePanel(model: ReportModel): string {
  if (!model.benchmark) return '';
  const ratio = model.equity.map((cents, i) => {
    const other = model.benchmark!.equity[i]!;
    return other > 0 ? cents / other : Number.NaN;
  });
  let low = 1;
  let high = 1;
  for (const value of ratio) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = linearScale(low, high, 5);
  const last = ratio[model.bars]!;
  const chart = chartSvg({
    id: 'relative-chart',
    title: 'Strategy divided by benchmark over time',
    description: `Starts at 1 and ends at ${numberText(last, 3)}. Above 1 the strategy is ahead.`,
    height: 220,
    columns: 500,
    time: model.narrowTime,
    scale,
    tickText: (value) => numberText(value, scale.decimals(1)),
    base: 1,
    series: [{ role: 'strategy', kind: 'line', values: ratio, endLabel: numberText(last, 2) }],
  });
  return panel({
    id: 'relative',
    title: 'Strategy against benchmark',
    sub: 'Value of the strategy divided by value of the benchmark, both starting at 1. A rising line is outperformance.',
    body: `<div class="columns">${chart}${relativeTable(model)}</div>`,
  });
}

function relativeTable(model: ReportModel): string {
  return table({
    label: 'Figures against the benchmark',
    words: true,
    columns: [{ head: 'Against the benchmark' }, { head: '' }],
    rows: model.relative.map(({ label, formula, text }) => ({ head: label, title: formula, cells: [text] })),
  });
}
