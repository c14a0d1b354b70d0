/** Prices and weights of a backtest: shapes, symbols and dates. The cells are checked as the loop reads them. */
import { typicalPrices } from '../../kernels/portfolio/panel.js';
import { checkInteger, checkKeys, checkLength, type Mat } from '../check.js';
import { InsufficientDataError, TimestampAnomalyError, ValidationError } from '../errors.js';
import { formatDate } from '../time.js';
import { toMat } from './matrix.js';
import { placeOf, refuseBadPrices } from './price-check.js';
import { type PricePanels, type StopBars, stopBars } from './stop-bars.js';
import type { BacktestInput, PriceInput, ResolvedBacktestOptions } from './types.js';
import { readWeights } from './weight-rows.js';

/** Prices in the form the loop reads them. */
export interface PreparedPrices {
  readonly bars: number;
  readonly symbols: readonly string[];
  readonly dates: Int32Array | null;
  readonly close: Float64Array;
  /** Fill prices; the closes themselves under the `close` policy. */
  readonly fill: Float64Array;
  /** What stops look at; null without stops. */
  readonly stopBars: StopBars | null;
}

/** Everything the loop reads, in the form it reads it. */
export interface PreparedInput extends PreparedPrices {
  /** Target rows, one after the other. */
  readonly weights: Float64Array;
  /** For every bar, the row of `weights` that is known there, or -1. */
  readonly rowOfBar: Int32Array;
}

/** Checks and converts; throws the error that names the first bad thing. */
export function prepareInput(input: BacktestInput, config: ResolvedBacktestOptions): PreparedInput {
  checkKeys('input', input, ['prices', 'weights', 'symbols', 'dates']);
  const prices = preparePrices(input, config);
  const { bars, symbols, dates } = prices;
  const weights = readWeights(input.weights, bars, symbols.length, symbols, dates);
  return { ...prices, weights: weights.rows, rowOfBar: weights.rowOfBar };
}

/** As `prepareInput`, of the prices alone. */
export function preparePrices(
  input: Omit<BacktestInput, 'weights'>,
  config: ResolvedBacktestOptions,
): PreparedPrices {
  const panels = pricePanels(input.prices, config);
  const { rows: bars, cols } = panels.close;
  if (bars === 0 || cols === 0) {
    throw new InsufficientDataError(`prices are ${bars} bars × ${cols} symbols; at least 1 × 1 is needed`);
  }
  const symbols = readSymbols(input.symbols, cols);
  const dates = readDates(input.dates, bars);
  const fill = fillPanel(panels, symbols, dates, config);
  return {
    bars,
    symbols,
    dates,
    close: panels.close.data,
    fill,
    stopBars: stopBars(panels, symbols, dates, config),
  };
}

/** The panels of the prices as given: closes alone, or bars. */
export function pricePanels(prices: PriceInput, config: ResolvedBacktestOptions): PricePanels {
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

function readDates(
  dates: Int32Array | readonly number[] | null | undefined,
  bars: number,
): Int32Array | null {
  if (dates === undefined || dates === null) return null;
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

function fillPanel(
  panels: PricePanels,
  symbols: readonly string[],
  dates: Int32Array | null,
  config: ResolvedBacktestOptions,
): Float64Array {
  if (config.fillPolicy === 'close') return panels.close.data;
  const place = (cell: number): string => placeOf(cell, symbols, dates);
  const { open, high, low, close } = panels;
  if (config.fillPolicy === 'nextOpen') {
    refuseBadPrices(open!.data, 0, open!.data.length, place, config);
    return open!.data;
  }
  for (const { data } of [high!, low!, close]) refuseBadPrices(data, 0, data.length, place, config);
  const out = new Float64Array(close.data.length);
  typicalPrices(high!.data, low!.data, close.data, out);
  return out;
}
