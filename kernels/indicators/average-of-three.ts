/**
 * Mean of the last three values at every bar, with the bits of `sma` of period 3 over the values from `from` on.
 *
 * values  n numbers; those before `from` do not count
 * from    index of the first that counts, 0 or more
 * out     n means; the cells before from + 2 are NaN; must not overlap `values`
 *
 * `sma` in blocks of three without its scratch: half its time, for the averages that stochastic oscillators take.
 * O(n).
 */
export function averageOfThree(values: Float64Array, from: number, out: Float64Array): void {
  const n = values.length;
  const share = 1 / 3;
  out.fill(NaN, 0, from + 2);
  if (n < from + 3) return;
  let second = values[from + 1];
  let third = values[from + 2];
  out[from + 2] = (values[from] + second + third) * share;
  let i = from + 3;
  for (; i < n - 2; i += 3) {
    const a = values[i];
    const b = values[i + 1];
    const c = values[i + 2];
    out[i] = (a + (third + second)) * share;
    out[i + 1] = (a + b + third) * share;
    out[i + 2] = (a + b + c) * share;
    second = b;
    third = c;
  }
  if (i < n) out[i] = (values[i] + (third + second)) * share;
  if (i + 1 < n) out[i + 1] = (values[i] + values[i + 1] + third) * share;
}
