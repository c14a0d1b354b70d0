/** A replay as it goes: what each exchange was asked and what it traded, in memory that does not grow with the log. */
import { Exchange } from '../../exchange/exchange.js';
import { MultiExchange } from '../../exchange/multi-exchange.js';
import type { EventRoute, OrderTarget } from '../../exchange/order-target.js';
import { serializeTrade } from '../../exchange/trade-json.js';
import type { LimitOptions, OrderOptions, Side, TimeInForce, Trade } from '../../exchange/types.js';

/** Events after which what the exchanges remember of the past is let go, or as many as there are open orders. */
const RELEASE_EVERY = 1 << 20;
const MAX = Number.MAX_SAFE_INTEGER;

/** One exchange at the end of a replay; prices in ticks, null where there is none. */
export interface BookFacts {
  /** Null where the log names none. */
  readonly symbol: string | null;
  readonly events: number;
  /** Orders submitted, also those that were rejected. */
  readonly orders: number;
  readonly trades: number;
  /** Quantity traded. */
  readonly volume: bigint;
  readonly restingOrders: number;
  readonly bidLevels: number;
  readonly askLevels: number;
  readonly pendingStops: number;
  readonly bestBid: number | null;
  readonly bestAsk: number | null;
  readonly lastPrice: number | null;
  readonly stateHash: string;
}

/** What the answers of an exchange have in common. */
interface Answer {
  readonly trades?: readonly Trade[];
  readonly triggered: readonly number[];
}

/** Takes the events of one exchange, counts, and hands every trade on in order. */
class Tap implements OrderTarget {
  readonly symbol: string | null;
  readonly exchange: Exchange;
  events = 0;
  orders = 0;
  trades = 0;
  /** Quantity traded is `whole` + `part`: a sum of doubles would be rounded beyond 2^53. */
  #whole = 0n;
  #part = 0;
  readonly #tally: Tally;

  constructor(symbol: string | null, exchange: Exchange, tally: Tally) {
    this.symbol = symbol;
    this.exchange = exchange;
    this.#tally = tally;
  }

  get volume(): bigint {
    return this.#whole + BigInt(this.#part);
  }

  submitLimit(side: Side, price: number, quantity: number, tif: TimeInForce, o: LimitOptions): void {
    this.#order(this.exchange.submitLimit(side, price, quantity, tif, o));
  }

  submitMarket(side: Side, quantity: number, o: OrderOptions): void {
    this.#order(this.exchange.submitMarket(side, quantity, o));
  }

  submitStopMarket(...given: Parameters<OrderTarget['submitStopMarket']>): void {
    this.#order(this.exchange.submitStopMarket(...given));
  }

  submitStopLimit(...given: Parameters<OrderTarget['submitStopLimit']>): void {
    this.#order(this.exchange.submitStopLimit(...given));
  }

  submitTrailingStopMarket(...given: Parameters<OrderTarget['submitTrailingStopMarket']>): void {
    this.#order(this.exchange.submitTrailingStopMarket(...given));
  }

  submitTrailingStopLimit(...given: Parameters<OrderTarget['submitTrailingStopLimit']>): void {
    this.#order(this.exchange.submitTrailingStopLimit(...given));
  }

  cancel(orderId: number): void {
    this.exchange.cancel(orderId);
    this.#event();
  }

  modify(orderId: number, price: number, quantity: number): void {
    this.#traded(this.exchange.modify(orderId, price, quantity));
  }

  onBar(high: number, low: number, close: number): void {
    this.#traded({ triggered: this.exchange.onBar(high, low, close) });
  }

  /** Lets go of what does not decide the future; how many orders that were. */
  release(): number {
    this.exchange.clearEvents();
    this.exchange.clearTrades();
    return this.exchange.clearOrderHistory();
  }

  #order(answer: Answer): void {
    this.orders += 1;
    this.#tally.remembered += 1;
    this.#traded(answer);
  }

  #traded({ trades = [], triggered }: Answer): void {
    // The trades of stops that fired are not in the answer.
    const all = triggered.length > 0 ? this.exchange.trades(this.trades + 1) : trades;
    for (const trade of all) this.#trade(trade);
    this.#event();
  }

  #trade(trade: Trade): void {
    this.trades += 1;
    if (this.#part > MAX - trade.quantity) {
      this.#whole += BigInt(this.#part);
      this.#part = 0;
    }
    this.#part += trade.quantity;
    this.#tally.onTrade?.(serializeTrade(this.symbol === null ? trade : { symbol: this.symbol, ...trade }));
  }

  #event(): void {
    this.events += 1;
    this.#tally.count();
  }
}

/** The exchanges of a replay. */
export class Tally {
  /** Told every trade as a line of JSON, in the order of the log. */
  readonly onTrade: ((line: string) => void) | undefined;
  /** Gives the exchange of a symbol. */
  readonly route: EventRoute = (symbol) => {
    const exchange = symbol === null ? this.#single : this.#multi.exchange(symbol);
    const tap = new Tap(symbol, exchange, this);
    this.#taps.push(tap);
    return tap;
  };
  readonly #single: Exchange = new Exchange();
  readonly #multi: MultiExchange = new MultiExchange();
  readonly #taps: Tap[] = [];
  /** Orders that the exchanges remember, open or done. */
  remembered = 0;
  readonly #releaseEvery: number;
  #untilRelease: number;

  constructor(onTrade: ((line: string) => void) | undefined, releaseEvery: number = RELEASE_EVERY) {
    this.onTrade = onTrade;
    this.#releaseEvery = releaseEvery;
    this.#untilRelease = releaseEvery;
  }

  /** An event has been applied. */
  count(): void {
    this.#untilRelease -= 1;
    if (this.#untilRelease > 0) return;
    for (const tap of this.#taps) this.remembered -= tap.release();
    // A release looks at every order: the more are open, the rarer it is.
    this.#untilRelease = Math.max(this.#releaseEvery, this.remembered);
  }

  /** Each exchange as it is now, in the order in which the log names them, and the state of all together. */
  facts(): { readonly books: readonly BookFacts[]; readonly stateHash: string } {
    const books = this.#books();
    const [first] = books;
    return { books, stateHash: first?.symbol === null ? first.stateHash : this.#multi.stateHash() };
  }

  #books(): BookFacts[] {
    return this.#taps.map(({ symbol, exchange, events, orders, trades, volume }) => {
      const { bids, asks } = exchange.depth(MAX);
      return {
        symbol,
        events,
        orders,
        trades,
        volume,
        restingOrders: [...bids, ...asks].reduce((sum, { orderCount }) => sum + orderCount, 0),
        bidLevels: bids.length,
        askLevels: asks.length,
        pendingStops: exchange.pendingStopCount(),
        bestBid: exchange.bestBid(),
        bestAsk: exchange.bestAsk(),
        lastPrice: exchange.lastTradePrice(),
        stateHash: exchange.stateHash(),
      };
    });
  }
}
