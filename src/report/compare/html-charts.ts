/** Curves of all runs over each other: value and drawdown. */
import { chartSvg } from '../chart.js';
import { compactText, compactTicks, numberText, percentText, typeset } from '../format.js';
import { panel } from '../panel.js';
import { rangeOf } from '../range.js';
import { linearScale, logScale, type ValueScale } from '../scale.js';
import { calendarTicks, type TimeAxis, timeAxis } from '../time-axis.js';
import { runLegend } from './html-parts.js';
import type { CompareModel } from './model.js';
import { runClass } from './style.js';

/** Ratio of largest to smallest value from which equal ratios matter more than equal amounts. */
const LOG_FROM = 5;
/** Pixel columns of the curves: half of the report's, so that dashes stay visible on rough lines. */
const COLUMNS = 500;
const TICKS = 12;

export function curvesPanel(model: CompareModel): string {
  const scale = valueScale(model.runs.map((run) => run.curve));
  const last = model.span.periods;
  const ends = model.runs.map(({ letter, curve }) => `${letter} ${numberText(curve[last], 1)}`).join(', ');
  const start = model.span.base === 'initial' ? 'before the first bar' : `at the close of ${model.label(0)}`;
  return panel({
    id: 'curves',
    title: 'Value of 100',
    sub: `Every run is 100 ${start}.${scale.kind === 'log' ? ' Logarithmic scale: equal distances are equal ratios.' : ''}`,
    aside: runLegend(model.runs),
    body: chartSvg({
      id: 'curves-chart',
      title: scale.kind === 'log' ? 'Value over time, logarithmic scale' : 'Value over time',
      description: `100 on ${model.from} becomes on ${model.to}: ${ends}.`,
      height: 340,
      columns: COLUMNS,
      time: axisOf(model),
      scale,
      tickText:
        scale.kind === 'log'
          ? compactText
          : compactTicks(scale.ticks[scale.ticks.length - 1] ?? 1, scale.decimals),
      ...(scale.kind === 'log' ? { axisNote: 'logarithmic scale' } : {}),
      base: 100,
      series: lines(
        model,
        (run) => run.curve,
        (value) => compactText(value),
      ),
    }),
  });
}

export function drawdownsPanel(model: CompareModel): string {
  const curves = new Map(model.runs.map((run) => [run, run.drawdown.map((fraction) => -fraction)]));
  let low = 0;
  for (const curve of curves.values()) for (const value of curve) if (value < low) low = value;
  const scale = linearScale(low < 0 ? low : -0.01, 0, 4);
  const depths = model.runs
    .map(({ letter, worst }) => `${letter} ${worst === null ? 'none' : percentText(worst.depth, 1)}`)
    .join(', ');
  return panel({
    id: 'underwater',
    title: 'Drawdown',
    sub: 'Loss from the highest value so far.',
    aside: runLegend(model.runs, true),
    body: chartSvg({
      id: 'underwater-chart',
      title: 'Drawdowns over time',
      description: `The deepest of each run: ${depths}.`,
      height: 230,
      columns: COLUMNS,
      time: axisOf(model),
      scale,
      tickText: (value) => typeset(percentText(value, scale.decimals(0.01))),
      base: 0,
      series: lines(
        model,
        (run) => curves.get(run)!,
        (value) => typeset(percentText(value, 0)),
      ),
    }),
  });
}

/** The first run is drawn last, on top; runs without a value are left out. */
function lines(
  model: CompareModel,
  values: (run: CompareModel['runs'][number]) => Float64Array,
  text: (value: number) => string,
): Parameters<typeof chartSvg>[0]['series'] {
  const last = model.span.periods;
  return model.runs
    .map((run, i) => ({
      role: runClass(i),
      kind: 'line' as const,
      values: values(run),
      endLabel: `${run.letter} ${text(values(run)[last]!)}`,
    }))
    .filter((series) => !Number.isNaN(series.values[last]))
    .reverse();
}

/** Every point at its day. Curves that start before the first bar start one day to its left, as in the report. */
function axisOf(model: CompareModel): TimeAxis {
  const { span } = model;
  if (span.base === 'initial' || span.points === null) return timeAxis(span.dates, span.periods, TICKS);
  const first = span.points[0]!;
  const last = span.points[span.periods]!;
  const place = (day: number): number => (day - first) / (last - first);
  return {
    position: Float64Array.from(span.points, place),
    ticks: calendarTicks(first, last, TICKS).map(({ day, text }) => ({ position: place(day), text })),
  };
}

function valueScale(curves: readonly Float64Array[]): ValueScale {
  const [low, high] = rangeOf(curves);
  return low > 0 && high / low >= LOG_FROM ? logScale(low * 0.96, high * 1.04) : linearScale(low, high, 6);
}
