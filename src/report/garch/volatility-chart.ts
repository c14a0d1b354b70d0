/** Conditional volatility over time, annualised, with the sizes of the returns faint behind it. */
import { chartSvg } from '../chart.js';
import { percentText } from '../format.js';
import type { ColumnWriter } from '../page-columns.js';
import type { PageChart } from '../page-data.js';
import { panel } from '../panel.js';
import { rangeOf } from '../range.js';
import { tightScale } from '../scale.js';
import type { TimeAxis } from '../time-axis.js';
import { legendHtml } from './legend.js';
import type { GarchInput, SymbolFit } from './types.js';

const HEIGHT = 300;

/** A panel of the page and what its script needs. */
export interface ChartPart {
  readonly html: string;
  readonly chart: PageChart;
}

/** The panel `id`; the values of its lines are added to `columns`. */
export function volatilityChart(
  id: string,
  title: string,
  input: GarchInput,
  symbol: SymbolFit,
  time: TimeAxis,
  columns: ColumnWriter,
): ChartPart {
  const { fit, returns, first } = symbol;
  const year = Math.sqrt(input.periodsPerYear);
  // A value for the start and each bar; that of the first close has no return.
  const placed = (values: Float64Array): Float64Array => {
    const out = new Float64Array(input.dates.length + 1).fill(Number.NaN);
    out.set(values, first + 2);
    return out;
  };
  const volatility = placed(fit.conditionalVariance.map((value) => Math.sqrt(value) * year));
  const sizes = placed(returns.map((value) => Math.abs(value) * year));
  const last = Math.sqrt(fit.conditionalVariance.at(-1)!) * year;
  columns.rounded(`${id}-0`, sizes);
  columns.rounded(`${id}-1`, volatility);
  const [, highest] = rangeOf([volatility]);
  const [, largest] = rangeOf([sizes]);
  // One crash must not press everything else to the ground.
  const most = Math.max(highest, Math.min(largest, 1.25 * highest));
  const scale = tightScale(0, most > 0 ? most : 0.01, 5);
  const cut =
    largest > scale.high ? ` The largest returns, up to ${percentText(largest, 0)}, leave the picture.` : '';
  const name = `${id}-chart`;
  const svg = chartSvg({
    id: name,
    title: 'Conditional volatility, annualised',
    description: `At the end ${percentText(last, 1)}, at most ${percentText(highest, 1)}.`,
    height: HEIGHT,
    columns: 1000,
    time,
    scale,
    tickText: (value) => percentText(value, scale.decimals(0.01)),
    base: 0,
    series: [
      { role: 'run-0', kind: 'area', values: sizes.map((value) => Math.min(value, scale.high)) },
      {
        role: 'strategy',
        kind: 'line',
        values: volatility,
        endLabel: percentText(last, 1),
      },
    ],
  });
  return {
    html: panel({
      id,
      title,
      sub: `Of each bar, as known from the returns before it, times the square root of ${input.periodsPerYear}; behind it the sizes of the returns on the same scale.${cut}`,
      aside: legendHtml([
        ['strategy', 'Volatility'],
        ['returns block', '|Return|'],
      ]),
      body: svg,
    }),
    chart: {
      id: name,
      panel: id,
      title: 'Conditional volatility',
      unit: 'percent',
      divisor: 1,
      base: 0,
      series: [
        { label: '|Return|, annualised', role: 'run-0', column: `${id}-0`, area: true },
        { label: 'Volatility', role: 'strategy', column: `${id}-1` },
      ],
    },
  };
}
