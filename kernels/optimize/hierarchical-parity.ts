/** The two steps of hierarchical risk parity: an order of the assets in which the like stand together, and the split. */

/** Length of the integers that `quasiDiagonalOrder` needs for n assets. */
export function quasiDiagonalIntegers(n: number): number {
  return 7 * n;
}

/**
 * The assets in the order of the leaves of the single-linkage tree of their distances.
 *
 * distance  n×n, symmetric, not negative
 * n         assets, at least 1
 * nearest   2n numbers of scratch
 * integers  `quasiDiagonalIntegers(n)` of scratch
 * order     n numbers of assets
 *
 * The tree comes from the minimum spanning tree (Prim): its edges from short to long join the clusters. Ties as
 * scipy.cluster.hierarchy.linkage: of equally near assets the first, of equally long edges the one found first; the
 * cluster with the lower number stands left, assets before clusters, clusters in the order they were made.
 * O(n²). Source: R. Sibson, SLINK, 1973, in the form of scipy 1.17's "single".
 */
export function quasiDiagonalOrder(
  distance: Float64Array,
  n: number,
  nearest: Float64Array,
  integers: Int32Array,
  order: Int32Array,
): void {
  const from = 0;
  const to = n;
  const rank = 2 * n;
  const left = 3 * n;
  const right = 4 * n;
  const parent = 5 * n;
  const length = n;
  for (let i = 0; i < n; i++) {
    nearest[i] = Infinity;
    integers[parent + i] = 0;
  }
  // Prim. While the tree grows, `parent` marks the assets in it.
  let last = 0;
  for (let k = 0; k < n - 1; k++) {
    integers[parent + last] = 1;
    let shortest = Infinity;
    let next = -1;
    for (let i = 0; i < n; i++) {
      if (integers[parent + i] === 1) continue;
      const d = distance[last * n + i];
      if (d < nearest[i]) nearest[i] = d;
      if (nearest[i] < shortest || next < 0) {
        shortest = nearest[i];
        next = i;
      }
    }
    integers[from + k] = last;
    integers[to + k] = next;
    nearest[length + k] = shortest;
    // Insertion keeps equal lengths in the order they were found.
    let at = k;
    for (; at > 0 && nearest[length + integers[rank + at - 1]] > shortest; at--) {
      integers[rank + at] = integers[rank + at - 1];
    }
    integers[rank + at] = k;
    last = next;
  }
  for (let i = 0; i < 2 * n - 1; i++) integers[parent + i] = i;
  for (let k = 0; k < n - 1; k++) {
    const edge = integers[rank + k];
    const a = rootOf(integers, parent, integers[from + edge]);
    const b = rootOf(integers, parent, integers[to + edge]);
    integers[left + k] = a < b ? a : b;
    integers[right + k] = a < b ? b : a;
    integers[parent + a] = n + k;
    integers[parent + b] = n + k;
  }
  // The edges are not needed any more: their place serves as the stack.
  let depth = 1;
  let count = 0;
  integers[0] = 2 * n - 2;
  while (depth > 0) {
    const node = integers[--depth];
    if (node < n) order[count++] = node;
    else {
      integers[depth++] = integers[right + node - n];
      integers[depth++] = integers[left + node - n];
    }
  }
}

/** The cluster that holds a node; the way there is halved for the next. */
function rootOf(integers: Int32Array, parent: number, node: number): number {
  let at = node;
  while (integers[parent + at] !== at) {
    const above = integers[parent + at];
    integers[parent + at] = integers[parent + above];
    at = above;
  }
  return at;
}

/**
 * Weights by halving: each half gets the more, the less the other's variance.
 *
 * covariance  n×n, symmetric, variances above 0
 * n           assets
 * order       n assets, as `quasiDiagonalOrder` gives them
 * stack       2n integers of scratch
 * weights     n weights, together 1
 *
 * The variance of a half is that of its assets weighted by inverse variance. Gives how many pairs of halves had no
 * variance at all: they share equally. O(n²).
 * Source: M. López de Prado, Building diversified portfolios that outperform out of sample, 2016.
 */
export function bisectWeights(
  covariance: Float64Array,
  n: number,
  order: Int32Array,
  stack: Int32Array,
  weights: Float64Array,
): number {
  let riskless = 0;
  for (let i = 0; i < n; i++) weights[i] = 1;
  let depth = 0;
  stack[depth++] = 0;
  stack[depth++] = n;
  while (depth > 0) {
    const end = stack[--depth];
    const start = stack[--depth];
    if (end - start < 2) continue;
    const middle = start + ((end - start) >> 1);
    const first = clusterVariance(covariance, n, order, start, middle);
    const second = clusterVariance(covariance, n, order, middle, end);
    let share = 0.5;
    if (first + second > 0) share = 1 - first / (first + second);
    else riskless++;
    for (let i = start; i < middle; i++) weights[order[i]] *= share;
    for (let i = middle; i < end; i++) weights[order[i]] *= 1 - share;
    stack[depth++] = start;
    stack[depth++] = middle;
    stack[depth++] = middle;
    stack[depth++] = end;
  }
  return riskless;
}

/** Variance of the assets from `start` to `end` of the order, weighted by inverse variance; not below 0. */
function clusterVariance(
  covariance: Float64Array,
  n: number,
  order: Int32Array,
  start: number,
  end: number,
): number {
  // Relative to the first variance, so that no inverse leaves the range of doubles.
  const unit = covariance[order[start] * n + order[start]];
  let inverses = 0;
  let total = 0;
  for (let i = start; i < end; i++) {
    const row = order[i] * n;
    const inverse = unit / covariance[row + order[i]];
    let product = 0;
    for (let j = start; j < i; j++) {
      const other = order[j];
      product += covariance[row + other] * (unit / covariance[other * n + other]);
    }
    total += inverse * (2 * product + inverse * covariance[row + order[i]]);
    inverses += inverse;
  }
  const variance = total / (inverses * inverses);
  return variance > 0 ? variance : 0;
}
