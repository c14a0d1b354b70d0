/** Positions, levels and average ranges of the twin of stops, by sections 1 to 4 of docs/stops.md. */
import { floorDiv, MICRO } from './exact.js';

/** Why a position ended. */
export type ReferenceStopReason = 'fixed' | 'atr' | 'trailing' | 'take-profit' | 'max-bars';

/** The stops, every default filled in; null for a kind that is not used. */
export interface ReferenceStops {
  readonly fixedStopPct: number | null;
  readonly trailingStopPct: number | null;
  readonly atrMultiple: number | null;
  readonly atrPeriod: number;
  readonly takeProfitPct: number | null;
  readonly maxBars: number | null;
  readonly intrabar: 'worst' | 'close';
  readonly reentry: 'next-rebalance' | 'immediate' | 'never';
}

/** What the stops know of a position. */
export interface ReferencePosition {
  readonly long: boolean;
  readonly entryBar: number;
  /** `A`: a double, in ticks. */
  readonly entryPrice: number;
  /** `W`. */
  watermark: number;
  /** `D`; null while there is none. */
  distance: number | null;
}

/** Shares as section 1 counts them: whole ones plus millionths of the rest, positive. */
function shares(micro: bigint): number {
  const whole = floorDiv(micro, MICRO);
  return Math.abs(Number(whole) + Number(micro - whole * MICRO) * 0.000001);
}

/** Whether a trade opened a position or made it larger, by the shares as they are counted. */
export function grown(before: bigint, after: bigint): boolean {
  return before < 0n !== after < 0n ? after !== 0n : shares(after) > shares(before);
}

/** Section 1: the position after a trade at `price` of bar `t`, from `before` to `after` micro-shares. */
export function referencePosition(
  position: ReferencePosition | null,
  before: bigint,
  after: bigint,
  t: number,
  price: number,
): ReferencePosition | null {
  if (after === 0n) return null;
  const long = after > 0n;
  if (position === null || position.long !== long) {
    return { long, entryBar: t, entryPrice: price, watermark: price, distance: null };
  }
  if (!grown(before, after)) return position;
  const added = shares(after) - shares(before);
  const entryPrice = position.entryPrice + (price - position.entryPrice) * (added / shares(after));
  return { ...position, entryPrice };
}

/** Section 3: moves the watermark by a bar that has been checked. */
export function follow(position: ReferencePosition, low: number, high: number): void {
  const { long, watermark } = position;
  position.watermark = long ? Math.max(watermark, high) : Math.min(watermark, low);
}

/** 2^-51. */
const SLACK = 4.440892098500626e-16;

/** Section 2: the stop with its reason, and the target; null for what is not there, or below one tick. */
export function referenceLevels(
  position: ReferencePosition,
  stops: ReferenceStops,
): { stop: { tick: number; reason: ReferenceStopReason } | null; target: number | null } {
  const { long, entryPrice, watermark, distance } = position;
  const { fixedStopPct, atrMultiple, trailingStopPct, takeProfitPct } = stops;
  const down = (level: number): number => Math.floor(level * (1 + SLACK));
  const up = (level: number): number => Math.ceil(level * (1 - SLACK));
  const against = long ? -1 : 1;
  const kinds: [ReferenceStopReason, number][] = [];
  if (fixedStopPct !== null) kinds.push(['fixed', entryPrice * (1 + against * fixedStopPct)]);
  if (atrMultiple !== null && distance !== null) {
    kinds.push(['atr', entryPrice + against * (atrMultiple * distance)]);
  }
  if (trailingStopPct !== null) kinds.push(['trailing', watermark * (1 + against * trailingStopPct)]);
  let stop: { tick: number; reason: ReferenceStopReason } | null = null;
  for (const [reason, level] of kinds) {
    const tick = long ? down(level) : up(level);
    const nearer = stop === null || (long ? tick > stop.tick : tick < stop.tick);
    if (tick >= 1 && nearer) stop = { tick, reason };
  }
  let target: number | null = null;
  if (takeProfitPct !== null) {
    const level = entryPrice * (1 - against * takeProfitPct);
    target = long ? up(level) : down(level);
  }
  return { stop, target: target !== null && target >= 1 ? target : null };
}

/** Section 4: Wilder's average true range of the bars it is given. */
export class ReferenceRange {
  /** The average through the last bar; null while there is none. */
  average: number | null = null;
  private readonly period: number;
  private readonly first: number[] = [];
  private lastClose: number | null = null;

  constructor(period: number) {
    this.period = period;
  }

  /** Takes a bar. With the close as high and low, its range is the distance of two closes. */
  add(high: number, low: number, close: number): void {
    const before = this.lastClose;
    this.lastClose = close;
    if (before === null) return;
    const range = Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
    if (this.average !== null) {
      this.average = (this.average * (this.period - 1) + range) / this.period;
      return;
    }
    this.first.push(range);
    if (this.first.length < this.period) return;
    this.average = this.first.reduce((sum, one) => sum + one, 0) / this.period;
  }
}
