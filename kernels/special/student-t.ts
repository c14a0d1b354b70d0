import { exp, expSum } from './exp.js';
import { betaFraction } from './incomplete-beta.js';
import { normalCdf } from './normal-cdf.js';
import { normalDensity } from './normal-density.js';
import { pow } from './pow.js';
import { polynomial } from './ratio.js';

// (Gamma(c + 3/4) / Gamma(c + 1/4) / sqrt(c) - 1) c^2 as a polynomial in 1 / c^2, c from 7.75 (special_constants.py).
const HALF_STEP = [
  0.015624999999999997, -0.0023193359374746895, 0.001203536962921216, -0.0012987540006007266,
  0.0023840123585799396, -0.0065303477640208645, 0.019813162060551438,
];

const SQRT_PI = 1.772453850905516;
const HALVES = 134217729; // 2^27 + 1 cuts a double into two of at most 26 bits
const DF_MAX = 1e20; // beyond, the normal distribution to the last digit
const T_MAX = 1e150; // beyond, t^2 may overflow, and 1 + t^2 / df is t^2 / df

/**
 * Distribution function of Student's t: the probability of a value up to t.
 *
 * t   any number; NaN gives NaN, the infinities 0 and 1
 * df  degrees of freedom, positive, need not be whole; else NaN; Infinity is the normal distribution
 *
 * Accuracy and cost as studentTTwoSided, whose half or complement it is.
 */
export function studentTCdf(t: number, df: number): number {
  return studentTSurvival(-t, df);
}

/**
 * Survival function of Student's t: the probability of a value above t, without loss where it is small.
 *
 * t, df  as for studentTCdf
 */
export function studentTSurvival(t: number, df: number): number {
  const half = 0.5 * studentTTwoSided(t, df);
  return t > 0 ? half : 1 - half;
}

/**
 * Probability that Student's t is farther from 0 than t: twice the tail beyond |t|, the p-value of a two-sided test.
 *
 * t   any number; NaN gives NaN, the infinities 0
 * df  degrees of freedom, positive, need not be whole; else NaN; Infinity is the normal distribution
 *
 * Relative error below 1e-14, down to results of 1e-300, for df of 1/64..10^7 (worst of 4,300 points: 6.9e-15, for |t|
 * near 1.6 and large df).
 * O(1), at most some 80 steps for any df: a sum of powers for |t| below 1.58 and sqrt(df), beyond a continued fraction.
 * Source: I_x(df / 2, 1 / 2) at x = df / (df + t^2), see incomplete-beta.ts; the power of x is taken with a base of
 * twice the digits. Reference: mpmath, fixtures/special/student-t-two-sided.json.
 */
export function studentTTwoSided(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) return NaN;
  const size = Math.abs(t);
  if (df > DF_MAX) return 2 * normalCdf(-size);
  if (isCentral(size, df)) return 1 - studentTCentral(size, df);
  const a = 0.5 * df;
  if (size > T_MAX) return tailPower(size, df) * studentTPowerScale(df);
  const square = size * size;
  const sum = df + square;
  const x = df / sum;
  const factor = tailPower(size, df) * (size / Math.sqrt(sum)) * (halfStep(a) / SQRT_PI);
  return factor * betaFraction(a, 0.5, x, square / sum, 0.5 * x * (square - 1));
}

/** Whether the sum of powers for the probability within t is short, and that probability below 0.89. */
export function isCentral(t: number, df: number): boolean {
  const square = t * t;
  return square < 2.5 && square <= df;
}

/**
 * Probability that Student's t is nearer to 0 than t, without loss where it is small.
 *
 * t, df  such that isCentral
 */
export function studentTCentral(t: number, df: number): number {
  const square = t * t;
  const sum = df + square;
  const y = square / sum;
  const a = 0.5 * df;
  const scale = 2 * tailPower(t, df) * (t / Math.sqrt(sum)) * (halfStep(a) / SQRT_PI);
  let term = scale;
  let total = scale;
  for (let n = 0.5; term > total * 1e-17; n++) {
    term *= ((a + n) / (1 + n)) * y;
    total += term;
  }
  return total;
}

/**
 * Density of Student's t at t.
 *
 * t, df  as for studentTTwoSided
 *
 * Relative error below 4e-15, far tails included (worst of 1,500 points: 3.1e-15).
 * O(1). Reference: mpmath, fixtures/special/student-t-density.json.
 */
export function studentTDensity(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) return NaN;
  const size = Math.abs(t);
  if (df > DF_MAX) return normalDensity(t);
  const scale = halfStep(0.5 * df) / SQRT_PI;
  const power = tailPower(size, df) * scale;
  return size > T_MAX ? power / size : power / Math.sqrt(df + size * size);
}

/** t times the density at t > 0: what is left of it where the density alone is too small for a double. */
export function studentTDensityTimesT(t: number, df: number): number {
  const power = tailPower(t, df) * (halfStep(0.5 * df) / SQRT_PI);
  return t > T_MAX ? power : power * (t / Math.sqrt(df + t * t));
}

/** What (1 + t^2 / df)^(-df / 2) is to be multiplied by to give the two tails where t is far out. */
export function studentTPowerScale(df: number): number {
  return halfStep(0.5 * df) / (0.5 * df * SQRT_PI);
}

/**
 * (1 + t^2 / df)^(-df / 2).
 *
 * The base is taken to twice the digits of a double; near 1 the exponent of e is, from the series of the logarithm.
 */
function tailPower(t: number, df: number): number {
  if (t > T_MAX) return df > 5 ? 0 : pow(t, -df) * pow(df, 0.5 * df);
  const cut = HALVES * t;
  const top = cut - (cut - t);
  const end = t - top;
  const square = t * t;
  const squareRest = top * top - square + 2 * top * end + end * end;
  const s = square / df;
  if (!(s < 1e17)) return pow(t / Math.sqrt(df), -df);
  if (s < 1e-12) {
    const half = 0.5 * square;
    const less = half * s * (0.5 - s * (1 / 3)) - 0.5 * squareRest;
    const exponent = less - half;
    return expSum(exponent, less - (exponent + half));
  }
  const dfCut = HALVES * df;
  const dfTop = dfCut - (dfCut - df);
  const dfEnd = df - dfTop;
  const sCut = HALVES * s;
  const sTop = sCut - (sCut - s);
  const sEnd = s - sTop;
  const back = s * df;
  const backRest = sTop * dfTop - back + sTop * dfEnd + sEnd * dfTop + sEnd * dfEnd;
  const base = 1 + s;
  const part = base - s;
  const rest = s - (base - part) + (1 - part) + (square - back - backRest + squareRest) / df;
  const less = 0.5 * df * (rest / base);
  return pow(base, -0.5 * df) * (less < 1e-9 && less > -1e-9 ? 1 - less : exp(-less));
}

/**
 * Gamma(a + 1/2) / Gamma(a).
 *
 * From a of 8 on sqrt(c) (1 + ...) with even powers of c = a - 1/4 only; below by steps of 1.
 */
function halfStep(a: number): number {
  let top = 1;
  let bottom = 1;
  let shifted = a;
  while (shifted < 8) {
    top *= shifted;
    bottom *= shifted + 0.5;
    shifted += 1;
  }
  const c = shifted - 0.25;
  const s = 1 / (c * c);
  return (Math.sqrt(c) * (1 + s * polynomial(HALF_STEP, s)) * top) / bottom;
}
