/** Several exchanges by symbol, with one log of what came to all of them. */
import { ValidationError } from '../errors.js';
import type { Event, SymbolEvent } from './event.js';
import { checkSymbol } from './event-line.js';
import type { Exchange, ExchangeOptions } from './exchange.js';
import { applyRouted } from './order-target.js';
import type { BookSnapshot, L3Snapshot } from './snapshot.js';
import { type MultiExchangeJson, SymbolExchanges } from './symbol-exchanges.js';
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

/**
 * Several exchanges by symbol. `exchange(symbol)` is the exchange itself, not a copy: what is done to it is done. Every
 * method of `Exchange` is here, too, with the symbol before its arguments.
 *
 * A submission, a bar and `exchange(symbol)` open the exchange of a symbol that was never used; everything else throws
 * `UnknownSymbolError` for it. A symbol is a text of 1 to 64 characters. Ids, ticks and trades are each exchange's own;
 * events are numbered over all of them, in the order in which they came.
 */
export class MultiExchange {
  private all: SymbolExchanges;

  /** `options` are those of `Exchange`, the same for every symbol. */
  constructor(options: ExchangeOptions = {}) {
    this.all = new SymbolExchanges(options);
  }

  /** Default self-trade policy of every exchange. */
  get stp(): StpPolicy {
    return this.all.options.stp;
  }

  /** Ticks of one currency unit, on every exchange. */
  get priceScale(): number {
    return this.all.options.priceScale;
  }

  /** Number of symbols. */
  get size(): number {
    return this.all.bySymbol.size;
  }

  /** The exchange of a symbol, opened on first use. */
  exchange(symbol: string): Exchange {
    return this.all.open(symbol, (exchange) => exchange);
  }

  /** Whether a symbol has an exchange. */
  has(symbol: string): boolean {
    return this.all.bySymbol.has(checkSymbol(symbol));
  }

  /** All symbols, in the order of first use. */
  symbols(): string[] {
    return [...this.all.bySymbol.keys()];
  }

  /** Best bid and ask of every symbol, null where that side is empty; in the order of first use. */
  bestPrices(): [symbol: string, bid: number | null, ask: number | null][] {
    return [...this.all.bySymbol].map(([symbol, book]) => [symbol, book.bestBid(), book.bestAsk()]);
  }

  /** `Exchange.submitLimit` of a symbol. */
  submitLimit(
    symbol: string,
    side: Side,
    price: number,
    quantity: number,
    timeInForce: TimeInForce = 'gtc',
    options?: LimitOptions,
  ): SubmitResult {
    return this.all.open(symbol, (exchange) =>
      exchange.submitLimit(side, price, quantity, timeInForce, options),
    );
  }

  /** `Exchange.submitMarket` of a symbol. */
  submitMarket(symbol: string, side: Side, quantity: number, options?: OrderOptions): SubmitResult {
    return this.all.open(symbol, (exchange) => exchange.submitMarket(side, quantity, options));
  }

  /** `Exchange.submitStopMarket` of a symbol. */
  submitStopMarket(
    symbol: string,
    side: Side,
    stopPrice: number,
    quantity: number,
    options?: OrderOptions,
  ): StopResult {
    return this.all.open(symbol, (exchange) => exchange.submitStopMarket(side, stopPrice, quantity, options));
  }

  /** `Exchange.submitStopLimit` of a symbol. */
  submitStopLimit(
    symbol: string,
    side: Side,
    stopPrice: number,
    limitPrice: number,
    quantity: number,
    timeInForce: TimeInForce = 'gtc',
    options?: OrderOptions,
  ): StopResult {
    return this.all.open(symbol, (exchange) =>
      exchange.submitStopLimit(side, stopPrice, limitPrice, quantity, timeInForce, options),
    );
  }

  /** `Exchange.submitTrailingStopMarket` of a symbol. */
  submitTrailingStopMarket(
    symbol: string,
    side: Side,
    stopPrice: number,
    quantity: number,
    trail: Trail,
    options?: OrderOptions,
  ): StopResult {
    return this.all.open(symbol, (exchange) =>
      exchange.submitTrailingStopMarket(side, stopPrice, quantity, trail, options),
    );
  }

  /** `Exchange.submitTrailingStopLimit` of a symbol. */
  submitTrailingStopLimit(
    symbol: string,
    side: Side,
    stopPrice: number,
    quantity: number,
    trail: Trail,
    limitOffset: number,
    options?: OrderOptions,
  ): StopResult {
    return this.all.open(symbol, (exchange) =>
      exchange.submitTrailingStopLimit(side, stopPrice, quantity, trail, limitOffset, options),
    );
  }

  /** `Exchange.onBar` of a symbol. */
  onBar(symbol: string, high: number, low: number, close: number): readonly number[] {
    return this.all.open(symbol, (exchange) => exchange.onBar(high, low, close));
  }

  /** `Exchange.cancel` of a symbol. */
  cancel(symbol: string, orderId: number): CancelResult {
    return this.all.known(symbol).cancel(orderId);
  }

  /** `Exchange.modify` of a symbol. */
  modify(symbol: string, orderId: number, price: number, quantity: number): ModifyResult {
    return this.all.known(symbol).modify(orderId, price, quantity);
  }

  /** `Exchange.getOrder` of a symbol. */
  getOrder(symbol: string, orderId: number): Order | null {
    return this.all.known(symbol).getOrder(orderId);
  }

  /** `Exchange.getStopOrder` of a symbol. */
  getStopOrder(symbol: string, orderId: number): StopOrder | null {
    return this.all.known(symbol).getStopOrder(orderId);
  }

  /** `Exchange.bestBid` of a symbol. */
  bestBid(symbol: string): number | null {
    return this.all.known(symbol).bestBid();
  }

  /** `Exchange.bestAsk` of a symbol. */
  bestAsk(symbol: string): number | null {
    return this.all.known(symbol).bestAsk();
  }

  /** `Exchange.bestBidAsk` of a symbol. */
  bestBidAsk(symbol: string): ReturnType<Exchange['bestBidAsk']> {
    return this.all.known(symbol).bestBidAsk();
  }

  /** `Exchange.spread` of a symbol. */
  spread(symbol: string): number | null {
    return this.all.known(symbol).spread();
  }

  /** `Exchange.lastTradePrice` of a symbol. */
  lastTradePrice(symbol: string): number | null {
    return this.all.known(symbol).lastTradePrice();
  }

  /** `Exchange.depth` of a symbol. */
  depth(symbol: string, levels = 10): BookSnapshot {
    return this.all.known(symbol).depth(levels);
  }

  /** `Exchange.fullBook` of a symbol. */
  fullBook(symbol: string): L3Snapshot {
    return this.all.known(symbol).fullBook();
  }

  /** `Exchange.trades` of a symbol. */
  trades(symbol: string, fromId = 1): readonly Trade[] {
    return this.all.known(symbol).trades(fromId);
  }

  /** `Exchange.pendingStopCount` of a symbol. */
  pendingStopCount(symbol: string): number {
    return this.all.known(symbol).pendingStopCount();
  }

  /** `Exchange.clearTrades` of a symbol. */
  clearTrades(symbol: string): number {
    return this.all.known(symbol).clearTrades();
  }

  /** `Exchange.clearOrderHistory` of a symbol. */
  clearOrderHistory(symbol: string): number {
    return this.all.known(symbol).clearOrderHistory();
  }

  /** `Exchange.clearEvents` of a symbol. */
  clearEvents(symbol: string): number {
    return this.all.known(symbol).clearEvents();
  }

  /** `Exchange.compact` of a symbol. */
  compact(symbol: string): void {
    this.all.known(symbol).compact();
  }

  /** The inputs of all exchanges in the order in which they came, each with its symbol. O(n log n). */
  events(): SymbolEvent[];
  /** `Exchange.events` of a symbol. */
  events(symbol: string): readonly Event[];
  events(symbol?: string): readonly Event[] {
    return symbol === undefined ? this.all.events() : this.all.known(symbol).events();
  }

  /** The exchanges to which the inputs of a log lead; its events are numbered anew from 1. */
  static replay(events: Iterable<Event | SymbolEvent>, options: ExchangeOptions = {}): MultiExchange {
    const multi = new MultiExchange(options);
    for (const event of events) {
      const symbol =
        typeof event === 'object' && event !== null && 'symbol' in event ? event.symbol : undefined;
      if (symbol === undefined) {
        const fix = 'replay the events of one exchange with Exchange.replay';
        throw new ValidationError('event.symbol', symbol, 'the symbol of every event', fix);
      }
      applyRouted(multi.exchange(symbol), event);
    }
    return multi;
  }

  /**
   * `Exchange.stateHash` of a symbol; without one a digest over all symbols, sorted, with their hashes. An exchange to
   * which nothing has happened does not enter it, so that a replay of the events gives the same.
   */
  stateHash(symbol?: string): string {
    return symbol === undefined ? this.all.stateHash() : this.all.known(symbol).stateHash();
  }

  /** All exchanges as `Exchange.toJSON` has them: what is open, pending and counted, not what was. */
  toJSON(): MultiExchangeJson {
    return this.all.toJSON();
  }

  /** The exchanges that `toJSON` wrote. Throws `ValidationError` for anything else. */
  static fromJSON(json: unknown): MultiExchange {
    const multi = new MultiExchange();
    multi.all = SymbolExchanges.fromJSON(json);
    return multi;
  }
}
