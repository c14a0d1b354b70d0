/** How far the account stands below its highest value so far. */
import { chartSvg } from '../chart.js';
import { percentText, typeset } from '../format.js';
import type { ReportModel } from '../model.js';
import { legend, panel } from '../panel.js';
import { linearScale } from '../scale.js';

/** Falls below this are the rounding of cents: the axis does not magnify them. */
const FLAT = 1e-5;

export function drawdownPanel(model: ReportModel): string {
  const curves = [model.drawdown, ...(model.benchmark ? [model.benchmark.drawdown] : [])].map((curve) =>
    curve.map((fraction) => -fraction),
  );
  const own = curves[0]!;
  let low = 0;
  let trough = 0;
  for (const curve of curves) for (const value of curve) if (value < low) low = value;
  for (let i = 0; i <= model.bars; i++) if (own[i]! < own[trough]!) trough = i;
  const depth = own[trough]!;
  const place = `${percentText(depth, 1)}, ${model.label(trough - 1)}`;
  const scale = linearScale(low < -FLAT ? low : -0.01, 0, 4);
  return panel({
    id: 'drawdown',
    title: 'Drawdown',
    sub: 'Loss from the highest equity so far.',
    aside: model.benchmark ? legend(model) : '',
    body: chartSvg({
      id: 'drawdown-chart',
      title: 'Drawdown over time',
      description:
        depth < 0 ? `The deepest drawdown is ${place}.` : 'The equity never fell below an earlier value.',
      height: 170,
      columns: 1000,
      time: model.time,
      scale,
      tickText: (value) => typeset(percentText(value, scale.decimals(0.01))),
      base: 0,
      series: [
        { role: 'strategy' as const, kind: 'area' as const, values: own },
        ...(model.benchmark
          ? [{ role: 'benchmark' as const, kind: 'line' as const, values: curves[1]! }]
          : []),
      ],
      notes: depth < 0 ? [{ at: trough, value: depth, text: typeset(place) }] : [],
    }),
  });
}
