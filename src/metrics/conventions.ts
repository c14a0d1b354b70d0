/** Every default and every convention of the performance metrics, in one place. Explained in docs/formulas.md. */
import type { CvarMethod, MetricsProfile, NanPolicy } from './types.js';

/** What an option means when it is left out. */
export const METRICS_DEFAULTS: {
  /** Daily returns: 252. */
  readonly periodsPerYear: number;
  /** Return of one period. */
  readonly riskFree: number;
  readonly profile: MetricsProfile;
  readonly nan: NanPolicy;
  /** Share of the periods that is the tail, of `cvar` and `valueAtRisk`. */
  readonly alpha: number;
  readonly method: CvarMethod;
  /** Upper quantile of `tailRatio`; the lower one is 1 minus it. */
  readonly cutoff: number;
  /** Return of one period that divides gains from losses, of `omega`. */
  readonly threshold: number;
  /** Taken from the number of periods in the divisor of `ulcerIndex`. */
  readonly ddof: 0 | 1;
} = {
  periodsPerYear: 252,
  riskFree: 0,
  profile: 'default',
  nan: 'throw',
  alpha: 0.05,
  method: 'historical',
  cutoff: 0.95,
  threshold: 0,
  ddof: 1,
};

/** Tail probability of `Metrics.cvar95`. */
export const CVAR95_ALPHA = 0.05;

/** Where the libraries disagree, what one of them does. */
export interface Conventions {
  /** How `cvar95` is estimated. */
  readonly cvarMethod: CvarMethod;
  /** What the wins are divided by for `winRate`, and so for `kelly`: returns that are not 0, or all of them. */
  readonly winRateOver: 'nonzero' | 'all';
  /**
   * A ratio with nothing to divide by, and the spread of a single return: `zero` gives 0 (a payoff without
   * losses: Infinity), `ieee` gives what pandas would: NaN, or an infinity for a number divided by 0.
   */
  readonly undefinedRatio: 'zero' | 'ieee';
  /** `cagr` when more than everything is lost: −1, NaN, or the root of the absolute wealth. */
  readonly negativeWealth: 'minus-one' | 'nan' | 'absolute';
  /** What `nan: 'omit'` does: leaves the period out, or takes it for a return of 0. */
  readonly missing: 'drop' | 'zero';
}

/** The profiles, one row each. */
export const PROFILES: Readonly<Record<MetricsProfile, Conventions>> = {
  default: {
    cvarMethod: 'historical',
    winRateOver: 'nonzero',
    undefinedRatio: 'zero',
    negativeWealth: 'minus-one',
    missing: 'drop',
  },
  nanobook: {
    cvarMethod: 'historical',
    winRateOver: 'all',
    undefinedRatio: 'zero',
    negativeWealth: 'minus-one',
    missing: 'drop',
  },
  'quantstats-0.0.77': {
    cvarMethod: 'hybrid',
    winRateOver: 'nonzero',
    undefinedRatio: 'ieee',
    negativeWealth: 'absolute',
    missing: 'zero',
  },
  'quantstats-0.0.86': {
    cvarMethod: 'gaussian',
    winRateOver: 'nonzero',
    undefinedRatio: 'ieee',
    negativeWealth: 'nan',
    missing: 'drop',
  },
};

/** The names of the profiles. */
export const PROFILE_NAMES: readonly MetricsProfile[] = [
  'default',
  'nanobook',
  'quantstats-0.0.77',
  'quantstats-0.0.86',
];
/** The names of the NaN policies. */
export const NAN_POLICIES: readonly NanPolicy[] = ['throw', 'omit', 'propagate'];
/** The names of the tail estimators. */
export const CVAR_METHODS: readonly CvarMethod[] = ['historical', 'quantile', 'hybrid', 'gaussian'];
