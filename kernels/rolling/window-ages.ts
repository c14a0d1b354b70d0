/**
 * How many bars ago the largest of the last `period` values came, at every index: 0 for the bar itself.
 *
 * values   n numbers without NaN
 * period   1 or more; longer than n leaves only NaN
 * scratch  windowExtremesScratch(period) cells
 * out      n whole numbers, 0 to period − 1, of the later one where two are equal; the first period − 1 NaN; must not
 *          overlap `values`
 *
 * O(n) whatever the data and the period, as `windowMax`. Reference: TA-Lib MAXINDEX.
 */
export function windowMaxAge(
  values: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  ages(values, period, 1, period - 1, values.length, scratch, out, 0);
  out.fill(NaN, 0, period - 1);
}

/** How many bars ago the smallest came; all else as `windowMaxAge`. Reference: TA-Lib MININDEX. */
export function windowMinAge(
  values: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  ages(values, period, -1, period - 1, values.length, scratch, out, 0);
  out.fill(NaN, 0, period - 1);
}

/**
 * A piece of `windowMaxAge`: the cells of the bars `from` to `to` − 1.
 *
 * from, to  period − 1 <= from; to <= n; nothing when from >= to
 * out       the age of bar i goes to cell at + i − from
 * at        0 or more
 *
 * As `windowMaxPiece` of window-extremes.ts.
 */
export function windowMaxAgePiece(
  values: Float64Array,
  period: number,
  from: number,
  to: number,
  scratch: Float64Array,
  out: Float64Array,
  at: number,
): void {
  ages(values, period, 1, from, to, scratch, out, at - from);
}

/** A piece of `windowMinAge`; all else as `windowMaxAgePiece`. */
export function windowMinAgePiece(
  values: Float64Array,
  period: number,
  from: number,
  to: number,
  scratch: Float64Array,
  out: Float64Array,
  at: number,
): void {
  ages(values, period, -1, from, to, scratch, out, at - from);
}

/** As `longExtremes` of window-extremes.ts, with the places of the values beside them. */
function ages(
  values: Float64Array,
  period: number,
  sign: number,
  from: number,
  to: number,
  scratch: Float64Array,
  out: Float64Array,
  shift: number,
): void {
  if (from >= to) return;
  let best = -Infinity;
  let bestAt = 0;
  let i = from - period + 1;
  for (; i < from; i++) {
    const value = sign * values[i];
    if (value >= best) {
      best = value;
      bestAt = i;
    }
  }
  while (i < to) {
    for (; i < to; i++) {
      const value = sign * values[i];
      if (value >= best) {
        best = value;
        bestAt = i;
      } else if (i - bestAt >= period) {
        break;
      }
      out[shift + i] = i - bestAt;
    }
    if (i === to) return;
    // scratch[j]: where the largest of this window without its first j values stands.
    const origin = i;
    const first = i - period + 1;
    best = sign * values[i];
    bestAt = i;
    scratch[period - 1] = i;
    for (let j = period - 2; j >= 0; j--) {
      const value = sign * values[first + j];
      if (value > best) {
        best = value;
        bestAt = first + j;
      }
      scratch[j] = bestAt;
    }
    out[shift + i] = i - bestAt;
    const end = Math.min(to, i + period);
    best = -Infinity;
    for (i++; i < end; i++) {
      const value = sign * values[i];
      if (value >= best) {
        best = value;
        bestAt = i;
      }
      const oldAt = scratch[i - origin];
      if (best >= sign * values[oldAt]) break;
      out[shift + i] = i - oldAt;
    }
  }
}
