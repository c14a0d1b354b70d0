/** What a strategy is given at each bar, and what it may answer. */
import type { Mat } from '../check.js';
import type { BacktestInput, BacktestOptions } from './types.js';

/** Prices up to and including one bar; what comes after it cannot be asked for. Prices are in ticks, as given. */
export interface StrategyPrices {
  /** The bar at hand. */
  readonly bar: number;
  /** Its epoch day, or null without dates. */
  readonly date: number | null;
  readonly symbols: readonly string[];
  /** The close of a symbol `ago` bars back (0: this bar); NaN where there is none. */
  close(symbol: string | number, ago?: number): number;
  /** As `close`; the close itself where only closes were given. */
  open(symbol: string | number, ago?: number): number;
  high(symbol: string | number, ago?: number): number;
  low(symbol: string | number, ago?: number): number;
  /** The last `count` closes of a symbol, oldest first, this bar last; undefined if there are fewer bars. A copy. */
  history(symbol: string | number, count: number): Float64Array | undefined;
  /** The last `count` closes of all symbols, rows are bars; undefined if there are fewer. A copy. */
  closes(count: number): Mat | undefined;
}

/** What the portfolio holds when the strategy is asked. */
export interface StrategyPortfolio {
  /** Cents. */
  readonly cash: number;
  /** Cents, at the closes of the bar. */
  readonly equity: number;
  /** Shares held, negative for a short position. */
  quantity(symbol: string | number): number;
  /** Fraction of the equity. */
  weight(symbol: string | number): number;
  /** Symbols held and their weights. */
  weights(): Record<string, number>;
}

/**
 * Target weights: by symbol, as pairs, or one number per symbol in the order of the symbols. Symbols not named are sold.
 * null: keep what is held.
 */
export type StrategyTargets =
  | Readonly<Record<string, number>>
  | ReadonlyMap<string, number>
  | readonly (readonly [string, number])[]
  | Float64Array
  | null;

/** Decides at a bar what to hold. */
export type Strategy = (bar: number, prices: StrategyPrices, portfolio: StrategyPortfolio) => StrategyTargets;

/** As `Strategy`, and may take its time. */
export type AsyncStrategy = (
  bar: number,
  prices: StrategyPrices,
  portfolio: StrategyPortfolio,
) => StrategyTargets | Promise<StrategyTargets>;

/** Prices of a strategy's backtest. */
export type StrategyInput = Omit<BacktestInput, 'weights'>;

/** Options of a strategy's backtest. */
export interface StrategyOptions extends BacktestOptions {
  /** Bars at which the strategy is asked, rising; default all. See `rebalanceBars`. */
  readonly bars?: Int32Array | readonly number[];
}

/** What can end a run between two bars: an `AbortSignal` is one. */
export interface RunSignal {
  /** Throws the reason once the run is to end. */
  throwIfAborted(): void;
}

/** Options of the form that waits. */
export interface AsyncStrategyOptions extends StrategyOptions {
  readonly signal?: RunSignal;
}
