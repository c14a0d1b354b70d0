/** Axes of a plot: the same kinds of ticks and texts as the drawings have, for any part of the time. */
import { compactText, compactTicks, numberText, percentText, typeset } from '../format.js';
import type { PageChart } from '../page-data.js';
import { decimalsOf, logTicks } from '../scale.js';
import { calendarTicks, type DayTick } from '../time-axis.js';
import type { Look } from './look.js';
import type { PlotAxis } from './plot.js';

/** Pixels that a tick of the time axis needs. */
const TICK_WIDTH = 80;

const BAR_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5];

/** Both axes; the axis of values is `beside` px wider than that of the drawing. `look` and `width` (px of the plotting area) are asked at every drawing, so that the colours may change. */
export function plotAxes(
  unit: PageChart['unit'],
  dated: boolean,
  log: boolean,
  beside: number,
  look: () => Look,
  width: () => number,
): PlotAxis[] {
  const days = (min: number, max: number): readonly DayTick[] =>
    calendarTicks(Math.ceil(min), Math.floor(max), Math.max(2, Math.floor(width() / TICK_WIDTH)));
  const { below, left, font } = look();
  const none = { show: false };
  return [
    {
      size: below,
      gap: 3,
      font,
      stroke: () => look().text,
      grid: none,
      ticks: { size: 5, width: 1, stroke: () => look().tick },
      ...(dated
        ? {
            splits: (_, __, min, max) => days(min, max).map(({ day }) => day),
            values: (u, splits) => dayTexts(days(u.scales.x?.min ?? 0, u.scales.x?.max ?? 0), splits),
          }
        : { incrs: BAR_STEPS, values: (_, splits) => splits.map(String) }),
    },
    {
      size: left + beside,
      gap: 8,
      font,
      stroke: () => look().text,
      ticks: none,
      grid: { width: 1, stroke: () => look().grid },
      ...(log ? { splits: (_, __, min, max) => logTicks(min, max), filter: (_, splits) => splits } : {}),
      values: (_, splits, __, ___, step) => valueTexts(unit, log, splits, step),
    },
  ];
}

function dayTexts(ticks: readonly DayTick[], splits: readonly number[]): string[] {
  const texts = new Map(ticks.map(({ day, text }) => [day, text]));
  return splits.map((day) => texts.get(day) ?? '');
}

function valueTexts(
  unit: PageChart['unit'],
  log: boolean,
  splits: readonly number[],
  step: number,
): string[] {
  if (unit === 'percent') {
    return splits.map((value) => typeset(percentText(value, decimalsOf(step / 0.01))));
  }
  if (unit === 'number') return splits.map((value) => typeset(numberText(value, decimalsOf(step))));
  const largest = splits[splits.length - 1] ?? 1;
  return splits.map(log ? compactText : compactTicks(largest, (size) => decimalsOf(step / size)));
}
