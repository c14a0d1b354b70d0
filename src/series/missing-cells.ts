/** What becomes of cells without a price: named policies, each counted. */
import type { Mat } from '../check.js';
import { PriceError, showValue } from '../errors.js';
import { formatDate } from '../time.js';
import { mapPrices, type PricePanel } from './price-panel.js';
import type { RowProblems } from './row-problems.js';

/**
 * keep: a missing price stays NaN, and the backtest decides what it means. skip-empty: so it is, but dates without any
 * price are left out. error: the first one is an error. drop: dates on
 * which a symbol has no close are left out. carry: the last price before it stands in, from the first price on.
 */
export type MissingCells = 'keep' | 'skip-empty' | 'error' | 'drop' | 'carry';

/** The names of the policies. */
export const MISSING_CELLS: readonly MissingCells[] = ['keep', 'skip-empty', 'error', 'drop', 'carry'];

/** Missing closes of a panel. O(cells). */
export function countMissing(close: Mat): number {
  const { data } = close;
  let missing = 0;
  for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) missing += 1;
  return missing;
}

/** The panel after a policy, and what was done in a sentence; its arrays may be changed. `missing`: its missing closes. */
export function applyMissing(
  panel: PricePanel,
  missing: number,
  policy: MissingCells,
  problems: RowProblems,
): { panel: PricePanel; sentence: string } {
  if (missing === 0) return { panel, sentence: '' };
  const cells = `${missing} cell${missing === 1 ? '' : 's'} without a price`;
  if (policy === 'keep') return { panel, sentence: `${cells}.` };
  if (policy === 'skip-empty') return withoutEmptyDates(panel, cells);
  if (policy === 'error') throw firstMissing(panel, problems);
  if (policy === 'carry') {
    const filled = carry(panel);
    return { panel, sentence: `${cells}: ${filled} take the last price before, as asked.` };
  }
  const { rows, cols, data } = panel.close;
  const kept: number[] = [];
  for (let t = 0; t < rows; t++) {
    let whole = true;
    for (let j = 0; j < cols; j++) if (Number.isNaN(data[t * cols + j])) whole = false;
    if (whole) kept.push(t);
  }
  return {
    panel: keepDates(panel, kept),
    sentence: `${cells}: ${rows - kept.length} dates left out, as asked.`,
  };
}

/** Leaves out dates on which no symbol has a close. */
function withoutEmptyDates(panel: PricePanel, cells: string): { panel: PricePanel; sentence: string } {
  const { rows, cols, data } = panel.close;
  const kept: number[] = [];
  for (let t = 0; t < rows; t++) {
    for (let j = 0; j < cols; j++) {
      if (Number.isNaN(data[t * cols + j])) continue;
      kept.push(t);
      break;
    }
  }
  const empty = rows - kept.length;
  if (empty === 0) return { panel, sentence: `${cells}.` };
  const dates = `${empty} date${empty === 1 ? '' : 's'} without any price left out`;
  return { panel: keepDates(panel, kept), sentence: `${cells}; ${dates}.` };
}

function firstMissing(panel: PricePanel, problems: RowProblems): PriceError {
  const at = panel.close.data.findIndex(Number.isNaN);
  const symbol = panel.symbols[at % panel.close.cols]!;
  const day = formatDate(panel.dates[Math.floor(at / panel.close.cols)]!);
  const constraint = 'a price for every date and symbol';
  const fix = 'fill it in, or choose another policy (missing, --missing-cells keep, drop or carry)';
  const message = `must have ${constraint}, but ${showValue(symbol)} has none on ${day}. Fix: ${fix}`;
  return new PriceError(message, problems.place(undefined, symbol), {
    field: symbol,
    value: day,
    constraint,
    fix,
  });
}

/** Fills gaps with the last close; what such a bar lacks of open, high and low is that close, too, and nothing was traded. */
function carry(panel: PricePanel): number {
  const { rows, cols, data } = panel.close;
  const others = [panel.open, panel.high, panel.low].filter((mat) => mat !== undefined);
  let filled = 0;
  for (let t = 1; t < rows; t++) {
    for (let j = 0; j < cols; j++) {
      const at = t * cols + j;
      const before = data[at - cols]!;
      if (!Number.isNaN(data[at]) || Number.isNaN(before)) continue;
      data[at] = before;
      for (const mat of others) if (Number.isNaN(mat.data[at])) mat.data[at] = before;
      if (panel.volume !== undefined && Number.isNaN(panel.volume.data[at])) panel.volume.data[at] = 0;
      filled += 1;
    }
  }
  return filled;
}

function keepDates(panel: PricePanel, kept: readonly number[]): PricePanel {
  const pick = (mat: Mat): Mat => {
    const data = new Float64Array(kept.length * mat.cols);
    kept.forEach((t, i) => {
      data.set(mat.data.subarray(t * mat.cols, (t + 1) * mat.cols), i * mat.cols);
    });
    return { data, rows: kept.length, cols: mat.cols };
  };
  return { ...panel, dates: Int32Array.from(kept, (t) => panel.dates[t]!), ...mapPrices(panel, pick) };
}
