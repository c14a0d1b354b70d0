/** Cells of scratch that `windowLine` needs. */
export function windowLineScratch(period: number): number {
  return 2 * period;
}

/**
 * Weights that rise or fall evenly over a window, at every bar: at × first + level × sum(d) + rise × sum(m × d).
 *
 * values   n numbers without NaN
 * period   1 or more; m runs from 1 at the oldest value of the window to `period` at the newest
 * at       1 if the result moves with the values, 0 if it depends on their differences only
 * level    factor of the plain sum
 * rise     factor of the weighted sum
 * scratch  windowLineScratch(period) cells
 * out      n numbers; the first `period` − 1 of them NaN; must not overlap `values`
 *
 * d = value − c with c a value of the window, so that a flat window gives `at` × c exactly and a large offset of the
 * values costs no digits. The series is cut into blocks as long as the window, as in `sma`: both sums of a window are
 * those of the end of one block, taken from the right, and of the start of the next one; nothing is taken out again.
 *
 * O(n) for every period. Weighted averages and lines of least squares are all of this form.
 */
export function windowLine(
  values: Float64Array,
  period: number,
  at: number,
  level: number,
  rise: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = values.length;
  const last = period - 1;
  scratch[last] = 0;
  scratch[period + last] = 0;
  for (let start = 0; start < n; start += period) {
    const end = Math.min(start + period, n);
    const shift = values[start];
    const base = at * shift;
    if (start > 0) {
      // What the block before still gives when this one has j + 1 values: its sums without its first j + 1.
      let sum = 0;
      let weighted = 0;
      for (let j = last - 1; j >= 0; j--) {
        sum += values[start - last + j] - shift;
        weighted += sum;
        scratch[j] = sum;
        scratch[period + j] = weighted;
      }
    }
    let sum = 0;
    let weighted = 0;
    let i = start;
    if (start === 0) {
      for (const warm = Math.min(last, n); i < warm; i++) {
        const d = values[i] - shift;
        sum += d;
        weighted += (i + 1) * d;
        out[i] = NaN;
      }
    }
    for (; i < end; i++) {
      const j = i - start;
      const d = values[i] - shift;
      sum += d;
      weighted += (j + 1) * d;
      const total = sum + scratch[j];
      out[i] = base + (level * total + rise * (weighted + (last - j) * sum + scratch[period + j]));
    }
  }
}
