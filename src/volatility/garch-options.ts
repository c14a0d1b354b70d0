/** Options of the GARCH functions, checked, with their defaults. */
import {
  checkBoolean,
  checkFinite,
  checkInteger,
  checkKeys,
  checkNumber,
  checkOneOf,
  toFloat64,
  type Vec,
} from '../check.js';
import { InsufficientDataError, ValidationError } from '../errors.js';
import type { GarchDistribution, GarchMean, GarchModel, GarchOptions } from './garch-types.js';

/** All options, decided. */
export type GarchPlan = Required<GarchOptions>;

const KEYS = [
  'model',
  'p',
  'o',
  'q',
  'mean',
  'dist',
  'varianceTargeting',
  'minObservations',
  'maxIter',
  'tol',
  'onFailure',
];
const MODELS: readonly GarchModel[] = ['garch', 'egarch'];
const MEANS: readonly GarchMean[] = ['zero', 'constant', 'ar1'];
const DISTRIBUTIONS: readonly GarchDistribution[] = ['normal', 't', 'skewt'];
const LAGS_MAX = 10;
const RETURN_MAX = 1e150;

/** The options with their defaults. Throws `ValidationError`. */
export function readGarchOptions(options: GarchOptions): GarchPlan {
  checkKeys('options', options, KEYS);
  const model = checkOneOf('model', options.model ?? 'garch', MODELS);
  const varianceTargeting = checkBoolean('varianceTargeting', options.varianceTargeting ?? false);
  if (varianceTargeting && model === 'egarch') {
    throw new ValidationError(
      'varianceTargeting',
      true,
      'false for EGARCH',
      "leave it out, or fit model 'garch'",
    );
  }
  return {
    model,
    p: checkInteger('p', options.p ?? 1, 1, LAGS_MAX),
    o: checkInteger('o', options.o ?? 0, 0, LAGS_MAX),
    q: checkInteger('q', options.q ?? 1, 0, LAGS_MAX),
    mean: checkOneOf('mean', options.mean ?? 'zero', MEANS),
    dist: checkOneOf('dist', options.dist ?? 'normal', DISTRIBUTIONS),
    varianceTargeting,
    minObservations: checkInteger('minObservations', options.minObservations ?? 20, 4, 1_000_000_000),
    maxIter: checkInteger('maxIter', options.maxIter ?? 200, 1, 10_000),
    tol: checkNumber('tol', options.tol ?? 1e-11, 1e-14, 1),
    onFailure: checkOneOf('onFailure', options.onFailure ?? 'fallback', ['fallback', 'throw'] as const),
  };
}

/** The returns as finite numbers of a size that can be squared. Throws `InsufficientDataError` where there is none. */
export function readReturns(returns: Vec): Float64Array {
  const values = toFloat64('returns', returns);
  if (values.length === 0) {
    throw new InsufficientDataError(
      'returns has no values: a volatility needs at least one',
      {},
      { field: 'returns', value: 0, constraint: 'at least 1 value', fix: 'pass more returns' },
    );
  }
  checkFinite('returns', values);
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) > RETURN_MAX) {
      throw new ValidationError(
        `returns[${i}]`,
        values[i],
        `at most ${RETURN_MAX} in size`,
        'pass returns as decimals or in percent',
      );
    }
  }
  return values;
}
