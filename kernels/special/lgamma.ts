import { log } from './log.js';
import { ratio } from './ratio.js';
import { sinePi } from './sine-pi.js';
import { stirlingError } from './stirling.js';

// log Gamma(x) / ((x - 1) (x - 2)) less a number near its middle, on 0.7..1.5, 1.5..3 and 3..8 as functions of x - 1,
// x - 2 and x - 5; off by less than 3e-17 (parity/special_constants.py), lowest power first.
const LOW_TOP = [
  -0.016534335098467138, -0.3051909297937082, -0.820409993143541, -0.9026184533546421, -0.48262886287948914,
  -0.12587257527377949, -0.014163203796528136, -0.0004715389112740482,
];
const LOW_BOTTOM = [
  1.0, 3.6251570392258894, 5.2478393301779285, 3.8650333340338037, 1.5260916739166204, 0.3113091656786266,
  0.02858538093695915, 0.0008126466685143542,
];
const NEAR_TOP = [
  0.016534335098467138, -0.07022930750814363, -0.1276911421038146, -0.0771116162705119, -0.021540057618214457,
  -0.0028759662151138375, -0.00016390132349150278, -2.7506457951111504e-6,
];
const NEAR_BOTTOM = [
  1.0, 1.8197280983496988, 1.3241578661668967, 0.49117077323013, 0.09793109115900532, 0.01012198654043457,
  0.0004730641575754379, 6.889195912935393e-6,
];
const MIDDLE_TOP = [
  -0.0007871808043378649, -0.02956797152065954, -0.017805627684722665, -0.004135711579291677,
  -0.00046033877633629665, -2.4907113619280502e-5, -5.826265712715181e-7, -4.07208432587316e-9,
];
const MIDDLE_BOTTOM = [
  1.0, 0.7483024940741759, 0.2248159148031597, 0.034598358646845816, 0.002879191898667062,
  0.00012512565540683389, 2.481451646141785e-6, 1.550742486823072e-8,
];

const HALF_LOG_TWO_PI_LESS_1 = 0.4189385332046727; // (log(2 pi) - 1) / 2
const LOG_PI = 1.1447298858494002;

/**
 * Logarithm of the size of the Gamma function at x.
 *
 * x  any number; 0, negative whole numbers and the infinities give Infinity, NaN NaN
 *
 * Error below 4 ulp for positive x, near the zeros at 1 and 2 too (worst of 41,000 points: 3.09). For negative x it is
 * below 1e-15 of the larger of 1 and the result (worst of 12,000 points: 8.9e-16): there the result passes 0 twice
 * between whole numbers.
 * O(1). Reference: mpmath, fixtures/special/lgamma.json.
 */
export function lgamma(x: number): number {
  if (x < 0.7) return low(x);
  if (x < 8) return (x - 1) * (x - 2) * overZeros(x) + 0; // not -0 at 1 and 2
  if (!(x < 1e300)) return x * (log(x) - 1);
  return (x - 0.5) * (log(x) - 1) + (HALF_LOG_TWO_PI_LESS_1 + stirlingError(x));
}

/** log Gamma(1 + u), without loss where u is small, for u of -0.3..7. */
export function lgammaAfter1(u: number): number {
  return u * (u - 1) * overZeros(1 + u);
}

/** log Gamma(x) / ((x - 1) (x - 2)) for x of 0.7..8. */
function overZeros(x: number): number {
  if (x < 1.5) return 0.59375 + ratio(LOW_TOP, LOW_BOTTOM, x - 1);
  if (x < 3) return 0.40625 + ratio(NEAR_TOP, NEAR_BOTTOM, x - 2);
  return 0.265625 + ratio(MIDDLE_TOP, MIDDLE_BOTTOM, x - 5);
}

/** Below 0.7: Gamma(x) = Gamma(1 + x) / x, and Gamma(x) Gamma(-x) = -pi / (x sin(pi x)). */
function low(x: number): number {
  if (x > -0.3) return lgammaAfter1(x) - log(Math.abs(x));
  if (x === -Infinity) return Infinity;
  const sine = Math.abs(sinePi(x));
  return sine === 0 ? Infinity : LOG_PI - log(-x * sine) - lgamma(-x);
}
