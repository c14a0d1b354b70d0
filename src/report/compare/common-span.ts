/** The dates that all runs have, and the conventions under which their figures can stand side by side. */
import { pow } from '../../../kernels/special/pow.js';
import { InsufficientDataError, ShapeError } from '../../errors.js';
import type { MetricsProfile } from '../../metrics/types.js';
import { formatDate } from '../../time.js';
import type { ReportDocument } from './types.js';

/** The span that all runs share: points in time, and one period between each and the next. */
export interface CommonSpan {
  /**
   * Where every curve starts. `initial`: all runs begin on the same day, so with their initial cash, before that
   * day's bar. `close`: they do not, so after the bar of the first common date.
   */
  readonly base: 'initial' | 'close';
  readonly periods: number;
  /** Epoch day at the end of every period; null where the runs have no dates. */
  readonly dates: Int32Array | null;
  /** Epoch day of every point, periods + 1; an initial base stands on the day of the first bar. */
  readonly points: Int32Array | null;
  /** For every run: the index into its equity of every point, periods + 1, rising. */
  readonly places: readonly Int32Array[];
}

/** Conventions of the figures of the common span: the same for every run. */
export interface CommonConventions {
  readonly periodsPerYear: number;
  /** Return of one period. */
  readonly riskFree: number;
  readonly profile: MetricsProfile;
}

/**
 * The span that all runs share. Throws `InsufficientDataError` when fewer than two points are common to all,
 * `ShapeError` when runs without dates differ in length or stand beside runs with dates. O(bars of all runs).
 */
export function commonSpan(runs: readonly ReportDocument[]): CommonSpan {
  const dated = runs.filter((run) => run.dates !== null);
  if (dated.length < runs.length) return spanOfBars(runs);
  const days = runs.map((run) => run.dates!);
  const shared = days.reduce(intersection);
  const base = days.every((own) => own[0] === days[0]![0]) ? 'initial' : 'close';
  const periods = base === 'initial' ? shared.length : shared.length - 1;
  if (periods < 1) throw nothingShared(runs, shared.length);
  const places = days.map((own) => {
    const out = new Int32Array(periods + 1);
    let bar = 0;
    for (let k = 0; k < shared.length; k++) {
      while (own[bar]! < shared[k]!) bar++;
      // The equity after bar b is number b + 1; before the first bar it is number 0.
      out[base === 'initial' ? k + 1 : k] = bar + 1;
    }
    return out;
  });
  const dates = base === 'initial' ? shared : shared.subarray(1);
  const points = base === 'initial' ? new Int32Array(shared.length + 1) : shared;
  if (base === 'initial') {
    points[0] = shared[0]!;
    points.set(shared, 1);
  }
  return { base, periods, dates, points, places };
}

/** Bars of a run within the span; more than `periods` where it has dates that others lack. */
export function barsWithin(span: CommonSpan, run: number): number {
  const places = span.places[run]!;
  return places[span.periods]! - places[0]!;
}

/** Whether the span is the whole of a run, bar by bar. */
export function isWhole(span: CommonSpan, run: number, bars: number): boolean {
  return span.base === 'initial' && span.periods === bars && barsWithin(span, run) === bars;
}

/** Returns of a run over the periods of the span: of one bar as it stands, of several bars compounded. */
export function returnsWithin(span: CommonSpan, run: number, returns: Float64Array): Float64Array {
  const places = span.places[run]!;
  return Float64Array.from({ length: span.periods }, (_, k) => {
    const from = places[k]!;
    const to = places[k + 1]!;
    if (to - from === 1) return returns[from]!;
    let growth = 1;
    for (let bar = from; bar < to; bar++) growth *= 1 + returns[bar]!;
    return growth - 1;
  });
}

/**
 * The conventions to compare by. Periods in a year: of every run, its own number times the share of its bars that
 * are periods of the span; the least of these. Risk-free return and profile: the first run's, the return brought to
 * those periods.
 */
export function commonConventions(runs: readonly ReportDocument[], span: CommonSpan): CommonConventions {
  const first = runs[0]!;
  const periodsPerYear = runs.reduce((least, run, i) => {
    const bars = barsWithin(span, i);
    // Not multiplied and divided by the same number: that can move the last digit.
    const own = bars === span.periods ? run.periodsPerYear : (run.periodsPerYear * span.periods) / bars;
    return Math.min(least, own);
  }, Infinity);
  const riskFree =
    periodsPerYear === first.periodsPerYear || first.riskFree === 0
      ? first.riskFree
      : pow(1 + first.riskFree, first.periodsPerYear / periodsPerYear) - 1;
  return { periodsPerYear, riskFree, profile: first.profile };
}

/** Risk-free return of a year. */
export function annualRiskFree(run: ReportDocument): number {
  return pow(1 + run.riskFree, run.periodsPerYear) - 1;
}

function intersection(a: Int32Array, b: Int32Array): Int32Array {
  const out = new Int32Array(Math.min(a.length, b.length));
  let count = 0;
  let j = 0;
  for (const day of a) {
    while (j < b.length && b[j]! < day) j++;
    if (j < b.length && b[j] === day) out[count++] = day;
  }
  return out.slice(0, count);
}

/** Without dates runs can only be compared bar by bar, from the first to the last. */
function spanOfBars(runs: readonly ReportDocument[]): CommonSpan {
  const first = runs[0]!;
  for (const run of runs) {
    if ((run.dates === null) !== (first.dates === null)) {
      throw new ShapeError(
        `dates of ${run.file}`,
        run.dates === null ? 'none' : 'present',
        `${first.dates === null ? 'none' : 'present'}, as in ${first.file}`,
        'run all backtests with dates',
      );
    }
    if (run.bars !== first.bars) {
      throw new ShapeError(
        `bars of ${run.file}`,
        run.bars,
        `${first.bars}, as in ${first.file}: without dates only runs of the same bars can be compared`,
        'run the backtests with dates, or over the same bars',
      );
    }
  }
  const places = runs.map(() => Int32Array.from({ length: first.bars + 1 }, (_, i) => i));
  return { base: 'initial', periods: first.bars, dates: null, points: null, places };
}

function nothingShared(runs: readonly ReportDocument[], shared: number): InsufficientDataError {
  const latest = runs.reduce((a, b) => (b.dates![0]! > a.dates![0]! ? b : a));
  const earliest = runs.reduce((a, b) => (last(b) < last(a) ? b : a));
  const apart = latest.dates![0]! > last(earliest);
  const why = apart
    ? `${earliest.file} ends ${formatDate(last(earliest))}, before ${latest.file} begins ${formatDate(latest.dates![0]!)}`
    : `they share ${shared} ${shared === 1 ? 'date' : 'dates'}`;
  return new InsufficientDataError(
    `the runs have no period in common: ${why}. Fix: run the backtests over the same years`,
  );
}

function last(run: ReportDocument): number {
  return run.dates![run.bars - 1]!;
}
