/** The order limits of a rebalance, in the order in which they apply. */
import { dropSmallTrades, shrinkTrade } from '../../kernels/portfolio/limit.js';
import type { LedgerRules } from './ledger-rules.js';
import type { SplitPrices } from './price-row.js';

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
  prices: SplitPrices,
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
      equityCents,
      band,
      rules.minOrderValue,
      prices.cents,
      prices.rem,
      prices.ticksPerCent,
      whole,
      micro,
      nextWhole,
      nextMicro,
      notional,
    );
  }
  const shrink = (i: number, factor: number): void => {
    const { cents, rem, ticksPerCent } = prices;
    shrinkTrade(
      i,
      factor,
      nextWhole,
      nextMicro,
      cents,
      rem,
      ticksPerCent,
      rules.lotMicro,
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
  if (rules.maxTradesPerRebalance > 0) keepLargest(rules.maxTradesPerRebalance, rank, trades);
  if (rules.maxRebalanceNotional > 0) {
    const limit = rules.maxRebalanceNotional;
    // Each shrunk order is rounded to the cent: a second round takes off what the sum is still too large by.
    let gross = grossOf(notional);
    for (let round = 0; round < 20 && gross > limit; round++) {
      const aim = round === 0 ? limit : Math.max(0, limit - (gross - limit) - 1);
      const factor = aim / gross;
      for (let i = 0; i < n; i++) if (notional[i] !== 0) shrink(i, factor);
      gross = grossOf(notional);
    }
  }
}

function grossOf(notional: Float64Array): number {
  let gross = 0;
  for (let i = 0; i < notional.length; i++) gross += Math.abs(notional[i]!);
  return gross;
}

/** Keeps the `keep` largest trades, ties by name, and leaves out the others. O(n log n). */
function keepLargest(keep: number, rank: Int32Array, trades: TradeArrays): void {
  const { whole, micro, nextWhole, nextMicro, notional } = trades;
  const moving: number[] = [];
  for (let i = 0; i < rank.length; i++) {
    if (nextWhole[i] !== whole[i] || nextMicro[i] !== micro[i]) moving.push(i);
  }
  if (moving.length <= keep) return;
  moving.sort((a, b) => Math.abs(notional[b]!) - Math.abs(notional[a]!) || rank[a]! - rank[b]!);
  for (const i of moving.slice(keep)) {
    nextWhole[i] = whole[i]!;
    nextMicro[i] = micro[i]!;
    notional[i] = 0;
  }
}
