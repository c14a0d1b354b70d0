import { expSum } from './exp.js';
import { LOG_TABLE } from './log-table.js';
import { floorExponent, powerOfTwo } from './power-of-two.js';

const LN2_HIGH = 0.6931471805598903; // a whole multiple of 2^-42: k * LN2_HIGH is exact
const LN2_LOW = 5.497923018708371e-14;
const ROUND_TO_2_M24 = 402653184; // 1.5 * 2^28: adding and taking it away rounds to multiples of 2^-24
const TWO_64 = 1.8446744073709552e19;
const HALVES = 134217729; // 2^27 + 1 cuts a double into two of at most 26 bits (Dekker 1971)

/**
 * x to the power y.
 *
 * x, y  any numbers
 *
 * Special cases as in ECMAScript: y = 0 gives 1 even for x = NaN; any other NaN gives NaN; 1 and -1 to an infinite
 * power give NaN (C and IEEE 754 say 1); a negative base needs an integer power, else NaN, and gives a negative
 * result for an odd one, -0 and -Infinity included.
 *
 * Error below 0.53 ulp, subnormal results, huge powers and bases near 1 included (worst of 22 million points:
 * 0.519). Whole powers that a double can hold are exact, 10^22 for one; powers 2, 1, 1/2 and -1 are correctly
 * rounded. Only exact or correctly rounded operations, so the bits are the same on every engine; they may differ
 * from Math.pow by one ulp, as Math.pow does between versions of V8. About as fast as Math.pow.
 * O(1). Source: e^(y log x) with log x and the product in two doubles each. Reference: mpmath,
 * fixtures/special/pow.json.
 */
export function pow(x: number, y: number): number {
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (x > 0 && x < Infinity && Math.abs(y) < TWO_64) {
    if (y === 0.5) return Math.sqrt(x);
    if (y === -1) return 1 / x;
    return positivePower(x, y);
  }
  return specialPower(x, y);
}

/**
 * x^y for ordinary arguments.
 *
 * x  positive and finite
 * y  below 2^64 in size
 *
 * log x as in log.ts, but kept as high + low, good to 2^-67: r^2/2 is cut into rHigh^2/2, which is exact because
 * rHigh has 26 bits, and a rest. Every sum whose rounding matters keeps its error (fast two-sum).
 */
function positivePower(x: number, y: number): number {
  let k = floorExponent(x);
  const m = k < -1022 ? x * 18014398509481984 * powerOfTwo(-54 - k) : x * powerOfTwo(-k);
  const row = (m * 128 + 0.5) | 0;
  k += (row + 74) >> 8; // one more from row 182 on
  const entry = 3 * (row - 128);
  const c = LOG_TABLE[entry];
  const leading = m + ROUND_TO_2_M24 - ROUND_TO_2_M24;
  const rHigh = leading * c - 1;
  const rLow = (m - leading) * c;
  const r = rHigh + rLow;
  const r2 = r * r;
  const base = k * LN2_HIGH + LOG_TABLE[entry + 1];
  const first = base + r;
  const halfSquare = 0.5 * rHigh * rHigh;
  const second = first - halfSquare;
  const cubic =
    r * r2 * (1 / 3 - r * 0.25 + r2 * (0.2 - r * (1 / 6) + r2 * (1 / 7 - r * 0.125 + r2 * (1 / 9))));
  const rest =
    r -
    (first - base) +
    (rLow - (r - rHigh)) +
    (first - second - halfSquare) +
    (k * LN2_LOW + LOG_TABLE[entry + 2] - rLow * (rHigh + 0.5 * rLow) + cubic);
  const logHigh = second + rest;
  const logLow = rest - (logHigh - second);

  const high = y * logHigh;
  const yCut = HALVES * y;
  const yTop = yCut - (yCut - y);
  const logCut = HALVES * logHigh;
  const logTop = logCut - (logCut - logHigh);
  const yEnd = y - yTop;
  const logEnd = logHigh - logTop;
  const low = yTop * logTop - high + yTop * logEnd + yEnd * logTop + yEnd * logEnd + y * logLow;
  return expSum(high, low);
}

/** x^y where an argument is 0, infinite or NaN, x is negative, or y is at least 2^64 in size. */
function specialPower(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    if (size === 1) return NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  const whole = Math.floor(y) === y;
  const odd = whole && Math.floor(y * 0.5) * 2 !== y;
  if (size === 0 || size === Infinity) {
    const limit = (size === 0) === y > 0 ? 0 : Infinity;
    return odd && (x < 0 || 1 / x < 0) ? -limit : limit;
  }
  if (x < 0 && !whole) return NaN;
  if (Math.abs(y) >= TWO_64) {
    if (size === 1) return 1;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  const result = pow(size, y);
  return odd ? -result : result;
}
