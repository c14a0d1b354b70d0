import { EXTREMES_MARGIN, windowExtremesScratch, windowMaxPiece, windowMinPiece } from './window-extremes.js';

/** Bars of a piece, at least: two of them and the bars behind them lie in the nearest cache. */
const PIECE = 512;

/** Bars of a piece: several windows, so that the look back at its beginning stays a small part. */
function pieceLength(period: number): number {
  return Math.max(PIECE, 4 * period);
}

/** Cells of scratch that `windowMiddle` needs. */
export function windowMiddleScratch(period: number): number {
  return windowExtremesScratch(period) + 2 * (EXTREMES_MARGIN + pieceLength(period));
}

/**
 * Middle of the range of the last `period` bars: (largest high + smallest low) / 2.
 *
 * high, low  n numbers each, without NaN; may be one array
 * period     1 or more; longer than n leaves only NaN
 * scratch    windowMiddleScratch(period) cells
 * out        n numbers; the first period − 1 NaN; must not overlap the inputs
 *
 * O(n) whatever the data and the period, in pieces. Reference: TA-Lib MIDPRICE, MIDPOINT.
 */
export function windowMiddle(
  high: Float64Array,
  low: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = high.length;
  const length = pieceLength(period);
  const highAt = windowExtremesScratch(period) + EXTREMES_MARGIN;
  const lowAt = highAt + length + EXTREMES_MARGIN;
  out.fill(NaN, 0, period - 1);
  for (let from = period - 1; from < n; from += length) {
    const to = Math.min(from + length, n);
    windowMaxPiece(high, period, from, to, scratch, scratch, highAt);
    windowMinPiece(low, period, from, to, scratch, scratch, lowAt);
    for (let i = from; i < to; i++) {
      out[i] = (scratch[highAt + i - from] + scratch[lowAt + i - from]) * 0.5;
    }
  }
}
