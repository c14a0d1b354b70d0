/** The stops of one exchange: those that wait for a price, and what became of the others. */
import type { DigestPart } from '../digest.js';
import { StopHeap } from './stop-heap.js';
import { readStopBookJson, type StopBookJson, stopColumns, toPendingJson } from './stop-json.js';
import { type FiredStop, type NewStop, type StopRecord, toFiredStop, toStopOrder } from './stop-record.js';
import { fractionOfPrice, rangeDistance, readFraction, trailStop } from './trail.js';
import type { Side, StopOrder } from './types.js';
import { WilderRange } from './wilder-range.js';

export type { StopBookJson } from './stop-json.js';
export type { FiredStop, NewStop } from './stop-record.js';

/** Pending stops of one side. Keys are signed so that the stop nearest to the market is always on top. */
class StopSide {
  /** −1 for sells, 1 for buys. */
  readonly sign: number;
  /** By stop price: the highest sell, the lowest buy on top. Hit by p when the top key ≤ sign × p. */
  readonly stops: StopHeap = new StopHeap();
  /** Trailing stops by watermark: the one easiest to beat on top. Beaten by p when the top key < −sign × p. */
  readonly marks: StopHeap = new StopHeap();

  constructor(side: Side) {
    this.sign = side === 'sell' ? -1 : 1;
  }
}

/**
 * Stops that wait for a trade price, trailing ones among them, and the bars that trails by average true range follow.
 *
 * A sell triggers at trades at or below its stop price, a buy at or above. A trailing stop remembers the best trade
 * price since it came (its watermark: highest for a sell, lowest for a buy); at every better one it puts its stop at
 * the trail's distance from it, if that is nearer to the market than before. The distance is an offset; a fraction of
 * the watermark, exact in decimals and rounded up; or a multiple of Wilder's average true range, rounded up, which
 * every bar brings up to date. Nothing is checked here but `fromJSON`: the exchange has checked.
 *
 * Cost: adding, cancelling and firing O(log n) each for n pending stops; a trade O(1) when it hits nothing and beats
 * no watermark, else O(log n) for each stop that fires or moves. A bar O(log n) for each pending trail by average true
 * range. Memory: about 300 bytes a stop, 8 a bar; stops that are done stay until `forgetDone`.
 */
export class StopBook {
  readonly #sells = new StopSide('sell');
  readonly #buys = new StopSide('buy');
  /** Pending stops by slot, and the slots that are free. */
  readonly #slots: (StopRecord | null)[] = [];
  readonly #free: number[] = [];
  readonly #pending = new Map<number, StopRecord>();
  readonly #done = new Map<number, StopRecord>();
  /** Pending trails by average true range. */
  readonly #ranging = new Set<StopRecord>();
  #bars = new WilderRange();

  get pendingCount(): number {
    return this.#pending.size;
  }

  /** Puts in a pending stop. Its id is above that of every stop before it. */
  add(stop: NewStop): void {
    this.#insert(stop, null);
  }

  isPending(id: number): boolean {
    return this.#pending.has(id);
  }

  /** Cancels a pending stop; its quantity, or 0 if it is not pending. */
  cancel(id: number): number {
    const stop = this.#pending.get(id);
    if (stop === undefined) return 0;
    this.#retire(stop, 'cancelled');
    return stop.quantity;
  }

  /** The stop as it stands, a fresh object; null if there was none of this id or it is forgotten. */
  get(id: number): StopOrder | null {
    const stop = this.#pending.get(id) ?? this.#done.get(id);
    return stop === undefined ? null : toStopOrder(stop);
  }

  /**
   * One trade at this price: trailing stops follow it, then the stops it hits leave the pending ones and are appended
   * to `fired`, by distance of their stop price from it, then by id.
   */
  onTrade(price: number, fired: FiredStop[]): void {
    if (this.#pending.size === 0) return;
    this.#follow(this.#sells, price);
    this.#follow(this.#buys, price);
    this.#fireHit(price, fired);
  }

  /** Fires this one stop if it is pending and a last trade at this price already satisfies it. */
  fireIfCrossed(id: number, lastTradePrice: number, fired: FiredStop[]): void {
    const stop = this.#pending.get(id);
    if (stop === undefined) return;
    const { sign } = this.#side(stop);
    if (sign * stop.stopPrice > sign * lastTradePrice) return;
    this.#retire(stop, 'triggered');
    fired.push(toFiredStop(stop));
  }

  /**
   * One bar: averages take it in, trails by average true range that saw a trade follow, and the stops that the last
   * trade price (null before the first trade) now satisfies fire as in `onTrade`. Watermarks stay.
   */
  onBar(high: number, low: number, close: number, lastTradePrice: number | null, fired: FiredStop[]): void {
    this.#bars.addBar(high, low, close);
    for (const stop of this.#ranging) this.#pull(this.#side(stop), stop);
    if (lastTradePrice !== null) this.#fireHit(lastTradePrice, fired);
  }

  /** Forgets triggered and cancelled stops; their ids, in the order they were done. */
  forgetDone(): number[] {
    const ids = [...this.#done.keys()];
    this.#done.clear();
    return ids;
  }

  /** Releases spare memory of the bars; no visible effect. O(pending + bars). */
  compact(): void {
    const periods = new Set<number>();
    for (const { trail } of this.#ranging) if (trail?.kind === 'atr') periods.add(trail.period);
    this.#bars.compact(periods);
  }

  /** Pending stops and bars as plain data; stops that are done are history and stay out. O(pending + bars). */
  toJSON(): StopBookJson {
    return { pending: this.#sorted().map(toPendingJson), bars: this.#bars.toJSON() };
  }

  /** What `toJSON` gave, every field checked. Throws `ValidationError` naming the first not right, from `field` on. */
  static fromJSON(json: unknown, field = 'stops'): StopBook {
    const { pending, bars } = readStopBookJson(field, json);
    const book = new StopBook();
    book.#bars = WilderRange.fromJSON(`${field}.bars`, bars);
    for (const { watermark, ...stop } of pending) book.#insert(stop, watermark);
    return book;
  }

  /** Everything that decides the future, in a fixed order: pending stops by id, then the bars. O(pending + bars). */
  digestParts(): readonly (readonly [string, DigestPart])[] {
    return [
      ['pendingStops', stopColumns(this.#sorted())],
      ['barClose', this.#bars.close],
      ['trueRanges', this.#bars.trueRanges()],
    ];
  }

  #side(stop: StopRecord): StopSide {
    return stop.side === 'sell' ? this.#sells : this.#buys;
  }

  #sorted(): StopRecord[] {
    return [...this.#pending.values()].sort((a, b) => a.id - b.id);
  }

  #insert(stop: NewStop, watermark: number | null): void {
    const { trail } = stop;
    const slot = this.#free.pop() ?? this.#slots.length;
    const record: StopRecord = {
      id: stop.id,
      side: stop.side,
      stopPrice: stop.stopPrice,
      limitPrice: stop.limitPrice,
      limitOffset: stop.limitOffset,
      quantity: stop.quantity,
      timeInForce: stop.timeInForce,
      market: stop.market,
      trail: trail === null ? null : { ...trail },
      owner: stop.owner,
      stp: stop.stp,
      timestamp: stop.timestamp,
      watermark,
      status: 'pending',
      fraction: trail?.kind === 'percentage' ? readFraction(trail.fraction) : null,
      slot,
    };
    this.#slots[slot] = record;
    this.#pending.set(record.id, record);
    const { sign, stops, marks } = this.#side(record);
    stops.add(slot, sign * record.stopPrice);
    if (trail === null) return;
    marks.add(slot, watermark === null ? -Infinity : -sign * watermark);
    if (trail.kind === 'atr') this.#ranging.add(record);
  }

  /** Takes a stop out of the pending ones. */
  #retire(stop: StopRecord, status: 'triggered' | 'cancelled'): void {
    const { stops, marks } = this.#side(stop);
    stops.remove(stop.slot);
    if (stop.trail !== null) marks.remove(stop.slot);
    this.#ranging.delete(stop);
    this.#slots[stop.slot] = null;
    this.#free.push(stop.slot);
    this.#pending.delete(stop.id);
    stop.status = status;
    this.#done.set(stop.id, stop);
  }

  /** Gives `price` to the watermarks it beats, and moves their stops. */
  #follow(side: StopSide, price: number): void {
    const { sign, marks } = side;
    const key = -sign * price;
    while (marks.topKey < key) {
      const stop = this.#slots[marks.top]!;
      marks.move(stop.slot, key);
      stop.watermark = price;
      this.#pull(side, stop);
    }
  }

  /** Puts a trailing stop where its watermark and distance say, if that is nearer to the market. */
  #pull(side: StopSide, stop: StopRecord): void {
    if (stop.watermark === null) return;
    const distance = this.#distance(stop, stop.watermark);
    const moved = distance === 0 ? 0 : trailStop(stop.side, stop.watermark, distance);
    const key = side.sign * moved;
    if (moved === 0 || key >= side.sign * stop.stopPrice) return;
    stop.stopPrice = moved;
    side.stops.move(stop.slot, key);
  }

  /** Whole ticks between watermark and stop; 0 while there is no average true range yet. */
  #distance({ trail, fraction }: StopRecord, watermark: number): number {
    if (trail?.kind === 'fixed') return trail.offset;
    if (fraction !== null) return fractionOfPrice(watermark, fraction);
    if (trail?.kind !== 'atr') return 0;
    const average = this.#bars.average(trail.period);
    return average === null ? 0 : rangeDistance(trail.multiplier, average);
  }

  /** Fires every stop that a trade at `price` hits. */
  #fireHit(price: number, fired: FiredStop[]): void {
    if (this.#sells.stops.topKey > -price && this.#buys.stops.topKey > price) return;
    const hit: StopRecord[] = [];
    for (const { sign, stops } of [this.#sells, this.#buys]) {
      while (stops.topKey <= sign * price) {
        const stop = this.#slots[stops.top]!;
        this.#retire(stop, 'triggered');
        hit.push(stop);
      }
    }
    hit.sort((a, b) => Math.abs(a.stopPrice - price) - Math.abs(b.stopPrice - price) || a.id - b.id);
    for (const stop of hit) fired.push(toFiredStop(stop));
  }
}
