import { windowMaxAge, windowMaxAgePiece, windowMinAge, windowMinAgePiece } from '../rolling/window-ages.js';
import { windowExtremesScratch } from '../rolling/window-extremes.js';

/** Index of the first value of `aroon` and `aroonOsc`. */
export function aroonLookback(period: number): number {
  return period;
}

/** Cells of scratch that `aroon` needs. */
export function aroonScratch(period: number): number {
  return windowExtremesScratch(period + 1);
}

/** Cells of scratch that `aroonOsc` needs. */
export function aroonOscScratch(period: number): number {
  return windowExtremesScratch(period + 1) + 2 * pieceBars(period);
}

function pieceBars(period: number): number {
  return Math.max(512, 4 * period);
}

/**
 * Aroon lines: 100 × (period − bars since the lowest low, or the highest high, of the last period + 1 bars) / period.
 *
 * high, low  n numbers each, without NaN
 * period     1 or more
 * scratch    aroonScratch(period) cells
 * down, up   n numbers each, 0 to 100, the first `period` of them NaN; must not overlap the inputs or each other
 *
 * Of equal extremes the latest counts. O(n) whatever the data and the period.
 * Source: T. Chande, 1995. Reference: TA-Lib AROON.
 */
export function aroon(
  high: Float64Array,
  low: Float64Array,
  period: number,
  scratch: Float64Array,
  down: Float64Array,
  up: Float64Array,
): void {
  const n = high.length;
  const factor = 100 / period;
  windowMinAge(low, period + 1, scratch, down);
  windowMaxAge(high, period + 1, scratch, up);
  for (let i = period; i < n; i++) {
    down[i] = factor * (period - down[i]);
    up[i] = factor * (period - up[i]);
  }
}

/**
 * Aroon oscillator: 100 × (bars since the lowest low − bars since the highest high) / period, the rise of Aroon's
 * upper line over the lower one.
 *
 * high, low, period  as for `aroon`
 * scratch            aroonOscScratch(period) cells
 * out                n numbers, −100 to 100, the first `period` of them NaN; must not overlap the inputs
 *
 * The series is taken in pieces, whose ages lie in the scratch. O(n) whatever the data and the period.
 * Source: as `aroon`. Reference: TA-Lib AROONOSC.
 */
export function aroonOsc(
  high: Float64Array,
  low: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = high.length;
  const factor = 100 / period;
  const bars = pieceBars(period);
  const highAges = windowExtremesScratch(period + 1);
  const lowAges = highAges + bars;
  out.fill(NaN, 0, period);
  for (let from = period; from < n; from += bars) {
    const to = Math.min(from + bars, n);
    windowMaxAgePiece(high, period + 1, from, to, scratch, scratch, highAges);
    windowMinAgePiece(low, period + 1, from, to, scratch, scratch, lowAges);
    for (let i = from; i < to; i++) {
      out[i] = factor * (scratch[lowAges + i - from] - scratch[highAges + i - from]);
    }
  }
}
