/** GARCH(p, q) with normal residuals, slow and plain: the likelihood as it is written, searched without derivatives. */
import { log } from '../../kernels/special/log.js';
import { nelderMead } from './nelder-mead.js';

/** The model of the twin. */
export interface ReferenceGarchModel {
  readonly p: number;
  readonly q: number;
  readonly mean: 'zero' | 'constant' | 'ar1';
  /** Fewest returns that are fitted. */
  readonly minObservations: number;
}

/** What the twin finds; volatility and parameters in units of the returns. */
export interface ReferenceGarch {
  /** Of the next period. */
  readonly forecastVolatility: number;
  /** NaN where nothing was fitted. */
  readonly logLikelihood: number;
  readonly status: 'fitted' | 'too-few-observations' | 'zero-variance';
}

/** What holds before the first residual: the mean of the first 75 squares, each weighing 0.94 times the one before. */
function backcastOf(residuals: readonly number[]): number {
  let weights = 0;
  let total = 0;
  let weight = 1;
  for (const e of residuals.slice(0, 75)) {
    weights += weight;
    total += weight * e * e;
    weight *= 0.94;
  }
  return total / weights;
}

/** Residuals of the returns about a mean of none, one (constant) or two (and weight of the return before) parameters. */
function residualsOf(returns: readonly number[], mean: readonly number[]): number[] {
  const [mu = 0, phi] = mean;
  if (phi === undefined) return returns.map((r) => r - mu);
  return returns.slice(1).map((r, t) => r - mu - phi * returns[t]!);
}

/** Variances of the residuals, then that of the period after the last. */
function variancesOf(
  residuals: readonly number[],
  omega: number,
  alpha: readonly number[],
  beta: readonly number[],
  backcast: number,
): number[] {
  const variances: number[] = [];
  for (let t = 0; t <= residuals.length; t++) {
    let variance = omega;
    for (const [k, a] of alpha.entries()) {
      const e = residuals[t - 1 - k];
      variance += a * (e === undefined ? backcast : e * e);
    }
    for (const [k, b] of beta.entries()) variance += b * (variances[t - 1 - k] ?? backcast);
    variances.push(variance);
  }
  return variances;
}

/** 2 π. */
const CIRCLE = 6.283185307179586;

function logLikelihoodOf(residuals: readonly number[], variances: readonly number[]): number {
  let total = 0;
  for (const [t, e] of residuals.entries()) {
    total -= 0.5 * (log(CIRCLE) + log(variances[t]!) + (e * e) / variances[t]!);
  }
  return total;
}

/** Least squares for the mean. */
function firstMean(returns: readonly number[], mean: ReferenceGarchModel['mean']): number[] {
  const averageOf = (values: readonly number[]): number =>
    values.reduce((sum, x) => sum + x, 0) / values.length;
  if (mean === 'zero') return [];
  if (mean === 'constant') return [averageOf(returns)];
  const before = averageOf(returns.slice(0, -1));
  const after = averageOf(returns.slice(1));
  let across = 0;
  let along = 0;
  for (let t = 1; t < returns.length; t++) {
    across += (returns[t - 1]! - before) * (returns[t]! - after);
    along += (returns[t - 1]! - before) * (returns[t - 1]! - before);
  }
  const phi = along > 0 ? across / along : 0;
  return [after - phi * before, phi];
}

/** The root mean square of the returns, less their mean where one was asked for. */
function sampleFallback(
  returns: readonly number[],
  model: ReferenceGarchModel,
  status: ReferenceGarch['status'],
): ReferenceGarch {
  const equal = returns.every((r) => r === returns[0]);
  const average = equal ? returns[0]! : returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const mu = model.mean === 'zero' ? 0 : average;
  const largest = returns.reduce((most, r) => Math.max(most, Math.abs(r - mu)), 0);
  const squares = returns.map((r) => (largest > 0 ? ((r - mu) / largest) * ((r - mu) / largest) : 0));
  const variance = squares.reduce((sum, x) => sum + x, 0) / returns.length;
  return {
    forecastVolatility: largest * Math.sqrt(variance),
    logLikelihood: Number.NaN,
    status,
  };
}

/** Whether the returns vary by more than rounding. */
function moves(returns: readonly number[]): boolean {
  const largest = returns.reduce((most, r) => Math.max(most, Math.abs(r)), 0);
  if (!(largest > 1e-150)) return false;
  const units = returns.map((r) => r / largest);
  const average = units.reduce((sum, x) => sum + x, 0) / units.length;
  return units.reduce((sum, x) => sum + (x - average) * (x - average), 0) > units.length * 1e-28;
}

/** Fits the model to at least one return and forecasts; see `fitGarch`, which this is the twin of. */
export function referenceGarch(returns: readonly number[], model: ReferenceGarchModel): ReferenceGarch {
  const { p, q, mean, minObservations } = model;
  const least = Math.max(minObservations, 2 + p + q);
  const used = returns.length - (mean === 'ar1' ? 1 : 0);
  if (!moves(returns)) return sampleFallback(returns, model, 'zero-variance');
  if (used < least) return sampleFallback(returns, model, 'too-few-observations');
  const start = firstMean(returns, mean);
  const about = residualsOf(returns, start);
  const unit = Math.sqrt(about.reduce((sum, e) => sum + e * e, 0) / about.length);
  if (!(unit > 0)) return sampleFallback(returns, model, 'zero-variance');
  const values = returns.map((r) => r / unit);
  const scaled = start.map((x, i) => (i === 0 ? x / unit : x));
  const backcast = backcastOf(residualsOf(values, scaled));
  const means = scaled.length;

  /** The nearest parameters that are allowed: positive, and together no more than 1. */
  const allowed = (point: readonly number[]): number[] => {
    const omega = Math.min(10, Math.max(1e-8, point[means]!));
    const rest = point.slice(means + 1).map((x) => Math.min(1, Math.max(0, x)));
    const total = rest.reduce((sum, x) => sum + x, 0);
    return [...point.slice(0, means), omega, ...rest.map((x) => (total > 1 ? x / total : x))];
  };
  const evaluate = (point: readonly number[]): { residuals: number[]; variances: number[] } => {
    const residuals = residualsOf(values, point.slice(0, means));
    const alpha = point.slice(means + 1, means + 1 + p);
    const beta = point.slice(means + 1 + p);
    return { residuals, variances: variancesOf(residuals, point[means]!, alpha, beta, backcast) };
  };
  const minus = (point: readonly number[]): number => {
    const { residuals, variances } = evaluate(allowed(point));
    return -logLikelihoodOf(residuals, variances);
  };
  const starts: { point: number[]; value: number }[] = [];
  for (const a of [0.01, 0.05, 0.1, 0.2, 0.5]) {
    for (const persistence of q === 0 ? [a] : [0.5, 0.7, 0.9, 0.98]) {
      const alpha = new Array<number>(p).fill(a / p);
      const beta = new Array<number>(q).fill(Math.max(0, persistence - a) / Math.max(1, q));
      const point = [...scaled, 1 - Math.min(0.99, persistence), ...alpha, ...beta];
      starts.push({ point, value: minus(point) });
    }
  }
  starts.sort((one, other) => one.value - other.value);
  const steps = [...scaled.map(() => 0.1), 0.1, ...new Array<number>(p + q).fill(0.1)];
  const ends = starts
    .slice(0, 3)
    .map(({ point }) => nelderMead(minus, point, steps, 1e-10, 4000 * (means + 1 + p + q)));
  const best = ends.reduce((one, other) => (other.value < one.value ? other : one));
  const { variances } = evaluate(allowed(best.point));
  return {
    forecastVolatility: unit * Math.sqrt(variances.at(-1)!),
    logLikelihood: -best.value - used * log(unit),
    status: 'fitted',
  };
}
