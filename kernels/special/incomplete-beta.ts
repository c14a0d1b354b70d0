import { exp } from './exp.js';
import { gamma } from './gamma.js';
import { log } from './log.js';
import { logDeficit } from './log1p.js';
import { pow } from './pow.js';
import { gammaOverStirling } from './stirling.js';

const ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;
const HALVES = 134217729; // 2^27 + 1 cuts a double into two of at most 26 bits
const STEPS_MAX = 200_000;

/**
 * Regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable is at most x.
 *
 * a, b  shape, positive and finite, else NaN
 * x     0..1, else NaN
 *
 * Relative error, for a and b of 1/16..250,000, below 3e-13 down to results of 1e-300 (worst of 2,670 points: 1.7e-13)
 * and below 3e-14 for results above 1e-10 (worst 1.5e-14). For b below 1/16 and x near 1 the error is absolute.
 * O(sqrt(max(a, b))) at worst, near the mean: 560 steps for a = b = 10^6; elsewhere some ten. NaN where 200,000 steps
 * are too few, from shapes of some 10^11 on.
 * Reference: mpmath, fixtures/special/incomplete-beta.json.
 */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity && x >= 0 && x <= 1)) return NaN;
  return x === 0 || x === 1 ? x : betaLower(a, b, x, 1 - x);
}

/**
 * I_x(a, b) from x and y = 1 - x.
 *
 * a, b, x, y  positive; x and y each to full precision
 */
export function betaLower(a: number, b: number, x: number, y: number): number {
  const lean = betaLean(a, b, x, y);
  const fromLeft = lean <= 0 ? !isShort(b, a, y) || b > 1 || (a + b) * y > 0.02 : isShort(a, b, x) && a < 1;
  if (fromLeft) return betaTail(a, b, x, y, lean);
  const above = betaTail(b, a, y, x, -lean);
  return above > 1 ? 0 : 1 - above;
}

/** I_x(a, b) by its own terms. */
function betaTail(a: number, b: number, x: number, y: number, lean: number): number {
  const factor = betaFactor(a, b, x, y, lean);
  if (factor === 0) return 0;
  return factor * (isShort(a, b, x) ? betaSeries(a, b, x) : betaFraction(a, b, x, y, -lean));
}

/** Whether betaSeries needs few terms. */
function isShort(a: number, b: number, x: number): boolean {
  return x < 0.7 && (a + b) * x < 0.7 * (a + 1);
}

/**
 * What x^a y^b / B(a, b) is multiplied by to give I_x(a, b), as a sum of positive terms.
 *
 * a, b, x  positive and such that isShort
 */
function betaSeries(a: number, b: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 0; term > sum * 1e-17; n++) {
    term *= ((a + b + n) / (a + 1 + n)) * x;
    sum += term;
  }
  return sum;
}

/** b x - a y = (a + b) x - a from the smaller of x and y = 1 - x: to full precision, even where it is nearly 0. */
export function betaLean(a: number, b: number, x: number, y: number): number {
  return x <= y ? productLess(a, b, x) : -productLess(b, a, y);
}

/** (a + b) x - a with one rounding. */
function productLess(a: number, b: number, x: number): number {
  const sum = a + b;
  const part = sum - a;
  const sumRest = a - (sum - part) + (b - part);
  const cut = HALVES * sum;
  const top = cut - (cut - sum);
  const end = sum - top;
  const xCut = HALVES * x;
  const xTop = xCut - (xCut - x);
  const xEnd = x - xTop;
  const product = sum * x;
  const productRest = top * xTop - product + top * xEnd + end * xTop + end * xEnd;
  return product - a + (productRest + sumRest * x);
}

/**
 * x^a y^b / B(a, b).
 *
 * a, b  positive
 * x, y  two parts of 1, each to full precision
 * lean  b x - a y
 *
 * Small shapes: powers, with what the larger of x and y lacks, and Gamma functions. Else, with u = lean / a, which is
 * x / (a / (a + b)) - 1, and v the same for y, by Stirling's formula and what it leaves:
 * sqrt(a b / (2 pi (a + b))) e^-(a (u - log(1 + u)) + b (v - log(1 + v))).
 */
export function betaFactor(a: number, b: number, x: number, y: number, lean: number): number {
  const sum = a + b;
  if (sum < 150) {
    const lack = x < y ? (b * (1 - y - x)) / y : (a * (1 - x - y)) / x;
    const part = sum - a;
    const rest = a - (sum - part) + (b - part); // what a + b lacks; its part of Gamma(a + b) is digamma(a + b) times
    const digamma = sum > 2 ? log(sum) - 0.5 / sum : 0;
    const root = pow(x, 0.5 * a) * pow(y, 0.5 * b);
    return root * (gamma(sum) / gamma(a) / gamma(b)) * root * (1 + (lack + rest * digamma));
  }
  const exponent = strain(a, x, sum, lean) + strain(b, y, sum, -lean);
  const scale = Math.sqrt((a / sum) * b) * ONE_OVER_SQRT_TWO_PI;
  const rest = gammaOverStirling(sum) / gammaOverStirling(a) / gammaOverStirling(b);
  return scale * rest * exp(-exponent);
}

/** a (u - log(1 + u)) with u = lean / a and 1 + u = x sum / a, each to full precision. */
function strain(a: number, x: number, sum: number, lean: number): number {
  const u = lean / a;
  if (u > -0.6 && u < 1.5) return a * logDeficit(u);
  const whole = (x / a) * sum;
  return lean - a * (whole > 0 && whole < Infinity ? log(whole) : log(x / a) + log(sum));
}

/**
 * What x^a y^b / B(a, b) is multiplied by to give I_x(a, b).
 *
 * a, b  positive
 * x, y  two parts of 1, each to full precision
 * lean  a y - b x; at least 0, or the fraction converges slowly
 *
 * NaN where it does not end. O(sqrt(max(a, b))) at worst. Source: continued fraction of A. Didonato and A. Morris, ACM
 * TOMS 18, 1992, 360, by the modified Lentz algorithm.
 */
export function betaFraction(a: number, b: number, x: number, y: number, lean: number): number {
  let beta = (a / (a + 1)) * (lean + 1);
  let c = beta;
  let d = 0;
  let value = beta;
  for (let n = 1; n < STEPS_MAX; n++) {
    const odd = a + (2 * n - 1);
    const inverse = 1 / odd;
    const nx = n * (b - n) * x * inverse;
    const alpha = (a + (n - 1)) * (a + b + (n - 1)) * inverse * x * nx;
    beta = n + nx + ((a + n) / (odd + 2)) * (lean + 1 + n * (1 + y));
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < 2.3e-16) return 1 / value;
  }
  return NaN;
}
