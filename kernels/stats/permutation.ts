/** Cells that `permutationCounts` writes: how many orders give a sum of products no larger, and no smaller. */
export const PERMUTATION_COUNTS = 2;

/**
 * Goes through every order of b and compares the sum of products with a against that of the order given.
 *
 * a, b     n whole numbers each, n from 1; sums of products below 2^53
 * order    n cells, overwritten: b as it is moved about
 * turns    n cells, overwritten
 * counts   PERMUTATION_COUNTS cells: orders with a sum at most, and at least, the one of a and b as given
 *
 * O(n!): 4 million orders for n = 10 in about 35 ms. One swap leads from each order to the next (Heap 1963), so a sum
 * takes two products, and whole numbers keep it exact.
 */
export function permutationCounts(
  a: Int32Array,
  b: Int32Array,
  order: Int32Array,
  turns: Int32Array,
  counts: Float64Array,
): void {
  const n = a.length;
  let observed = 0;
  for (let i = 0; i < n; i++) {
    order[i] = b[i];
    turns[i] = 0;
    observed += a[i] * b[i];
  }
  let atMost = 1;
  let atLeast = 1;
  let sum = observed;
  let i = 1;
  while (i < n) {
    if (turns[i] < i) {
      const j = i % 2 === 0 ? 0 : turns[i];
      const here = order[i];
      const there = order[j];
      sum += (a[i] - a[j]) * (there - here);
      order[i] = there;
      order[j] = here;
      if (sum <= observed) atMost++;
      if (sum >= observed) atLeast++;
      turns[i]++;
      i = 1;
    } else {
      turns[i] = 0;
      i++;
    }
  }
  counts[0] = atMost;
  counts[1] = atLeast;
}
