/**
 * Makes the buys of a rebalance fit the cash that is there.
 */
import { tradeCost } from './cost.js';
import { shrinkTrade } from './limit.js';

/**
 * Scales every buy by the same factor, rounded down to lots. Sells stay as they are.
 *
 * n            number of symbols
 * factor       from 0 to 1
 * wantedWhole, wantedMicro, wantedNotional   the trades wanted
 * priceCents, priceRem, ticksPerCent, lotMicro, whole, micro   as in targetsInTicks
 * (rates)      as in tradeCost
 * nextWhole, nextMicro, notional   n trades, written (not the arrays of the wanted ones)
 * cost         n cents; written for buys, left alone for sells
 *
 * Returns the cents that the scaled buys need, costs included.
 */
export function scaleBuys(
  n: number,
  factor: number,
  wantedWhole: Float64Array,
  wantedMicro: Float64Array,
  wantedNotional: Float64Array,
  priceCents: Float64Array,
  priceRem: Float64Array,
  ticksPerCent: number,
  lotMicro: number,
  whole: Float64Array,
  micro: Float64Array,
  commissionNumerator: number,
  commissionDenominator: number,
  slippageNumerator: number,
  slippageDenominator: number,
  minFee: number,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
  cost: Float64Array,
): number {
  let needed = 0;
  for (let i = 0; i < n; i++) {
    if (wantedNotional[i] <= 0) {
      nextWhole[i] = wantedWhole[i];
      nextMicro[i] = wantedMicro[i];
      notional[i] = wantedNotional[i];
      continue;
    }
    shrinkTrade(
      i,
      factor,
      wantedWhole,
      wantedMicro,
      priceCents,
      priceRem,
      ticksPerCent,
      lotMicro,
      whole,
      micro,
      nextWhole,
      nextMicro,
      notional,
    );
    cost[i] = tradeCost(
      notional[i],
      commissionNumerator,
      commissionDenominator,
      slippageNumerator,
      slippageDenominator,
      minFee,
    );
    needed += notional[i] + cost[i];
  }
  return needed;
}
