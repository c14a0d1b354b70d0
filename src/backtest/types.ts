/** What goes into a backtest and what comes out. */
import type { Mat } from '../check.js';
import type { Metrics, MetricsProfile } from '../metrics/types.js';
import type { CostModel, CostModelOptions } from '../portfolio/cost-model.js';
import type { OrderLimits } from '../portfolio/types.js';
import type { AtrKind, ResolvedStops, StopConfig, StopEvent } from './stop-types.js';

/** At which price an order fills, and so at which bar it is booked. */
export type FillPolicy = 'close' | 'nextOpen' | 'nextTypical';

/** What a missing price of a held or wanted symbol does. */
export type MissingPricePolicy = 'error' | 'mark-last';

/** Whether targets are sized from the equity before the costs of the rebalance, or after them. */
export type CostTarget = 'gross' | 'net';

/** Prices in ticks: closes alone, or bars. Rows are bars, columns symbols; NaN is a missing price. */
export type PriceInput =
  | Mat
  | readonly (readonly number[])[]
  | { readonly open: Mat; readonly high: Mat; readonly low: Mat; readonly close: Mat };

/** One rebalance of a schedule: the targets known at a bar, named by index or by date (epoch day). */
export interface ScheduleEntry {
  readonly bar?: number;
  readonly date?: number;
  readonly targets: Readonly<Record<string, number>>;
}

/** A row for every bar (a row wholly NaN: no rebalance), or a schedule of the bars that have targets. */
export type WeightInput = Mat | readonly (readonly number[])[] | readonly ScheduleEntry[];

/** Prices and target weights of a backtest. */
export interface BacktestInput {
  readonly prices: PriceInput;
  readonly weights: WeightInput;
  /** Column names; `0`, `1`, … when absent. */
  readonly symbols?: readonly string[];
  /** Epoch days, strictly increasing. */
  readonly dates?: Int32Array | readonly number[] | null;
}

/** How a backtest trades and what it keeps; only `initialCash` is required. */
export interface BacktestOptions {
  /** Cents to start with; a positive integer. */
  readonly initialCash: number;
  /** Commission in basis points of each trade; excludes `costModel`. */
  readonly costBps?: number;
  readonly costModel?: CostModel | CostModelOptions;
  /** Bars between a target and its trade. Default 0: the target of bar t trades at bar t. */
  readonly lag?: number;
  readonly fillPolicy?: FillPolicy;
  /** Smallest tradable part of a share: 1 (whole shares), 0.1 … 0.000001, or a lot of several shares. Default 1e-6. */
  readonly quantityStep?: number;
  /** Ticks per currency unit of the prices. Default 100: prices are cents. */
  readonly priceScale?: number;
  readonly periodsPerYear?: number;
  /** Risk-free return of one period. */
  readonly riskFree?: number;
  readonly limits?: OrderLimits;
  /** Stops, targets and time limits of positions; see docs/stops.md. Default: none. */
  readonly stops?: StopConfig;
  readonly missingPrice?: MissingPricePolicy;
  /** Largest allowed sum of absolute target weights. Default 1. */
  readonly maxGross?: number;
  readonly allowShort?: boolean;
  readonly costTarget?: CostTarget;
  /** Which bar × symbol panels to keep: all; the weights alone; or none. Default all. */
  readonly panels?: 'all' | 'weights' | 'none';
  /** Index of the first return that the metrics read. Default 0: the entry bar counts. */
  readonly metricsFrom?: number;
  readonly profile?: MetricsProfile;
}

/** A rebalance, or one symbol's part of it, that did not take place. */
export interface SkippedRebalance {
  /** The bar whose targets were meant. */
  readonly bar: number;
  readonly reason: 'no-next-bar' | 'missing-price' | 'bankrupt';
  /** The symbol left out, where the rest of the rebalance went ahead. */
  readonly symbol?: string;
}

/**
 * Trades in columns, in the order they were booked: by bar; in each rebalance sells before buys, then by column; exits of
 * stops by column, before or after the rebalance of their bar as it happened.
 */
export interface TradeTable {
  readonly count: number;
  readonly bar: Int32Array;
  readonly symbol: Int32Array;
  /** Shares, signed: negative sells. */
  readonly quantity: Float64Array;
  /** Fill price in ticks. */
  readonly price: Float64Array;
  /** Cents, always positive: the exact product rounded once, half to even. */
  readonly notional: Float64Array;
  /** Commission, slippage and minimum fee, in cents. */
  readonly cost: Float64Array;
}

/** What a backtest did, bar by bar. */
export interface BacktestResult {
  readonly dates: Int32Array | null;
  readonly symbols: readonly string[];
  /** One simple return a bar; the first is the entry bar (0, or minus the costs). */
  readonly returns: Float64Array;
  /** Cents, bars + 1: the initial cash, then the equity after each bar. */
  readonly equityCurve: Float64Array;
  /** Cents, bars + 1. */
  readonly cash: Float64Array;
  /** Weights after each bar's trades, bars × symbols. */
  readonly holdings: Mat | null;
  /** Shares after each bar's trades, bars × symbols. */
  readonly quantities: Mat | null;
  /** Simple returns of the symbols themselves; the first row is NaN. */
  readonly symbolReturns: Mat | null;
  readonly trades: TradeTable | null;
  /** Cents paid at each bar. */
  readonly costs: Float64Array;
  /** Traded value at each bar as a fraction of the equity before the trades. */
  readonly turnover: Float64Array;
  readonly skippedRebalances: readonly SkippedRebalance[];
  /** Positions that stops have ended, by bar, then as they were booked; empty without stops. */
  readonly stopEvents: readonly StopEvent[];
  /** How the ATR stop measured ranges; null without one. */
  readonly atrKind: AtrKind | null;
  readonly status: 'ok' | 'bankrupt';
  /** The bar at which the equity was gone, or -1. */
  readonly bankruptBar: number;
  readonly metrics: Metrics;
  /** The resolved options, every default filled in. */
  readonly config: ResolvedBacktestOptions;
  /** SHA-256 of prices, weights, symbols and dates; computed when first read. */
  readonly inputDigest: string;
  /** SHA-256 of the resolved options. */
  readonly configDigest: string;
  /** SHA-256 of equity, cash, costs and, where kept, the panels; computed when first read. */
  readonly resultDigest: string;
  readonly pathUsed: 'kernels' | 'reference';
}

/** Options with every default filled in; plain data, so that a digest can be taken of it. */
export interface ResolvedBacktestOptions {
  readonly initialCash: number;
  readonly costModel: Required<CostModelOptions>;
  readonly lag: number;
  readonly fillPolicy: FillPolicy;
  readonly quantityStep: number;
  readonly priceScale: number;
  readonly periodsPerYear: number;
  readonly riskFree: number;
  readonly limits: Required<OrderLimits>;
  /** Only where stops were asked for. */
  readonly stops?: ResolvedStops;
  readonly missingPrice: MissingPricePolicy;
  readonly maxGross: number;
  readonly allowShort: boolean;
  readonly costTarget: CostTarget;
  readonly panels: 'all' | 'weights' | 'none';
  readonly metricsFrom: number;
  readonly profile: MetricsProfile;
}
