import { lgamma } from './lgamma.js';
import { log } from './log.js';
import { log1p } from './log1p.js';
import { stirlingError } from './stirling.js';

/**
 * log Gamma(x + 1/2) - log Gamma(x), without the loss of taking them apart where x is large.
 *
 * x  positive
 *
 * From 8 on by Stirling's formula, whose large terms meet in x log(1 + 1 / (2 x)). Error of a few ulp of 1.
 * O(1).
 */
export function lgammaHalfStep(x: number): number {
  if (x < 8) return lgamma(x + 0.5) - lgamma(x);
  return x * log1p(0.5 / x) - 0.5 + 0.5 * log(x) + (stirlingError(x + 0.5) - stirlingError(x));
}
