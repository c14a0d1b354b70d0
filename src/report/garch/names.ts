/** What models, parameters and ends of a fit are called. */
import type { GarchFit, GarchMethod, GarchStatus } from '../../volatility/index.js';
import type { GarchAsked } from './types.js';

const DISTRIBUTIONS = { normal: 'normal', t: "Student's t", skewt: 'skewed t' } as const;
const MEANS = { zero: 'zero', constant: 'constant', ar1: 'AR(1)' } as const;

const METHODS: Readonly<Record<GarchMethod, string>> = {
  mle: 'maximum likelihood',
  'ewma-fallback': 'not fitted: exponentially weighted squares (0.94) stand in',
  'sample-fallback': 'not fitted: the root mean square stands in',
};
const STATUSES: Readonly<Record<GarchStatus, string>> = {
  converged: 'converged',
  'iteration-limit': 'the search did not end',
  stuck: 'the search was stuck',
  'too-few-observations': 'too few returns',
  'zero-variance': 'the returns do not vary',
};

/** `GARCH(1,1)`, `GJR-GARCH(1,1,1)`, `EGARCH(1,1,1)`, `ARCH(2)`: p, o where there are any, q. */
export function modelName({ model, p, o, q }: GarchAsked): string {
  const lags = [p, ...(o > 0 ? [o] : []), ...(q > 0 || o > 0 ? [q] : [])].join(',');
  if (model === 'egarch') return `EGARCH(${lags})`;
  return `${o > 0 ? 'GJR-' : ''}${q > 0 || o > 0 ? 'GARCH' : 'ARCH'}(${lags})`;
}

/** `GARCH(1,1), normal residuals, zero mean`. */
export function askedText(asked: GarchAsked): string {
  return `${modelName(asked)}, ${DISTRIBUTIONS[asked.dist]} residuals, ${MEANS[asked.mean]} mean`;
}

/** The law of the residuals. */
export function lawName(dist: GarchFit['dist']): string {
  return DISTRIBUTIONS[dist];
}

/** How an estimate came about. */
export function methodText(method: GarchMethod): string {
  return METHODS[method];
}

/** Why it ended. */
export function statusText(status: GarchStatus): string {
  return STATUSES[status];
}

/** `maximum likelihood, converged after 12 rounds`; of a stand-in, what it is and why. */
export function endText({ method, status, iterations }: GarchFit): string {
  if (method !== 'mle') return `${METHODS[method]} (${STATUSES[status]})`;
  return `${METHODS[method]}, ${STATUSES[status]} after ${iterations} round${iterations === 1 ? '' : 's'}`;
}
