import { exp } from './exp.js';
import { gamma } from './gamma.js';
import { pow } from './pow.js';
import { polynomial } from './ratio.js';

// x times the rest of Stirling's formula, as a polynomial in 1 / x^2 up to 1/64 (parity/special_constants.py).
const STIRLING = [
  0.08333333333333333, -0.0027777777777776747, 0.0007936507935117282, -0.0005952380234291254,
  0.0008417325268022405, -0.001914965912162907, 0.0062081367662297935, -0.020855820837463117,
];

const ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;

/**
 * What Stirling's formula leaves of log Gamma: log Gamma(x) - (x - 1/2) log x + x - log(2 pi) / 2.
 *
 * x  at least 8
 *
 * O(1).
 */
export function stirlingError(x: number): number {
  const inverse = 1 / x;
  return inverse * polynomial(STIRLING, inverse * inverse);
}

/**
 * Gamma(x) divided by Stirling's formula for it, sqrt(2 pi) x^(x - 1/2) e^-x.
 *
 * x  positive
 *
 * O(1).
 */
export function gammaOverStirling(x: number): number {
  if (x >= 8) return exp(stirlingError(x));
  return gamma(x) * ONE_OVER_SQRT_TWO_PI * exp(x) * pow(x, 0.5 - x);
}
