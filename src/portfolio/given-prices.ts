/** Prices as callers pass them, checked one by one. */
import { PriceError, ValidationError } from '../errors.js';
import { type BySymbol, entries } from './by-symbol.js';
import { badPrice } from './price-error.js';
import { priceLimit } from './rules.js';

/** What bounds a price: the lot size and the price scale of the portfolio. */
export interface PriceOptions {
  readonly quantityStep: number;
  readonly priceScale: number;
}

/** `price` if it is a whole number of ticks that the money kernels take, else the error that says why not. */
export function checkPrice(field: string, where: string, price: unknown, options: PriceOptions): number {
  if (typeof price !== 'number') {
    const fix = 'pass whole ticks as a number, NaN where there is no price';
    throw new ValidationError(field, price, 'a number of ticks', fix);
  }
  if (Number.isSafeInteger(price) && price >= 1 && price <= priceLimit(options)) return price;
  if (Number.isNaN(price)) {
    const detail = { field, value: price, constraint: 'a price', fix: 'pass its last known price' };
    throw new PriceError(`the price ${where} is missing. Fix: ${detail.fix}`, {}, detail);
  }
  const missing = 'leave the price out, or pass NaN, where there is none';
  throw badPrice(price, { field, where, missing }, options.priceScale);
}

/** The prices that are there, by symbol. One of NaN is none; anything else that is no price throws. */
export function givenPrices(prices: BySymbol, options: PriceOptions): Map<string, number> {
  const given = new Map<string, number>();
  for (const [symbol, price] of entries('prices', prices)) {
    if (price === undefined || Number.isNaN(price)) continue;
    given.set(symbol, checkPrice(`prices.${symbol}`, `of ${symbol}`, price, options));
  }
  return given;
}

/** The price of a symbol that must have one; `PriceError` naming it otherwise. */
export function neededPrice(symbol: string, given: ReadonlyMap<string, number>): number {
  const price = given.get(symbol);
  if (price !== undefined) return price;
  const constraint = 'a price for every symbol held or wanted';
  const detail = { field: `prices.${symbol}`, value: NaN, constraint, fix: 'pass its last known price' };
  throw new PriceError(
    `${symbol} is held or wanted but has no price. Constraint: ${constraint}. Fix: ${detail.fix}`,
    {},
    detail,
  );
}
