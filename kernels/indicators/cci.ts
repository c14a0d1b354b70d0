/** Index of the first value of `cci`. */
export function cciLookback(period: number): number {
  return period - 1;
}

/** Cells of scratch that `cci` needs. */
export function cciScratch(period: number): number {
  return period;
}

/**
 * Commodity channel index: (typical price − its mean) / (0.015 × mean |typical price − its mean|) of the last `period`
 * bars; 0 where they are equal up to rounding: the mean deviation is within 1e-14 of the mean, as in TA-Lib.
 *
 * high, low, close  n numbers each, without NaN; the typical price is (high + low + close) / 3
 * period            2 or more
 * scratch           cciScratch(period) cells
 * out               n numbers, the first `period` − 1 of them NaN; must not overlap the inputs
 *
 * O(n × period): the mean that the deviations are taken from is another one at every bar. Source: D. Lambert,
 * Commodity Channel Index, 1980. Reference: TA-Lib CCI.
 */
export function cci(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = high.length;
  let place = 0;
  for (let i = 0; i < n; i++) {
    const typical = (high[i] + low[i] + close[i]) / 3;
    scratch[place] = typical;
    if (++place === period) place = 0;
    out[i] = i < period - 1 ? NaN : channelIndex(scratch, period, typical);
  }
}

/**
 * The index of one window.
 *
 * window  the typical prices, in any order, in its first `period` cells
 * period  2 or more
 * newest  the one that the index is of
 *
 * Deviations are taken from the newest price first, so that equal prices give exactly 0. Both loops carry two sums,
 * for one would wait for itself.
 */
export function channelIndex(window: Float64Array, period: number, newest: number): number {
  const even = period - (period & 1);
  let first = even === period ? 0 : window[even] - newest;
  let second = 0;
  for (let j = 0; j < even; j += 2) {
    first += window[j] - newest;
    second += window[j + 1] - newest;
  }
  const offset = (first + second) / period;
  const mean = newest + offset;
  first = even === period ? 0 : Math.abs(window[even] - mean);
  second = 0;
  for (let j = 0; j < even; j += 2) {
    first += Math.abs(window[j] - mean);
    second += Math.abs(window[j + 1] - mean);
  }
  const deviation = (first + second) / period;
  return deviation <= 1e-14 * Math.abs(mean) ? 0 : -offset / (0.015 * deviation);
}
