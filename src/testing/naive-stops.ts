/** The stops of an exchange as one list that is walked from end to end, by the rules of the reference exchange. */
import type { FiredStop, NewStop } from '../exchange/stop-book.js';
import type { StopOrder } from '../exchange/types.js';
import {
  follow,
  hitInOrder,
  limitOf,
  type ReferenceStop,
  TrueRanges,
  watch,
} from '../reference/exchange-stops.js';

/** The twin of `StopBook`, with the same methods. */
export class NaiveStops {
  /** Pending and done. */
  stops: ReferenceStop[] = [];
  readonly #ranges = new TrueRanges();

  add({ market: _, ...stop }: NewStop): void {
    this.stops.push({ ...stop, watermark: null, status: 'pending' });
  }

  pending(): ReferenceStop[] {
    return this.stops.filter(({ status }) => status === 'pending');
  }

  forget(id: number): void {
    this.stops = this.stops.filter((stop) => stop.id !== id);
  }

  cancel(id: number): number {
    const stop = this.pending().find((stop) => stop.id === id);
    if (stop === undefined) return 0;
    stop.status = 'cancelled';
    return stop.quantity;
  }

  get(id: number): StopOrder | null {
    return this.stops.find((stop) => stop.id === id) ?? null;
  }

  onTrade(price: number, fired: FiredStop[]): void {
    for (const stop of this.pending()) watch(stop, price, this.#ranges);
    this.#fire(this.pending(), price, fired);
  }

  fireIfCrossed(id: number, lastTradePrice: number, fired: FiredStop[]): void {
    const one = this.pending().filter((stop) => stop.id === id);
    this.#fire(one, lastTradePrice, fired);
  }

  onBar(high: number, low: number, close: number, lastTradePrice: number | null, fired: FiredStop[]): void {
    this.#ranges.add(high, low, close);
    for (const stop of this.pending()) if (stop.trail?.kind === 'atr') follow(stop, this.#ranges);
    if (lastTradePrice !== null) this.#fire(this.pending(), lastTradePrice, fired);
  }

  #fire(stops: readonly ReferenceStop[], price: number, fired: FiredStop[]): void {
    for (const stop of hitInOrder(stops, price)) {
      stop.status = 'triggered';
      const { id, side, quantity, timeInForce, owner, stp, timestamp } = stop;
      const limit = limitOf(stop);
      const terms = { quantity, timeInForce, owner, stp, timestamp };
      fired.push({ id, side, market: limit === null, limitPrice: limit ?? 0, ...terms });
    }
  }
}
