/**
 * The backtest with stops, slow and plain: docs/stops.md as a program, one symbol after the other. Money in BigInt;
 * entry prices, watermarks and average ranges in doubles, as the text says. The numbers name its sections.
 */
import { referenceCost, referenceRebalance, type ReferenceRules } from './backtest.js';
import type { ReferenceDiary } from './diary.js';
import { exactEquity, exactNotional } from './exact.js';
import {
  follow,
  grown,
  type ReferencePosition,
  referenceLevels,
  referencePosition,
  ReferenceRange,
  type ReferenceStopReason,
  type ReferenceStops,
} from './stop-levels.js';

type Rows = readonly (readonly number[])[];

/** Input of the twin: rows of ticks, NaN where a price is missing. */
export interface ReferenceStopsInput extends ReferenceRules {
  readonly initialCash: number;
  /** The other prices of the bars; null where only closes are known. */
  readonly bars: { readonly open: Rows; readonly high: Rows; readonly low: Rows } | null;
  readonly close: Rows;
  /** What a rebalance of each bar fills at. */
  readonly fill: Rows;
  /** Whether fills are opens; else closes, or prices counted as closes. */
  readonly fillsAtOpen: boolean;
  /** A row of weights, or null without a rebalance. */
  readonly targets: readonly (readonly number[] | null)[];
  /** Bars from a target to its trade. */
  readonly shift: number;
  readonly stops: ReferenceStops;
  readonly diary?: ReferenceDiary;
}

/** One exit. */
export interface ReferenceStopEvent {
  readonly bar: number;
  readonly column: number;
  readonly side: 'long' | 'short';
  /** Micro-shares, positive. */
  readonly micro: bigint;
  readonly triggerPrice: number;
  readonly exitPrice: number;
  readonly reason: ReferenceStopReason;
  readonly gap: boolean;
  readonly entryBar: number;
  readonly entryPrice: number;
  readonly notionalCents: bigint;
  readonly costCents: bigint;
}

/** What happened, up to the bar at which the equity was gone. */
export interface ReferenceStopsResult {
  readonly cash: bigint[];
  readonly equity: bigint[];
  readonly quantities: bigint[][];
  readonly costs: bigint[];
  /** Cents traded at each bar: by exits, and by the rebalance with the equity before it. */
  readonly exited: bigint[];
  readonly rebalanced: { readonly traded: bigint; readonly of: bigint }[];
  readonly events: ReferenceStopEvent[];
}

/** Runs the bars in order. */
export function referenceStops(input: ReferenceStopsInput): ReferenceStopsResult {
  const run = new Run(input);
  for (let t = 0; t < input.close.length; t++) {
    run.bar(t);
    if (run.result.equity[t]! <= 0n) break;
  }
  return run.result;
}

class Run {
  readonly result: ReferenceStopsResult = {
    cash: [],
    equity: [],
    quantities: [],
    costs: [],
    exited: [],
    rebalanced: [],
    events: [],
  };
  private readonly input: ReferenceStopsInput;
  private readonly scale: bigint;
  private readonly columns: number[];
  private cash: bigint;
  private held: bigint[];
  private readonly positions: (ReferencePosition | null)[];
  private readonly ranges: ReferenceRange[];
  /** Last known prices, for the value of what has none today. */
  private readonly last: bigint[];
  private readonly banned = new Set<number>();
  private stopped = new Set<number>();

  constructor(input: ReferenceStopsInput) {
    this.input = input;
    this.scale = BigInt(input.priceScale);
    this.columns = input.close[0]!.map((_, i) => i);
    this.cash = BigInt(input.initialCash);
    this.held = this.columns.map(() => 0n);
    this.positions = this.columns.map(() => null);
    this.ranges = this.columns.map(() => new ReferenceRange(input.stops.atrPeriod));
    this.last = this.columns.map(() => 1n);
  }

  /** Section 7. */
  bar(t: number): void {
    const { input, columns, result } = this;
    this.stopped = new Set();
    result.costs.push(0n);
    result.exited.push(0n);
    result.rebalanced.push({ traded: 0n, of: 1n });
    if (input.fillsAtOpen) {
      for (const i of columns) this.checkOpen(t, i);
      this.rebalance(t);
    }
    for (const i of columns) this.check(t, i);
    for (const i of columns) this.checkAge(t, i);
    for (const i of columns) this.average(t, i);
    if (!input.fillsAtOpen) this.rebalance(t);
    input.diary?.marking(t, this.held);
    this.know(input.close[t]!);
    const equity = exactEquity(this.cash, this.held, this.last, this.scale);
    if (equity <= 0n) {
      // Section 12: everything ends, without cost.
      this.cash = equity;
      this.held = this.held.map(() => 0n);
    }
    result.cash.push(this.cash);
    result.equity.push(equity);
    result.quantities.push([...this.held]);
  }

  private know(prices: readonly number[]): void {
    for (const [i, price] of prices.entries()) if (!Number.isNaN(price)) this.last[i] = BigInt(price);
  }

  /** Open, smallest, largest and close of a bar, or null if one of the four is missing. */
  private whole(t: number, i: number): { open: number; low: number; high: number; close: number } | null {
    const { bars, close: closes } = this.input;
    if (bars === null) return null;
    const open = bars.open[t]![i]!;
    const close = closes[t]![i]!;
    const four = [open, bars.high[t]![i]!, bars.low[t]![i]!, close];
    if (four.some(Number.isNaN)) return null;
    return { open, low: Math.min(...four), high: Math.max(...four), close };
  }

  private get closesOnly(): boolean {
    return this.input.bars === null || this.input.stops.intrabar === 'close';
  }

  /** The first column of section 7 for fills at the open: what opens beyond its level goes at the open. */
  private checkOpen(t: number, i: number): void {
    const position = this.positions[i]!;
    if (position === null || this.closesOnly) return;
    const open = this.input.bars!.open[t]![i]!;
    if (!Number.isNaN(open)) this.exitBeyond(t, i, position, open, true);
  }

  /** Section 5, then section 3. */
  private check(t: number, i: number): void {
    const position = this.positions[i]!;
    if (position === null) return;
    if (this.closesOnly) {
      const close = this.input.close[t]![i]!;
      if (Number.isNaN(close) || this.exitBeyond(t, i, position, close, false)) return;
      follow(position, close, close);
      return;
    }
    const bar = this.whole(t, i);
    if (bar === null || this.exitBeyond(t, i, position, bar.open, true)) return;
    const { stop, target } = referenceLevels(position, this.input.stops);
    if (stop !== null && (position.long ? bar.low <= stop.tick : bar.high >= stop.tick)) {
      this.exit(t, i, stop.tick, stop.tick, stop.reason, false);
    } else if (target !== null && (position.long ? bar.high >= target : bar.low <= target)) {
      this.exit(t, i, target, target, 'take-profit', false);
    } else {
      follow(position, bar.low, bar.high);
    }
  }

  /** Ends the position at `price` if that is at or beyond its stop or its target. */
  private exitBeyond(
    t: number,
    i: number,
    position: ReferencePosition,
    price: number,
    gap: boolean,
  ): boolean {
    const { stop, target } = referenceLevels(position, this.input.stops);
    if (stop !== null && (position.long ? price <= stop.tick : price >= stop.tick)) {
      this.exit(t, i, price, stop.tick, stop.reason, gap);
      return true;
    }
    if (target !== null && (position.long ? price >= target : price <= target)) {
      this.exit(t, i, price, target, 'take-profit', gap);
      return true;
    }
    return false;
  }

  /** Section 6. */
  private checkAge(t: number, i: number): void {
    const position = this.positions[i]!;
    const { maxBars } = this.input.stops;
    const close = this.input.close[t]![i]!;
    if (position === null || maxBars === null || Number.isNaN(close)) return;
    if (t - position.entryBar >= maxBars) this.exit(t, i, close, close, 'max-bars', false);
  }

  /** Section 4. */
  private average(t: number, i: number): void {
    const close = this.input.close[t]![i]!;
    const bar = this.input.bars === null ? { high: close, low: close, close } : this.whole(t, i);
    if (bar !== null && !Number.isNaN(close)) this.ranges[i]!.add(bar.high, bar.low, bar.close);
    const position = this.positions[i]!;
    if (position !== null) position.distance ??= this.ranges[i]!.average;
  }

  /** Section 9. */
  private exit(
    t: number,
    i: number,
    price: number,
    level: number,
    reason: ReferenceStopReason,
    gap: boolean,
  ): void {
    const { input, result } = this;
    const { long, entryBar, entryPrice } = this.positions[i]!;
    const micro = long ? this.held[i]! : -this.held[i]!;
    const notionalCents = exactNotional(micro, BigInt(price), this.scale);
    const costCents = referenceCost(input, notionalCents);
    this.cash += (long ? notionalCents : -notionalCents) - costCents;
    this.held[i] = 0n;
    this.positions[i] = null;
    this.stopped.add(i);
    this.banned.add(i);
    result.costs[t]! += costCents;
    result.exited[t]! += notionalCents;
    result.events.push({
      bar: t,
      column: i,
      side: long ? 'long' : 'short',
      micro,
      triggerPrice: level,
      exitPrice: price,
      reason,
      gap,
      entryBar,
      entryPrice,
      notionalCents,
      costCents,
    });
    input.diary?.exited(result.events.at(-1)!);
  }

  /** The rebalance whose targets were known `shift` bars ago, with section 8; then sections 1 and 4 of what it traded. */
  private rebalance(t: number): void {
    const { input, result } = this;
    const targets = input.targets[t - input.shift] ?? null;
    if (targets === null) return;
    const fill = input.fill[t]!;
    this.know(fill);
    const none = { 'next-rebalance': this.stopped, immediate: new Set(), never: this.banned };
    const weights = targets.map((weight, i) => (none[input.stops.reentry].has(i) ? 0 : weight));
    const frozen = this.columns.filter((i) => Number.isNaN(fill[i]!));
    const before = this.held;
    const of = exactEquity(this.cash, before, this.last, this.scale);
    input.diary?.trading(t, weights, frozen, before, of);
    const after = referenceRebalance(input, this.cash, before, weights, this.last, frozen);
    const { held, traded, cost } = after;
    this.cash = after.cash;
    this.held = held;
    input.diary?.traded(t, before, held);
    result.costs[t]! += cost;
    result.rebalanced[t] = { traded, of };
    for (const i of this.columns) {
      if (held[i] === before[i]) continue;
      const next = referencePosition(this.positions[i]!, before[i]!, held[i]!, t, fill[i]!);
      this.positions[i] = next;
      if (next !== null && grown(before[i]!, held[i]!)) next.distance = this.ranges[i]!.average;
    }
  }
}
