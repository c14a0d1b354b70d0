/** Which stops a bar touches, and whether its prices can be believed. */

/**
 * Writes the symbols whose prices reach one of their levels.
 *
 * n, at         symbols, and the first cell of the bar in the panels
 * low, high     panels in ticks, NaN where missing; the same panel twice looks at one price of the bar
 * lower, upper  levels in ticks; −Infinity and Infinity where there is none
 * out           n cells; the columns touched, rising, are written to the first of them
 *
 * Returns how many. O(n).
 */
export function findTouched(
  n: number,
  at: number,
  low: Float64Array,
  high: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  out: Int32Array,
): number {
  let count = 0;
  const even = n - (n % 4);
  let i = 0;
  // Four at a time: V8 looks at every array once a turn, and nearly always none of the four is touched.
  for (; i < even; i += 4) {
    const cell = at + i;
    if (
      low[cell] <= lower[i] ||
      high[cell] >= upper[i] ||
      low[cell + 1] <= lower[i + 1] ||
      high[cell + 1] >= upper[i + 1] ||
      low[cell + 2] <= lower[i + 2] ||
      high[cell + 2] >= upper[i + 2] ||
      low[cell + 3] <= lower[i + 3] ||
      high[cell + 3] >= upper[i + 3]
    ) {
      count = touchedAmong(i, i + 4, at, low, high, lower, upper, count, out);
    }
  }
  return touchedAmong(i, n, at, low, high, lower, upper, count, out);
}

/** `findTouched` for the symbols from `from` to before `to`; `count` cells of `out` are taken. */
function touchedAmong(
  from: number,
  to: number,
  at: number,
  low: Float64Array,
  high: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  count: number,
  out: Int32Array,
): number {
  for (let i = from; i < to; i++) {
    if (low[at + i] <= lower[i] || high[at + i] >= upper[i]) {
      out[count] = i;
      count += 1;
    }
  }
  return count;
}

/**
 * The first cell at or after `from` whose bar is not in order, or the length.
 *
 * open, high, low, close   panels of one length
 * limit                    largest price, below 2^52
 *
 * In order: four whole numbers from 1 to `limit`, open and close from low to high. A missing price is out of order too.
 */
export function firstDoubtfulBar(
  from: number,
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  limit: number,
): number {
  const end = close.length;
  for (let cell = from; cell < end; cell++) {
    const o = open[cell];
    const h = high[cell];
    const l = low[cell];
    const c = close[cell];
    if (!(l >= 1 && l <= o && l <= c && h >= o && h >= c && h <= limit)) return cell;
    const whole =
      o + 4503599627370496 - 4503599627370496 === o &&
      h + 4503599627370496 - 4503599627370496 === h &&
      l + 4503599627370496 - 4503599627370496 === l &&
      c + 4503599627370496 - 4503599627370496 === c;
    if (!whole) return cell;
  }
  return end;
}
