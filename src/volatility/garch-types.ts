/** What a GARCH fit is asked and what it answers. */

/** The furthest period a forecast reaches. */
export const HORIZON_MAX = 1_000_000;

/** Model of the mean that is fitted along with the variance. */
export type GarchMean = 'zero' | 'constant' | 'ar1';
/** Law of the standardised residuals: normal, Student's t, or Hansen's skewed t, each of variance 1. */
export type GarchDistribution = 'normal' | 't' | 'skewt';

/** What follows from the past: the variance, or (Nelson 1991) its logarithm. */
export type GarchModel = 'garch' | 'egarch';

/** Options of `fitGarch`. */
export interface GarchOptions {
  /** Default `garch`. */
  readonly model?: GarchModel;
  /** Lags of squared residuals (`egarch`: of the size of standardised ones), 1 (default) to 10. */
  readonly p?: number;
  /** Lags of squared negative residuals (Glosten, Jagannathan, Runkle; `egarch`: of standardised residuals), 0 (default) to 10. */
  readonly o?: number;
  /** Lags of the variance, 0 to 10; default 1. */
  readonly q?: number;
  /** Default `zero`. */
  readonly mean?: GarchMean;
  /** Default `normal`. */
  readonly dist?: GarchDistribution;
  /** True: omega is not fitted but makes the long-run variance that of the residuals. Default false. */
  readonly varianceTargeting?: boolean;
  /** Fewest returns that are fitted, 4 or more; below, the fallback answers. Default 20. */
  readonly minObservations?: number;
  /** Most rounds of a search, 1 to 10,000; default 200. */
  readonly maxIter?: number;
  /** The search ends where the next step promises less log-likelihood than this; 1e-14 to 1, default 1e-11. */
  readonly tol?: number;
  /** `fallback` (default): a flagged, deterministic estimate; `throw`: `ConvergenceError`. */
  readonly onFailure?: 'fallback' | 'throw';
}

/** Parameters of a GARCH model, in units of the returns. */
export interface GarchParameters {
  /** Constant of the mean; with `constant` and `ar1`. */
  readonly mu?: number;
  /** Weight of the return before; with `ar1`. */
  readonly phi?: number;
  readonly omega: number;
  readonly alpha: readonly number[];
  readonly gamma: readonly number[];
  readonly beta: readonly number[];
  /** Degrees of freedom; with `t` and `skewt`. */
  readonly nu?: number;
  /** Skew, -1 to 1; with `skewt`. */
  readonly lambda?: number;
}

/** Standard errors, in the shape of the parameters; NaN for one that stands at its bound or was not fitted. */
export interface GarchStandardErrors {
  /** Bollerslev and Wooldridge's: right also where the residuals are not of the law supposed. */
  readonly robust: GarchParameters;
  /** From the second derivatives alone. */
  readonly hessian: GarchParameters;
}

/** How an estimate came about. */
export type GarchMethod = 'mle' | 'ewma-fallback' | 'sample-fallback';
/**
 * `converged`: at a maximum, the highest that was found. Else why there is a fallback: `iteration-limit` (no round was
 * left on the way up), `stuck` (no maximum was found), `too-few-observations`, `zero-variance`.
 */
export type GarchStatus =
  'converged' | 'iteration-limit' | 'stuck' | 'too-few-observations' | 'zero-variance';

/** What `fitGarch` gives. Variances are in squared units of the returns. */
export interface GarchFit {
  readonly params: GarchParameters;
  /** NaN for a fallback, as are `aic` and `bic`. */
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  /** n variances, each as known from the returns before; the first is NaN with `ar1`. */
  readonly conditionalVariance: Float64Array;
  /** n residuals over their volatility; the first is NaN with `ar1`. */
  readonly stdResiduals: Float64Array;
  /** Variance of the period after the last. */
  readonly forecastVariance: number;
  /** Its root. */
  readonly forecastVolatility: number;
  /**
   * Variances of the next `horizon` periods (1 to 1,000,000), each of its own period. Of an EGARCH with `t` or `skewt`
   * only the first is finite: more throw `ValidationError`.
   */
  readonly forecast: (horizon: number) => Float64Array;
  /** Worked out when first read; undefined for a fallback. */
  readonly stdErrors: GarchStandardErrors | undefined;
  readonly converged: boolean;
  readonly status: GarchStatus;
  /** Rounds of the search that won. */
  readonly iterations: number;
  readonly method: GarchMethod;
  /** `garch` for a fallback. */
  readonly model: GarchModel;
  readonly mean: GarchMean;
  readonly dist: GarchDistribution;
  /** Observations that entered: n, with `ar1` n − 1. */
  readonly observations: number;
}
