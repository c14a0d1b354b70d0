/** A portfolio that is rebalanced by name: the same ledger as the backtest, one bar at a time. */
import { positionWeights } from '../../kernels/portfolio/mark.js';
import { checkInteger } from '../check.js';
import { InsufficientDataError } from '../errors.js';
import { computeMetrics, type Metrics, type MetricsOptions } from '../metrics/index.js';
import { Accounts } from './accounts.js';
import { type BySymbol, entries } from './by-symbol.js';
import { checkWeights } from './check-weights.js';
import { type CostModel, type CostModelOptions, toCostModel } from './cost-model.js';
import { givenPrices, neededPrice } from './given-prices.js';
import type { LobMarket, LobOptions, LobReport } from './lob-types.js';
import { makePosition, type Position } from './position.js';
import { rebalanceLob } from './rebalance-lob.js';
import { portfolioRules, resolvePortfolioOptions } from './rules.js';
import { safeCents } from './safe-cents.js';
import { type PortfolioJson, readPortfolioJson } from './serialize.js';
import { lastTrades } from './trade-list.js';
import type { PortfolioOptions, PortfolioSnapshot, RebalanceReport } from './types.js';

/**
 * Cash and positions, exact to the cent.
 *
 * Quantities are whole and micro-shares, trades are valued by the exact product of quantity and price rounded once
 * (half to even), equity is rounded down once over all positions. Prices are whole ticks of `priceScale` to the
 * currency unit (100: cents). Rebalances sell first; buys are scaled by one factor when cash is short.
 *
 * Where prices are asked for, every one given must be a price, NaN or undefined stands for none, and one that is needed
 * and missing throws `PriceError`; `NonFiniteError` and `OverflowError` as in the backtest.
 *
 * Cost: O(symbols held, wanted and priced) a call; memory: 14 numbers a symbol held, a name and a number for each ever
 * traded, and one a recorded bar.
 */
export class Portfolio {
  private readonly costs: CostModel;
  private readonly options: Required<PortfolioOptions>;
  private readonly accounts: Accounts;
  private readonly curve: number[];

  /**
   * cashCents  whole cents, at least 0
   * costs      a cost model or its options; free when absent
   * options    lot size, price scale, order limits, leverage; unknown keys throw `ValidationError`
   */
  constructor(cashCents: number, costs: CostModel | CostModelOptions = {}, options: PortfolioOptions = {}) {
    checkInteger('cashCents', cashCents, 0, Number.MAX_SAFE_INTEGER);
    this.costs = toCostModel(costs);
    this.options = resolvePortfolioOptions(options);
    const rules = portfolioRules(this.options);
    this.accounts = new Accounts(cashCents, this.costs, rules, this.options.priceScale);
    this.curve = [cashCents];
  }

  /** Cents not invested; negative only with leverage, or once bankrupt. */
  get cash(): number {
    return this.accounts.ledger.cash;
  }

  /**
   * Whether a recorded equity was 0 or less. As in the backtest all positions ended there, at no cost, and nothing is
   * traded any more: a rebalance has the status `bankrupt` and no trades.
   */
  get bankrupt(): boolean {
    return this.curve[this.curve.length - 1]! <= 0;
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
    const { accounts } = this;
    const wanted = entries('targets', targets);
    checkWeights(wanted, this.options);
    const given = givenPrices(prices, this.options);
    const bought = wanted.filter(([, weight]) => weight !== 0);
    for (const [symbol] of bought) neededPrice(symbol, given);
    accounts.arrange(bought.map(([symbol]) => symbol));
    this.loadPrices(given);
    const { ledger } = accounts;
    const weights = new Float64Array(ledger.size);
    for (const [symbol, weight] of bought) weights[accounts.columnOf(symbol)] = weight;
    const before = ledger.equity(accounts.prices);
    if (this.bankrupt || before <= 0) {
      return { status: 'bankrupt', equityCents: before, tradedCents: 0, costCents: 0, trades: [] };
    }
    const { traded, cost } = ledger.rebalance(before, weights, 0, accounts.prices, []);
    accounts.enroll();
    const trades = lastTrades(accounts);
    return { status: 'ok', equityCents: before, tradedCents: traded, costCents: cost, trades };
  }

  /**
   * Trades to the targets through the books of the exchanges, at the prices that stand there. A symbol held but not
   * named is sold.
   *
   * targets  fractions of equity by symbol
   * multi    a `MultiExchange`: one exchange a symbol, with the price scale of the portfolio
   * options  owner and self-trade policy of the orders, and how far from the reference price they may trade
   *
   * Targets are sized at the reference price: the middle of best bid and best ask, exact to the half tick; the best of
   * one side where the other is empty; the last trade price where both are. Orders are for whole shares: a fraction
   * that is held stays, and is reported. They trade at once or not at all, sells first. If the cash does not cover what
   * the buys will really cost, read off the books with commission and fees, all are scaled by one factor: cash never
   * falls below what `rebalanceSimple` would allow, and the order of the symbols does not matter. The order limits of
   * the portfolio apply at the reference prices, costs are charged once an order.
   *
   * Returns every order with what it wanted, got and paid. Throws `InvalidWeightsError`, `PriceError` naming a symbol
   * without a book or without any price, `ValidationError` for another price scale, `OverflowError`; then no order was
   * sent. Cost: O(symbols held or wanted + levels read; with an owner and a policy all orders of the books).
   */
  rebalanceLob(targets: BySymbol, multi: LobMarket, options: LobOptions = {}): LobReport {
    return rebalanceLob(this.accounts, this.options, this.bankrupt, targets, multi, options);
  }

  /**
   * Adds the equity at these prices to the equity curve and returns it, in cents. At 0 or below the portfolio is
   * bankrupt: its positions end at these prices and its cash is that equity.
   */
  recordReturn(prices: BySymbol): number {
    const equity = this.totalEquity(prices);
    if (equity <= 0) this.accounts.closeAll(equity, this.accounts.prices);
    this.curve.push(equity);
    return equity;
  }

  /** Cash plus positions at these prices, in cents. Every symbol held needs a price (ticks). */
  totalEquity(prices: BySymbol): number {
    this.loadPrices(givenPrices(prices, this.options));
    return this.accounts.ledger.equity(this.accounts.prices);
  }

  /** Fraction of the equity in every symbol held; empty when nothing is. */
  currentWeights(prices: BySymbol): Record<string, number> {
    const equity = this.totalEquity(prices);
    const { accounts } = this;
    const { size, whole, micro } = accounts.ledger;
    const { cents, rem, ticksPerCent } = accounts.prices;
    const out = new Float64Array(size);
    positionWeights(size, whole, micro, cents, rem, ticksPerCent, equity, out, 0);
    return Object.fromEntries(accounts.held().map((i) => [accounts.symbol(i), out[i]!]));
  }

  /** Cash, equity, profit taken and not taken, weights, at these prices. Amounts in cents, without costs of trading. */
  snapshot(prices: BySymbol): PortfolioSnapshot {
    const weights = this.currentWeights(prices);
    const equity = this.accounts.ledger.equity(this.accounts.prices);
    const { basis, realized } = this.accounts.sums();
    return {
      cash: this.cash,
      equity,
      realized: safeCents('realized profit', realized),
      unrealized: safeCents('unrealized profit', equity - this.cash - basis),
      weights,
      numPositions: this.accounts.held().length,
    };
  }

  /** The holding of `symbol`, or null if it was never traded. A closed one has quantity 0 and its realized profit. */
  position(symbol: string): Position | null {
    const account = this.accounts.account(symbol);
    return account === null ? null : makePosition(account, this.options);
  }

  /** Every open holding by symbol, in the order of the first trades. */
  positions(): Map<string, Position> {
    const symbols = this.accounts.held().map((i) => this.accounts.symbol(i));
    return new Map(symbols.map((symbol) => [symbol, this.position(symbol)!]));
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
    const { commissionBps, slippageBps, minTradeFee } = this.costs;
    return {
      schemaVersion: 1,
      cash: this.cash,
      costModel: { commissionBps, slippageBps, minTradeFee },
      options: { ...this.options },
      positions: this.accounts.accounts(),
      equityCurve: [...this.curve],
    };
  }

  /** The portfolio that `toJSON` described; `ValidationError` names the first field that is not right. */
  static fromJSON(json: unknown): Portfolio {
    const data = readPortfolioJson(json);
    const portfolio = new Portfolio(Math.max(data.cash, 0), data.costModel, data.options);
    portfolio.accounts.restore(data.cash, data.positions);
    portfolio.curve.length = 0;
    for (const equity of data.equityCurve) portfolio.curve.push(equity);
    return portfolio;
  }

  /** Takes the prices of all columns that hold something, and those given of the others. */
  private loadPrices(given: ReadonlyMap<string, number>): void {
    const { ledger, prices } = this.accounts;
    for (let i = 0; i < ledger.size; i++) {
      const symbol = this.accounts.symbol(i);
      const price = ledger.holds(i) ? neededPrice(symbol, given) : given.get(symbol);
      if (price !== undefined) prices.set(i, price);
    }
  }
}
