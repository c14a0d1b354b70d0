import t from 'tap';
import { ValidationError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { formatDate, parseDate, weekday } from '../time.js';
import type { PricePanel } from './price-panel.js';
import { readWeights, type WeightEntry } from './read-weights.js';
import { equalWeights, type RebalanceRule, rebalanceBars } from './rebalance-dates.js';
import { weightsToMatrix } from './weight-schedule.js';

const day = (text: string): number => parseDate(text) ?? Number.NaN;
const days = (...texts: string[]): Int32Array => Int32Array.from(texts.map(day));

t.test('weights are read from wide and long files', async (t) => {
  const wide = readWeights('date,A,B\n2020-01-02,0.25,.75\n2020-02-03,,\n2020-03-02,-1e-1,1.1\n');
  t.same(wide.symbols, ['A', 'B']);
  t.same(
    wide.entries.map(({ date, line, targets }) => [formatDate(date), line, ...targets]),
    [
      ['2020-01-02', 2, ['A', 0.25], ['B', 0.75]],
      ['2020-03-02', 4, ['A', -0.1], ['B', 1.1]],
    ],
    'a row without weights is no rebalance',
  );
  const long = readWeights('Ticker,Weight,Date\nB,1,2020-03-02\nA,0.25,2020-01-02\nA,0,2020-03-03\n');
  t.same(
    long.entries.map(({ date, line, targets }) => [formatDate(date), line, ...targets]),
    [
      ['2020-01-02', 3, ['A', 0.25]],
      ['2020-03-02', 2, ['B', 1]],
      ['2020-03-03', 4, ['A', 0]],
    ],
  );
});

t.test('bad weights are named by line, column and reason', async (t) => {
  const cases: readonly (readonly [string, string, string | RegExp])[] = [
    [
      'date,A,B\n2020-01-02,1,\n',
      'DataError',
      'w.csv, line 2, column "B": must be a decimal number, was "". Fix: write the weight as a decimal (0.25), and 0 for a symbol that is not held',
    ],
    [
      'date,A,B\n2020-01-02,25%,1\n2020-01-03,1e999,1\n',
      'DataError',
      /column "A": .*"25%"; line 3, column "A": .*"1e999"/,
    ],
    ['date,A,B\n2020-01-02,1\n', 'DataError', /must have 3 cells/],
    ['date,A,A\n2020-01-02,1,1\n', 'SchemaError', /symbol of its own/],
    ['date,A\n2020-01-02,1\n2020-01-02,1\n', 'TimestampAnomalyError', /line 3.*of line 2/],
    [
      'date,A\n2020-01-03,1\n2020-01-02,1\n2020-01-06,1\n',
      'TimestampAnomalyError',
      /line \d.*must be (?:later|earlier)/,
    ],
    ['date,symbol,weight\n2020-01-02,A,1\n2020-01-02,A,1\n', 'SchemaError', /line 3.*of "A" of line 2/],
    [
      'date,symbol,weight\n2020-01-02,A,\n',
      'DataError',
      /line 2, column "weight": must be a decimal number, was ""/,
    ],
    ['date,symbol,weight\n2020-01-02,,1\n', 'DataError', /must be a symbol/],
    ['date,symbol,w\n2020-01-02,A,1\n', 'SchemaError', /must have a weight column/],
    ['date,A\n2020-01-02,NaN\n', 'DataError', /must have weights on a date/],
    ['date,A\n', 'InsufficientDataError', /no rows/],
    ['', 'DataError', /empty/],
  ];
  for (const [text, name, message] of cases) {
    const error = errorOf(() => readWeights(text, { file: 'w.csv' }));
    t.equal(error.name, name, JSON.stringify(text));
    if (typeof message === 'string') t.equal(error.message, message);
    else t.match(error.message, message);
  }
  t.throws(() => readWeights(undefined as unknown as string), ValidationError);
  // @ts-expect-error: no such option
  t.throws(() => readWeights('', { files: 'w.csv' }), ValidationError);
});

const PANEL: PricePanel = {
  dates: days('2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07'),
  symbols: ['AAPL', 'MSFT'],
  priceScale: 100,
  close: { data: Float64Array.of(Number.NaN, 1, 2, 3, Number.NaN, Number.NaN, 4, 5), rows: 4, cols: 2 },
};

function entry(date: string, targets: Record<string, number>, line = 2): WeightEntry {
  return { date: day(date), line, targets: new Map(Object.entries(targets)) };
}

t.test('weights land on the bar of their date, or on the next one', async (t) => {
  const NAN = Number.NaN;
  const exact = weightsToMatrix(
    [entry('2020-01-02', { MSFT: 1 }), entry('2020-01-07', { AAPL: 0.5, MSFT: 0.25 })],
    PANEL,
  );
  t.same(exact.weights, { data: Float64Array.of(0, 1, NAN, NAN, NAN, NAN, 0.5, 0.25), rows: 4, cols: 2 });
  t.match(exact, { rebalances: 2, moved: 0, replaced: 0, sentences: ['Weights on 2 of 4 bars.'] });
  const weekend = weightsToMatrix(
    [entry('2020-01-04', { AAPL: 1 }), entry('2020-01-05', { MSFT: 0.5 }, 3)],
    PANEL,
  );
  t.same(
    weekend.weights.data,
    Float64Array.of(NAN, NAN, NAN, NAN, 0, 0.5, NAN, NAN),
    'the later weights stand',
  );
  t.match(weekend, { rebalances: 1, moved: 2, replaced: 1 });
  t.equal(weekend.sentences.length, 3);
});

t.test('weights outside the prices or of unknown symbols are refused', async (t) => {
  t.match(
    errorOf(() => weightsToMatrix([entry('2020-01-01', { AAPL: 1 }, 7)], PANEL, { file: 'w.csv' })),
    {
      name: 'TimestampAnomalyError',
      message:
        'w.csv, line 7: date must lie within the prices (2020-01-02 to 2020-01-07), was 2020-01-01. Fix: remove the row, or give prices for its date',
    },
  );
  t.match(
    errorOf(() => weightsToMatrix([entry('2020-01-08', { AAPL: 1 })], PANEL)),
    { name: 'TimestampAnomalyError' },
  );
  t.match(
    errorOf(() => weightsToMatrix([entry('2020-01-02', { APPL: 1 })], PANEL)),
    {
      name: 'UnknownSymbolError',
      exitCode: 1,
      detail: {
        field: 'weights',
        value: 'APPL',
        constraint: 'a symbol of the prices (weights of 2020-01-02, line 2)',
        fix: 'did you mean AAPL',
      },
    },
  );
  const twice = [entry('2020-01-03', { AAPL: 1 }), entry('2020-01-03', { AAPL: 1 }, 3)];
  t.match(
    errorOf(() => weightsToMatrix(twice, PANEL)).message,
    /line 3: date must be later than 2020-01-03 on line 2/,
  );
});

/** Every weekday of two years and a bit, less some: 2019-12-30 is a Monday. */
const CALENDAR = Int32Array.from({ length: 900 }, (_, k) => day('2019-12-30') + k).filter(
  (d) => weekday(d) <= 5 && d % 23 !== 0,
);

t.test('each rule takes the first bar of every period, and bar 0', async (t) => {
  const dates = days(
    '2019-12-31',
    '2020-01-02',
    '2020-01-03',
    '2020-01-06',
    '2020-02-03',
    '2020-02-10',
    '2020-04-01',
    '2021-04-05',
    '2021-04-06',
  );
  const rules: readonly (readonly [RebalanceRule, number[]])[] = [
    ['daily', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    ['weekly', [0, 3, 4, 5, 6, 7]],
    ['monthly', [0, 1, 4, 6, 7]],
    ['quarterly', [0, 1, 6, 7]],
    ['yearly', [0, 1, 7]],
    [{ every: 4 }, [0, 4, 8]],
    [{ every: 100 }, [0]],
    [{ dates: days('2020-02-04', '2020-01-03', '2020-02-10') }, [2, 5]],
    [{ dates: [day('2021-04-06')] }, [8]],
  ];
  for (const [rule, bars] of rules) t.same([...rebalanceBars(dates, rule)], bars, JSON.stringify(rule));
  t.equal(rebalanceBars(new Int32Array(0), 'monthly').length, 0);
  t.equal(rebalanceBars(new Int32Array(0), { every: 3 }).length, 0);
});

t.test('periods agree with date texts compared one by one, before 1970 too', async (t) => {
  for (const shift of [0, -20_000, -400_000]) {
    const dates = CALENDAR.map((d) => d + shift);
    const keys: Record<string, (d: number) => string> = {
      monthly: (d) => formatDate(d).slice(0, 7),
      yearly: (d) => formatDate(d).slice(0, 4),
      quarterly: (d) => formatDate(d).slice(0, 4) + 'aaabbbcccddd'[Number(formatDate(d).slice(5, 7)) - 1],
      weekly: (d) => formatDate(d - weekday(d) + 1),
    };
    for (const [rule, key] of Object.entries(keys)) {
      const expected = [...dates.keys()].filter(
        (i) => i === 0 || key(dates[i] ?? 0) !== key(dates[i - 1] ?? 0),
      );
      t.same([...rebalanceBars(dates, rule as RebalanceRule)], expected, `${rule}, ${shift} days`);
    }
  }
});

t.test('later dates never change which bars were chosen', async (t) => {
  for (const rule of ['daily', 'weekly', 'monthly', 'quarterly', 'yearly', { every: 7 }] as const) {
    const whole = [...rebalanceBars(CALENDAR, rule)];
    for (const n of [1, 17, 64, 300]) {
      t.same(
        [...rebalanceBars(CALENDAR.subarray(0, n), rule)],
        whole.filter((bar) => bar < n),
      );
    }
  }
});

t.test('wrong rebalance rules are refused by name', async (t) => {
  const dates = PANEL.dates;
  const cases: readonly (readonly [unknown, string])[] = [
    ['montly', 'rule'],
    [5, 'rule'],
    [null, 'rule'],
    [{ every: 0 }, 'rule.every'],
    [{ every: 1.5 }, 'rule.every'],
    [{ evry: 2 }, 'rule.evry'],
    [{ dates: ['2020-01-02'] }, 'rule.dates[0]'],
    [{ dates: '2020-01-02' }, 'rule.dates'],
    [{ dates: days('2020-01-01') }, 'rule.dates[0]'],
    [{ dates: days('2020-01-03', '2020-01-08') }, 'rule.dates[1]'],
    [{ dates, every: 2 }, 'rule.every'],
  ];
  for (const [rule, field] of cases) {
    t.match(
      errorOf(() => rebalanceBars(dates, rule as RebalanceRule)),
      { name: 'ValidationError', detail: { field } },
      JSON.stringify(rule),
    );
  }
  t.match(
    errorOf(() => rebalanceBars(Int32Array.of(3, 3), 'daily')),
    { detail: { field: 'dates[1]' } },
  );
  t.match(
    errorOf(() => rebalanceBars([1, 2] as unknown as Int32Array, 'daily')),
    { detail: { field: 'dates' } },
  );
});

t.test('equal weights go to the symbols that have a price at the bar', async (t) => {
  const NAN = Number.NaN;
  t.same(equalWeights(PANEL, [0, 1, 2]), {
    data: Float64Array.of(0, 1, 0.5, 0.5, NAN, NAN, NAN, NAN),
    rows: 4,
    cols: 2,
  });
  t.same(
    equalWeights(PANEL, Int32Array.of(3), { symbols: ['AAPL'] }).data,
    Float64Array.of(NAN, NAN, NAN, NAN, NAN, NAN, 1, 0),
  );
  t.match(
    errorOf(() => equalWeights(PANEL, [0], { symbols: ['MSTF'] })),
    { name: 'UnknownSymbolError', detail: { fix: 'did you mean MSFT' } },
  );
  t.match(
    errorOf(() => equalWeights(PANEL, [4])),
    { name: 'ValidationError', detail: { field: 'bars[0]' } },
  );
  const many: PricePanel = {
    ...PANEL,
    dates: days('2020-01-02'),
    symbols: Array.from({ length: 97 }, (_, j) => `S${j}`),
    close: { data: new Float64Array(97).fill(1), rows: 1, cols: 97 },
  };
  const sum = equalWeights(many, [0]).data.reduce((a, b) => a + b, 0);
  t.ok(Math.abs(sum - 1) < 1e-14, 'one, up to rounding of each 1/97');
});
