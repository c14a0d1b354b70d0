import t, { type Test } from 'tap';
import { InsufficientDataError, ShapeError, ValidationError } from '../../errors.js';
import { documentOf, type DocumentOptions } from '../../testing/sample-document.js';
import { formatDate } from '../../time.js';
import { bestOf } from './figures.js';
import { type CompareModel, compareModel } from './model.js';
import { distinctNames } from './names.js';

const model = (...runs: readonly DocumentOptions[]): CompareModel =>
  compareModel({ runs: runs.map(documentOf), version: '0.1.0' });

const values = (compared: CompareModel, key: string): readonly number[] =>
  compared.rows.find((row) => row.key === key)!.values;

const best = (compared: CompareModel, key: string): string =>
  compared.rows
    .find((row) => row.key === key)!
    .best.map((yes, i) => (yes ? compared.runs[i]!.letter : ''))
    .join('');

/** Whether every number is within 1e-9 of what it should be: cents are whole. */
const near = (t: Test, found: Iterable<number>, wanted: readonly number[], message: string): void => {
  const numbers = [...found];
  t.equal(numbers.length, wanted.length, `${message}: as many`);
  for (const [i, value] of wanted.entries()) {
    t.ok(Math.abs(numbers[i]! - value) < 1e-9, `${message}: ${numbers[i]} is ${value}`);
  }
};

const DAYS = ['2020-01-30', '2020-01-31', '2020-02-03', '2020-02-04', '2020-02-05'];

t.test('runs that start on different days are compared from the close of the first common day', async (t) => {
  const compared = model(
    { days: DAYS, returns: [0.1, -0.5, 0.2, 0.1, 0] },
    { days: DAYS.slice(1), returns: [0.9, 0.5, -0.5, 0.1] },
  );
  t.equal(compared.span.base, 'close');
  t.equal(compared.from, '2020-01-31');
  t.equal(compared.to, '2020-02-05');
  t.equal(compared.span.periods, 3);
  t.strictSame([...compared.span.dates!].map(formatDate), DAYS.slice(2));
  near(t, compared.runs[0]!.curve, [100, 120, 132, 132], 'curve of A');
  near(t, compared.runs[1]!.curve, [100, 150, 75, 82.5], 'curve of B: its first day lies before the start');
  near(t, compared.runs[1]!.drawdown, [0, 0, 0.5, 0.45], 'drawdown of B');
  near(t, values(compared, 'totalReturn'), [0.32, -0.175], 'total return');
  near(t, values(compared, 'maxDrawdown'), [0, 0.5], 'max drawdown');
  near(t, values(compared, 'longestDrawdown'), [0, 2], '2020-02-03 to 2020-02-05');
  near(t, values(compared, 'winRate'), [1, 2 / 3], 'win rate');
  near(t, compared.years[0]!.values, [0.32, -0.175], 'the year');
  t.equal(best(compared, 'totalReturn'), 'A', 'higher is better');
  t.equal(best(compared, 'maxDrawdown'), 'A', 'lower is better');
  t.equal(compared.runs[0]!.worst, null);
  t.match(compared.runs[1]!.worst, { peak: '2020-02-03', trough: '2020-02-04', recovered: null, length: 2 });
  t.match(compared.notes[0], 'the dates that all runs have: 2020-01-31 to 2020-02-05, 3 periods.');
  t.ok(compared.ownDiffers);
  const own = compared.runs[0]!.own.find((figure) => figure.key === 'totalReturn')!;
  near(t, [own.strategy], [1.1 * 0.5 * 1.2 * 1.1 - 1], 'the own span of A stays whole');
});

t.test('dates that one run lacks are bridged: returns compound, a year has fewer periods', async (t) => {
  const compared = model(
    { days: DAYS, returns: [0.1, -0.5, 0.2, 0.1, 0.5] },
    { days: [DAYS[0]!, DAYS[2]!, DAYS[4]!], returns: [0, 0.25, 0.2] },
  );
  t.equal(compared.span.base, 'initial', 'both start on the first day, so with their cash');
  near(t, compared.runs[0]!.curve, [100, 110, 66, 108.9], '0.5 × 1.2, then 1.1 × 1.5');
  near(t, compared.runs[1]!.curve, [100, 100, 125, 150], 'curve of B');
  t.equal(compared.conventions.periodsPerYear, 151.2, '252 × 3 periods / 5 bars');
  near(t, values(compared, 'rebalances'), [1, 1], 'the sample trades on its first bar');
  near(t, values(compared, 'turnoverPerYear'), [0.99 * 50.4, 0.99 * 50.4], '0.99 in 3 / 151.2 years');
  t.match(compared.notes.join('\n'), 'A has 2 more bars within the span');
});

t.test('over equal spans the figures are those of the documents, to the last bit', async (t) => {
  const documents = [documentOf({ bars: 700, seed: 1 }), documentOf({ bars: 700, seed: 2 })];
  const compared = compareModel({ runs: documents, version: '0.1.0' });
  t.notOk(compared.ownDiffers);
  for (const [i, document] of documents.entries()) {
    for (const [key, value] of Object.entries(document.metrics)) {
      const row = compared.rows.find((candidate) => candidate.key === key);
      if (row) t.equal(row.values[i], value, `${key} of run ${i}`);
    }
    for (const key of ['turnoverPerYear', 'costBps', 'costBpsPerYear', 'trades', 'rebalances'] as const)
      t.equal(values(compared, key)[i], document.trading[key], key);
  }
  t.match(compared.notes, ['All runs have the same dates, 2013-01-02 to 2015-09-08, 700 periods.']);
});

t.test('correlations are those of numpy, over months', async (t) => {
  const ends = ['2020-01-31', '2020-02-28', '2020-03-31', '2020-04-30', '2020-05-29', '2020-06-30'];
  const rich = { days: ends, initialCash: 1e15 };
  const compared = model(
    { ...rich, returns: [0.01, -0.02, 0.03, 0.005, -0.01, 0.02] },
    { ...rich, returns: [0.02, -0.01, 0.01, -0.005, 0, 0.015] },
    { ...rich, returns: [0.002, 0.001, -0.004, 0.02, 0.01, -0.03] },
    { ...rich, returns: [0, 0, 0, 0, 0, 0] },
  );
  // numpy 2.4.6: np.corrcoef(a, b)[0, 1] and so on.
  const [ab, ac, bc] = [0.728906061878035, -0.4567290149961923, -0.5565092591404092];
  const { matrix, unit, periods } = compared.correlation;
  t.equal(unit, 'month');
  t.equal(periods, 6);
  near(t, matrix[0]!.slice(0, 3), [1, ab, ac], 'A');
  near(t, matrix[1]!.slice(0, 3), [ab, 1, bc], 'B');
  near(t, matrix[2]!.slice(0, 3), [ac, bc, 1], 'C');
  t.strictSame(matrix[3], [NaN, NaN, NaN, NaN], 'a run that never moved goes with none');
  // pandas 3.1.1: returns of two bars a month, compounded by month, then np.corrcoef.
  const halves = ['2020-01-15', '2020-01-31', '2020-02-14', '2020-02-28'].concat([
    '2020-03-13',
    '2020-03-31',
    '2020-04-15',
    '2020-04-30',
  ]);
  const paired = model(
    { days: halves, initialCash: 1e15, returns: [0.01, 0.02, -0.03, 0.01, 0, 0.04, 0.02, -0.01] },
    { days: halves, initialCash: 1e15, returns: [0.02, -0.01, -0.01, 0.03, 0.01, 0.01, -0.02, 0] },
  );
  near(t, [paired.correlation.matrix[0]![1]!], [0.04127307498414858], 'compounded months');
  const short = model(
    { days: DAYS, returns: [0, 0.1, 0, 0.1, 0] },
    { days: DAYS, returns: [0, 0.2, 0, 0.2, 0] },
  );
  t.equal(short.correlation.unit, 'bar', 'two months are no matrix of months');
  near(t, short.correlation.matrix[0]!, [1, 1], 'bars');
});

t.test('other conventions are brought to one, and said', async (t) => {
  const base = { days: DAYS, returns: [0, 0.1, -0.1, 0.2, 0] };
  const compared = model(
    { ...base, config: { riskFree: 0.0001, priceScale: 100 } },
    { ...base, config: { periodsPerYear: 126, riskFree: 0, metricsFrom: 1 } },
    { ...base, config: { profile: 'nanobook', priceScale: 1000 }, initialCash: 500_000 },
  );
  t.equal(compared.conventions.periodsPerYear, 126, 'the least');
  near(t, [compared.conventions.riskFree], [1.0001 * 1.0001 - 1], 'that of A, over two of its periods');
  t.equal(new Set(values(compared, 'sharpe').map((value) => value.toFixed(6))).size, 1, 'like with like');
  const notes = compared.notes.join('\n');
  for (const part of [
    'Periods in a year: A 252, B 126, C 252; the comparison counts 126 for all.',
    'Risk-free return of a year: A 2.55%, B 0.00%, C 0.00%; the comparison takes that of A',
    'Conventions of the figures: A default, B default, C nanobook',
    'The own figures of B leave out its first 1 bars',
    'Ticks per currency unit of the prices: A 100, B 100, C 1000.',
    'Initial cash: A 1,000,000.00, B 1,000,000.00, C 5,000.00.',
  ])
    t.match(notes, part);
  t.strictSame(
    compared.differences.map(({ option, texts }) => [option, ...texts]),
    [
      ['initialCash', '1,000,000.00', '1,000,000.00', '5,000.00'],
      ['priceScale', '100', '100', '1000'],
      ['periodsPerYear', '252', '126', '252'],
      ['riskFree', '0.0001', '0', '0'],
      ['metricsFrom', '0', '1', '0'],
      ['profile', 'default', 'default', 'nanobook'],
    ],
  );
});

t.test('a run that was bankrupt before the span has no figures, and wins nothing', async (t) => {
  const compared = model(
    { days: DAYS, returns: [-1, 0, 0, 0, 0], bankruptBar: 0 },
    { days: DAYS.slice(1), returns: [0, -0.1, 0.1, -0.1] },
    { days: DAYS, returns: [0, 0, 0.1, -1, 0], bankruptBar: 3 },
  );
  t.ok(Number.isNaN(values(compared, 'maxDrawdown')[0]), 'not 0, which would be the best');
  near(t, values(compared, 'maxDrawdown').slice(1), [0.109, 1], '1 − 0.9 × 1.1 × 0.9, and all');
  t.equal(best(compared, 'maxDrawdown'), 'B');
  t.ok(Number.isNaN(compared.years[0]!.values[0]));
  const notes = compared.notes.join('\n');
  t.match(notes, 'A went bankrupt on 2020-01-30, before the common span; it has no figures.');
  t.match(notes, 'C went bankrupt on 2020-02-04.');
});

t.test('the best is told at the precision shown, never where all agree or nothing is merit', async (t) => {
  t.strictSame(bestOf([1.201, 1.2, 1.1], ['1.20', '1.20', '1.10'], 'higher'), [true, true, false]);
  t.strictSame(bestOf([1.201, 1.2, NaN], ['1.20', '1.20', '–'], 'higher'), [false, false, false]);
  t.strictSame(bestOf([2, 1, NaN], ['2', '1', '–'], 'lower'), [false, true, false]);
  t.strictSame(bestOf([Infinity, 1], ['∞', '1'], 'higher'), [true, false]);
  t.strictSame(bestOf([NaN, NaN], ['–', '–'], 'higher'), [false, false]);
  t.strictSame(bestOf([2, 1], ['2', '1'], 'neither'), [false, false]);
});

t.test('equal names get numbers, and no number makes a name twice', async (t) => {
  t.strictSame(distinctNames(['Trend', 'Value', 'Trend']), ['Trend (1)', 'Value', 'Trend (2)']);
  t.strictSame(distinctNames(['T', 'T (1)', 'T ', '']), ['T (2)', 'T (1)', 'T (3)', 'Unnamed']);
  t.strictSame(distinctNames(['__proto__', '__proto__']), ['__proto__ (1)', '__proto__ (2)']);
});

t.test('the same run twice is allowed and noted', async (t) => {
  const file = { bars: 30, file: 'a.json', sha256: 'aa' };
  t.match(model(file, file).notes.join(), 'B is the same file as A.');
  t.match(model(file, { ...file, sha256: 'bb' }).notes.join(), 'B has the same result as A, to the cent.');
  t.match(
    model({ bars: 30 }, { bars: 30 }).notes.join(),
    'B is the same file as A.',
    'by name, without digest',
  );
});

t.test('sets that cannot be compared are refused with the reason', async (t) => {
  const run = (options: DocumentOptions) => documentOf({ bars: 5, ...options });
  const compare =
    (...runs: readonly DocumentOptions[]) =>
    () =>
      compareModel({ runs: runs.map(run), version: '0.1.0' });
  t.throws(compare({}), { constructor: ValidationError, message: /2 to 12 runs/ });
  t.throws(compare(...Array.from({ length: 13 }, () => ({}))), ValidationError);
  const late = ['2021-01-04', '2021-01-05', '2021-01-06', '2021-01-07', '2021-01-08'];
  t.throws(compare({ file: 'late.json', days: late }, { file: 'early.json', days: DAYS }), {
    constructor: InsufficientDataError,
    message: /early\.json ends 2020-02-05, before late\.json begins 2021-01-04/,
  });
  t.throws(compare({ bars: 2, days: ['2020-01-29', '2020-01-30'] }, { days: DAYS }), {
    constructor: InsufficientDataError,
    message: /share 1 date\b/,
  });
  t.throws(compare({ days: null, file: 'bare.json' }, {}), {
    constructor: ShapeError,
    message: /dates of a\.json/,
  });
  t.throws(compare({ days: null }, { days: null, bars: 6 }), { constructor: ShapeError, message: /bars of/ });
  const bare = compare({ days: null }, { days: null, seed: 3 })();
  t.equal(bare.span.dates, null);
  t.match(bare.notes[0], 'The runs have no dates; they are compared bar by bar, over 5 periods.');
  t.strictSame(bare.years, []);
});
