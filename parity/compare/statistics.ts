/** Correlations, quantile spreads and information coefficients against scipy, numpy and exact fractions. */
import {
  type CorrelationOptions,
  icSeries,
  kendall,
  pearson,
  quantileSpread,
  spearman,
} from '../../src/statistics/index.js';
import type { Comparison, FixtureCase, Tolerance } from '../comparison.js';
import { numberOf, numbersOf, rowsOf } from '../comparison.js';
import { TOLERANCES } from '../tolerance.js';

type Correlate = (x: Float64Array, y: Float64Array, options: CorrelationOptions) => object;

/** Some of what a correlation gives. */
function correlation(
  name: string,
  fixture: string,
  correlate: Correlate,
  parts: readonly string[],
  tolerance: Tolerance,
): Comparison {
  return {
    fixture: `statistics/${fixture}.json`,
    functions: [name],
    parts,
    run: (c) => {
      const found = correlate(numbersOf(c.inputs, 'x'), numbersOf(c.inputs, 'y'), c.params);
      const all = new Map(Object.entries(found));
      return Object.fromEntries(parts.map((part) => [part, all.get(part)]));
    },
    tolerance,
  };
}

/** Both halves of a fixture, each within its own bound. */
function correlations(
  name: string,
  fixture: string,
  correlate: Correlate,
  tolerances: { readonly r: Tolerance; readonly p: Tolerance },
): Comparison[] {
  return [
    correlation(name, fixture, correlate, ['correlation', 'n'], tolerances.r),
    correlation(name, fixture, correlate, ['pValue'], tolerances.p),
  ];
}

const SCIPY = { r: TOLERANCES.correlation, p: TOLERANCES.correlationP };
const TRUE = { r: TOLERANCES.correlationTrue, p: TOLERANCES.correlationTrueP };

function matrixOf(c: FixtureCase, name: string): { data: Float64Array; rows: number; cols: number } {
  const rows = rowsOf(c.inputs, name);
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols: rows[0]?.length ?? 0 };
}

export const comparisons: readonly Comparison[] = [
  ...correlations('spearman', 'spearman', spearman, SCIPY),
  ...correlations('pearson', 'pearson', (x, y) => pearson(x, y), SCIPY),
  ...correlations('kendall', 'kendall', kendall, { r: SCIPY.r, p: TOLERANCES.kendallP }),
  ...correlations('spearman', 'spearman-true', spearman, TRUE),
  ...correlations('pearson', 'pearson-true', (x, y) => pearson(x, y), TRUE),
  correlation('spearman', 'spearman-exact', spearman, ['pValue'], TOLERANCES.exactP),
  {
    fixture: 'statistics/quantile-spread.json',
    functions: ['quantileSpread'],
    run: (c) =>
      quantileSpread(numbersOf(c.inputs, 'x'), numbersOf(c.inputs, 'y'), numberOf(c.params, 'nQuantiles')),
    tolerance: TOLERANCES.quantileSpread,
  },
  {
    fixture: 'statistics/ic-series.json',
    functions: ['icSeries'],
    run: (c) => {
      const found = icSeries(matrixOf(c, 'scores'), matrixOf(c, 'returns'), {
        lags: numberOf(c.params, 'lags'),
      });
      const { ics, mean, std, tStat, pValue, tStatNeweyWest, pValueNeweyWest } = found;
      return { ics, mean, std, tStat, pValue, tStatNeweyWest, pValueNeweyWest };
    },
    tolerance: TOLERANCES.icSeries,
  },
];
