/** Contributions of symbols as the page shows them: the largest gains and losses, the others together. */
import { attribution, type SymbolAttribution } from '../backtest/attribution.js';
import type { BacktestResult } from '../backtest/types.js';

/** Rows of gains and of losses; of more symbols, those between stand as one. */
const SIDE = 15;

export interface AttributionModel {
  /** The largest contribution first. */
  readonly rows: readonly SymbolAttribution[];
  /** Rows of the page, as indices of `rows`; those left out stand between `best` and `worst`. */
  readonly best: readonly SymbolAttribution[];
  readonly rest: readonly SymbolAttribution[];
  readonly worst: readonly SymbolAttribution[];
  /** Sums over all symbols, as fractions of the initial cash; the return is contribution less cost, up to rounding. */
  readonly contribution: number;
  readonly cost: number;
  readonly return: number;
}

/** Whether the result keeps what contributions are made of. */
export function hasPanels({ holdings, symbolReturns, trades }: BacktestResult): boolean {
  return holdings !== null && symbolReturns !== null && trades !== null;
}

/** The contributions; null where the result keeps no panels. O(bars × symbols). */
export function attributionModel(result: BacktestResult): AttributionModel | null {
  if (!hasPanels(result)) return null;
  const rows = attribution(result, { by: 'symbol' })
    .map((row, i) => ({ row, i }))
    .sort((a, b) => b.row.contribution - a.row.contribution || a.i - b.i)
    .map(({ row }) => row);
  const few = rows.length <= 2 * SIDE;
  const sum = (pick: (row: SymbolAttribution) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const { equityCurve } = result;
  return {
    rows,
    best: few ? rows : rows.slice(0, SIDE),
    rest: few ? [] : rows.slice(SIDE, -SIDE),
    worst: few ? [] : rows.slice(-SIDE),
    contribution: sum((row) => row.contribution),
    cost: sum((row) => row.cost),
    return: equityCurve[equityCurve.length - 1]! / equityCurve[0]! - 1,
  };
}
