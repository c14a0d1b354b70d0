/** A rebalance through the order books of exchanges: plan, send, book what was filled. */
import { tradeCost } from '../../kernels/portfolio/cost.js';
import { MICRO } from '../../kernels/portfolio/notional.js';
import type { SubmitResult } from '../exchange/types.js';
import type { Accounts } from './accounts.js';
import { type BySymbol, entries } from './by-symbol.js';
import { checkWeights } from './check-weights.js';
import { checkMarket, resolveLobOptions, type ResolvedLobOptions } from './lob-options.js';
import { type Draft, planOrders, type Quotes } from './lob-plan.js';
import type { LobExchange, LobMarket, LobOptions, LobOrder, LobReason, LobReport } from './lob-types.js';
import { exchangeOf, referencePrice, splitReferences } from './reference-price.js';
import { centsOf } from './tick-money.js';
import type { PortfolioOptions } from './types.js';

/** What the fills of one order come to. */
interface Fill {
  readonly result: SubmitResult | null;
  readonly quantity: number;
  /** Exact sum of price × quantity, in ticks. */
  readonly value: bigint;
  readonly notional: number;
  readonly cost: number;
}

/** `Portfolio.rebalanceLob`: what it does is described there. */
export function rebalanceLob(
  accounts: Accounts,
  options: Required<PortfolioOptions>,
  bankrupt: boolean,
  targets: BySymbol,
  multi: LobMarket,
  lobOptions: LobOptions,
): LobReport {
  const wanted = entries('targets', targets).filter(([, weight]) => weight !== 0);
  checkWeights(wanted, options);
  checkMarket(multi);
  const resolved = resolveLobOptions(lobOptions);
  accounts.arrange(wanted.map(([symbol]) => symbol));
  const { ledger } = accounts;
  const weights = new Float64Array(ledger.size);
  for (const [symbol, weight] of wanted) weights[accounts.columnOf(symbol)] = weight;
  const quotes = quote(accounts, options, weights, multi);
  const equityCents = ledger.equity(quotes.prices);
  if (bankrupt || equityCents <= 0) {
    return { status: 'bankrupt', equityCents, tradedCents: 0, costCents: 0, slippageCents: 0, orders: [] };
  }
  const drafts = planOrders(accounts, weights, equityCents, quotes, resolved);
  const orders = execute(accounts, drafts, resolved);
  const sum = (field: 'notionalCents' | 'costCents' | 'slippageCents'): number =>
    orders.reduce((cents, order) => cents + order[field], 0);
  return {
    status: 'ok',
    equityCents,
    tradedCents: sum('notionalCents'),
    costCents: sum('costCents'),
    slippageCents: sum('slippageCents'),
    orders,
  };
}

/** Exchange and reference price of every symbol held or wanted. */
function quote(
  accounts: Accounts,
  options: Required<PortfolioOptions>,
  weights: Float64Array,
  multi: LobMarket,
): Quotes {
  const { ledger } = accounts;
  const references = new Float64Array(ledger.size).fill(1);
  const exchanges: (LobExchange | null)[] = [];
  for (let i = 0; i < ledger.size; i++) {
    exchanges.push(null);
    if (weights[i] === 0 && !ledger.holds(i)) continue;
    const symbol = accounts.symbol(i);
    const exchange = exchangeOf(multi, symbol, options);
    references[i] = referencePrice(exchange, symbol, options);
    exchanges[i] = exchange;
  }
  return { exchanges, references, prices: splitReferences(references, options.priceScale) };
}

/** Sends the orders and books what they got, also what was got before an exchange threw. */
function execute(accounts: Accounts, drafts: readonly Draft[], options: ResolvedLobOptions): LobOrder[] {
  const { ledger } = accounts;
  const { whole, priorWhole, notional, cost } = ledger;
  const orders: LobOrder[] = [];
  let { cash } = ledger;
  try {
    for (const draft of drafts) {
      const fill = send(accounts, draft, options);
      const { column: i, side } = draft;
      const sign = side === 'buy' ? 1 : -1;
      priorWhole[i] = whole[i]! + sign * fill.quantity;
      notional[i] = sign * fill.notional;
      cost[i] = fill.cost;
      cash -= sign * fill.notional + fill.cost;
      orders.push(describe(accounts, draft, fill));
    }
  } finally {
    ledger.book(cash);
    accounts.enroll();
  }
  return orders;
}

/** Sends one order, if there is anything to send. */
function send(accounts: Accounts, draft: Draft, { owner, stp }: ResolvedLobOptions): Fill {
  const { exchange, side, quantity, limit } = draft;
  if (quantity === 0) return { result: null, quantity: 0, value: 0n, notional: 0, cost: 0 };
  const owned = stp === null ? { owner } : { owner, stp };
  const result =
    limit === null
      ? exchange.submitMarket(side, quantity, owned)
      : exchange.submitLimit(side, limit, quantity, 'ioc', owned);
  let value = 0n;
  for (const trade of result.trades) value += BigInt(trade.price) * BigInt(trade.quantity);
  const { costs, priceScale } = accounts;
  const notional = centsOf('traded value', value, priceScale);
  const cost = tradeCost(notional, ...costs.rates, costs.minTradeFee);
  return { result, quantity: result.filledQuantity, value, notional, cost };
}

function describe(accounts: Accounts, draft: Draft, fill: Fill): LobOrder {
  const { symbol, side, shares, reference } = draft;
  const { result, quantity, value } = fill;
  const fraction = draft.fraction / MICRO;
  // Twice the value, so that half a tick of the reference price is whole.
  const twiceReference = BigInt(2 * reference) * BigInt(quantity);
  const twiceWorse = (value * 2n - twiceReference) * (side === 'buy' ? 1n : -1n);
  return {
    symbol,
    side,
    wantedQuantity: shares + fraction,
    filledQuantity: quantity,
    unfilledQuantity: shares - quantity + fraction,
    referencePrice: reference,
    averagePrice: quantity === 0 ? null : quotient(value, quantity),
    slippageBps: quantity === 0 ? null : (Number(twiceWorse) / Number(twiceReference)) * 10_000,
    slippageCents: centsOf('slippage', twiceWorse, 2 * accounts.priceScale),
    notionalCents: fill.notional,
    costCents: fill.cost,
    orderId: result === null ? null : result.orderId,
    reason: reasonOf(draft, fill),
  };
}

/** value / quantity, rounded once where the value fits a double, else by less than one part in 2^52. */
function quotient(value: bigint, quantity: number): number {
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value) / quantity;
  const divisor = BigInt(quantity);
  return Number(value / divisor) + Number(value % divisor) / quantity;
}

/** Why less than wanted was filled: what the book said, then the cash, then the fraction. */
function reasonOf(draft: Draft, { result, quantity }: Fill): LobReason | null {
  const { book, shares, fraction } = draft;
  if (quantity < draft.quantity) {
    if (result?.reason === 'self-trade') return 'self-trade';
    return book.limited ? 'slippage-limit' : 'no-liquidity';
  }
  if (quantity < shares) return 'cash';
  return fraction > 0 ? 'fraction' : null;
}
