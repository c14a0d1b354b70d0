/** Index of the first value of `tema`. */
export function temaLookback(period: number): number {
  return 3 * (period - 1);
}

/**
 * Triple exponential moving average: 3 × (first − second) + third average of averages.
 *
 * values  n numbers; after a NaN or an infinity everything is NaN
 * period  1 or more
 * out     n numbers; the first 3 (`period` − 1) of them NaN; may be `values` itself
 *
 * Each average starts with the mean of its first `period` numbers. O(n), one pass.
 * Source: P. G. Mulloy, Smoothing Data with Less Lag, 1994; first values as TA-Lib TEMA.
 */
export function tema(values: Float64Array, period: number, out: Float64Array): void {
  const n = values.length;
  const last = period - 1;
  if (n <= 3 * last) {
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
  sum = second;
  for (let i = 2 * last + 1; i <= 3 * last; i++) {
    first += share * (values[i] - first);
    second += share * (first - second);
    sum += second;
    out[i] = NaN;
  }
  let third = sum / period;
  out[3 * last] = 3 * (first - second) + third;
  for (let i = 3 * last + 1; i < n; i++) {
    first += share * (values[i] - first);
    second += share * (first - second);
    third += share * (second - third);
    out[i] = 3 * (first - second) + third;
  }
}
