/** Index of the first value of `sar` and `sarExt`. */
export function sarLookback(): number {
  return 1;
}

/**
 * Parabolic stop and reverse of Wilder.
 *
 * high, low    n numbers each, without NaN
 * start        0: the first two bars choose the direction; above 0: long, from this price; below: short, from −start
 * offset       on a reversal the new stop is moved away from the price by this share of itself
 * longStart, longStep, longMax     acceleration of a long position: its first value, what a new high adds, its limit
 * shortStart, shortStep, shortMax  the same of a short position
 * shortSign    factor of the stops of a short position: 1, or −1 to tell them from those of a long one
 * out          n numbers; the first NaN; must not overlap the inputs
 *
 * The stop goes towards the extreme of the position: stop + acceleration × (extreme − stop), but not into the last two
 * bars. When a bar reaches it, the position turns and the stop begins at the extreme. O(n).
 * Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978; start and rounding as TA-Lib SAR, SAREXT.
 */
export function sar(
  high: Float64Array,
  low: Float64Array,
  start: number,
  offset: number,
  longStart: number,
  longStep: number,
  longMax: number,
  shortStart: number,
  shortStep: number,
  shortMax: number,
  shortSign: number,
  out: Float64Array,
): void {
  const n = high.length;
  out.fill(NaN, 0, 1);
  if (n < 2) return;
  const longFirst = Math.min(longStart, longMax);
  const shortFirst = Math.min(shortStart, shortMax);
  const longMore = Math.min(longStep, longMax);
  const shortMore = Math.min(shortStep, shortMax);
  // A short position is a long one in prices with the other sign: side × price.
  const long = start === 0 ? startsLong(high[0], low[0], high[1], low[1]) : start > 0;
  let side = long ? 1 : -1;
  let first = long ? longFirst : shortFirst;
  let more = long ? longMore : shortMore;
  let limit = long ? longMax : shortMax;
  let mark = long ? 1 : -shortSign;
  let pace = first;
  let extreme = long ? high[1] : -low[1];
  let stop = start === 0 ? (long ? low[0] : -high[0]) : start;
  // Bar 1 is compared with itself, as in TA-Lib.
  let highBefore = high[1];
  let lowBefore = low[1];
  for (let i = 1; i < n; i++) {
    const top = high[i];
    const bottom = low[i];
    if (side > 0 ? bottom <= stop : -top <= stop) {
      side = -side;
      const turned = side > 0;
      first = turned ? longFirst : shortFirst;
      more = turned ? longMore : shortMore;
      limit = turned ? longMax : shortMax;
      mark = turned ? 1 : -shortSign;
      stop = lowest(-extreme, turned ? lowBefore : -highBefore, turned ? bottom : -top);
      stop -= side * (stop * offset);
      out[i] = mark * stop;
      pace = first;
      extreme = turned ? top : -bottom;
    } else {
      out[i] = mark * stop;
      const far = side > 0 ? top : -bottom;
      if (far > extreme) {
        extreme = far;
        pace += more;
        if (pace > limit) pace = limit;
      }
    }
    stop += pace * (extreme - stop);
    stop = lowest(stop, side > 0 ? lowBefore : -highBefore, side > 0 ? bottom : -top);
    highBefore = top;
    lowBefore = bottom;
  }
}

/** The lowest of three; the first of equals. */
export function lowest(a: number, b: number, c: number): number {
  const least = a > b ? b : a;
  return least > c ? c : least;
}

/** Whether the first two bars make a long position: unless the low fell, and by more than the high rose. */
export function startsLong(high0: number, low0: number, high1: number, low1: number): boolean {
  const fall = low0 - low1;
  return !(fall > 0 && high1 - high0 < fall);
}
