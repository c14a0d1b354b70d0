/** What the writers show of a fit: rows of parameters, persistence and what follows from it, forecasts. */
import { exp } from '../../../kernels/special/exp.js';
import { log } from '../../../kernels/special/log.js';
import { normalCdf } from '../../../kernels/special/normal-cdf.js';
import type { GarchFit, GarchParameters } from '../../volatility/index.js';
import type { SymbolFit } from './types.js';

const LOG_HALF = -0.6931471805599453;
/** Persistence from which on nothing dies out. */
const FOREVER = 1 - 1e-9;
/** What is left of a shock when a forecast counts as long-run, as a logarithm; and periods at most until then. */
const LOG_SETTLED = -32;
const SETTLED_MAX = 200_000;

/** A number that may be missing, with the reason. */
export interface Stated {
  /** NaN where there is none. */
  readonly value: number;
  readonly reason?: string;
}

/** One row of the table of parameters; NaN in all but `estimate` for one without a standard error. */
export interface ParameterRow {
  /** `omega`, `alpha[1]`, as arch has it. */
  readonly name: string;
  readonly estimate: number;
  readonly robustStdError: number;
  readonly hessianStdError: number;
  /** Estimate over its robust standard error, and the two-sided p value of that by the normal distribution. */
  readonly tStat: number;
  readonly pValue: number;
}

/** What is expected of the next periods; one value for each. */
export interface ForecastModel {
  /** Volatility of that period alone. */
  readonly volatility: Float64Array;
  /** Volatility of the return from now to its end. */
  readonly toDate: Float64Array;
  /** Price at its end: as the mean has it, and that times e^(k toDate) for k = -2, -1, 1, 2. */
  readonly expected: Float64Array;
  readonly bands: readonly { readonly deviations: number; readonly price: Float64Array }[];
}

/** Everything that follows from one fit. */
export interface FitModel {
  readonly parameters: readonly ParameterRow[];
  /** Why standard errors are missing, where some are. */
  readonly withoutErrors: string;
  readonly persistence: Stated;
  /** Periods until half of a shock to the variance is gone. */
  readonly halfLife: Stated;
  /** Volatility that the forecasts tend to, of one period. */
  readonly unconditional: Stated;
  readonly forecast: ForecastModel;
}

/** The fit in numbers; `horizon` periods ahead, one for an EGARCH whose later variances are infinite. */
export function fitModel(symbol: SymbolFit, horizon: number): FitModel {
  const { fit } = symbol;
  const persistence = persistenceOf(fit);
  return {
    parameters: parameterRows(fit),
    withoutErrors:
      fit.method === 'mle' ? 'stands at its bound, or the likelihood is flat there' : 'nothing was fitted',
    persistence,
    halfLife: halfLifeOf(persistence),
    unconditional: unconditionalOf(fit, persistence),
    forecast: forecastOf(symbol, horizonOf(fit, horizon)),
  };
}

/** The periods that can be forecast. */
export function horizonOf({ model, dist }: Pick<GarchFit, 'model' | 'dist'>, horizon: number): number {
  return model === 'egarch' && dist !== 'normal' ? 1 : horizon;
}

function parameterRows({ params, stdErrors }: GarchFit): ParameterRow[] {
  const robust = stdErrors && valuesOf(stdErrors.robust);
  const hessian = stdErrors && valuesOf(stdErrors.hessian);
  return valuesOf(params).map(([name, estimate], i) => {
    const robustStdError = robust?.[i]![1] ?? Number.NaN;
    const hessianStdError = hessian?.[i]![1] ?? Number.NaN;
    const tStat = estimate / robustStdError;
    return {
      name,
      estimate,
      robustStdError,
      hessianStdError,
      tStat,
      pValue: 2 * normalCdf(-Math.abs(tStat)),
    };
  });
}

function valuesOf({ mu, phi, omega, alpha, gamma, beta, nu, lambda }: GarchParameters): [string, number][] {
  const one = (name: string, value: number | undefined): [string, number][] =>
    value === undefined ? [] : [[name, value]];
  const each = (name: string, values: readonly number[]): [string, number][] =>
    values.map((value, i) => [`${name}[${i + 1}]`, value]);
  return [
    ...one('mu', mu),
    ...one('phi', phi),
    ['omega', omega],
    ...each('alpha', alpha),
    ...each('gamma', gamma),
    ...each('beta', beta),
    ...one('nu', nu),
    ...one('lambda', lambda),
  ];
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function persistenceOf({ method, model, params }: GarchFit): Stated {
  if (method !== 'mle') return { value: Number.NaN, reason: 'nothing was fitted' };
  const { alpha, gamma, beta } = params;
  return { value: model === 'egarch' ? total(beta) : total(alpha) + total(gamma) / 2 + total(beta) };
}

function halfLifeOf({ value, reason }: Stated): Stated {
  if (reason !== undefined) return { value, reason };
  if (value >= FOREVER)
    return { value: Number.NaN, reason: 'a shock does not die out: the persistence is 1' };
  return { value: value > 0 ? LOG_HALF / log(value) : 0 };
}

function unconditionalOf(fit: GarchFit, persistence: Stated): Stated {
  const { method, model, dist, params, forecastVolatility } = fit;
  if (method === 'sample-fallback') return { value: forecastVolatility };
  if (persistence.reason !== undefined) return persistence;
  if (persistence.value >= FOREVER)
    return { value: Number.NaN, reason: 'there is no long-run variance: the persistence is 1' };
  if (model === 'garch') return { value: Math.sqrt(params.omega / (1 - persistence.value)) };
  if (dist !== 'normal')
    return { value: Number.NaN, reason: 'infinite for EGARCH with residuals of fat tails' };
  const settled = persistence.value > 0 ? LOG_SETTLED / log(persistence.value) : 1;
  const periods = Math.max(1, Math.min(SETTLED_MAX, Math.ceil(settled)));
  return { value: Math.sqrt(fit.forecast(periods)[periods - 1]!) };
}

/**
 * Variances ahead, the volatility of the whole way, and prices. With AR(1) a shock of one period moves the returns after
 * it too: of h periods it counts 1 + phi + ... + phi^(h - 1) times.
 */
function forecastOf({ fit, close, returns }: SymbolFit, horizon: number): ForecastModel {
  const variance = fit.forecast(horizon);
  const { mu = 0, phi = 0 } = fit.params;
  const weights = new Float64Array(horizon);
  const toDate = new Float64Array(horizon);
  const expected = new Float64Array(horizon);
  let power = 1;
  let weight = 0;
  let sum = 0;
  let before = returns[returns.length - 1]!;
  let price = close.findLast((value) => !Number.isNaN(value))!;
  for (let h = 0; h < horizon; h++) {
    weight += power;
    power *= phi;
    weights[h] = weight * weight;
    if (phi === 0) sum += variance[h]!;
    else {
      sum = 0;
      for (let j = 0; j <= h; j++) sum += variance[j]! * weights[h - j]!;
    }
    toDate[h] = Math.sqrt(sum);
    before = mu + phi * before;
    price *= 1 + before;
    expected[h] = price;
  }
  return {
    volatility: variance.map(Math.sqrt),
    toDate,
    expected,
    bands: [-2, -1, 1, 2].map((deviations) => ({
      deviations,
      price: expected.map((value, h) => value * exp(deviations * toDate[h]!)),
    })),
  };
}

/** Periods ahead that a table shows: 1 to 5, then fewer and fewer, and the last. */
export function shownPeriods(horizon: number): number[] {
  const round = [1, 2, 3, 4, 5, 10, 20, 40, 60, 120, 250, 500, 1_000, 2_500, 5_000];
  return [...round.filter((period) => period < horizon), horizon];
}
