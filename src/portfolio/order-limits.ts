/** The order limits of a rebalance, in the order in which they apply. */
import { dropSmallTrades, keepLargestTrades, shrinkTrade } from '../../kernels/portfolio/limit.js';
import type { LedgerRules } from './ledger-rules.js';
import type { PriceRow } from './price-row.js';

/** The trades of a rebalance: steps from (whole, micro) to (nextWhole, nextMicro), worth `notional` signed cents. */
export interface TradeArrays {
  readonly whole: Float64Array;
  readonly micro: Float64Array;
  readonly nextWhole: Float64Array;
  readonly nextMicro: Float64Array;
  readonly notional: Float64Array;
}

/**
 * Leaves out trades inside the no-trade band or below the minimum value, cuts single trades to the maximum value,
 * keeps the largest ones, and scales what is left to the limit of the whole rebalance. Works in place.
 */
export function applyOrderLimits(
  rules: LedgerRules,
  rank: Int32Array,
  equityCents: number,
  weights: Float64Array,
  offset: number,
  prices: PriceRow,
  trades: TradeArrays,
): void {
  const n = rank.length;
  const { whole, micro, nextWhole, nextMicro, notional } = trades;
  if (rules.noTradeBandBps > 0 || rules.minOrderValue > 0) {
    const band = rules.noTradeBandBps > 0 ? (equityCents * rules.noTradeBandBps) / 10_000 : -1;
    dropSmallTrades(
      n,
      weights,
      offset,
      band,
      rules.minOrderValue,
      whole,
      micro,
      nextWhole,
      nextMicro,
      notional,
    );
  }
  const shrink = (i: number, factor: number): void => {
    const { ticksPerCent, lotMicro } = rules;
    const { cents, rem } = prices;
    shrinkTrade(
      i,
      factor,
      nextWhole,
      nextMicro,
      cents,
      rem,
      ticksPerCent,
      lotMicro,
      whole,
      micro,
      nextWhole,
      nextMicro,
      notional,
    );
  };
  if (rules.maxOrderValue > 0) {
    for (let i = 0; i < n; i++) {
      const size = Math.abs(notional[i]!);
      if (size > rules.maxOrderValue) shrink(i, rules.maxOrderValue / size);
    }
  }
  if (rules.maxTradesPerRebalance > 0) {
    const keep = Math.min(rules.maxTradesPerRebalance, n);
    keepLargestTrades(n, keep, rank, whole, micro, nextWhole, nextMicro, notional);
  }
  if (rules.maxRebalanceNotional > 0) {
    let gross = 0;
    for (let i = 0; i < n; i++) gross += Math.abs(notional[i]!);
    const factor = rules.maxRebalanceNotional / gross;
    for (let i = 0; i < n && factor < 1; i++) if (notional[i] !== 0) shrink(i, factor);
  }
}
