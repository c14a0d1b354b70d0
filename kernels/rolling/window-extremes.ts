/** Cells of scratch that the extremes and their ages need for a window of `period` values. */
export function windowExtremesScratch(period: number): number {
  return period;
}

/** Cells that a piece of extremes may write before its first. */
export const EXTREMES_MARGIN = 4;

/**
 * Largest of the last `period` values at every index.
 *
 * values   n numbers without NaN
 * period   1 or more; longer than n leaves only NaN
 * scratch  windowExtremesScratch(period) cells
 * out      n numbers, each a value of its window (of 0 and −0 the later one); the first period − 1 NaN; must not
 *          overlap `values`
 *
 * O(n) whatever the data and the period. Reference: TA-Lib MAX.
 *
 * Windows of up to 8 values are put together from shorter ones, by index and without a branch on the data: on prices
 * such a branch is missed every few bars. That is at most three comparisons a bar.
 *
 * Longer windows keep the largest value until it leaves. Then the maxima of the window's ends are written down, from
 * the right, and serve for the next bars together with the maximum of what has come since, until that is the larger.
 * Two such passes back are at least `period` bars apart, so they cost at most one comparison a bar; a rising series has
 * none. Tried for a million bars of a random walk and 14 bars: this 8 ms, blocks of van Herk 11, a monotone queue 20,
 * a new search whenever the largest leaves 13 (and 20 to 1,600 on a falling series, with the period).
 */
export function windowMax(
  values: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  extremes(values, period, 1, period - 1, values.length, scratch, out, 0);
  out.fill(NaN, 0, period - 1);
}

/** Smallest of the last `period` values at every index; all else as `windowMax`. Reference: TA-Lib MIN. */
export function windowMin(
  values: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  extremes(values, period, -1, period - 1, values.length, scratch, out, 0);
  out.fill(NaN, 0, period - 1);
}

/**
 * A piece of `windowMax`: the cells of the bars `from` to `to` − 1.
 *
 * from, to  period − 1 <= from; to <= n; nothing when from >= to
 * out       the value of bar i goes to cell at + i − from; up to EXTREMES_MARGIN cells before `at` may be written over
 * at        EXTREMES_MARGIN or more
 *
 * For kernels that go through a long series in pieces, because they need two extremes at once or have no output to
 * keep one in. Every piece begins with a look at the period − 1 bars before it.
 */
export function windowMaxPiece(
  values: Float64Array,
  period: number,
  from: number,
  to: number,
  scratch: Float64Array,
  out: Float64Array,
  at: number,
): void {
  extremes(values, period, 1, from, to, scratch, out, at - from);
}

/** A piece of `windowMin`; all else as `windowMaxPiece`. */
export function windowMinPiece(
  values: Float64Array,
  period: number,
  from: number,
  to: number,
  scratch: Float64Array,
  out: Float64Array,
  at: number,
): void {
  extremes(values, period, -1, from, to, scratch, out, at - from);
}

/** All four: the largest of sign × value, with its sign given back; bar i goes to out[shift + i]. */
function extremes(
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
  if (period > 8) {
    longExtremes(values, period, sign, from, to, scratch, out, shift);
  } else if (period > 1) {
    shortExtremes(values, period, sign, from, to, out, shift);
  } else {
    for (let i = from; i < to; i++) out[shift + i] = values[i];
  }
}

/** A comparison as 0 or 1 is a step back or none; its negative is a mask of all bits or none. */
function shortExtremes(
  values: Float64Array,
  period: number,
  sign: number,
  from: number,
  to: number,
  out: Float64Array,
  shift: number,
): void {
  const rest = Math.max(0, period - 4);
  const first = from - rest;
  const lead = Math.min(period - 2, 2);
  let before = 0;
  let last = 0;
  for (let i = first - lead; i < first; i++) {
    before = last;
    last = i - (+(sign * values[i - 1] > sign * values[i]) | 0);
  }
  for (let i = first; i < to; i++) {
    const pair = i - (+(sign * values[i - 1] > sign * values[i]) | 0);
    if (period === 2) {
      out[shift + i] = values[pair];
    } else {
      const older = period === 3 ? last : before;
      const back = -(+(sign * values[older] > sign * values[pair]) | 0) & (pair - older);
      out[shift + i] = values[pair - back];
    }
    before = last;
    last = pair;
  }
  if (rest === 0) return;
  for (let i = shift + to - 1; i >= shift + from; i--) {
    out[i] = out[i - (-(+(sign * out[i - rest] > sign * out[i]) | 0) & rest)];
  }
}

function longExtremes(
  values: Float64Array,
  period: number,
  sign: number,
  from: number,
  to: number,
  scratch: Float64Array,
  out: Float64Array,
  shift: number,
): void {
  let best = -Infinity;
  let lostAt = 0;
  let i = from - period + 1;
  for (; i < from; i++) {
    const value = sign * values[i];
    if (value >= best) {
      best = value;
      lostAt = i + period;
    }
  }
  while (i < to) {
    for (; i < to; i++) {
      const value = sign * values[i];
      if (value >= best) {
        best = value;
        lostAt = i + period;
      } else if (i >= lostAt) {
        break;
      }
      out[shift + i] = sign * best;
    }
    if (i === to) return;
    // scratch[j]: the largest of this window without its first j values.
    const origin = i;
    const first = i - period + 1;
    best = sign * values[i];
    scratch[period - 1] = best;
    for (let j = period - 2; j >= 0; j--) {
      const value = sign * values[first + j];
      if (value > best) best = value;
      scratch[j] = best;
    }
    out[shift + i] = sign * best;
    const end = Math.min(to, i + period);
    best = -Infinity;
    for (i++; i < end; i++) {
      const value = sign * values[i];
      if (value >= best) {
        best = value;
        lostAt = i + period;
      }
      const old = scratch[i - origin];
      if (best >= old) break;
      out[shift + i] = sign * old;
    }
  }
}
