import { digamma } from '../special/digamma.js';
import { exp } from '../special/exp.js';
import { lgammaHalfStep } from '../special/lgamma-half-step.js';
import { log } from '../special/log.js';

const LOG_TWO_PI = 1.8378770664093456;
const LOG_PI = 1.1447298858494002;

/** Variances that are multiplied before a logarithm is taken. */
const BLOCK = 8;

/**
 * Log-likelihood of normal residuals with the given variances, and its slopes.
 *
 * residuals      n numbers
 * variances      n numbers above 0, from 1e-30 to 1e30
 * varianceSlope  n derivatives of the log-likelihood after each variance
 * residualSlope  n derivatives after each residual
 *
 * -1/2 sum (log 2 pi + log variance + e^2 / variance). Eight variances are multiplied before a logarithm is taken.
 * O(n).
 */
export function normalLogLikelihood(
  residuals: Float64Array,
  variances: Float64Array,
  varianceSlope: Float64Array,
  residualSlope: Float64Array,
): number {
  const n = residuals.length;
  let logs = 0;
  let squares = 0;
  for (let from = 0; from < n; from += BLOCK) {
    const to = from + BLOCK < n ? from + BLOCK : n;
    let product = 1;
    for (let t = from; t < to; t++) {
      const e = residuals[t];
      const variance = variances[t];
      const inverse = 1 / variance;
      const pull = e * inverse;
      const square = e * pull;
      product *= variance;
      squares += square;
      varianceSlope[t] = 0.5 * (square - 1) * inverse;
      residualSlope[t] = -pull;
    }
    logs += log(product);
  }
  return -0.5 * (n * LOG_TWO_PI + logs + squares);
}

/**
 * Log-likelihood of residuals with Hansen's skewed Student-t density of variance 1, and its slopes. With a skew of 0
 * it is Student's.
 *
 * residuals, variances, varianceSlope, residualSlope  as for `normalLogLikelihood`
 * freedom     degrees of freedom, above 2
 * skew        -1 to 1, both excluded; above 0 the right tail is the longer one
 * shapeSlope  derivatives after 1 / freedom and after skew
 *
 * With c = Gamma((v + 1) / 2) / (sqrt(pi (v - 2)) Gamma(v / 2)), a = 4 s c (v - 2) / (v - 1), b^2 = 1 + 3 s^2 - a^2,
 * z = e / sqrt(variance) and w = (b z + a) / (1 + s sign(z + a / b)), the density of z is
 * b c (1 + w^2 / (v - 2))^(-(v + 1) / 2).
 * O(n). Source: B. E. Hansen, Autoregressive conditional density estimation, 1994; the same as in arch 8.0.0.
 */
export function studentLogLikelihood(
  residuals: Float64Array,
  variances: Float64Array,
  freedom: number,
  skew: number,
  varianceSlope: Float64Array,
  residualSlope: Float64Array,
  shapeSlope: Float64Array,
): number {
  const n = residuals.length;
  const less = freedom - 2;
  const logC = lgammaHalfStep(0.5 * freedom) - 0.5 * (LOG_PI + log(less));
  const logCSlope = 0.5 * (digamma(0.5 * (freedom + 1)) - digamma(0.5 * freedom) - 1 / less);
  const aPerSkew = (4 * exp(logC) * less) / (freedom - 1);
  const a = aPerSkew * skew;
  const b = Math.sqrt(1 + 3 * skew * skew - a * a);
  const aByFreedom = a * (logCSlope + 1 / less - 1 / (freedom - 1));
  const bByFreedom = (-a * aByFreedom) / b;
  const bBySkew = (3 * skew - a * aPerSkew) / b;
  const right = 1 / (1 + skew);
  const left = 1 / (1 - skew);
  // Times the side that u is on: middle u + half |u|, without a branch on the data; and times its square.
  const middle = 0.5 * (right + left);
  const half = 0.5 * (right - left);
  const middleSquare = 0.5 * (right * right + left * left);
  const halfSquare = 0.5 * (right * right - left * left);
  const more = freedom + 1;
  const perLess = 1 / less;

  let logs = 0;
  let tails = 0;
  let byFreedom = 0;
  let bySkew = 0;
  for (let from = 0; from < n; from += BLOCK) {
    const to = from + BLOCK < n ? from + BLOCK : n;
    let product = 1;
    let tail = 1;
    for (let t = from; t < to; t++) {
      const variance = variances[t];
      const inverse = 1 / variance;
      const root = Math.sqrt(inverse);
      const z = residuals[t] * root;
      const u = b * z + a;
      const size = Math.abs(u);
      const w = middle * u + half * size;
      const square = w * w;
      const scale = more / (less + square);
      // Minus the derivative of the logarithm after w, times that of w after u.
      const pull = scale * (middleSquare * u + halfSquare * size);
      const zSlope = -pull * b;
      product *= variance;
      tail *= 1 + square * perLess;
      varianceSlope[t] = -0.5 * inverse * (1 + z * zSlope);
      residualSlope[t] = zSlope * root;
      byFreedom += 0.5 * perLess * scale * square - pull * (bByFreedom * z + aByFreedom);
      bySkew -= pull * (bBySkew * z + aPerSkew - Math.abs(w));
    }
    logs += log(product);
    tails += log(tail);
  }
  const afterFreedom = n * (bByFreedom / b + logCSlope) - 0.5 * tails + byFreedom;
  shapeSlope[0] = -freedom * freedom * afterFreedom;
  shapeSlope[1] = (n * bBySkew) / b + bySkew;
  return n * (log(b) + logC) - 0.5 * logs - 0.5 * more * tails;
}
