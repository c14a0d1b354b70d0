import t from 'tap';
import { DataError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { outcomeOf, readInPieces } from '../testing/layouts.js';
import { fuzzInput, fuzzPrices } from '../testing/price-fuzz.js';
import { MUTATION_NAMES, seedFiles } from '../testing/price-mutations.js';
import { mergeRecords, type SoakRecord, soakPage, SOAKS } from '../testing/soaks.js';
import { stopwatch } from '../testing/stopwatch.js';
import { formatDate } from '../time.js';
import type { ReadPricesOptions } from './read-options.js';
import { readPrices } from './read-prices.js';

t.test('another 10,000 damaged files give prices or an error of ours, and both readings agree', async (t) => {
  const { inputs, panels, problems, problemCount, slowest } = fuzzPrices(4, 10_000, 20_000);
  t.strictSame(problems, []);
  t.equal(problemCount, 0);
  t.equal(inputs, 10_000);
  t.ok(slowest < 1_000, `100 kB took at most ${slowest} ms`);
  t.ok(panels > 1_000, `${panels} were prices`);
});

t.test('a damaged file is the same in every run, and every kind of damage occurs', async (t) => {
  const seeds = seedFiles();
  const stories: string[] = [];
  for (let index = 0; index < 500; index++) {
    const input = fuzzInput(4, index, seeds);
    t.strictSame(fuzzInput(4, index, seeds), input, `input ${index}`);
    stories.push(input.story);
  }
  const all = stories.join('\n');
  t.strictSame(
    MUTATION_NAMES.filter((name) => !all.includes(name)),
    [],
  );
  t.strictSame(
    seeds.filter(({ name }) => !all.includes(name)),
    [],
  );
});

t.test('a soak run is reported with its counts, and takes the place of the run before', async (t) => {
  const [prices] = SOAKS;
  const result = await prices!.run(prices!.seed, 50, () => {});
  t.equal(result.inputs, 50);
  t.equal(Object.values(result.outcomes).reduce((sum, count) => sum + count, 0) + result.problemCount, 50);
  const { name, what, seed } = prices!;
  const record: SoakRecord = {
    name,
    what,
    seed,
    date: '2026-11-21',
    commit: 'abc',
    node: '20',
    seconds: 1,
    ...result,
  };
  const before = { ...record, date: '2026-11-20' };
  t.strictSame(mergeRecords([before], [record]), [record]);
  t.match(soakPage([record]), /## prices\n[^]*\| 2026-11-21 \| abc \| 20 \| 50 \| 1000 \| 1 \| 0 \|/);
});

/** Files of about 100 kB that some way of reading would take long over. */
function slowFiles(): Readonly<Record<string, string>> {
  const wide = (cell: string): string => `Date,A\n2020-01-02,${cell}\n2020-01-03,1\n2020-01-06,2\n`;
  const dates = (cell: string): string => `Date;A\n2020-01-02;1\n${cell};1\n2020-01-06;2\n`;
  const many = (count: number, text: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => text(i)).join('');
  const header = (count: number): string => many(count, (i) => `,S${i}`);
  const ones = (count: number): string =>
    `2020-01-02${',1'.repeat(count)}\n2020-01-03${',1'.repeat(count)}\n`;
  return {
    'blanks inside of a number': wide(`1${' '.repeat(100_000)}1`),
    'blanks before a number': wide(`${' '.repeat(100_000)}1`),
    'blanks inside of a date': dates(`2020-01-03${' '.repeat(100_000)}x`),
    'blanks in front of no date': dates(`${'\t '.repeat(50_000)}x`),
    'zeros after the point': wide(`0.${'0'.repeat(100_000)}1`),
    'zeros, then a letter': wide(`0.${'0'.repeat(100_000)}x`),
    'digits after the point': wide(`1.${'5'.repeat(100_000)}`),
    'digits of an exponent': wide(`1e${'1'.repeat(100_000)}`),
    'thousands marks': wide(`"1${',000'.repeat(25_000)}"`),
    'thousands marks, then a letter': dates(`2020-01-03;1${'.000'.repeat(25_000)}x`),
    'digits of a date': dates('1'.repeat(100_000)),
    'doubled quotes': wide(`"${'""'.repeat(50_000)}"`),
    'line ends in quotes': `Date,A\n${many(3_000, (i) => `${formatDate(i)},"\n1\n"\n`)}`,
    columns: `Date${header(20_000)}\n${ones(20_000)}`,
    'columns of one name': `Date${',S'.repeat(20_000)}\n${ones(20_000)}`,
    'columns of two levels': `Price${',Close'.repeat(5_000)}\nTicker${header(5_000)}\nDate${','.repeat(5_000)}\n${ones(5_000)}`,
    'bad rows': `Date,A\n${many(6_000, (i) => `${formatDate(i)},x\n`)}`,
    symbols: `date,symbol,close\n${many(6_000, (i) => `2020-01-0${1 + (i % 2)},S${i >> 1},1\n`)}`,
    remarks: '#a,b\n'.repeat(20_000),
    'blank lines': `Date,A\n${'\n'.repeat(100_000)}`,
    'lists in lists': '['.repeat(50_000) + ']'.repeat(50_000),
    'objects in objects': '{"a":'.repeat(20_000) + '}'.repeat(20_000),
  };
}

t.test('files made to be slow take less than a second for 100 kB', async (t) => {
  for (const [title, text] of Object.entries(slowFiles())) {
    const bytes = new TextEncoder().encode(text);
    for (const scanner of ['text', 'bytes'] as const) {
      for (const options of [{}, { maxErrors: 1_000_000 }]) {
        const time = stopwatch();
        const outcome = outcomeOf(() => readInPieces(bytes, 10_000, { ...options, scanner }));
        const taken = time();
        t.ok(outcome.startsWith('['), title);
        // Twice the bar: machines differ. What is quadratic takes ten times as long and more.
        const limit = 2_000 * Math.max(1, bytes.length / 100_000);
        t.ok(taken < limit, `${title}: ${taken} ms by ${scanner}`);
      }
    }
  }
});

t.test('a panel that would not fit into memory is refused by name', async (t) => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `${formatDate(i)},S${i},1\n`);
  const error = errorOf(() => readPrices(`date,symbol,close\n${rows.join('')}`));
  t.equal(error.name, 'ResourceLimitError');
  t.match(error.message, /60000/);
});

t.test('files that broke the reader in long runs are refused by name', async (t) => {
  const cases: readonly (readonly [text: string, options: ReadPricesOptions, name: string])[] = [
    ['#a,b\n#c,d\n', { separator: ',' }, 'InsufficientDataError'],
    ['Date,\n2020-01-02,\n2020-01-03,\n', {}, 'SchemaError'],
    ['Date;A;\n2020-01-02;1\n2020-01-03;2\n', { columns: { close: 3 } }, 'SchemaError'],
    ['Date;A;\n2020-01-02;1\n2020-01-03;2\n', { columns: { date: 3 } }, 'SchemaError'],
  ];
  for (const [text, options, name] of cases) {
    const bytes = new TextEncoder().encode(text);
    for (const scanner of ['text', 'bytes'] as const) {
      const error = errorOf(() => readInPieces(bytes, 7, { ...options, scanner }));
      t.ok(error instanceof DataError, `${JSON.stringify(text)}: ${error.message}`);
      t.equal(error.name, name, `${JSON.stringify(text)}, ${scanner}`);
    }
  }
});
