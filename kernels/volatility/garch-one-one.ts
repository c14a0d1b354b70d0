import { log } from '../special/log.js';

const LOG_TWO_PI = 1.8378770664093456;
/**
 * Terms that are added up before their sum goes to the output (what is done once a pass is slow until it is compiled), and
 * variances that are multiplied before a logarithm is taken. A check in every turn instead costs half as much again.
 */
const BLOCK = 16;

/**
 * Log-likelihood of GARCH(1, 1) with normal residuals, and its gradient, in one pass.
 *
 * squares      n squared residuals
 * omega, alpha, beta  the parameters
 * backcast     square and variance before the first
 * gradient     3 derivatives after omega, alpha, beta
 *
 * The same as `garchVariances`, `normalLogLikelihood` and `garchAdjoint` wherever no bound of the variances is met,
 * which the caller has to know: where omega is above every lower bound, and (omega + alpha max square) / (1 - beta)
 * below every upper one, all from 1e-18 to 1e18. The derivatives run forward beside the variance, so that their chains of operations overlap.
 * O(n).
 */
export function garchOneOneLogLikelihood(
  squares: Float64Array,
  omega: number,
  alpha: number,
  beta: number,
  backcast: number,
  gradient: Float64Array,
): number {
  const n = squares.length;
  let variance = omega + alpha * backcast + beta * backcast;
  let byOmega = 1;
  let byAlpha = backcast;
  let byBeta = backcast;
  let logs = 0;
  let total = 0;
  for (let k = 0; k < 3; k++) gradient[k] = 0;
  for (let from = 0; from < n; from += BLOCK) {
    const to = from + BLOCK < n ? from + BLOCK : n;
    let product = 1;
    let g0 = 0;
    let g1 = 0;
    let g2 = 0;
    for (let t = from; t < to; t++) {
      const square = squares[t];
      const inverse = 1 / variance;
      const ratio = square * inverse;
      product *= variance;
      total += ratio;
      const slope = (ratio - 1) * inverse;
      g0 += slope * byOmega;
      g1 += slope * byAlpha;
      g2 += slope * byBeta;
      byOmega = 1 + beta * byOmega;
      byAlpha = square + beta * byAlpha;
      byBeta = variance + beta * byBeta;
      variance = omega + alpha * square + beta * variance;
    }
    logs += log(product);
    gradient[0] += 0.5 * g0;
    gradient[1] += 0.5 * g1;
    gradient[2] += 0.5 * g2;
  }
  return -0.5 * (n * LOG_TWO_PI + logs + total);
}

/**
 * Log-likelihood of GARCH(1, 1) with normal residuals, its gradient and its information matrix, in one pass.
 *
 * squares      n squared residuals
 * omega, alpha, beta  the parameters
 * backcast     square and variance before the first
 * gradient     3 derivatives after omega, alpha, beta
 * information  6 numbers: expected second derivatives, sign changed, for omega omega, omega alpha, omega beta,
 *              alpha alpha, alpha beta, beta beta
 *
 * `garchOneOneLogLikelihood` with one output more, at half again its cost.
 * O(n).
 */
export function garchOneOneInformation(
  squares: Float64Array,
  omega: number,
  alpha: number,
  beta: number,
  backcast: number,
  gradient: Float64Array,
  information: Float64Array,
): number {
  const n = squares.length;
  let variance = omega + alpha * backcast + beta * backcast;
  let byOmega = 1;
  let byAlpha = backcast;
  let byBeta = backcast;
  let logs = 0;
  let total = 0;
  for (let k = 0; k < 3; k++) gradient[k] = 0;
  for (let k = 0; k < 6; k++) information[k] = 0;
  for (let from = 0; from < n; from += BLOCK) {
    const to = from + BLOCK < n ? from + BLOCK : n;
    let product = 1;
    let g0 = 0;
    let g1 = 0;
    let g2 = 0;
    let i00 = 0;
    let i01 = 0;
    let i02 = 0;
    let i11 = 0;
    let i12 = 0;
    let i22 = 0;
    for (let t = from; t < to; t++) {
      const square = squares[t];
      const inverse = 1 / variance;
      const ratio = square * inverse;
      product *= variance;
      total += ratio;
      const slope = (ratio - 1) * inverse;
      g0 += slope * byOmega;
      g1 += slope * byAlpha;
      g2 += slope * byBeta;
      const x = byOmega * inverse;
      const y = byAlpha * inverse;
      const z = byBeta * inverse;
      i00 += x * x;
      i01 += x * y;
      i02 += x * z;
      i11 += y * y;
      i12 += y * z;
      i22 += z * z;
      byOmega = 1 + beta * byOmega;
      byAlpha = square + beta * byAlpha;
      byBeta = variance + beta * byBeta;
      variance = omega + alpha * square + beta * variance;
    }
    logs += log(product);
    gradient[0] += 0.5 * g0;
    gradient[1] += 0.5 * g1;
    gradient[2] += 0.5 * g2;
    information[0] += 0.5 * i00;
    information[1] += 0.5 * i01;
    information[2] += 0.5 * i02;
    information[3] += 0.5 * i11;
    information[4] += 0.5 * i12;
    information[5] += 0.5 * i22;
  }
  return -0.5 * (n * LOG_TWO_PI + logs + total);
}
