/** Built-in targets and z-scores against pandas: fixtures of parity/targets.py. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  type ClosePrices,
  inverseVolatilityWeights,
  momentumWeights,
  type TargetSchedule,
  trendWeights,
  zscore,
  type ZscoreOptions,
  zscoreWeights,
} from '../../src/index.js';
import type { Comparison, FixtureCase } from '../comparison.js';
import { numberOf, numbersOf, PROJECT_ROOT, rowsOf } from '../comparison.js';
import { TOLERANCES } from '../tolerance.js';

type Make = (panel: ClosePrices, bars: readonly number[], options: object) => TargetSchedule;

/** The prices of a case: its own rows, or a market file. */
function panelOf({ inputs }: FixtureCase): ClosePrices {
  const market = inputs.market;
  if (typeof market !== 'string') return matrixPanel(rowsOf(inputs, 'prices'), inputs.symbols as string[]);
  const text = gunzipSync(readFileSync(`${PROJECT_ROOT}/fixtures/${market}`)).toString();
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const scale = numberOf(inputs, 'priceScale');
  const ticks = (cell: string): number => Math.round(Number(cell) * scale);
  return matrixPanel(
    lines.map((line) => line.split(',').slice(1).map(ticks)),
    header.split(',').slice(1),
  );
}

function matrixPanel(rows: readonly (readonly number[])[], symbols: readonly string[]): ClosePrices {
  const close = { data: Float64Array.from(rows.flat()), rows: rows.length, cols: symbols.length };
  return { dates: Int32Array.from(rows.keys()), symbols, close };
}

function targets(name: string, functions: readonly string[], make: Make, exact: boolean): Comparison {
  return {
    fixture: `targets/${name}.json`,
    functions,
    run: (c) => {
      const panel = panelOf(c);
      const bars = Array.from(numbersOf(c.inputs, 'bars'));
      const { cols, rows } = panel.close;
      const scores = c.inputs.scores === undefined ? [] : rowsOf(c.inputs, 'scores');
      const given = scores.length > 0 && { scores: { data: Float64Array.from(scores.flat()), rows, cols } };
      const { data } = make(panel, bars, { ...(c.params.options as object), ...given }).weights;
      return { weights: bars.map((bar) => data.subarray(bar * cols, (bar + 1) * cols)) };
    },
    tolerance: exact ? TOLERANCES.targets : TOLERANCES.targetProportions,
  };
}

export const comparisons: readonly Comparison[] = [
  targets('inverse-volatility', ['inverseVolatilityWeights'], inverseVolatilityWeights, false),
  targets('momentum', ['momentumWeights'], momentumWeights, true),
  targets('trend', ['trendWeights'], trendWeights, true),
  targets('zscore-weights', ['zscoreWeights'], zscoreWeights, false),
  {
    fixture: 'targets/zscore.json',
    functions: ['zscore'],
    run: (c) => ({ zscore: zscore(numbersOf(c.inputs, 'values'), c.params as ZscoreOptions) }),
    tolerance: TOLERANCES.zscore,
  },
];
