import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import t from 'tap';
import { COMPARISONS } from './compare/index.js';
import {
  type Comparison,
  compareCase,
  type Divergence,
  listFixtures,
  loadFixture,
  PROJECT_ROOT,
  valueAt,
} from './comparison.js';
import { DIVERGENCES } from './divergences/index.js';
import { compareAnswers } from './live-indicators.js';
import { checkManifest, readManifest } from './manifest.js';
import { divergencesPage, parityPage, showDifference } from './report.js';
import { runSuite, staleTolerances } from './suite.js';

const suite = runSuite(COMPARISONS, DIVERGENCES);

t.test('every number agrees with its reference, apart from the listed divergences', (t) => {
  t.ok(suite.results.length > 0);
  for (const { comparison, failures } of suite.results) {
    t.same(failures, [], `${comparison.fixture}: ${comparison.functions.join(', ')}`);
  }
  t.end();
});

t.test('the worst difference in the table of tolerances is the one of this run', (t) => {
  t.same(staleTolerances(suite.results), []);
  t.end();
});

t.test('every fixture is compared and every divergence speaks of one', (t) => {
  t.same(suite.failures, []);
  t.end();
});

t.test('every file under fixtures stands in the manifest with its digest', (t) => {
  t.same(checkManifest(readManifest()), []);
  t.end();
});

/** The rows of a market file as text, without the header. */
function marketRows(name: string): string[] {
  const text = gunzipSync(readFileSync(`${PROJECT_ROOT}/fixtures/market/${name}.csv.gz`)).toString();
  return text.trimEnd().split('\n').slice(1);
}

t.test('the market files have dates that rise, and positive prices of at most three decimals', (t) => {
  const files = [
    'sp500-20-stocks-1990-2022',
    'sp500-index-1990-2022',
    'sp500-ohlcv-1999-2018',
    'nasdaq-ohlcv-1999-2018',
    'demo/stocks-2013-2022',
    'demo/sp500-2013-2022',
  ];
  for (const file of files) {
    const rows = marketRows(file);
    const wellFormed = /^\d{4}-\d\d-\d\d(,(?!0(\.0*)?,)\d+(\.\d{1,3})?)+$/;
    t.same(rows.filter((row) => !wellFormed.test(row)).slice(0, 3), [], file);
    t.notOk(
      rows.some((row, i) => i > 0 && row.slice(0, 10) <= (rows[i - 1] ?? '').slice(0, 10)),
      file,
    );
  }
  t.end();
});

t.test('the demo files are the years 2013 to 2022 of the files of all years', (t) => {
  for (const [demo, all] of [
    ['demo/stocks-2013-2022', 'sp500-20-stocks-1990-2022'],
    ['demo/sp500-2013-2022', 'sp500-index-1990-2022'],
  ] as const) {
    t.same(
      marketRows(demo),
      marketRows(all).filter((row) => row >= '2013'),
    );
  }
  t.end();
});

t.test('the two source packages give the same closes of the S&P 500 from 1999 to 2018', (t) => {
  const closes = new Map(
    marketRows('sp500-index-1990-2022').map((row) => row.split(',') as [string, string]),
  );
  const bars = marketRows('sp500-ohlcv-1999-2018').map((row) => row.split(','));
  t.equal(bars.length, 5031);
  t.same(
    bars.filter((bar) => Number(bar[4]) !== Number(closes.get(bar[0] ?? ''))),
    [],
  );
  t.end();
});

t.test('docs/parity.md and docs/divergences.md say what this run found', (t) => {
  const fixtures = new Map(listFixtures().map((path) => [path, loadFixture(path)]));
  const page = (path: string): string => readFileSync(`${PROJECT_ROOT}/${path}`, 'utf8');
  t.equal(page('docs/parity.md'), parityPage(suite.results), 'run npm run parity');
  t.equal(page('docs/divergences.md'), divergencesPage(DIVERGENCES, fixtures), 'run npm run parity');
  t.end();
});

t.test('compareCase needs the same shape, the same NaN and the same infinities', (t) => {
  const mismatches = (actual: unknown, expected: unknown, rel = 0): string[] =>
    compareCase(actual, expected, { rel }).mismatches.map((m) => m.path);
  t.same(mismatches({ a: [1, NaN, Infinity, -0] }, { a: [1, NaN, Infinity, 0] }), []);
  t.same(mismatches(Float64Array.of(1, 2), [1, 2]), []);
  t.same(mismatches([NaN, 0, Infinity, 1], [0, NaN, -Infinity, Infinity], 1), ['[0]', '[1]', '[2]', '[3]']);
  t.same(mismatches([1], [1, 2]), ['']);
  t.same(mismatches({ a: 1 }, { a: 1, b: 2 }), ['b']);
  t.same(mismatches({ a: 1, b: 2 }, { a: 1 }), ['b']);
  t.same(mismatches({ a: { b: 'x' } }, { a: { b: 'y' } }), ['a.b']);
  t.same(mismatches(1, '1'), ['']);
  t.same(mismatches(null, NaN), ['']);
  t.end();
});

t.test('compareCase measures by the larger of the two bounds', (t) => {
  t.same(compareCase(101, 100, { rel: 0.01 }).mismatches, []);
  t.equal(compareCase(101, 100, { rel: 0.01 }).worst, 0.01);
  t.equal(compareCase(103, 100, { rel: 0.01 }).mismatches.length, 1);
  t.same(compareCase(0.25, 0, { rel: 0.5, abs: 0.5 }).mismatches, []);
  t.equal(compareCase(0.25, 0, { rel: 0.5, abs: 0.5 }).worst, 0.25);
  t.equal(compareCase(3, 2, { abs: 0.5 }).worst, 1);
  t.equal(compareCase(3, 2, { abs: 0.5 }).mismatches.length, 1);
  t.equal(valueAt({ rows: [[1, 2], [3]] }, 'rows[1][0]'), 3);
  t.end();
});

t.test(
  'the suite fails on what nobody compares, on an unlisted difference and on a divergence that is gone',
  (t) => {
    const [fixture] = listFixtures() as [string];
    const [first] = loadFixture(fixture).cases;
    const only = (path: string): boolean => path === fixture;
    const tolerance = { reason: 'none', measured: Infinity };
    const echo: Comparison = { fixture, functions: ['echo'], run: (c) => c.expected, tolerance };
    const other: Comparison = { ...echo, run: () => 'something else' };
    const listed: Divergence = {
      id: 'x',
      function: 'echo',
      fixture,
      case: first?.case ?? '',
      ours: 'words',
      theirs: 'words',
      reason: 'none',
    };
    const failuresOf = (comparisons: Comparison[], divergences: Divergence[] = []): string => {
      const { results, failures } = runSuite(comparisons, divergences, only);
      return [...failures, ...results.flatMap((result) => result.failures)].join('\n');
    };
    t.equal(failuresOf([echo]), '');
    t.match(failuresOf([]), 'nobody compares it');
    t.match(failuresOf([other]), 'the reference says');
    t.match(failuresOf([echo], [listed]), 'divergence x is gone');
    t.match(failuresOf([echo], [{ ...listed, case: 'no such case' }]), 'divergence x: no comparison');
    const thrower: Comparison = {
      ...echo,
      run: () => {
        throw new RangeError('no');
      },
    };
    t.match(failuresOf([thrower]), 'RangeError: no');
    t.match(failuresOf([thrower], [listed]), 'RangeError was thrown');
    t.end();
  },
);

t.test('a scaled tolerance is a part of the scale of the case, and so is the worst difference', (t) => {
  const fixture = 'indicators/overlap.json';
  const [first] = loadFixture(fixture).cases;
  t.notOk('shared' in (first?.inputs ?? {}), 'inputs that cases share are put in their place');
  t.ok((first?.inputs.close as number[]).length > 100);
  const off = (part: number): Comparison => ({
    fixture,
    functions: ['sma'],
    parts: ['sma'],
    run: (c) => ({ sma: (c.expected as { sma: number[] }).sma.map((x) => x + part * 1000) }),
    tolerance: { scaled: 1e-3, reason: 'none', measured: Infinity },
    scale: () => 1000,
  });
  const compare = (part: number) => runSuite([off(part)], [], (path) => path === fixture).results[0]!;
  t.same(compare(0.5e-3).failures, []);
  t.ok(Math.abs(compare(0.5e-3).worst - 0.5e-3) < 1e-9);
  t.match(compare(2e-3).failures.join(), 'the reference says');
  t.end();
});

t.test(
  'the live comparison tells a wrong answer, a missing one, and one that the exact twin excuses',
  (t) => {
    const folder = t.testdir();
    const close = [10, 11, 13, 12, 15];
    const sma = [NaN, 10.5, 12, 12.5, 13.5];
    const answers: [name: string, parameters: number[], numbers: number[]][] = [
      ['sma', [2], sma],
      ['sma', [2], sma.map((x) => x + 1e-8)], // the twin sides with ours
      ['trima', [1], close.map((x) => x + 1e-8)],
      ['trima', [1], [NaN, ...close.slice(1)]],
    ];
    const numbers = [close, ...answers.map(([, , values]) => values)].flat();
    writeFileSync(`${folder}/live.bin`, new Uint8Array(Float64Array.from(numbers).buffer));
    const questions = answers.map(([name, parameters], k) => [name, 0, parameters, { [name]: 5 + 5 * k }]);
    const series = [{ name: 'five', length: 5, columns: { close: 0 } }];
    const inputs = { sma: ['close'], trima: ['close'] };
    writeFileSync(`${folder}/live.json`, JSON.stringify({ series, inputs, questions }));
    const found = compareAnswers(folder);
    t.same([found.questions, found.functions, found.numbers], [4, 2, 20]);
    t.same([...found.intended], [['rounding-of-ta-lib', 1]]);
    t.equal(found.worst.get('sma'), 0);
    t.equal(found.problems.length, 2);
    t.match(found.problems[0], 'trima(1) of five: trima[0] is 10, TA-Lib says 10.00000001');
    t.match(found.problems[1], 'trima(1) of five: trima[0] is 10, TA-Lib says NaN');
    t.end();
  },
);

t.test('a printed difference is never below the true one', (t) => {
  t.equal(showDifference(0), '0');
  t.equal(showDifference(1.23e-13), '1.3e-13');
  t.equal(showDifference(1.2e-13), '1.2e-13');
  t.equal(showDifference(9.99e-13), '1.0e-12');
  t.end();
});
