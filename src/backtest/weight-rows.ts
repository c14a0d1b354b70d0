/** Target weights of a backtest: a matrix or a schedule, checked row by row. */
import { checkWeightRow } from '../../kernels/portfolio/panel.js';
import { checkInteger, checkKeys, nearestHint } from '../check.js';
import { InvalidWeightsError, ShapeError, UnknownSymbolError, ValidationError } from '../errors.js';
import { barAtOrAfter } from '../series/bar-dates.js';
import { formatDate } from '../time.js';
import { toMat } from './matrix.js';
import type { BacktestInput, ResolvedBacktestOptions, ScheduleEntry } from './types.js';

/** Target rows, one after the other, and for every bar the row known there, or -1. */
export interface WeightRows {
  readonly rows: Float64Array;
  readonly rowOfBar: Int32Array;
}

function isSchedule(weights: unknown): weights is readonly ScheduleEntry[] {
  return (
    Array.isArray(weights) &&
    weights.length > 0 &&
    typeof weights[0] === 'object' &&
    weights[0] !== null &&
    'targets' in weights[0]
  );
}

/** Reads a matrix or a schedule of targets; the weights themselves are checked by `isRebalance`. */
export function readWeights(
  weights: BacktestInput['weights'],
  bars: number,
  cols: number,
  symbols: readonly string[],
  dates: Int32Array | null,
): WeightRows {
  if (isSchedule(weights)) return readSchedule(weights, bars, cols, symbols, dates);
  const mat = toMat('weights', weights);
  if (mat.rows !== bars || mat.cols !== cols) {
    throw new ShapeError(
      'weights',
      `${mat.rows} × ${mat.cols}`,
      `${bars} × ${cols}, as the prices`,
      'give one row a bar and one column a symbol, or pass a schedule [{bar, targets}]',
    );
  }
  const rowOfBar = new Int32Array(bars);
  for (let t = 0; t < bars; t++) rowOfBar[t] = t;
  return { rows: mat.data, rowOfBar };
}

function readSchedule(
  schedule: readonly ScheduleEntry[],
  bars: number,
  cols: number,
  symbols: readonly string[],
  dates: Int32Array | null,
): WeightRows {
  const rows = new Float64Array(schedule.length * cols);
  const rowOfBar = new Int32Array(bars).fill(-1);
  const column = new Map(symbols.map((symbol, i) => [symbol, i]));
  for (const [k, entry] of schedule.entries()) {
    const field = `weights[${k}]`;
    checkKeys(field, entry, ['bar', 'date', 'targets']);
    const bar = scheduleBar(field, entry, bars, dates);
    if (rowOfBar[bar] !== -1) {
      throw new ValidationError(
        field,
        bar,
        'one entry for each bar',
        `merge it with weights[${rowOfBar[bar]}]`,
      );
    }
    rowOfBar[bar] = k;
    if (typeof entry.targets !== 'object' || entry.targets === null || Array.isArray(entry.targets)) {
      throw new ValidationError(
        `${field}.targets`,
        entry.targets,
        'an object of weights by symbol',
        'pass {AAPL: 0.5}',
      );
    }
    const targets: unknown = entry.targets;
    const named = targets instanceof Map ? [...targets] : Object.entries(entry.targets);
    for (const [symbol, weight] of named) {
      const i = column.get(symbol);
      if (i === undefined) {
        throw new UnknownSymbolError(
          `${field}.targets`,
          symbol,
          `one of the ${symbols.length} symbols of the prices`,
          nearestHint(symbol, symbols),
        );
      }
      if (typeof weight !== 'number' || Number.isNaN(weight)) {
        throw new InvalidWeightsError(
          `${field}.targets.${symbol}`,
          weight,
          'a number',
          'leave the symbol out to sell it',
        );
      }
      rows[k * cols + i] = weight;
    }
  }
  return { rows, rowOfBar };
}

function scheduleBar(field: string, entry: ScheduleEntry, bars: number, dates: Int32Array | null): number {
  if ((entry.bar === undefined) === (entry.date === undefined)) {
    throw new ValidationError(field, entry.bar ?? null, 'either bar or date', 'name the bar once');
  }
  if (entry.bar !== undefined) return checkInteger(`${field}.bar`, entry.bar, 0, bars - 1);
  const bar = dates === null ? -1 : barAtOrAfter(dates, entry.date!);
  if (bar < 0 || dates![bar] !== entry.date) {
    const constraint = dates === null ? 'a bar, as the input has no dates' : 'one of the dates of the prices';
    throw new ValidationError(`${field}.date`, entry.date, constraint, 'use a date that has prices, or bar');
  }
  return bar;
}

/**
 * Whether the target row known at bar `t` means a rebalance: true, or false when it is wholly NaN.
 * Throws `InvalidWeightsError` for a row that is partly NaN, infinite, short or levered without permission.
 */
export function isRebalance(
  rows: Float64Array,
  row: number,
  t: number,
  symbols: readonly string[],
  dates: Int32Array | null,
  config: ResolvedBacktestOptions,
): boolean {
  const cols = symbols.length;
  const verdict = checkWeightRow(cols, rows, row * cols, config.maxGross, config.allowShort ? 1 : 0);
  if (verdict === 0) return true;
  if (verdict === 1) return false;
  const values = Array.from(rows.subarray(row * cols, (row + 1) * cols));
  const name = `weights at bar ${t}${dates ? ` (${formatDate(dates[t]!)})` : ''}`;
  const gross = values.reduce((sum, w) => sum + Math.abs(w), 0);
  const at = (bad: (w: number) => boolean): { field: string; value: number } => {
    const i = values.findIndex(bad);
    return { field: `${name}, symbol ${symbols[i]}`, value: values[i]! };
  };
  if (verdict === 2) {
    const { field, value } = at(Number.isNaN);
    throw new InvalidWeightsError(
      field,
      value,
      'a row of numbers, or a row wholly NaN (no rebalance)',
      'use 0 to sell the symbol',
    );
  }
  if (verdict === 3) {
    const { field, value } = at((w) => Math.abs(w) === Infinity);
    throw new InvalidWeightsError(field, value, 'a finite weight', 'divide by a sum that is not 0');
  }
  if (verdict === 4) {
    const { field, value } = at((w) => w < 0);
    throw new InvalidWeightsError(
      field,
      value,
      'at least 0 while allowShort is false',
      'set allowShort: true, or drop the short target',
    );
  }
  throw new InvalidWeightsError(
    name,
    gross,
    `a sum of absolute weights of at most maxGross = ${config.maxGross}`,
    `scale the targets down, or raise maxGross to allow leverage`,
  );
}
