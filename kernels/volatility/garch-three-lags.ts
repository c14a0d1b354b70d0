import { exp } from '../special/exp.js';
import { log } from '../special/log.js';

/** Lags up to which these loops keep everything in local numbers. */
export const SHORT_LAGS = 3;
/** Turns of one call. A function that is called often is compiled well; one long loop, on the way, is not. */
const BLOCK = 128;

/**
 * Conditional variances of GARCH with at most three lags of each kind, from the fourth on.
 *
 * residuals … variances  as for `garchVariances`; p, o and q at most 3, and the first three variances are there
 *
 * `garchVariances` without loops over lags; a lag that is not there counts with a weight of 0. What takes the variance
 * before comes last in the sum, so that the chain from one variance to the next is one product and one sum long.
 * O(n).
 */
export function threeLagVariances(
  residuals: Float64Array,
  p: number,
  o: number,
  q: number,
  parameters: Float64Array,
  at: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
): void {
  const n = residuals.length;
  for (let from = SHORT_LAGS; from < n; from += BLOCK) {
    const to = from + BLOCK < n ? from + BLOCK : n;
    blockOfVariances(residuals, p, o, q, parameters, at, lower, upper, variances, from, to);
  }
}

function blockOfVariances(
  residuals: Float64Array,
  p: number,
  o: number,
  q: number,
  parameters: Float64Array,
  at: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
  from: number,
  to: number,
): void {
  const gammaAt = at + 1 + p;
  const betaAt = gammaAt + o;
  const omega = parameters[at];
  const alpha1 = p > 0 ? parameters[at + 1] : 0;
  const alpha2 = p > 1 ? parameters[at + 2] : 0;
  const alpha3 = p > 2 ? parameters[at + 3] : 0;
  const gamma1 = o > 0 ? parameters[gammaAt] : 0;
  const gamma2 = o > 1 ? parameters[gammaAt + 1] : 0;
  const gamma3 = o > 2 ? parameters[gammaAt + 2] : 0;
  const beta1 = q > 0 ? parameters[betaAt] : 0;
  const beta2 = q > 1 ? parameters[betaAt + 1] : 0;
  const beta3 = q > 2 ? parameters[betaAt + 2] : 0;
  let variance = variances[from - 1];
  for (let t = from; t < to; t++) {
    const e1 = residuals[t - 1];
    const e2 = residuals[t - 2];
    const e3 = residuals[t - 3];
    // Twice the size where it is negative, else 0: no branch on the data.
    const below1 = Math.abs(e1) - e1;
    const below2 = Math.abs(e2) - e2;
    const below3 = Math.abs(e3) - e3;
    const shocks = omega + alpha1 * (e1 * e1) + alpha2 * (e2 * e2) + alpha3 * (e3 * e3);
    const falls = gamma1 * (below1 * below1) + gamma2 * (below2 * below2) + gamma3 * (below3 * below3);
    const known = shocks + 0.25 * falls + beta3 * variances[t - 3] + beta2 * variances[t - 2];
    variance = known + beta1 * variance;
    if (!(variance >= lower[t] && variance <= upper[t])) {
      variance = +variancesWithin(variance, lower[t], upper[t]); // +: else the number is boxed in every turn
    }
    variances[t] = variance;
  }
}

/** A variance brought inside its bounds: the lower one; the upper one and the logarithm of the excess. */
export function variancesWithin(variance: number, lower: number, upper: number): number {
  if (variance < lower) return lower;
  if (variance > upper) return variance < Infinity ? upper + log(variance / upper) : upper + 1000;
  return variance;
}

/**
 * `garchAdjoint` with at most three lags of each kind, without loops over lags.
 *
 * residuals … gradient  as there; p, o and q at most 3
 *
 * O(n).
 */
export function threeLagAdjoint(
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
  const n = residuals.length;
  for (let k = at; k < at + 1 + p + o + q; k++) gradient[k] = 0;
  for (let to = n; to > 0; to -= BLOCK) {
    const from = to > BLOCK ? to - BLOCK : 0;
    blockOfAdjoint(
      residuals,
      p,
      o,
      q,
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
  // Before the first three variances stands the backcast.
  let sum = 0;
  for (let j = 1; j <= SHORT_LAGS && j <= n; j++) {
    sum += backcast * varianceSlope[j - 1];
    if (j <= p) gradient[at + j] += sum;
    if (j <= o) gradient[at + p + j] += 0.5 * sum;
    if (j <= q) gradient[at + p + o + j] += sum;
  }
}

function blockOfAdjoint(
  residuals: Float64Array,
  p: number,
  o: number,
  q: number,
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
  const n = residuals.length;
  const gammaAt = at + 1 + p;
  const betaAt = gammaAt + o;
  const alpha1 = p > 0 ? parameters[at + 1] : 0;
  const alpha2 = p > 1 ? parameters[at + 2] : 0;
  const alpha3 = p > 2 ? parameters[at + 3] : 0;
  const gamma1 = o > 0 ? parameters[gammaAt] : 0;
  const gamma2 = o > 1 ? parameters[gammaAt + 1] : 0;
  const gamma3 = o > 2 ? parameters[gammaAt + 2] : 0;
  const beta1 = q > 0 ? parameters[betaAt] : 0;
  const beta2 = q > 1 ? parameters[betaAt + 1] : 0;
  const beta3 = q > 2 ? parameters[betaAt + 2] : 0;
  // Slopes of the next variance, of the one after it, and of the third.
  let next1 = to < n ? varianceSlope[to] : 0;
  let next2 = to + 1 < n ? varianceSlope[to + 1] : 0;
  let next3 = to + 2 < n ? varianceSlope[to + 2] : 0;
  let omegaSlope = 0;
  let byAlpha1 = 0;
  let byAlpha2 = 0;
  let byAlpha3 = 0;
  let byGamma1 = 0;
  let byGamma2 = 0;
  let byGamma3 = 0;
  let byBeta1 = 0;
  let byBeta2 = 0;
  let byBeta3 = 0;
  for (let t = to - 1; t >= from; t--) {
    const e = residuals[t];
    const below = 0.5 * (Math.abs(e) - e);
    const square = e * e;
    const fallen = below * below;
    const variance = variances[t];
    byAlpha1 += square * next1;
    byAlpha2 += square * next2;
    byAlpha3 += square * next3;
    byGamma1 += fallen * next1;
    byGamma2 += fallen * next2;
    byGamma3 += fallen * next3;
    byBeta1 += variance * next1;
    byBeta2 += variance * next2;
    byBeta3 += variance * next3;
    const pull = alpha1 * next1 + alpha2 * next2 + alpha3 * next3;
    const fall = gamma1 * next1 + gamma2 * next2 + gamma3 * next3;
    residualSlope[t] += 2 * (e * pull - below * fall);
    let slope = varianceSlope[t] + beta3 * next3 + beta2 * next2 + beta1 * next1;
    if (!(variance > lower[t] && variance <= upper[t])) {
      slope = variance <= lower[t] ? 0 : (slope * exp(upper[t] - variance)) / upper[t];
    }
    varianceSlope[t] = slope;
    omegaSlope += slope;
    next3 = next2;
    next2 = next1;
    next1 = slope;
  }
  gradient[at] += omegaSlope;
  if (p > 0) gradient[at + 1] += byAlpha1;
  if (p > 1) gradient[at + 2] += byAlpha2;
  if (p > 2) gradient[at + 3] += byAlpha3;
  if (o > 0) gradient[gammaAt] += byGamma1;
  if (o > 1) gradient[gammaAt + 1] += byGamma2;
  if (o > 2) gradient[gammaAt + 2] += byGamma3;
  if (q > 0) gradient[betaAt] += byBeta1;
  if (q > 1) gradient[betaAt + 1] += byBeta2;
  if (q > 2) gradient[betaAt + 2] += byBeta3;
}
