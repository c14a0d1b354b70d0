import { log } from './log.js';
import { ratio } from './ratio.js';

// (atanh(r) / r - 1) / r^2 as a function of r^2 up to 0.19 (parity/special_constants.py).
const LOG_TOP = [
  0.3333333333333333, -0.7648971800156469, 0.6044311988018268, -0.18884784831092885, 0.018755439555217523,
  -6.456313043331023e-5,
];
const LOG_BOTTOM = [
  1.0, -2.894691540046941, 3.1215370918622156, -1.5322170447918368, 0.32996484202834936, -0.02332841239777183,
];

/**
 * log(1 + u), without loss where u is small.
 *
 * u  any number; below -1 and NaN give NaN, -1 -Infinity
 *
 * Error of a few ulp.
 * O(1).
 */
export function log1p(u: number): number {
  if (u > -0.6 && u < 1.5) return u - logDeficit(u);
  return log(1 + u);
}

/**
 * u - log(1 + u), which is never negative, without loss where u is small.
 *
 * u  above -0.6 and below 1.5
 *
 * With r = u / (2 + u), log(1 + u) is 2 atanh(r).
 * O(1).
 */
export function logDeficit(u: number): number {
  const r = u / (2 + u);
  const s = r * r;
  return r * (u - 2 * s * ratio(LOG_TOP, LOG_BOTTOM, s));
}
