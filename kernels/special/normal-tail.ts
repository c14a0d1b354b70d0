import { ratio } from './ratio.js';

// Rational approximations through Chebyshev points at 320 bits (parity/special_constants.py), lowest power first.

const SQRT_TWO_PI = 2.5066282746310007;

// e^(-x^2/2) / tail - sqrt(2 pi) x on 0.6..2 and 2..6; off by less than 2e-17 of the divisor.
const NEAR_TOP = [
  2.0000000000001705, 1.4162359319116622, 0.569307766443571, 0.13916514301053015, 0.021837538676655534,
  0.002029969859357851, 8.795879746043147e-5, -1.7402842987261518e-9,
];
const NEAR_BOTTOM = [
  1.0, 1.1635475424697408, 0.6779480753646242, 0.24335052907486665, 0.05725326246098998, 0.008771649863563637,
  0.0008105427482220668, 3.505917585940152e-5,
];
const MIDDLE_TOP = [
  2.0000001625830026, 1.7925587452353935, 0.8368578788924409, 0.24265494280927966, 0.04553130117452303,
  0.005252021317896515, 0.00030034231342842394, -1.95807309806591e-11,
];
const MIDDLE_BOTTOM = [
  1.0, 1.3517094162370946, 0.8974163304452839, 0.36934337890616814, 0.10100547614552095, 0.018403434703956792,
  0.0020952768506447223, 0.0001198186270082838,
];

// (e^(-x^2/2) / tail / sqrt(2 pi) - x) x as a function of 1 / x^2 for x of 6..40; off by less than 2e-18 of it.
const FAR_TOP = [
  0.9999999999999988, 50.5865954225321, 828.4853394888645, 5086.732976905004, 9926.22866251102,
  2758.4905281676706,
];
const FAR_BOTTOM = [
  1.0, 52.58659542252882, 923.6585303370741, 6482.184081840885, 16839.420009666985, 11002.007297616354,
];

/**
 * Upper tail of the standard normal distribution: e^(-x^2/2) / (sqrt(2 pi) x + c), where this gives c.
 *
 * x  at least 0.6; c falls from 1.54 towards sqrt(2 pi) / x
 *
 * O(1).
 */
export function normalTailCorrection(x: number): number {
  if (x < 2) return ratio(NEAR_TOP, NEAR_BOTTOM, x);
  if (x < 6) return ratio(MIDDLE_TOP, MIDDLE_BOTTOM, x);
  return (SQRT_TWO_PI * ratio(FAR_TOP, FAR_BOTTOM, 1 / (x * x))) / x;
}
