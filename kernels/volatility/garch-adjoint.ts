import { exp } from '../special/exp.js';
import { SHORT_LAGS, threeLagAdjoint } from './garch-three-lags.js';

/** Turns of one call: see garch-three-lags. */
const BLOCK = 128;

/**
 * Derivatives of a log-likelihood after the parameters of the variances, from those after each variance.
 *
 * residuals, p, o, q, parameters, at, backcast, lower, upper, variances  as for `garchVariances`, which came before
 * varianceSlope  n derivatives after each variance with the others fixed; overwritten by those with the later
 *                variances moving along
 * residualSlope  n derivatives after each residual with the variances fixed; the way through the later variances is
 *                added
 * gradient       from `at` on 1 + p + o + q derivatives
 *
 * Backwards through time: what a variance does to the later ones is known when it is reached. The cost does not grow
 * with the parameters of the mean. `backcast` counts as fixed.
 * O(n (p + o + q)).
 */
export function garchAdjoint(
  residuals: Float64Array,
  p: number,
  o: number,
  q: number,
  parameters: Float64Array,
  at: number,
  backcast: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
  varianceSlope: Float64Array,
  residualSlope: Float64Array,
  gradient: Float64Array,
): void {
  if (p === 1 && o < 2 && q === 1) {
    for (let k = at; k < at + 3 + o; k++) gradient[k] = 0;
    for (let to = residuals.length; to > 0; to -= BLOCK) {
      const from = to > BLOCK ? to - BLOCK : 0;
      oneOne(
        residuals,
        o,
        parameters,
        at,
        lower,
        upper,
        variances,
        varianceSlope,
        residualSlope,
        gradient,
        from,
        to,
      );
    }
    const first = backcast * varianceSlope[0];
    gradient[at + 1] += first;
    if (o === 1) gradient[at + 2] += 0.5 * first;
    gradient[at + 2 + o] += first;
    return;
  }
  if (p <= SHORT_LAGS && o <= SHORT_LAGS && q <= SHORT_LAGS) {
    threeLagAdjoint(
      residuals,
      p,
      o,
      q,
      parameters,
      at,
      backcast,
      lower,
      upper,
      variances,
      varianceSlope,
      residualSlope,
      gradient,
    );
    return;
  }
  const n = residuals.length;
  const alphaAt = at + 1;
  const gammaAt = alphaAt + p;
  const betaAt = gammaAt + o;
  for (let k = at; k < betaAt + q; k++) gradient[k] = 0;
  let omegaSlope = 0;
  for (let t = n - 1; t >= 0; t--) {
    let slope = varianceSlope[t];
    for (let j = 1; j <= q && t + j < n; j++) slope += parameters[betaAt + j - 1] * varianceSlope[t + j];
    const e = residuals[t];
    let pull = 0;
    for (let j = 1; j <= p && t + j < n; j++) pull += parameters[alphaAt + j - 1] * varianceSlope[t + j];
    if (e < 0) {
      for (let j = 1; j <= o && t + j < n; j++) pull += parameters[gammaAt + j - 1] * varianceSlope[t + j];
    }
    residualSlope[t] += 2 * e * pull;
    const variance = variances[t];
    if (variance <= lower[t]) slope = 0;
    else if (variance > upper[t]) slope *= exp(upper[t] - variance) / upper[t];
    varianceSlope[t] = slope;
    omegaSlope += slope;
    for (let j = 1; j <= p; j++) {
      gradient[alphaAt + j - 1] += slope * (t < j ? backcast : residuals[t - j] * residuals[t - j]);
    }
    for (let j = 1; j <= o; j++) {
      const before = t < j ? 0 : residuals[t - j];
      gradient[gammaAt + j - 1] += slope * (t < j ? 0.5 * backcast : before < 0 ? before * before : 0);
    }
    for (let j = 1; j <= q; j++) {
      gradient[betaAt + j - 1] += slope * (t < j ? backcast : variances[t - j]);
    }
  }
  gradient[at] = omegaSlope;
}

/** `garchAdjoint` for p = q = 1, without loops over lags: a part of it, whose sums are added to the gradient. */
function oneOne(
  residuals: Float64Array,
  o: number,
  parameters: Float64Array,
  at: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
  varianceSlope: Float64Array,
  residualSlope: Float64Array,
  gradient: Float64Array,
  from: number,
  to: number,
): void {
  const alpha = parameters[at + 1];
  const gamma = o * parameters[at + 2]; // o is 0 or 1, and 0 without a point stands in the way of fast code
  const beta = parameters[at + 2 + o];
  let later = to < residuals.length ? varianceSlope[to] : 0;
  let omegaSlope = 0;
  let alphaSlope = 0;
  let gammaSlope = 0;
  let betaSlope = 0;
  for (let t = to - 1; t >= from; t--) {
    const e = residuals[t];
    const below = 0.5 * (Math.abs(e) - e); // its size where it is negative, else 0: no branch on the data
    const variance = variances[t];
    alphaSlope += e * e * later;
    gammaSlope += below * below * later;
    betaSlope += variance * later;
    residualSlope[t] += 2 * (alpha * e - gamma * below) * later;
    let slope = varianceSlope[t] + beta * later;
    if (!(variance > lower[t] && variance <= upper[t])) {
      slope = variance <= lower[t] ? 0 : (slope * exp(upper[t] - variance)) / upper[t];
    }
    varianceSlope[t] = slope;
    omegaSlope += slope;
    later = slope;
  }
  gradient[at] += omegaSlope;
  gradient[at + 1] += alphaSlope;
  if (o === 1) gradient[at + 2] += gammaSlope;
  gradient[at + 2 + o] += betaSlope;
}
