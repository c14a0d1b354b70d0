import t from 'tap';
import { rollingCovariance, rollingCovarianceScratch } from './rolling-covariance.js';
import { rollingDrawdownScratch, rollingMaxDrawdown } from './rolling-drawdown.js';
import { rollingMoments, rollingMomentsScratch } from './rolling-moments.js';
import { rollingShortfall, rollingShortfallScratch } from './rolling-shortfall.js';

/** Park and Miller's generator: numbers in (0, 1), the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function moments(values: Float64Array, window: number): { mean: Float64Array; variance: Float64Array } {
  const mean = new Float64Array(values.length).fill(-99);
  const variance = new Float64Array(values.length).fill(-99);
  rollingMoments(values, window, new Float64Array(rollingMomentsScratch(window)).fill(-99), mean, variance);
  return { mean, variance };
}

/** Every window by itself, in two passes around one of its own values. */
function twin(values: Float64Array, window: number): { mean: number; variance: number }[] {
  return Array.from(values, (_, i) => {
    if (i < window - 1) return { mean: NaN, variance: NaN };
    const part = values.subarray(i - window + 1, i + 1);
    const origin = part[0];
    const off = part.reduce((total, x) => total + (x - origin), 0) / window;
    const squares = part.reduce((total, x) => total + (x - origin - off) * (x - origin - off), 0);
    return { mean: origin + off, variance: squares / (window - 1) };
  });
}

function close(a: number, b: number, relative: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= relative * Math.abs(b);
}

t.test('rollingMoments writes every cell and marks the warm-up with NaN', async (t) => {
  const { mean, variance } = moments(Float64Array.of(1, 2, 4, 8, 8, 8), 2);
  t.same(Array.from(mean), [NaN, 1.5, 3, 6, 8, 8]);
  t.same(Array.from(variance), [NaN, 0.5, 2, 8, 0, 0]);
});

t.test('rollingMoments equals every window by itself, for windows of any length', async (t) => {
  const random = generator(11);
  for (const n of [1, 2, 5, 64, 200, 501]) {
    const values = Float64Array.from({ length: n }, () => (random() - 0.5) / 50);
    for (const window of [2, 3, 7, 63, n - 1, n, n + 1, 3 * n]) {
      if (window < 2) continue;
      const { mean, variance } = moments(values, window);
      twin(values, window).forEach((expected, i) => {
        const near = Number.isNaN(expected.mean)
          ? Number.isNaN(mean[i])
          : Math.abs(mean[i] - expected.mean) < 1e-17 * window;
        if (!near || !close(variance[i], expected.variance, 1e-12)) t.fail(`n ${n}, window ${window}, ${i}`);
      });
    }
  }
});

t.test('a value that has left the window leaves no trace, however large it was', async (t) => {
  const random = generator(12);
  const calm = Float64Array.from({ length: 400 }, () => (random() - 0.5) / 50);
  const spiked = calm.slice();
  spiked[130] = 1e9;
  for (const window of [5, 63, 100]) {
    const a = moments(calm, window);
    const b = moments(spiked, window);
    for (let i = window - 1; i < 400; i++) {
      if (i >= 130 && i < 130 + window) continue;
      if (a.mean[i] !== b.mean[i] || a.variance[i] !== b.variance[i]) t.fail(`window ${window}, ${i}`);
    }
  }
});

t.test('an outlier at the start of a block costs no more digits than the documented bound', async (t) => {
  const random = generator(13);
  for (const window of [5, 63, 252]) {
    const values = Float64Array.from({ length: 4 * window }, () => (random() - 0.5) / 50);
    values[2 * window] = 3;
    const { variance } = moments(values, window);
    let worst = 0;
    twin(values, window).forEach((expected, i) => {
      if (i >= window - 1) worst = Math.max(worst, Math.abs(variance[i] / expected.variance - 1));
    });
    t.ok(worst <= 2 * window * window * 2 ** -53, `window ${window}: ${worst}`);
  }
});

t.test('the level of the values does not cost the variance its digits', async (t) => {
  const values = Float64Array.from({ length: 300 }, (_, i) => 2 ** 40 + (((i * 37) % 101) - 50) / 64);
  const { variance } = moments(values, 63);
  twin(values, 63).forEach((expected, i) => {
    if (!close(variance[i], expected.variance, 1e-13)) t.fail(`${i}: ${variance[i]}, ${expected.variance}`);
  });
});

t.test('a constant window has a variance of exactly 0 and the constant for a mean', async (t) => {
  const values = Float64Array.from({ length: 90 }, (_, i) => (i < 20 || i >= 70 ? Math.sin(i) : 0.1));
  const { mean, variance } = moments(values, 7);
  for (let i = 26; i < 70; i++) {
    t.equal(variance[i], 0);
    t.equal(mean[i], 0.1);
  }
  t.not(variance[25], 0);
  t.not(variance[70], 0);
});

t.test('a NaN makes exactly the windows that contain it NaN', async (t) => {
  const n = 100;
  for (const place of [0, 1, 6, 7, 8, 50, 99]) {
    const values = Float64Array.from({ length: n }, (_, i) => (i === place ? NaN : i % 5));
    const { mean, variance } = moments(values, 7);
    const out = new Float64Array(n).fill(-99);
    rollingMaxDrawdown(
      values.map((x) => x + 1),
      7,
      new Float64Array(rollingDrawdownScratch(7)),
      out,
    );
    for (let i = 0; i < n; i++) {
      const poisoned = i < 6 || (i >= place && i < place + 7);
      if (Number.isNaN(mean[i]) !== poisoned) t.fail(`mean, NaN at ${place}, index ${i}`);
      if (Number.isNaN(variance[i]) !== poisoned) t.fail(`variance, NaN at ${place}, index ${i}`);
      if (Number.isNaN(out[i]) !== poisoned) t.fail(`drawdown, NaN at ${place}, index ${i}`);
    }
  }
});

t.test('rollingMaxDrawdown equals every pair of a peak and a later low in the window', async (t) => {
  const random = generator(14);
  for (const n of [1, 2, 30, 200]) {
    const equity = Float64Array.from({ length: n }, () => 50 + Math.round(random() * 100) / 2);
    for (const window of [1, 2, 5, 21, n, n + 3]) {
      const out = new Float64Array(n).fill(-99);
      rollingMaxDrawdown(equity, window, new Float64Array(rollingDrawdownScratch(window)).fill(-99), out);
      for (let i = 0; i < n; i++) {
        let deepest = i < window - 1 ? NaN : 0;
        for (let from = i - window + 1; from >= 0 && from <= i; from++) {
          for (let to = from; to <= i; to++) deepest = Math.max(deepest, 1 - equity[to] / equity[from]);
        }
        if (!Object.is(out[i], deepest)) t.fail(`n ${n}, window ${window}, ${i}: ${out[i]}, ${deepest}`);
      }
    }
  }
});

function covariance(x: Float64Array, y: Float64Array, window: number): Float64Array {
  const out = new Float64Array(x.length).fill(-99);
  rollingCovariance(x, y, window, new Float64Array(rollingCovarianceScratch(window)).fill(-99), out);
  return out;
}

function shortfall(values: Float64Array, window: number, target: number): Float64Array {
  const out = new Float64Array(values.length).fill(-99);
  rollingShortfall(values, window, target, new Float64Array(rollingShortfallScratch(window)).fill(-99), out);
  return out;
}

t.test('rollingCovariance and rollingShortfall write every cell and mark the warm-up with NaN', async (t) => {
  const x = Float64Array.of(1, 2, 4, 8, 8);
  t.same(Array.from(covariance(x, x, 2)), [NaN, 0.5, 2, 8, 0]);
  t.same(Array.from(covariance(x, Float64Array.of(3, 1, 1, 1, 5), 2)), [NaN, -1, 0, 0, 0]);
  t.same(Array.from(covariance(x, x, 6)), [NaN, NaN, NaN, NaN, NaN]);
  t.same(Array.from(shortfall(Float64Array.of(1, -1, 3, -3, 0), 2, 1)), [NaN, 2, 2, 8, 8.5]);
  t.same(Array.from(shortfall(Float64Array.of(-2, 3), 1, 0)), [4, 0]);
});

t.test('rollingCovariance and rollingShortfall equal every window by itself', async (t) => {
  const random = generator(15);
  for (const n of [1, 2, 5, 64, 300]) {
    const x = Float64Array.from({ length: n }, () => (random() - 0.5) / 50);
    const y = Float64Array.from(x, (value) => 0.7 * value + (random() - 0.5) / 90);
    const spiked = y.slice();
    spiked[Math.floor(n / 3)] = 1e9;
    for (const window of [2, 3, 7, 63, n, n + 1]) {
      if (window < 2) continue;
      const covariances = covariance(x, y, window);
      const calm = covariance(x, spiked, window);
      const short = shortfall(x, window, 0.002);
      for (let i = 0; i < n; i++) {
        let products = NaN;
        let squares = NaN;
        if (i >= window - 1) {
          products = squares = 0;
          const mean = (v: Float64Array): number =>
            v.subarray(i - window + 1, i + 1).reduce((total, value) => total + (value - v[i]), 0) / window +
            v[i];
          const meanX = mean(x);
          const meanY = mean(y);
          for (let j = i - window + 1; j <= i; j++) {
            products += (x[j] - meanX) * (y[j] - meanY);
            squares += Math.min(x[j] - 0.002, 0) ** 2;
          }
        }
        const near = (a: number, b: number, bound: number): boolean =>
          Number.isNaN(b) ? Number.isNaN(a) : Math.abs(a - b) <= bound;
        const place = `n ${n}, window ${window}, ${i}`;
        if (!near(covariances[i], products / (window - 1), 1e-17)) t.fail(`covariance, ${place}`);
        if (!near(short[i], squares / window, 1e-14 * squares)) t.fail(`shortfall, ${place}`);
        const inside = i - Math.floor(n / 3);
        if ((inside < 0 || inside >= window) && !Object.is(calm[i], covariances[i]))
          t.fail(`spike, ${place}`);
      }
    }
  }
});

t.test('a NaN makes exactly the windows that contain it NaN, in either series', async (t) => {
  const clean = Float64Array.from({ length: 60 }, (_, i) => i % 5);
  for (const place of [0, 6, 7, 8, 40, 59]) {
    const holed = clean.map((value, i) => (i === place ? NaN : value));
    const columns = {
      x: covariance(holed, clean, 7),
      y: covariance(clean, holed, 7),
      s: shortfall(holed, 7, 2),
    };
    for (const [name, out] of Object.entries(columns)) {
      out.forEach((value, i) => {
        const poisoned = i < 6 || (i >= place && i < place + 7);
        if (Number.isNaN(value) !== poisoned) t.fail(`${name}, NaN at ${place}, index ${i}`);
      });
    }
  }
});
