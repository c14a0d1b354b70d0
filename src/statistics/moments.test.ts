import t from 'tap';
import {
  referenceKurtosis,
  referenceMean,
  referenceQuantile,
  referenceSkewness,
  referenceVariance,
} from '../reference/statistics.js';
import { errorOf } from '../testing/error-of.js';
import { uniforms } from '../testing/doubles.js';
import {
  kurtosis,
  mean,
  median,
  moments,
  type QuantileMethod,
  quantile,
  quantiles,
  sampleVariance,
  skewness,
  standardDeviation,
} from './index.js';

function near(actual: number, expected: number, relative: number): boolean {
  return Object.is(actual, expected) || Math.abs(actual - expected) <= relative * Math.abs(expected);
}

/** Samples of several sizes, levels and spreads. */
function samples(): Float64Array[] {
  const random = uniforms(17);
  return Array.from({ length: 60 }, (_, k) => {
    const level = [0, 1, -300, 1000][k % 4]!;
    const spread = [1, 1e-3, 50][k % 3]!;
    return Float64Array.from({ length: 4 + 5 * k }, () => level + spread * (random() + random() * random()));
  });
}

t.test('the moments of 0, 0, 0, 4 are the ones of a pencil, with and without bias', async (t) => {
  // Distances -1, -1, -1, 3: squares 12, cubes 24, fourths 84.
  const plain = moments([0, 0, 0, 4], { bias: true });
  t.match(plain, { n: 4, mean: 1, variance: 3 });
  t.ok(near(plain.skewness, 6 / (3 * Math.sqrt(3)), 1e-15));
  t.ok(near(plain.kurtosis, 21 / 9 - 3, 1e-15));
  const corrected = moments([0, 0, 0, 4]);
  t.match(corrected, { n: 4, mean: 1, variance: 4 });
  t.ok(near(corrected.skewness, 2, 1e-15), '6 / (3 √3) · √12 / 2');
  t.ok(near(corrected.kurtosis, 4, 1e-14), '3/2 · (5 · (−2/3) + 6)');
});

t.test('mean, variance, skewness and kurtosis are those of simple-statistics', async (t) => {
  const wrong: string[] = [];
  for (const values of samples()) {
    const m = moments(values);
    const pairs: [string, number, number, number][] = [
      ['mean', m.mean, referenceMean(values), 1e-15],
      ['variance', m.variance, referenceVariance(values, 1), 1e-11],
      ['population variance', sampleVariance(values, { ddof: 0 }), referenceVariance(values, 0), 1e-11],
      ['skewness', m.skewness, referenceSkewness(values), 1e-8],
      ['kurtosis', m.kurtosis, referenceKurtosis(values), 1e-8],
    ];
    // Its mean is rounded before the deviations are taken: at 1000 with a spread of 1e-3 that costs six digits.
    for (const [name, ours, theirs, bound] of pairs) {
      if (!near(ours, theirs, bound)) wrong.push(`${name} of ${values.length}: ${ours}, ${theirs}`);
    }
  }
  t.same(wrong, []);
});

t.test('the single functions give the fields of moments', async (t) => {
  const wrong = samples().filter((values) => {
    const corrected = moments(values);
    const plain = moments(values, { bias: true });
    return !(
      mean(values) === corrected.mean &&
      sampleVariance(values) === corrected.variance &&
      standardDeviation(values) === Math.sqrt(corrected.variance) &&
      skewness(values) === plain.skewness &&
      skewness(values, { bias: false }) === corrected.skewness &&
      kurtosis(values) === plain.kurtosis &&
      kurtosis(values, { bias: false }) === corrected.kurtosis
    );
  });
  t.same(wrong, []);
});

t.test('what has no moment is NaN, never 0', async (t) => {
  t.same(moments([5]), { n: 1, mean: 5, variance: NaN, skewness: NaN, kurtosis: NaN });
  t.same(moments([5], { bias: true }), { n: 1, mean: 5, variance: 0, skewness: NaN, kurtosis: NaN });
  t.same(moments([0.1, 0.1, 0.1, 0.1]), { n: 4, mean: 0.1, variance: 0, skewness: NaN, kurtosis: NaN });
  t.same(skewness([1, 2]), 0);
  t.same(skewness([1, 2], { bias: false }), NaN, 'two numbers have no corrected skewness');
  t.same(kurtosis([1, 2, 4], { bias: false }), NaN, 'three have no corrected kurtosis');
  t.same(moments([1, NaN, 2]), { n: 3, mean: NaN, variance: NaN, skewness: NaN, kurtosis: NaN });
  t.same(
    [mean([NaN]), sampleVariance([1, NaN]), skewness([NaN, 1]), quantile([NaN, 1], 0.5)],
    [NaN, NaN, NaN, NaN],
  );
  t.same(Array.from(quantiles([1, NaN], [0, 1])), [NaN, NaN]);
});

t.test('quantile and median are those of simple-statistics, one by one and together', async (t) => {
  const wrong: string[] = [];
  const shares = [0, 0.01, 0.25, 1 / 3, 0.5, 0.6, 0.95, 1];
  for (const values of samples()) {
    const together = quantiles(values, shares);
    for (const [i, q] of shares.entries()) {
      const ours = quantile(values, q);
      if (!near(ours, referenceQuantile(values, q), 1e-15)) wrong.push(`${values.length}, ${q}`);
      if (ours !== together[i]) wrong.push(`${values.length}, ${q}: not the same together`);
    }
    if (median(values) !== quantile(values, 0.5)) wrong.push('median');
  }
  t.same(wrong, []);
});

t.test('every method reads the ranks of 10, 20, 30, 40 as a pencil does', async (t) => {
  // At q = 0.25, 0.3 and 0.5 of four numbers.
  const expected: Record<QuantileMethod, [number, number, number]> = {
    linear: [17.5, 19, 25],
    lower: [10, 10, 20],
    higher: [20, 20, 30],
    nearest: [20, 20, 30],
    midpoint: [15, 15, 25],
    invertedCdf: [10, 20, 20],
    averagedInvertedCdf: [15, 20, 25],
    interpolatedInvertedCdf: [10, 12, 20],
    hazen: [15, 17, 25],
    weibull: [12.5, 15, 25],
    medianUnbiased: [10 + 10 * (5 / 12), 10 + 10 * (1.2 + 1 / 3 + 0.1 - 1), 25],
    normalUnbiased: [10 + 10 * (7 / 16), 10 + 10 * (1.2 + 3 / 8 + 0.075 - 1), 25],
  };
  const values = [40, 10, 30, 20];
  for (const [method, want] of Object.entries(expected) as [QuantileMethod, number[]][]) {
    const got = Array.from(quantiles(values, [0.25, 0.3, 0.5], { method }));
    t.ok(
      got.every((x, i) => near(x, want[i]!, 1e-14)),
      `${method}: ${got}`,
    );
    t.same(
      [quantile(values, 0, { method }), quantile(values, 1, { method })],
      [10, 40],
      `${method}: the ends`,
    );
  }
  t.equal(quantile([1, 2, 3, 4, 5], 0.625, { method: 'nearest' }), 3, 'rank 2.5: the even one, 2');
  t.equal(quantile([1, 2, 3, 4, 5], 0.375, { method: 'nearest' }), 3, 'rank 1.5: the even one, 2');
  t.equal(
    quantile(
      Array.from({ length: 30 }, (_, i) => i + 1),
      0.1,
      { method: 'invertedCdf' },
    ),
    3,
    '0.1 × 30 is 3',
  );
  const thousand = Array.from({ length: 1000 }, (_, i) => i + 1);
  t.equal(quantile(thousand, 0.5, { method: 'invertedCdf' }), 500);
  t.equal(
    quantile(thousand, 0.5 + 1e-13, { method: 'invertedCdf' }),
    501,
    'a share above the half, as numpy',
  );
});

t.test('each wrong argument is named', async (t) => {
  const rows: [() => unknown, RegExp][] = [
    [() => moments([]), /values has no numbers: at least one number needed/],
    [() => quantile([], 0.5), /values has no numbers/],
    [() => mean([1, Infinity]), /'values\[1\]' has invalid value Infinity.*a finite number, or NaN/],
    [() => quantile([1], 1.5), /'q' has invalid value 1\.5.*from 0 to 1/],
    [() => quantiles([1], [0.5, -1]), /'q\[1\]' has invalid value -1/],
    [() => quantile([1], 0.5, { method: 'linaer' as 'linear' }), /'method'.*linear/],
    [() => sampleVariance([1], { ddof: 2 as 1 }), /'ddof' has invalid value 2/],
    [() => moments([1], { bias: 1 as unknown as true }), /'bias' has invalid value 1/],
    [() => skewness([1], { baised: true } as object), /'options\.baised'.*bias/],
  ];
  for (const [call, message] of rows) t.match(errorOf(call).message, message);
});
