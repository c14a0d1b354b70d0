import { exp } from './exp.js';
import { expm1 } from './expm1.js';
import { betaFactor, betaLean, betaLower } from './incomplete-beta.js';
import { lgamma } from './lgamma.js';
import { log } from './log.js';
import { normalQuantile } from './normal-quantile.js';

/**
 * Inverse of the regularised incomplete beta function: the x with I_x(a, b) = p.
 *
 * a, b  shape, positive and finite, else NaN
 * p     0..1, else NaN
 *
 * Relative error below 5e-14 for a and b of 1/8..1024 and p from 1e-200 (worst of 720 points: 2.2e-14).
 * Some five evaluations of I_x(a, b). Reference: mpmath, fixtures/special/incomplete-beta-inverse.json.
 */
export function incompleteBetaInverse(a: number, b: number, p: number): number {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity && p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p;
  return p <= 0.5 ? solve(a, b, p, 0) : solve(b, a, 1 - p, 1);
}

/**
 * The x with I_x(a, b) = p for p up to 1/2, or 1 - x for part = 1.
 *
 * Halley's method on log I as a function of log(x / y), which is concave and straight far out. x and y = 1 - x are
 * carried together, so that neither loses digits.
 */
function solve(a: number, b: number, p: number, part: number): number {
  const logit = firstLogit(a, b, p);
  const power = exp(-Math.abs(logit));
  let x = logit < 0 ? power / (1 + power) : 1 / (1 + power);
  let y = logit < 0 ? 1 / (1 + power) : power / (1 + power);
  let ratio = -1;
  for (let step = 0; step < 100 && x > 0 && y > 0; step++) {
    const here = betaLower(a, b, x, y);
    let off = 1;
    if (here > 0) {
      const lean = betaLean(a, b, x, y);
      const slope = betaFactor(a, b, x, y, lean) / here;
      off = log(p / here);
      ratio = off / slope;
      const bent = 1 - (0.5 * off * (lean + slope)) / slope;
      if (bent > 0.4 && bent < 3) ratio /= bent;
    } else {
      ratio = 0.5 * Math.abs(ratio); // the last step went where I is too small for a double: half of it back
    }
    const power = exp(-Math.abs(ratio));
    const left = ratio < 0 ? x * power : x;
    const right = ratio < 0 ? y : y * power;
    x = left / (left + right);
    y = right / (left + right);
    if (Math.abs(off) < 1e-5 && Math.abs(ratio) < 1e-5) break;
  }
  return part === 0 ? x : y;
}

/**
 * Where to begin, as log(x / y): near the normal distribution of that number, but not beyond x^a / (a B(a, b)) = p,
 * which is below the root for b >= 1 and above it for b < 1.
 */
function firstLogit(a: number, b: number, p: number): number {
  const middle = log(a / b);
  const logX = (log(p) + log(a) + lgamma(a) + lgamma(b) - lgamma(a + b)) / a;
  const far = logX < -1e-9 ? logX - log(-expm1(logX)) : middle;
  if (b < 1) return far < middle ? far : middle;
  const near = middle + normalQuantile(p) * Math.sqrt(1 / a + 1 / b);
  return far > near ? far : near;
}
