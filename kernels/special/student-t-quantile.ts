import { exp } from './exp.js';
import { expm1 } from './expm1.js';
import { log } from './log.js';
import { normalQuantile } from './normal-quantile.js';
import { pow } from './pow.js';
import {
  isCentral,
  studentTCentral,
  studentTDensityTimesT,
  studentTPowerScale,
  studentTTwoSided,
} from './student-t.js';

const DF_MAX = 1e20; // beyond, the normal distribution to the last digit

/**
 * Quantile of Student's t: the t below which it stays with probability p.
 *
 * p   probability; 0 gives -Infinity, 1 Infinity; below 0, above 1 and NaN give NaN
 * df  degrees of freedom, positive, need not be whole; else NaN; Infinity is the normal distribution
 *
 * Relative error below 3e-15, for df of 1/2..10^7 and p from 1e-300 (worst of 950 points: 1.7e-15). For p = 1/2
 * exactly 0; the quantile of 1 - p, where that is exact, is minus that of p, to the last bit.
 * Some three evaluations of the distribution function. Reference: mpmath, fixtures/special/student-t-quantile.json.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1 && df > 0)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p === 0.5) return 0;
  if (df > DF_MAX) return normalQuantile(p);
  const t = upperQuantile(p < 0.5 ? p : 1 - p, df);
  return p < 0.5 ? -t : t;
}

/**
 * The t above which Student's t has the probability `tail`, which is below 1/2.
 *
 * Halley's method: where t is small on the probability of less, beyond on the logarithm of the tail as a function of
 * that of t, which is nearly straight far out.
 */
function upperQuantile(tail: number, df: number): number {
  const outside = 2 * tail;
  const inside = 1 - outside;
  let t = firstGuess(tail, df);
  for (let step = 0; step < 60 && t < Infinity; step++) {
    const change = 2 * studentTDensityTimesT(t, df); // of the probability within t, as log t grows
    const bend = (df + 1) / (df / (t * t) + 1); // -t times the derivative of the logarithm of the density
    let ratio: number;
    let off: number;
    if (isCentral(t, df)) {
      off = (inside - studentTCentral(t, df)) / change;
      ratio = off / (1 - 0.5 * off * bend);
      t += t * ratio;
    } else {
      const here = studentTTwoSided(t, df);
      const slope = change / here;
      off = log(here / outside);
      ratio = off / slope;
      ratio /= 1 + 0.5 * ratio * (1 - bend + slope);
      t *= exp(ratio);
    }
    if (Math.abs(off) < 1e-5 && Math.abs(ratio) < 1e-5) break;
  }
  return t;
}

/**
 * Where to begin: the limit of heavy tails, or the normal quantile, brought to df degrees by the formula of
 * D. Wallace, Annals of Mathematical Statistics 30, 1959, 1124.
 */
function firstGuess(tail: number, df: number): number {
  const far = pow((2 * tail) / studentTPowerScale(df), -1 / df);
  if (far > 1.4) return Math.sqrt(df) * (far < 1e8 ? Math.sqrt(far * far - 1) : far);
  const z = normalQuantile(tail) * ((8 * df + 3) / (8 * df + 1));
  return Math.sqrt(df * expm1((z * z) / df));
}
