import { atan } from '../special/atan.js';
import { windowLine, windowLineScratch } from './window-line.js';

/** Index of the first value of the lines of least squares. */
export function linearRegLookback(period: number): number {
  return period - 1;
}

/** Cells of scratch that the lines of least squares need. */
export function linearRegScratch(period: number): number {
  return windowLineScratch(period);
}

/** Factor of the weighted sum in the slope: 12 / (period^3 − period). */
export function slopeRise(period: number): number {
  return 12 / (period * (period * period - 1));
}

/** Factor of the plain sum in the slope: the weights of the slope are m − (period + 1) / 2. */
export function slopeLevel(period: number): number {
  return -6 / (period * (period - 1));
}

/** Bars from the middle of the window to the place `at` bars after its first. */
function arm(period: number, at: number): number {
  return at - (period - 1) / 2;
}

/** Factor of the weighted sum in the height of the line. */
export function heightRise(period: number, at: number): number {
  return slopeRise(period) * arm(period, at);
}

/** Factor of the plain sum in the height of the line. */
export function heightLevel(period: number, at: number): number {
  return 1 / period + slopeLevel(period) * arm(period, at);
}

/**
 * Height of the line of least squares through the last `period` values.
 *
 * values   n numbers without NaN
 * period   2 or more
 * at       where: bars after the first of the window; period − 1 is the newest bar, `period` one bar ahead
 * scratch  linearRegScratch(period) cells
 * out      n heights; the first `period` − 1 of them NaN; must not overlap `values`
 *
 * O(n) for every period. Reference: TA-Lib LINEARREG (at = period − 1), LINEARREG_INTERCEPT (0), TSF (period).
 */
export function linearReg(
  values: Float64Array,
  period: number,
  at: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  windowLine(values, period, 1, heightLevel(period, at), heightRise(period, at), scratch, out);
}

/** Slope per bar of the line of least squares; arguments as `linearReg`. Reference: TA-Lib LINEARREG_SLOPE. */
export function linearRegSlope(
  values: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  windowLine(values, period, 0, slopeLevel(period), slopeRise(period), scratch, out);
}

/** The slope as an angle in degrees, −90 to 90; arguments as `linearReg`. Reference: TA-Lib LINEARREG_ANGLE. */
export function linearRegAngle(
  values: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  linearRegSlope(values, period, scratch, out);
  for (let i = 0; i < out.length; i++) out[i] = degrees(out[i]);
}

/** The angle of a slope in degrees. */
export function degrees(slope: number): number {
  return atan(slope) * 57.29577951308232;
}
