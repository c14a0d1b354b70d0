/** Target weights by date, laid onto the bars of a price panel. */
import type { Mat } from '../check.js';
import { nearestHint } from '../check.js';
import { TimestampAnomalyError, UnknownSymbolError } from '../errors.js';
import { formatDate } from '../time.js';
import { barAtOrAfter } from './bar-dates.js';
import type { PricePanel } from './price-panel.js';
import type { WeightEntry } from './read-weights.js';

/** Weights on bars, and what became of the dates. */
export interface WeightSchedule {
  /** Dates × symbols of the panel; a row wholly NaN has no rebalance. */
  readonly weights: Mat;
  /** Rebalances in the matrix. */
  readonly rebalances: number;
  /** Dates that are no trading day and count for the next bar. */
  readonly moved: number;
  /** Entries that a later one overtook before the next bar. */
  readonly replaced: number;
  /** The same for a person, to print one per line. */
  readonly sentences: readonly string[];
}

/**
 * Weights by date as a matrix for `backtestWeights`.
 *
 * entries  dates rising, as `readWeights` gives them
 * panel    the prices the weights are for
 * options  `file`: the name that messages use
 *
 * A date that is no bar counts for the next bar; of several that meet on one bar the latest stands, and both
 * are counted. A date before the first bar or after the last throws `TimestampAnomalyError`, a symbol the panel
 * does not have `UnknownSymbolError`. Symbols that an entry does not name get target 0. Sizes and signs of
 * weights are checked by the backtest. O(bars × symbols).
 */
export function weightsToMatrix(
  entries: readonly WeightEntry[],
  panel: Pick<PricePanel, 'dates' | 'symbols'>,
  options: { readonly file?: string } = {},
): WeightSchedule {
  const { dates, symbols } = panel;
  const rows = dates.length;
  const cols = symbols.length;
  const column = new Map(symbols.map((symbol, j) => [symbol, j]));
  const data = new Float64Array(rows * cols).fill(Number.NaN);
  const used = new Uint8Array(rows);
  let moved = 0;
  let replaced = 0;
  let rebalances = 0;
  let previous: WeightEntry | undefined;
  for (const entry of entries) {
    const file = options.file === undefined ? {} : { file: options.file };
    const bar = barAtOrAfter(dates, entry.date);
    const span = rows > 0 ? `${formatDate(dates[0]!)} to ${formatDate(dates[rows - 1]!)}` : 'no bars';
    if (rows === 0 || entry.date < dates[0]! || bar === rows) {
      const message = `date must lie within the prices (${span}), was ${formatDate(entry.date)}. Fix: remove the row, or give prices for its date`;
      throw new TimestampAnomalyError(message, { ...file, row: entry.line });
    }
    if (previous !== undefined && entry.date <= previous.date) {
      const message = `date must be later than ${formatDate(previous.date)} on line ${previous.line}, was ${formatDate(entry.date)}. Fix: sort the entries by date`;
      throw new TimestampAnomalyError(message, { ...file, row: entry.line });
    }
    previous = entry;
    if (dates[bar] !== entry.date) moved += 1;
    if (used[bar] === 1) replaced += 1;
    else rebalances += 1;
    used[bar] = 1;
    data.fill(0, bar * cols, (bar + 1) * cols);
    for (const [symbol, weight] of entry.targets) {
      const j = column.get(symbol);
      if (j === undefined) {
        const constraint = `a symbol of the prices (weights of ${formatDate(entry.date)}, line ${entry.line})`;
        throw new UnknownSymbolError('weights', symbol, constraint, nearestHint(symbol, symbols));
      }
      data[bar * cols + j] = weight;
    }
  }
  const sentences = [`Weights on ${rebalances} of ${rows} bars.`];
  if (moved > 0)
    sentences.push(`${moved} of the dates are no trading days: their weights count for the next bar.`);
  if (replaced > 0)
    sentences.push(`${replaced} of the dates were overtaken by a later one before the next bar.`);
  return { weights: { data, rows, cols }, rebalances, moved, replaced, sentences };
}
