/**
 * The accounts behind every portfolio and every backtest: cash, positions, and one rebalance at a time.
 * It owns the typed arrays and calls the kernels; names, dates and options live in its callers.
 */
import { updateCostBasis } from '../../kernels/portfolio/book-trades.js';
import { orderCosts, tradeCost } from '../../kernels/portfolio/cost.js';
import { scaleBuys } from '../../kernels/portfolio/fund.js';
import { markPositions } from '../../kernels/portfolio/mark.js';
import { MICRO, notionalCents } from '../../kernels/portfolio/notional.js';
import { wholeTrades } from '../../kernels/portfolio/whole-trades.js';
import { cashFloor } from './cash-floor.js';
import type { CostModel } from './cost-model.js';
import { fitBuys } from './fit-buys.js';
import type { LedgerRules } from './ledger-rules.js';
import { applyOrderLimits, type TradeArrays } from './order-limits.js';
import type { PriceRow, SplitPrices } from './price-row.js';
import { safeCents } from './safe-cents.js';
import { writeTargets } from './targets.js';
import { tradeSides } from './trade-sides.js';

/** What a rebalance did, in cents. */
export interface RebalanceTotals {
  readonly traded: number;
  readonly cost: number;
}

/** Cash and positions of `size` symbols. */
export class Ledger {
  /** Cents; negative only with leverage. */
  cash: number;
  readonly size: number;
  /** Positions: `whole + micro / 1e6` shares, 0 <= micro < 1e6. */
  whole: Float64Array;
  micro: Float64Array;
  /** Positions before the last rebalance; scratch between rebalances. */
  priorWhole: Float64Array;
  priorMicro: Float64Array;
  /** Trades of the last rebalance in signed cents, and what each cost. */
  notional: Float64Array;
  readonly cost: Float64Array;
  /** Cents paid for what is held, by average cost, and profit taken; kept when `track` is on. */
  readonly basis: Float64Array;
  readonly realized: Float64Array;

  private readonly rules: LedgerRules;
  private readonly costs: CostModel;
  private readonly rank: Int32Array;
  private readonly track: boolean;
  private readonly limited: boolean;
  private readonly costly: boolean;
  private readonly totals: Float64Array;
  private spareWhole: Float64Array;
  private spareMicro: Float64Array;
  private spareNotional: Float64Array;

  constructor(cash: number, rank: Int32Array, costs: CostModel, rules: LedgerRules, track: boolean) {
    const n = rank.length;
    this.cash = cash;
    this.size = n;
    this.rank = rank;
    this.costs = costs;
    this.rules = rules;
    this.track = track;
    this.limited =
      rules.noTradeBandBps > 0 ||
      rules.minOrderValue > 0 ||
      rules.maxOrderValue > 0 ||
      rules.maxTradesPerRebalance > 0 ||
      rules.maxRebalanceNotional > 0;
    this.costly = costs.commissionBps > 0 || costs.slippageBps > 0 || costs.minTradeFee > 0;
    this.totals = new Float64Array(2);
    this.whole = new Float64Array(n);
    this.micro = new Float64Array(n);
    this.priorWhole = new Float64Array(n);
    this.priorMicro = new Float64Array(n);
    this.notional = new Float64Array(n);
    this.cost = new Float64Array(n);
    this.basis = new Float64Array(n);
    this.realized = new Float64Array(n);
    this.spareWhole = new Float64Array(n);
    this.spareMicro = new Float64Array(n);
    this.spareNotional = new Float64Array(n);
  }

  /** Whether anything of symbol `i` is held. */
  holds(i: number): boolean {
    return this.whole[i] !== 0 || this.micro[i] !== 0;
  }

  /** Cash plus all positions at these prices, exact, rounded down once to the cent. */
  equity(prices: SplitPrices): number {
    return safeCents('equity', this.cash + this.value(this.whole, this.micro, prices));
  }

  /** As `equity`, once the trades in the arrays of the prior positions are booked and leave `cash`. */
  equityAfter(cash: number, prices: SplitPrices): number {
    return safeCents(
      'equity',
      safeCents('cash', cash) + this.value(this.priorWhole, this.priorMicro, prices),
    );
  }

  /** Value of positions in cents, rounded down once; NaN where it is not exact. */
  private value(whole: Float64Array, micro: Float64Array, prices: SplitPrices): number {
    const { cents, rem, ticksPerCent } = prices;
    return markPositions(this.size, whole, micro, cents, rem, ticksPerCent, this.rules.allowShort ? 1 : 0);
  }

  /**
   * Trades towards `weights[offset …]` of `equityCents` at `prices`: sells first, then buys, scaled pro rata when cash
   * is short. Symbols in `frozen` (no price today) are left alone. The trades can be read from `prior…` and `notional`
   * until the next call.
   */
  rebalance(
    equityCents: number,
    weights: Float64Array,
    offset: number,
    prices: PriceRow,
    frozen: readonly number[],
  ): RebalanceTotals {
    const n = this.size;
    // The positions wanted are built in the arrays of the prior ones; booking them is a swap.
    writeTargets(this.rules, this.costs, equityCents, weights, offset, prices, this.trades(), this.totals);
    if (frozen.length > 0 || this.limited) {
      for (const i of frozen) this.leave(i);
      applyOrderLimits(this.rules, this.rank, equityCents, weights, offset, prices, this.trades());
      this.addTotals();
    }
    // Sums of safe integers: exact as long as the total of the absolute values is.
    let gross = safeCents('traded value', this.totals[0]!);
    let net = this.totals[1]!;
    let cost = 0;
    if (this.costly) {
      orderCosts(n, this.notional, ...this.costs.rates, this.costs.minTradeFee, this.cost);
      for (let i = 0; i < n; i++) cost += this.cost[i]!;
    }
    const floor = cashFloor(this.size, this.rules, equityCents, weights, offset);
    if (cost > 0 && this.cash - net - cost < floor && this.dropLosingSells(floor)) {
      this.addTotals();
      [gross, net] = [this.totals[0]!, this.totals[1]!];
      cost = this.cost.reduce((sum, cents) => sum + cents, 0);
    }
    if (this.cash - net - cost < floor && net + gross > 0) ({ net, gross, cost } = this.fund(floor, prices));
    const cash = safeCents('cash', this.cash - net - cost);
    // Booked only if it can be valued: an amount that is not exact must leave everything as it was.
    if (this.track || this.rules.ticksPerCent > 1) this.equityAfter(cash, prices);
    this.book(cash);
    return { traded: gross, cost };
  }

  /**
   * Writes the trades towards `weights` of `equityCents` that whole shares allow, cut to the order limits, at `prices`.
   * Nothing is booked: they are the first step of trades whose prices are not known yet.
   */
  propose(equityCents: number, weights: Float64Array, prices: SplitPrices): TradeArrays {
    const { rules, costs, rank } = this;
    const trades = this.trades();
    const { whole, micro, nextWhole, nextMicro, notional } = trades;
    const { cents, rem, ticksPerCent } = prices;
    writeTargets(rules, costs, equityCents, weights, 0, prices, trades, this.totals);
    wholeTrades(this.size, weights, cents, rem, ticksPerCent, whole, micro, nextWhole, nextMicro, notional);
    if (this.limited) {
      const lots = { ...rules, lotMicro: Math.max(rules.lotMicro, MICRO) };
      applyOrderLimits(lots, rank, equityCents, weights, 0, prices, trades);
    }
    return trades;
  }

  /** Books the trades in the arrays of the prior positions, which leave `cash`. */
  book(cash: number): void {
    [this.whole, this.priorWhole] = [this.priorWhole, this.whole];
    [this.micro, this.priorMicro] = [this.priorMicro, this.micro];
    if (this.track) {
      updateCostBasis(
        this.size,
        this.priorWhole,
        this.priorMicro,
        this.whole,
        this.micro,
        this.notional,
        this.basis,
        this.realized,
      );
    }
    this.cash = cash;
  }

  /** Ends the position of symbol `i` at the one price in `fill`, pays what it costs, whatever that leaves in cash. */
  exit(i: number, fill: SplitPrices): { notional: number; cost: number } {
    const { whole, micro, basis, realized, costs } = this;
    const moved = notionalCents(-whole[i]!, -micro[i]!, fill.cents[0]!, fill.rem[0]!, fill.ticksPerCent);
    const notional = Math.abs(safeCents('traded value', moved));
    const cost = tradeCost(notional, ...costs.rates, costs.minTradeFee);
    this.cash = safeCents('cash', this.cash - moved - cost);
    whole[i] = 0;
    micro[i] = 0;
    realized[i]! += -moved - basis[i]!;
    basis[i] = 0;
    return { notional, cost };
  }

  /** Ends all positions at no cost and leaves `cash` cents: what is left after bankruptcy. */
  close(cash: number): void {
    this.whole.fill(0);
    this.micro.fill(0);
    this.basis.fill(0);
    this.cash = cash;
  }

  /** The trades being built: from the positions held to those in the arrays of the prior ones. */
  private trades(): TradeArrays {
    return {
      whole: this.whole,
      micro: this.micro,
      nextWhole: this.priorWhole,
      nextMicro: this.priorMicro,
      notional: this.notional,
    };
  }

  /** Leaves symbol `i` out of the trades being built. */
  leave(i: number): void {
    this.priorWhole[i] = this.whole[i]!;
    this.priorMicro[i] = this.micro[i]!;
    this.notional[i] = 0;
  }

  private addTotals(): void {
    let gross = 0;
    let net = 0;
    for (let i = 0; i < this.size; i++) {
      const notional = this.notional[i]!;
      gross += Math.abs(notional);
      net += notional;
    }
    this.totals[0] = gross;
    this.totals[1] = net;
  }

  /**
   * Leaves out sells that cost more than they bring, all of them, when the cash does not cover them: without credit a
   * minimum fee must not push the account below `floor`. Returns whether any was left out.
   */
  private dropLosingSells(floor: number): boolean {
    let after = this.cash;
    for (let i = 0; i < this.size; i++) {
      if (this.notional[i]! <= 0) after -= this.notional[i]! + this.cost[i]!;
    }
    if (after >= floor) return false;
    let dropped = false;
    for (let i = 0; i < this.size; i++) {
      if (this.notional[i]! < 0 && this.cost[i]! > -this.notional[i]!) {
        this.leave(i);
        this.cost[i] = 0;
        dropped = true;
      }
    }
    return dropped;
  }

  /** Scales the buys to the cash that is there, and swaps the scaled trades in. */
  private fund(floor: number, prices: PriceRow): { net: number; gross: number; cost: number } {
    const { sold, sellCost, ...buys } = tradeSides(this.notional, this.cost);
    const available = this.cash + sold - sellCost - floor;
    fitBuys(available, buys.bought + buys.buyCost, (factor) => this.scaled(factor, prices));
    [this.priorWhole, this.spareWhole] = [this.spareWhole, this.priorWhole];
    [this.priorMicro, this.spareMicro] = [this.spareMicro, this.priorMicro];
    [this.notional, this.spareNotional] = [this.spareNotional, this.notional];
    const { bought, buyCost } = tradeSides(this.notional, this.cost);
    return { net: bought - sold, gross: bought + sold, cost: sellCost + buyCost };
  }

  /** Writes the trades with every buy at `factor` of its size into the spare arrays; returns what the buys need. */
  private scaled(factor: number, prices: PriceRow): number {
    return scaleBuys(
      this.size,
      factor,
      this.priorWhole,
      this.priorMicro,
      this.notional,
      prices.cents,
      prices.rem,
      prices.ticksPerCent,
      this.rules.lotMicro,
      this.whole,
      this.micro,
      ...this.costs.rates,
      this.costs.minTradeFee,
      this.spareWhole,
      this.spareMicro,
      this.spareNotional,
      this.cost,
    );
  }
}
