import t from 'tap';
import { crossDeviations, squaredDeviations } from './moments.js';
import { quantileLinear } from './quantile.js';
import { selectInPlace, smallestValues } from './select.js';
import { sum } from './sum.js';

/** Park and Miller's generator: numbers in (0, 1), the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function sorted(values: Float64Array): Float64Array {
  return values.slice().sort();
}

/** Series that break careless selections, by name. */
function shapes(n: number): Record<string, Float64Array> {
  const random = generator(n + 1);
  const of = (f: (i: number) => number): Float64Array => Float64Array.from({ length: n }, (_, i) => f(i));
  return {
    random: of(() => random() - 0.5),
    sorted: of((i) => i),
    reversed: of((i) => -i),
    constant: of(() => 0.001),
    'two values': of(() => (random() < 0.5 ? 1 : 2)),
    'few values': of(() => Math.floor(random() * 7)),
    'organ pipe': of((i) => Math.min(i, n - i)),
    sawtooth: of((i) => i % 17),
    'sorted but for the last': of((i) => (i === n - 1 ? -1 : i)),
    signs: of((i) => (i % 2 === 0 ? 1 : -1) * i),
  };
}

t.test('sum is exact until it rounds once, whatever cancels', async (t) => {
  t.equal(sum(Float64Array.of(1e16, 1, -1e16), 0, 3), 1);
  t.equal(sum(Float64Array.of(0.1, 0.2, 0.3, -0.6), 0, 4), 2.7755575615628914e-17, 'math.fsum');
  t.equal(sum(new Float64Array(10).fill(0.1), 0, 10), 1, 'math.fsum; the plain sum is 0.9999999999999999');
  t.equal(sum(Float64Array.of(9, 1, 2, 9), 1, 3), 3, 'a range');
  t.equal(sum(new Float64Array(0), 0, 0), 0);

  const random = generator(7);
  const values = Float64Array.from({ length: 5000 }, () => Math.round((random() - 0.5) * 2 ** 52));
  const exact = values.reduce((total, x) => total + BigInt(x), 0n);
  t.equal(sum(values, 0, values.length), Number(exact));
});

t.test('sum passes on NaN and infinities, and says which way it ran over', async (t) => {
  t.ok(Number.isNaN(sum(Float64Array.of(1, NaN, 2), 0, 3)));
  t.equal(sum(Float64Array.of(1, Infinity), 0, 2), Infinity);
  t.equal(sum(Float64Array.of(-1e308, -1e308), 0, 2), -Infinity);
});

t.test('squaredDeviations keeps its digits on a level a thousand million times the spread', async (t) => {
  const n = 1001;
  const values = Float64Array.from({ length: n }, (_, i) => 1e9 + i);
  const exact = (n * (n * n - 1)) / 12;
  t.equal(squaredDeviations(values, 1e9 + 500), exact, 'the sum of squares of -500 … 500');
  const off = squaredDeviations(values, 1e9 + 500.001);
  t.ok(Math.abs(off / exact - 1) < 1e-12, 'an error of the mean is taken out again');
  t.equal(squaredDeviations(new Float64Array(9).fill(0.1), 0.1), 0);
  t.ok(Number.isNaN(squaredDeviations(Float64Array.of(1, NaN), 1)));
});

t.test('crossDeviations of a series with a multiple of itself is that multiple', async (t) => {
  const random = generator(3);
  const x = Float64Array.from({ length: 400 }, () => random());
  const y = x.map((value) => 5 - 3 * value);
  const meanX = sum(x, 0, 400) / 400;
  const meanY = sum(y, 0, 400) / 400;
  const ratio = crossDeviations(x, y, meanX, meanY) / squaredDeviations(x, meanX);
  t.ok(Math.abs(ratio + 3) < 1e-13);
  t.equal(crossDeviations(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 4), 2, 7 / 3), 3);
});

t.test('selectInPlace puts at k what a full sort puts there, and parts the rest around it', async (t) => {
  for (const n of [1, 2, 3, 24, 25, 130, 1000]) {
    for (const [name, values] of Object.entries(shapes(n))) {
      const expected = sorted(values);
      for (const k of new Set([0, 1, n >> 3, n >> 1, n - 2, n - 1])) {
        if (k < 0 || k >= n) continue;
        const a = values.slice();
        selectInPlace(a, 0, n, k);
        const kth = a[k];
        const parted = a.every((x, i) => (i < k ? x <= kth : x >= kth));
        if (kth !== expected[k] || !parted) t.fail(`${name}, n = ${n}, k = ${k}`);
        if (sorted(a).some((x, i) => x !== expected[i])) t.fail(`${name}, n = ${n}: values lost`);
      }
    }
  }
});

t.test('selectInPlace leaves what is outside its range alone', async (t) => {
  const a = Float64Array.of(9, 8, 3, 1, 2, 0, -1);
  selectInPlace(a, 2, 5, 3);
  t.same(Array.from(a), [9, 8, 1, 2, 3, 0, -1]);
});

t.test('selecting from 300,000 sorted, constant or rippled numbers takes no quadratic time', async (t) => {
  const n = 300_000;
  for (const [name, values] of Object.entries(shapes(n))) {
    const expected = sorted(values);
    for (const k of [0, 15_000, n >> 1]) {
      const a = values.slice();
      selectInPlace(a, 0, n, k);
      t.equal(a[k], expected[k], `${name}, rank ${k}`);
    }
  }
});

/** Nine places that decide the first pivot of a range, as `selectInPlace` picks them. */
function pivotPlaces(low: number, high: number): number[] {
  const size = high - low;
  const middle = low + (size >>> 1);
  const step = size >>> 3;
  const heads = [low, low + step, low + 2 * step];
  return [...heads, middle - step, middle, middle + step, high - 2 * step, high - step, high];
}

/** An arrangement of 0 … n − 1 in which every pivot of `rounds` rounds is among the nine smallest left. */
function worstCase(n: number, rounds: number): Float64Array {
  const order = Array.from({ length: n }, (_, i) => i);
  const value = new Float64Array(n).fill(Infinity);
  let next = 0;
  let low = 0;
  for (let round = 0; round < rounds && n - low > 200; round++) {
    for (const place of pivotPlaces(low, n - 1)) {
      const id = order[place] as number;
      if (value[id] === Infinity) value[id] = next++;
    }
    const three = (p: readonly number[]): number =>
      p.map((place) => value[order[place] as number]).sort((a, b) => a - b)[1] as number;
    const places = pivotPlaces(low, n - 1);
    const pivot = [three(places.slice(0, 3)), three(places.slice(3, 6)), three(places.slice(6))].sort(
      (a, b) => a - b,
    )[1] as number;
    let i = low;
    let j = n - 1;
    while (i <= j) {
      while (value[order[i] as number] < pivot) i++;
      while (value[order[j] as number] > pivot) j--;
      if (i <= j) {
        [order[i], order[j]] = [order[j] as number, order[i] as number];
        i++;
        j--;
      }
    }
    low = i;
  }
  return value.map((x) => (x === Infinity ? next++ : x));
}

t.test('selectInPlace gives up bad pivots for a heap sort and still answers', async (t) => {
  const n = 5000;
  const values = worstCase(n, 60);
  t.same(
    Array.from(sorted(values)),
    Array.from({ length: n }, (_, i) => i),
    'a permutation',
  );
  for (const k of [n - 1, n >> 1]) {
    const a = values.slice();
    selectInPlace(a, 0, n, k);
    t.equal(a[k], k);
  }
});

t.test('smallestValues gathers the lowest, the highest of them last', async (t) => {
  const n = 20_000;
  const stride = Math.floor(n / 1024);
  const random = generator(5);
  const misleading = Float64Array.from({ length: n }, (_, i) => (i % stride === 0 ? -random() : random()));
  for (const [name, values] of Object.entries({ ...shapes(n), 'a sample that misleads': misleading })) {
    const expected = sorted(values);
    const before = values.slice();
    for (const count of [1, 20, 1000, 3000, 12_000, n]) {
      const scratch = new Float64Array(n).fill(-99);
      smallestValues(values, count, scratch);
      const head = sorted(scratch.slice(0, count));
      t.ok(
        head.every((x, i) => x === expected[i]),
        `${name}, ${count}`,
      );
      t.equal(scratch[count - 1], expected[count - 1], `${name}, ${count}: the last`);
    }
    t.ok(
      values.every((x, i) => x === before[i]),
      `${name}: the input is untouched`,
    );
  }
});

t.test('quantileLinear interpolates between ranks as numpy does', async (t) => {
  const scratch = new Float64Array(20_000);
  const four = Float64Array.of(4, 1, 3, 2);
  t.equal(quantileLinear(four, 0, scratch), 1);
  t.equal(quantileLinear(four, 1, scratch), 4);
  t.equal(quantileLinear(four, 0.5, scratch), 2.5);
  t.equal(quantileLinear(four, 0.1, scratch), 1.3);
  t.equal(quantileLinear(Float64Array.of(7), 0.3, scratch), 7, 'one value');
  const ranks = Float64Array.from({ length: 141 }, (_, i) => (i * 50) % 141);
  t.equal(quantileLinear(ranks, 0.05, scratch), 7, '140 × 0.05 is 7, though doubles say 7.000000000000001');

  for (const values of Object.values(shapes(9999))) {
    const s = sorted(values);
    for (const q of [0.001, 0.05, 0.37, 0.95, 0.9999]) {
      const position = (s.length - 1) * q;
      const below = Math.floor(position);
      const expected = s[below] + (s[below + 1] - s[below]) * (position - below);
      const got = quantileLinear(values, q, scratch);
      if (!(Math.abs(got - expected) <= 1e-12 * Math.abs(expected))) t.fail(`q = ${q}: ${got}, ${expected}`);
    }
  }
});
