/** Several exchanges under nanobook's names. */
import { MultiExchange as CamelMultiExchange } from '../exchange/multi-exchange.js';
import { Exchange } from './exchange.js';
import {
  type CancelResult,
  camelEvent,
  type Event,
  type ModifyResult,
  type Order,
  type StopOrder,
  type StopSubmitResult,
  type SubmitResult,
  snakeEvent,
  type Trade,
} from './records.js';
import type { BookSnapshot } from './snapshot.js';

/** An input of one exchange among several. */
export type SymbolEvent = Event & { readonly symbol: string };

/**
 * Several exchanges by symbol under nanobook's names: every method of `Exchange`, with the symbol before its arguments.
 * `core` is the `MultiExchange` behind it. nanobook has four of the methods, and its `get_or_create` gives a copy.
 *
 * A submission or a bar opens the exchange of a symbol that was never used; everything else throws
 * `UnknownSymbolError` for it.
 */
export class MultiExchange {
  readonly core: CamelMultiExchange;

  constructor(core: CamelMultiExchange = new CamelMultiExchange()) {
    this.core = core;
  }

  /** `MultiExchange.exchange`: live, opened on first use. */
  get_or_create(symbol: string): Exchange {
    return new Exchange(this.core.exchange(symbol));
  }

  /** `MultiExchange.symbols`. */
  symbols(): string[] {
    return this.core.symbols();
  }

  /** `MultiExchange.size`. */
  len(): number {
    return this.core.size;
  }

  /** `MultiExchange.bestPrices`. */
  best_prices(): [symbol: string, bid: number | null, ask: number | null][] {
    return this.core.bestPrices();
  }

  /** `MultiExchange.events`: those of all symbols in the order in which they came. */
  events(): SymbolEvent[] {
    return this.core.events().map((event) => snakeEvent(event) as SymbolEvent);
  }

  /** `MultiExchange.replay`. */
  static replay(events: readonly SymbolEvent[]): MultiExchange {
    const camel = events.map((event) => ({ ...camelEvent(event), symbol: event.symbol }));
    return new MultiExchange(CamelMultiExchange.replay(camel));
  }

  /** `Exchange.submit_limit` of a symbol. */
  submit_limit(symbol: string, ...order: Parameters<Exchange['submit_limit']>): SubmitResult {
    return this.open(symbol, (exchange) => exchange.submit_limit(...order));
  }

  /** `Exchange.submit_market` of a symbol. */
  submit_market(symbol: string, ...order: Parameters<Exchange['submit_market']>): SubmitResult {
    return this.open(symbol, (exchange) => exchange.submit_market(...order));
  }

  /** `Exchange.submit_stop_market` of a symbol. */
  submit_stop_market(symbol: string, ...order: Parameters<Exchange['submit_stop_market']>): StopSubmitResult {
    return this.open(symbol, (exchange) => exchange.submit_stop_market(...order));
  }

  /** `Exchange.submit_stop_limit` of a symbol. */
  submit_stop_limit(symbol: string, ...order: Parameters<Exchange['submit_stop_limit']>): StopSubmitResult {
    return this.open(symbol, (exchange) => exchange.submit_stop_limit(...order));
  }

  /** `Exchange.submit_trailing_stop_market` of a symbol. */
  submit_trailing_stop_market(
    symbol: string,
    ...order: Parameters<Exchange['submit_trailing_stop_market']>
  ): StopSubmitResult {
    return this.open(symbol, (exchange) => exchange.submit_trailing_stop_market(...order));
  }

  /** `Exchange.submit_trailing_stop_limit` of a symbol. */
  submit_trailing_stop_limit(
    symbol: string,
    ...order: Parameters<Exchange['submit_trailing_stop_limit']>
  ): StopSubmitResult {
    return this.open(symbol, (exchange) => exchange.submit_trailing_stop_limit(...order));
  }

  /** `Exchange.on_bar` of a symbol. */
  on_bar(symbol: string, ...order: Parameters<Exchange['on_bar']>): readonly number[] {
    return this.open(symbol, (exchange) => exchange.on_bar(...order));
  }

  /** `Exchange.cancel` of a symbol. */
  cancel(symbol: string, ...rest: Parameters<Exchange['cancel']>): CancelResult {
    return this.known(symbol).cancel(...rest);
  }

  /** `Exchange.modify` of a symbol. */
  modify(symbol: string, ...rest: Parameters<Exchange['modify']>): ModifyResult {
    return this.known(symbol).modify(...rest);
  }

  /** `Exchange.get_order` of a symbol. */
  get_order(symbol: string, ...rest: Parameters<Exchange['get_order']>): Order | null {
    return this.known(symbol).get_order(...rest);
  }

  /** `Exchange.get_stop_order` of a symbol. */
  get_stop_order(symbol: string, ...rest: Parameters<Exchange['get_stop_order']>): StopOrder | null {
    return this.known(symbol).get_stop_order(...rest);
  }

  /** `Exchange.best_bid` of a symbol. */
  best_bid(symbol: string): number | null {
    return this.known(symbol).best_bid();
  }

  /** `Exchange.best_ask` of a symbol. */
  best_ask(symbol: string): number | null {
    return this.known(symbol).best_ask();
  }

  /** `Exchange.best_bid_ask` of a symbol. */
  best_bid_ask(symbol: string): [bid: number | null, ask: number | null] {
    return this.known(symbol).best_bid_ask();
  }

  /** `Exchange.spread` of a symbol. */
  spread(symbol: string): number | null {
    return this.known(symbol).spread();
  }

  /** `Exchange.last_trade_price` of a symbol. */
  last_trade_price(symbol: string): number | null {
    return this.known(symbol).last_trade_price();
  }

  /** `Exchange.depth` of a symbol. */
  depth(symbol: string, ...rest: Parameters<Exchange['depth']>): BookSnapshot {
    return this.known(symbol).depth(...rest);
  }

  /** `Exchange.full_book` of a symbol. */
  full_book(symbol: string): BookSnapshot {
    return this.known(symbol).full_book();
  }

  /** `Exchange.trades` of a symbol. */
  trades(symbol: string): Trade[] {
    return this.known(symbol).trades();
  }

  /** `Exchange.pending_stop_count` of a symbol. */
  pending_stop_count(symbol: string): number {
    return this.known(symbol).pending_stop_count();
  }

  /** `Exchange.clear_trades` of a symbol. */
  clear_trades(symbol: string): number {
    return this.known(symbol).clear_trades();
  }

  /** `Exchange.clear_order_history` of a symbol. */
  clear_order_history(symbol: string): number {
    return this.known(symbol).clear_order_history();
  }

  /** `Exchange.compact` of a symbol. */
  compact(symbol: string): void {
    this.known(symbol).compact();
  }

  /** Opens a symbol only for a call that succeeds: it is tried on an empty exchange first. */
  private open<T>(symbol: string, call: (exchange: Exchange) => T): T {
    if (!this.core.has(symbol)) call(new Exchange());
    return call(this.get_or_create(symbol));
  }

  private known(symbol: string): Exchange {
    this.core.bestBid(symbol); // throws for a symbol that was never used
    return this.get_or_create(symbol);
  }
}
