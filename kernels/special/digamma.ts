import { log } from './log.js';
import { polynomial } from './ratio.js';

// -B(2k) / (2k) for k = 1..8, lowest power of 1 / x^2 first.
const TAIL = [
  -0.08333333333333333, 0.008333333333333333, -0.003968253968253968, 0.004166666666666667,
  -0.007575757575757576, 0.021092796092796094, -0.08333333333333333, 0.4432598039215686,
];

/**
 * Derivative of the logarithm of the Gamma function, for x above 0.
 *
 * x  positive; 0, below 0 and NaN give NaN, Infinity Infinity
 *
 * Below 10 by psi(x) = psi(x + 1) - 1 / x, above by the series of Stirling. Error below 1e-15 of the larger of 1 and
 * the result.
 * O(1). Source: Abramowitz and Stegun 6.3.5 and 6.3.18. Reference: mpmath.
 */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN;
  let top = x;
  let taken = 0;
  while (top < 10) {
    taken += 1 / top;
    top += 1;
  }
  const inverse = 1 / top;
  const square = inverse * inverse;
  return log(top) - (0.5 * inverse - square * polynomial(TAIL, square) + taken);
}
