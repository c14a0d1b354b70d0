/** A portfolio that is rebalanced by name: the same ledger as the backtest, one bar at a time. */
import { positionWeights } from '../../kernels/portfolio/mark.js';
import { checkInteger } from '../check.js';
import { InsufficientDataError, InvalidWeightsError, PriceError, ValidationError } from '../errors.js';
import { computeMetrics, type Metrics, type MetricsOptions } from '../metrics/index.js';
import { type BySymbol, entries } from './by-symbol.js';
import { type CostModel, type CostModelOptions, toCostModel } from './cost-model.js';
import { Ledger } from './ledger.js';
import { nameRanks } from './names.js';
import { makePosition, type Position } from './position.js';
import { PriceRow } from './price-row.js';
import { portfolioRules, priceLimit, resolvePortfolioOptions } from './rules.js';
import { type PortfolioJson, readPortfolioJson } from './serialize.js';
import type { PortfolioOptions, PortfolioSnapshot, RebalanceReport, RebalanceTrade } from './types.js';

/**
 * Cash and positions, exact to the cent.
 *
 * Quantities are whole and micro-shares, trades are valued by the exact product of quantity and price rounded once
 * (half to even), equity is rounded down once over all positions. Prices are whole ticks of `priceScale` to the
 * currency unit (100: cents). Rebalances sell first; buys are scaled by one factor when cash is short.
 *
 * Cost: O(symbols ever seen) a call; memory: 14 numbers a symbol, and one a recorded bar.
 */
export class Portfolio {
  private readonly costs: CostModel;
  private readonly options: Required<PortfolioOptions>;
  private readonly symbols: string[] = [];
  private readonly column = new Map<string, number>();
  private readonly curve: number[];
  private ledger: Ledger;
  private prices: PriceRow;

  /**
   * cashCents  whole cents, at least 0
   * costs      a cost model or its options; free when absent
   * options    lot size, price scale, order limits, leverage; unknown keys throw `ValidationError`
   */
  constructor(cashCents: number, costs: CostModel | CostModelOptions = {}, options: PortfolioOptions = {}) {
    checkInteger('cashCents', cashCents, 0, Number.MAX_SAFE_INTEGER);
    this.costs = toCostModel(costs);
    this.options = resolvePortfolioOptions(options);
    this.ledger = new Ledger(cashCents, new Int32Array(0), this.costs, portfolioRules(this.options), true);
    this.prices = new PriceRow(0, this.options.priceScale);
    this.curve = [cashCents];
  }

  /** Cents not invested; negative only with leverage. */
  get cash(): number {
    return this.ledger.cash;
  }

  /**
   * Trades to the targets at these prices. A symbol held but not named is sold.
   *
   * targets  fractions of equity by symbol
   * prices   ticks by symbol; every symbol held or named needs one
   *
   * Returns what was traded and paid. Throws `InvalidWeightsError`, `PriceError`, `OverflowError`; then nothing changed.
   */
  rebalanceSimple(targets: BySymbol, prices: BySymbol): RebalanceReport {
    const wanted = entries('targets', targets);
    this.checkTargets(wanted, new Map(entries('prices', prices)));
    this.addSymbols(wanted.map(([symbol]) => symbol));
    const weights = new Float64Array(this.symbols.length);
    for (const [symbol, weight] of wanted) weights[this.column.get(symbol)!] = weight;
    this.loadPrices(prices, (i) => weights[i] !== 0);
    const before = this.ledger.equity(this.prices);
    if (before <= 0) return { equityCents: before, tradedCents: 0, costCents: 0, trades: [] };
    const { traded, cost } = this.ledger.rebalance(before, weights, 0, this.prices, []);
    return { equityCents: before, tradedCents: traded, costCents: cost, trades: this.lastTrades() };
  }

  /** Adds the equity at these prices to the equity curve and returns it, in cents. */
  recordReturn(prices: BySymbol): number {
    const equity = this.totalEquity(prices);
    this.curve.push(equity);
    return equity;
  }

  /** Cash plus positions at these prices, in cents. Every symbol held needs a price (ticks). */
  totalEquity(prices: BySymbol): number {
    this.loadPrices(prices, () => false);
    return this.ledger.equity(this.prices);
  }

  /** Fraction of the equity in every symbol held; empty when nothing is. */
  currentWeights(prices: BySymbol): Record<string, number> {
    const equity = this.totalEquity(prices);
    const { size, whole, micro } = this.ledger;
    const { cents, rem } = this.prices;
    const out = new Float64Array(size);
    positionWeights(
      size,
      whole,
      micro,
      cents,
      rem,
      portfolioRules(this.options).ticksPerCent,
      equity,
      out,
      0,
    );
    return Object.fromEntries(this.heldColumns().map((i) => [this.symbols[i]!, out[i]!]));
  }

  /** Cash, equity, profit taken and not taken, weights, at these prices. Amounts in cents, without costs of trading. */
  snapshot(prices: BySymbol): PortfolioSnapshot {
    const weights = this.currentWeights(prices);
    const equity = this.ledger.equity(this.prices);
    let basis = 0;
    let realized = 0;
    for (let i = 0; i < this.symbols.length; i++) {
      basis += this.ledger.basis[i]!;
      realized += this.ledger.realized[i]!;
    }
    return {
      cash: this.cash,
      equity,
      realized,
      unrealized: equity - this.cash - basis,
      weights,
      numPositions: this.heldColumns().length,
    };
  }

  /** The holding of `symbol`, or null if it was never traded. A closed one has quantity 0 and its realized profit. */
  position(symbol: string): Position | null {
    const i = this.column.get(symbol);
    if (i === undefined) return null;
    const { whole, micro, basis, realized } = this.ledger;
    if (!this.ledger.holds(i) && realized[i] === 0 && basis[i] === 0) return null;
    return makePosition(symbol, whole[i]!, micro[i]!, basis[i]!, realized[i]!, this.options.priceScale);
  }

  /** Every open holding by symbol, in the order the symbols were first seen. */
  positions(): Map<string, Position> {
    return new Map(this.heldColumns().map((i) => [this.symbols[i]!, this.position(this.symbols[i]!)!]));
  }

  /** Cents: the starting cash, then one value for every `recordReturn`. */
  equityCurve(): Float64Array {
    return Float64Array.from(this.curve);
  }

  /** Simple returns between the recorded equities. */
  returns(): Float64Array {
    return Float64Array.from(this.curve.slice(1), (equity, t) => {
      const before = this.curve[t]!;
      return before > 0 ? equity / before - 1 : 0;
    });
  }

  /** Metrics of the recorded returns; `InsufficientDataError` before the first `recordReturn`. */
  computeMetrics(options: MetricsOptions = {}): Metrics {
    if (this.curve.length < 2) {
      throw new InsufficientDataError(
        'the portfolio has no recorded returns; call recordReturn(prices) at every bar',
      );
    }
    return computeMetrics(this.returns(), options);
  }

  /** Plain data from which `fromJSON` rebuilds the portfolio exactly. */
  toJSON(): PortfolioJson {
    const { whole, micro, basis, realized } = this.ledger;
    const { commissionBps, slippageBps, minTradeFee } = this.costs;
    return {
      schemaVersion: 1,
      cash: this.cash,
      costModel: { commissionBps, slippageBps, minTradeFee },
      options: { ...this.options },
      positions: this.symbols.map((symbol, i) => ({
        symbol,
        whole: whole[i]!,
        micro: micro[i]!,
        basis: basis[i]!,
        realized: realized[i]!,
      })),
      equityCurve: [...this.curve],
    };
  }

  /** The portfolio that `toJSON` described; `ValidationError` names the first field that is not right. */
  static fromJSON(json: unknown): Portfolio {
    const data = readPortfolioJson(json);
    const portfolio = new Portfolio(Math.max(data.cash, 0), data.costModel, data.options);
    portfolio.addSymbols(data.positions.map((p) => p.symbol));
    for (const [i, p] of data.positions.entries()) {
      portfolio.ledger.whole[i] = p.whole;
      portfolio.ledger.micro[i] = p.micro;
      portfolio.ledger.basis[i] = p.basis;
      portfolio.ledger.realized[i] = p.realized;
    }
    portfolio.ledger.cash = data.cash;
    portfolio.curve.length = 0;
    for (const equity of data.equityCurve) portfolio.curve.push(equity);
    return portfolio;
  }

  /** Everything that can be wrong with targets and their prices, before a symbol is taken in. */
  private checkTargets(
    wanted: readonly (readonly [string, number])[],
    prices: ReadonlyMap<string, number>,
  ): void {
    let gross = 0;
    for (const [symbol, weight] of wanted) {
      const field = `targets.${symbol}`;
      if (typeof weight !== 'number' || !Number.isFinite(weight)) {
        throw new InvalidWeightsError(field, weight, 'a finite number', 'leave the symbol out to sell it');
      }
      if (weight < 0 && !this.options.allowShort) {
        throw new InvalidWeightsError(
          field,
          weight,
          'at least 0 while allowShort is false',
          'set allowShort: true',
        );
      }
      if (weight !== 0) this.checkPrice(symbol, prices.get(symbol));
      gross += Math.abs(weight);
    }
    if (gross > this.options.maxGross + 1e-9) {
      throw new InvalidWeightsError(
        'targets',
        gross,
        `a sum of absolute weights of at most maxGross = ${this.options.maxGross}`,
        'scale the targets down, or raise maxGross to allow leverage',
      );
    }
  }

  private checkPrice(symbol: string, price: number | undefined): number {
    const field = `prices.${symbol}`;
    if (price === undefined || Number.isNaN(price)) {
      const constraint = 'a price for every symbol held or wanted';
      const detail = { field, value: price, constraint, fix: 'pass its last known price' };
      throw new PriceError(`${symbol} is held or wanted but has no price`, {}, detail);
    }
    return checkInteger(field, price, 1, priceLimit(this.options));
  }

  private addSymbols(names: readonly string[]): void {
    const fresh = names.filter((name) => !this.column.has(name));
    if (fresh.length === 0) return;
    for (const name of fresh) {
      if (this.column.has(name)) {
        throw new ValidationError('symbols', name, 'unique names', 'name every symbol once');
      }
      this.column.set(name, this.symbols.length);
      this.symbols.push(name);
    }
    this.ledger = this.ledger.extended(
      this.options.maxTradesPerRebalance > 0 ? nameRanks(this.symbols) : new Int32Array(this.symbols.length),
    );
    this.prices = new PriceRow(this.symbols.length, this.options.priceScale);
  }

  private loadPrices(prices: BySymbol, needed: (i: number) => boolean): void {
    const given = new Map(entries('prices', prices));
    for (const [i, symbol] of this.symbols.entries()) {
      const price = given.get(symbol);
      const absent = price === undefined || Number.isNaN(price);
      if (absent && !this.ledger.holds(i) && !needed(i)) continue;
      this.prices.set(i, this.checkPrice(symbol, price));
    }
  }

  private heldColumns(): number[] {
    return this.symbols.map((_, i) => i).filter((i) => this.ledger.holds(i));
  }

  private lastTrades(): RebalanceTrade[] {
    const { whole, micro, priorWhole, priorMicro, notional, cost } = this.ledger;
    const trades: RebalanceTrade[] = [];
    for (const side of ['sell', 'buy'] as const) {
      for (const [i, symbol] of this.symbols.entries()) {
        const step = whole[i]! - priorWhole[i]! + (micro[i]! - priorMicro[i]!) / 1e6;
        if (step === 0 || step > 0 !== (side === 'buy')) continue;
        trades.push({
          symbol,
          side,
          quantity: Math.abs(step),
          price: this.prices.ticks[i]!,
          notionalCents: Math.abs(notional[i]!),
          costCents: cost[i]!,
        });
      }
    }
    return trades;
  }
}
