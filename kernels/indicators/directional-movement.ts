/** Index of the first value of `plusDm` and `minusDm`. */
export function directionalMovementLookback(period: number): number {
  return period === 1 ? 1 : period - 1;
}

/**
 * Upward directional movement: Wilder's sum of the rises of the high that are larger than the fall of the low.
 *
 * high, low  n numbers each, without NaN
 * period     1 or more; 1 gives the movement of each bar
 * out        n numbers, the first max(period − 1, 1) of them NaN; must not overlap the inputs
 *
 * A bar moves by max(high − previous high, 0) if that is more than previous low − low, else by 0. The first sum is of
 * the movements of bars 1 to period − 1; afterwards sum = sum × (period − 1) / period + movement.
 * O(n). Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978. Reference: TA-Lib PLUS_DM.
 */
export function plusDm(high: Float64Array, low: Float64Array, period: number, out: Float64Array): void {
  movement(high, low, 1, period, out);
}

/**
 * Downward directional movement: Wilder's sum of the falls of the low that are larger than the rise of the high.
 *
 * All else as for `plusDm`. Reference: TA-Lib MINUS_DM.
 */
export function minusDm(high: Float64Array, low: Float64Array, period: number, out: Float64Array): void {
  movement(low, high, -1, period, out);
}

/** Movement of `own` in the direction of `sign`, where `other` moves less the other way. Without a branch on data. */
function movement(
  own: Float64Array,
  other: Float64Array,
  sign: number,
  period: number,
  out: Float64Array,
): void {
  const n = own.length;
  const first = period === 1 ? 1 : period - 1;
  const keep = (period - 1) / period;
  out.fill(NaN, 0, first);
  if (n <= first) return;
  let sum = 0;
  let ownBefore = own[0];
  let otherBefore = other[0];
  for (let i = 1; i < n; i++) {
    const ownNow = own[i];
    const otherNow = other[i];
    const ahead = sign * (ownNow - ownBefore);
    const away = sign * (otherBefore - otherNow);
    const moved = (Math.abs(ahead) + ahead) * 0.5 * Number(ahead > away);
    sum = i < period ? sum + moved : sum * keep + moved;
    ownBefore = ownNow;
    otherBefore = otherNow;
    if (i >= first) out[i] = sum;
  }
}
