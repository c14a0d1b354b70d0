/** Index of the first value of `kama`. */
export function kamaLookback(period: number): number {
  return period > 1 ? period : 0;
}

/** Cells of scratch that `kama` needs. */
export function kamaScratch(period: number): number {
  return 2 * period;
}

/**
 * Kaufman's adaptive moving average: average += c × (value − average), with c between those of an exponential average
 * of 30 bars and of 2 bars, as the way from the value `period` bars ago is long or short against the way gone.
 *
 * values   n numbers without NaN
 * period   1 or more; 1 gives the values themselves
 * scratch  kamaScratch(period) cells
 * out      n averages; the first `period` of them NaN; must not overlap `values`
 *
 * The average starts with the value before the first output. Where nothing has moved over the whole window, the fast
 * end counts; the sums of the changes are made in blocks, as in `sma`, so that they are exactly 0 there.
 * O(n). Source: P. Kaufman, Smarter Trading, 1995; first value as TA-Lib KAMA.
 */
export function kama(values: Float64Array, period: number, scratch: Float64Array, out: Float64Array): void {
  const n = values.length;
  if (period === 1) {
    out.set(values);
    return;
  }
  if (n <= period) {
    out.fill(NaN);
    return;
  }
  // The change into bar i is |values[i] − values[i − 1]|; the blocks start at bar 1.
  out[0] = NaN;
  let way = 0;
  for (let i = 1; i < period; i++) {
    way += Math.abs(values[i] - values[i - 1]);
    out[i] = NaN;
  }
  let average = values[period - 1];
  way += Math.abs(values[period] - values[period - 1]);
  average += kamaShare(values[period] - values[0], way) * (values[period] - average);
  out[period] = average;
  for (let start = period + 1; start < n; start += period) {
    const end = Math.min(start + period, n);
    // scratch[j]: changes of the block before, without its first j + 1, summed from the right.
    let back = 0;
    scratch[period - 1] = 0;
    for (let j = period - 2; j >= 0; j--) {
      const i = start - period + j + 1;
      back += Math.abs(values[i] - values[i - 1]);
      scratch[j] = back;
    }
    way = 0;
    let previous = values[start - 1];
    for (let i = start; i < end; i++) {
      const value = values[i];
      way += Math.abs(value - previous);
      previous = value;
      average += kamaShare(value - values[i - period], way + scratch[i - start]) * (value - average);
      out[i] = average;
    }
  }
}

const SLOW = 2 / 31;
const SPAN = 2 / 3 - SLOW;

/**
 * Share of the new value: the square of a number between 2 / 31 and 2 / 3.
 *
 * change  value less the value a window ago
 * way     sum of the changes in between without their signs
 */
export function kamaShare(change: number, way: number): number {
  const efficiency = way > 0 ? Math.min(1, Math.abs(change) / way) : 1;
  const share = efficiency * SPAN + SLOW;
  return share * share;
}
