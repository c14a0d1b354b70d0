/** Stops of a backtest: what is asked for, and what they did. The rules are those of docs/stops.md. */

/** What ended a position. */
export type StopReason = 'fixed' | 'atr' | 'trailing' | 'take-profit' | 'max-bars';

/** Which stops a backtest has. At least one kind is given; all given act together, the nearest level first. */
export interface StopConfig {
  /** Loss from the average entry price that ends a position, a fraction between 0 and 1. */
  readonly fixedStopPct?: number;
  /** Loss from the best price since entry, a fraction between 0 and 1. */
  readonly trailingStopPct?: number;
  /** Loss from the average entry price in average true ranges at entry, above 0. */
  readonly atrMultiple?: number;
  /** Bars of the average true range (Wilder). Default 14. */
  readonly atrPeriod?: number;
  /** Gain from the average entry price that ends a position, a fraction above 0. */
  readonly takeProfitPct?: number;
  /** Bars after which a position ends at the close, at least 1. */
  readonly maxBars?: number;
  /**
   * worst (default): where bars are given, a stop is hit by the low (high) and filled at its level, or at the open
   * beyond it; stop and target in one bar mean the stop. close: only closes count, and fill.
   */
  readonly intrabar?: 'worst' | 'close';
  /**
   * next-rebalance (default): a stopped symbol is not bought in the bar of its stop. immediate: also then. never: not
   * for the rest of the run.
   */
  readonly reentry?: 'next-rebalance' | 'immediate' | 'never';
}

/** Stops with every default filled in; null for a kind that is not used. */
export interface ResolvedStops {
  readonly fixedStopPct: number | null;
  readonly trailingStopPct: number | null;
  readonly atrMultiple: number | null;
  readonly atrPeriod: number;
  readonly takeProfitPct: number | null;
  readonly maxBars: number | null;
  readonly intrabar: 'worst' | 'close';
  readonly reentry: 'next-rebalance' | 'immediate' | 'never';
}

/** One position ended by a stop. */
export interface StopEvent {
  readonly bar: number;
  /** Epoch day of the bar, or null without dates. */
  readonly date: number | null;
  readonly symbol: string;
  readonly side: 'long' | 'short';
  /** Shares, positive. */
  readonly quantity: number;
  /** The level that was reached, in ticks; for max-bars the close. */
  readonly triggerPrice: number;
  /** The fill, in ticks: the level, the open beyond it, or the close. */
  readonly exitPrice: number;
  readonly reason: StopReason;
  /** Whether the bar opened beyond the level. */
  readonly gap: boolean;
  /** The bar at which the position opened. */
  readonly entryBar: number;
  /** Average entry price in ticks. */
  readonly entryPrice: number;
  /** Value of the exit in cents, positive. */
  readonly notionalCents: number;
  readonly costCents: number;
}

/** How the true range of the ATR stop was measured: from bars, or from closes alone. */
export type AtrKind = 'wilder' | 'close-to-close';
