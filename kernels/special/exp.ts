import { EXP_TABLE } from './exp-table.js';
import { powerOfTwo } from './power-of-two.js';

const STEPS_PER_UNIT = 92.33248261689366; // 64 / ln 2
const STEP_HIGH = 0.010830424696450791; // ln 2 / 64, a whole multiple of 2^-41: n * STEP_HIGH is exact
const STEP_LOW = -2.0164562921995537e-13;

/**
 * e to the power x.
 *
 * x  any number; NaN gives NaN, -Infinity 0, Infinity Infinity
 *
 * Error below 0.52 ulp, subnormal results included (worst of 24 million points: 0.517); exp(0) is exactly 1.
 * Only exact or correctly rounded operations, so the bits are the same on every engine; they may differ from
 * Math.exp by one ulp. About as fast as Math.exp.
 * O(1). Reference: mpmath, fixtures/special/exp.json.
 */
export function exp(x: number): number {
  return expSum(x, 0);
}

/**
 * e to the power high + low, for an exponent known to more digits than one double holds.
 *
 * high  any number; NaN gives NaN
 * low   the rest, at most 2^-40 in size; ignored where the result overflows or vanishes
 *
 * With n the whole number nearest 64 (high + low) / ln 2, n = 64 k + j and r = high + low - n ln 2 / 64:
 * result = 2^k * 2^(j/64) * e^r, |r| < 0.0055. The table of 2^(j/64) has two parts and e^r - 1 is a small correction
 * to it, so all rounding before the last addition stays below 0.02 ulp. Error as for exp.
 * O(1). Source: Taylor series of e^r to r^6 (the next term is below 2^-65); reduction as described by W. Cody and
 * W. Waite, Software Manual for the Elementary Functions, 1980.
 */
export function expSum(high: number, low: number): number {
  if (!(high > -745.2 && high < 709.8)) return high < 0 ? 0 : high > 0 ? Infinity : NaN;
  const n = Math.floor(high * STEPS_PER_UNIT + 0.5);
  const whole = n | 0;
  const k = whole >> 6;
  const entry = (whole & 63) << 1;
  const r = high - n * STEP_HIGH - (n * STEP_LOW - low);
  const r2 = r * r;
  const tail = r2 * (0.5 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120) + r2 * (1 / 720)));
  const head = EXP_TABLE[entry];
  const rest = EXP_TABLE[entry + 1] + head * (r + tail);
  if (k > -1022 && k < 1024) return (head + rest) * powerOfTwo(k);
  return k > 0 ? (head + rest) * 8.98846567431158e307 * 2 : roundSubnormal(head, rest, k);
}

/**
 * (head + rest) * 2^k for k of -1022 and below, rounded once.
 *
 * head, rest  head in [1, 2), rest below 0.02 in size
 * k           -1076..-1022
 *
 * Adding 2^52 units of the last place the result can have leaves the sum rounded to that place.
 */
function roundSubnormal(head: number, rest: number, k: number): number {
  if (k === -1022 && head + rest >= 1) return (head + rest) * 2.2250738585072014e-308;
  const anchor = powerOfTwo(-1022 - k);
  const sum = anchor + head;
  const rounded = sum + (head - (sum - anchor) + rest);
  return (rounded - anchor) * powerOfTwo(k + 1074) * 5e-324;
}
