/** The trades of a rebalance as a list. */
import type { Accounts } from './accounts.js';
import type { RebalanceTrade } from './types.js';

/** The trades that the ledger has just booked at `accounts.prices`: sells first, then buys, each by column. */
export function lastTrades(accounts: Accounts): RebalanceTrade[] {
  const { size, whole, micro, priorWhole, priorMicro, notional, cost } = accounts.ledger;
  const trades: RebalanceTrade[] = [];
  for (const side of ['sell', 'buy'] as const) {
    for (let i = 0; i < size; i++) {
      const step = whole[i]! - priorWhole[i]! + (micro[i]! - priorMicro[i]!) / 1e6;
      if (step === 0 || step > 0 !== (side === 'buy')) continue;
      trades.push({
        symbol: accounts.symbol(i),
        side,
        quantity: Math.abs(step),
        price: accounts.prices.ticks[i]!,
        notionalCents: Math.abs(notional[i]!),
        costCents: cost[i]!,
      });
    }
  }
  return trades;
}
