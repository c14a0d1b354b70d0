/** What happens to an input of an exchange: logged, matched, answered; then the stops that its trades set off. */
import { growthOf, sideOf } from '../../kernels/book/change.js';
import * as layout from '../../kernels/book/layout.js';
import { checkOrderRoom, checkSideRoom } from './check-input.js';
import { POLICIES, REASONS, sideCode, SIDES, STATUSES, TIMES_IN_FORCE } from './codes.js';
import { InputLog, type Unnumbered } from './input-log.js';
import { OrderEngine } from './order-engine.js';
import { Owners } from './owners.js';
import { type FiredStop, type NewStop, StopBook } from './stop-book.js';
import type { CancelResult, ModifyResult, StopResult, SubmitResult, Trade } from './types.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const { CLOCK, GTC, IOC, OPEN_QUANTITY, REFUSED, RESULT_FILLED, RESULT_KEPT, RESULT_LEFT, RESULT_REASON } =
  layout;

const NONE: readonly number[] = Object.freeze([]);

/** The same number. A small integer off a Float64Array would be boxed wherever it is kept; this one is not. */
function unboxed(value: number): number {
  const small = value | 0;
  return small === value ? small : value;
}

/** A stop before it has an id and a time. */
export type UnnumberedStop = Omit<NewStop, 'id' | 'timestamp'>;

/** The parts of an exchange that change. Takes checked input in codes. */
export class OrderFlow {
  readonly owners: Owners = new Owners();
  readonly engine: OrderEngine = new OrderEngine(this.owners);
  readonly events: InputLog;
  stops: StopBook = new StopBook();

  constructor(sequence: { next: number } | undefined) {
    this.events = new InputLog(this.owners, sequence);
  }

  limit(side: number, price: number, quantity: number, timeInForce: number, tag: number): SubmitResult {
    if (timeInForce === GTC) this.checkRoom(side, quantity);
    this.events.limit(side, price, quantity, timeInForce, tag);
    return this.submit(side, price, quantity, timeInForce, false, tag);
  }

  market(side: number, quantity: number, tag: number): SubmitResult {
    this.events.market(side, quantity, tag);
    return this.submit(side, 0, quantity, IOC, true, tag);
  }

  private submit(
    side: number,
    price: number,
    quantity: number,
    timeInForce: number,
    market: boolean,
    tag: number,
  ): SubmitResult {
    const { engine } = this;
    const { nums, ints } = engine.book;
    const orderId = unboxed(engine.takeId());
    const status = engine.arrive(orderId, side, price, quantity, timeInForce, market, tag, nums[CLOCK]!);
    const left = unboxed(nums[RESULT_LEFT]!);
    const reason = ints[RESULT_REASON]!;
    const rests = timeInForce === GTC && reason === 0;
    const filledQuantity = unboxed(nums[RESULT_FILLED]!);
    const trades = engine.lastTrades();
    return {
      orderId,
      status: STATUSES[status]!,
      reason: REASONS[reason]!,
      filledQuantity,
      restingQuantity: rests ? left : 0,
      cancelledQuantity: rests ? 0 : left,
      trades,
      triggered: this.setOff(trades),
    };
  }

  cancel(orderId: number): CancelResult {
    this.events.cancel(orderId);
    let cancelled = unboxed(this.engine.cancel(orderId));
    if (cancelled === 0 && this.stops.isPending(orderId)) {
      const side = sideCode(this.stops.get(orderId)!.side);
      cancelled = this.stops.cancel(orderId);
      this.addOpen(side, -cancelled);
    }
    if (cancelled > 0)
      return {
        orderId,
        status: 'cancelled',
        reason: null,
        cancelledQuantity: cancelled,
      };
    const reason = REASONS[this.engine.book.ints[RESULT_REASON]!]!;
    return { orderId: unboxed(orderId), status: 'refused', reason, cancelledQuantity: 0 };
  }

  modify(orderId: number, price: number, quantity: number): ModifyResult {
    const { engine } = this;
    const { nums, ints } = engine.book;
    const growth = growthOf(engine.book, orderId, price, quantity);
    if (growth > 0) {
      this.checkRoom(sideOf(engine.book, orderId), growth);
      checkOrderRoom(engine.filledOf(orderId), quantity);
    }
    this.events.other({ type: 'Modify', orderId, price, quantity });
    const code = engine.modify(orderId, price, quantity);
    const refused = code === REFUSED;
    const reason = this.stops.isPending(orderId) ? 'pending-stop' : REASONS[ints[RESULT_REASON]!]!;
    const left = unboxed(nums[RESULT_LEFT]!);
    const filledQuantity = unboxed(nums[RESULT_FILLED]!);
    const keptPriority = ints[RESULT_KEPT] === 1;
    const trades = engine.lastTrades();
    return {
      orderId,
      status: refused ? 'refused' : STATUSES[code]!,
      reason,
      keptPriority,
      filledQuantity,
      restingQuantity: reason === null ? left : 0,
      cancelledQuantity: reason === null ? 0 : left,
      trades,
      triggered: this.setOff(trades),
    };
  }

  /** A new stop. It fires at once where the last trade already satisfies it. */
  stop(stop: UnnumberedStop, event: Unnumbered): StopResult {
    const { engine, stops } = this;
    const side = sideCode(stop.side);
    this.checkRoom(side, stop.quantity);
    this.events.other(event);
    const orderId = engine.takeId();
    stops.add({ ...stop, id: orderId, timestamp: engine.book.nums[CLOCK]! });
    this.addOpen(side, stop.quantity);
    const fired: FiredStop[] = [];
    if (engine.lastTradePrice > 0) stops.fireIfCrossed(orderId, engine.lastTradePrice, fired);
    const status = fired.length > 0 ? 'triggered' : 'pending';
    return { orderId, status, triggered: this.cascade(fired) };
  }

  bar(high: number, low: number, close: number): readonly number[] {
    this.events.other({ type: 'Bar', high, low, close });
    const last = this.engine.lastTradePrice;
    const fired: FiredStop[] = [];
    this.stops.onBar(high, low, close, last > 0 ? last : null, fired);
    return this.cascade(fired);
  }

  /** Forgets orders and stops that are done; how many ids. */
  clearHistory(): number {
    const { engine, stops } = this;
    const isOpen = (id: number): boolean => engine.openQuantity(id) > 0;
    // A stop that became an order counts with that order, unless it is still open.
    let ids = 0;
    for (const id of stops.forgetDone()) if (engine.orders.get(id) === undefined || isOpen(id)) ids++;
    return ids + engine.orders.forgetDone(isOpen);
  }

  private setOff(trades: readonly Trade[]): readonly number[] {
    if (trades.length === 0 || this.stops.pendingCount === 0) return NONE;
    const fired: FiredStop[] = [];
    for (const { price } of trades) this.stops.onTrade(price, fired);
    return this.cascade(fired);
  }

  /**
   * Lets stops become orders, first come first, until none is left. Their trades may set off more, which join the end.
   * Each fires once, so there are at most as many steps as stops were pending.
   */
  private cascade(fired: FiredStop[]): readonly number[] {
    if (fired.length === 0) return NONE;
    const { engine, stops } = this;
    // The list grows while it is walked.
    for (const { id, side, market, limitPrice, quantity, timeInForce, owner, stp, timestamp } of fired) {
      const code = sideCode(side);
      this.addOpen(code, -quantity);
      const tag = (this.owners.codeOf(owner) << 3) | (POLICIES.indexOf(stp) << 1);
      const force = TIMES_IN_FORCE.indexOf(timeInForce);
      engine.arrive(id, code, limitPrice, quantity, force, market, tag, timestamp);
      const { tradeCount } = engine;
      for (let row = 0; row < tradeCount && stops.pendingCount > 0; row++) {
        stops.onTrade(engine.tradePrice(row), fired);
      }
    }
    return fired.map(({ id }) => id);
  }

  private addOpen(side: number, quantity: number): void {
    const { nums } = this.engine.book;
    nums[OPEN_QUANTITY + side] = nums[OPEN_QUANTITY + side]! + quantity;
  }

  private checkRoom(side: number, more: number): void {
    checkSideRoom(SIDES[side]!, this.engine.book.nums[OPEN_QUANTITY + side]!, more);
  }
}
