/** Cells that `kendallCounts` writes; the names below say which is which. */
export const KENDALL_COUNTS = 8;
/** Pairs that x and y put in opposite order. */
export const DISCORDANT = 0;
/** Pairs tied in x. */
export const TIED_X = 1;
/** Pairs tied in y. */
export const TIED_Y = 2;
/** Pairs tied in both. */
export const TIED_BOTH = 3;
/** Over the groups of t equal values of x, sum of t (t − 1) (t − 2). */
export const TRIPLES_X = 4;
/** The same of y. */
export const TRIPLES_Y = 5;
/** Over the groups of t equal values of x, sum of t (t − 1) (2 t + 5). */
export const SPREAD_X = 6;
/** The same of y. */
export const SPREAD_Y = 7;

/** Runs that are sorted by insertion before they are merged. */
const RUN = 8;

/**
 * The numbers that Kendall's tau and its p-value are made of.
 *
 * pairs           the order by x, as `centredRanks` leaves it: cell 2 i + 1 is the index of the i-th smallest
 * ranksX, ranksY  n centred ranks each; only their order matters
 * sequence        n cells; in the end the ranks of y in ascending order
 * spare           n cells, overwritten
 * counts          KENDALL_COUNTS cells
 *
 * O(n log n): read in the order of x (equal ones by y), the discordant pairs are those of y that are out of order,
 * and merging counts them (Knight 1966). All counts of pairs are exact for n up to 10^8. Reference: scipy kendalltau.
 */
export function kendallCounts(
  pairs: Int32Array,
  ranksX: Int32Array,
  ranksY: Int32Array,
  sequence: Int32Array,
  spare: Int32Array,
  counts: Float64Array,
): void {
  const n = ranksX.length;
  for (let cell = 0; cell < KENDALL_COUNTS; cell++) counts[cell] = 0;
  for (let i = 0; i < n; i++) sequence[i] = ranksY[pairs[2 * i + 1]];
  for (let start = 0; start < n;) {
    const rank = ranksX[pairs[2 * start + 1]];
    let end = start + 1;
    while (end < n && ranksX[pairs[2 * end + 1]] === rank) end++;
    if (end - start > 1) {
      sortAndCount(sequence, start, end, spare);
      addGroup(counts, end - start, TIED_X, TRIPLES_X, SPREAD_X);
      let from = start;
      for (let i = start + 1; i <= end; i++) {
        if (i < end && sequence[i] === sequence[from]) continue;
        counts[TIED_BOTH] += ((i - from) * (i - from - 1)) / 2;
        from = i;
      }
    }
    start = end;
  }
  counts[DISCORDANT] = sortAndCount(sequence, 0, n, spare);
  let from = 0;
  for (let i = 1; i <= n; i++) {
    if (i < n && sequence[i] === sequence[from]) continue;
    addGroup(counts, i - from, TIED_Y, TRIPLES_Y, SPREAD_Y);
    from = i;
  }
}

function addGroup(counts: Float64Array, size: number, tied: number, triples: number, spread: number): void {
  const ordered = size * (size - 1);
  counts[tied] += ordered / 2;
  counts[triples] += ordered * (size - 2);
  counts[spread] += ordered * (2 * size + 5);
}

/** Sorts a range by merging; gives how many of its pairs were out of order. */
function sortAndCount(a: Int32Array, from: number, to: number, spare: Int32Array): number {
  let inversions = 0;
  for (let start = from; start < to; start += RUN) {
    const end = Math.min(start + RUN, to);
    for (let i = start + 1; i < end; i++) {
      const x = a[i];
      let j = i - 1;
      while (j >= start && a[j] > x) {
        a[j + 1] = a[j];
        j--;
      }
      a[j + 1] = x;
      inversions += i - 1 - j;
    }
  }
  for (let width = RUN; width < to - from; width *= 2) {
    for (let start = from; start + width < to; start += 2 * width) {
      const middle = start + width;
      if (a[middle - 1] > a[middle]) {
        inversions += merge(a, start, middle, Math.min(middle + width, to), spare);
      }
    }
  }
  return inversions;
}

/** Merges two sorted neighbours; gives how many pairs of one from each were out of order. */
function merge(a: Int32Array, start: number, middle: number, end: number, spare: Int32Array): number {
  for (let i = start; i < middle; i++) spare[i] = a[i];
  let inversions = 0;
  let left = start;
  let right = middle;
  let at = start;
  while (left < middle && right < end) {
    const x = spare[left];
    const y = a[right];
    if (y < x) {
      inversions += middle - left;
      a[at] = y;
      right++;
    } else {
      a[at] = x;
      left++;
    }
    at++;
  }
  while (left < middle) a[at++] = spare[left++];
  return inversions;
}

/**
 * Probability that a random order of n things has at most `most` pairs out of order: the exact tail of Kendall's
 * statistic without ties.
 *
 * n        1 or more
 * most     whole number from 0
 * scratch  min(most, n (n − 1) / 2) + 1 cells, overwritten
 *
 * O(n × most), and much less for a small tail. With the j-th thing come 0 … j − 1 more pairs, each as likely, so the
 * probabilities are means of j neighbours of those before; differences of their running sums. Nothing is computed
 * where the probability is 0, so the relative error stays below about n 2^-52 however small the tail is. Below
 * 1e-308 it is 0. Source: M. G. Kendall, Rank Correlation Methods, 4th edition, 1970. Reference: exact fractions.
 */
export function inversionTail(n: number, most: number, scratch: Float64Array): number {
  scratch[0] = 1;
  let width = 1;
  for (let j = 2; j <= n; j++) {
    const wide = Math.min(most, (j * (j - 1)) / 2) + 1;
    let sum = 0;
    for (let k = 0; k < width; k++) {
      sum += scratch[k];
      scratch[k] = sum;
    }
    for (let k = width; k < wide; k++) scratch[k] = sum;
    for (let k = wide - 1; k >= j; k--) scratch[k] = (scratch[k] - scratch[k - j]) / j;
    for (let k = Math.min(wide, j) - 1; k >= 0; k--) scratch[k] /= j;
    width = wide;
  }
  let total = 0;
  for (let k = 0; k < width; k++) total += scratch[k];
  return total;
}
