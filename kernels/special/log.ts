import { LOG_TABLE } from './log-table.js';
import { floorExponent, powerOfTwo } from './power-of-two.js';

const LN2_HIGH = 0.6931471805598903; // a whole multiple of 2^-42: k * LN2_HIGH is exact
const LN2_LOW = 5.497923018708371e-14;
const ROUND_TO_2_M24 = 402653184; // 1.5 * 2^28: adding and taking it away rounds to multiples of 2^-24

/**
 * Natural logarithm of x.
 *
 * x  any number; below 0 and NaN give NaN, 0 and -0 give -Infinity, Infinity gives Infinity
 *
 * Error below 0.51 ulp, near 1 too (worst of 32 million points: 0.507); log(1) is exactly 0. Only exact or
 * correctly rounded operations, so the bits are the same on every engine; they may differ from Math.log by one ulp.
 * About twice the time of Math.log; up to seven times where arguments jump over the whole range of doubles.
 *
 * x = 2^k m and a table gives a short c near 1/m with its logarithm: log x = k ln 2 - log c + log(1 + r), where
 * r = m c - 1 is exact in two parts and |r| < 0.007. From sqrt(2) on m counts as m / 2, so that k = 0 on both sides of
 * 1, and within 1/512 of it log c = 0: nothing cancels there.
 * O(1); an x outside 2^-16..2^16 costs up to six comparisons more. Source: series of log(1 + r) to r^8; table
 * reduction as in P. T. P. Tang, Table-driven implementation of the logarithm function, ACM TOMS 16, 1990.
 * Reference: mpmath, fixtures/special/log.json.
 */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
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
  const sum = base + r;
  const rest = r - (sum - base) + (rLow - (r - rHigh)) + (k * LN2_LOW + LOG_TABLE[entry + 2]);
  const series = r2 * (-0.5 + r * (1 / 3 - r * 0.25 + r2 * (0.2 - r * (1 / 6) + r2 * (1 / 7 - r * 0.125))));
  return sum + (rest + series);
}
