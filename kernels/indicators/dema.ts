/** Index of the first value of `dema`. */
export function demaLookback(period: number): number {
  return 2 * (period - 1);
}

/**
 * Double exponential moving average: 2 × average − average of the averages.
 *
 * values  n numbers; after a NaN or an infinity everything is NaN
 * period  1 or more
 * out     n numbers; the first 2 (`period` − 1) of them NaN; may be `values` itself
 *
 * Each average starts with the mean of its first `period` numbers. O(n), one pass.
 * Source: P. G. Mulloy, Smoothing Data with Faster Moving Averages, 1994; first values as TA-Lib DEMA.
 */
export function dema(values: Float64Array, period: number, out: Float64Array): void {
  const n = values.length;
  const last = period - 1;
  if (n <= 2 * last) {
    out.fill(NaN);
    return;
  }
  const share = 2 / (period + 1);
  let sum = 0;
  for (let i = 0; i <= last; i++) {
    sum += values[i];
    out[i] = NaN;
  }
  let first = sum / period;
  sum = first;
  for (let i = period; i <= 2 * last; i++) {
    first += share * (values[i] - first);
    sum += first;
    out[i] = NaN;
  }
  let second = sum / period;
  out[2 * last] = 2 * first - second;
  for (let i = 2 * last + 1; i < n; i++) {
    first += share * (values[i] - first);
    second += share * (first - second);
    out[i] = 2 * first - second;
  }
}
