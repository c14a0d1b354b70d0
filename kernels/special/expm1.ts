import { exp } from './exp.js';
import { log } from './log.js';

/**
 * e^x - 1, without loss where x is small.
 *
 * x  any number; NaN gives NaN, -Infinity -1
 *
 * The rounding of e^x comes off again with its logarithm (W. Kahan).
 * O(1).
 */
export function expm1(x: number): number {
  if (x < -40) return -1;
  const power = exp(x);
  if (power === 1) return x;
  const less = power - 1;
  return x > 40 ? less : (less * x) / log(power);
}
