/** One bar after the other: prices, stops, a rebalance, the books. Whoever has the targets drives it. */
import { positionWeights } from '../../kernels/portfolio/mark.js';
import { MICRO } from '../../kernels/portfolio/notional.js';
import type { CostModel } from '../portfolio/cost-model.js';
import { Ledger } from '../portfolio/ledger.js';
import { nameRanks } from '../portfolio/names.js';
import { PriceRow } from '../portfolio/price-row.js';
import { priceLimit } from '../portfolio/rules.js';
import { ledgerRules } from './config.js';
import type { PreparedPrices } from './input.js';
import { missingPrice } from './missing-price.js';
import { placeOf, refuseBadPrices } from './price-check.js';
import { StopDesk } from './stop-desk.js';
import type { AtrKind, StopEvent } from './stop-types.js';
import { TradeRecorder } from './trade-recorder.js';
import type { ResolvedBacktestOptions, SkippedRebalance, TradeTable } from './types.js';

/** What the bars leave behind. */
export interface Simulation {
  readonly equityCurve: Float64Array;
  readonly cash: Float64Array;
  readonly costs: Float64Array;
  readonly turnover: Float64Array;
  readonly holdings: Float64Array | null;
  readonly quantities: Float64Array | null;
  readonly trades: TradeTable | null;
  readonly skipped: SkippedRebalance[];
  readonly stopEvents: readonly StopEvent[];
  readonly atrKind: AtrKind | null;
  readonly bankruptBar: number;
}

const NOTHING: readonly number[] = [];

/**
 * The run of a portfolio. For every bar, in order: `open(t)`, then `trade` if there are targets to trade at this bar, then
 * `close(t)`. The order of things within a bar is that of docs/stops.md, rule 7. Cost of a bar: O(symbols).
 */
export class Stepper {
  readonly ledger: Ledger;
  /** Last known prices: the closes, once a bar is closed; from `open` on when fills are at the close. */
  readonly marks: PriceRow;
  /** Bars from a target to its trade. */
  readonly shift: number;
  readonly skipped: SkippedRebalance[] = [];
  bankruptBar: number = -1;

  private readonly prices: PreparedPrices;
  private readonly config: ResolvedBacktestOptions;
  private readonly fills: PriceRow;
  private readonly recorder: TradeRecorder | null;
  private readonly stops: StopDesk | null;
  private readonly limit: number;
  private readonly equityCurve: Float64Array;
  private readonly cash: Float64Array;
  private readonly paid: Float64Array;
  private readonly turnover: Float64Array;
  private readonly holdings: Float64Array | null;
  private readonly quantities: Float64Array | null;
  /** Whether every symbol has a price in the row read last. */
  private complete: boolean = true;

  constructor(prices: PreparedPrices, config: ResolvedBacktestOptions, costs: CostModel) {
    const { bars, symbols, stopBars } = prices;
    const n = symbols.length;
    const rules = ledgerRules(config);
    this.prices = prices;
    this.config = config;
    this.shift = config.lag + (config.fillPolicy === 'close' ? 0 : 1);
    // Only a limit on the number of trades asks for the order of the names.
    const ranks = rules.maxTradesPerRebalance > 0 ? nameRanks(symbols) : new Int32Array(n);
    this.ledger = new Ledger(config.initialCash, ranks, costs, rules, false);
    this.marks = new PriceRow(n, config.priceScale);
    this.fills = config.fillPolicy === 'close' ? this.marks : new PriceRow(n, config.priceScale);
    const keepAll = config.panels === 'all';
    this.recorder = keepAll ? new TradeRecorder(n) : null;
    this.stops =
      stopBars === null
        ? null
        : new StopDesk(prices, stopBars, config.stops!, config, this.ledger, this.recorder);
    this.limit = priceLimit(config);
    this.equityCurve = new Float64Array(bars + 1);
    this.cash = new Float64Array(bars + 1);
    this.paid = new Float64Array(bars);
    this.turnover = new Float64Array(bars);
    this.holdings = config.panels !== 'none' ? new Float64Array(bars * n) : null;
    this.quantities = keepAll ? new Float64Array(bars * n) : null;
    this.equityCurve[0] = config.initialCash;
    this.cash[0] = config.initialCash;
  }

  /** Cents after bar `t`, or at the start for −1. */
  equityAt(t: number): number {
    return this.equityCurve[t + 1]!;
  }

  /** Bar `t` begins: its prices where fills are at the close, and the stops that come before a rebalance. */
  open(t: number): void {
    const { stops, marks, prices } = this;
    this.complete = this.fills === marks ? this.take(marks, prices.close, t) : true;
    if (stops === null || this.bankruptBar >= 0) return;
    stops.begin();
    if (this.config.fillPolicy === 'nextOpen') {
      if (prices.stopBars!.ranged) stops.checkOpen(t);
      return;
    }
    stops.checkRange(t);
    stops.checkTime(t);
    stops.measure(t);
  }

  /** Trades at bar `t` towards `weights[offset …]`, which were known at bar `known`. */
  trade(t: number, known: number, weights: Float64Array, offset: number): void {
    const { fills, marks, ledger, prices } = this;
    if (this.bankruptBar >= 0) {
      this.skipped.push({ bar: known, reason: 'bankrupt' });
      return;
    }
    if (fills !== marks) {
      // A symbol without a fill price is valued at its last mark.
      fills.copy(marks);
      this.complete = this.take(fills, prices.fill, t);
      // The fill is the last known price of a symbol that has no close today.
      marks.copy(fills);
    }
    const masked = this.stops?.allowed(t, weights, offset) ?? null;
    const targets = masked ?? weights;
    const from = masked === null ? offset : 0;
    const frozen = this.complete ? NOTHING : this.frozenSymbols(t, known, targets, from);
    const before = ledger.equity(fills);
    if (before > 0) {
      const totals = ledger.rebalance(before, targets, from, fills, frozen);
      this.paid[t] = totals.cost;
      this.turnover[t] = totals.traded / before;
      this.recorder?.record(t, ledger, fills);
      this.stops?.entered(t, fills);
    } else {
      this.skipped.push({ bar: known, reason: 'bankrupt' });
    }
  }

  /** Bar `t` ends: stops within it and at its close, the mark, the panels. */
  close(t: number): void {
    const { ledger, marks, config, stops, prices } = this;
    const n = ledger.size;
    if (this.fills !== marks) this.complete = this.take(marks, prices.close, t);
    if (stops !== null && this.bankruptBar < 0) this.closeStops(t, stops);
    if (!this.complete && config.missingPrice === 'error') this.refuseUnpriced(t);
    const equity = ledger.equity(marks);
    this.equityCurve[t + 1] = equity;
    if (equity <= 0 && this.bankruptBar < 0) {
      this.bankruptBar = t;
      ledger.close(equity);
      stops?.clear();
    }
    this.cash[t + 1] = ledger.cash;
    const { whole, micro } = ledger;
    const { ticksPerCent, cents, rem } = marks;
    if (this.holdings !== null) {
      positionWeights(n, whole, micro, cents, rem, ticksPerCent, equity, this.holdings, t * n);
    }
    if (this.quantities !== null) {
      for (let i = 0; i < n; i++) this.quantities[t * n + i] = whole[i]! + micro[i]! / MICRO;
    }
  }

  /** What the bars have left; `pending` tells which of the last bars had targets that could not trade any more. */
  finish(pending: (bar: number) => boolean): Simulation {
    const { bars, stopBars } = this.prices;
    for (let t = Math.max(0, bars - this.shift); t < bars; t++) {
      if (pending(t)) this.skipped.push({ bar: t, reason: 'no-next-bar' });
    }
    const barred = stopBars !== null && stopBars.wilder;
    return {
      equityCurve: this.equityCurve,
      cash: this.cash,
      costs: this.paid,
      turnover: this.turnover,
      holdings: this.holdings,
      quantities: this.quantities,
      trades: this.recorder?.table() ?? null,
      skipped: this.skipped,
      stopEvents: this.stops?.events ?? [],
      atrKind:
        (this.config.stops?.atrMultiple ?? null) === null ? null : barred ? 'wilder' : 'close-to-close',
      bankruptBar: this.bankruptBar,
    };
  }

  private closeStops(t: number, stops: StopDesk): void {
    if (this.config.fillPolicy === 'nextOpen') {
      stops.checkRange(t);
      stops.checkTime(t);
      stops.measure(t);
    }
    if (stops.traded === 0 && stops.paid === 0) return;
    this.paid[t]! += stops.paid;
    this.turnover[t]! += stops.traded / this.equityCurve[t]!;
  }

  /** Takes a bar's row of prices; false if some are missing, an error if some are no prices. */
  private take(row: PriceRow, data: Float64Array, t: number): boolean {
    const { symbols, dates } = this.prices;
    const at = t * symbols.length;
    return (
      row.load(data, at, this.limit) ||
      refuseBadPrices(data, at, at + symbols.length, (cell) => placeOf(cell, symbols, dates), this.config) ===
        0
    );
  }

  /** Symbols that cannot trade at bar `t` for want of a price; an error under that policy if they were to. */
  private frozenSymbols(t: number, known: number, weights: Float64Array, offset: number): number[] {
    const { fill, symbols } = this.prices;
    const n = symbols.length;
    const frozen: number[] = [];
    for (let i = 0; i < n; i++) {
      if (!Number.isNaN(fill[t * n + i]!)) continue;
      frozen.push(i);
      const wanted = weights[offset + i] !== 0;
      if (!wanted && !this.ledger.holds(i)) continue;
      if (this.config.missingPrice === 'error')
        throw missingPrice(this.prices, t, i, wanted ? 'is a target' : 'is held');
      this.skipped.push({ bar: known, reason: 'missing-price', symbol: symbols[i]! });
    }
    return frozen;
  }

  private refuseUnpriced(t: number): void {
    const n = this.ledger.size;
    for (let i = 0; i < n; i++) {
      if (Number.isNaN(this.prices.close[t * n + i]!) && this.ledger.holds(i))
        throw missingPrice(this.prices, t, i, 'is held');
    }
  }
}
