/** Value of the account over time, beside the same money in the benchmark. */
import { chartSvg } from '../chart.js';
import { WORST_SHOWN } from '../drawdown-rows.js';
import { compactText, compactTicks, moneyText, signedPercentText } from '../format.js';
import type { ReportModel } from '../model.js';
import { legend, panel } from '../panel.js';
import { thinned } from '../stops-model.js';
import { stopKey, stopShapes } from './stops.js';
import { rangeOf } from '../range.js';
import { linearScale, logScale, type ValueScale } from '../scale.js';

/** Ratio of largest to smallest value from which equal ratios matter more than equal amounts. */
const LOG_FROM = 5;

export function equityPanel(model: ReportModel): string {
  const curves = [model.equity.map((cents) => cents / 100)];
  if (model.benchmark) curves.push(model.benchmark.equity.map((cents) => cents / 100));
  const scale = scaleOf(curves);
  const start = moneyText(model.equity[0]);
  const end = moneyText(model.equity[model.bars]);
  const growth = signedPercentText(model.result.equityCurve[model.bars]! / model.result.equityCurve[0]! - 1);
  const falls = Math.min(model.drawdowns.length, WORST_SHOWN);
  const shaded =
    falls > 0
      ? ` Shaded: the ${falls === 1 ? 'deepest fall' : `${falls} deepest falls`}, from peak to trough.`
      : '';
  const same = model.benchmark ? ' The benchmark starts with the same money.' : '';
  const exits =
    model.stops === null
      ? []
      : thinned(
          model.stops.exits.map(({ event }) => ({ kind: event.reason, bar: event.bar })),
          model.bars,
        );
  const marked = exits.length > 0 ? ' Marks: exits by stops, the first of those close together.' : '';
  return panel({
    id: 'equity',
    title: 'Equity',
    sub: `From ${start} to ${end}.${same}${shaded}${marked}`,
    aside: `${legend(model)}${exits.length > 0 ? stopKey(model.stops!, false) : ''}`,
    body: `${stopShapes(model)}${chartSvg({
      id: 'equity-chart',
      title: scale.kind === 'log' ? 'Equity over time, logarithmic scale' : 'Equity over time',
      description: `Equity goes from ${start} on ${model.from} to ${end} on ${model.to}, ${growth}.`,
      height: 320,
      columns: 1000,
      time: model.time,
      scale,
      tickText:
        scale.kind === 'log'
          ? compactText
          : compactTicks(scale.ticks[scale.ticks.length - 1] ?? 1, scale.decimals),
      ...(scale.kind === 'log' ? { axisNote: 'logarithmic scale' } : {}),
      bands: model.drawdowns.slice(0, WORST_SHOWN).map((row) => [row.peakIndex, row.troughIndex] as const),
      series: curves
        .map((values, i) => ({
          role: i === 0 ? ('strategy' as const) : ('benchmark' as const),
          kind: 'line' as const,
          values,
          endLabel: compactText(values[model.bars]!),
        }))
        .reverse(),
      marks: exits.map(({ kind, bar }) => ({ kind, at: bar + 1, value: curves[0]![bar + 1]! })),
    })}`,
  });
}

function scaleOf(curves: readonly Float64Array[]): ValueScale {
  const [low, high] = rangeOf(curves);
  return low > 0 && high / low >= LOG_FROM ? logScale(low * 0.96, high * 1.04) : linearScale(low, high, 5);
}
