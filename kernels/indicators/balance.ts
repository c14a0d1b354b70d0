/** Index of the first value of `obv`, `ad` and `bop`. */
export function balanceLookback(): number {
  return 0;
}

/** Index of the first value of `adosc`. */
export function adoscLookback(fast: number, slow: number): number {
  return Math.max(fast, slow) - 1;
}

/**
 * On-balance volume: the running sum of volume, taken with the sign of the change of price.
 *
 * close   n numbers without NaN
 * volume  n numbers without NaN
 * out     n numbers, the first of them the first volume; must not overlap the inputs
 *
 * The sign is the difference of two comparisons, not a branch.
 * O(n). Source: J. Granville, New Key to Stock Market Profits, 1963. Reference: TA-Lib OBV.
 */
export function obv(close: Float64Array, volume: Float64Array, out: Float64Array): void {
  const n = close.length;
  if (n === 0) return;
  let sum = volume[0];
  let before = close[0];
  out[0] = sum;
  for (let i = 1; i < n; i++) {
    const price = close[i];
    sum += volume[i] * (Number(price > before) - Number(price < before));
    before = price;
    out[i] = sum;
  }
}

/**
 * Accumulation/distribution line: the running sum of volume × (2 close − high − low) / (high − low).
 *
 * high, low, close, volume  n numbers each, without NaN; a bar with high <= low adds nothing
 * out                       n numbers; must not overlap the inputs
 *
 * O(n). Source: M. Chaikin. Reference: TA-Lib AD.
 */
export function ad(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  out: Float64Array,
): void {
  const n = high.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const h = high[i];
    const l = low[i];
    const price = close[i];
    const range = h - l;
    sum += range > 0 ? ((price - l - (h - price)) / range) * volume[i] : 0;
    out[i] = sum;
  }
}

/**
 * Chaikin's oscillator: exponential average over `fast` bars of the accumulation/distribution line less the one over
 * `slow` bars, both started with its first value.
 *
 * high, low, close, volume  as for `ad`
 * fast, slow                bars of the averages, 1 or more; also fast >= slow
 * out                       n numbers, the first max(fast, slow) − 1 of them NaN; must not overlap the inputs
 *
 * O(n). Source: M. Chaikin. Reference: TA-Lib ADOSC.
 */
export function adosc(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  fast: number,
  slow: number,
  out: Float64Array,
): void {
  const n = high.length;
  const first = Math.max(fast, slow) - 1;
  const fastShare = 2 / (fast + 1);
  const slowShare = 2 / (slow + 1);
  const fastKeep = 1 - fastShare;
  const slowKeep = 1 - slowShare;
  let sum = 0;
  let quick = 0;
  let calm = 0;
  for (let i = 0; i < n; i++) {
    const h = high[i];
    const l = low[i];
    const price = close[i];
    const range = h - l;
    sum += range > 0 ? ((price - l - (h - price)) / range) * volume[i] : 0;
    quick = i === 0 ? sum : quick * fastKeep + sum * fastShare;
    calm = i === 0 ? sum : calm * slowKeep + sum * slowShare;
    out[i] = i < first ? NaN : quick - calm;
  }
}

/**
 * Balance of power: (close − open) / (high − low), 0 where high <= low.
 *
 * open, high, low, close  n numbers each, without NaN
 * out                     n numbers; must not overlap the inputs
 *
 * O(n). Source: I. Livshin. Reference: TA-Lib BOP.
 */
export function bop(
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  const n = open.length;
  for (let i = 0; i < n; i++) {
    const range = high[i] - low[i];
    out[i] = range > 0 ? (close[i] - open[i]) / range : 0;
  }
}
