import { selectInPlace, smallestValues } from './select.js';

/**
 * The value below which a fraction `q` of the numbers lies, interpolated linearly between the two nearest ranks
 * (type 7 of Hyndman and Fan 1996; the default of numpy and pandas).
 *
 * values   n numbers without NaN, n >= 1; not changed
 * q        0 to 1
 * scratch  at least n long, overwritten
 *
 * O(n). The rank (n − 1) q is taken as whole when rounding alone keeps it from being so. Reference:
 * numpy.quantile, in the tests and in parity/metrics.py.
 */
export function quantileLinear(values: Float64Array, q: number, scratch: Float64Array): number {
  const n = values.length;
  const position = (n - 1) * q;
  const whole = Math.round(position);
  const exact = Math.abs(position - whole) <= 1e-12 * n;
  const below = exact ? whole : Math.floor(position);
  if (exact || below + 1 >= n) {
    orderStatistic(values, below, scratch);
    return scratch[below];
  }
  orderStatistic(values, below + 1, scratch);
  const upper = scratch[below + 1];
  let lower = scratch[0];
  for (let i = 1; i <= below; i++) if (scratch[i] > lower) lower = scratch[i];
  const t = position - below;
  // As numpy: from the nearer end, so that t = 1 would give `upper` exactly.
  return t < 0.5 ? lower + (upper - lower) * t : upper - (upper - lower) * (1 - t);
}

/** Leaves the value of rank `k` (from 0) in `scratch[k]`, the lower ones before it. */
function orderStatistic(values: Float64Array, k: number, scratch: Float64Array): void {
  const n = values.length;
  if (k < n >>> 2) {
    smallestValues(values, k + 1, scratch);
    return;
  }
  for (let i = 0; i < n; i++) scratch[i] = values[i];
  selectInPlace(scratch, 0, n, k);
}
