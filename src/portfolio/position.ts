/** One holding as its owner sees it. */
import { MICRO, notionalCents } from '../../kernels/portfolio/notional.js';
import type { Account } from './accounts.js';
import { checkPrice, type PriceOptions } from './given-prices.js';
import { safeCents } from './safe-cents.js';

/** A holding at the moment it was asked for; later trades do not change it. */
export interface Position {
  readonly symbol: string;
  /** Shares, negative when short. */
  readonly quantity: number;
  /**
   * Average price paid (received, when short) in ticks, without costs of trading; 0 for a closed position. It is made
   * from `totalCost`, which is kept to the cent, so it never drifts.
   */
  readonly avgEntryPrice: number;
  /** Cents paid for what is held (negative when short: cents received), without costs of trading. */
  readonly totalCost: number;
  /** Cents of profit taken by sales so far, without costs of trading. */
  readonly realizedPnl: number;
  /**
   * Profit not yet taken at `price` (whole ticks, at least 1), in cents: market value, rounded half to even, minus
   * `totalCost`. Throws as the prices of a portfolio do: `PriceError`, `NonFiniteError`, `OverflowError`.
   */
  unrealizedPnl(price: number): number;
}

/** The holding that an account describes. */
export function makePosition(account: Account, options: PriceOptions): Position {
  const { symbol, whole, micro, basis, realized } = account;
  const { priceScale } = options;
  const quantity = whole + micro / MICRO;
  const ticksPerCent = priceScale > 100 ? priceScale / 100 : 1;
  const centsPerTick = priceScale < 100 ? 100 / priceScale : 1;
  return {
    symbol,
    quantity,
    avgEntryPrice: quantity === 0 ? 0 : (basis * ticksPerCent) / (quantity * centsPerTick),
    totalCost: basis,
    realizedPnl: realized,
    unrealizedPnl(price: number): number {
      checkPrice('price', `of ${symbol}`, price, options);
      const cents = Math.floor(price / ticksPerCent);
      const rem = price - cents * ticksPerCent;
      const value = notionalCents(whole, micro, cents * centsPerTick, rem, ticksPerCent);
      return safeCents('unrealized profit', safeCents('value', value) - basis);
    },
  };
}
