/**
 * The value at a rank between two of sorted numbers, interpolated linearly.
 *
 * sorted    n numbers in rising order, n >= 1, without NaN
 * position  rank from 0; below 0 gives the first number, above n − 1 the last
 *
 * A position that only rounding keeps from being whole is whole, as in `quantileLinear`, with which this agrees bit for
 * bit at the position (n − 1) q.
 */
export function valueAtRank(sorted: Float64Array, position: number): number {
  const last = sorted.length - 1;
  const whole = Math.round(position);
  const exact = Math.abs(position - whole) <= 1e-12 * sorted.length;
  const below = exact ? whole : Math.floor(position);
  if (below < 0) return sorted[0];
  if (exact || below >= last) return sorted[Math.min(below, last)];
  const lower = sorted[below];
  const upper = sorted[below + 1];
  const t = position - below;
  return t < 0.5 ? lower + (upper - lower) * t : upper - (upper - lower) * (1 - t);
}
