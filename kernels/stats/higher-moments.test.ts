import t from 'tap';
import { CENTRAL_SUMS, CUBES, centralSums, FOURTHS, SQUARES } from './higher-moments.js';
import { laggedProduct } from './lagged-product.js';
import { quantileLinear } from './quantile.js';
import { valueAtRank } from './quantile-sorted.js';
import { stationaryResample } from './stationary-resample.js';

/** Park and Miller's generator: numbers in (0, 1), the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

t.test(
  'centralSums are exact on a level a thousand million times the spread, whatever mean is given',
  async (t) => {
    // 0, 0, 0, 4 about their mean 1: -1, -1, -1, 3.
    const values = Float64Array.of(0, 0, 0, 4).map((x) => x + 1e9);
    const sums = new Float64Array(CENTRAL_SUMS).fill(-99);
    for (const mean of [1e9 + 1, 1e9 + 1.25, 1e9]) {
      centralSums(values, mean, sums);
      t.same([sums[SQUARES], sums[CUBES], sums[FOURTHS]], [12, 24, 84], `mean ${mean}`);
    }
  },
);

t.test('centralSums pass on NaN and give 0 for numbers that are all the same', async (t) => {
  const sums = new Float64Array(CENTRAL_SUMS).fill(-99);
  centralSums(new Float64Array(9).fill(0.1), 0.1, sums);
  t.same(Array.from(sums), [0, 0, 0]);
  centralSums(Float64Array.of(1, NaN, 3), 2, sums);
  t.ok(sums.every((x) => Number.isNaN(x)));
});

t.test('valueAtRank of sorted numbers is quantileLinear of the unsorted, bit for bit', async (t) => {
  const random = generator(11);
  const wrong: string[] = [];
  for (let n = 1; n <= 60; n++) {
    const values = Float64Array.from({ length: n }, () => Math.floor(random() * 50) / 7);
    const sorted = values.slice().sort();
    const scratch = new Float64Array(n);
    for (const q of [0, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.7, 0.95, 1, random()]) {
      const direct = quantileLinear(values, q, scratch);
      if (!Object.is(valueAtRank(sorted, (n - 1) * q), direct)) wrong.push(`n = ${n}, q = ${q}`);
    }
  }
  t.same(wrong, []);
  const three = Float64Array.of(1, 2, 4);
  t.same(
    [-0.75, 0.5, 1.75, 2.5].map((rank) => valueAtRank(three, rank)),
    [1, 1.5, 3.5, 4],
    'ranks beyond the ends are the ends',
  );
});

t.test('stationaryResample runs on within a block, from the last value to the first', async (t) => {
  const n = 500;
  const values = Float64Array.from({ length: n }, (_, i) => i);
  const out = new Float64Array(n).fill(-1);
  stationaryResample(values, 0, Uint32Array.of(1, 2, 3, 4), out);
  const start = out[0] as number;
  t.ok(
    out.every((x, i) => x === (start + i) % n),
    'without restarts: the series, rotated',
  );
});

t.test('the blocks of stationaryResample have the mean length asked for, and start anywhere', async (t) => {
  const n = 20_000;
  const values = Float64Array.from({ length: n }, (_, i) => i);
  const state = Uint32Array.of(1, 2, 3, 4);
  for (const mean of [1, 2, 10, 50]) {
    const out = new Float64Array(n).fill(-1);
    stationaryResample(values, 2 ** 32 / mean, state, out);
    t.ok(
      out.every((x) => x >= 0 && x < n),
      'every cell is written',
    );
    let starts = 1;
    let upper = 0;
    for (let i = 1; i < n; i++) {
      if (out[i] === ((out[i - 1] as number) + 1) % n) continue;
      starts++;
      if ((out[i] as number) >= n / 2) upper++;
    }
    const expected = n / mean;
    t.ok(Math.abs(starts - expected) <= 5 * Math.sqrt(expected), `mean ${mean}: ${starts} blocks`);
    t.ok(Math.abs(upper / starts - 0.5) < 2.5 / Math.sqrt(starts), `mean ${mean}: in either half alike`);
  }
});

t.test('laggedProduct multiplies each value with the one `lag` before', async (t) => {
  const values = Float64Array.of(1, 2, 4, 8);
  t.equal(laggedProduct(values, 1, 4, 1), 1 * 2 + 2 * 4 + 4 * 8);
  t.equal(laggedProduct(values, 3, 4, 3), 8);
  t.equal(laggedProduct(values, 0, 4, 0), 85, 'lag 0: squares');
  t.equal(laggedProduct(values, 1, 3, 0), 20);
  t.equal(laggedProduct(values, 4, 4, 2), 0, 'an empty range');
});
