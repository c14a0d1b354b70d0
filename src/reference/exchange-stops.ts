/** Stop orders, slow and plain: when they fire, how they trail, and the average true range. Oracle of the tests. */
import type { StopOrder, Trail } from '../exchange/types.js';

/** A stop order whose fields change as it trails and fires. */
export type ReferenceStop = { -readonly [K in keyof StopOrder]: StopOrder[K] };

/** Whether a trade at `price` fires the stop: at or below a sell stop, at or above a buy stop. */
export function isHit(stop: ReferenceStop, price: number): boolean {
  return stop.side === 'sell' ? price <= stop.stopPrice : price >= stop.stopPrice;
}

/** The stops that a trade at `price` fires, nearest stop price first, then the older. */
export function hitInOrder(stops: readonly ReferenceStop[], price: number): ReferenceStop[] {
  const away = (stop: ReferenceStop): number => Math.abs(stop.stopPrice - price);
  return stops.filter((stop) => isHit(stop, price)).sort((a, b) => away(a) - away(b) || a.id - b.id);
}

/** Shows a trade at `price` to a stop: if it is the best so far, a trailing stop follows it. */
export function watch(stop: ReferenceStop, price: number, ranges: TrueRanges): void {
  if (stop.trail === null) return;
  const best = stop.watermark;
  if (best !== null && (stop.side === 'sell' ? price <= best : price >= best)) return;
  stop.watermark = price;
  follow(stop, ranges);
}

/** Moves a trailing stop to its distance from the watermark, if that is nearer to the market than it is. */
export function follow(stop: ReferenceStop, ranges: TrueRanges): void {
  if (stop.trail === null || stop.watermark === null) return;
  const distance = distanceOf(stop.trail, stop.watermark, ranges);
  if (distance === null) return;
  if (stop.side === 'sell') {
    const wanted = stop.watermark - distance;
    if (wanted >= 1 && wanted > stop.stopPrice) stop.stopPrice = wanted;
  } else if (distance <= Number.MAX_SAFE_INTEGER - stop.watermark) {
    const wanted = stop.watermark + distance;
    if (wanted < stop.stopPrice) stop.stopPrice = wanted;
  }
}

/** Ticks between the watermark and the stop, at least 1; null while there is no average true range. */
function distanceOf(trail: Trail, watermark: number, ranges: TrueRanges): number | null {
  if (trail.kind === 'fixed') return trail.offset;
  if (trail.kind === 'percentage') return partOf(watermark, trail.fraction);
  const average = ranges.average(trail.period);
  return average === null ? null : Math.max(1, Math.ceil(trail.multiplier * average));
}

/** `price` × `fraction`, rounded up: the fraction is the decimal number it is written as, 0.07 is 7 / 100. */
export function partOf(price: number, fraction: number): number {
  const [digits = '', exponent = '0'] = String(fraction).split('e');
  const [whole = '', decimals = ''] = digits.split('.');
  const numerator = BigInt(price) * BigInt(whole + decimals);
  const denominator = BigInt(`1${'0'.repeat(decimals.length - Number(exponent))}`);
  return Number((numerator + denominator - 1n) / denominator);
}

/** The limit of a stop-limit order at the moment it fires; null for a stop-market. */
export function limitOf(stop: ReferenceStop): number | null {
  if (stop.limitOffset === null) return stop.limitPrice;
  if (stop.side === 'sell') return Math.max(stop.stopPrice - stop.limitOffset, 1);
  return Math.min(stop.stopPrice + stop.limitOffset, Number.MAX_SAFE_INTEGER);
}

/** The true ranges of all bars so far, and Wilder's average of them. */
export class TrueRanges {
  private readonly ranges: number[] = [];
  private readonly averages = new Map<number, { count: number; average: number }>();
  private lastClose: number | null = null;

  /** The first bar has no close before it, so it has no range. */
  add(high: number, low: number, close: number): void {
    if (this.lastClose !== null) {
      this.ranges.push(Math.max(high, this.lastClose) - Math.min(low, this.lastClose));
    }
    this.lastClose = close;
  }

  /** Mean of the first `period` ranges, then each further one weighs 1 / period; null while there are fewer. */
  average(period: number): number | null {
    if (this.ranges.length < period) return null;
    let known = this.averages.get(period);
    if (known === undefined) {
      let sum = 0;
      for (const range of this.ranges.slice(0, period)) sum += range;
      known = { count: period, average: sum / period };
      this.averages.set(period, known);
    }
    for (; known.count < this.ranges.length; known.count++) {
      known.average = (known.average * (period - 1) + this.ranges[known.count]!) / period;
    }
    return known.average;
  }
}
