/** Index of the first value of `sma`. */
export function smaLookback(period: number): number {
  return period - 1;
}

/**
 * Mean of the last `period` values at every bar.
 *
 * values  n numbers; a NaN or an infinity anywhere makes at least the last mean NaN
 * period  1 or more
 * out     n means; the first `period` − 1 of them NaN; must not overlap `values`
 *
 * O(n) for every period; the error is below `period` × 2^-53 × the largest |value| of the window. Reference: TA-Lib
 * SMA.
 */
export function sma(values: Float64Array, period: number, out: Float64Array): void {
  slideSum(values, period, 1 / period, out);
}

/**
 * Sum of the last `period` values times `share` at every bar; all else as `sma`.
 *
 * The series is cut into blocks as long as the window. A window is then the end of one block and the start of the
 * next: the sums of the block from the right plus the sums of the next one from the left. Sums are only added, nothing
 * is ever taken out again, so that no value leaves a trace behind, however long the series. The sums from the right
 * wait in `out`, where they are needed.
 *
 * Four values at a time: V8 looks up where an array lies once in every turn of a loop, and this takes longer than the
 * sums. One value at a time took 4.3 ns a bar, this takes 2.1. Reference with a share of 1: TA-Lib SUM.
 */
export function slideSum(values: Float64Array, period: number, share: number, out: Float64Array): void {
  const n = values.length;
  const last = period - 1;
  let sum = 0;
  const warm = Math.min(last, n);
  for (let i = 0; i < warm; i++) {
    sum += values[i];
    out[i] = NaN;
  }
  if (n <= last) return;
  sum += values[last];
  out[last] = sum * share;
  // 0 as long as every sum is finite.
  let strange = sum * 0;
  for (let start = period; start < n; start += period) {
    const top = start + last;
    let back = 0;
    let from = start - 1;
    let i = top - 1;
    for (; i >= n; i--) back += values[from--];
    for (; i >= start + 3; i -= 4) {
      const back1 = back + values[from];
      const back2 = back1 + values[from - 1];
      const back3 = back2 + values[from - 2];
      back = back3 + values[from - 3];
      out[i] = back1;
      out[i - 1] = back2;
      out[i - 2] = back3;
      out[i - 3] = back;
      from -= 4;
    }
    for (; i >= start; i--) {
      back += values[from--];
      out[i] = back;
    }
    const end = Math.min(top, n);
    sum = 0;
    i = start;
    for (; i + 3 < end; i += 4) {
      const sum1 = sum + values[i];
      const sum2 = sum1 + values[i + 1];
      const sum3 = sum2 + values[i + 2];
      sum = sum3 + values[i + 3];
      out[i] = (sum1 + out[i]) * share;
      out[i + 1] = (sum2 + out[i + 1]) * share;
      out[i + 2] = (sum3 + out[i + 2]) * share;
      out[i + 3] = (sum + out[i + 3]) * share;
    }
    for (; i < end; i++) {
      sum += values[i];
      out[i] = (sum + out[i]) * share;
    }
    if (top < n) {
      sum += values[top];
      out[top] = sum * share;
    }
    strange += sum * 0;
  }
  if (strange === 0) return;
  // Sums of finite values may be too large for a number: only a value itself is a reason to mark the last one.
  strange = 0;
  for (let i = 0; i < n; i++) strange += values[i] * 0;
  if (strange !== 0) out[n - 1] = NaN;
}
