/**
 * The names of the seeds and of nanobook's Python API, with positional arguments and snake_case results, for code that
 * moves over line by line. Each is a thin wrapper of the function named in its comment.
 */
import { backtestWeights } from './backtest/index.js';
import { capabilities, hasFeature } from './capabilities.js';
import type { Vec } from './check.js';
import { type Metrics, metrics_from_nanobook } from './compat/metrics.js';
import type { SymbolPairs } from './compat/pairs.js';
import { ShapeError, ValidationError } from './errors.js';
import { computeMetrics, rollingSharpe, rollingVolatility } from './metrics/index.js';
import { pricesToCents } from './money.js';
import type { CostModelOptions } from './portfolio/index.js';
import { type PricePanel, type TargetsAtBar, type WeightsByDate, weightsToSchedule } from './series/index.js';
import { version } from './version.js';

export { CostModel, type CostModelMaker, type SnakeCostModel } from './compat/cost-model.js';
export { Exchange } from './compat/exchange.js';
export { type Metrics, metrics_from_nanobook } from './compat/metrics.js';
export { MultiExchange, type SymbolEvent } from './compat/multi-exchange.js';
export type { SymbolPairs } from './compat/pairs.js';
export type {
  CancelResult,
  Event,
  ModifyResult,
  Order,
  StopOrder,
  StopSubmitResult,
  SubmitResult,
  Trade,
} from './compat/records.js';
export { BookSnapshot, type Level, type QueuedOrder } from './compat/snapshot.js';
export { Portfolio, type PortfolioSnapshot, type Position } from './compat/portfolio.js';
export {
  py_atr,
  py_bbands,
  py_macd,
  py_quintile_spread,
  py_rsi,
  py_spearman,
  py_time_series_split,
} from './compat/research.js';

/** The version of this package: `version`. */
export const __version__: string = version;

/** The version of this package: `version`. */
export function nanobook_version(): string {
  return version;
}

/** Whether this build has a feature: `hasFeature`. */
export function has_nanobook_feature(name: string): boolean {
  return hasFeature(name);
}

/** The features of this build: `capabilities`. */
export function py_capabilities(): string[] {
  return [...capabilities()];
}

/** Prices in currency units to whole cents, half up: `pricesToCents`. */
export function prices_to_cents(prices: Vec | readonly string[]): Float64Array {
  return pricesToCents(prices);
}

/** Metrics of a series of returns, or null when it is empty: `computeMetrics`. */
export function py_compute_metrics(returns: Vec, periods_per_year = 252, risk_free = 0): Metrics | null {
  if (returns.length === 0) return null;
  return metrics_from_nanobook(
    computeMetrics(returns, { periodsPerYear: periods_per_year, riskFree: risk_free }),
  );
}

/** Rolling Sharpe ratio, NaN while the window fills: `rollingSharpe`. */
export function py_rolling_sharpe(returns: Vec, window: number, periods_per_year = 252): Float64Array {
  return rollingSharpe(returns, window, { periodsPerYear: periods_per_year });
}

/** Rolling annualised volatility, NaN while the window fills: `rollingVolatility`. */
export function py_rolling_volatility(returns: Vec, window: number, periods_per_year = 252): Float64Array {
  return rollingVolatility(returns, window, { periodsPerYear: periods_per_year });
}

/** The result of `py_backtest_weights`; amounts in cents, one entry a bar unless said otherwise. */
export interface SnakeBacktest {
  /** The starting cash, then one value a bar. */
  readonly equity_curve: number[];
  readonly returns: number[];
  /** Weights after the bar's trades. */
  readonly holdings: [string, number][][];
  readonly symbol_returns: [string, number][][];
  readonly final_cash: number;
  readonly metrics: Metrics;
}

/**
 * A backtest of weights and closing prices, both one list of `[symbol, value]` pairs a bar: `backtestWeights`.
 *
 * weight_schedule  target weights by bar; an empty list sells everything
 * price_schedule   prices in cents by bar, as long as weight_schedule
 * initial_cash     cents
 * cost             basis points, or a cost model
 */
export function py_backtest_weights(
  weight_schedule: readonly SymbolPairs[],
  price_schedule: readonly SymbolPairs[],
  initial_cash: number,
  cost: number | CostModelOptions = 0,
  periods_per_year = 252,
  risk_free = 0,
): SnakeBacktest {
  if (weight_schedule.length !== price_schedule.length) {
    throw new ShapeError(
      'weight_schedule',
      weight_schedule.length,
      `length ${price_schedule.length}, as price_schedule`,
      'give one list of weights for every bar',
    );
  }
  const symbols = [...new Set(price_schedule.flatMap((pairs) => pairs.map(([symbol]) => symbol)))];
  const column = new Map(symbols.map((symbol, i) => [symbol, i]));
  const prices = price_schedule.map((pairs, t) => row('price_schedule', pairs, t, column, Number.NaN));
  const weights = weight_schedule.map((pairs, t) => row('weight_schedule', pairs, t, column, 0));
  const result = backtestWeights(
    { prices, weights, symbols },
    {
      initialCash: initial_cash,
      costModel: typeof cost === 'number' ? { commissionBps: cost } : cost,
      periodsPerYear: periods_per_year,
      riskFree: risk_free,
    },
  );
  const pairs = (data: Float64Array, t: number): [string, number][] =>
    symbols.map((symbol, i) => [symbol, data[t * symbols.length + i]!]);
  return {
    equity_curve: Array.from(result.equityCurve),
    returns: Array.from(result.returns),
    holdings: prices.map((_, t) => pairs(result.holdings!.data, t)),
    symbol_returns: prices.map((_, t) => pairs(result.symbolReturns!.data, t)),
    final_cash: result.cash[result.cash.length - 1]!,
    metrics: metrics_from_nanobook(result.metrics),
  };
}

/** The seeds' other name for `py_backtest_weights`. */
export const backtest_weights: typeof py_backtest_weights = py_backtest_weights;

function row(
  field: string,
  pairs: SymbolPairs,
  t: number,
  column: Map<string, number>,
  empty: number,
): number[] {
  const out = new Array<number>(column.size).fill(empty);
  const seen = new Set<string>();
  for (const [symbol, value] of pairs) {
    const i = column.get(symbol);
    if (i === undefined) {
      throw new ValidationError(
        `${field}[${t}]`,
        symbol,
        'a symbol that has prices',
        'add its prices or drop it',
      );
    }
    if (seen.has(symbol)) {
      throw new ValidationError(`${field}[${t}]`, symbol, 'each symbol once', 'merge the two entries');
    }
    seen.add(symbol);
    out[i] = value;
  }
  return out;
}

/** Targets by date as a schedule of bars: `weightsToSchedule`. */
export function weights_to_schedule(weights_by_date: WeightsByDate, prices: PricePanel): TargetsAtBar[] {
  return weightsToSchedule(weights_by_date, prices);
}
