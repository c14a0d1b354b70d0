/** Which cell of a panel holds no price. */
import { badPrice, type PricePlace } from '../portfolio/price-error.js';
import { priceLimit } from '../portfolio/rules.js';
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
      throw badPrice(price, placeOfPrice(place(cell)), config.priceScale);
  }
  return missing;
}

function placeOfPrice(place: string): PricePlace {
  const missing = 'remove the row, or mark the cell missing with NaN';
  return { field: `prices at ${place}`, where: `at ${place}`, missing };
}
