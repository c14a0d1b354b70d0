/** Ranges up to this long are sorted by insertion alone. */
const SHORT = 24;
/** Ranges up to this long are spread over about as many buckets as there are pairs, and then sorted by insertion. */
const MEDIUM = 4096;
/** Steps of insertion for each pair, on the average, above which sorting by digits is faster. */
const WORK = 24;
/** Steps that are always allowed: n² / 2 for n up to SMALL, which thus never needs the counts of digits. */
const WORK_LEAST = 8400;
const SMALL = 128;

const DIGIT = 2047;
const DIGIT_COUNTS = 2048;
const SIGN = -2147483648;

/** Cells of `counts` that `sortPairs` needs for ranges of up to n pairs. */
export function sortCounts(n: number): number {
  return n <= SMALL ? SMALL : MEDIUM;
}

/**
 * Sorts pairs of a key and a payload by the key, smallest first; pairs of one key keep their order.
 *
 * pairs     key of pair i in cell 2 i, its payload in 2 i + 1; keys are signed 32-bit integers. Sorted in place
 * from, to  pairs from … to − 1; 0 <= from <= to
 * spare     as long as `pairs`; the cells of the range are overwritten
 * counts    sortCounts(to − from) cells, overwritten
 *
 * O(n) for any keys; where they are in order already, one look at each. Evenly spread keys go to buckets by their
 * upper bits, in one step up to 4096 pairs (27 ns a pair; 44 by bytes) and in two above, and then need few steps of
 * insertion; keys that crowd are sorted from the lowest digit up (Knuth, TAOCP 3, 5.2.5, algorithm R). Key and payload
 * stand side by side, in one line of memory: in two arrays a million took 40 ms where these took 32.
 */
export function sortPairs(
  pairs: Int32Array,
  from: number,
  to: number,
  spare: Int32Array,
  counts: Int32Array,
): void {
  if (inOrder(pairs, from, to)) return;
  const n = to - from;
  if (n > MEDIUM) sortLong(pairs, from, to, spare, counts);
  else if (n <= SHORT) insertWithin(pairs, from, to, pairs);
  else if (!sortMedium(pairs, from, to, spare, counts)) sortByDigits(spare, from, to, pairs, counts, pairs);
}

function inOrder(pairs: Int32Array, from: number, to: number): boolean {
  const end = 2 * to;
  for (let i = 2 * from + 2; i < end; i += 2) if (pairs[i] < pairs[i - 2]) return false;
  return true;
}

/**
 * Insertion sort of `source` into `target`, which may be the same array. False where that takes more steps than
 * allowed; `source` then still has all pairs, those of one key in their order.
 */
function insertWithin(source: Int32Array, from: number, to: number, target: Int32Array): boolean {
  const start = 2 * from;
  const end = 2 * to;
  let work = 2 * Math.max(WORK_LEAST, WORK * (to - from));
  for (let i = start; i < end; i += 2) {
    const key = source[i];
    const payload = source[i + 1];
    let j = i - 2;
    while (j >= start && target[j] > key) {
      target[j + 2] = target[j];
      target[j + 3] = target[j + 1];
      j -= 2;
    }
    target[j + 2] = key;
    target[j + 3] = payload;
    work -= i - j;
    if (work < 0) return false;
  }
  return true;
}

/** Sorts by the highest bits, then by insertion; false as `insertWithin`. */
function sortMedium(
  pairs: Int32Array,
  from: number,
  to: number,
  spare: Int32Array,
  counts: Int32Array,
): boolean {
  const shift = Math.clz32(to - from - 1);
  const half = 1 << (31 - shift);
  const end = 2 * to;
  for (let b = 0; b < 2 * half; b++) counts[b] = 0;
  for (let i = 2 * from; i < end; i += 2) counts[(pairs[i] >> shift) + half]++;
  let at = 2 * from;
  for (let b = 0; b < 2 * half; b++) {
    const count = counts[b];
    counts[b] = at;
    at += 2 * count;
  }
  for (let i = 2 * from; i < end; i += 2) {
    const key = pairs[i];
    const bucket = (key >> shift) + half;
    const place = counts[bucket];
    counts[bucket] = place + 2;
    spare[place] = key;
    spare[place + 1] = pairs[i + 1];
  }
  return insertWithin(spare, from, to, pairs);
}

/**
 * By the upper 22 bits, then by insertion, which has little left to do where keys are spread evenly: a quarter less
 * time than a third digit. Where it has much to do, by all digits after all: so far nothing has changed but the order.
 */
function sortLong(pairs: Int32Array, from: number, to: number, spare: Int32Array, counts: Int32Array): void {
  const middle = moveByDigit(pairs, from, to, 10, counts, spare) ? spare : pairs;
  const other = middle === pairs ? spare : pairs;
  const upper = moveByDigit(middle, from, to, 21, counts, other) ? other : middle;
  if (insertWithin(upper, from, to, pairs)) return;
  sortByDigits(upper, from, to, upper === pairs ? spare : pairs, counts, pairs);
}

/** Radix sort of `source` with digits of 10, 11 and 11 bits; the result goes to `pairs`, which is one of the two. */
function sortByDigits(
  source: Int32Array,
  from: number,
  to: number,
  other: Int32Array,
  counts: Int32Array,
  pairs: Int32Array,
): void {
  let current = source;
  let next = other;
  for (let shift = -1; shift < 32; shift += 11) {
    if (!moveByDigit(current, from, to, Math.max(0, shift), counts, next)) continue;
    const swap = current;
    current = next;
    next = swap;
  }
  if (current !== pairs) for (let i = 2 * from; i < 2 * to; i++) pairs[i] = current[i];
}

/**
 * Moves the pairs to `target` in the order of one digit, the 11 bits from `shift` on; those of one digit keep their
 * order. False, and nothing moved, where all have the same digit.
 */
function moveByDigit(
  source: Int32Array,
  from: number,
  to: number,
  shift: number,
  counts: Int32Array,
  target: Int32Array,
): boolean {
  const end = 2 * to;
  for (let b = 0; b < DIGIT_COUNTS; b++) counts[b] = 0;
  for (let i = 2 * from; i < end; i += 2) counts[((source[i] ^ SIGN) >>> shift) & DIGIT]++;
  if (counts[((source[2 * from] ^ SIGN) >>> shift) & DIGIT] === to - from) return false;
  let at = 2 * from;
  for (let b = 0; b < DIGIT_COUNTS; b++) {
    const count = counts[b];
    counts[b] = at;
    at += 2 * count;
  }
  for (let i = 2 * from; i < end; i += 2) {
    const key = source[i];
    const digit = ((key ^ SIGN) >>> shift) & DIGIT;
    const place = counts[digit];
    counts[digit] = place + 2;
    target[place] = key;
    target[place + 1] = source[i + 1];
  }
  return true;
}
