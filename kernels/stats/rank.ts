import { sortCounts, sortPairs } from './sort-pairs.js';

const SIGN = -2147483648;
/** Steps from the lowest finite value to the highest: short of 2^32, so that no rounding leaves 32 bits. */
const STEPS = 4294960000;

/** Cells of `pairs` and of `spare` that sorting n values needs. */
export function rankScratch(n: number): number {
  return 2 * n;
}

/** Cells of `counts` that sorting n values needs. */
export function rankCounts(n: number): number {
  return sortCounts(n);
}

/**
 * Ranks of the values, doubled and centred: 2 rank − (n + 1), where the smallest value has rank 1 and equal values
 * share the mean of their ranks. So each is a whole number from 1 − n to n − 1, and they sum to 0.
 *
 * values  n numbers, none of them NaN; infinities are ranked too, 0 and -0 are equal
 * words   the same memory as 2 n 32-bit integers
 * high    which of its two words has the sign of a value: 1 on all common machines (little-endian), 0 on the others
 * pairs   rankScratch(n) cells; cell 2 i + 1 becomes the index of the i-th smallest value, the first of equals first
 * spare   rankScratch(n) cells, overwritten
 * counts  rankCounts(n) cells, overwritten
 * ranks   n centred ranks, by the index of the value
 *
 * Gives the number of different values: 1 when they are constant, 0 when there are none. O(n) for any values; n is
 * at most 2^29. Sorted by place between the lowest and the highest value, in 2^32 steps; the values of one step by
 * the high words, and those that share one by the low words. Steps come first because they spread common data evenly,
 * which `sortPairs` needs to be quick: the high words of most series begin alike.
 * Reference: scipy rankdata, method "average".
 */
export function centredRanks(
  values: Float64Array,
  words: Int32Array,
  high: number,
  pairs: Int32Array,
  spare: Int32Array,
  counts: Int32Array,
  ranks: Int32Array,
): number {
  const n = values.length;
  sortBySteps(values, pairs, spare, counts);
  let groups = 0;
  let start = 0;
  while (start < n) {
    const end = endOfRun(pairs, start, n);
    if (end - start === 1) {
      ranks[pairs[2 * start + 1]] = 2 * start + 1 - n;
      groups++;
    } else {
      if (!sameValues(values, start, end, pairs)) sortByWords(words, high, start, end, pairs, spare, counts);
      groups += rankRun(values, start, end, pairs, ranks);
    }
    start = end;
  }
  return groups;
}

/** Ranks of a sorted range; the number of different values in it. */
function rankRun(
  values: Float64Array,
  start: number,
  end: number,
  pairs: Int32Array,
  ranks: Int32Array,
): number {
  const n = values.length;
  let groups = 0;
  let from = start;
  while (from < end) {
    const value = values[pairs[2 * from + 1]];
    let to = from + 1;
    while (to < end && values[pairs[2 * to + 1]] === value) to++;
    // Ranks from + 1 … to have the mean (from + 1 + to) / 2.
    for (let i = from; i < to; i++) ranks[pairs[2 * i + 1]] = from + to - n;
    groups++;
    from = to;
  }
  return groups;
}

/**
 * Order of the values, smallest first: `pairs[2 i + 1]` becomes the index of the i-th smallest. Equal values keep
 * their order.
 *
 * values, words, high, pairs, spare, counts  as for `centredRanks`
 *
 * O(n), as `centredRanks`. Reference: numpy argsort, kind "stable".
 */
export function sortOrder(
  values: Float64Array,
  words: Int32Array,
  high: number,
  pairs: Int32Array,
  spare: Int32Array,
  counts: Int32Array,
): void {
  const n = values.length;
  sortBySteps(values, pairs, spare, counts);
  for (let start = 0; start < n;) {
    const end = endOfRun(pairs, start, n);
    if (end - start > 1 && !sameValues(values, start, end, pairs)) {
      sortByWords(words, high, start, end, pairs, spare, counts);
    }
    start = end;
  }
}

function endOfRun(pairs: Int32Array, start: number, limit: number): number {
  const key = pairs[2 * start];
  let end = start + 1;
  while (end < limit && pairs[2 * end] === key) end++;
  return end;
}

function sameValues(values: Float64Array, start: number, end: number, pairs: Int32Array): boolean {
  const value = values[pairs[2 * start + 1]];
  for (let i = start + 1; i < end; i++) if (values[pairs[2 * i + 1]] !== value) return false;
  return true;
}

/** Fills `pairs` with the step of each value, beside its index, and sorts them. A larger value has no lower step. */
function sortBySteps(values: Float64Array, pairs: Int32Array, spare: Int32Array, counts: Int32Array): void {
  const n = values.length;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < n; i++) {
    const x = values[i];
    if (x < lowest && x > -Infinity) lowest = x;
    if (x > highest && x < Infinity) highest = x;
  }
  const scale = Math.min(STEPS / (highest - lowest), 1e300);
  let beyond = 0;
  for (let i = 0; i < n; i++) {
    const step = (values[i] - lowest) * scale + SIGN;
    pairs[2 * i] = step;
    pairs[2 * i + 1] = i;
    beyond += step - step;
  }
  // Infinities, or a range that no number can hold: steps of halves, those beyond the ends at the ends.
  if (beyond !== 0) {
    const coarse = Math.min(STEPS / (highest / 2 - lowest / 2), 1e300);
    for (let i = 0; i < n; i++) {
      const step = (values[i] / 2 - lowest / 2) * coarse + SIGN;
      pairs[2 * i] = step > 2147483647 ? 2147483647 : step < SIGN ? SIGN : step;
    }
  }
  sortPairs(pairs, 0, n, spare, counts);
}

/** Sorts a run of values by their high words, and what shares one by the low words. */
function sortByWords(
  words: Int32Array,
  high: number,
  start: number,
  end: number,
  pairs: Int32Array,
  spare: Int32Array,
  counts: Int32Array,
): void {
  for (let i = start; i < end; i++) {
    const at = 2 * pairs[2 * i + 1];
    const word = words[at + high];
    // Below 0, the larger the other bits, the smaller the number. The sign alone is -0 when the low word is 0 too.
    pairs[2 * i] = word === SIGN && words[at + 1 - high] === 0 ? 0 : word ^ ((word >> 31) & 2147483647);
  }
  sortPairs(pairs, start, end, spare, counts);
  for (let from = start; from < end;) {
    const to = endOfRun(pairs, from, end);
    if (to - from > 1) {
      for (let i = from; i < to; i++) {
        const at = 2 * pairs[2 * i + 1];
        const word = words[at + high];
        const low = words[at + 1 - high];
        // Unsigned, and from the top down below 0; -0 is 0 again.
        pairs[2 * i] = (word === SIGN && low === 0 ? 0 : low ^ (word >> 31)) ^ SIGN;
      }
      sortPairs(pairs, from, to, spare, counts);
    }
    from = to;
  }
}
