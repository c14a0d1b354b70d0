/** Index of the first value of `mom`, `roc`, `rocp`, `rocr` and `rocr100`. */
export function rateOfChangeLookback(period: number): number {
  return period;
}

/**
 * Momentum: value − the one `period` bars before.
 *
 * values  n numbers without NaN
 * period  1 or more
 * out     n numbers, the first `period` of them NaN; must not overlap `values`
 *
 * O(n). Reference: TA-Lib MOM.
 */
export function mom(values: Float64Array, period: number, out: Float64Array): void {
  const n = values.length;
  out.fill(NaN, 0, period);
  for (let i = period; i < n; i++) out[i] = values[i] - values[i - period];
}

/**
 * Rate of change as a multiple: scale × (value / the one `period` bars before − base); 0 where that one is 0.
 *
 * values  n numbers without NaN
 * period  1 or more
 * base    1 for a change, 0 for a ratio
 * scale   100 for percent, else 1
 * out     n numbers, the first `period` of them NaN; must not overlap `values`
 *
 * O(n). Reference: TA-Lib ROC (1, 100), ROCP (1, 1), ROCR (0, 1), ROCR100 (0, 100).
 */
export function rateOfChange(
  values: Float64Array,
  period: number,
  base: number,
  scale: number,
  out: Float64Array,
): void {
  const n = values.length;
  out.fill(NaN, 0, period);
  for (let i = period; i < n; i++) {
    const before = values[i - period];
    out[i] = before === 0 ? 0 : (values[i] / before - base) * scale;
  }
}
