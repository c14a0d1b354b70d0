/** The table of all indicators. */
import * as bands from './bands.js';
import * as convergence from './convergence.js';
import type { IndicatorRow } from './indicator.js';
import * as momentum from './momentum.js';
import * as movingAverages from './moving-averages.js';
import * as statistic from './statistic.js';
import * as channels from './channels.js';
import * as prices from './prices.js';
import * as trend from './trend.js';
import * as windows from './windows.js';
import * as directional from './directional.js';
import * as oscillators from './oscillators.js';
import * as stochastics from './stochastics.js';
import * as volatility from './volatility.js';
import * as volume from './volume.js';

/** The families; each module exports indicators and nothing else. */
const FAMILIES: readonly Readonly<Record<string, { readonly row: IndicatorRow }>>[] = [
  momentum,
  movingAverages,
  bands,
  convergence,
  statistic,
  channels,
  prices,
  trend,
  windows,
  directional,
  oscillators,
  stochastics,
  volatility,
  volume,
];

let rows: readonly IndicatorRow[] | undefined;

/** The rows of all indicators, ordered by name: what they take, give and are called. */
export function indicators(): readonly IndicatorRow[] {
  rows ??= Object.freeze(
    FAMILIES.flatMap((family) => Object.values(family).map(({ row }) => row)).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
  );
  return rows;
}
