import t from 'tap';
import {
  CORRELATION_CELLS,
  PRODUCT_SUMS,
  pearsonCorrelation,
  rankCorrelation,
  rankProducts,
} from './correlation.js';
import {
  DISCORDANT,
  inversionTail,
  KENDALL_COUNTS,
  kendallCounts,
  TIED_BOTH,
  TIED_X,
  TIED_Y,
} from './kendall.js';
import { longRunVariance } from './long-run-variance.js';
import { PERMUTATION_COUNTS, permutationCounts } from './permutation.js';
import { centredRanks, rankCounts, rankScratch, sortOrder } from './rank.js';
import { sortCounts, sortPairs } from './sort-pairs.js';

/** Park and Miller's generator: numbers in (0, 1), the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Series that break careless sorting, by name. */
function shapes(n: number): Record<string, Float64Array> {
  const random = generator(n + 1);
  const of = (f: (i: number) => number): Float64Array => Float64Array.from({ length: n }, (_, i) => f(i));
  const odd = [0, -0, 5e-324, -5e-324, 2 ** -1042, -(2 ** -1042), Infinity, -Infinity, 1e308, -1e308, 1, -1];
  return {
    random: of(() => random() - 0.5),
    'far from zero': of(() => 10_000 + random()),
    'below zero, one high word': of(() => -1 - random() * 2 ** -22),
    'heavy tails': of(() => (random() - 0.5) / (random() * random() * random())),
    'one far away': of((i) => (i === n - 1 ? 1e300 : random())),
    'low words only': of(() => 1 + Math.floor(random() * 1000) * 2 ** -52),
    'few values': of(() => Math.floor(random() * 7)),
    'two values': of(() => (random() < 0.5 ? -0 : 1)),
    'odd numbers': of(() => odd[Math.floor(random() * odd.length)]),
    ascending: of((i) => i / 3),
    descending: of((i) => -i / 3),
    constant: of(() => 0.1),
    infinite: of(() => -Infinity),
  };
}

/** Ranks and order of the values, and the number of groups. */
function ranked(values: Float64Array): { ranks: Int32Array; order: number[]; groups: number } {
  const n = values.length;
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * n);
  const high = new Int32Array(Float64Array.of(1).buffer)[0] === 0 ? 1 : 0;
  const pairs = new Int32Array(rankScratch(n)).fill(-7);
  const spare = new Int32Array(rankScratch(n)).fill(-7);
  const counts = new Int32Array(rankCounts(n)).fill(-7);
  const ranks = new Int32Array(n).fill(-7);
  const groups = centredRanks(values, words, high, pairs, spare, counts, ranks);
  const order = Array.from({ length: n }, (_, i) => pairs[2 * i + 1]);
  sortOrder(values, words, high, pairs.fill(-7), spare, counts);
  if (order.some((index, i) => pairs[2 * i + 1] !== index)) throw new Error('sortOrder differs');
  return { ranks, order, groups };
}

t.test('sortPairs sorts any range by key, keeps the order of equals and leaves the rest alone', async (t) => {
  const random = generator(11);
  const keys: Record<string, () => number> = {
    'all bits': () => Math.floor(random() * 4294967296) | 0,
    'low bits': () => Math.floor(random() * 900),
    'one crowded bucket': () => (random() < 0.1 ? -2147483648 : Math.floor(random() * 100)),
    'ends of the range': () => (random() < 0.5 ? 2147483647 : -2147483648),
    'the same': () => 5,
  };
  const wrong: string[] = [];
  for (const n of [0, 1, 2, 24, 25, 128, 129, 700, 4096, 4097, 9000]) {
    for (const [name, key] of Object.entries(keys)) {
      const pairs = Int32Array.from({ length: 2 * n + 4 }, (_, i) => (i % 2 === 0 ? key() : i));
      const before = pairs.slice();
      sortPairs(pairs, 1, n + 1, new Int32Array(2 * n + 4), new Int32Array(sortCounts(n)));
      const expected = Array.from({ length: n }, (_, i) => [before[2 * i + 2], before[2 * i + 3]]);
      expected.sort((a, b) => a[0] - b[0]); // stable, as ECMAScript demands
      const flat = [before[0], before[1], ...expected.flat(), before[2 * n + 2], before[2 * n + 3]];
      if (flat.some((x, i) => x !== pairs[i])) wrong.push(`${name}, ${n}`);
    }
  }
  t.strictSame(wrong, []);
});

t.test('centredRanks are the ranks a plain sort gives, whatever the values', async (t) => {
  const wrong: string[] = [];
  for (const n of [0, 1, 2, 3, 25, 100, 129, 1000, 6000]) {
    for (const [name, values] of Object.entries(shapes(n))) {
      const { ranks, order, groups } = ranked(values);
      const plain = Array.from(values, (_, i) => i).sort((a, b) =>
        values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : a - b,
      );
      const expected = new Int32Array(n);
      let different = 0;
      for (let start = 0, end = 0; start < n; start = end) {
        while (end < n && values[plain[end]] === values[plain[start]]) end++;
        let sumOfRanks = 0;
        for (let i = start; i < end; i++) sumOfRanks += i + 1;
        for (let i = start; i < end; i++) expected[plain[i]] = (2 * sumOfRanks) / (end - start) - (n + 1);
        different++;
      }
      if (ranks.some((rank, i) => rank !== expected[i])) wrong.push(`${name}, ${n}: ranks`);
      if (order.some((index, i) => index !== plain[i])) wrong.push(`${name}, ${n}: order`);
      if (groups !== different) wrong.push(`${name}, ${n}: ${groups} groups`);
    }
  }
  t.strictSame(wrong, []);
});

t.test('sums of ranks are exact where single sums would pass 2^53', async (t) => {
  const n = 320_000;
  const random = generator(3);
  const { ranks: a } = ranked(Float64Array.from({ length: n }, () => Math.floor(random() * 1e5)));
  const { ranks: b } = ranked(Float64Array.from({ length: n }, () => random()));
  const sums = new Float64Array(PRODUCT_SUMS).fill(-7);
  rankProducts(a, b, n, sums);
  let [aa, bb, ab] = [0n, 0n, 0n];
  for (let start = 0; start < n; start += 40_000) {
    let [partAa, partBb, partAb] = [0, 0, 0];
    for (let i = start; i < start + 40_000; i++) {
      partAa += a[i] * a[i];
      partBb += b[i] * b[i];
      partAb += a[i] * b[i];
    }
    aa += BigInt(partAa);
    bb += BigInt(partBb);
    ab += BigInt(partAb);
  }
  t.ok(bb > 2n ** 53n);
  t.equal(bb, (BigInt(n) ** 3n - BigInt(n)) / 3n, 'the sum of squares of untied ranks');
  const both = (cell: number): bigint => BigInt(sums[cell]) + BigInt(sums[cell + 1]);
  t.strictSame([both(0), both(2), both(4)], [aa, bb, ab]);
});

t.test('1 − r² of ranks keeps its digits where r rounds to 1', async (t) => {
  const n = 700_000;
  const up = Int32Array.from({ length: n }, (_, i) => 2 * i + 1 - n);
  const nearly = up.slice();
  [nearly[0], nearly[1]] = [nearly[1], nearly[0]];
  const sums = new Float64Array(PRODUCT_SUMS);
  const cells = new Float64Array(CORRELATION_CELLS);
  rankProducts(up, nearly, n, sums);
  rankCorrelation(sums, cells);
  // Two ranks differ by one: the sum of the squared differences of the doubled ranks is 8, so r = 1 − 4 / S.
  const s = (n * n * n - n) / 3;
  t.equal(cells[0], 1);
  t.ok(Math.abs(cells[1] / (8 / s) - 1) < 1e-12, String(cells[1]));
  rankProducts(up, up.slice().reverse(), n, sums);
  rankCorrelation(sums, cells);
  t.strictSame(Array.from(cells), [-1, 0]);
});

t.test('Pearson of whole numbers is right to 2e-16 at every scale and level', async (t) => {
  const n = 1000;
  const random = generator(17);
  const x = Float64Array.from({ length: n }, () => Math.floor(random() * 1000));
  const y = x.map((value) => Math.floor(value / 2 + random() * 1000));
  // Exact: sums of whole numbers, then one quotient of numbers of 14 digits.
  const total = (f: (i: number) => number): number => x.reduce((sum, _, i) => sum + f(i), 0);
  const [sx, sy] = [total((i) => x[i]), total((i) => y[i])];
  const big = (a: number, b: number, c: number): number =>
    Number(BigInt(n) * BigInt(a) - BigInt(b) * BigInt(c));
  const sxx = big(
    total((i) => x[i] * x[i]),
    sx,
    sx,
  );
  const syy = big(
    total((i) => y[i] * y[i]),
    sy,
    sy,
  );
  const sxy = big(
    total((i) => x[i] * y[i]),
    sx,
    sy,
  );
  const expected = sxy / Math.sqrt(sxx) / Math.sqrt(syy);
  const cells = new Float64Array(CORRELATION_CELLS);
  const sums = new Float64Array(PRODUCT_SUMS);
  const wrong: string[] = [];
  for (const [scale, level] of [
    [1, 0],
    [2 ** 1000, 0],
    [2 ** -1060, 0],
    [1, 2 ** 40],
    [-(2 ** -500), 0],
  ]) {
    pearsonCorrelation(
      x.map((value) => value * scale + level),
      y,
      sums,
      cells,
    );
    const error = Math.abs(cells[0] * Math.sign(scale) - expected);
    const restError = Math.abs(cells[1] - (1 - expected * expected));
    if (!(error <= 2.3e-16 && restError <= 1e-15)) wrong.push(`${scale}, ${level}: ${error}, ${restError}`);
  }
  t.strictSame(wrong, []);
});

t.test('what a line leaves over keeps its digits as r nears 1', async (t) => {
  // Deviations 1, −2, 1 of a line are orthogonal to it: 1 − r² = 6 e² / (2 b² + 6 e²), b the slope.
  const cells = new Float64Array(CORRELATION_CELLS);
  const sums = new Float64Array(PRODUCT_SUMS);
  for (const e of [2 ** -8, 2 ** -20, 2 ** -26]) {
    pearsonCorrelation(Float64Array.of(-1, 0, 1), Float64Array.of(e - 1, -2 * e, 1 + e), sums, cells);
    const rest = (6 * e * e) / (2 + 6 * e * e);
    t.ok(Math.abs(cells[1] / rest - 1) < (1e-7 * 2 ** -20) / e, `${e}: ${cells[1]}, ${rest}`);
  }
  pearsonCorrelation(Float64Array.of(0.1, 0.2, 0.4, 0.7), Float64Array.of(1.3, 1.6, 2.2, 3.1), sums, cells);
  t.strictSame(Array.from(cells), [1, 0], 'y = 1 + 3 x but for rounding');
});

t.test('kendallCounts counts what comparing all pairs counts', async (t) => {
  const random = generator(29);
  const wrong: string[] = [];
  for (const [n, values] of [
    [2, 9],
    [7, 3],
    [40, 5],
    [90, 1e6],
    [200, 30],
    [257, 2],
  ]) {
    const x = Float64Array.from({ length: n }, () => Math.floor(random() * values));
    const y = Float64Array.from({ length: n }, () => Math.floor(random() * values));
    const { ranks: ranksY } = ranked(y);
    const { ranks: ranksX, order } = ranked(x);
    const pairs = Int32Array.from(order.flatMap((index) => [0, index]));
    const counts = new Float64Array(KENDALL_COUNTS).fill(-7);
    kendallCounts(pairs, ranksX, ranksY, new Int32Array(n), new Int32Array(2 * n), counts);
    let [discordant, tiedX, tiedY, both] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        if ((x[i] - x[j]) * (y[i] - y[j]) < 0) discordant++;
        if (x[i] === x[j]) tiedX++;
        if (y[i] === y[j]) tiedY++;
        if (x[i] === x[j] && y[i] === y[j]) both++;
      }
    }
    const found = [counts[DISCORDANT], counts[TIED_X], counts[TIED_Y], counts[TIED_BOTH]];
    if (found.join() !== [discordant, tiedX, tiedY, both].join()) wrong.push(`${n}, ${values}: ${found}`);
  }
  t.strictSame(wrong, []);
});

t.test('inversionTail is the exact fraction of orders, from one in n! to the middle', async (t) => {
  const wrong: string[] = [];
  for (const n of [1, 2, 3, 5, 8, 20, 33, 60]) {
    const most = (n * (n - 1)) / 2;
    let counts = [1n];
    for (let j = 2; j <= n; j++) {
      const next = new Array<bigint>((j * (j - 1)) / 2 + 1).fill(0n);
      counts.forEach((count, k) => {
        for (let more = 0; more < j; more++) next[k + more] += count;
      });
      counts = next;
    }
    const orders = counts.reduce((a, b) => a + b, 0n);
    for (const limit of new Set([0, 1, 2, 5, Math.floor(most / 4), Math.floor(most / 2)])) {
      if (limit > most) continue;
      const tail = counts.slice(0, limit + 1).reduce((a, b) => a + b, 0n);
      const expected = Number((tail * 10n ** 120n) / orders) / 1e120;
      const scratch = new Float64Array(limit + 1).fill(-7);
      const error = Math.abs(inversionTail(n, limit, scratch) / expected - 1);
      if (!(error < 1e-14)) wrong.push(`${n}, ${limit}: ${error}`);
    }
  }
  t.strictSame(wrong, []);
  t.equal(inversionTail(300, 1, new Float64Array(2)), 0, '300 / 300! is below every number');
});

t.test('permutationCounts goes through every order once', async (t) => {
  const a = Int32Array.of(-3, -1, 1, 3);
  const counts = new Float64Array(PERMUTATION_COUNTS).fill(-7);
  // Sums of products of the 24 orders of −3, −1, 1, 3 (by hand): 20 once, 16 three times, 12 once, 8 four times …
  permutationCounts(a, a, new Int32Array(4), new Int32Array(4), counts);
  t.strictSame(Array.from(counts), [24, 1]);
  permutationCounts(a, Int32Array.of(-1, -3, 1, 3), new Int32Array(4), new Int32Array(4), counts);
  t.strictSame(Array.from(counts), [23, 4]);
  permutationCounts(Int32Array.of(0), Int32Array.of(0), new Int32Array(1), new Int32Array(1), counts);
  t.strictSame(Array.from(counts), [1, 1]);
});

t.test('longRunVariance weighs the covariances of neighbours less the farther they are', async (t) => {
  const d = Float64Array.of(1, -2, 3, -2);
  t.equal(longRunVariance(d, 0), 18 / 4);
  t.equal(longRunVariance(d, 1), (18 + 2 * 0.5 * (-2 - 6 - 6)) / 4);
  t.equal(longRunVariance(d, 3), (18 + 2 * (0.75 * -14 + 0.5 * (3 + 4) + 0.25 * -2)) / 4);
});
