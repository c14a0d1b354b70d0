/** Prices and weights of a backtest: shapes, symbols, dates and every cell checked once, before the loop. */
import { scanPrices, typicalPrices } from '../../kernels/portfolio/panel.js';
import { checkInteger, checkKeys, checkLength, type Mat } from '../check.js';
import {
  InsufficientDataError,
  NonFiniteError,
  OverflowError,
  PriceError,
  TimestampAnomalyError,
  ValidationError,
} from '../errors.js';
import { formatDate } from '../time.js';
import { toMat } from './matrix.js';
import type { BacktestInput, PriceInput, ResolvedBacktestOptions } from './types.js';
import { checkWeights, readWeights } from './weight-rows.js';

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
