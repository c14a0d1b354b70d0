/** Index of the first value of `variance` and `stddev`. */
export function varianceLookback(period: number): number {
  return period - 1;
}

/** Cells of scratch that `variance` and `stddev` need. */
export function varianceScratch(period: number): number {
  return 2 * period;
}

/**
 * Population variance (divisor `period`) of the last `period` values at every bar.
 *
 * values   n numbers without NaN
 * period   1 or more
 * scratch  varianceScratch(period) cells
 * out      n variances, never negative, exactly 0 where the window is constant; the first `period` − 1 of them NaN; must
 *          not overlap `values`
 *
 * The squares are of differences from a value of the window, and their sums are made in blocks, as in `sma`: no value
 * leaves a trace behind, and at most log10(period) digits cancel, as kernels/rolling/rolling-moments.ts shows.
 * O(n) for every period. Reference: TA-Lib VAR.
 */
export function variance(
  values: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = values.length;
  const last = period - 1;
  const share = 1 / period;
  scratch[last] = 0;
  scratch[period + last] = 0;
  for (let start = 0; start < n; start += period) {
    const end = Math.min(start + period, n);
    const shift = values[start];
    if (start > 0) {
      // What the block before still gives when this one has j + 1 values, summed from the right.
      let sum = 0;
      let squares = 0;
      for (let j = last - 1; j >= 0; j--) {
        const d = values[start - last + j] - shift;
        sum += d;
        squares += d * d;
        scratch[j] = sum;
        scratch[period + j] = squares;
      }
    }
    let sum = 0;
    let squares = 0;
    let i = start;
    if (start === 0) {
      for (const warm = Math.min(last, n); i < warm; i++) {
        const d = values[i] - shift;
        sum += d;
        squares += d * d;
        out[i] = NaN;
      }
    }
    for (; i < end; i++) {
      const j = i - start;
      const d = values[i] - shift;
      sum += d;
      squares += d * d;
      out[i] = windowVariance(sum + scratch[j], squares + scratch[period + j], share);
    }
  }
}

/** Population variance of sums of d and d^2, where `share` is one over their number. */
function windowVariance(total: number, squares: number, share: number): number {
  return windowSpread(total, squares, share) * share;
}

/** Sum of the squared differences from the mean; not below 0, though two equal numbers may round apart. */
export function windowSpread(total: number, squares: number, share: number): number {
  const spread = squares - total * (total * share);
  return spread > 0 ? spread : 0;
}

/** Population standard deviation times `deviations`; arguments as `variance`. Reference: TA-Lib STDDEV. */
export function stddev(
  values: Float64Array,
  period: number,
  deviations: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  variance(values, period, scratch, out);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]) * deviations;
}
