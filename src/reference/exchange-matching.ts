/** How an order meets the book, slow and plain: one loop of the rules. Oracle of the tests. */
import type { Reason, Side, StpPolicy, Trade } from '../exchange/types.js';
import { oppositeOf, ReferenceBook, type ReferenceOrder } from './exchange-book.js';

/** What an incoming order does when it meets an order of its own owner. */
type OwnMeeting = 'cancel-incoming' | 'cancel-resting';

/** Book, clock and trades. */
export class ReferenceMatching {
  protected readonly book: ReferenceBook = new ReferenceBook();
  protected tradeLog: Trade[] = [];
  protected clock: number = 0;
  protected lastTradeId: number = 0;
  protected lastPrice: number | null = null;

  /** Trades what can be traded, then rests or cancels what is left. Returns the trades. */
  protected match(order: ReferenceOrder): Trade[] {
    if (order.postOnly && this.wouldTrade(order.side, order.price)) {
      this.finish(order, 'rejected', 'would-cross');
      return [];
    }
    if (order.timeInForce === 'fok' && this.obtainable(order) < order.remainingQuantity) {
      this.finish(order, 'rejected', 'fok-unfilled');
      return [];
    }
    const trades: Trade[] = [];
    while (order.remainingQuantity > 0) {
      const resting = this.book.first(oppositeOf(order.side));
      if (resting === undefined || !this.reaches(order.side, order.price, resting)) break;
      if (!this.meetsOwn(order, resting)) {
        trades.push(this.trade(order, resting));
      } else if (this.atOwn(order.stp, order.remainingQuantity, resting) === 'cancel-resting') {
        this.book.remove(resting);
        this.finish(resting, 'cancelled', 'self-trade');
      } else {
        this.finish(order, order.filledQuantity > 0 ? 'partially-filled' : 'cancelled', 'self-trade');
      }
    }
    if (order.remainingQuantity > 0) this.restOrCancel(order);
    return trades;
  }

  /** Whether an order at `price`, or a market order, would meet the best order of the other side. */
  protected wouldTrade(side: Side, price: number | null): boolean {
    const best = this.book.first(oppositeOf(side));
    return best !== undefined && this.reaches(side, price, best);
  }

  protected reaches(side: Side, price: number | null, resting: ReferenceOrder): boolean {
    if (price === null) return true;
    return side === 'buy' ? resting.price! <= price : resting.price! >= price;
  }

  protected meetsOwn(order: ReferenceOrder, resting: ReferenceOrder): boolean {
    return order.stp !== 'off' && order.owner !== null && order.owner === resting.owner;
  }

  /** What `open` quantity under a policy does to an order of the same owner; the policy is not `off`. */
  protected atOwn(stp: StpPolicy, open: number, resting: ReferenceOrder): OwnMeeting {
    if (stp === 'cancel-newest') return 'cancel-incoming';
    if (stp === 'cancel-oldest') return 'cancel-resting';
    return open < resting.remainingQuantity ? 'cancel-incoming' : 'cancel-resting';
  }

  /** The quantity an order would get, found by walking the book without trading. */
  protected obtainable(order: ReferenceOrder): number {
    let open = order.remainingQuantity;
    for (const resting of this.book.inPriority(oppositeOf(order.side))) {
      if (open === 0 || !this.reaches(order.side, order.price, resting)) break;
      if (!this.meetsOwn(order, resting)) open -= Math.min(open, resting.remainingQuantity);
      else if (this.atOwn(order.stp, open, resting) === 'cancel-incoming') break;
    }
    return order.remainingQuantity - open;
  }

  protected trade(order: ReferenceOrder, resting: ReferenceOrder): Trade {
    const quantity = Math.min(order.remainingQuantity, resting.remainingQuantity);
    this.clock += 1;
    this.lastTradeId += 1;
    const trade: Trade = {
      id: this.lastTradeId,
      price: resting.price!,
      quantity,
      aggressorOrderId: order.id,
      passiveOrderId: resting.id,
      aggressorSide: order.side,
      timestamp: this.clock,
    };
    for (const party of [order, resting]) {
      party.filledQuantity += quantity;
      party.remainingQuantity -= quantity;
      party.status = party.remainingQuantity === 0 ? 'filled' : 'partially-filled';
    }
    if (resting.remainingQuantity === 0) this.book.remove(resting);
    this.lastPrice = trade.price;
    this.tradeLog.push(trade);
    return trade;
  }

  /** Good-till-cancelled orders rest; the others lose what is left. */
  protected restOrCancel(order: ReferenceOrder): void {
    const filled = order.filledQuantity > 0;
    if (order.timeInForce === 'gtc') {
      order.status = filled ? 'partially-filled' : 'new';
      this.book.add(order);
    } else {
      this.finish(order, filled ? 'partially-filled' : 'cancelled', 'no-liquidity');
    }
  }

  /** Ends an order: what was open is cancelled. */
  protected finish(order: ReferenceOrder, status: ReferenceOrder['status'], reason: Reason | null): void {
    order.status = status;
    order.reason = reason;
    order.cancelledQuantity += order.remainingQuantity;
    order.remainingQuantity = 0;
  }
}
