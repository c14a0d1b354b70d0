import { exp } from '../special/exp.js';
import { log } from '../special/log.js';

/** Mean size of a standard normal number: sqrt(2 / pi). */
const MEAN_SIZE = 0.7978845608028654;
const LOG_MOST = 709.6827;
/** Turns of one call: see garch-three-lags. */
const BLOCK = 128;

/**
 * Conditional variances of EGARCH(p, o, q) (Nelson).
 *
 * residuals     n numbers e
 * p, o, q       lags of the size of standardised residuals, of themselves, and of logarithms of variances
 * parameters    from `at` on omega, p alphas, o gammas, q betas
 * backcast      variance before the first; what comes from residuals before the first is 0
 * lower, upper  n bounds of the variance
 * variances     n variances: log variance = omega + sum alpha (|z| - sqrt(2 / pi)) + sum gamma z + sum beta log variance,
 *               with z = e / sqrt(variance)
 * logs          n logarithms of them
 * shocks        n standardised residuals z
 *
 * O(n (p + o + q)). Source: D. Nelson, Conditional heteroskedasticity in asset returns, 1991; as in arch 8.0.0.
 */
export function egarchVariances(
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
  logs: Float64Array,
  shocks: Float64Array,
): void {
  const n = residuals.length;
  const before = log(backcast);
  const single = p === 1 && o < 2 && q === 1;
  for (let t = 0; t < (single ? 1 : n); t++) {
    let value = parameters[at];
    let k = at + 1;
    for (let j = 1; j <= p; j++, k++) {
      if (t >= j) value += parameters[k] * (Math.abs(shocks[t - j]) - MEAN_SIZE);
    }
    for (let j = 1; j <= o; j++, k++) {
      if (t >= j) value += parameters[k] * shocks[t - j];
    }
    for (let j = 1; j <= q; j++, k++) value += parameters[k] * (t < j ? before : logs[t - j]);
    const variance = +varianceWithin(value, lower[t], upper[t]);
    if (variance === lower[t] || variance > upper[t]) value = +log(variance); // +: else the number is boxed in every turn
    variances[t] = variance;
    logs[t] = value;
    shocks[t] = residuals[t] / Math.sqrt(variance);
  }
  for (let from = 1; single && from < n; from += BLOCK) {
    const to = from + BLOCK < n ? from + BLOCK : n;
    oneLagVariances(residuals, o, parameters, at, lower, upper, variances, logs, shocks, from, to);
  }
}

/** `egarchVariances` for p = q = 1, a part of the variances. */
function oneLagVariances(
  residuals: Float64Array,
  o: number,
  parameters: Float64Array,
  at: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
  logs: Float64Array,
  shocks: Float64Array,
  from: number,
  to: number,
): void {
  const omega = parameters[at];
  const alpha = parameters[at + 1];
  const gamma = o * parameters[at + 2]; // o is 0 or 1, and 0 without a point stands in the way of fast code
  const beta = parameters[at + 2 + o];
  let value = logs[from - 1];
  let z = shocks[from - 1];
  for (let t = from; t < to; t++) {
    value = omega + alpha * (Math.abs(z) - MEAN_SIZE) + gamma * z + beta * value;
    const variance = +varianceWithin(value, lower[t], upper[t]);
    if (variance === lower[t] || variance > upper[t]) value = +log(variance);
    variances[t] = variance;
    logs[t] = value;
    z = residuals[t] / Math.sqrt(variance);
    shocks[t] = z;
  }
}

/** The variance of a logarithm, brought inside its bounds: the lower one; the upper one and the logarithm of the excess. */
function varianceWithin(value: number, lower: number, upper: number): number {
  const variance = exp(value > LOG_MOST ? LOG_MOST : value);
  if (variance < lower) return lower;
  return variance > upper ? upper + (value > LOG_MOST ? LOG_MOST : value) - log(upper) : variance;
}

/**
 * Derivatives of a log-likelihood after the parameters of `egarchVariances`, from those after each variance.
 *
 * p … shocks     as there, which came before
 * varianceSlope  n derivatives after each variance with the others fixed; overwritten by those after the logarithms
 *                of the variances with the later ones moving along
 * residualSlope  n derivatives after each residual; the way through the later variances is added
 * gradient       from `at` on 1 + p + o + q derivatives
 *
 * Backwards through time, as `garchAdjoint`; a variance at a bound moves with nothing.
 * O(n (p + o + q)).
 */
export function egarchAdjoint(
  p: number,
  o: number,
  q: number,
  parameters: Float64Array,
  at: number,
  backcast: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
  logs: Float64Array,
  shocks: Float64Array,
  varianceSlope: Float64Array,
  residualSlope: Float64Array,
  gradient: Float64Array,
): void {
  const n = shocks.length;
  const before = log(backcast);
  const alphaAt = at + 1;
  const gammaAt = alphaAt + p;
  const betaAt = gammaAt + o;
  for (let k = at; k < betaAt + q; k++) gradient[k] = 0;
  if (p === 1 && o < 2 && q === 1) {
    for (let to = n; to > 0; to -= BLOCK) {
      const from = to > BLOCK ? to - BLOCK : 0;
      oneLagAdjoint(
        o,
        parameters,
        at,
        lower,
        upper,
        variances,
        logs,
        shocks,
        varianceSlope,
        residualSlope,
        gradient,
        from,
        to,
      );
    }
    gradient[betaAt] += before * varianceSlope[0];
    return;
  }
  for (let t = n - 1; t >= 0; t--) {
    const variance = variances[t];
    const z = shocks[t];
    let bySize = 0;
    let bySign = 0;
    let slope = varianceSlope[t] * variance;
    for (let j = 1; j <= p && t + j < n; j++) bySize += parameters[alphaAt + j - 1] * varianceSlope[t + j];
    for (let j = 1; j <= o && t + j < n; j++) bySign += parameters[gammaAt + j - 1] * varianceSlope[t + j];
    for (let j = 1; j <= q && t + j < n; j++) slope += parameters[betaAt + j - 1] * varianceSlope[t + j];
    const pull = (z < 0 ? -bySize : bySize) + bySign;
    residualSlope[t] += pull / Math.sqrt(variance);
    slope -= 0.5 * z * pull;
    if (variance <= lower[t] || variance > upper[t]) slope = 0;
    varianceSlope[t] = slope;
    gradient[at] += slope;
    for (let j = 1; j <= p && j <= t; j++) {
      gradient[alphaAt + j - 1] += slope * (Math.abs(shocks[t - j]) - MEAN_SIZE);
    }
    for (let j = 1; j <= o && j <= t; j++) gradient[gammaAt + j - 1] += slope * shocks[t - j];
    for (let j = 1; j <= q; j++) gradient[betaAt + j - 1] += slope * (t < j ? before : logs[t - j]);
  }
}

/** `egarchAdjoint` for p = q = 1, without loops over lags: a part of it, whose sums are added to the gradient. */
function oneLagAdjoint(
  o: number,
  parameters: Float64Array,
  at: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
  logs: Float64Array,
  shocks: Float64Array,
  varianceSlope: Float64Array,
  residualSlope: Float64Array,
  gradient: Float64Array,
  from: number,
  to: number,
): void {
  const alpha = parameters[at + 1];
  const gamma = o * parameters[at + 2]; // o is 0 or 1, and 0 without a point stands in the way of fast code
  const beta = parameters[at + 2 + o];
  let later = to < shocks.length ? varianceSlope[to] : 0;
  let byOmega = 0;
  let byAlpha = 0;
  let byGamma = 0;
  let byBeta = 0;
  for (let t = to - 1; t >= from; t--) {
    const variance = variances[t];
    const z = shocks[t];
    const size = Math.abs(z);
    byAlpha += later * (size - MEAN_SIZE);
    byGamma += later * z;
    byBeta += later * logs[t];
    residualSlope[t] += (((z < 0 ? -alpha : alpha) + gamma) * later) / Math.sqrt(variance);
    let slope = varianceSlope[t] * variance + (beta - 0.5 * (alpha * size + gamma * z)) * later;
    if (variance <= lower[t] || variance > upper[t]) slope = 0;
    varianceSlope[t] = slope;
    byOmega += slope;
    later = slope;
  }
  gradient[at] += byOmega;
  gradient[at + 1] += byAlpha;
  if (o === 1) gradient[at + 2] += byGamma;
  gradient[at + 2 + o] += byBeta;
}

/**
 * Derivatives of every variance after the parameters of mean and variance, forwards through time.
 *
 * p … shocks                as for `egarchVariances`, which came before
 * design, columns, slopes   as for `garchSensitivities`
 *
 * O(n (p + o + q) columns).
 */
export function egarchSensitivities(
  p: number,
  o: number,
  q: number,
  parameters: Float64Array,
  at: number,
  backcast: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
  logs: Float64Array,
  shocks: Float64Array,
  design: Float64Array,
  columns: number,
  slopes: Float64Array,
): void {
  const n = shocks.length;
  const used = at + 1 + p + o + q;
  const first = log(backcast);
  for (let t = 0; t < n; t++) {
    const row = t * columns;
    for (let k = 0; k < used; k++) slopes[row + k] = 0;
    if (variances[t] <= lower[t] || variances[t] > upper[t]) continue;
    slopes[row + at] = 1;
    for (let j = 1; j <= Math.max(p, o, q); j++) {
      if (j <= q) slopes[row + at + p + o + j] += t < j ? first : logs[t - j];
      if (t < j) continue;
      const inverse = 1 / Math.sqrt(variances[t - j]);
      const z = shocks[t - j];
      const alpha = j <= p ? parameters[at + j] : 0;
      const gamma = j <= o ? parameters[at + p + j] : 0;
      const beta = j <= q ? parameters[at + p + o + j] : 0;
      const pull = (z < 0 ? -alpha : alpha) + gamma;
      if (j <= p) slopes[row + at + j] += Math.abs(z) - MEAN_SIZE;
      if (j <= o) slopes[row + at + p + j] += z;
      // Rows hold derivatives of variances: those of logarithms are a variance smaller.
      const along = (beta - 0.5 * z * pull) / variances[t - j];
      const before = (t - j) * columns;
      for (let i = 0; i < used; i++) slopes[row + i] += along * slopes[before + i];
      for (let i = 0; i < at; i++) slopes[row + i] -= pull * inverse * design[(t - j) * at + i];
    }
    for (let k = 0; k < used; k++) slopes[row + k] *= variances[t];
  }
}
