/** What the functions that make targets take and give. */
import type { Mat, Vec } from '../check.js';
import type { PricePanel } from '../series/price-panel.js';

/** The part of a price panel that targets are made from. Only ratios of closes count, so their scale does not matter. */
export type ClosePrices = Pick<PricePanel, 'dates' | 'symbols' | 'close'>;

/** What `buildWeightSchedule` reads: the prices, and where to rebalance. */
export interface TargetInput {
  readonly panel: ClosePrices;
  /** Bars of the panel, rising, as `rebalanceBars` gives them. */
  readonly bars: Int32Array | readonly number[];
  /** The symbols to choose from, default all; the others get 0. */
  readonly symbols?: readonly string[];
}

/**
 * The prices up to and including one bar: all that a score may read. Every array is a copy, and there is no way to a
 * later bar.
 */
export interface PastPrices {
  /** The bar, as an index of the panel. */
  readonly bar: number;
  /** Its epoch day. */
  readonly date: number;
  /** The symbols to choose from, in the order of the panel: column j of everything here. */
  readonly symbols: readonly string[];
  /**
   * One close in ticks.
   *
   * column  0 to symbols.length − 1
   * ago     bars before this one, 0 (default) or more; a negative one throws `ValidationError`
   *
   * NaN where the price is missing and before the first bar.
   */
  close(column: number, ago?: number): number;
  /**
   * The last `count` rows of closes, oldest first, the last one being this bar's; count × symbols, NaN where a price
   * is missing. `undefined` while there are fewer bars than that.
   */
  closes(count: number): Mat | undefined;
}

/**
 * One number for every symbol of `past`, by which `size` gives the weights: NaN leaves the symbol out. `undefined`, or
 * NaN for all, means no target at this bar.
 */
export type ScoreFunction = (past: PastPrices) => Vec | undefined;

/**
 * A target weight for every symbol, as a fraction of the equity; what they leave of 1 stays cash.
 *
 * scores  what the score function gave, at least one of them a number
 * past    the prices it was given
 *
 * The weight of a symbol without a score must be 0, or NaN, which then counts as 0.
 */
export type SizeFunction = (scores: Float64Array, past: PastPrices) => Vec;

/** A bar that was to be rebalanced and has no target: the portfolio keeps what it holds. */
export interface SkippedTarget {
  readonly bar: number;
  /** `short-history`: fewer bars than the score looks back; `no-score`: no symbol has what the score needs. */
  readonly reason: 'short-history' | 'no-score';
}

/** Targets on bars, for `backtestWeights`, and what became of the bars. */
export interface TargetSchedule {
  /** Dates × symbols of the panel, to pass as `weights`; a row wholly NaN has no rebalance. */
  readonly weights: Mat;
  /**
   * Bars from a target to its trade, to pass as `lag` with the fill policy `close`: a target reads the close of its own
   * bar, so it cannot be traded there. With `nextOpen` and `nextTypical` a lag of 0 already trades one bar later.
   */
  readonly lag: 1;
  /** Bars with a target. */
  readonly rebalances: number;
  /** Bars asked for that have none, rising. */
  readonly skipped: readonly SkippedTarget[];
  /** The same for a person, to print one per line. */
  readonly sentences: readonly string[];
}
