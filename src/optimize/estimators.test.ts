/** Covariance estimators, eigenvalues, and Black and Litterman's blend, against pinned references and hand cases. */
import t from 'tap';
import { uniforms } from '../testing/doubles.js';
import { errorOf } from '../testing/error-of.js';
import { madeReturns, symbolsOf } from '../testing/optimize-problems.js';
import { type BlackLittermanInput, blackLitterman } from './black-litterman.js';
import { symmetricEigen } from './eigenvalues.js';
import { COVARIANCE_NAMES, estimateCovariance, readCovariance } from './estimate-covariance.js';
import { readSample } from './sample.js';
import type { CovarianceName } from './types.js';

const SCALES = [0.6, 1, 1.4, 0.9];
/** The returns behind the pinned answers of the references. */
const ROWS = Array.from({ length: 60 }, (_, at) =>
  SCALES.map((scale, j) => ((((7919 * at + 104729 * j + 31 * at * j) % 101) - 48) / 2500) * scale),
);

function correlationOf(covariance: Float64Array, n: number): Float64Array {
  return covariance.map((value, cell) => {
    const [i, j] = [Math.floor(cell / n), cell % n];
    return value / Math.sqrt(covariance[i * (n + 1)]! * covariance[j * (n + 1)]!);
  });
}

/** Largest difference, relative to the largest expected number. */
function apart(actual: ArrayLike<number>, expected: readonly number[]): number {
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value) / largest));
}

t.test('the first row of every estimator is that of its reference', async (t) => {
  const pinned: [CovarianceName, string, number[]][] = [
    [
      'ledoit-wolf',
      'scikit-learn LedoitWolf',
      [6.57653896537454e-5, 1.3718492523888483e-6, -7.86719840331561e-6, -4.095217108732302e-6],
    ],
    [
      'oas',
      'scikit-learn OAS',
      [7.258974690831958e-5, 1.2647999316993024e-6, -7.253298411506522e-6, -3.775655605307188e-6],
    ],
    [
      'constant-correlation',
      'PyPortfolioOpt, divisor T',
      [5.015326399999999e-5, -3.1997923202919303e-6, -4.773848829449185e-6, -2.8642082799614465e-6],
    ],
    [
      'ewma',
      'pandas ewm(alpha=0.06).cov()',
      [5.2184906425107614e-5, 1.1393337393910601e-5, -2.9355417862768058e-5, -1.523871809081089e-5],
    ],
  ];
  for (const [name, reference, row] of pinned) {
    const { data, rows, cols } = estimateCovariance(ROWS, name);
    t.strictSame([rows, cols, data.length], [4, 4, 16]);
    // Sums in another order: 2e-15 was the most seen.
    t.ok(apart(data, row) < 1e-14, `${name}: ${reference}, off by ${apart(data, row)}`);
  }
});

t.test('hand cases: two rows, one asset, an asset that stands still', async (t) => {
  const two = estimateCovariance([
    [1, 2],
    [3, -2],
  ]);
  t.strictSame([...two.data], [2, -4, -4, 8], 'divisor 1');
  for (const name of COVARIANCE_NAMES) {
    const [one] = estimateCovariance([[1], [3], [8]], name).data;
    const still = estimateCovariance(
      ROWS.map(([a, b]) => [a!, 0.25, b!]),
      name,
    ).data;
    const shrunk = name === 'ledoit-wolf' || name === 'oas';
    if (name !== 'ewma') t.equal(one, name === 'sample' || name === 'denoised' ? 13 : 26 / 3, name);
    t.strictSame([still[1], still[3], still[5], still[7]], [0, 0, 0, 0], `${name}: exact zeros`);
    t.equal(still[4]! > 0, shrunk, `${name}: ${shrunk ? 'gives it variance' : 'leaves it without'}`);
  }
});

t.test(
  'every estimator is symmetric, and the shrunk ones are regular with more assets than rows',
  async (t) => {
    const returns = madeReturns(2, 30, 50);
    const sample = readSample(returns, symbolsOf(50));
    for (const name of COVARIANCE_NAMES) {
      const data = readCovariance(name, sample);
      t.strictSame(data, estimateCovariance(returns, name).data, `${name}: by option and by function`);
      const turned = data.map((_, cell) => data[(cell % 50) * 50 + Math.floor(cell / 50)]!);
      t.strictSame(turned, data, `${name}: symmetric to the bit`);
      const { values } = symmetricEigen(data, 50);
      const singular = name === 'sample' || name === 'ewma';
      t.equal(values[0]! < 1e-14 * values[49]!, singular, `${name}: smallest eigenvalue ${values[0]}`);
    }
    const slow = estimateCovariance(returns, 'ewma', { decay: 1 - 1e-9 }).data;
    const plain = estimateCovariance(returns).data;
    t.ok(apart(slow, [...plain]) < 1e-6, 'a decay near 1 is the sample covariance');
  },
);

t.test('denoised keeps the variances and flattens the eigenvalues of the noise', async (t) => {
  const draw = uniforms(4);
  const returns = Array.from({ length: 200 }, () => {
    const market = draw() - 0.5;
    return Array.from({ length: 30 }, (_, j) => 0.01 * (j + 1) * (market + 2 * draw() - 1));
  });
  const sample = estimateCovariance(returns).data;
  const { data } = estimateCovariance(returns, 'denoised');
  const correlation = data.map((value, cell) => {
    const [i, j] = [Math.floor(cell / 30), cell % 30];
    return value / Math.sqrt(sample[i * 31]! * sample[j * 31]!);
  });
  t.ok(
    correlation.every((value, cell) => cell % 31 !== 0 || value === 1),
    'variances of the sample',
  );
  const { values } = symmetricEigen(correlation, 30);
  const before = symmetricEigen(correlationOf(sample, 30), 30).values;
  t.ok(before[28]! / before[0]! > 4, `29 were noise: ${before[0]} to ${before[28]}`);
  // Not quite one number: the diagonal is brought back to 1.
  t.ok(values[28]! / values[0]! < 1.2, `are nearly one number: ${values[0]} to ${values[28]}`);
  t.ok(values[29]! > 5, `the market stays: ${values[29]}`);
});

t.test('symmetricEigen gives unit vectors that rebuild the matrix', async (t) => {
  const { data } = estimateCovariance(madeReturns(5, 60, 12));
  const { values, vectors } = symmetricEigen(data, 12);
  const rebuilt = data.map((_, cell) => {
    const [i, j] = [Math.floor(cell / 12), cell % 12];
    return values.reduce((sum, value, k) => sum + value * vectors[i * 12 + k]! * vectors[j * 12 + k]!, 0);
  });
  t.ok(apart(rebuilt, [...data]) < 1e-14, `off by ${apart(rebuilt, [...data])}`);
  t.ok(
    values.every((value, k) => k === 0 || value >= values[k - 1]!),
    'rising',
  );
  t.strictSame([...symmetricEigen(Float64Array.of(7), 1).values], [7]);
});

t.test('a matrix of the caller is copied and checked', async (t) => {
  const sample = readSample(ROWS, ['a', 'b', 'c', 'd']);
  const mine = estimateCovariance(ROWS);
  const read = readCovariance(mine, sample);
  t.strictSame(read, mine.data);
  t.not(read, mine.data);
  const tilted = { ...mine, data: mine.data.map((v, cell) => (cell === 1 ? v + 1e-20 : v)) };
  const even = readCovariance(tilted, sample);
  t.equal(even[1], even[4], 'rounding of mirror images is evened out');
  const message = (change: (data: Float64Array) => void, size = 4): string => {
    const data = mine.data.slice();
    change(data);
    return errorOf(() =>
      readCovariance({ data: data.subarray(0, size * size), rows: size, cols: size }, sample),
    ).message;
  };
  t.match(
    message(() => undefined, 3),
    /covariance.*3 × 3.*4 × 4/,
  );
  t.match(
    message((d) => (d[5] = NaN)),
    /covariance\[1\]\[1\]/,
  );
  t.match(
    message((d) => (d[5] = -1)),
    /covariance\[1\]\[1\].*at least 0/,
  );
  t.match(
    message((d) => (d[1] = 2e-6)),
    /mirror image/,
  );
  t.match(
    message((d) => (d[1] = d[4] = 1)),
    /two standard deviations/,
  );
  // Three assets of which each hedges the two others.
  const against = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => (i === j ? 1 : -0.9)));
  const three = readSample([ROWS[0]!.slice(1), ROWS[1]!.slice(1)], ['a', 'b', 'c']);
  const bad = { data: Float64Array.from(against), rows: 3, cols: 3 };
  t.match(errorOf(() => readCovariance(bad, three)).message, /first 3 assets.*positive semidefinite/);
  const hedged = { ...bad, data: bad.data.map((v) => (v < 0 ? -0.5 : v)) };
  t.strictSame(readCovariance(hedged, three), hedged.data, 'singular is no error');
  t.match(errorOf(() => readCovariance('ledoit' as 'oas', three)).message, /covariance.*ledoit/);
  t.match(errorOf(() => estimateCovariance(ROWS, 'ewma', { decay: 1 })).message, /decay/);
  t.match(errorOf(() => estimateCovariance([[1e200], [-1e200]])).message, /variance of column 0/);
  t.match(errorOf(() => estimateCovariance([])).message, /at least 2 rows/);
  t.match(errorOf(() => estimateCovariance([[1, 2], [3]])).message, /returns\[1\]/);
  t.match(errorOf(() => estimateCovariance(3 as unknown as number[][])).message, /returns/);
});

const INPUT: BlackLittermanInput = {
  covariance: estimateCovariance(ROWS),
  symbols: ['a', 'b', 'c', 'd'],
  marketWeights: { a: 40, b: 30, c: 20, d: 10 },
  riskFree: 0.0001,
  views: [
    { weights: { a: 1 }, expected: 0.002 },
    { weights: { b: 1, c: -1 }, expected: -0.001 },
  ],
};

t.test('blackLitterman blends as PyPortfolioOpt does', async (t) => {
  const first = blackLitterman(INPUT);
  const expected = [
    0.0010659538308611868, 6.171865731521294e-5, 0.0004802201497950693, 1.0006846786673006e-5,
  ];
  t.ok(apart(first.expectedReturns, expected) < 1e-14, 'He and Litterman’s variances of the views');
  const row = [5.2276687722880704e-5, 1.6429828267399215e-6, -9.568531360568308e-6, -5.033514842776221e-6];
  t.ok(apart(first.covariance.data, row) < 1e-14, 'first row of the covariance');
  const views = INPUT.views!.map((view, k) => ({ ...view, confidence: [0.25, 0.8][k]! }));
  const second = blackLitterman({ ...INPUT, marketWeights: [4, 3, 2, 1], views }).expectedReturns;
  const sure = [0.000593956258809534, -3.514805665701294e-5, 0.0007524588604095212, 4.982519210517277e-5];
  t.ok(apart(second, sure) < 1e-14, 'Idzorek’s confidences');
});

t.test('a certain view holds, and one without confidence or content changes nothing', async (t) => {
  const certain = blackLitterman({
    ...INPUT,
    views: [{ weights: { b: 2, d: -1 }, expected: 0.004, variance: 0 }],
  });
  const [, b, , d] = certain.expectedReturns;
  t.ok(Math.abs(2 * b! - d! - 0.004) < 1e-17, `2 b − d = ${2 * b! - d!}`);
  const none = blackLitterman({ ...INPUT, views: [{ ...INPUT.views![0]!, confidence: 0 }] });
  t.strictSame(none.expectedReturns, none.prior);
  const wider = INPUT.covariance.data.map((value) => 1.05 * value);
  t.strictSame(none.covariance.data, wider, 'Σ + τΣ');
  const { marketWeights: _, riskFree: __, ...rest } = INPUT;
  const own = blackLitterman({ ...rest, prior: none.prior, views: [] });
  t.strictSame(own.expectedReturns, none.prior);
});

t.test('blackLitterman names what is wrong with a view or a prior', async (t) => {
  const message = (change: object): string => errorOf(() => blackLitterman({ ...INPUT, ...change })).message;
  const view = (change: object): string => message({ views: [{ ...INPUT.views![0]!, ...change }] });
  t.match(view({ weights: { aa: 1 } }), /views\[0\]\.weights.*aa/);
  t.match(view({ weights: { a: 0 } }), /views\[0\]\.weights/);
  t.match(view({ weights: 'a' }), /views\[0\]\.weights/);
  t.match(view({ expected: NaN }), /views\[0\]\.expected/);
  t.match(view({ variance: 0, confidence: 1 }), /either variance or confidence/);
  t.match(view({ confidence: 2 }), /views\[0\]\.confidence/);
  t.match(view({ variance: -1 }), /views\[0\]\.variance/);
  t.match(view({ sure: true }), /views\[0\]\.sure/);
  const certain = { weights: { a: 1 }, expected: 0, confidence: 1 };
  const skipped = { ...certain, confidence: 0 };
  t.match(
    message({ views: [skipped, certain, { ...certain, weights: { a: 2 } }] }),
    /views\[2\].*leave open/,
  );
  t.match(message({ views: {} }), /views/);
  t.match(message({ prior: [0, 0, 0, 0] }), /either prior or marketWeights/);
  t.match(message({ prior: [0, 0, 0, 0], marketWeights: undefined }), /riskFree.*beside prior/);
  t.match(message({ marketWeights: { a: -1 } }), /marketWeights of a/);
  t.match(message({ marketWeights: { a: 0 } }), /marketWeights.*sum above 0/);
  t.match(message({ marketWeights: [1, 2, 3] }), /marketWeights/);
  const values = (marketWeights: number[]): Float64Array => blackLitterman({ ...INPUT, marketWeights }).prior;
  t.strictSame(values([1e308, 1e308, 1e308, 1e308]), values([1, 1, 1, 1]), 'sums without a double');
  t.match(message({ views: new Array(1) }), /views\[0\]/);
  t.match(message({ tau: 0 }), /tau/);
  t.match(message({ riskAversion: 0 }), /riskAversion/);
  t.match(message({ symbols: ['a', 'b', 'c'] }), /covariance.*4 × 4.*3 × 3/);
});
