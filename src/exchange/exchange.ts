/** One order book with its stops, its history and the log of its inputs. */
import { IOC, LAST_PRICE } from '../../kernels/book/layout.js';
import { checkKeys } from '../check.js';
import { checkPriceScale } from '../money.js';
import { compactBook } from './compact-book.js';
import { bestPrice, fullLevels, topLevels } from './book-view.js';
import { checkBar, checkWhole, tagOf } from './check-input.js';
import { POLICIES, policyCode, sideCode, timeInForceCode } from './codes.js';
import type { Event, SymbolEvent } from './event.js';
import { checkExchangeJson, type ExchangeJson, restoreExchange, toExchangeJson } from './exchange-json.js';
import { keepOne } from './keep-one.js';
import { OrderFlow } from './order-flow.js';
import { applyEvent } from './order-target.js';
import { BookSnapshot, L3Snapshot } from './snapshot.js';
import { exchangeHash } from './state-hash.js';
import { type StopFields, stopInput, type StopType } from './stop-input.js';
import type {
  CancelResult,
  LimitOptions,
  ModifyResult,
  Order,
  OrderOptions,
  Side,
  StopOrder,
  StopResult,
  StpPolicy,
  SubmitResult,
  TimeInForce,
  Trade,
  Trail,
} from './types.js';

export type { ExchangeJson, OpenOrderJson } from './exchange-json.js';

/** Options of an exchange. */
export interface ExchangeOptions {
  /** Policy of orders that name none. Default `off`. */
  readonly stp?: StpPolicy;
  /** Ticks per currency unit. Default 100: prices are cents. */
  readonly priceScale?: number;
}

/**
 * A limit order book with exact integer prices and quantities, price-time priority, stops, and a log of its inputs from
 * which `replay` rebuilds it exactly.
 *
 * Prices are ticks, quantities units: integers from 1 to 2^53 - 1; anything else throws `ValidationError` and changes
 * nothing. The open quantity of a side, pending stops included, stays within 2^53 - 1 (`OverflowError`). What belongs to
 * the market (a rejected order, an unknown id) is a result with `status` and `reason`.
 *
 * Cost: constant for an order, a cancel and each trade; a fill-or-kill order walks the levels it crosses, and their
 * orders where it may meet its owner. Memory: about 150 bytes an open order, 24 an order ever, 24 a trade, 12 an event
 * (twice that from numbers of 2^32 on; 100 for a modification, stop or bar), 50 an owner ever; `clearTrades`,
 * `clearOrderHistory`, `clearEvents` and `compact` give back all but the owners.
 */
export class Exchange {
  /** Policy of orders that name none. */
  readonly stp: StpPolicy;
  /** Ticks per currency unit. */
  readonly priceScale: number;
  readonly #policy: number;
  readonly #flow: OrderFlow;

  /**
   * options   policy and price scale; unknown keys throw `ValidationError`
   * sequence  where several exchanges number their events together
   */
  constructor(options: ExchangeOptions = {}, sequence?: { next: number }) {
    checkKeys('options', options, ['stp', 'priceScale']);
    this.#policy = policyCode('options.stp', options.stp ?? 'off');
    this.stp = POLICIES[this.#policy]!;
    this.priceScale = checkPriceScale(options.priceScale ?? 100);
    this.#flow = new OrderFlow(sequence);
    keepOne(() => new Exchange());
  }

  /**
   * A limit order: trades with what its price reaches, oldest first at each price. What is left rests (`gtc`) or is
   * cancelled (`ioc`); `fok` trades in full or not at all.
   */
  submitLimit(
    side: Side,
    price: number,
    quantity: number,
    timeInForce: TimeInForce = 'gtc',
    options?: LimitOptions,
  ): SubmitResult {
    const code = sideCode(side);
    checkWhole('price', price);
    checkWhole('quantity', quantity);
    const force = timeInForceCode(timeInForce);
    return this.#flow.limit(code, price, quantity, force, this.#tag(options, true, force));
  }

  /** A market order: trades at any price; what finds nobody is cancelled. */
  submitMarket(side: Side, quantity: number, options?: OrderOptions): SubmitResult {
    const code = sideCode(side);
    checkWhole('quantity', quantity);
    return this.#flow.market(code, quantity, this.#tag(options, false, IOC));
  }

  /** Cancels an open order or a pending stop. An id that is not open is a result, not an error. */
  cancel(orderId: number): CancelResult {
    checkWhole('orderId', orderId);
    return this.#flow.cancel(orderId);
  }

  /**
   * Gives an open order a new price and a new open quantity. The same price and no larger quantity keep its place in
   * the queue; else it arrives anew under its id and may trade.
   */
  modify(orderId: number, price: number, quantity: number): ModifyResult {
    checkWhole('orderId', orderId);
    checkWhole('price', price);
    checkWhole('quantity', quantity);
    return this.#flow.modify(orderId, price, quantity);
  }

  /** A stop that becomes a market order at the first trade at its price or beyond. */
  submitStopMarket(side: Side, stopPrice: number, quantity: number, options?: OrderOptions): StopResult {
    return this.#stop('SubmitStopMarket', { side, stopPrice, quantity }, options);
  }

  /** A stop that becomes a limit order. */
  submitStopLimit(
    side: Side,
    stopPrice: number,
    limitPrice: number,
    quantity: number,
    timeInForce: TimeInForce = 'gtc',
    options?: OrderOptions,
  ): StopResult {
    return this.#stop('SubmitStopLimit', { side, stopPrice, limitPrice, quantity, timeInForce }, options);
  }

  /** A stop that follows the best trade price at the trail's distance and becomes a market order. */
  submitTrailingStopMarket(
    side: Side,
    stopPrice: number,
    quantity: number,
    trail: Trail,
    options?: OrderOptions,
  ): StopResult {
    return this.#stop('SubmitTrailingStopMarket', { side, stopPrice, quantity, trail }, options);
  }

  /** As `submitTrailingStopMarket`, but it becomes a limit order, `limitOffset` ticks beyond the stop it fired at. */
  submitTrailingStopLimit(
    side: Side,
    stopPrice: number,
    quantity: number,
    trail: Trail,
    limitOffset: number,
    options?: OrderOptions,
  ): StopResult {
    return this.#stop('SubmitTrailingStopLimit', { side, stopPrice, quantity, trail, limitOffset }, options);
  }

  /**
   * A bar of the market, which feeds the average true range of trailing stops. The ids of the stops that fired.
   * Prices are ticks with low <= close <= high.
   */
  onBar(high: number, low: number, close: number): readonly number[] {
    checkBar(high, low, close);
    return this.#flow.bar(high, low, close);
  }

  #tag(options: LimitOptions | undefined, limit: boolean, force: number): number {
    if (options === undefined) return this.#policy << 1;
    return tagOf(options, limit, force, this.#flow.owners, this.#policy);
  }

  #stop(type: StopType, fields: StopFields, options: OrderOptions | undefined): StopResult {
    const { stop, event } = stopInput(type, fields, this.#tag(options, false, IOC), this.#flow.owners);
    return this.#flow.stop(stop, event);
  }

  /** An order as it stands, or null: never submitted, forgotten, or a stop that has not fired. */
  getOrder(orderId: number): Order | null {
    checkWhole('orderId', orderId);
    return this.#flow.engine.order(orderId);
  }

  /** A stop as it stands, or null: no stop, or forgotten. */
  getStopOrder(orderId: number): StopOrder | null {
    checkWhole('orderId', orderId);
    return this.#flow.stops.get(orderId);
  }

  /** Highest price at which somebody buys, in ticks, or null. */
  bestBid(): number | null {
    return bestPrice(this.#flow.engine.book, 0);
  }

  /** Lowest price at which somebody sells, in ticks, or null. */
  bestAsk(): number | null {
    return bestPrice(this.#flow.engine.book, 1);
  }

  /** Both best prices; null for an empty side. */
  bestBidAsk(): { readonly bid: number | null; readonly ask: number | null } {
    return { bid: this.bestBid(), ask: this.bestAsk() };
  }

  /** Best ask less best bid, in ticks, or null. */
  spread(): number | null {
    const { bid, ask } = this.bestBidAsk();
    return bid === null || ask === null ? null : ask - bid;
  }

  /** Price of the last trade, in ticks, or null. */
  lastTradePrice(): number | null {
    const price = this.#flow.engine.book.nums[LAST_PRICE]!;
    return price === 0 ? null : price;
  }

  /** The best `levels` price levels of each side. */
  depth(levels = 10): BookSnapshot {
    checkWhole('levels', levels);
    const { book } = this.#flow.engine;
    return new BookSnapshot(topLevels(book, 0, levels), topLevels(book, 1, levels));
  }

  /** Every order of the book in its queue. O(open orders). */
  fullBook(): L3Snapshot {
    const { engine } = this.#flow;
    return new L3Snapshot(fullLevels(engine, 0), fullLevels(engine, 1));
  }

  /** Trades since the last `clearTrades`, oldest first; with `fromId` those from this id on. */
  trades(fromId = 1): readonly Trade[] {
    checkWhole('fromId', fromId);
    return this.#flow.engine.trades.list(fromId);
  }

  /** Inputs since the last `clearEvents`, in the order of arrival. */
  events(): readonly Event[] {
    return this.#flow.events.list();
  }

  /** Stops that wait for their price. */
  pendingStopCount(): number {
    return this.#flow.stops.pendingCount;
  }

  /** Forgets the trades; their ids go on. How many there were. */
  clearTrades(): number {
    return this.#flow.engine.trades.clear();
  }

  /** Forgets orders and stops that are done; how many ids that were. */
  clearOrderHistory(): number {
    return this.#flow.clearHistory();
  }

  /** Forgets the inputs; their numbers go on. How many there were. */
  clearEvents(): number {
    return this.#flow.events.clear();
  }

  /** Gives spare memory back. Nothing else changes. O(open orders). */
  compact(): void {
    compactBook(this.#flow.engine.book);
    this.#flow.stops.compact();
  }

  /**
   * SHA-256 of everything that decides what inputs do that name their policy, as logged ones do (open orders in priority
   * order, pending stops, bars, clock, counters), and of all trades ever. Equal inputs give equal hashes; the default
   * policy, events and cleared history do not matter. O(open orders and
   * stops), and once over each trade.
   */
  stateHash(): string {
    return exchangeHash(this.#flow);
  }

  /** What is open, pending and counted, as plain data: `fromJSON` goes on from there. History stays out. */
  toJSON(): ExchangeJson {
    return toExchangeJson(this.#flow, this.stp, this.priceScale);
  }

  /** The exchange that `toJSON` described; its log begins anew, at 1. `ValidationError` names the first wrong field. */
  static fromJSON(json: unknown, sequence?: { next: number }): Exchange {
    const data = checkExchangeJson(json);
    const exchange = new Exchange({ stp: data.stp, priceScale: data.priceScale }, sequence);
    restoreExchange(exchange.#flow, data);
    return exchange;
  }

  /**
   * A new exchange that has taken these inputs: the same book, orders, trades, ids and hash. They must be whole: after
   * `clearEvents` go on from `toJSON` instead. `ValidationError` for what is no event or names a symbol.
   */
  static replay(events: Iterable<Event | SymbolEvent>, options: ExchangeOptions = {}): Exchange {
    const exchange = new Exchange(options);
    for (const event of events) applyEvent(exchange, event);
    return exchange;
  }
}
