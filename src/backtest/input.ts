/** Prices and weights of a backtest: shapes, symbols, dates and every cell checked once, before the loop. */
import { checkWeightRow, scanPrices, typicalPrices } from '../../kernels/portfolio/panel.js';
import { checkInteger, checkKeys, checkLength, type Mat, nearestHint, toFloat64 } from '../check.js';
import {
  InsufficientDataError,
  InvalidWeightsError,
  NonFiniteError,
  OverflowError,
  PriceError,
  ShapeError,
  TimestampAnomalyError,
  UnknownSymbolError,
  ValidationError,
} from '../errors.js';
import { formatDate } from '../time.js';
import type { BacktestInput, PriceInput, ResolvedBacktestOptions, ScheduleEntry } from './types.js';

/** Everything the loop reads, in the form it reads it. */
export interface PreparedInput {
  readonly bars: number;
  readonly symbols: readonly string[];
  readonly dates: Int32Array | null;
  readonly close: Float64Array;
  /** Fill prices; the closes themselves under the `close` policy. */
  readonly fill: Float64Array;
  /** Whether no close and no fill price is missing. */
  readonly complete: boolean;
  /** Target rows, one after the other. */
  readonly weights: Float64Array;
  /** For every bar, the row of `weights` that is known there, or -1. */
  readonly rowOfBar: Int32Array;
}

/** Checks and converts; throws the error that names the first bad thing. */
export function prepareInput(input: BacktestInput, config: ResolvedBacktestOptions): PreparedInput {
  checkKeys('input', input, ['prices', 'weights', 'symbols', 'dates']);
  const panels = readPrices(input.prices, config);
  const { rows: bars, cols } = panels.close;
  if (bars === 0 || cols === 0) {
    throw new InsufficientDataError(`prices are ${bars} bars × ${cols} symbols; at least 1 × 1 is needed`);
  }
  const symbols = readSymbols(input.symbols, cols);
  const dates = readDates(input.dates, bars);
  const where = (cell: number): string => {
    const bar = Math.floor(cell / cols);
    return `bar ${bar}${dates ? ` (${formatDate(dates[bar]!)})` : ''}, symbol ${symbols[cell % cols]}`;
  };
  let missing = checkPrices('prices', panels.close.data, where, config);
  const fill = fillPanel(panels, where, config);
  if (fill !== panels.close.data) missing += checkPrices('fill prices', fill, where, config);
  const weights = readWeights(input.weights, bars, cols, symbols, dates);
  checkWeights(weights.rows, weights.rowOfBar, cols, symbols, dates, config);
  return {
    bars,
    symbols,
    dates,
    close: panels.close.data,
    fill,
    complete: missing === 0,
    weights: weights.rows,
    rowOfBar: weights.rowOfBar,
  };
}

interface Panels {
  readonly close: Mat;
  readonly open?: Mat;
  readonly high?: Mat;
  readonly low?: Mat;
}

function readPrices(prices: PriceInput, config: ResolvedBacktestOptions): Panels {
  if (typeof prices === 'object' && prices !== null && 'close' in prices) {
    checkKeys('prices', prices, ['open', 'high', 'low', 'close']);
    const close = toMat('prices.close', prices.close);
    const panel = (name: 'open' | 'high' | 'low'): Mat => {
      const mat = toMat(`prices.${name}`, prices[name]);
      checkLength(`prices.${name}.rows`, mat.rows, close.rows, 'prices.close');
      checkLength(`prices.${name}.cols`, mat.cols, close.cols, 'prices.close');
      return mat;
    };
    return { close, open: panel('open'), high: panel('high'), low: panel('low') };
  }
  if (config.fillPolicy !== 'close') {
    throw new ValidationError(
      'fillPolicy',
      config.fillPolicy,
      "'close' when only closes are given",
      'pass prices as {open, high, low, close}',
    );
  }
  return { close: toMat('prices', prices) };
}

/** A matrix from `{data, rows, cols}` or from an array of rows; the data are not copied when they are typed. */
export function toMat(field: string, value: unknown): Mat {
  if (Array.isArray(value)) {
    const rows = value.length;
    const cols = rows === 0 ? 0 : toFloat64(`${field}[0]`, value[0]).length;
    const data = new Float64Array(rows * cols);
    for (let t = 0; t < rows; t++) {
      const row = toFloat64(`${field}[${t}]`, value[t]);
      checkLength(`${field}[${t}]`, row.length, cols, 'the first row');
      data.set(row, t * cols);
    }
    return { data, rows, cols };
  }
  const mat = value as Mat | undefined;
  if (typeof mat !== 'object' || mat === null || !(mat.data instanceof Float64Array)) {
    throw new ValidationError(
      field,
      value,
      'a matrix {data: Float64Array, rows, cols} or an array of rows',
      'pass row-major data, one row a bar',
    );
  }
  checkInteger(`${field}.rows`, mat.rows, 0, Number.MAX_SAFE_INTEGER);
  checkInteger(`${field}.cols`, mat.cols, 0, Number.MAX_SAFE_INTEGER);
  checkLength(`${field}.data`, mat.data.length, mat.rows * mat.cols, 'rows × cols');
  return mat;
}

function readSymbols(symbols: readonly string[] | undefined, cols: number): readonly string[] {
  if (symbols === undefined) return Array.from({ length: cols }, (_, i) => String(i));
  if (!Array.isArray(symbols)) {
    throw new ValidationError(
      'symbols',
      symbols,
      'an array of names',
      'pass one name for every price column',
    );
  }
  checkLength('symbols', symbols.length, cols, 'the price columns');
  const seen = new Set<string>();
  for (const [i, symbol] of symbols.entries()) {
    if (typeof symbol !== 'string' || symbol === '') {
      throw new ValidationError(
        `symbols[${i}]`,
        symbol,
        'a name of at least one letter',
        'name every price column',
      );
    }
    if (seen.has(symbol)) {
      throw new ValidationError(
        `symbols[${i}]`,
        symbol,
        'unique names',
        'rename or drop the repeated column',
      );
    }
    seen.add(symbol);
  }
  return [...symbols];
}

function readDates(dates: Int32Array | readonly number[] | undefined, bars: number): Int32Array | null {
  if (dates === undefined) return null;
  checkLength('dates', dates.length, bars, 'the price rows');
  const out = new Int32Array(bars);
  for (let t = 0; t < bars; t++) {
    const day = checkInteger(`dates[${t}]`, dates[t], -719162, 2932896);
    if (t > 0 && day <= out[t - 1]!) {
      throw new TimestampAnomalyError(
        `dates[${t}] is ${formatDate(day)}, not after dates[${t - 1}] (${formatDate(out[t - 1]!)}); sort the rows and drop repeated dates`,
      );
    }
    out[t] = day;
  }
  return out;
}

/** Throws at the first price that is not a whole number of ticks; returns how many are missing. */
function checkPrices(
  field: string,
  data: Float64Array,
  where: (cell: number) => string,
  config: ResolvedBacktestOptions,
): number {
  const facts = new Float64Array(2);
  const bad = scanPrices(data, facts);
  if (bad >= 0) {
    const value = data[bad]!;
    const place = where(bad);
    if (value === Infinity || value === -Infinity) {
      throw new NonFiniteError(
        `${field} at ${place}`,
        value,
        'a finite price',
        'use NaN for a missing price',
      );
    }
    if (value > Number.MAX_SAFE_INTEGER) {
      throw overflow(field, place, value, 'a price below 2^53 ticks', 'use a smaller price scale');
    }
    if (value >= 1) {
      throw new ValidationError(
        `${field} at ${place}`,
        value,
        `a whole number of ticks (priceScale ${config.priceScale})`,
        'convert with pricesToCents, or pass the priceScale the prices were read with',
      );
    }
    throw new PriceError(
      `price ${value} at ${place} is not positive; remove the row or mark the cell missing (NaN)`,
      {},
      {
        field: `${field} at ${place}`,
        value,
        constraint: 'at least one tick',
        fix: 'mark a missing price with NaN',
      },
    );
  }
  // A fraction of a share times a price in cents must stay exact.
  const limitCents = 9_007_199_254;
  const limit = (limitCents * config.priceScale) / 100;
  if (config.quantityStep < 1 && facts[0]! > limit) {
    const high = data.findIndex((price) => price > limit);
    throw overflow(
      field,
      where(high),
      data[high]!,
      `at most ${limitCents} cents with fractional shares (micro-share × price must stay below 2^53)`,
      'trade whole shares: quantityStep 1',
    );
  }
  return facts[1]!;
}

function overflow(
  field: string,
  place: string,
  value: number,
  constraint: string,
  fix: string,
): OverflowError {
  return new OverflowError(
    `${field} at ${place} is ${value}: ${constraint}; ${fix}`,
    {},
    { field, value, constraint, fix },
  );
}

function fillPanel(
  panels: Panels,
  where: (cell: number) => string,
  config: ResolvedBacktestOptions,
): Float64Array {
  if (config.fillPolicy === 'close') return panels.close.data;
  if (config.fillPolicy === 'nextOpen') return panels.open!.data;
  checkPrices('prices.high', panels.high!.data, where, config);
  checkPrices('prices.low', panels.low!.data, where, config);
  const out = new Float64Array(panels.close.data.length);
  typicalPrices(panels.high!.data, panels.low!.data, panels.close.data, out);
  return out;
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

function readWeights(
  weights: BacktestInput['weights'],
  bars: number,
  cols: number,
  symbols: readonly string[],
  dates: Int32Array | null,
): { rows: Float64Array; rowOfBar: Int32Array } {
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
): { rows: Float64Array; rowOfBar: Int32Array } {
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
    if (typeof entry.targets !== 'object' || entry.targets === null) {
      throw new ValidationError(
        `${field}.targets`,
        entry.targets,
        'an object of weights by symbol',
        'pass {AAPL: 0.5}',
      );
    }
    for (const [symbol, weight] of Object.entries(entry.targets)) {
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
  const bar = dates === null ? -1 : dates.indexOf(entry.date!);
  if (bar < 0) {
    const constraint = dates === null ? 'a bar, as the input has no dates' : 'one of the dates of the prices';
    throw new ValidationError(`${field}.date`, entry.date, constraint, 'use a date that has prices, or bar');
  }
  return bar;
}

/** Checks every target row; wholly NaN rows are taken out of `rowOfBar`. */
function checkWeights(
  rows: Float64Array,
  rowOfBar: Int32Array,
  cols: number,
  symbols: readonly string[],
  dates: Int32Array | null,
  config: ResolvedBacktestOptions,
): void {
  for (let t = 0; t < rowOfBar.length; t++) {
    const row = rowOfBar[t]!;
    if (row < 0) continue;
    const verdict = checkWeightRow(cols, rows, row * cols, config.maxGross, config.allowShort ? 1 : 0);
    if (verdict === 0) continue;
    if (verdict === 1) {
      rowOfBar[t] = -1;
      continue;
    }
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
}
