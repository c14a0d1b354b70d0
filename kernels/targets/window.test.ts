import t from 'tap';
import { columnMoments, columnSums, takeWindow } from './window.js';

/** Park and Miller's generator: numbers in (0, 1), the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function moments(values: Float64Array, rows: number, cols: number): { mean: number[]; variance: number[] } {
  const mean = new Float64Array(cols).fill(-99);
  const variance = new Float64Array(cols).fill(-99);
  columnMoments(values, rows, cols, mean, variance);
  return { mean: Array.from(mean), variance: Array.from(variance) };
}

t.test('takeWindow copies the named columns of the named rows and nothing beside them', async (t) => {
  const prices = Float64Array.from({ length: 15 }, (_, i) => i + 1);
  const out = new Float64Array(5).fill(-99);
  takeWindow(prices, 3, 2, 2, Int32Array.of(2, 0), out);
  t.same(Array.from(out), [9, 7, 12, 10, -99]);
});

t.test('takeWindow makes NaN of everything that is no price', async (t) => {
  const out = new Float64Array(7).fill(-99);
  const prices = Float64Array.of(NaN, 0, -0, -5, Infinity, -Infinity, 5e-324);
  takeWindow(prices, 7, 0, 1, Int32Array.from(prices.keys()), out);
  t.same(Array.from(out), [NaN, NaN, NaN, NaN, NaN, NaN, 5e-324]);
});

t.test('columnSums writes every cell, 0 where there are no rows', async (t) => {
  const out = new Float64Array(3).fill(-99);
  columnSums(Float64Array.of(1, 2, NaN, 10, 20, 30), 2, 3, out);
  t.same(Array.from(out), [11, 22, NaN]);
  columnSums(new Float64Array(0), 0, 3, out);
  t.same(Array.from(out), [0, 0, 0]);
});

t.test('columnMoments gives mean and sample variance of every column by itself', async (t) => {
  // 2, 4, 9: mean 5, squares 9 + 1 + 16 = 26, over 2.
  const { mean, variance } = moments(Float64Array.of(2, 0, 7, 4, 0, NaN, 9, 0, 7), 3, 3);
  t.same(mean, [5, 0, NaN]);
  t.same(variance, [13, 0, NaN]);
});

t.test('the level of a column does not cost its variance its digits', async (t) => {
  const random = generator(5);
  const rows = 63;
  // Multiples of 1/64 around 2^40 are exact, so the variance is that of the small part.
  const small = Float64Array.from({ length: rows }, () => Math.floor(random() * 128) / 64);
  const values = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    values[2 * i] = 2 ** 40 + small[i];
    values[2 * i + 1] = small[i];
  }
  const { variance } = moments(values, rows, 2);
  const centre = small.reduce((sum, x) => sum + x, 0) / rows;
  const twin = small.reduce((sum, x) => sum + (x - centre) * (x - centre), 0) / (rows - 1);
  for (const found of variance) t.ok(Math.abs(found / twin - 1) < 1e-13, `${found}, ${twin}`);
});
