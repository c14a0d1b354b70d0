/** Which orders a rebalance through the books sends: wanted trades, cut to what the books and the cash allow. */
import { tradeCost } from '../../kernels/portfolio/cost.js';
import { MICRO } from '../../kernels/portfolio/notional.js';
import { OverflowError } from '../errors.js';
import type { Side } from '../exchange/types.js';
import type { Accounts } from './accounts.js';
import { BookSide } from './book-side.js';
import { cashFloor } from './cash-floor.js';
import { limitPrice, type ResolvedLobOptions } from './lob-options.js';
import type { LobExchange } from './lob-types.js';
import type { SplitPrices } from './price-row.js';
import { centsOf } from './tick-money.js';
import { safeCents } from './safe-cents.js';

/** An order to be. */
export interface Draft {
  readonly column: number;
  readonly symbol: string;
  readonly side: Side;
  readonly exchange: LobExchange;
  readonly reference: number;
  readonly limit: number | null;
  readonly book: BookSide;
  /** Whole shares wanted. */
  readonly shares: number;
  /** Micro-shares that an exit would sell or cover too, if a book traded them. */
  readonly fraction: number;
  /** Whole shares to send: fewer where the cash does not reach. */
  quantity: number;
}

/** The symbols of a rebalance by column: exchange and reference price of every one that is held or wanted. */
export interface Quotes {
  readonly exchanges: readonly (LobExchange | null)[];
  readonly references: Float64Array;
  readonly prices: SplitPrices;
}

/** Cents that an order of `quantity` moves and costs, by the book as it stands. */
function outcome(accounts: Accounts, { book }: Draft, quantity: number): { notional: number; cost: number } {
  const { costs, priceScale } = accounts;
  const notional = centsOf('traded value', book.valueOf(book.reach(quantity)), priceScale);
  return { notional, cost: tradeCost(notional, ...costs.rates, costs.minTradeFee) };
}

/**
 * The orders towards `weights` of `equityCents`, sells first. Nothing is sent. What they do to cash and equity has been
 * worked out from the books and is exact, else `OverflowError`.
 */
export function planOrders(
  accounts: Accounts,
  weights: Float64Array,
  equityCents: number,
  quotes: Quotes,
  options: ResolvedLobOptions,
): Draft[] {
  const { ledger, rules } = accounts;
  const drafts = draftOrders(accounts, weights, equityCents, quotes, options);
  const sells = drafts.filter(({ side }) => side === 'sell');
  const buys = drafts.filter(({ side }) => side === 'buy');
  const floor = cashFloor(ledger.size, rules, equityCents, weights, 0);
  const cash = sizeSells(accounts, sells, floor);
  sizeBuys(accounts, buys, cash - floor);
  const ordered = [...sells, ...buys];
  checkOutcome(accounts, ordered, quotes.prices);
  return ordered;
}

/** The trades that the targets ask for, as orders. */
function draftOrders(
  accounts: Accounts,
  weights: Float64Array,
  equityCents: number,
  { exchanges, references, prices }: Quotes,
  { owner, stp, slippage }: ResolvedLobOptions,
): Draft[] {
  const { whole, micro, nextWhole } = accounts.ledger.propose(equityCents, weights, prices);
  const drafts: Draft[] = [];
  for (const [column, exchange] of exchanges.entries()) {
    if (exchange === null) continue;
    const held = whole[column]!;
    const part = micro[column]!;
    const step = nextWhole[column]! - held;
    // An exit leaves the fraction, on the side it is on; one that an order limit cuts does not get that far.
    const rest = held < 0 && part > 0 ? part - MICRO : part;
    const isExit = weights[column] === 0 && nextWhole[column] === (rest < 0 ? -1 : 0);
    const fraction = isExit ? Math.abs(rest) : 0;
    if (step === 0 && fraction === 0) continue;
    const side = step > 0 || (step === 0 && rest < 0) ? 'buy' : 'sell';
    const shares = Math.abs(step);
    const symbol = accounts.symbol(column);
    checkQuantity(symbol, shares);
    const reference = references[column]!;
    const limit = limitPrice(side, reference, slippage);
    const book = new BookSide(exchange, side, shares, limit, owner, stp ?? exchange.stp);
    drafts.push({
      column,
      symbol,
      side,
      exchange,
      reference,
      limit,
      book,
      shares,
      fraction,
      quantity: shares,
    });
  }
  return drafts;
}

/**
 * Cash after the sells. Where their costs would push it below `floor`, those that cost more than they bring are left
 * out, all of them, as in a rebalance at given prices.
 */
function sizeSells(accounts: Accounts, sells: readonly Draft[], floor: number): number {
  let cash = accounts.ledger.cash;
  let without = cash;
  const losing: Draft[] = [];
  for (const sell of sells) {
    const { notional, cost } = outcome(accounts, sell, sell.quantity);
    cash += notional - cost;
    if (cost > notional) losing.push(sell);
    else without += notional - cost;
  }
  if (cash >= floor || losing.length === 0) return cash;
  for (const sell of losing) sell.quantity = 0;
  return without;
}

/**
 * Scales the buys by the largest common factor at which all of them, filled by their books and with costs, take no
 * more than `available` cents. One factor for all, so that the order of the symbols cannot matter. What a buy takes
 * never falls as it grows, but it grows in steps of shares, levels and fees: so the factor is bisected.
 */
function sizeBuys(accounts: Accounts, buys: readonly Draft[], available: number): void {
  const { lotMicro } = accounts.rules;
  const lot = Math.max(lotMicro / MICRO, 1);
  const sized = ({ shares }: Draft, factor: number): number => Math.floor((shares * factor) / lot) * lot;
  const need = (quantityOf: (buy: Draft) => number): number => {
    let cents = 0;
    for (const buy of buys) {
      const { notional, cost } = outcome(accounts, buy, quantityOf(buy));
      cents += notional + cost;
    }
    return cents;
  };
  if (need(({ shares }) => shares) <= available) return;
  let low = 0;
  let high = 1;
  for (let round = 0; round < 53; round++) {
    const middle = (low + high) / 2;
    if (need((buy) => sized(buy, middle)) <= available) low = middle;
    else high = middle;
  }
  for (const buy of buys) buy.quantity = sized(buy, low);
}

/** Throws `OverflowError` unless cash and equity stay exact, and leaves the ledger's trades empty. */
function checkOutcome(accounts: Accounts, drafts: readonly Draft[], prices: SplitPrices): void {
  const { ledger } = accounts;
  let { cash } = ledger;
  let traded = 0;
  let costs = 0;
  for (let i = 0; i < ledger.size; i++) ledger.leave(i);
  for (const draft of drafts) {
    const { notional, cost } = outcome(accounts, draft, draft.quantity);
    const filled = draft.book.reach(draft.quantity);
    ledger.priorWhole[draft.column]! += draft.side === 'buy' ? filled : -filled;
    cash += (draft.side === 'buy' ? -notional : notional) - cost;
    traded = safeCents('traded value', traded + notional);
    costs = safeCents('costs', costs + cost);
  }
  ledger.equityAfter(cash, prices);
  for (const { column } of drafts) ledger.leave(column);
}

function checkQuantity(symbol: string, shares: number): void {
  if (Number.isSafeInteger(shares)) return;
  const constraint = 'an order of at most 2^53 - 1 shares';
  const detail = {
    field: `targets.${symbol}`,
    value: shares,
    constraint,
    fix: 'use less cash or maxOrderValue',
  };
  throw new OverflowError(
    `the order for ${symbol} is too large: ${constraint}. Fix: ${detail.fix}`,
    {},
    detail,
  );
}
