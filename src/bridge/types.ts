/** What a bridge is told and what it tells. */
import type { BacktestInput, BacktestOptions, BacktestResult } from '../backtest/types.js';
import type { Feature } from '../capabilities.js';
import type { Mat, Vec } from '../check.js';
import type { ReturnRows } from '../optimize/types.js';
import type { OptimizerSettings } from '../targets/optimizer-names.js';
import type { GarchMean, GarchOptions } from '../volatility/garch-types.js';

/** The features a bridge may use: all, none, or those listed. */
export type BridgeMode = 'full' | 'off' | readonly Feature[];

/** What worked out an answer: the fast loops, the slow twins of this package, or the host itself. */
export type PathUsed = 'kernels' | 'reference' | 'fallback';

/** How a portfolio is sized; each is an optimizer. */
export type SizingMethod = 'min-variance' | 'max-sharpe' | 'risk-parity' | 'cvar' | 'cdar' | 'hrp';

/** Options of `sizeWeights`: those the optimizer of the method takes. */
export interface SizingOptions extends Pick<
  OptimizerSettings,
  'alpha' | 'riskFree' | 'covariance' | 'bounds' | 'groups' | 'l2'
> {
  /** The sum of |weight − current| stays at or below `max`. */
  readonly turnover?: { readonly current: Readonly<Record<string, number>>; readonly max: number };
}

/** Further options of `garchForecast`. */
export type GarchForecastOptions = Omit<GarchOptions, 'p' | 'q' | 'mean'>;

/** A host's own backtest. */
export type BacktestFallback = (input: BacktestInput, options: BacktestOptions) => BacktestResult;

/** A host's own forecast: volatility of the next period, in units of the returns. */
export type GarchFallback = (
  returns: Vec,
  p: number,
  q: number,
  mean: GarchMean,
  options: GarchForecastOptions,
) => number;

/** A host's own sizing: a weight of at least 0 for every symbol, together 1. */
export type SizingFallback = (
  returns: ReturnRows,
  symbols: readonly string[],
  options: SizingOptions,
) => Readonly<Record<string, number>>;

/** What answers in place of a feature that the mode withdraws. */
export interface BridgeFallbacks {
  readonly backtest_weights?: BacktestFallback;
  readonly backtest_stops?: BacktestFallback;
  readonly backtest_holdings?: BacktestFallback;
  readonly garch_forecast?: GarchFallback;
  readonly optimize_min_variance?: SizingFallback;
  readonly optimize_max_sharpe?: SizingFallback;
  readonly optimize_risk_parity?: SizingFallback;
  readonly optimize_cvar?: SizingFallback;
  readonly optimize_cdar?: SizingFallback;
  readonly optimize_hrp?: SizingFallback;
}

/** One call of a bridge, and what became of it. */
export interface BridgeCall {
  /** Counts from 1. */
  readonly number: number;
  readonly call: 'backtest' | 'garchForecast' | 'sizeWeights' | 'holdings';
  /** The feature that decided the path: the one withdrawn, or the one asked for. */
  readonly feature: Feature;
  readonly path: PathUsed;
  /** Why this path, as a sentence. */
  readonly reason: string;
  readonly method: SizingMethod | null;
  /** Why the weights are equal ones and not an optimizer's; null if they are not. */
  readonly equalWeight: string | null;
  /** What the call threw; null if it did not. */
  readonly error: string | null;
}

/** Options of `createBridge`. */
export interface BridgeOptions {
  /** Default `full`. */
  readonly mode?: BridgeMode;
  readonly fallbacks?: BridgeFallbacks;
  /** A range this package's version must lie in, as `satisfies` reads it. */
  readonly requires?: string;
  /** Whether the slow twins answer where the mode withdraws a feature without a fallback. Default true. */
  readonly reference?: boolean;
  /** Told of each call as it ends. */
  readonly onCall?: (call: BridgeCall) => void;
}

/** The compute engine as a host calls it: by feature, with something to fall back on. */
export interface Bridge {
  readonly mode: BridgeMode;
  /** `engineVersion()`. */
  readonly engineVersion: string;
  /** Whether this build has the feature and the mode leaves it in. */
  hasFeature(name: string): boolean;
  /** Throws `UnsupportedFeatureError` unless `hasFeature(name)`. */
  requireFeature(name: Feature): void;
  /** As `backtestWeights`. Asks for backtest_weights, with stops backtest_stops, with panels backtest_holdings. */
  backtest(input: BacktestInput, options: BacktestOptions): BacktestResult;
  /** The weights held after each bar, straight from the result: bars × symbols. */
  holdings(result: BacktestResult): Mat;
  /** As `garchForecast`. */
  garchForecast(
    returns: Vec,
    p?: number,
    q?: number,
    mean?: GarchMean,
    options?: GarchForecastOptions,
  ): number;
  /** Weights of an optimizer, equal ones where it has no answer; none below 0, together 1. */
  sizeWeights(
    method: SizingMethod,
    returns: ReturnRows,
    symbols: readonly string[],
    options?: SizingOptions,
  ): Record<string, number>;
  /** The last calls, at most 1,000, oldest first. */
  diagnostics(): readonly BridgeCall[];
}
