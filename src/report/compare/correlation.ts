/** How alike the runs moved: Pearson's correlation of their returns, month by month where there are months. */
import { benchmarkMetrics, monthlyReturns } from '../../metrics/index.js';

/** Periods from which a correlation says something: two always lie on a line. */
const PERIODS_MIN = 3;

export interface Correlation {
  /** What one return of the matrix covers. */
  readonly unit: 'month' | 'bar';
  readonly periods: number;
  /** Runs × runs, row by row; NaN for a run that never moved, or with fewer than three periods. */
  readonly matrix: readonly (readonly number[])[];
}

/**
 * Correlations of `returns` (one array a run, all of the same length). Months where there are dates and at least
 * three months, the first and the last may be parts; else the returns as they stand. A run whose returns are null
 * has none. O(runs² × periods).
 */
export function correlation(
  returns: readonly (Float64Array | null)[],
  dates: Int32Array | null,
): Correlation {
  const months =
    dates === null ? [] : returns.map((own) => own && monthlyReturns(own, dates).map((m) => m.totalReturn));
  const monthly = months.some((own) => own !== null && own.length >= PERIODS_MIN);
  const used = monthly ? months : returns;
  const periods = used.find((own) => own !== null)?.length ?? 0;
  const cell = (a: (typeof used)[number], b: typeof a): number =>
    a && b && periods >= PERIODS_MIN ? benchmarkMetrics(a, b).correlation : Number.NaN;
  return {
    unit: monthly ? 'month' : 'bar',
    periods,
    matrix: used.map((a, i) =>
      used.map((b, j) => {
        const value = cell(a, b);
        return i === j && !Number.isNaN(value) ? 1 : value;
      }),
    ),
  };
}
