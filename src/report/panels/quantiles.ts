/** Spread of the returns over days, weeks, months, quarters and years, as boxes and as a table. */
import { percentOf, tenth } from '../coordinates.js';
import { numberText, percentText, typeset } from '../format.js';
import type { ReportModel } from '../model.js';
import { panel, shortLegend, table } from '../panel.js';
import { type BoxNumbers, type PeriodBox, periodBoxes } from '../period-boxes.js';
import { placer, plotSvg } from '../plot.js';
import { linearScale } from '../scale.js';
import { dotsPath } from '../shapes.js';

const HEIGHT = 240;

export function quantilesPanel(model: ReportModel): string {
  const boxes = periodBoxes(model.result, model.benchmark);
  return panel({
    id: 'quantiles',
    title: 'Return quantiles',
    sub: 'Box: the middle half of the returns, with the median. Whiskers: the last returns within 1.5 heights of the box; beyond, each is a dot.',
    aside: shortLegend(model),
    body: `<div class="columns">${chart(boxes)}${numbers(boxes)}</div>`,
  });
}

function chart(boxes: readonly PeriodBox[]): string {
  const all = boxes.flatMap(({ strategy, benchmark }) => (benchmark ? [strategy, benchmark] : [strategy]));
  const low = all.reduce((a, box) => Math.min(a, box.lowest), 0);
  const high = all.reduce((a, box) => Math.max(a, box.highest), 0);
  const scale = linearScale(low, high, 6);
  const slot = 1 / boxes.length;
  const spec = {
    id: 'quantiles-chart',
    title: 'Box plots of the returns by length of the period',
    description: boxes
      .map(({ label, strategy }) => `${label}: median ${percentText(strategy.median)}`)
      .join(', '),
    height: HEIGHT,
    scale,
    tickText: (value: number) => typeset(percentText(value, scale.decimals(0.01))),
    base: 0,
    ticks: boxes.map(({ label }, i) => ({ position: (i + 0.5) * slot, text: label })),
  };
  const y = placer(spec);
  const drawn = boxes.map(({ strategy, benchmark }, i) => {
    const middle = (i + 0.5) * slot;
    const width = slot * (benchmark ? 0.24 : 0.34);
    const parts = [box('strategy', strategy, benchmark ? middle - slot * 0.16 : middle, width, y)];
    if (benchmark) parts.push(box('benchmark', benchmark, middle + slot * 0.16, width, y));
    return parts;
  });
  const parts = drawn.flat();
  return plotSvg(spec, {
    inner: parts.map((part) => part.dots).join(''),
    over: parts.map((part) => part.box).join(''),
  });
}

function box(
  role: string,
  numbers: BoxNumbers,
  middle: number,
  width: number,
  y: (value: number) => number,
): { box: string; dots: string } {
  const at = (value: number): string => tenth(y(value));
  const x = percentOf(middle);
  const left = percentOf(middle - width / 2);
  const right = percentOf(middle + width / 2);
  const height = y(numbers.lowerQuartile) - y(numbers.upperQuartile);
  const line = (name: string, x1: string, x2: string, y1: string, y2: string): string =>
    `<line class="${name} ${role}" x1="${x1}" x2="${x2}" y1="${y1}" y2="${y2}"/>`;
  const { outliers } = numbers;
  return {
    box:
      line('whisker', x, x, at(numbers.lowerWhisker), at(numbers.lowerQuartile)) +
      line('whisker', x, x, at(numbers.upperQuartile), at(numbers.upperWhisker)) +
      `<rect class="range ${role}" x="${left}" y="${at(numbers.upperQuartile)}" width="${percentOf(width)}" height="${tenth(Math.max(height, 1))}"/>` +
      line('median', left, right, at(numbers.median), at(numbers.median)),
    dots:
      outliers.length === 0
        ? ''
        : `<path class="dots ${role}" d="${dotsPath(new Float64Array(outliers.length).fill(middle), outliers.map(y))}"/>`,
  };
}

function numbers(boxes: readonly PeriodBox[]): string {
  const text = (value: number): string => percentText(value, 1);
  return table({
    label: 'Quantiles of the returns by length of the period',
    columns: [
      { head: 'Strategy' },
      { head: 'Periods' },
      { head: 'Worst' },
      { head: '25%' },
      { head: 'Median' },
      { head: '75%' },
      { head: 'Best' },
    ],
    rows: boxes.map(({ label, strategy }) => ({
      head: label,
      cells: [
        numberText(strategy.count, 0),
        text(strategy.lowest),
        percentText(strategy.lowerQuartile),
        percentText(strategy.median),
        percentText(strategy.upperQuartile),
        text(strategy.highest),
      ],
    })),
  });
}
