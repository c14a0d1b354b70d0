/** Backtests by the seeds' names: lists of pairs in, snake_case out. */
import {
  type BacktestResult,
  backtestWeights,
  runBacktest,
  type StopConfig,
  type StopReason,
  type StrategyPortfolio,
  type StrategyTargets,
} from '../backtest/index.js';
import { checkKeys } from '../check.js';
import { InsufficientDataError, ShapeError, ValidationError } from '../errors.js';
import type { CostModelOptions } from '../portfolio/index.js';
import { type Metrics, metrics_from_nanobook } from './metrics.js';
import type { SymbolPairs } from './pairs.js';

/** Stops by nanobook's keys; null or left out: not used. A key that is not one of these throws. */
export interface SnakeStopConfig {
  /** `StopConfig.fixedStopPct`. */
  readonly fixed_stop_pct?: number | null;
  /** `StopConfig.trailingStopPct`. */
  readonly trailing_stop_pct?: number | null;
  /** `StopConfig.atrMultiple`. */
  readonly atr_multiple?: number | null;
  /** `StopConfig.atrPeriod`; default 14. */
  readonly atr_period?: number | null;
}

/** A position ended by a stop; prices in cents. */
export interface SnakeStopEvent {
  readonly period_index: number;
  readonly symbol: string;
  readonly trigger_price: number;
  readonly exit_price: number;
  readonly reason: StopReason;
  /** Ours, as the next. */
  readonly side: 'long' | 'short';
  readonly quantity: number;
}

/** The result of `py_backtest_weights` and `run_backtest`; amounts in cents, one entry a bar unless said otherwise. */
export interface SnakeBacktest {
  /** The starting cash, then one value a bar. */
  readonly equity_curve: number[];
  readonly returns: number[];
  /** Weights after the bar's trades. */
  readonly holdings: [string, number][][];
  readonly symbol_returns: [string, number][][];
  readonly final_cash: number;
  readonly metrics: Metrics;
  /** One for each exit, in order. */
  readonly stop_events: SnakeStopEvent[];
}

/**
 * Decides at a bar what to hold.
 *
 * bar_index  from 0
 * prices     the closes of the bar in cents, by symbol; a symbol without one is left out
 * portfolio  cash, equity, quantities and weights; see `StrategyPortfolio`
 *
 * Gives `[symbol, weight]` pairs; symbols not named are sold. null: keep what is held.
 */
export type SnakeStrategy = (
  bar_index: number,
  prices: Record<string, number>,
  portfolio: StrategyPortfolio,
) => StrategyTargets;

/**
 * A backtest of weights and closing prices, both one list of `[symbol, value]` pairs a bar: `backtestWeights`.
 *
 * weight_schedule  target weights by bar; an empty list sells everything
 * price_schedule   prices in cents by bar, as long as weight_schedule
 * initial_cash     cents
 * cost             basis points, or a cost model
 * stop_cfg         stops; null for none. They look at closes: see docs/stops.md
 */
export function py_backtest_weights(
  weight_schedule: readonly SymbolPairs[],
  price_schedule: readonly SymbolPairs[],
  initial_cash: number,
  cost: number | CostModelOptions = 0,
  periods_per_year = 252,
  risk_free = 0,
  stop_cfg: SnakeStopConfig | null = null,
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
  const stops = stopsOf(stop_cfg);
  return snakeBacktest(
    backtestWeights(
      { prices, weights, symbols },
      {
        initialCash: initial_cash,
        costModel: typeof cost === 'number' ? { commissionBps: cost } : cost,
        periodsPerYear: periods_per_year,
        riskFree: risk_free,
        ...(stops && { stops }),
      },
    ),
  );
}

/** The seeds' other name for `py_backtest_weights`. */
export const backtest_weights: typeof py_backtest_weights = py_backtest_weights;

/**
 * A backtest of a strategy, which trades at the close it sees: `runBacktest` with a lag of 0.
 *
 * strategy      `(bar_index, prices, portfolio) => [[symbol, weight], …]`
 * price_series  closes in cents by symbol, one object a bar; a symbol that is left out has no price at that bar
 * initial_cash  cents
 * cost_model    a cost model; default: free
 *
 * The periods of a year default to 12, as in the seeds (nanobook 0.19.2 has 252). Fractions of shares are traded, as in
 * `py_backtest_weights`. An exception of the strategy is a `StrategyError` with `barIndex` and `cause`.
 */
export function run_backtest(
  strategy: SnakeStrategy,
  price_series: readonly Readonly<Record<string, number>>[],
  initial_cash: number,
  cost_model: CostModelOptions = {},
  periods_per_year = 12,
  risk_free = 0,
): SnakeBacktest {
  if (!Array.isArray(price_series) || price_series.length === 0) {
    throw new InsufficientDataError('price_series has no bars. Fix: pass one object of prices a bar');
  }
  if (typeof strategy !== 'function') {
    const fix = 'pass (bar_index, prices, portfolio) => [[symbol, weight]]';
    throw new ValidationError('strategy', strategy, 'a function', fix);
  }
  const bars = price_series as readonly Readonly<Record<string, number>>[];
  const symbols = [...new Set(bars.flatMap((bar) => Object.keys(bar)))];
  const prices = bars.map((bar) =>
    symbols.map((symbol) => (Object.hasOwn(bar, symbol) ? bar[symbol]! : Number.NaN)),
  );
  return snakeBacktest(
    runBacktest(
      (bar, _, portfolio) => strategy(bar, { ...bars[bar] }, portfolio),
      { prices, symbols },
      {
        initialCash: initial_cash,
        costModel: cost_model,
        lag: 0,
        periodsPerYear: periods_per_year,
        riskFree: risk_free,
      },
    ),
  );
}

function stopsOf(stop_cfg: SnakeStopConfig | null): StopConfig | undefined {
  if (stop_cfg === null) return undefined;
  checkKeys('stop_cfg', stop_cfg, ['fixed_stop_pct', 'trailing_stop_pct', 'atr_multiple', 'atr_period']);
  const { fixed_stop_pct, trailing_stop_pct, atr_multiple, atr_period } = stop_cfg;
  const kinds: StopConfig = {
    ...given('fixedStopPct', fixed_stop_pct),
    ...given('trailingStopPct', trailing_stop_pct),
    ...given('atrMultiple', atr_multiple),
  };
  return Object.keys(kinds).length === 0 ? undefined : { ...kinds, ...given('atrPeriod', atr_period) };
}

/** The key with its value, or nothing for None. */
function given(key: keyof StopConfig, value: number | null | undefined): StopConfig {
  return value === null || value === undefined ? {} : { [key]: value };
}

function snakeBacktest(result: BacktestResult): SnakeBacktest {
  const { symbols } = result;
  const n = symbols.length;
  const pairs = (data: Float64Array): [string, number][][] =>
    Array.from(result.returns, (_, t) => symbols.map((symbol, i) => [symbol, data[t * n + i]!]));
  return {
    equity_curve: Array.from(result.equityCurve),
    returns: Array.from(result.returns),
    holdings: pairs(result.holdings!.data),
    symbol_returns: pairs(result.symbolReturns!.data),
    final_cash: result.cash[result.cash.length - 1]!,
    metrics: metrics_from_nanobook(result.metrics),
    stop_events: result.stopEvents.map((event) => ({
      period_index: event.bar,
      symbol: event.symbol,
      trigger_price: event.triggerPrice,
      exit_price: event.exitPrice,
      reason: event.reason,
      side: event.side,
      quantity: event.quantity,
    })),
  };
}

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
