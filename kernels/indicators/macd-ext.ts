/**
 * Line of two averages that are there already.
 *
 * first    index of the first number of both
 * signals  n fast averages
 * line     n slow averages on entry, n differences on return; NaN before `first`
 */
export function averageDifference(first: number, signals: Float64Array, line: Float64Array): void {
  const n = line.length;
  line.fill(NaN, 0, Math.min(first, n));
  for (let i = first; i < n; i++) line[i] = signals[i] - line[i];
}

/**
 * Masks the line and the signals below the first bar at which both are numbers, and writes what lies between the two.
 *
 * first      that bar
 * line       n differences
 * signals    n averages of them
 * histogram  n differences line − signal
 */
export function finishMacd(
  first: number,
  line: Float64Array,
  signals: Float64Array,
  histogram: Float64Array,
): void {
  const n = line.length;
  const warm = Math.min(first, n);
  line.fill(NaN, 0, warm);
  signals.fill(NaN, 0, warm);
  histogram.fill(NaN, 0, warm);
  for (let i = warm; i < n; i++) histogram[i] = line[i] - signals[i];
}
