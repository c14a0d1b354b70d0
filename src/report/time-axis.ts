/** The horizontal axis of time charts: calendar days where the result has dates, bar numbers where it has none. */
import { civilFromDays, daysFromCivil, formatDate } from '../time.js';
import { tightScale } from './scale.js';

interface TimeTick {
  /** From 0 (left) to 1 (right). */
  readonly position: number;
  readonly text: string;
}

/** Places of the points of an equity curve: the start, then one point a bar. */
export interface TimeAxis {
  /** bars + 1 positions from 0 to 1, rising. */
  readonly position: Float64Array;
  readonly ticks: readonly TimeTick[];
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Months between ticks, tried from the finest. */
const STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];

/**
 * The axis of `bars` bars, with at most `tickCount` ticks. The start stands one day before the first bar, so that
 * every curve begins at its starting value.
 *
 * dates  epoch days, strictly increasing, or null
 */
export function timeAxis(dates: Int32Array | null, bars: number, tickCount = 12): TimeAxis {
  if (dates === null) return barAxis(bars, tickCount);
  const first = dates[0]! - 1;
  const last = dates[bars - 1]!;
  const place = (day: number): number => (day - first) / (last - first);
  const position = new Float64Array(bars + 1);
  for (let bar = 0; bar < bars; bar++) position[bar + 1] = place(dates[bar]!);
  const days = calendarTicks(first, last, tickCount);
  return { position, ticks: days.map(({ day, text }) => ({ position: place(day), text })) };
}

export interface DayTick {
  readonly day: number;
  readonly text: string;
}

/** Round days from `first` to `last` (epoch days), about `count` of them, with the text that stands there. */
export function calendarTicks(first: number, last: number, count: number): DayTick[] {
  return last - first <= 62 ? dayTicks(first, last, count) : monthTicks(first, last, count);
}

function dayTicks(first: number, last: number, count: number): DayTick[] {
  const step = [1, 2, 7, 14].find((days) => (last - first) / days < count) ?? 14;
  const ticks: DayTick[] = [];
  for (let day = first + 1; day <= last; day += step) ticks.push({ day, text: formatDate(day).slice(5) });
  return ticks;
}

function monthTicks(first: number, last: number, count: number): DayTick[] {
  const from = civilFromDays(first + 1);
  const to = civilFromDays(last);
  const months = (to.year - from.year) * 12 + (to.month - from.month);
  const step = STEPS.find((candidate) => months / candidate <= count) ?? 1200;
  const ticks: DayTick[] = [];
  const start = Math.ceil((from.year * 12 + from.month - 1) / step) * step;
  for (let month = start; month <= to.year * 12 + to.month - 1; month += step) {
    const year = Math.floor(month / 12);
    const day = daysFromCivil(year, (month % 12) + 1, 1);
    if (day < first || day > last) continue;
    const name = MONTHS[month % 12]!;
    const text =
      step >= 12 || month % 12 === 0 ? String(year) : ticks.length === 0 ? `${name} ${year}` : name;
    ticks.push({ day, text });
  }
  return ticks;
}

function barAxis(bars: number, count: number): TimeAxis {
  const position = Float64Array.from({ length: bars + 1 }, (_, i) => i / bars);
  const ticks = tightScale(0, bars, Math.min(count, 8)).ticks.filter(Number.isInteger);
  return { position, ticks: ticks.map((bar) => ({ position: bar / bars, text: String(bar) })) };
}
