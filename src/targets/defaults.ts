/** Defaults and limits of the built-in targets: the only place that states them in code. */

/** Longest look back in bars. */
export const LOOK_BACK_MAX = 1_000_000;

/** The options that have a default. */
interface TargetDefaults {
  /** Returns of `inverseVolatilityWeights`: three months of trading days. */
  readonly window: number;
  /** Closes of the average of `trendWeights`. */
  readonly trendWindow: number;
  /** Bars of the return of `momentumWeights`: a year of trading days … */
  readonly lookback: number;
  /** … that ends a month before the bar, as the last month tends to reverse (Jegadeesh 1990). */
  readonly skip: number;
}

/** Defaults by option. */
export const TARGET_DEFAULTS: TargetDefaults = Object.freeze({
  window: 63,
  trendWindow: 200,
  lookback: 252,
  skip: 21,
});
