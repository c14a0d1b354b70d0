/** One holding as its owner sees it. */
import { MICRO, notionalCents } from '../../kernels/portfolio/notional.js';
import { checkInteger } from '../check.js';

/** A holding at the moment it was asked for; later trades do not change it. */
export interface Position {
  readonly symbol: string;
  /** Shares, negative when short. */
  readonly quantity: number;
  /** Average price paid (received, when short) in ticks, without costs of trading; 0 for a closed position. */
  readonly avgEntryPrice: number;
  /** Cents paid for what is held (negative when short: cents received), without costs of trading. */
  readonly totalCost: number;
  /** Cents of profit taken by sales so far, without costs of trading. */
  readonly realizedPnl: number;
  /** Profit not yet taken at `price` (ticks), in cents: market value, rounded half to even, minus `totalCost`. */
  unrealizedPnl(price: number): number;
}

/** Builds a `Position` from the ledger's cells. */
export function makePosition(
  symbol: string,
  whole: number,
  micro: number,
  basis: number,
  realized: number,
  priceScale: number,
): Position {
  const quantity = whole + micro / MICRO;
  const ticksPerCent = priceScale > 100 ? priceScale / 100 : 1;
  const centsPerTick = priceScale < 100 ? 100 / priceScale : 1;
  return {
    symbol,
    quantity,
    avgEntryPrice: quantity === 0 ? 0 : ((basis / quantity) * priceScale) / 100,
    totalCost: basis,
    realizedPnl: realized,
    unrealizedPnl(price: number): number {
      checkInteger('price', price, 1, Number.MAX_SAFE_INTEGER);
      const cents = Math.floor(price / ticksPerCent);
      const rem = price - cents * ticksPerCent;
      return notionalCents(whole, micro, cents * centsPerTick, rem, ticksPerCent) - basis;
    },
  };
}
