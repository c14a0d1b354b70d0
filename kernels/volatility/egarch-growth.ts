import { log } from '../special/log.js';

/**
 * How fast two paths of logarithms of variances go apart that start a little apart: the mean growth of the logarithm of
 * their distance in one period. Below 0 the recursion forgets its start; above it is chaotic, its variances cannot be
 * known from the residuals, and its likelihood is all spikes.
 *
 * shocks, p, o, q, parameters, at  as for `egarchVariances`, which came before; bounds of the variances count as if they
 *         were not there
 * recent  at least max(p, o, q) numbers of scratch
 *
 * O(n (p + o + q)). Source: O. Wintenberger, Continuous invertibility and stable QML estimation of the EGARCH(1,1)
 * model, 2013.
 */
export function egarchGrowth(
  shocks: Float64Array,
  p: number,
  o: number,
  q: number,
  parameters: Float64Array,
  at: number,
  recent: Float64Array,
): number {
  const n = shocks.length;
  const longest = Math.max(p, o, q);
  let growth = 0;
  for (let j = 0; j < longest; j++) recent[j] = 1;
  for (let t = longest; t < n; t++) {
    let distance = 0;
    for (let j = 1; j <= longest; j++) {
      const z = shocks[t - j];
      let weight = j <= q ? parameters[at + p + o + j] : 0;
      if (j <= p) weight -= 0.5 * parameters[at + j] * Math.abs(z);
      if (j <= o) weight -= 0.5 * parameters[at + p + j] * z;
      distance += weight * recent[j - 1];
    }
    let largest = Math.abs(distance);
    for (let j = longest - 1; j > 0; j--) {
      recent[j] = recent[j - 1];
      if (Math.abs(recent[j]) > largest) largest = Math.abs(recent[j]);
    }
    recent[0] = distance;
    if (largest > 1e-100 && largest < 1e100) continue;
    if (largest === 0) return -Infinity;
    growth += log(largest);
    for (let j = 0; j < longest; j++) recent[j] /= largest;
  }
  let largest = 0;
  for (let j = 0; j < longest; j++) if (Math.abs(recent[j]) > largest) largest = Math.abs(recent[j]);
  return n > longest ? (growth + log(largest)) / (n - longest) : 0;
}
