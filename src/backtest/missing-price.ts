/** The error of a symbol that is held or wanted and has no price. */
import { PriceError } from '../errors.js';
import { formatDate } from '../time.js';

/** Says which symbol has no price at bar `t`, `why` it needs one, and what to do. */
export function missingPrice(
  prices: { readonly symbols: readonly string[]; readonly dates: Int32Array | null },
  t: number,
  i: number,
  why: string,
): PriceError {
  const symbol = prices.symbols[i]!;
  const when = prices.dates === null ? `bar ${t}` : `bar ${t} (${formatDate(prices.dates[t]!)})`;
  const fix = "set missingPrice: 'mark-last' to value it at its last price, or give it no weight there";
  return new PriceError(
    `${symbol} has no price at ${when} but ${why}; ${fix}`,
    {},
    {
      field: `prices at ${when}, symbol ${symbol}`,
      value: NaN,
      constraint: "a price for every symbol held or wanted (missingPrice: 'error')",
      fix,
    },
  );
}
