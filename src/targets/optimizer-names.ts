/** The names of the portfolio optimizers, and what each can be told: light, for the help reads them too. */
import type { CovarianceName, PortfolioLimits } from '../optimize/types.js';

/** A portfolio optimizer that has a name. */
export type OptimizerName =
  | 'min-variance'
  | 'max-sharpe'
  | 'risk-parity'
  | 'cvar'
  | 'cdar'
  | 'hrp'
  | 'max-diversification'
  | 'inverse-cvar'
  | 'inverse-cdar';

/** What optimizers can be told; each takes those that `OPTIMIZER_OPTIONS` lists for it. */
export interface OptimizerSettings {
  /** Confidence of CVaR and CDaR, above 0 and below 1. Default 0.95. */
  readonly alpha?: number | undefined;
  /** Risk-free return of a period, for the Sharpe ratio. Default 0. */
  readonly riskFree?: number | undefined;
  /** Estimator of the covariance matrix. Default 'sample'. */
  readonly covariance?: CovarianceName | undefined;
  /** Lower and upper limit of a weight: one pair for all, or a pair by symbol. */
  readonly bounds?: PortfolioLimits['bounds'] | undefined;
  /** Limits of the sum of several weights. */
  readonly groups?: PortfolioLimits['groups'] | undefined;
  /** Largest sum of |weight − weight before|, 0 to 2. */
  readonly turnover?: number | undefined;
  /** Adds l2 · Σ weight² to what is minimised, at least 0. Default 0. */
  readonly l2?: number | undefined;
}

/** An option of the targets that an optimizer makes. */
type OptimizerOption = keyof OptimizerSettings | 'lookback' | 'symbols';

const LIMITS = ['bounds', 'groups', 'turnover', 'l2'] as const;

/** What each optimizer can be told. */
export const OPTIMIZER_OPTIONS: Readonly<Record<OptimizerName, readonly OptimizerOption[]>> = Object.freeze({
  'min-variance': ['lookback', 'covariance', ...LIMITS, 'symbols'],
  'max-sharpe': ['lookback', 'riskFree', 'covariance', ...LIMITS, 'symbols'],
  'risk-parity': ['lookback', 'covariance', 'symbols'],
  cvar: ['lookback', 'alpha', ...LIMITS, 'symbols'],
  cdar: ['lookback', 'alpha', ...LIMITS, 'symbols'],
  hrp: ['lookback', 'covariance', 'symbols'],
  'max-diversification': ['lookback', 'covariance', ...LIMITS, 'symbols'],
  'inverse-cvar': ['lookback', 'alpha', 'symbols'],
  'inverse-cdar': ['lookback', 'alpha', 'symbols'],
});

/** The names, in the order of help and messages. */
export const OPTIMIZER_NAMES: readonly OptimizerName[] = Object.freeze(
  Object.keys(OPTIMIZER_OPTIONS) as OptimizerName[],
);

/** What each is called in a sentence. */
export const OPTIMIZER_TITLES: Readonly<Record<OptimizerName, string>> = Object.freeze({
  'min-variance': 'Minimum variance',
  'max-sharpe': 'Maximum Sharpe ratio',
  'risk-parity': 'Risk parity',
  cvar: 'Minimum CVaR',
  cdar: 'Minimum CDaR',
  hrp: 'Hierarchical risk parity',
  'max-diversification': 'Maximum diversification',
  'inverse-cvar': 'Inverse CVaR',
  'inverse-cdar': 'Inverse CDaR',
});

/** The estimators of a covariance matrix, as `estimateCovariance` names them. */
export const COVARIANCE_NAMES: readonly CovarianceName[] = Object.freeze([
  'sample',
  'ledoit-wolf',
  'oas',
  'ewma',
  'constant-correlation',
  'denoised',
]);

/** Whether a word is the name of an optimizer. */
export function isOptimizer(name: string): name is OptimizerName {
  return (OPTIMIZER_NAMES as readonly string[]).includes(name);
}
