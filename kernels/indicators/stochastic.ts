import {
  EXTREMES_MARGIN,
  windowExtremesScratch,
  windowMaxPiece,
  windowMinPiece,
} from '../rolling/window-extremes.js';

/** Index of the first value of `fastK` and `willr`. */
export function stochasticLookback(period: number): number {
  return period - 1;
}

/** Cells of scratch that `fastK` and `willr` need. */
export function stochasticScratch(period: number): number {
  return windowExtremesScratch(period) + 2 * (EXTREMES_MARGIN + pieceBars(period));
}

/** Bars of a piece: enough of them that the look back at its start does not count. */
function pieceBars(period: number): number {
  return Math.max(512, 4 * period);
}

/**
 * Raw stochastic: where the close lies between the lowest low (0) and the highest high (100) of the last `period`
 * bars; 0 where these are equal up to rounding, which is within 1e-14 of their size, as in TA-Lib.
 *
 * high, low, close  n numbers each, without NaN, low never above high; may be one and the same array
 * period            1 or more
 * scratch           stochasticScratch(period) cells
 * out               n numbers, the first `period` − 1 of them NaN; must not overlap the inputs
 *
 * Extremes without comparisons where prices within a window are within a factor of two, in pieces elsewhere.
 * O(n) whatever the data and the period. Source: G. Lane, Lane's Stochastics, 1984. Reference: TA-Lib STOCHF.
 */
export function fastK(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  placeInRange(high, low, close, period, 0, scratch, out);
}

/**
 * Percent range of Williams: where the close lies between the highest high (0) and the lowest low (−100) of the last
 * `period` bars; 0 where these are equal up to rounding, which is within 1e-14 of their size, as in TA-Lib.
 *
 * All else as for `fastK`. Source: L. Williams, How I Made One Million Dollars, 1973. Reference: TA-Lib WILLR.
 */
export function willr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  placeInRange(high, low, close, period, 1, scratch, out);
}

/** `placeInWindow` at every bar, from the end of the range that `fromTop` names: 0 lowest, 1 highest. */
function placeInRange(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  fromTop: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  out.fill(NaN, 0, period - 1);
  if (placeByDifferences(high, low, close, period, fromTop, scratch, out)) return;
  const n = close.length;
  const bars = pieceBars(period);
  const highs = windowExtremesScratch(period) + EXTREMES_MARGIN;
  const lows = highs + bars + EXTREMES_MARGIN;
  const end = fromTop === 1 ? highs : lows;
  for (let from = period - 1; from < n; from += bars) {
    const to = Math.min(from + bars, n);
    windowMaxPiece(high, period, from, to, scratch, scratch, highs);
    windowMinPiece(low, period, from, to, scratch, scratch, lows);
    for (let i = from; i < to; i++) {
      const j = i - from;
      out[i] = placeInWindow(scratch[highs + j], scratch[lows + j], close[i], scratch[end + j]);
    }
  }
}

/**
 * The same, if no window is so wide that its highest is more than twice its lowest; whether that is so.
 *
 * max(a, b) = a + (|b − a| + (b − a)) / 2 needs no comparison, of which one in three is guessed wrong on prices, and is
 * exact where b − a is, as it is for numbers within a factor of two. By blocks of `period` bars, as van Herk: a window
 * is the end of one block and the start of the next. 10 ns a bar for every period, against 18 to 20 of the pieces.
 *
 * Many calls for a few blocks each, not one for all of them: V8 knows a function that is called often better than one
 * that it meets within a long loop, which made three times the time.
 */
function placeByDifferences(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  fromTop: number,
  scratch: Float64Array,
  out: Float64Array,
): boolean {
  const n = close.length;
  if (period === 1) return false;
  if (period === 5 && fromTop === 0) return placeInFives(high, low, close, out);
  const bars = period * Math.ceil(BLOCK_BARS / period);
  for (let from = 0; from < n; from += bars) {
    const to = Math.min(from + bars, n);
    if (!placeBlocks(high, low, close, period, fromTop, from, to, scratch, out)) return false;
  }
  return true;
}

const BLOCK_BARS = 256;

/** Whole blocks of bars, from bar `from` on. */
function placeBlocks(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  fromTop: number,
  from: number,
  to: number,
  scratch: Float64Array,
  out: Float64Array,
): boolean {
  const last = period - 1;
  for (let start = from; start < to; start += period) {
    // scratch[j]: the highest of the block before without its first j + 1; scratch[period + j]: the lowest.
    if (start > 0) {
      let highest = high[start - 1];
      let lowest = low[start - 1];
      for (let j = last - 1; j > 0; j--) {
        scratch[j] = highest;
        scratch[period + j] = lowest;
        const above = high[start - period + j] - highest;
        const below = low[start - period + j] - lowest;
        highest += (Math.abs(above) + above) * 0.5;
        lowest -= (Math.abs(below) - below) * 0.5;
      }
      scratch[0] = highest;
      scratch[period] = lowest;
    }
    let highest = high[start];
    let lowest = low[start];
    scratch[last] = highest;
    scratch[period + last] = lowest;
    const end = Math.min(start + period, to);
    let i = start;
    if (start === 0) {
      for (const first = Math.min(last, end); i < first; i++) {
        const above = high[i] - highest;
        const below = low[i] - lowest;
        highest += (Math.abs(above) + above) * 0.5;
        lowest -= (Math.abs(below) - below) * 0.5;
      }
    }
    for (; i < end; i++) {
      const above = high[i] - highest;
      const below = low[i] - lowest;
      highest += (Math.abs(above) + above) * 0.5;
      lowest -= (Math.abs(below) - below) * 0.5;
      const more = scratch[i - start] - highest;
      const less = scratch[period + i - start] - lowest;
      const top = highest + (Math.abs(more) + more) * 0.5;
      const bottom = lowest - (Math.abs(less) - less) * 0.5;
      if (top - bottom > bottom) return false;
      out[i] = placeInWindow(top, bottom, close[i], fromTop === 1 ? top : bottom);
    }
  }
  return true;
}

/** The same for windows of 5 bars, which stochastic oscillators have unless told otherwise, and from the lowest. */
function placeInFives(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): boolean {
  const n = close.length;
  const end = n - (n & 1);
  for (let from = 4; from < end; from += BLOCK_BARS) {
    if (!placePairs(high, low, close, from, Math.min(from + BLOCK_BARS, end), out)) return false;
  }
  if (n < 5 || n === end) return true;
  let top = high[end];
  let bottom = low[end];
  for (let i = end - 4; i < end; i++) {
    if (high[i] > top) top = high[i];
    if (low[i] < bottom) bottom = low[i];
  }
  out[end] = placeInWindow(top, bottom, close[end], bottom);
  return true;
}

/**
 * Windows of 5 bars that end at the bars `from` to `to` − 1, an even number of them.
 *
 * Two windows that end at bars next to each other share four bars, and these are two pairs, one of which the two windows
 * before had too: two comparisons a bar instead of the three of van Herk, and nothing is written down. 7 ns a bar, where
 * blocks of 5 took 15.
 */
function placePairs(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): boolean {
  let firstHigh = high[from - 4];
  let thirdHigh = high[from - 2];
  let fourthHigh = high[from - 1];
  let firstLow = low[from - 4];
  let thirdLow = low[from - 2];
  let fourthLow = low[from - 1];
  let above = thirdHigh - high[from - 3];
  let highPair = high[from - 3] + (Math.abs(above) + above) * 0.5;
  let below = thirdLow - low[from - 3];
  let lowPair = low[from - 3] - (Math.abs(below) - below) * 0.5;
  for (let i = from; i < to; i += 2) {
    const fifthHigh = high[i];
    const sixthHigh = high[i + 1];
    above = fifthHigh - fourthHigh;
    const nextHighPair = fourthHigh + (Math.abs(above) + above) * 0.5;
    above = nextHighPair - highPair;
    const highest = highPair + (Math.abs(above) + above) * 0.5;
    above = firstHigh - highest;
    const top1 = highest + (Math.abs(above) + above) * 0.5;
    above = sixthHigh - highest;
    const top2 = highest + (Math.abs(above) + above) * 0.5;
    highPair = nextHighPair;
    firstHigh = thirdHigh;
    thirdHigh = fifthHigh;
    fourthHigh = sixthHigh;

    const fifthLow = low[i];
    const sixthLow = low[i + 1];
    below = fifthLow - fourthLow;
    const nextLowPair = fourthLow - (Math.abs(below) - below) * 0.5;
    below = nextLowPair - lowPair;
    const lowest = lowPair - (Math.abs(below) - below) * 0.5;
    below = firstLow - lowest;
    const bottom1 = lowest - (Math.abs(below) - below) * 0.5;
    below = sixthLow - lowest;
    const bottom2 = lowest - (Math.abs(below) - below) * 0.5;
    lowPair = nextLowPair;
    firstLow = thirdLow;
    thirdLow = fifthLow;
    fourthLow = sixthLow;

    if (top1 - bottom1 > bottom1 || top2 - bottom2 > bottom2) return false;
    out[i] = placeAbove(top1, bottom1, close[i]);
    out[i + 1] = placeAbove(top2, bottom2, close[i + 1]);
  }
  return true;
}

/** `placeInWindow` from the lowest, where highest >= lowest >= 0, as it is in a narrow window. */
function placeAbove(highest: number, lowest: number, close: number): number {
  const range = highest - lowest;
  return range <= 1e-14 * (highest + lowest) ? 0 : 100 * ((close - lowest) / range);
}

/** 100 × (close − end) / (highest − lowest), where `end` is one of both; 0 where they are equal up to rounding. */
export function placeInWindow(highest: number, lowest: number, close: number, end: number): number {
  const range = highest - lowest;
  const flat = Math.abs(range) <= 1e-14 * (Math.abs(highest) + Math.abs(lowest));
  return flat ? 0 : 100 * ((close - end) / range);
}
