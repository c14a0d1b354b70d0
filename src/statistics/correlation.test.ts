import t from 'tap';
import { type NbError, NonFiniteError, ShapeError, ValidationError } from '../errors.js';
import { referenceRankCorrelation } from '../reference/statistics.js';
import { errorOf } from '../testing/error-of.js';
import {
  icSeries,
  informationCoefficient,
  kendall,
  pearson,
  quantileSpread,
  quintileSpread,
  spearman,
} from './index.js';

const Z = Float64Array.from({ length: 60 }, (_, i) => ((7919 * i) % 101) / 10);
const Y = Float64Array.from({ length: 60 }, (_, i) => ((104729 * i) % 97) / 7);

function near(actual: number, expected: number, relative: number): boolean {
  return Math.abs(actual - expected) <= relative * Math.abs(expected);
}

/** Rounded to whole numbers, half to even. */
function rounded(values: Float64Array): Float64Array {
  return values.map((x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)));
}

t.test('spearman gives what scipy 1.17.1 gives, with ties and without', async (t) => {
  const plain = spearman(Z, Y);
  t.ok(near(plain.correlation, 0.13592664629063633, 1e-15), String(plain.correlation));
  t.ok(near(plain.pValue, 0.300411882082825, 1e-14), String(plain.pValue));
  t.equal(plain.n, 60);
  const tied = spearman(rounded(Z), rounded(Y));
  t.ok(near(tied.correlation, 0.11727269838736347, 1e-15), String(tied.correlation));
  t.ok(near(tied.pValue, 0.372196743778165, 1e-14), String(tied.pValue));
});

t.test('rank correlations do not change when the values are moved in order', async (t) => {
  const cubes = Z.map((x) => x * x * x - 1e6);
  for (const f of [spearman, kendall]) t.strictSame(f(cubes, Y), f(Z, Y));
  t.strictSame(spearman(Y, Z), spearman(Z, Y), 'nor when the series change places');
  const turned = spearman(
    Z.map((x) => -x),
    Y,
  );
  t.equal(turned.correlation, -spearman(Z, Y).correlation);
  t.equal(turned.pValue, spearman(Z, Y).pValue);
});

t.test('infinities are ranked, −0 is 0, and plain arrays are taken', async (t) => {
  t.strictSame(spearman([-Infinity, 1, 2, Infinity], [1, 3, 2, 9]), spearman([0, 1, 2, 3], [1, 3, 2, 9]));
  t.strictSame(spearman([-0, 0, 1, 2], [4, 3, 2, 2]), spearman([0, 0, 1, 2], [4, 3, 2, 2]));
  t.strictSame(kendall([-0, 0, 1, 2], [4, 3, 2, 2]), kendall([0, 0, 1, 2], [4, 3, 2, 2]));
  t.equal(kendall([1, 2, 3, Infinity], [1, 2, 4, 3]).correlation, 4 / 6);
});

t.test('edges: too short, constant, NaN, two values, a perfect order', async (t) => {
  for (const [name, f, two] of [
    ['pearson', pearson, 1],
    ['spearman', spearman, NaN],
    ['kendall', kendall, 1],
  ] as const) {
    const none = (n: number) => ({ correlation: NaN, pValue: NaN, n });
    t.strictSame(f([], []), none(0), `${name}: nothing`);
    t.strictSame(f([1], [2]), none(1), `${name}: one value`);
    t.strictSame(f([1, 2, 3], [7, 7, 7]), none(3), `${name}: constant`);
    t.strictSame(f([-0, 0, 0], [1, 2, 3]), none(3), `${name}: constant but for the sign of 0`);
    t.strictSame(f([1, NaN, 3], [1, 2, 3]), none(3), `${name}: NaN`);
    t.strictSame(f([1, 2], [9, 5]), { correlation: -1, pValue: two, n: 2 }, `${name}: two values`);
  }
  t.strictSame(spearman([1, 2, 3, 4], [1, 4, 9, 16]), { correlation: 1, pValue: 0, n: 4 });
  t.strictSame(pearson([1, 2, 3, 4], [3, 5, 7, 9]), { correlation: 1, pValue: 0, n: 4 });
  const four = kendall([1, 2, 3, 4], [9, 8, 7, 6]);
  t.equal(four.correlation, -1);
  t.ok(near(four.pValue, 2 / 24, 1e-15), 'one order of 24, and its reverse');
});

t.test('the exact p-value of spearman counts the orders', async (t) => {
  // Of the 24 orders of 1 … 4, one gives r = 1 and three 0.8: Σd² of 0 and 2.
  t.equal(spearman([1, 2, 3, 4], [1, 2, 4, 3], { exact: true }).pValue, (2 * 4) / 24);
  t.equal(spearman([1, 2, 3, 4], [2, 1, 4, 3], { exact: true }).correlation, 0.6);
  t.equal(spearman([1, 2], [1, 2], { exact: true }).pValue, 1);
  t.equal(
    spearman([1, 1, 2], [1, 2, 3], { exact: true }).pValue,
    4 / 6,
    'with ties: two orders of six at the top',
  );
  // The example in the documentation of scipy.stats.spearmanr.
  const x = [1.76405235, 0.40015721, 0.97873798, 2.2408932, 1.86755799, -0.97727788];
  const y = [2.71414076, 0.2488, 0.87551913, 2.6514917, 2.01160156, 0.47699563];
  t.equal(spearman(x, y, { exact: true }).pValue, 0.10277777777777777);
  t.ok(near(spearman(x, y).pValue, 0.07239650145772594, 1e-14));
});

t.test('kendall is exact up to 33 values without ties unless told otherwise', async (t) => {
  // The example in the documentation of scipy.stats.kendalltau: ties, hence the normal distribution.
  const tied = kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]);
  t.ok(near(tied.correlation, -0.47140452079103173, 1e-15));
  t.ok(near(tied.pValue, 0.2827454599327748, 1e-14));
  const up = (n: number) => Float64Array.from({ length: n }, (_, i) => i);
  const mixed = (n: number) => up(n).map((i) => (i * 12) % 37);
  const same = (n: number, exact: boolean) =>
    kendall(up(n), mixed(n)).pValue === kendall(up(n), mixed(n), { exact }).pValue;
  t.ok(same(33, true) && !same(33, false));
  t.ok(same(34, false) && !same(34, true));
  const swapped = up(60);
  [swapped[0], swapped[1]] = [1, 0];
  t.equal(
    kendall(up(60), swapped).pValue,
    kendall(up(60), swapped, { exact: true }).pValue,
    'one pair out of order',
  );
});

t.test('quantileSpread compares the ends and keeps the order of equal scores', async (t) => {
  t.ok(near(quantileSpread(Z, Y), 1.5357142857142847, 1e-12));
  t.equal(quintileSpread, quantileSpread);
  t.equal(
    quantileSpread([3, 1, 2, 5, 4, 9, 7], [0.3, 0.1, 0.2, 0.5, 0.4, 0.9, 0.7], 3),
    0.8 - 0.15,
    'two of seven',
  );
  t.equal(quantileSpread([1, 1, 1, 1], [1, 2, 3, 4], 2), 2, 'the first two, then the last two');
  t.equal(quantileSpread([-0, 0, -Infinity], [1, 2, 3], 3), -1, '−0 is 0, an infinity is the lowest');
  t.equal(quantileSpread([1, 2], [5, 7], 1), 0, 'one part: all against all');
  t.strictSame([quantileSpread([1, NaN], [5, 7], 2), quantileSpread([1, 2], [NaN, 7], 2)], [NaN, NaN]);
});

t.test('informationCoefficient is spearman with its t-statistic and the spread', async (t) => {
  const found = informationCoefficient(Z, Y);
  const { correlation: ic, pValue } = spearman(Z, Y);
  t.ok(near(found.tStat, ic * Math.sqrt(58 / (1 - ic * ic)), 1e-14));
  t.strictSame(found, { ic, pValue, tStat: found.tStat, spread: quantileSpread(Z, Y), n: 60 });
  t.equal(informationCoefficient(Z, Y, { nQuantiles: 10 }).spread, quantileSpread(Z, Y, 10));
  const none = { ic: NaN, pValue: NaN, tStat: NaN };
  t.strictSame(informationCoefficient([1, NaN], [1, 2], { nQuantiles: 2 }), { ...none, spread: NaN, n: 2 });
  t.strictSame(informationCoefficient([4, 4], [1, 2], { nQuantiles: 2 }), { ...none, spread: 1, n: 2 });
  t.equal(informationCoefficient([1, 2, 3], [3, 2, 1], { nQuantiles: 3 }).tStat, -Infinity);
});

t.test('icSeries takes each period alone, and its statistics are those of the coefficients', async (t) => {
  const cols = 4;
  const scores = Float64Array.of(1, 2, 3, 4, 1, 2, 3, NaN, 4, 3, 2, 1, 5, 5, 5, 5, 1, 2, 3, 4);
  const returns = Float64Array.of(1, 2, 3, 4, 1, 3, 2, 9, 1, 2, 4, 3, 1, 2, 3, 4, 1, 3, 2, NaN);
  const mat = (data: Float64Array) => ({ data, rows: 5, cols });
  const found = icSeries(mat(scores), mat(returns), { lags: 1 });
  const ics = [1, 0.5, -0.8, NaN, 0.5];
  t.strictSame(
    Array.from(found.ics, (ic) => Math.round(ic * 1e12) / 1e12),
    ics,
  );
  t.strictSame(Array.from(found.counts), [4, 3, 4, 4, 3]);
  // By hand: mean 0.3; deviations 0.7, 0.2, −1.1, 0.2; squares 1.78; products of neighbours −0.3.
  const std = Math.sqrt(1.78 / 3);
  const figures: [number, number][] = [
    [found.mean, 0.3],
    [found.std, std],
    [found.informationRatio, 0.3 / std],
    [found.tStat, (0.3 / std) * 2],
    [found.tStatNeweyWest, 0.3 / Math.sqrt((1.78 - 0.3) / 16)],
  ];
  t.strictSame(
    figures.filter(([a, b]) => !near(a, b, 1e-14)),
    [],
  );
  t.equal(found.n, 4);
  t.equal(found.lags, 1);
  t.equal(icSeries(mat(scores), mat(returns)).lags, 1, 'floor(4 × 0.04^(2/9)) = floor(1.956)');
  t.equal(icSeries(mat(scores), mat(returns), { lags: 99 }).lags, 3);
  const none = icSeries(
    { data: new Float64Array(0), rows: 0, cols },
    { data: new Float64Array(0), rows: 0, cols },
  );
  t.strictSame([none.n, none.mean, none.tStat, none.pValueNeweyWest], [0, NaN, NaN, NaN]);
});

t.test('each misuse throws its error, which names the field', async (t) => {
  const one = { data: Float64Array.of(1, 2), rows: 1, cols: 2 };
  const cases: [string, () => unknown, new (...args: never[]) => NbError][] = [
    ['y', () => pearson([1, 2], [1]), ShapeError],
    ['y', () => spearman([1, 2], [1, 2, 3]), ShapeError],
    ['x[1]', () => pearson([1, Infinity], [1, 2]), NonFiniteError],
    ['y[0]', () => pearson([1, NaN], [-Infinity, 2]), NonFiniteError],
    ['x', () => kendall('12' as never, [1, 2]), ValidationError],
    ['exact', () => spearman([1, 2], [1, 2], { exact: 1 as never }), ValidationError],
    ['options.exakt', () => kendall([1, 2], [1, 2], { exakt: true } as never), ValidationError],
    ['exact', () => spearman(Z.subarray(0, 11), Y.subarray(0, 11), { exact: true }), ValidationError],
    ['exact', () => kendall(new Float64Array(501), new Float64Array(501), { exact: true }), ValidationError],
    ['exact', () => kendall([1, 1, 2], [1, 2, 3], { exact: true }), ValidationError],
    ['returns', () => quantileSpread([1, 2], [1], 2), ShapeError],
    ['returns[1]', () => quantileSpread([1, 2], [1, Infinity], 2), NonFiniteError],
    ['nQuantiles', () => quantileSpread([1, 2], [1, 2]), ValidationError],
    ['nQuantiles', () => quantileSpread([1, 2], [1, 2], 0), ValidationError],
    ['nQuantiles', () => informationCoefficient([1, 2], [1, 2], { nQuantiles: 1.5 }), ValidationError],
    ['lags', () => icSeries(one, one, { lags: -1 }), ValidationError],
    ['scores', () => icSeries([[1, 2]] as never, one), ValidationError],
    ['scores', () => icSeries({ data: Float64Array.of(1), rows: -1, cols: -1 }, one), ValidationError],
    ['returns', () => icSeries(one, { ...one, rows: 2, cols: 1 }), ShapeError],
    ['returns.data[0]', () => icSeries(one, { ...one, data: Float64Array.of(Infinity, 1) }), NonFiniteError],
  ];
  const wrong = cases.flatMap(([field, call, kind]) => {
    const error = errorOf(call);
    return error instanceof kind && error.detail?.field === field ? [] : [`${field}: ${error.message}`];
  });
  t.strictSame(wrong, []);
});

t.test('spearman gives the rank correlation of the slow twin, with ties and without', async (t) => {
  const rounded = (values: Float64Array): Float64Array => values.map((value) => Math.round(value));
  const pairs: [Float64Array, Float64Array][] = [
    [Z, Y],
    [rounded(Z), rounded(Y)],
    [Z, Z.map((value) => -value * value)],
  ];
  const apart = pairs.map(([x, y]) => Math.abs(spearman(x, y).correlation - referenceRankCorrelation(x, y)));
  // Sixty values: the twin adds sixty rounded products.
  t.ok(Math.max(...apart) < 1e-14, `apart by ${apart.join(', ')}`);
});
