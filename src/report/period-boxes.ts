/** How returns spread over periods of growing length: days, weeks, months, quarters, years. */
import { quantileLinear } from '../../kernels/stats/quantile.js';
import type { BacktestResult } from '../backtest/types.js';
import { civilFromDays } from '../time.js';
import type { BenchmarkModel } from './benchmark-model.js';

/** Whiskers reach to the last value within this many interquartile ranges of the box (Tukey 1977). */
const WHISKER = 1.5;

/** Numbers that summarise one set of returns. */
export interface BoxNumbers {
  readonly count: number;
  readonly lowest: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly highest: number;
  /** The most distant values within 1.5 interquartile ranges of the box. */
  readonly lowerWhisker: number;
  readonly upperWhisker: number;
  /** Values beyond the whiskers, rising. */
  readonly outliers: Float64Array;
}

/** The returns of all periods of one length. */
export interface PeriodBox {
  readonly label: string;
  readonly strategy: BoxNumbers;
  readonly benchmark: BoxNumbers | null;
}

/** A number that is the same for all days of a period and grows from period to period. */
type PeriodOf = (day: number) => number;

const PERIODS: readonly (readonly [string, PeriodOf])[] = [
  // Day 0 was a Thursday; weeks begin on Monday.
  ['Week', (day) => Math.floor((day + 3) / 7)],
  ['Month', (day) => monthOf(day)],
  ['Quarter', (day) => Math.floor(monthOf(day) / 3)],
  ['Year', (day) => civilFromDays(day).year],
];

/**
 * One box for the bars themselves and one for each longer period of the calendar, the shortest first. Returns are
 * compounded within the period; the first and the last period may be partial. A length whose periods are those of the
 * length before it is left out. Without dates only the bars remain. O(bars log bars).
 */
export function periodBoxes(result: BacktestResult, benchmark: BenchmarkModel | null): PeriodBox[] {
  const { returns, dates } = result;
  const boxes: PeriodBox[] = [
    {
      label: barLabel(dates),
      strategy: boxOf(returns),
      benchmark: benchmark && boxOf(benchmark.returns),
    },
  ];
  if (dates === null) return boxes;
  for (const [label, periodOf] of PERIODS) {
    const grown = compound(returns, dates, periodOf);
    if (grown.length === boxes[boxes.length - 1]!.strategy.count) continue;
    boxes.push({
      label,
      strategy: boxOf(grown),
      benchmark: benchmark && boxOf(compound(benchmark.returns, dates, periodOf)),
    });
  }
  return boxes;
}

/** Quartiles (interpolated, type 7), whiskers and outliers of one or more numbers. O(n log n). */
export function boxOf(values: Float64Array): BoxNumbers {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const scratch = new Float64Array(n);
  const quartile = (q: number): number => quantileLinear(sorted, q, scratch);
  const lowerQuartile = quartile(0.25);
  const upperQuartile = quartile(0.75);
  const reach = WHISKER * (upperQuartile - lowerQuartile);
  let first = 0;
  let last = n - 1;
  while (sorted[first]! < lowerQuartile - reach) first++;
  while (sorted[last]! > upperQuartile + reach) last--;
  const outliers = new Float64Array(first + (n - 1 - last));
  outliers.set(sorted.subarray(0, first));
  outliers.set(sorted.subarray(last + 1), first);
  return {
    count: n,
    lowest: sorted[0]!,
    lowerQuartile,
    median: quartile(0.5),
    upperQuartile,
    highest: sorted[n - 1]!,
    lowerWhisker: sorted[first]!,
    upperWhisker: sorted[last]!,
    outliers,
  };
}

/** Product of (1 + r) − 1 of every period that has a bar. */
function compound(returns: Float64Array, dates: Int32Array, periodOf: PeriodOf): Float64Array {
  const grown: number[] = [];
  let growth = 1;
  for (let bar = 0; bar < returns.length; bar++) {
    growth *= 1 + returns[bar]!;
    if (bar + 1 < returns.length && periodOf(dates[bar + 1]!) === periodOf(dates[bar]!)) continue;
    grown.push(growth - 1);
    growth = 1;
  }
  return Float64Array.from(grown);
}

/** `Day` where the typical step from bar to bar is a day. */
function barLabel(dates: Int32Array | null): string {
  if (dates === null || dates.length < 2) return 'Bar';
  let single = 0;
  for (let bar = 1; bar < dates.length; bar++) if (dates[bar]! - dates[bar - 1]! === 1) single++;
  return single * 2 > dates.length - 1 ? 'Day' : 'Bar';
}

function monthOf(day: number): number {
  const { year, month } = civilFromDays(day);
  return year * 12 + month - 1;
}
