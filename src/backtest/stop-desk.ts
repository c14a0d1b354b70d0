/** The stops of one run: knows where they stand, ends positions that reach them, and keeps the record. */
import { MICRO } from '../../kernels/portfolio/notional.js';
import {
  clearStopLevels,
  setStopLevels,
  STOP_ATR,
  STOP_FIXED,
  STOP_TARGET,
  STOP_TIME,
  STOP_TRAILING,
  takeEntries,
} from '../../kernels/portfolio/stop-levels.js';
import { stepRanges } from '../../kernels/portfolio/stop-range.js';
import { findTouched } from '../../kernels/portfolio/stop-touch.js';
import type { Ledger } from '../portfolio/ledger.js';
import { PriceRow } from '../portfolio/price-row.js';
import type { PreparedPrices } from './input.js';
import { refuseIncomplete, type StopBars } from './stop-bars.js';
import type { ResolvedStops, StopEvent, StopReason } from './stop-types.js';
import type { TradeRecorder } from './trade-recorder.js';
import type { ResolvedBacktestOptions } from './types.js';

const REASONS: Readonly<Record<number, StopReason>> = {
  [STOP_FIXED]: 'fixed',
  [STOP_ATR]: 'atr',
  [STOP_TRAILING]: 'trailing',
  [STOP_TARGET]: 'take-profit',
  [STOP_TIME]: 'max-bars',
};

/**
 * Stops of all symbols, rule by rule as in docs/stops.md. The stepper calls it at the points of a bar where something
 * can happen; it books exits through the ledger.
 */
export class StopDesk {
  readonly events: StopEvent[] = [];
  /** Cents that the exits of the current bar have moved, and what they have cost. */
  traded = 0;
  paid = 0;

  private readonly prices: PreparedPrices;
  private readonly bars: StopBars;
  private readonly stops: ResolvedStops;
  private readonly ledger: Ledger;
  private readonly recorder: TradeRecorder | null;
  private readonly rule: Float64Array;
  private readonly touched: Int32Array;
  private readonly quantity: Float64Array;
  private readonly entry: Float64Array;
  private readonly entryBar: Int32Array;
  private readonly water: Float64Array;
  private readonly distance: Float64Array;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly lowerKind: Uint8Array;
  private readonly upperKind: Uint8Array;
  private readonly wakeLow: Float64Array;
  private readonly wakeHigh: Float64Array;
  private readonly lastStop: Int32Array;
  private readonly seen: Int32Array;
  private readonly lastClose: Float64Array;
  private readonly total: Float64Array;
  private readonly range: Float64Array;
  private readonly masked: Float64Array;
  private readonly fill: PriceRow;
  private readonly refuseGaps: boolean;

  constructor(
    prices: PreparedPrices,
    bars: StopBars,
    stops: ResolvedStops,
    config: ResolvedBacktestOptions,
    ledger: Ledger,
    recorder: TradeRecorder | null,
  ) {
    const n = ledger.size;
    this.prices = prices;
    this.bars = bars;
    this.stops = stops;
    this.ledger = ledger;
    this.recorder = recorder;
    this.rule = Float64Array.of(
      stops.fixedStopPct ?? 0,
      stops.atrMultiple ?? 0,
      stops.trailingStopPct ?? 0,
      stops.takeProfitPct ?? 0,
    );
    this.touched = new Int32Array(n);
    this.quantity = new Float64Array(n);
    this.entry = new Float64Array(n);
    this.entryBar = new Int32Array(n);
    this.water = new Float64Array(n);
    this.distance = new Float64Array(n).fill(Number.NaN);
    this.lower = new Float64Array(n).fill(-Infinity);
    this.upper = new Float64Array(n).fill(Infinity);
    this.lowerKind = new Uint8Array(n);
    this.upperKind = new Uint8Array(n);
    this.wakeLow = new Float64Array(n).fill(-Infinity);
    this.wakeHigh = new Float64Array(n).fill(Infinity);
    this.lastStop = new Int32Array(n).fill(-1);
    this.seen = new Int32Array(n);
    this.lastClose = new Float64Array(n);
    this.total = new Float64Array(n);
    this.range = new Float64Array(n).fill(Number.NaN);
    this.masked = new Float64Array(n);
    this.fill = new PriceRow(1, config.priceScale);
    this.refuseGaps = bars.gaps && config.missingPrice === 'error';
  }

  /** A new bar: nothing traded yet. */
  begin(): void {
    this.traded = 0;
    this.paid = 0;
  }

  /** Ends the positions that bar `t` opens beyond a level of. */
  checkOpen(t: number): void {
    const { open } = this.bars;
    this.look(t, open, open, false);
  }

  /** Ends the positions whose levels the range of bar `t` reaches, and moves the watermarks of the others. */
  checkRange(t: number): void {
    if (this.refuseGaps) refuseIncomplete(this.prices, this.bars, t, this.quantity);
    this.look(t, this.bars.low, this.bars.high, true);
  }

  /** Ends at the close of bar `t` the positions that have been held long enough. */
  checkTime(t: number): void {
    const { maxBars } = this.stops;
    if (maxBars === null) return;
    for (let i = 0; i < this.quantity.length; i++) {
      if (this.quantity[i] === 0 || t - this.entryBar[i]! < maxBars) continue;
      const close = this.prices.close[t * this.quantity.length + i]!;
      if (close >= 1) this.exit(t, i, close, close, STOP_TIME, false);
    }
  }

  /** Takes bar `t` into the average true ranges; before the trade if it happens at the close, at the end otherwise. */
  measure(t: number): void {
    if (this.stops.atrMultiple === null) return;
    const n = this.quantity.length;
    const { close } = this.bars;
    const { open, high, low } = this.bars.range;
    const { atrPeriod } = this.stops;
    stepRanges(
      n,
      t * n,
      open,
      high,
      low,
      close,
      atrPeriod,
      this.seen,
      this.lastClose,
      this.total,
      this.range,
    );
    for (let i = 0; i < n; i++) {
      if (this.quantity[i] === 0 || !Number.isNaN(this.distance[i]) || Number.isNaN(this.range[i])) continue;
      this.distance[i] = this.range[i]!;
      this.place(i);
    }
  }

  /** Takes over the positions that a rebalance at `fills` has left at bar `t`. */
  entered(t: number, fills: PriceRow): void {
    const { whole, micro } = this.ledger;
    const { ticks } = fills;
    const { quantity, entry, entryBar, water, touched, rule } = this;
    const n = quantity.length;
    const byEntry = rule[0]! > 0 || rule[1]! > 0 || rule[3]! > 0 ? 1 : 0;
    const count = takeEntries(n, t, whole, micro, ticks, byEntry, quantity, entry, entryBar, water, touched);
    for (let k = 0; k < count; k++) {
      const i = touched[k]!;
      if (quantity[i] === 0) {
        this.leave(i);
      } else {
        this.distance[i] = this.range[i]!;
        this.place(i);
      }
    }
  }

  /**
   * The targets of a rebalance at bar `t` without the symbols that a stop keeps out, valid until the next call; null if
   * none is kept out.
   */
  allowed(t: number, weights: Float64Array, offset: number): Float64Array | null {
    const { reentry } = this.stops;
    if (reentry === 'immediate' || this.events.length === 0) return null;
    const from = reentry === 'never' ? 0 : t;
    const n = this.masked.length;
    let barred = false;
    for (let i = 0; i < n && !barred; i++) barred = this.lastStop[i]! >= from;
    if (!barred) return null;
    for (let i = 0; i < n; i++) this.masked[i] = this.lastStop[i]! >= from ? 0 : weights[offset + i]!;
    return this.masked;
  }

  /** Forgets all positions: the portfolio is bankrupt. */
  clear(): void {
    for (let i = 0; i < this.quantity.length; i++) this.leave(i);
  }

  private look(t: number, low: Float64Array, high: Float64Array, follow: boolean): void {
    const n = this.quantity.length;
    const { open, close, high: top, low: bottom } = this.bars;
    const count = findTouched(n, t * n, low, high, this.wakeLow, this.wakeHigh, this.touched);
    for (let k = 0; k < count; k++) {
      const i = this.touched[k]!;
      const cell = t * n + i;
      // At the open the rest of the bar is not known yet, nor whether it is there.
      if (follow && Number.isNaN(open[cell]! + bottom[cell]! + top[cell]! + close[cell]!)) continue;
      if (this.end(t, i, open[cell]!, low[cell]!, high[cell]!) || !follow) continue;
      const best = this.quantity[i]! > 0 ? high[cell]! : low[cell]!;
      if (this.quantity[i]! > 0 ? best <= this.water[i]! : best >= this.water[i]!) continue;
      this.water[i] = best;
      this.place(i);
    }
  }

  /** Ends the position of symbol `i` if the bar reaches a level: the open first, stops first. Returns whether it did. */
  private end(t: number, i: number, open: number, low: number, high: number): boolean {
    const long = this.quantity[i]! > 0;
    const stop = long ? this.lower[i]! : this.upper[i]!;
    const target = long ? this.upper[i]! : this.lower[i]!;
    const kind = long ? this.lowerKind[i]! : this.upperKind[i]!;
    // Of closes alone there is no open to gap beyond the level: the close is the fill.
    const gap = this.bars.ranged;
    if (long ? open <= stop : open >= stop) this.exit(t, i, stop, open, kind, gap);
    else if (long ? open >= target : open <= target) this.exit(t, i, target, open, STOP_TARGET, gap);
    else if (long ? low <= stop : high >= stop) this.exit(t, i, stop, stop, kind, false);
    else if (long ? high >= target : low <= target) this.exit(t, i, target, target, STOP_TARGET, false);
    else return false;
    return true;
  }

  private exit(t: number, i: number, trigger: number, price: number, kind: number, gap: boolean): void {
    const { whole, micro } = this.ledger;
    // As a quotient a short position has the digits of a long one; beyond 2^53 micro-shares no double has them.
    const parts = whole[i]! * MICRO + micro[i]!;
    const quantity = Number.isSafeInteger(parts) ? parts / MICRO : whole[i]! + micro[i]! / MICRO;
    this.fill.set(0, price);
    const { notional, cost } = this.ledger.exit(i, this.fill);
    this.recorder?.add(t, i, -quantity, price, notional, cost);
    this.traded += notional;
    this.paid += cost;
    this.events.push({
      bar: t,
      date: this.prices.dates === null ? null : this.prices.dates[t]!,
      symbol: this.prices.symbols[i]!,
      side: quantity > 0 ? 'long' : 'short',
      quantity: Math.abs(quantity),
      triggerPrice: trigger,
      exitPrice: price,
      reason: REASONS[kind]!,
      gap,
      entryBar: this.entryBar[i]!,
      entryPrice: this.entry[i]!,
      notionalCents: notional,
      costCents: cost,
    });
    this.leave(i);
    this.lastStop[i] = t;
  }

  private leave(i: number): void {
    this.quantity[i] = 0;
    clearStopLevels(i, this.lower, this.upper, this.wakeLow, this.wakeHigh);
  }

  private place(i: number): void {
    const { quantity, entry, water, distance, rule } = this;
    setStopLevels(
      i,
      quantity,
      entry,
      water,
      distance,
      rule,
      this.lower,
      this.upper,
      this.lowerKind,
      this.upperKind,
      this.wakeLow,
      this.wakeHigh,
    );
  }
}
