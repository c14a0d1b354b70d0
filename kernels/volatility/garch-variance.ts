import { SHORT_LAGS, threeLagVariances, variancesWithin } from './garch-three-lags.js';

/** Turns of one call: see garch-three-lags. */
const BLOCK = 128;

/**
 * Conditional variances of GARCH(p, q) with o asymmetric lags (Glosten, Jagannathan and Runkle).
 *
 * residuals     n numbers
 * p, o, q       lags of squares, of squares of negative residuals, and of variances
 * parameters    from `at` on omega, p alphas, o gammas, q betas
 * backcast      every square and variance before the first; half of it for the asymmetric lags
 * lower, upper  n bounds: below, the variance is the bound; above, the bound and the logarithm of the excess
 * variances     n variances: omega + sum alpha e^2 + sum gamma e^2 [e < 0] + sum beta variance
 *
 * O(n (p + o + q)). Reference: arch 8.0.0, whose conditional volatilities it gives to the last digits.
 */
export function garchVariances(
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
): void {
  const n = residuals.length;
  const single = p === 1 && o < 2 && q === 1;
  const short = p <= SHORT_LAGS && o <= SHORT_LAGS && q <= SHORT_LAGS;
  const head = single ? 1 : short ? SHORT_LAGS : n;
  for (let t = 0; t < n && t < head; t++) {
    let variance = parameters[at];
    let k = at + 1;
    for (let j = 1; j <= p; j++) {
      variance += parameters[k++] * (t < j ? backcast : residuals[t - j] * residuals[t - j]);
    }
    for (let j = 1; j <= o; j++) {
      const e = t < j ? 0 : residuals[t - j];
      variance += parameters[k++] * (t < j ? 0.5 * backcast : e < 0 ? e * e : 0);
    }
    for (let j = 1; j <= q; j++) variance += parameters[k++] * (t < j ? backcast : variances[t - j]);
    variances[t] = variancesWithin(variance, lower[t], upper[t]);
  }
  if (single) {
    for (let from = 1; from < n; from += BLOCK) {
      const to = from + BLOCK < n ? from + BLOCK : n;
      oneLagVariances(residuals, o, parameters, at, lower, upper, variances, from, to);
    }
  } else if (short) threeLagVariances(residuals, p, o, q, parameters, at, lower, upper, variances);
}

/** `garchVariances` for p = q = 1, a part of the variances. */
function oneLagVariances(
  residuals: Float64Array,
  o: number,
  parameters: Float64Array,
  at: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
  from: number,
  to: number,
): void {
  const omega = parameters[at];
  const alpha = parameters[at + 1];
  const gamma = o * parameters[at + 2]; // o is 0 or 1, and 0 without a point stands in the way of fast code
  const beta = parameters[at + 2 + o];
  let variance = variances[from - 1];
  for (let t = from; t < to; t++) {
    const e = residuals[t - 1];
    const below = Math.abs(e) - e; // twice the size where it is negative, else 0: no branch on the data
    variance = omega + alpha * (e * e) + gamma * (0.25 * below * below) + beta * variance;
    if (!(variance >= lower[t] && variance <= upper[t]))
      variance = +variancesWithin(variance, lower[t], upper[t]);
    variances[t] = variance;
  }
}

/**
 * Variance of each of the next periods, as expected after the last.
 *
 * residuals, variances     n numbers each; the variances of `garchVariances`
 * p, o, q, parameters, at, backcast  as there
 * expected                 h variances. What is not known yet counts as its expectation: a square as the variance of
 *                          its period, that of a negative residual as half of it
 *
 * O(h (p + o + q)). Reference: arch 8.0.0, analytic forecasts.
 */
export function garchExpectedVariances(
  residuals: Float64Array,
  variances: Float64Array,
  p: number,
  o: number,
  q: number,
  parameters: Float64Array,
  at: number,
  backcast: number,
  expected: Float64Array,
): void {
  const n = residuals.length;
  for (let h = 0; h < expected.length; h++) {
    let variance = parameters[at];
    let k = at + 1;
    for (let j = 1; j <= p; j++) {
      const t = n + h - j;
      variance +=
        parameters[k++] * (t < 0 ? backcast : t < n ? residuals[t] * residuals[t] : expected[t - n]);
    }
    for (let j = 1; j <= o; j++) {
      const t = n + h - j;
      const e = t >= 0 && t < n ? residuals[t] : 0;
      variance +=
        parameters[k++] * (t < 0 ? 0.5 * backcast : t >= n ? 0.5 * expected[t - n] : e < 0 ? e * e : 0);
    }
    for (let j = 1; j <= q; j++) {
      const t = n + h - j;
      variance += parameters[k++] * (t < 0 ? backcast : t < n ? variances[t] : expected[t - n]);
    }
    expected[h] = variance;
  }
}
