/**
 * The exchange, slow and plain: arrays of order objects, searched from end to end. Oracle of the tests.
 *
 * Its methods and results are those of `Exchange`; it keeps no events, makes no digest, and takes its arguments as
 * they come: the caller has checked them. Cost: O(open orders and stops) a trade.
 */
import { OverflowError } from '../errors.js';
import type {
  CancelResult,
  LimitOptions,
  ModifyResult,
  Order,
  OrderOptions,
  Reason,
  Side,
  StopOrder,
  StopResult,
  StpPolicy,
  SubmitResult,
  TimeInForce,
  Trade,
  Trail,
} from '../exchange/types.js';
import type { ReferenceLevels, ReferenceOrder } from './exchange-book.js';
import { ReferenceCascade } from './exchange-cascade.js';
import { follow, hitInOrder, isHit, type ReferenceStop } from './exchange-stops.js';

/** A stop order as it is asked for. */
type StopRequest = Pick<StopOrder, 'side' | 'stopPrice' | 'quantity' | 'timeInForce'> &
  Partial<Pick<StopOrder, 'limitPrice' | 'limitOffset' | 'trail'>>;

/** The exchange as the tests understand it. */
export class ReferenceExchange extends ReferenceCascade {
  readonly stp: StpPolicy;
  protected lastId: number = 0;

  constructor({ stp = 'off' }: { readonly stp?: StpPolicy } = {}) {
    super();
    this.stp = stp;
  }

  submitLimit(
    side: Side,
    price: number,
    quantity: number,
    timeInForce: TimeInForce = 'gtc',
    options: LimitOptions = {},
  ): SubmitResult {
    if (timeInForce === 'gtc') this.refuseOverflow(side, quantity);
    return this.arrive(this.newOrder(side, price, quantity, timeInForce, options));
  }

  submitMarket(side: Side, quantity: number, options: OrderOptions = {}): SubmitResult {
    return this.arrive(this.newOrder(side, null, quantity, 'ioc', options));
  }

  submitStopMarket(side: Side, stopPrice: number, quantity: number, options: OrderOptions = {}): StopResult {
    return this.submitStop({ side, stopPrice, quantity, timeInForce: 'ioc' }, options);
  }

  submitStopLimit(
    side: Side,
    stopPrice: number,
    limitPrice: number,
    quantity: number,
    timeInForce: TimeInForce = 'gtc',
    options: OrderOptions = {},
  ): StopResult {
    return this.submitStop({ side, stopPrice, limitPrice, quantity, timeInForce }, options);
  }

  submitTrailingStopMarket(
    side: Side,
    stopPrice: number,
    quantity: number,
    trail: Trail,
    options: OrderOptions = {},
  ): StopResult {
    return this.submitStop({ side, stopPrice, quantity, timeInForce: 'ioc', trail }, options);
  }

  submitTrailingStopLimit(
    side: Side,
    stopPrice: number,
    quantity: number,
    trail: Trail,
    limitOffset: number,
    options: OrderOptions = {},
  ): StopResult {
    return this.submitStop({ side, stopPrice, quantity, timeInForce: 'gtc', trail, limitOffset }, options);
  }

  cancel(orderId: number): CancelResult {
    const refused = (reason: Reason): CancelResult => {
      return { orderId, status: 'refused', reason, cancelledQuantity: 0 };
    };
    if (orderId < 1 || orderId > this.lastId) return refused('unknown-order');
    const order = this.openOrder(orderId);
    if (order !== undefined) {
      const cancelledQuantity = order.remainingQuantity;
      this.book.remove(order);
      this.finish(order, 'cancelled', null);
      return { orderId, status: 'cancelled', reason: null, cancelledQuantity };
    }
    const stop = this.pending.find(({ id }) => id === orderId);
    if (stop === undefined) return refused('not-open');
    stop.status = 'cancelled';
    this.pending = this.pending.filter((other) => other !== stop);
    return { orderId, status: 'cancelled', reason: null, cancelledQuantity: stop.quantity };
  }

  modify(orderId: number, price: number, quantity: number): ModifyResult {
    const refused = (reason: Reason): ModifyResult => {
      const nothing = {
        filledQuantity: 0,
        restingQuantity: 0,
        cancelledQuantity: 0,
        trades: [],
        triggered: [],
      };
      return { orderId, status: 'refused', reason, keptPriority: false, ...nothing };
    };
    const order = this.openOrder(orderId);
    if (order === undefined) {
      if (orderId < 1 || orderId > this.lastId) return refused('unknown-order');
      return refused(this.stops.get(orderId)?.status === 'pending' ? 'pending-stop' : 'not-open');
    }
    if (order.postOnly && this.wouldTrade(order.side, price)) return refused('would-cross');
    const filledBefore = order.filledQuantity;
    this.refuseOverflow(order.side, quantity - order.remainingQuantity);
    if (quantity > Number.MAX_SAFE_INTEGER - filledBefore) {
      throw new OverflowError(`the quantity of order ${orderId} would pass 2^53 - 1`);
    }
    this.clock += 1;
    const keptPriority = this.keepsPriority(order, price, quantity);
    order.price = price;
    order.quantity = filledBefore + quantity;
    order.remainingQuantity = quantity;
    if (!keptPriority) {
      this.book.remove(order);
      order.timestamp = this.clock;
    }
    const trades = keptPriority ? [] : this.match(order);
    const result = {
      orderId,
      status: order.status,
      reason: order.reason,
      keptPriority,
      filledQuantity: order.filledQuantity - filledBefore,
      restingQuantity: order.remainingQuantity,
      cancelledQuantity: order.cancelledQuantity,
      trades,
      triggered: [] as readonly number[],
    };
    result.triggered = this.cascade(trades, []); // what it sets off no longer changes the rest
    return result;
  }

  onBar(high: number, low: number, close: number): readonly number[] {
    this.ranges.add(high, low, close);
    for (const stop of this.pending) if (stop.trail?.kind === 'atr') follow(stop, this.ranges);
    const price = this.lastPrice;
    return price === null ? [] : this.cascade([], this.take(hitInOrder(this.pending, price)));
  }

  getOrder(id: number): Order | null {
    const order = this.orders.get(id);
    return order === undefined ? null : { ...order };
  }

  getStopOrder(id: number): StopOrder | null {
    const stop = this.stops.get(id);
    return stop === undefined ? null : { ...stop };
  }

  bestBid(): number | null {
    return this.book.first('buy')?.price ?? null;
  }

  bestAsk(): number | null {
    return this.book.first('sell')?.price ?? null;
  }

  lastTradePrice(): number | null {
    return this.lastPrice;
  }

  /** The book, order by order, as `fullBook` of the exchange has it. */
  levels(): ReferenceLevels {
    return this.book.levels();
  }

  trades(): readonly Trade[] {
    return this.tradeLog;
  }

  pendingStopCount(): number {
    return this.pending.length;
  }

  clearTrades(): number {
    const count = this.tradeLog.length;
    this.tradeLog = [];
    return count;
  }

  /** Forgets orders that are not open and stops that do not wait; how many ids that concerns. */
  clearOrderHistory(): number {
    const ids = new Set<number>();
    for (const { id } of [...this.orders.values()].filter((order) => order.remainingQuantity === 0)) {
      this.orders.delete(id);
      ids.add(id);
    }
    for (const { id } of [...this.stops.values()].filter((stop) => stop.status !== 'pending')) {
      this.stops.delete(id);
      ids.add(id);
    }
    return ids.size;
  }

  /** There is nothing to release. */
  compact(): void {}

  protected openOrder(id: number): ReferenceOrder | undefined {
    const order = this.orders.get(id);
    return order !== undefined && order.remainingQuantity > 0 ? order : undefined;
  }

  protected keepsPriority(order: ReferenceOrder, price: number, quantity: number): boolean {
    return price === order.price && quantity <= order.remainingQuantity;
  }

  protected newOrder(
    side: Side,
    price: number | null,
    quantity: number,
    timeInForce: TimeInForce,
    { owner = null, stp = this.stp, postOnly = false }: LimitOptions,
  ): ReferenceOrder {
    this.lastId += 1;
    this.clock += 1;
    const terms = { side, price, quantity, timeInForce, owner, stp, postOnly };
    return this.openFor(this.lastId, this.clock, terms);
  }

  /** An order meets the book; then the stops that its trades set off do. */
  protected arrive(order: ReferenceOrder): SubmitResult {
    const trades = this.match(order);
    const result = {
      orderId: order.id,
      status: order.status,
      reason: order.reason,
      filledQuantity: order.filledQuantity,
      restingQuantity: order.remainingQuantity,
      cancelledQuantity: order.cancelledQuantity,
      trades,
      triggered: [] as readonly number[],
    };
    result.triggered = this.cascade(trades, []); // what it sets off no longer changes the rest
    return result;
  }

  protected submitStop(asked: StopRequest, { owner = null, stp = this.stp }: OrderOptions): StopResult {
    this.refuseOverflow(asked.side, asked.quantity);
    this.lastId += 1;
    this.clock += 1;
    const stop: ReferenceStop = {
      id: this.lastId,
      side: asked.side,
      stopPrice: asked.stopPrice,
      limitPrice: asked.limitPrice ?? null,
      limitOffset: asked.limitOffset ?? null,
      quantity: asked.quantity,
      timeInForce: asked.timeInForce,
      trail: asked.trail ?? null,
      watermark: null,
      status: 'pending',
      owner,
      stp,
      timestamp: this.clock,
    };
    this.stops.set(stop.id, stop);
    this.pending.push(stop);
    const due = this.lastPrice !== null && isHit(stop, this.lastPrice) ? this.take([stop]) : [];
    return { orderId: stop.id, status: stop.status, triggered: this.cascade([], due) };
  }
}
