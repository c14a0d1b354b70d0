/**
 * The invariants of an exchange, watched from outside: what must hold after every call, whatever the twin says.
 *
 * 1 never crossed · 2 no quantity is lost · 3 shares and cash of all owners sum to zero · 4 price, then time ·
 * 5 a modification keeps its place only at the same price and no more quantity · 6 immediate orders leave nothing ·
 * 7 a second cancel changes nothing · 8 nobody trades with himself against his policy · 10 ids and ticks rise, and
 * cascades end · 11 what is refused leaves no trace. 9 and 12 need several exchanges and stand in the test.
 */
import type {
  CancelResult,
  ModifyResult,
  QueueLevel,
  StopResult,
  StpPolicy,
  SubmitResult,
  Trade,
} from '../exchange/types.js';
import {
  type Call,
  type Levels,
  levelsOf,
  type Outcome,
  same,
  show,
  type Subject,
} from './exchange-calls.js';
import { Accounts, addsUp, type Party, partyOf } from './exchange-parties.js';
import { areFills, expectedFills, firstRun, isWithin, placeOf } from './exchange-walk.js';

/** A broken invariant. */
export class BrokenInvariant extends Error {
  readonly invariant: number;

  constructor(invariant: number, what: string) {
    super(`invariant ${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

/** The results that tell of an order's trades. */
type Traded = Pick<SubmitResult, 'trades' | 'triggered'>;

/** Calls between two looks at the state hash; among bad calls it is looked at more often. */
const HASH_EVERY = 32;
const HASH_BAD_EVERY = 5;
/** Calls between two looks at the whole book where nothing should have changed, and between two second cancels. */
const LOOK_EVERY = 6;

/** Watches one exchange from its first call on. */
export class Audit {
  /** How often each invariant was checked, by number. */
  readonly checks: number[] = new Array<number>(13).fill(0);
  private readonly subject: Subject;
  private readonly policy: StpPolicy;
  private readonly parties = new Map<number, Party>();
  private readonly accounts = new Accounts();
  private readonly fired = new Set<number>();
  /** Ids of orders and stops that may still change. */
  private readonly unsettled = new Set<number>();
  /** Filled quantity by the word of the exchange, which may forget it later. */
  private readonly filled = new Map<number, number>();
  private levels: Levels;
  private pending = 0;
  private lastId = 0;
  private lastTradeId = 0;
  private tick = 0;
  private tradesSeen = 0;
  private calls = 0;
  private hash: string | null = null;

  constructor(subject: Subject, policy: StpPolicy) {
    this.subject = subject;
    this.policy = policy;
    this.levels = levelsOf(subject);
  }

  /** Looks before a call is made. */
  before(call: Call): void {
    this.calls += 1;
    const looks = this.calls % (call.bad ? HASH_BAD_EVERY : HASH_EVERY) === 0;
    this.hash = looks && this.subject.stateHash !== undefined ? this.subject.stateHash() : null;
    if (call.method === 'clearOrderHistory') this.settle();
  }

  /** Looks at what came of it. Throws `BrokenInvariant`. */
  after(call: Call, outcome: Outcome): void {
    if (call.bad) this.must(11, outcome.error === 'ValidationError', 'a bad argument was taken');
    const { status } = (outcome.value ?? {}) as { readonly status?: string };
    if (call.bad || outcome.error !== null || status === 'refused') {
      this.checkUntouched(call.method === 'cancel' ? 7 : 11);
      return;
    }
    const before = this.levels;
    this.levels = levelsOf(this.subject);
    this.checkBook();
    if (call.method === 'cancel') this.afterCancel(outcome.value as CancelResult);
    else if (call.method === 'modify') this.afterModify(call.args, outcome.value as ModifyResult, before);
    else if (call.method === 'onBar') {
      this.afterTrades({ trades: [], triggered: outcome.value as number[] }, null, before);
    } else if (call.method === 'clearTrades') this.tradesSeen = 0;
    else {
      const party = partyOf(call, this.lastId + 1, this.policy);
      if (party !== null) this.afterSubmit(party, outcome.value as SubmitResult | StopResult, before);
    }
  }

  /** Looks at every order and every owner once more. */
  finish(): void {
    this.settle();
    const shares = new Map<number | null, bigint>();
    for (const { id, side, owner } of this.parties.values()) {
      const filled = BigInt(this.filled.get(id) ?? 0);
      shares.set(owner, (shares.get(owner) ?? 0n) + (side === 'buy' ? filled : -filled));
    }
    const fault = this.accounts.fault(shares);
    this.must(3, fault === null, fault ?? '');
  }

  /** Counts a check; `seen` is shown where it fails. */
  private must(invariant: number, holds: boolean, what: string, ...seen: readonly unknown[]): void {
    this.checks[invariant]! += 1;
    if (!holds) throw new BrokenInvariant(invariant, [what, ...seen.map(show)].join(' '));
  }

  /** 1 and 2: the best prices, and the sums of every level. */
  private checkBook(): void {
    const { bids, asks } = this.levels;
    const bid = this.subject.bestBid();
    const ask = this.subject.bestAsk();
    this.must(1, bid === null || ask === null || bid < ask, 'crossed: bid and ask', bid, ask);
    this.must(1, bid === (bids[0]?.price ?? null) && ask === (asks[0]?.price ?? null), 'best prices');
    for (const side of [bids, asks]) {
      for (const level of side) this.must(2, isWhole(level), 'a level is wrong', level);
    }
  }

  private checkUntouched(invariant: number): void {
    const { subject, hash } = this;
    this.must(invariant, subject.pendingStopCount() === this.pending, 'the stops changed');
    if (hash !== null) this.must(invariant, subject.stateHash!() === hash, 'the state changed');
    if (this.calls % LOOK_EVERY !== 0) return;
    this.must(invariant, same(levelsOf(subject), this.levels), 'the book changed');
  }

  private afterCancel({ orderId }: CancelResult): void {
    this.pending = this.subject.pendingStopCount();
    this.checkOrder(orderId);
    if (this.calls % LOOK_EVERY !== 0) return;
    const looks = this.calls % (LOOK_EVERY * 4) === 0;
    const hash = looks ? this.subject.stateHash?.() : undefined;
    const again = this.subject.cancel(orderId);
    const expected = { orderId, status: 'refused', reason: 'not-open', cancelledQuantity: 0 };
    this.must(7, same(again, expected), 'a second cancel gave', again);
    if (looks) this.must(7, this.subject.stateHash?.() === hash, 'a second cancel changed the state');
    this.must(7, same(levelsOf(this.subject), this.levels), 'a second cancel changed the book');
  }

  private afterModify(args: readonly unknown[], result: ModifyResult, before: Levels): void {
    const [id, price, quantity] = args as [number, number, number];
    this.tick += 1;
    const party = this.parties.get(id)!;
    const old = placeOf(before, id)!;
    const keeps = price === old.price && quantity <= old.quantity;
    party.limit = price;
    party.quantity = party.filled + quantity;
    const tick = this.tick;
    this.must(5, result.keptPriority === keeps, 'keptPriority is', result.keptPriority);
    const taker = { ...party, quantity };
    this.afterTrades(result, keeps ? null : taker, before);
    const now = placeOf(this.levels, id);
    if (keeps) {
      this.must(5, now !== null && same(now.queue, old.queue), 'it lost its place');
      this.must(5, now?.timestamp === old.timestamp && result.trades.length === 0, 'it arrived anew');
    } else if (now !== null) {
      const behind = now.queue.slice(now.queue.indexOf(id) + 1);
      const jumped = behind.some((other) => !result.triggered.includes(other));
      this.must(5, !jumped, 'it stands before', behind);
      this.must(5, now.timestamp === tick, 'its tick and the tick', now.timestamp, tick);
    }
  }

  private afterSubmit(party: Party, result: SubmitResult | StopResult, before: Levels): void {
    this.must(10, result.orderId === party.id, 'order id and the one before', result.orderId, this.lastId);
    this.lastId += 1;
    this.tick += 1;
    this.parties.set(party.id, party);
    this.unsettled.add(party.id);
    if (party.isStop) {
      this.pending += 1;
      const firedNow = (result as StopResult).status === 'triggered';
      this.must(10, !firedNow || result.triggered[0] === party.id, 'it did not fire first');
      this.afterTrades({ trades: [], triggered: result.triggered }, firedNow ? party : null, before);
      return;
    }
    const submitted = result as SubmitResult;
    if (party.timeInForce !== 'gtc') this.checkImmediate(party, submitted, before);
    this.afterTrades(submitted, party, before);
  }

  /** 6: nothing of an order that may not rest is left, and of a fill-or-kill all or nothing happened. */
  private checkImmediate(party: Party, result: SubmitResult, before: Levels): void {
    const { status, trades, triggered } = result;
    const left = this.subject.getOrder(party.id)?.remainingQuantity;
    const rests = result.restingQuantity > 0 || left !== 0 || placeOf(this.levels, party.id) !== null;
    this.must(6, !rests, 'an immediate order rests', result);
    if (party.timeInForce !== 'fok') return;
    const inFull = status === 'filled' && result.filledQuantity === party.quantity;
    const untouched = same(before, this.levels) && triggered.length === 0 && trades.length === 0;
    this.must(6, inFull || (status === 'rejected' && untouched), 'all or nothing', result);
  }

  /** 4, 8, 10: the trades of a call; `taker` is the order that it brought, if it met the book. */
  private afterTrades({ trades, triggered }: Traded, taker: Party | null, before: Levels): void {
    this.pending -= triggered.length;
    this.must(10, this.subject.pendingStopCount() === this.pending, 'stops got lost, or came from nowhere');
    for (const id of triggered) {
      this.must(10, this.fired.size < this.fired.add(id).size, 'a stop fired twice', triggered);
      const party = this.parties.get(id)!;
      party.limit = this.subject.getOrder(id)?.price ?? null;
    }
    const fresh = triggered.length === 0 ? trades : this.subject.trades().slice(this.tradesSeen);
    this.tradesSeen += fresh.length;
    for (const trade of fresh) this.checkTrade(trade);
    if (taker !== null) {
      const own = taker.isStop && trades.length === 0 ? firstRun(fresh, taker.id) : trades;
      const limit = this.parties.get(taker.id)!.limit;
      const fills = expectedFills(before, { ...taker, limit });
      this.must(4, areFills(own, fills, taker), 'trades, and what they must be', own, fills);
    }
    for (const { passiveOrderId } of fresh) this.checkOrder(passiveOrderId);
    for (const id of triggered) this.checkOrder(id);
    if (taker !== null) this.checkOrder(taker.id);
  }

  private checkTrade(trade: Trade): void {
    this.tick += 1;
    this.lastTradeId += 1;
    const counted = trade.id === this.lastTradeId && trade.timestamp === this.tick;
    this.must(10, counted, 'trade, id and tick', trade, this.lastTradeId, this.tick);
    const aggressor = this.parties.get(trade.aggressorOrderId)!;
    const passive = this.parties.get(trade.passiveOrderId)!;
    this.must(4, trade.price === passive.limit, 'a trade not at the resting price', trade, passive);
    this.must(4, isWithin(aggressor, trade.price), 'a trade beyond the limit', trade, aggressor);
    const others = aggressor.owner === null || aggressor.owner !== passive.owner;
    this.must(8, others || aggressor.stp === 'off', 'an owner traded with himself', trade, aggressor);
    const across = aggressor.side !== passive.side && trade.aggressorSide === aggressor.side;
    this.must(3, across, 'a trade between sides', trade, aggressor.side, passive.side);
    for (const party of [aggressor, passive]) {
      party.filled += trade.quantity;
      this.must(2, party.filled <= party.quantity && trade.quantity > 0, 'overfilled', party);
    }
    const [buyer, seller] = trade.aggressorSide === 'buy' ? [aggressor, passive] : [passive, aggressor];
    this.accounts.book(trade, buyer.owner, seller.owner);
  }

  /** 2: an order adds up. */
  private checkOrder(id: number): void {
    const order = this.subject.getOrder(id);
    if (order === null) return;
    const { status, remainingQuantity } = order;
    const inBook = placeOf(this.levels, id);
    this.must(2, addsUp(order, this.parties.get(id)!), 'does not add up', order);
    this.must(
      2,
      (inBook?.quantity ?? 0) === remainingQuantity,
      'the book and the order differ',
      inBook,
      order,
    );
    const fits =
      status === 'new' ? remainingQuantity > 0 : status === 'partially-filled' || remainingQuantity === 0;
    this.must(2, fits, 'status', order);
  }

  /** Checks the orders that could still change when it was last asked, and notes what those that are done filled. */
  private settle(): void {
    for (const id of this.unsettled) {
      this.checkOrder(id);
      const order = this.subject.getOrder(id);
      if (order !== null) this.filled.set(id, order.filledQuantity);
      const waits = this.subject.getStopOrder(id)?.status === 'pending';
      if (!waits && (order === null || order.remainingQuantity === 0)) this.unsettled.delete(id);
    }
  }
}

/** Whether quantity, count and places of a level are those of its orders. */
function isWhole({ quantity, orderCount, orders }: QueueLevel): boolean {
  let ahead = 0;
  let position = 0;
  for (const order of orders) {
    if (order.quantityAhead !== ahead || order.position !== position || order.quantity < 1) return false;
    ahead += order.quantity;
    position += 1;
  }
  return quantity === ahead && orderCount === position && position > 0;
}
