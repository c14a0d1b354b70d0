/** Names shared by the performance metrics. Definitions and edge cases: docs/formulas.md. */

/** Whose conventions to follow where the libraries differ. */
export type MetricsProfile = 'default' | 'nanobook' | 'quantstats-0.0.77' | 'quantstats-0.0.86';

/** What to do with NaN among the returns. */
export type NanPolicy = 'throw' | 'omit' | 'propagate';

/** How the mean of the worst returns is estimated. */
export type CvarMethod = 'historical' | 'quantile' | 'hybrid' | 'gaussian';

/** Options of `computeMetrics`. */
export interface MetricsOptions {
  /** Periods in a year: 252 for daily returns. Default 252. */
  readonly periodsPerYear?: number;
  /** Risk-free return of one period, as a decimal. Default 0. */
  readonly riskFree?: number;
  /** Risk-free return of a year; converted to one period by (1 + r)^(1/periods) − 1. Excludes `riskFree`. */
  readonly annualRiskFree?: number;
  readonly profile?: MetricsProfile;
  readonly nan?: NanPolicy;
}

/** Performance of a series of returns. Fractions are decimals: 0.01 is 1 %. */
export interface Metrics {
  readonly totalReturn: number;
  readonly cagr: number;
  readonly volatility: number;
  readonly sharpe: number;
  readonly sortino: number;
  /** Largest loss from a peak, as a positive fraction. */
  readonly maxDrawdown: number;
  readonly calmar: number;
  readonly numPeriods: number;
  readonly winningPeriods: number;
  readonly losingPeriods: number;
  /** Mean of the worst 5 % of the returns (a return: negative when it is a loss). */
  readonly cvar95: number;
  readonly winRate: number;
  readonly profitFactor: number;
  readonly payoffRatio: number;
  readonly kelly: number;
}

/** Options of `cvar` and `valueAtRisk`. */
export interface TailOptions {
  /** Share of the periods that is the tail, above 0 and below 1. Default 0.05. */
  readonly alpha?: number;
  /** Default `historical`. */
  readonly method?: CvarMethod;
  readonly nan?: NanPolicy;
}

/** Options of `tailRatio`. */
export interface TailRatioOptions {
  /** The upper quantile, above 0.5 and below 1. Default 0.95. */
  readonly cutoff?: number;
  readonly nan?: NanPolicy;
}

/** Options of `omega`. */
export interface OmegaOptions {
  /** Return of one period that divides gains from losses. Default 0. */
  readonly threshold?: number;
  /** The same for a year; converted by (1 + t)^(1/periods) − 1. Excludes `threshold`. */
  readonly annualThreshold?: number;
  /** Default 252. */
  readonly periodsPerYear?: number;
  readonly nan?: NanPolicy;
}

/** Options of `ulcerIndex`. */
export interface UlcerOptions {
  /** Taken from the number of periods in the divisor: 1 as quantstats (default), 0 as Martin defined it. */
  readonly ddof?: 0 | 1;
  readonly nan?: NanPolicy;
}

/** Options of `rollingVolatility`. */
export interface RollingOptions {
  /** Default 252. */
  readonly periodsPerYear?: number;
}

/** Options of `rollingSharpe` and `rollingSortino`. */
export interface RollingSharpeOptions extends RollingOptions {
  /** Return of one period. Default 0. */
  readonly riskFree?: number;
  /** Return of a year; converted by (1 + r)^(1/periods) − 1. Excludes `riskFree`. */
  readonly annualRiskFree?: number;
}

/** Options of `drawdownTable`. */
export interface DrawdownTableOptions {
  /** What the series holds: values of an account (default), or simple returns. */
  readonly kind?: 'equity' | 'returns';
  /** Epoch day of every value of the series, strictly increasing. */
  readonly dates?: Int32Array | readonly number[];
  /** How many drawdowns to give, the deepest first. Default: all. */
  readonly top?: number;
}

/** A fall from a peak until the peak is reached again. Places are indices into the series. */
export interface Drawdown {
  /** Largest loss from the peak, as a positive fraction of it. */
  readonly depth: number;
  /** The last value at the peak. For returns −1 means before the first of them. */
  readonly peak: number;
  /** The first value below the peak: peak + 1. */
  readonly start: number;
  /** The lowest value; the first of them if several are equally low. */
  readonly valley: number;
  /** The last value below the peak. */
  readonly end: number;
  /** The first value back at the peak or above it: end + 1; null if the series ends below. */
  readonly recovery: number | null;
  /** Values below the peak: end − start + 1. */
  readonly length: number;
  /** Values from the peak to the valley: valley − peak. */
  readonly fall: number;
  /** Values from the valley to the recovery; null without one. */
  readonly rise: number | null;
  /** The same places as epoch days; null without `dates`, and for the peak also before the first return. */
  readonly peakDate: number | null;
  readonly startDate: number | null;
  readonly valleyDate: number | null;
  readonly endDate: number | null;
  readonly recoveryDate: number | null;
  /** Calendar days from `startDate` to `endDate`, both counted; null without `dates`. */
  readonly days: number | null;
}

/** Return of one calendar year. */
export interface YearReturn {
  readonly year: number;
  /** Compounded: 0.01 is 1 %. */
  readonly totalReturn: number;
  /** How many returns fell into it. */
  readonly periods: number;
}

/** Return of one calendar month. */
export interface MonthReturn extends YearReturn {
  /** 1 to 12. */
  readonly month: number;
}

/** Options of `monthlyReturns` and `yearlyReturns`. */
export interface CalendarOptions {
  readonly nan?: NanPolicy;
}

/** Options of `benchmarkMetrics`. */
export interface BenchmarkOptions {
  /** Default 252. */
  readonly periodsPerYear?: number;
  /** Return of one period. Default 0. */
  readonly riskFree?: number;
  /** Return of a year; converted by (1 + r)^(1/periods) − 1. Excludes `riskFree`. */
  readonly annualRiskFree?: number;
  /** A period counts as missing when either return is NaN. */
  readonly nan?: NanPolicy;
}

/** Performance beside a benchmark. What nothing can be said about is NaN, never 0. */
export interface BenchmarkMetrics {
  /** Periods compared. */
  readonly numPeriods: number;
  /** Jensen's alpha of a year: mean(r − rf − β (b − rf)) × periods per year. */
  readonly alpha: number;
  /** The same compounded: (1 + alpha / periods)^periods − 1. */
  readonly alphaCompounded: number;
  /** cov(r, b) / var(b). NaN when the benchmark never varies. */
  readonly beta: number;
  /** Pearson's correlation. NaN when either never varies. */
  readonly correlation: number;
  /** Square of the correlation. */
  readonly rSquared: number;
  /** Sample standard deviation of r − b, × √periods per year. */
  readonly trackingError: number;
  /** mean(r − b) / sample standard deviation of r − b, of one period. 0 when the difference never varies. */
  readonly informationRatio: number;
  /** The same × √periods per year. */
  readonly informationRatioAnnual: number;
  /** Annualised growth over the periods in which the benchmark rose, divided by the benchmark's over the same. */
  readonly upCapture: number;
  /** The same over the periods in which the benchmark fell. */
  readonly downCapture: number;
  /** cagr(returns) − cagr(benchmark). */
  readonly excessReturn: number;
}
