/** Prices from text or bytes: formats told apart by their content, decimals kept exactly, every bad row named. */
import { ValidationError } from '../errors.js';
import { PriceReader } from './price-reader.js';
import type { ReadPricesOptions, ReadPricesResult } from './read-options.js';

/**
 * Reads prices from the text or the bytes of a file.
 *
 * input    CSV with any separator, or JSON. Tables have one of three layouts:
 *          wide  `Date,AAPL,MSFT,…`: a column of prices for each symbol;
 *          long  `date,symbol,close` in any order, also `ticker`, `adj close`, and `open`, `high`, `low`;
 *          bars  `Date,Open,High,Low,Close,Adj Close,Volume`: one symbol, named after the file.
 *          Files of Yahoo, Stooq, Binance, Alpha Vantage, Tiingo, Nasdaq and MetaTrader are known; docs/formats.md
 *          lists them, the forms of numbers and dates, and the shapes of JSON.
 * options  see `ReadPricesOptions`; rows and columns they leave out are not read beyond date and symbol
 *
 * Prices are positive decimal numbers by the grammar of decimal.ts; an empty cell, `NaN`, `NA`, `N/A`, `#N/A`,
 * `null` or `-` is a missing price (NaN). They become integer ticks from their digits, never through floats. The
 * price scale is the smallest power of ten that holds every price kept, at least 100, at most 1,000,000. Nothing is
 * rounded unless `priceScale` forces it, but for numbers of at least twelve digits with more than six decimals,
 * which are binary floats that a program printed: they are rounded half to even at six decimals, and counted.
 *
 * Dates are days as they are written, in their own time zone; numbers are times since 1970 in UTC. Files that run
 * newest first are turned round. A date whose day and month could be swapped is refused until `dateOrder` says.
 * With an adjusted close that differs from the close, open, high and low are left out: they are not adjusted.
 *
 * Throws `DataError`, `SchemaError`, `TimestampAnomalyError`, `PriceError` (zero, negative, high below low) or
 * `OverflowError` (past 2^53 - 1 ticks) with file, line, column and reason of the first bad rows and the number of
 * the others; `InsufficientDataError` for fewer than two dates; `UnknownSymbolError`; `ValidationError` for wrong
 * options. O(cells); about 40 MB a second up to 4 MB, then about 100.
 */
export function readPrices(input: string | Uint8Array, options: ReadPricesOptions = {}): ReadPricesResult {
  if (typeof input === 'string') return new PriceReader(options).readText(input);
  if (!(input instanceof Uint8Array)) {
    const fix = 'pass the decoded text, or the bytes, not a path';
    throw new ValidationError('input', input, 'the text or the bytes of a price file', fix);
  }
  const reader = new PriceReader(options);
  reader.push(input);
  return reader.finish();
}
