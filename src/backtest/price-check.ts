/** What is wrong with a price, in words. */
import { NonFiniteError, OverflowError, PriceError, ValidationError } from '../errors.js';
import { FRACTIONAL_PRICE_MAX_CENTS, priceLimit } from '../portfolio/rules.js';
import { formatDate } from '../time.js';
import type { ResolvedBacktestOptions } from './types.js';

/** Names a cell of a panel: bar, date and symbol. */
export function placeOf(cell: number, symbols: readonly string[], dates: Int32Array | null): string {
  const bar = Math.floor(cell / symbols.length);
  const date = dates === null ? '' : ` (${formatDate(dates[bar]!)})`;
  return `bar ${bar}${date}, symbol ${symbols[cell % symbols.length]}`;
}

/**
 * Throws the error of the first cell of `data[from … to)` that is neither a whole number of ticks in range nor NaN.
 * Without one it returns how many are missing.
 */
export function refuseBadPrices(
  data: Float64Array,
  from: number,
  to: number,
  place: (cell: number) => string,
  config: ResolvedBacktestOptions,
): number {
  const limit = priceLimit(config);
  let missing = 0;
  for (let cell = from; cell < to; cell++) {
    const price = data[cell]!;
    if (Number.isNaN(price)) missing += 1;
    else if (!(Number.isSafeInteger(price) && price >= 1 && price <= limit))
      throw badPrice(price, place(cell), config);
  }
  return missing;
}

function badPrice(price: number, place: string, config: ResolvedBacktestOptions): Error {
  const field = `prices at ${place}`;
  if (!Number.isFinite(price)) {
    return new NonFiniteError(field, price, 'a finite price', 'use NaN for a missing price');
  }
  if (price > Number.MAX_SAFE_INTEGER) {
    return overflow(field, price, 'a price below 2^53 ticks', 'use a smaller price scale');
  }
  if (price < 1) {
    const fix = 'remove the row, or mark the cell missing with NaN';
    const detail = { field, value: price, constraint: 'at least one tick', fix };
    return new PriceError(`price ${price} at ${place} is not positive; ${fix}`, {}, detail);
  }
  if (!Number.isInteger(price)) {
    return new ValidationError(
      field,
      price,
      `a whole number of ticks (priceScale ${config.priceScale})`,
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
