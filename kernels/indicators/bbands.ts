import { windowSpread } from './variance.js';

/** Index of the first value of `bbands`. */
export function bbandsLookback(period: number): number {
  return period - 1;
}

/**
 * Bands at a number of standard deviations around the mean of the last `period` values.
 *
 * values  n numbers; a NaN or an infinity anywhere makes at least the last upper band NaN
 * period  1 or more
 * up      standard deviations (population) from the middle to the upper band
 * down    the same to the lower band
 * upper   n numbers; the first `period` − 1 cells of each output are NaN; none may overlap another or `values`
 * middle  n means
 * lower   n numbers
 *
 * Sums in blocks of differences from a value of the window, as in `variance`; a flat window has all three at its value.
 * The sums from the right wait in `upper`, those of squares in `lower`; four bars at a time, as in `sma`: 8.7 ns a bar
 * one at a time, 6.0 so.
 * O(n) for every period. Source: J. Bollinger, Bollinger on Bollinger Bands, 2001. Reference: TA-Lib BBANDS.
 */
export function bbands(
  values: Float64Array,
  period: number,
  up: number,
  down: number,
  upper: Float64Array,
  middle: Float64Array,
  lower: Float64Array,
): void {
  const n = values.length;
  const last = period - 1;
  const share = 1 / period;
  const above = up * Math.sqrt(share);
  const below = down * Math.sqrt(share);
  // 0 as long as every value is finite.
  let strange = 0;
  for (let start = 0; start < n; start += period) {
    const shift = values[start];
    const top = start + last;
    const end = Math.min(top, n);
    let sum = 0;
    let squares = 0;
    let i = start;
    if (start === 0) {
      for (; i < end; i++) {
        const d = values[i] - shift;
        sum += d;
        squares += d * d;
        upper[i] = NaN;
        middle[i] = NaN;
        lower[i] = NaN;
      }
    } else {
      // What the block before still gives, to the windows that end in this one.
      let backSum = 0;
      let backSquares = 0;
      let from = start - 1;
      i = top - 1;
      for (; i >= n; i--) {
        const d = values[from--] - shift;
        backSum += d;
        backSquares += d * d;
      }
      for (; i >= start + 3; i -= 4) {
        let d = values[from] - shift;
        backSum += d;
        backSquares += d * d;
        upper[i] = backSum;
        lower[i] = backSquares;
        d = values[from - 1] - shift;
        backSum += d;
        backSquares += d * d;
        upper[i - 1] = backSum;
        lower[i - 1] = backSquares;
        d = values[from - 2] - shift;
        backSum += d;
        backSquares += d * d;
        upper[i - 2] = backSum;
        lower[i - 2] = backSquares;
        d = values[from - 3] - shift;
        backSum += d;
        backSquares += d * d;
        upper[i - 3] = backSum;
        lower[i - 3] = backSquares;
        from -= 4;
      }
      for (; i >= start; i--) {
        const d = values[from--] - shift;
        backSum += d;
        backSquares += d * d;
        upper[i] = backSum;
        lower[i] = backSquares;
      }
      i = start;
      for (; i + 3 < end; i += 4) {
        let d = values[i] - shift;
        sum += d;
        squares += d * d;
        let total = sum + upper[i];
        let mean = shift + total * share;
        let deviation = Math.sqrt(windowSpread(total, squares + lower[i], share));
        upper[i] = mean + above * deviation;
        middle[i] = mean;
        lower[i] = mean - below * deviation;
        d = values[i + 1] - shift;
        sum += d;
        squares += d * d;
        total = sum + upper[i + 1];
        mean = shift + total * share;
        deviation = Math.sqrt(windowSpread(total, squares + lower[i + 1], share));
        upper[i + 1] = mean + above * deviation;
        middle[i + 1] = mean;
        lower[i + 1] = mean - below * deviation;
        d = values[i + 2] - shift;
        sum += d;
        squares += d * d;
        total = sum + upper[i + 2];
        mean = shift + total * share;
        deviation = Math.sqrt(windowSpread(total, squares + lower[i + 2], share));
        upper[i + 2] = mean + above * deviation;
        middle[i + 2] = mean;
        lower[i + 2] = mean - below * deviation;
        d = values[i + 3] - shift;
        sum += d;
        squares += d * d;
        total = sum + upper[i + 3];
        mean = shift + total * share;
        deviation = Math.sqrt(windowSpread(total, squares + lower[i + 3], share));
        upper[i + 3] = mean + above * deviation;
        middle[i + 3] = mean;
        lower[i + 3] = mean - below * deviation;
      }
      for (; i < end; i++) {
        const d = values[i] - shift;
        sum += d;
        squares += d * d;
        const total = sum + upper[i];
        const mean = shift + total * share;
        const deviation = Math.sqrt(windowSpread(total, squares + lower[i], share));
        upper[i] = mean + above * deviation;
        middle[i] = mean;
        lower[i] = mean - below * deviation;
      }
    }
    if (top < n) {
      // The window is the block.
      const d = values[top] - shift;
      sum += d;
      const mean = shift + sum * share;
      const deviation = Math.sqrt(windowSpread(sum, squares + d * d, share));
      upper[top] = mean + above * deviation;
      middle[top] = mean;
      lower[top] = mean - below * deviation;
    }
    strange += sum * 0;
  }
  if (strange !== 0) upper[n - 1] = NaN;
}

/**
 * Bands around a middle that is there already.
 *
 * middle  n numbers or NaN
 * upper   n standard deviations on entry, NaN where there is none; n numbers on return
 * lower   n numbers
 *
 * Where either is NaN all three become NaN.
 */
export function bandsAround(
  middle: Float64Array,
  up: number,
  down: number,
  upper: Float64Array,
  lower: Float64Array,
): void {
  for (let i = 0; i < middle.length; i++) {
    const deviation = upper[i];
    const mean = middle[i];
    upper[i] = mean + up * deviation;
    lower[i] = mean - down * deviation;
    middle[i] = deviation !== deviation ? NaN : mean;
  }
}
