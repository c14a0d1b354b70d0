/** Index of the first value of `trix`. */
export function trixLookback(period: number): number {
  return 3 * (period - 1) + 1;
}

/**
 * Change in percent from bar to bar of an exponential average taken three times; 0 after an average of 0.
 *
 * values  n numbers; after a NaN or an infinity everything is NaN
 * period  1 or more
 * out     n numbers; the first 3 (`period` − 1) + 1 of them NaN; must not overlap `values`
 *
 * Each average starts with the mean of its first `period` numbers. O(n), one pass.
 * Source: J. K. Hutson, Good TRIX, 1983; first values as TA-Lib TRIX.
 */
export function trix(values: Float64Array, period: number, out: Float64Array): void {
  const n = values.length;
  const last = period - 1;
  if (n <= 3 * last + 1) {
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
  out[3 * last] = NaN;
  for (let i = 3 * last + 1; i < n; i++) {
    first += share * (values[i] - first);
    second += share * (first - second);
    const before = third;
    third += share * (second - third);
    out[i] = percentChange(before, third);
  }
}

/** 100 × (now − before) / before; 0 if before is 0. */
export function percentChange(before: number, now: number): number {
  return before !== 0 ? (100 * (now - before)) / before : 0;
}
