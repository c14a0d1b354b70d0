/** What is wrong with a price, in words; the same for a portfolio and a backtest. */
import { NonFiniteError, OverflowError, PriceError, ValidationError } from '../errors.js';
import { FRACTIONAL_PRICE_MAX_CENTS } from './rules.js';

/** Where a price stands: its field, the words for a sentence, and what to do where there is none. */
export interface PricePlace {
  readonly field: string;
  readonly where: string;
  readonly missing: string;
}

/** The error of a number that is neither a whole number of ticks in range nor NaN. */
export function badPrice(price: number, place: PricePlace, priceScale: number): Error {
  const { field, where, missing } = place;
  if (!Number.isFinite(price)) {
    return new NonFiniteError(field, price, 'a finite price', 'use NaN for a missing price');
  }
  if (price > Number.MAX_SAFE_INTEGER) {
    return overflow(field, price, 'a price below 2^53 ticks', 'use a smaller price scale');
  }
  if (price < 1) {
    const detail = { field, value: price, constraint: 'at least one tick', fix: missing };
    return new PriceError(`price ${price} ${where} is not positive; ${missing}`, {}, detail);
  }
  if (!Number.isInteger(price)) {
    return new ValidationError(
      field,
      price,
      `a whole number of ticks (priceScale ${priceScale})`,
      'convert with pricesToCents, or pass the priceScale the prices were read with',
    );
  }
  return overflow(
    field,
    price,
    `at most ${FRACTIONAL_PRICE_MAX_CENTS} cents with fractional shares (micro-share × price must stay below 2^53)`,
    'trade whole shares: quantityStep 1',
  );
}

function overflow(field: string, value: number, constraint: string, fix: string): OverflowError {
  const detail = { field, value, constraint, fix };
  return new OverflowError(`${field} is ${value}: ${constraint}; ${fix}`, {}, detail);
}
