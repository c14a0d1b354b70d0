/** The portfolio under nanobook's names. */
import { checkInteger } from '../check.js';
import { ValidationError } from '../errors.js';
import {
  type BySymbol,
  Portfolio as CamelPortfolio,
  type Position as CamelPosition,
  type CostModel,
  type CostModelOptions,
  type LobMarket,
  type LobReport,
  type PortfolioJson,
  type PortfolioOptions,
  type RebalanceReport,
} from '../portfolio/index.js';
import { type Metrics, metrics_from_nanobook } from './metrics.js';
import { MultiExchange } from './multi-exchange.js';
import { bySymbol, type SymbolPairs } from './pairs.js';

const MICRO = 1_000_000;

/** A holding at the moment it was asked for. Amounts are cents without costs of trading, `avg_entry_price` is ticks. */
export interface Position {
  readonly symbol: string;
  /** Shares, negative when short. */
  readonly quantity: number;
  /** Shares without their fraction. */
  readonly quantity_whole: number;
  /** Micro-shares; exact up to a billion shares. */
  readonly quantity_micro: number;
  /** 0 for a closed position. nanobook drops what is less than a cent. */
  readonly avg_entry_price: number;
  readonly total_cost: number;
  readonly realized_pnl: number;
  /** `Position.unrealizedPnl`. */
  unrealized_pnl(price: number): number;
}

/** A portfolio at given prices; amounts in cents. */
export interface PortfolioSnapshot {
  readonly cash: number;
  readonly equity: number;
  /** Fraction of the equity in every symbol held. */
  readonly weights: Readonly<Record<string, number>>;
  readonly num_positions: number;
  readonly total_realized_pnl: number;
  /** Ours. */
  readonly unrealized_pnl: number;
}

/**
 * A portfolio under the names and with the argument order of nanobook. `core` is the `Portfolio` behind it, which has
 * price scales, leverage and options of a rebalance as well.
 *
 * Targets and prices are lists of `[symbol, number]` pairs, objects or Maps. Where it differs from nanobook 0.19.2 on
 * purpose:
 * - A price that is missing and needed is a `PriceError`; nanobook values the holding at 0. Prices of 0 or less, NaN
 *   weights, a sum of weights above 1 and a symbol given twice are errors, too.
 * - Sells go first, and buys short of cash shrink alike; nanobook goes by the order of the list.
 * - Slippage is charged; nanobook 0.19.2 ignores `slippage_bps`.
 * - `quantity_step` is a power of ten of micro-shares, or whole shares. Symbols may be longer than 8 bytes.
 * - Orders that end a position ignore `min_order_value` and `no_trade_band_bps`; `max_rebalance_notional` scales all
 *   orders down, where nanobook cuts the last ones.
 *
 * There is no `save_json` and `load_json`, as a browser has no files: `savePortfolio(path, portfolio.core)` and
 * `loadPortfolio(path)` of `nb-backtest/node` do that, and `new Portfolio(core)` takes what was loaded.
 */
export class Portfolio {
  readonly core: CamelPortfolio;
  private lastNotional = 0;
  private lastCount = 0;

  /**
   * initial_cash              cents, at least 0; or a `Portfolio` of `nb-backtest`, alone, that is to get these names
   * cost_model                a cost model; free when absent
   * quantity_step             smallest tradable quantity in micro-shares; default 1,000,000: whole shares
   * min_order_value           cents; 0 or null: none
   * max_order_value           cents; 0 or null: none
   * no_trade_band_bps         basis points of equity; 0 or null: none
   * max_trades_per_rebalance  at least 1; null: no limit
   * max_rebalance_notional    cents; 0 or null: none
   *
   * As in nanobook, targets may be negative: short. Throws `ValidationError` naming the wrong argument.
   */
  constructor(
    initial_cash: number | CamelPortfolio,
    cost_model?: CostModel | CostModelOptions,
    quantity_step: number | null = null,
    min_order_value: number | null = null,
    max_order_value: number | null = null,
    no_trade_band_bps: number | null = null,
    max_trades_per_rebalance: number | null = null,
    max_rebalance_notional: number | null = null,
  ) {
    const limits: PortfolioOptions = {
      ...(min_order_value === null ? {} : { minOrderValue: min_order_value }),
      ...(max_order_value === null ? {} : { maxOrderValue: max_order_value }),
      ...(no_trade_band_bps === null ? {} : { noTradeBandBps: no_trade_band_bps }),
      ...(max_trades_per_rebalance === null ? {} : { maxTradesPerRebalance: max_trades_per_rebalance }),
      ...(max_rebalance_notional === null ? {} : { maxRebalanceNotional: max_rebalance_notional }),
    };
    if (initial_cash instanceof CamelPortfolio) {
      if (cost_model !== undefined || quantity_step !== null || Object.keys(limits).length > 0) {
        const fix = 'pass the portfolio alone';
        throw new ValidationError('initial_cash', initial_cash, 'cents, beside other arguments', fix);
      }
      this.core = initial_cash;
      return;
    }
    checkInteger('initial_cash', initial_cash, 0, Number.MAX_SAFE_INTEGER);
    if (max_trades_per_rebalance !== null) {
      checkInteger('max_trades_per_rebalance', max_trades_per_rebalance, 1, Number.MAX_SAFE_INTEGER);
    }
    const options = { quantityStep: stepOf(quantity_step ?? MICRO), allowShort: true, ...limits };
    this.core = new CamelPortfolio(initial_cash, cost_model, options);
  }

  /** `Portfolio.cash`: cents. */
  get cash(): number {
    return this.core.cash;
  }

  /** Cents traded by the last `rebalance_simple`; 0 before it, and after loading. */
  get last_rebalance_notional(): number {
    return this.lastNotional;
  }

  /** Orders of the last `rebalance_simple`; 0 before it, and after loading. */
  get last_rebalance_order_count(): number {
    return this.lastCount;
  }

  /** `Portfolio.rebalanceSimple`, and its report; nanobook returns None. */
  rebalance_simple(targets: SymbolPairs | BySymbol, prices: SymbolPairs | BySymbol): RebalanceReport {
    const report = this.core.rebalanceSimple(bySymbol('targets', targets), bySymbol('prices', prices));
    this.lastNotional = report.tradedCents;
    this.lastCount = report.trades.length;
    return report;
  }

  /**
   * `Portfolio.rebalanceLob`, and its report; nanobook returns None. `exchanges` is a `MultiExchange` with these names
   * or one of `nb-backtest`.
   */
  rebalance_lob(targets: SymbolPairs | BySymbol, exchanges: MultiExchange | LobMarket): LobReport {
    const market = exchanges instanceof MultiExchange ? exchanges.core : exchanges;
    return this.core.rebalanceLob(bySymbol('targets', targets), market);
  }

  /** `Portfolio.snapshot`. */
  snapshot(prices: SymbolPairs | BySymbol): PortfolioSnapshot {
    const { cash, equity, weights, numPositions, realized, unrealized } = this.core.snapshot(
      bySymbol('prices', prices),
    );
    return {
      cash,
      equity,
      weights,
      num_positions: numPositions,
      total_realized_pnl: realized,
      unrealized_pnl: unrealized,
    };
  }

  /** `Portfolio.totalEquity`: cents. */
  total_equity(prices: SymbolPairs | BySymbol): number {
    return this.core.totalEquity(bySymbol('prices', prices));
  }

  /** `Portfolio.currentWeights` as pairs, in the order of the first trades. */
  current_weights(prices: SymbolPairs | BySymbol): [symbol: string, weight: number][] {
    const weights = new Map(Object.entries(this.core.currentWeights(bySymbol('prices', prices))));
    return [...this.core.positions().keys()].map((symbol) => [symbol, weights.get(symbol)!]);
  }

  /** `Portfolio.recordReturn`, and the equity it recorded; nanobook returns None. */
  record_return(prices: SymbolPairs | BySymbol): number {
    return this.core.recordReturn(bySymbol('prices', prices));
  }

  /** `Portfolio.returns`. */
  returns(): number[] {
    return Array.from(this.core.returns());
  }

  /** `Portfolio.equityCurve`: cents. */
  equity_curve(): number[] {
    return Array.from(this.core.equityCurve());
  }

  /** `Portfolio.computeMetrics`, or null before the first `record_return`. `risk_free` is the rate of one period. */
  compute_metrics(periods_per_year = 252, risk_free = 0): Metrics | null {
    if (this.core.equityCurve().length < 2) return null;
    return metrics_from_nanobook(
      this.core.computeMetrics({ periodsPerYear: periods_per_year, riskFree: risk_free }),
    );
  }

  /** `Portfolio.position`: null for a symbol that was never traded. */
  position(symbol: string): Position | null {
    const position = this.core.position(symbol);
    return position === null ? null : snakePosition(position);
  }

  /** Every holding by symbol, closed ones too, in the order of the first trades. `Portfolio.positions` has the open ones. */
  positions(): Map<string, Position> {
    const symbols = this.core.toJSON().positions.map(({ symbol }) => symbol);
    return new Map(symbols.map((symbol) => [symbol, this.position(symbol)!]));
  }

  /** `Portfolio.toJSON` as a text. nanobook's own files are of another form. */
  to_json(): string {
    return JSON.stringify(this.core);
  }

  /** The portfolio that `to_json` described; `ValidationError` names the first field that is not right. */
  static from_json(json: string): Portfolio {
    let data: unknown;
    try {
      data = JSON.parse(json);
    } catch {
      throw new ValidationError('json', json, 'a JSON text', 'pass what to_json returned');
    }
    return new Portfolio(CamelPortfolio.fromJSON(data));
  }

  /** What `JSON.stringify` writes: the data of `core`. */
  toJSON(): PortfolioJson {
    return this.core.toJSON();
  }
}

/** Micro-shares as shares. */
function stepOf(micro: number): number {
  checkInteger('quantity_step', micro, 1, Number.MAX_SAFE_INTEGER);
  const isPower = [1, 10, 100, 1000, 10_000, 100_000].includes(micro);
  if (isPower || (micro % MICRO === 0 && micro / MICRO <= 1e9)) return micro / MICRO;
  const constraint =
    'a power of ten from 1 to 100,000 micro-shares, or whole shares (multiples of 1,000,000)';
  throw new ValidationError('quantity_step', micro, constraint, 'use 1 or 1,000 for fractions');
}

function snakePosition(position: CamelPosition): Position {
  const { symbol, quantity, avgEntryPrice, totalCost, realizedPnl } = position;
  return {
    symbol,
    quantity,
    quantity_whole: Math.trunc(quantity),
    quantity_micro: Math.round(quantity * MICRO),
    avg_entry_price: avgEntryPrice,
    total_cost: totalCost,
    realized_pnl: realizedPnl,
    unrealized_pnl: (price) => position.unrealizedPnl(price),
  };
}
