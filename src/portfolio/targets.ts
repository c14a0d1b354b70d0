/** From target weights to the trades of a rebalance, before limits, costs and cash. */
import { equityAfterCosts, targetsInCents, targetsInTicks } from '../../kernels/portfolio/target.js';
import type { CostModel } from './cost-model.js';
import type { LedgerRules } from './ledger-rules.js';
import type { TradeArrays } from './order-limits.js';
import type { SplitPrices } from './price-row.js';

/**
 * Writes wanted positions and signed notionals into `trades`, their sums into `totals` (absolute, net). Chooses the
 * kernel: cents with micro-share lots and no shorts have a short way of their own.
 */
export function writeTargets(
  rules: LedgerRules,
  costs: CostModel,
  equityCents: number,
  weights: Float64Array,
  offset: number,
  prices: SplitPrices,
  trades: TradeArrays,
  totals: Float64Array,
): void {
  const { lotMicro, costTarget, allowShort } = rules;
  const { cents, rem, ticksPerCent } = prices;
  const { whole, micro, nextWhole, nextMicro, notional } = trades;
  const n = whole.length;
  let base = equityCents;
  if (costTarget === 'net') {
    const { commissionBps, slippageBps, minTradeFee } = costs;
    const rate = (commissionBps + slippageBps) / 10_000;
    base = equityAfterCosts(
      n,
      equityCents,
      weights,
      offset,
      cents,
      rem,
      ticksPerCent,
      whole,
      micro,
      rate,
      minTradeFee,
    );
  }
  if (ticksPerCent === 1 && lotMicro === 1 && !allowShort) {
    targetsInCents(n, base, weights, offset, cents, whole, micro, nextWhole, nextMicro, notional, totals);
    return;
  }
  targetsInTicks(
    n,
    base,
    weights,
    offset,
    cents,
    rem,
    ticksPerCent,
    lotMicro,
    whole,
    micro,
    nextWhole,
    nextMicro,
    notional,
    totals,
  );
}
