import { selectInPlace } from '../stats/select.js';

/**
 * Losses of a portfolio: what each period loses, or what the running sum of its returns lies below its peak.
 *
 * data     rows × cols returns, row-major
 * weights  cols numbers
 * peaks    false: minus the return; true: the drawdown of the uncompounded sum, whose first peak is 0
 * losses   rows numbers, written
 *
 * O(rows · cols).
 */
export function portfolioLosses(
  data: Float64Array,
  rows: number,
  cols: number,
  weights: Float64Array,
  peaks: boolean,
  losses: Float64Array,
): void {
  let sum = 0;
  let peak = 0;
  for (let t = 0; t < rows; t++) {
    const at = t * cols;
    let value = 0;
    for (let j = 0; j < cols; j++) value += weights[j] * data[at + j];
    sum += value;
    if (sum > peak) peak = sum;
    losses[t] = peaks ? peak - sum : 0 - value;
  }
}

/**
 * Mean of the `share` · n largest losses; the last one counts by the fraction that is left (Rockafellar and Uryasev
 * 2002, eq. 8: what the linear program minimises).
 *
 * losses  n numbers without NaN, reordered
 * share   above 0, below 1
 *
 * O(n log n) in the tail's size.
 */
export function meanOfWorst(losses: Float64Array, share: number): number {
  const n = losses.length;
  const count = share * n;
  const whole = Math.min(n - 1, Math.floor(count));
  const last = n - 1 - whole;
  selectInPlace(losses, 0, n, last);
  if (whole === 0) return losses[n - 1];
  let sum = 0;
  for (let i = last + 1; i < n; i++) sum += losses[i];
  return (sum + (count - whole) * losses[last]) / count;
}
