/** Arc tangent of j / 16 for j = 0..16, each as the nearest double and the rest. Computed at 320 bits with mpmath. */
const STEPS: readonly number[] = [
  0.0, 0.0, 0.06241880999595735, -1.5490756308295046e-18, 0.12435499454676144, -3.1253241424539383e-18,
  0.18534794999569476, 4.180692268843079e-18, 0.24497866312686414, 1.0698755618734451e-17, 0.3028848683749714,
  -1.1010827903001369e-17, 0.35877067027057225, -2.4623815582638635e-17, 0.4124104415973873,
  -1.587652227770689e-17, 0.4636476090008061, 2.2698777452961687e-17, 0.5123894603107377,
  -2.5462781472855804e-17, 0.5585993153435624, -5.4556305485916264e-18, 0.6022873461349642,
  2.950430737228402e-17, 0.6435011087932844, 1.5834785051444286e-17, 0.6823165548747481,
  6.943223671560008e-18, 0.7188299996216245, -2.1478388444456983e-17, 0.7531512809621944,
  -2.4256934659182068e-17, 0.7853981633974483, 3.061616997868383e-17,
];
const QUARTER = 1.5707963267948966; // pi / 2
const QUARTER_REST = 6.123233995736766e-17;

/**
 * Arc tangent of x in radians, -pi / 2 to pi / 2.
 *
 * x  any number; NaN gives NaN
 *
 * With t = |x|, or 1 / |x| above 1, and c the multiple of 1/16 nearest to t: atan t = atan c + atan r with
 * r = (t - c) / (1 + t c), |r| < 1/31, the last by its Taylor series to r^13; below t = 1/16 the series alone. Error
 * below 1 ulp. Only exact or correctly rounded operations, so the bits are the same on every engine.
 * O(1). Reference: mpmath.
 */
export function atan(x: number): number {
  const size = Math.abs(x);
  if (size < 0.0625) return x + x * series(x * x);
  const value = size <= 1 ? small(size) : size < 1e17 ? large(size) : x !== x ? NaN : QUARTER;
  return x < 0 ? -value : value;
}

/** For 1/16 <= t <= 1. */
function small(t: number): number {
  const step = Math.floor(t * 16 + 0.5);
  const c = step * 0.0625;
  const r = (t - c) / (1 + t * c);
  return STEPS[2 * step] + (r + (r * series(r * r) + STEPS[2 * step + 1]));
}

/** For x > 1: pi / 2 less the arc tangent of t = 1 / x. */
function large(x: number): number {
  const step = Math.floor(16 / x + 0.5);
  const c = step * 0.0625;
  const r = (1 - c * x) / (x + c);
  const high = QUARTER - STEPS[2 * step];
  const lost = QUARTER - high - STEPS[2 * step];
  return high - (r + (r * series(r * r) + STEPS[2 * step + 1] - QUARTER_REST - lost));
}

/** Arc tangent of r divided by r, less 1, for r2 = r^2. */
function series(r2: number): number {
  return -r2 * (1 / 3 - r2 * (1 / 5 - r2 * (1 / 7 - r2 * (1 / 9 - r2 * (1 / 11 - r2 * (1 / 13))))));
}
