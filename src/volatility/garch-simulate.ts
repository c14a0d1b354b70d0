/** Returns drawn from a GARCH model. */
import { nextUniform } from '../../kernels/random/generator.js';
import { exp } from '../../kernels/special/exp.js';
import { lgammaHalfStep } from '../../kernels/special/lgamma-half-step.js';
import { log } from '../../kernels/special/log.js';
import { normalQuantile } from '../../kernels/special/normal-quantile.js';
import { studentTQuantile } from '../../kernels/special/student-t-quantile.js';
import { checkInteger, checkKeys, checkNumber, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import { seedState } from '../seed.js';
import type { GarchFit, GarchParameters } from './garch-types.js';

/** Options of `simulateGarch`. */
export interface GarchSimulationOptions {
  /** A whole number or a text, as for every seed; default 42. */
  readonly seed?: number | string;
  /** Periods that are drawn first and left out, 0 to 1,000,000; default 500. */
  readonly burn?: number;
}

/** What is simulated: a fit, or its parameters, law and kind (`garch` by default). */
export type SimulatedModel = Pick<GarchFit, 'params' | 'dist'> & Partial<Pick<GarchFit, 'model'>>;

/** Simulated returns and the variances they were drawn with. */
export interface GarchSimulation {
  readonly returns: Float64Array;
  readonly variances: Float64Array;
}

const COUNT_MAX = 100_000_000;
/** Mean size of a standard normal number. */
const MEAN_SIZE = 0.7978845608028654;
const LOG_PI = 1.1447298858494002;

/**
 * Draws n returns from a fitted GARCH model.
 *
 * fit      what `fitGarch` gave, or its `params` and `dist`
 * n        returns, 1 to 100,000,000
 * options  `seed` (42), `burn` (500)
 *
 * The start is the long-run variance, or omega where there is none. Residuals come from uniform numbers by the inverse
 * of their distribution. The same seed gives the same bytes everywhere. Throws `ValidationError` for what is no model:
 * parameters that are not finite, an omega, alpha or beta below 0 (EGARCH may have any), nu of 2 or less, lambda outside
 * −1 to 1, and for the fallback of a fit that did not end (omega 0). O(n).
 */
export function simulateGarch(
  fit: SimulatedModel,
  n: number,
  options: GarchSimulationOptions = {},
): GarchSimulation {
  checkKeys('options', options, ['seed', 'burn']);
  checkInteger('n', n, 1, COUNT_MAX);
  const burn = checkInteger('burn', options.burn ?? 500, 0, 1_000_000);
  checkModel(fit);
  const state = seedState(options.seed ?? 42);
  const draw = residualOf(fit);
  const { mu = 0, phi = 0 } = fit.params;
  const all = n + burn;
  const returns = new Float64Array(all);
  const shocks = new Float64Array(all);
  const variances = new Float64Array(all);
  const next = (fit.model === 'egarch' ? egarchSteps : garchSteps)(fit.params, shocks, variances);
  let before = phi < 1 && phi > -1 ? mu / (1 - phi) : mu;
  for (let t = 0; t < all; t++) {
    variances[t] = next(t);
    shocks[t] = draw(nextUniform(state));
    before = mu + phi * before + shocks[t]! * Math.sqrt(variances[t]!);
    returns[t] = before;
  }
  return { returns: returns.slice(burn), variances: variances.slice(burn) };
}

/** Throws unless `fit` is a model that returns can be drawn from. */
function checkModel(fit: SimulatedModel): void {
  const { params, dist, model } = Object(fit) as Partial<SimulatedModel>;
  if (typeof params !== 'object' || params === null) {
    throw new ValidationError('fit.params', params, 'the parameters of a model', 'pass what fitGarch gave');
  }
  checkOneOf('fit.dist', dist, ['normal', 't', 'skewt']);
  if (model !== undefined) checkOneOf('fit.model', model, ['garch', 'egarch']);
  const least = model === 'egarch' ? -Infinity : 0;
  checkNumber('fit.params.omega', params.omega, least);
  for (const name of ['alpha', 'gamma', 'beta'] as const) {
    const weights = params[name];
    if (!Array.isArray(weights)) {
      throw new ValidationError(
        `fit.params.${name}`,
        weights,
        'an array of numbers, one a lag',
        'pass [] for none',
      );
    }
    const from = name === 'gamma' ? -Infinity : least;
    for (let i = 0; i < weights.length; i++) checkNumber(`fit.params.${name}[${i}]`, weights[i], from);
  }
  if (model !== 'egarch' && params.omega === 0 && params.alpha.length + params.beta.length > 0) {
    throw new ValidationError(
      'fit.params.omega',
      0,
      'above 0: from 0 every variance stays 0',
      "pass a fit whose method is 'mle': an exponentially weighted variance is no model to draw from",
    );
  }
  checkNumber('fit.params.mu', params.mu ?? 0);
  checkNumber('fit.params.phi', params.phi ?? 0);
  if (dist === 'normal') return;
  const { nu } = params;
  if (typeof nu !== 'number' || !(nu > 2 && nu < Infinity)) {
    throw new ValidationError(
      'fit.params.nu',
      nu,
      `a number above 2 for dist '${dist!}'`,
      "pass degrees of freedom, or dist 'normal'",
    );
  }
  if (dist === 'skewt') checkNumber('fit.params.lambda', params.lambda ?? 0, -1, 1);
}

/** Variance t from the standardised shocks and the variances before it. */
type Steps = (
  params: GarchParameters,
  shocks: Float64Array,
  variances: Float64Array,
) => (t: number) => number;

const garchSteps: Steps = ({ omega, alpha, gamma, beta }, shocks, variances) => {
  let persistence = 0;
  for (const value of alpha) persistence += value;
  for (const value of gamma) persistence += 0.5 * value;
  for (const value of beta) persistence += value;
  const start = persistence < 1 ? omega / (1 - persistence) : omega;
  const square = (t: number): number => shocks[t]! * shocks[t]! * variances[t]!;
  return (t) => {
    let variance = omega;
    for (let j = 0; j < alpha.length; j++) variance += alpha[j]! * (t > j ? square(t - 1 - j) : start);
    for (let j = 0; j < gamma.length; j++) {
      const fallen = t > j && shocks[t - 1 - j]! < 0 ? square(t - 1 - j) : 0;
      variance += gamma[j]! * (t > j ? fallen : 0.5 * start);
    }
    for (let j = 0; j < beta.length; j++) variance += beta[j]! * (t > j ? variances[t - 1 - j]! : start);
    return variance;
  };
};

const egarchSteps: Steps = ({ omega, alpha, gamma, beta }, shocks, variances) => {
  let persistence = 0;
  for (const value of beta) persistence += value;
  const start = persistence < 1 ? omega / (1 - persistence) : omega;
  return (t) => {
    let value = omega;
    for (let j = 0; j < alpha.length && j < t; j++)
      value += alpha[j]! * (Math.abs(shocks[t - 1 - j]!) - MEAN_SIZE);
    for (let j = 0; j < gamma.length && j < t; j++) value += gamma[j]! * shocks[t - 1 - j]!;
    for (let j = 0; j < beta.length; j++) value += beta[j]! * (t > j ? log(variances[t - 1 - j]!) : start);
    return exp(value);
  };
};

/** The standardised residual below which a share of `u` lies. */
function residualOf({ params, dist }: SimulatedModel): (u: number) => number {
  // Between the multiples of 2^-53, so that 0 and 1 are never met.
  const inside = (u: number): number => (u < 0.5 ? u + 5.551115123125783e-17 : u);
  if (dist === 'normal') return (u) => normalQuantile(inside(u));
  const nu = params.nu!;
  const unit = Math.sqrt((nu - 2) / nu);
  if (dist === 't') return (u) => unit * studentTQuantile(inside(u), nu);
  return skewedResidual(params, nu, unit, inside);
}

function skewedResidual(
  { lambda = 0 }: GarchParameters,
  nu: number,
  unit: number,
  inside: (u: number) => number,
): (u: number) => number {
  const c = exp(lgammaHalfStep(0.5 * nu) - 0.5 * (LOG_PI + log(nu - 2)));
  const a = (4 * lambda * c * (nu - 2)) / (nu - 1);
  const b = Math.sqrt(1 + 3 * lambda * lambda - a * a);
  const left = 0.5 * (1 - lambda);
  return (share) => {
    const u = inside(share);
    const side = u < left ? 1 - lambda : 1 + lambda;
    const p = u < left ? u / (1 - lambda) : 0.5 + (u - left) / (1 + lambda);
    return (side * unit * studentTQuantile(p, nu) - a) / b;
  };
}
