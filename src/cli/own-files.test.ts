import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { runChild } from '../testing/child.js';
import { runInside } from '../testing/cli-inside.js';
import { ROOT } from '../testing/repository.js';
import { formatDate } from '../time.js';

const folder = mkdtempSync(join(tmpdir(), 'nb-own-files-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
process.chdir(folder);
process.env.XDG_CONFIG_HOME = join(folder, 'none');

/** Days 2020-01-01 on, prices of A rising by 1 a day from 100 and of B falling from 500. */
const rows = Array.from({ length: 40 }, (_, t) => [formatDate(18_262 + t), 100 + t, 500 - t] as const);
const csv = (list: readonly (readonly (string | number)[])[]): string =>
  ['Date,A,B', ...list.map((row) => row.join(','))].join('\n') + '\n';
writeFileSync('prices.csv', csv(rows));

t.test('targets look back on the prices before --from', async (t) => {
  const words = 'prices.csv --weights momentum --lookback 20 --skip 0 --top 1 --rebalance daily --json';
  const { status, stdout, stderr } = await runInside(`${words} --from 2020-01-25`);
  t.equal(status, 0, stderr);
  t.match(stderr, /starts on 2020-01-25; targets look back on the 24 bars before/);
  const run = JSON.parse(stdout);
  t.equal(run.from, '2020-01-25');
  // The target of the first bar holds A, the only one that rose; it is bought at the second.
  const equity: number[] = run.series.equityCents;
  t.ok(Math.abs(equity[3]! / equity[2]! - 126 / 125) < 1e-6, 'A earns from the second bar on');
  const early = await runInside(`${words} --from 2020-01-05`);
  t.match(early.stderr, /have no target/, 'what even the file does not have');
});

t.test('a file of which most rows are bad is refused, with the list of them', async (t) => {
  const wrong = rows.map((row, i) => (i === 2 ? ['2020-12-04', 1, 2] : row));
  writeFileSync('typo.csv', csv(wrong));
  const { status, stderr } = await runInside('typo.csv --rejects rejected.csv');
  t.equal(status, 2);
  t.match(stderr, /37 of 40 are.*one wrong date/);
  t.equal(readFileSync('rejected.csv', 'utf8').trim().split('\n').length, 1 + 37);
  writeFileSync('future.csv', csv([...rows, ['2200-01-01', 1, 2]]));
  t.match(await runInside('future.csv'), { status: 2, stderr: /must not lie after/ });
  t.equal((await runInside('future.csv --to 2020-12-31 -q')).status, 0, 'a day that is not wanted');
});

t.test('several files, a folder and standard input are read; the files keep their own marks', async (t) => {
  mkdirSync('several', { recursive: true });
  writeFileSync(
    'several/SAP.csv',
    'Date;Close\n02.01.2020;1.234,50\n03.01.2020;1.240,00\n06.01.2020;1.241,00\n',
  );
  writeFileSync('several/KO.csv', 'Date,Close\n2020-01-02,50\n2020-01-03,51\n2020-01-06,52\n');
  writeFileSync('several/readme.md', 'not prices');
  const { status, stdout, stderr } = await runInside('several --json --benchmark several/KO.csv');
  t.equal(status, 0, stderr);
  const run = JSON.parse(stdout);
  t.same(run.symbols, ['KO', 'SAP']);
  t.match(stderr, /SAP\.csv: Numbers with the decimal mark ","/);
  t.same(run.provenance.settings, { weights: 'equal', rebalance: 'monthly' });
  const piped = await runChild(
    process.execPath,
    [join(ROOT, 'dist/src/cli/main.js'), 'run', '-', '--json', '-q'],
    {
      cwd: folder,
      input: csv(rows),
    },
  );
  t.equal(piped.status, 0, piped.stderr);
  t.equal(JSON.parse(piped.stdout).symbols.length, 2);
  t.match(await runInside('several/KO.csv several/KO.csv'), { status: 2, stderr: /"KO" is in/ });
  t.match(await runInside('several --missing-cells drop --from 2020-01-06'), {
    status: 2,
    stderr: /at least 2 dates/,
  });
});

t.test('orders that were not made are told, in the words of the command line', async (t) => {
  writeFileSync('gap.csv', 'Date,A,B\n2020-01-02,1,2\n2020-01-03,,2\n2020-01-06,1,2\n');
  const error = await runInside('gap.csv');
  t.equal(error.status, 2);
  t.match(error.stderr, /--missing-cells carry or drop, or --missing-price mark-last/);
  const marked = await runInside('gap.csv --missing-price mark-last');
  t.match(marked.stderr, /Warning: 1 rebalance or part of one of A did not take place \(missing-price\)/);
});
