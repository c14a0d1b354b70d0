import { smallestValues } from '../stats/select.js';
import { sum } from '../stats/sum.js';

/**
 * Mean of the `count` lowest returns: the expected shortfall of the historical tail.
 *
 * returns  n returns without NaN; not changed
 * count    1 <= count <= n
 * scratch  at least n long, overwritten; afterwards `scratch[count - 1]` is the highest of the tail
 *
 * O(n). Reference: the mean of the sorted head, in parity/metrics.py.
 */
export function meanOfLowest(returns: Float64Array, count: number, scratch: Float64Array): number {
  smallestValues(returns, count, scratch);
  return sum(scratch, 0, count) / count;
}

/**
 * Mean of the returns at or below a bound; NaN if there is none.
 *
 * returns  n returns; a NaN is not at or below anything
 * bound    in the same unit
 *
 * O(n). Reference: quantstats 0.0.86 cvar(method="historical").
 */
export function meanAtMost(returns: Float64Array, bound: number): number {
  const n = returns.length;
  let total = 0;
  let count = 0;
  for (let i = 0; i < n; i++) {
    const r = returns[i];
    if (r <= bound) {
      total += r;
      count++;
    }
  }
  return total / count;
}

/**
 * Mean of the returns below a bound, the bound itself left out; NaN if there is none.
 *
 * returns, bound  as in `meanAtMost`
 *
 * O(n). Reference: quantstats 0.0.77 cvar.
 */
export function meanBelow(returns: Float64Array, bound: number): number {
  const n = returns.length;
  let total = 0;
  let count = 0;
  for (let i = 0; i < n; i++) {
    const r = returns[i];
    if (r < bound) {
      total += r;
      count++;
    }
  }
  return total / count;
}
