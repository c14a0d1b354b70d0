/** What a symbol is worth by its book. */
import { OverflowError, PriceError, ValidationError } from '../errors.js';
import { checkPrice, type PriceOptions } from './given-prices.js';
import type { LobExchange, LobMarket } from './lob-types.js';
import type { SplitPrices } from './price-row.js';

/** The exchange of a symbol that is held or wanted, with the portfolio's price scale. */
export function exchangeOf(multi: LobMarket, symbol: string, options: PriceOptions): LobExchange {
  if (!multi.has(symbol)) throw unpriced(symbol, 'no book', 'an exchange of that symbol in multi');
  const exchange = multi.exchange(symbol);
  if (exchange.priceScale !== options.priceScale) {
    throw new ValidationError(
      `multi.${symbol}.priceScale`,
      exchange.priceScale,
      `the price scale of the portfolio (${options.priceScale})`,
      'make the exchanges and the portfolio with the same priceScale',
    );
  }
  return exchange;
}

/**
 * The middle of best bid and best ask in ticks, exact to the half tick; the best price of one side where the other is
 * empty; the last trade price where both are. `PriceError` without any, `OverflowError` for a half tick past 2^52 and
 * for a price that the money of a portfolio does not take.
 */
export function referencePrice(exchange: LobExchange, symbol: string, options: PriceOptions): number {
  const bid = exchange.bestBid();
  const ask = exchange.bestAsk();
  const only = bid ?? ask ?? exchange.lastTradePrice();
  if (only === null) throw unpriced(symbol, 'neither orders nor trades', 'an order or a trade in its book');
  const field = `multi.${symbol}`;
  const spread = bid !== null && ask !== null ? ask - bid : 0;
  const low = checkPrice(field, `of ${symbol}`, only + Math.floor(spread / 2), options);
  if (spread % 2 === 0) return low;
  checkPrice(field, `of ${symbol}`, low + 1, options);
  if (low < 4_503_599_627_370_496) return low + 0.5;
  const detail = {
    field,
    value: [bid, ask],
    constraint: 'a middle of bid and ask that is a whole tick past 2^52',
    fix: 'use a smaller price scale',
  };
  throw new OverflowError(
    `the middle of ${bid} and ${ask} of ${symbol} is not exact. Fix: ${detail.fix}`,
    {},
    detail,
  );
}

/** Reference prices, which may end in half a tick, as the kernels read them. */
export function splitReferences(references: Float64Array, priceScale: number): SplitPrices {
  const n = references.length;
  const cents = new Float64Array(n);
  const rem = new Float64Array(n);
  const perCent = priceScale > 100 ? priceScale / 100 : 1;
  const perTick = priceScale < 100 ? 100 / priceScale : 1;
  for (let i = 0; i < n; i++) {
    const ticks = Math.floor(references[i]!);
    const half = references[i]! - ticks;
    const whole = Math.floor(ticks / perCent);
    // A tick of 10 or 100 cents has whole cents in its half; else the half is one of two parts of a tick.
    cents[i] = perTick === 1 ? whole : (ticks + half) * perTick;
    rem[i] = perTick === 1 ? (ticks - whole * perCent + half) * 2 : 0;
  }
  return { cents, rem, ticksPerCent: perCent * 2 };
}

function unpriced(symbol: string, what: string, constraint: string): PriceError {
  const fix = 'give its book an order, or leave it out of the targets and the portfolio';
  const detail = { field: `multi.${symbol}`, value: null, constraint, fix };
  return new PriceError(
    `${symbol} is held or wanted but has ${what}. Constraint: ${constraint}. Fix: ${fix}`,
    {},
    detail,
  );
}
