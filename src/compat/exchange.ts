/** The exchange under nanobook's names. */
import { ValidationError } from '../errors.js';
import { Exchange as CamelExchange } from '../exchange/exchange.js';
import type { Trail } from '../exchange/types.js';
import {
  type CancelResult,
  camelEvent,
  type Event,
  type ModifyResult,
  type Order,
  type StopOrder,
  type StopSubmitResult,
  type SubmitResult,
  snakeCancel,
  snakeEvent,
  snakeModify,
  snakeOrder,
  snakeStop,
  snakeStopSubmit,
  snakeSubmit,
  snakeTrade,
  type Trade,
} from './records.js';
import { BookSnapshot } from './snapshot.js';

/**
 * An exchange under the names and with the argument order of nanobook. `core` is the `Exchange` behind it, which has
 * owners, self-trade policies and post-only orders as well.
 *
 * `side` is buy or sell, `tif` gtc, ioc or fok, in any case. Where it differs from nanobook 0.19.2 on purpose:
 * - A wrong quantity, price, side or trail is a `ValidationError`; nanobook takes 0, negative numbers and worse.
 * - `modify` keeps the id (`new_order_id` is the old one), and the place in the queue if only the quantity shrinks.
 * - A fired stop is an order of its id: `get_order` has it; nanobook gives None.
 * - A rejected fill-or-kill keeps its record, with the status `rejected`; the answer says Cancelled, as there.
 * - `full_book` has every order of a level in `orders`; nanobook gives sums.
 * - A trail of type `atr` is Wilder's average true range of the bars given to `on_bar`; nanobook averages the changes
 *   between trades, and that type, `sma_abs_change`, is refused here.
 * - A trailing stop-limit keeps the distance of its limit from its stop; in nanobook the limit stays behind.
 */
export class Exchange {
  readonly core: CamelExchange;

  constructor(core: CamelExchange = new CamelExchange()) {
    this.core = core;
  }

  /** `Exchange.submitLimit`. */
  submit_limit(side: string, price: number, quantity: number, tif = 'gtc'): SubmitResult {
    return snakeSubmit(this.core.submitLimit(lower(side), price, quantity, lower(tif)), this.core.priceScale);
  }

  /** `Exchange.submitMarket`. */
  submit_market(side: string, quantity: number): SubmitResult {
    return snakeSubmit(this.core.submitMarket(lower(side), quantity), this.core.priceScale);
  }

  /** `Exchange.cancel`. */
  cancel(order_id: number): CancelResult {
    return snakeCancel(this.core.cancel(order_id));
  }

  /** `Exchange.modify`: the quantity is the new open quantity. */
  modify(order_id: number, new_price: number, new_quantity: number): ModifyResult {
    return snakeModify(this.core.modify(order_id, new_price, new_quantity), this.core.priceScale);
  }

  /** `Exchange.submitStopMarket`. */
  submit_stop_market(side: string, stop_price: number, quantity: number): StopSubmitResult {
    return snakeStopSubmit(this.core.submitStopMarket(lower(side), stop_price, quantity));
  }

  /** `Exchange.submitStopLimit`. */
  submit_stop_limit(
    side: string,
    stop_price: number,
    limit_price: number,
    quantity: number,
    tif = 'gtc',
  ): StopSubmitResult {
    return snakeStopSubmit(
      this.core.submitStopLimit(lower(side), stop_price, limit_price, quantity, lower(tif)),
    );
  }

  /**
   * `Exchange.submitTrailingStopMarket`.
   *
   * trail_type   fixed, percentage or atr
   * trail_value  ticks, a fraction above 0 and below 1, or a multiple of the average true range
   * atr_period   bars; default 14
   */
  submit_trailing_stop_market(
    side: string,
    initial_stop_price: number,
    quantity: number,
    trail_type: string,
    trail_value: number,
    atr_period: number | null = null,
  ): StopSubmitResult {
    const trail = trailOf(trail_type, trail_value, atr_period);
    return snakeStopSubmit(
      this.core.submitTrailingStopMarket(lower(side), initial_stop_price, quantity, trail),
    );
  }

  /**
   * `Exchange.submitTrailingStopLimit`: the limit stays as far from the stop as it is now. It stands below a sell stop
   * and above a buy stop. Only `gtc`.
   */
  submit_trailing_stop_limit(
    side: string,
    initial_stop_price: number,
    limit_price: number,
    quantity: number,
    trail_type: string,
    trail_value: number,
    tif = 'gtc',
    atr_period: number | null = null,
  ): StopSubmitResult {
    if (lower(tif) !== 'gtc') {
      throw new ValidationError('tif', tif, 'gtc for a trailing stop-limit', 'leave it out');
    }
    const trail = trailOf(trail_type, trail_value, atr_period);
    const below = lower(side) === 'sell';
    const offset = below ? initial_stop_price - limit_price : limit_price - initial_stop_price;
    if (offset <= 0) {
      const constraint = below ? 'below the stop price of a sell' : 'above the stop price of a buy';
      throw new ValidationError('limit_price', limit_price, constraint, 'move the limit past the stop');
    }
    return snakeStopSubmit(
      this.core.submitTrailingStopLimit(lower(side), initial_stop_price, quantity, trail, offset),
    );
  }

  /** `Exchange.onBar`: the ids of the stops that fired. Feeds trails of type atr. */
  on_bar(high: number, low: number, close: number): readonly number[] {
    return this.core.onBar(high, low, close);
  }

  /** `Exchange.getOrder`. */
  get_order(order_id: number): Order | null {
    const order = this.core.getOrder(order_id);
    return order === null ? null : snakeOrder(order);
  }

  /** `Exchange.getStopOrder`. */
  get_stop_order(order_id: number): StopOrder | null {
    const stop = this.core.getStopOrder(order_id);
    return stop === null ? null : snakeStop(stop);
  }

  /** `Exchange.bestBid`. */
  best_bid(): number | null {
    return this.core.bestBid();
  }

  /** `Exchange.bestAsk`. */
  best_ask(): number | null {
    return this.core.bestAsk();
  }

  /** `Exchange.bestBidAsk` as a pair. */
  best_bid_ask(): [bid: number | null, ask: number | null] {
    const { bid, ask } = this.core.bestBidAsk();
    return [bid, ask];
  }

  /** `Exchange.spread`. */
  spread(): number | null {
    return this.core.spread();
  }

  /** `Exchange.lastTradePrice`. */
  last_trade_price(): number | null {
    return this.core.lastTradePrice();
  }

  /** `Exchange.depth`. */
  depth(levels = 10): BookSnapshot {
    return new BookSnapshot(this.core.depth(levels), this.core.priceScale);
  }

  /** `Exchange.fullBook`: every level with its orders. */
  full_book(): BookSnapshot {
    return new BookSnapshot(this.core.fullBook(), this.core.priceScale);
  }

  /** `Exchange.trades`. */
  trades(): Trade[] {
    return this.core.trades().map((trade) => snakeTrade(trade, this.core.priceScale));
  }

  /** `Exchange.events`. */
  events(): Event[] {
    return this.core.events().map(snakeEvent);
  }

  /** `Exchange.replay`. */
  static replay(events: readonly Event[]): Exchange {
    return new Exchange(CamelExchange.replay(events.map(camelEvent)));
  }

  /** `Exchange.pendingStopCount`. */
  pending_stop_count(): number {
    return this.core.pendingStopCount();
  }

  /** `Exchange.clearTrades`: how many were forgotten. */
  clear_trades(): number {
    return this.core.clearTrades();
  }

  /** `Exchange.clearOrderHistory`: how many were forgotten. */
  clear_order_history(): number {
    return this.core.clearOrderHistory();
  }

  /** `Exchange.compact`. */
  compact(): void {
    this.core.compact();
  }
}

/** A word in small letters; what is no text is left for the exchange to refuse, like any other word. */
function lower<T extends string>(word: string): T {
  return (typeof word === 'string' ? word.toLowerCase() : word) as T;
}

function trailOf(type: string, value: number, period: number | null): Trail {
  if (type === 'fixed') return { kind: type, offset: value };
  if (type === 'percentage') return { kind: type, fraction: value };
  if (type === 'atr') return { kind: type, multiplier: value, period: period ?? 14 };
  throw new ValidationError(
    'trail_type',
    type,
    'one of fixed, percentage, atr',
    type === 'sma_abs_change' ? 'use atr, and give the bars to on_bar' : 'name one of them',
  );
}
