import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { backtestWeights } from '../backtest/run.js';
import { type ChildOptions, type ChildResult, runChild } from '../testing/child.js';
import { type InsideResult, runInside } from '../testing/cli-inside.js';
import { ROOT, readJson } from '../testing/repository.js';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'nb-cli-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
process.env.XDG_CONFIG_HOME = join(folder, 'none');

function file(name: string, text: string | Uint8Array): string {
  writeFileSync(join(folder, name), text);
  return name;
}

function run(args: string, options: ChildOptions = {}): Promise<ChildResult> {
  return runChild(process.execPath, [MAIN, ...args.split(' ').filter((word) => word !== '')], {
    cwd: folder,
    ...options,
  });
}

/** As `run`, without starting a process. */
async function inside(args: string): Promise<InsideResult> {
  const previous = process.cwd();
  process.chdir(folder);
  try {
    return await runInside(args);
  } finally {
    process.chdir(previous);
  }
}

const days = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-02-03', '2020-02-04'];
const A = ['10.00', '11.00', '12.00', '12.50', '13.00'];
const B = ['20.00', '19.00', '21.00', '20.00', '22.00'];
const wide = (close = [A, B]): string =>
  `Date,AAPL,MSFT\n${days.map((d, k) => `${d},${close[0]![k]},${close[1]![k]}\n`).join('')}`;
file('prices.csv', wide());
file('prices.csv.gz', gzipSync(wide()));
file(
  'long.csv',
  `date,symbol,close\n${days.map((d, k) => `${d},AAPL,${A[k]}\n${d},MSFT,${B[k]}\n`).join('')}`,
);
file('weights.csv', 'date,AAPL,MSFT\n2020-01-02,0.5,0.5\n2020-02-03,1,0\n');
file(
  'ohlc.csv',
  `Date,Open,High,Low,Close\n${days.map((d, k) => `${d},${A[k]},14.00,9.00,${A[k]}\n`).join('')}`,
);
file('SPY.csv', `Date,SPY\n${days.map((d, k) => `${d},${B[k]}\n`).join('')}`);

t.test('a run prints a table on stdout, remarks on stderr, and the library’s own figures', async (t) => {
  const table = await run('prices.csv --lag 0 --rebalance daily');
  t.equal(table.status, 0);
  t.match(table.stdout, /Total return/);
  t.notMatch(table.stdout, /undefined|NaN/);
  t.match(table.stderr, /Read 5 dates of 2 symbols/);
  const json = await run(
    'run prices.csv --lag 0 --rebalance daily --cash 5000.00 --cost-bps 10 --json --quiet',
  );
  t.equal(json.stderr, '');
  const report = JSON.parse(json.stdout);
  const cents = (rows: string[]): number[] => rows.map((x) => Math.round(Number(x) * 100));
  const direct = backtestWeights(
    { prices: cents(A).map((a, k) => [a, cents(B)[k]!]), weights: A.map(() => [0.5, 0.5]) },
    { initialCash: 500_000, costBps: 10 },
  );
  t.same(report.series.equityCents, Array.from(direct.equityCurve));
  t.equal(report.metrics.sharpe, direct.metrics.sharpe);
});

t.test('wide, long and gzipped files of the same prices give the same result', async (t) => {
  const results = await Promise.all(
    ['prices.csv', 'prices.csv.gz', 'long.csv'].map((name) => run(`${name} --csv --quiet`)),
  );
  t.equal(results[0]!.stdout.split('\n').filter(Boolean).length, 6, 'a header and five days');
  for (const other of results.slice(1)) t.equal(other.stdout, results[0]!.stdout);
});

t.test('weights from a file, benchmarks, fills, dates and pages', async (t) => {
  const weights = await run('prices.csv --weights weights.csv --lag 0 --json');
  const report = JSON.parse(weights.stdout);
  t.equal(report.config.lag, 0);
  t.match(weights.stderr, /Weights on 2 of 5 bars/);
  const bench = JSON.parse((await run('prices.csv --benchmark MSFT --json')).stdout);
  t.match(JSON.stringify(bench), /"MSFT"/);
  const other = await run('prices.csv --benchmark SPY.csv --json');
  t.equal(other.status, 0, other.stderr);
  const open = await run('ohlc.csv --fill next-open --json');
  t.equal(JSON.parse(open.stdout).config.fillPolicy, 'nextOpen');
  t.equal(JSON.parse(open.stdout).config.lag, 0, 'the next open needs no further lag');
  const some = JSON.parse(
    (await run('prices.csv --from 2020-01-03 --to 2020-02-03 --symbols AAPL --json')).stdout,
  );
  t.equal(some.series.equityCents.length, 4);
  const page = await run('prices.csv --html page.html --name <script>alert(1)</script>');
  t.match(page.stderr, /Wrote page.html/);
  const html = readFileSync(join(folder, 'page.html'), 'utf8');
  t.match(html, /^<!doctype html>/i);
  t.notMatch(html, /<script>alert/);
  const listed = await run('prices.csv --rebalance 2020-01-03,2020-02-03 --json');
  t.equal(listed.status, 0, listed.stderr);
});

t.test('the reproducing command in the JSON gives the same bytes', async (t) => {
  const first = await run('prices.csv --rebalance 2 --cost-bps 7 --json --quiet');
  const { command } = JSON.parse(first.stdout).provenance;
  t.match(command, /^nb-backtest run prices.csv --rebalance 2/);
  const again = await run(command.replace(/^nb-backtest /, ''));
  t.equal(again.stdout, first.stdout);
});

t.test('wrong usage ends with 1 and names field, value, constraint and fix', async (t) => {
  const cases: [string, RegExp][] = [
    ['prices.csv --foo 1', /--foo.*known option/],
    ['prices.csv --rebalnce monthly', /did you mean --rebalance/],
    ['prices.csv --cash abc', /--cash.*"abc"/],
    ['prices.csv --cash -5', /--cash/],
    ['prices.csv --cash 10.005', /at most 2 decimals/],
    ['prices.csv --cash', /--cash/],
    ['prices.csv --cash 1 --cash 2', /given once/],
    ['prices.csv --constructor x', /--constructor.*known option/],
    ['prices.csv --__proto__ x', /known option/],
    ['prices.csv --toString x', /--toString.*known option/],
    ['prices.csv --cost-bps NaN', /--cost-bps/],
    ['prices.csv --cost-bps 0x10', /--cost-bps/],
    ['prices.csv --lag 1.5', /whole number/],
    ['prices.csv --rebalance sometimes', /daily, weekly/],
    ['prices.csv --fill next-open', /Open,High,Low,Close/],
    ['prices.csv --json --csv', /one format/],
    ['prices.csv --benchmark NOPE', /--benchmark.*"NOPE"/],
    ['prices.csv --symbols AAPL,NOPE', /NOPE/],
    ['prices.csv --weights nope', /--weights/],
    ['prices.csv --weights weights.csv --rebalance daily', /--rebalance/],
    ['prices.csv --from 01/02/2020', /YYYY-MM-DD/],
    ['prices.csv --price-scale 50', /power of ten/],
    ['run', /PRICES/],
    ['dmo', /did you mean demo/],
    ['demo prices.csv', /no file/],
  ];
  for (const [args, expected] of cases) {
    const { status, stdout, stderr } = await inside(args);
    t.equal(status, 1, `${args}: ${stderr}`);
    t.match(stderr, expected, args);
    t.match(stderr, /Constraint: .*Fix: /, args);
    t.notMatch(stderr, /\n\s+at /, 'no stack trace');
    t.equal(stdout, '');
  }
  const child = await run('prices.csv --constructor x');
  t.equal(child.status, 1, 'the process ends with the same code');
  t.match(child.stderr, /--constructor/);
});

t.test('bad data end with 2 and name file, line, column and reason', async (t) => {
  const row = (k: number, a: string): string => wide([A.map((x, i) => (i === k ? a : x)), B]);
  const cases: [string, string | undefined, RegExp][] = [
    ['missing.csv', undefined, /no such file/],
    ['empty.csv', '', /empty/],
    ['header.csv', 'Date,AAPL\n', /./],
    ['one-row.csv', 'Date,AAPL\n2020-01-02,10.00\n', /at least/],
    ['nan-word.csv', row(2, 'abc'), /line 4.*"AAPL".*abc/s],
    ['gap.csv', row(2, 'NaN'), /AAPL has no price at bar 2 \(2020-01-06\)/],
    ['negative.csv', row(2, '-5.00'), /line 4.*AAPL/s],
    ['zero.csv', row(2, '0'), /line 4/],
    ['ragged.csv', wide().replace('2020-01-03,11.00,19.00', '2020-01-03,11.00'), /line 3/],
    ['twice.csv', wide().replace('2020-01-03', '2020-01-02'), /line 3/],
    ['columns.csv', wide().replace('MSFT', 'AAPL'), /AAPL/],
    ['huge.csv', row(1, '90071992547409.92'), /line 3/],
    ['long-digits.csv', row(1, '1.23456789'), /line 3/],
    ['date.csv', wide().replace('2020-01-03', '2020-13-03'), /line 3/],
    ['bytes.csv', '\u0000\u0001\u0002', /./],
  ];
  for (const [name, text, expected] of cases) {
    if (text !== undefined) file(name, text);
    const { status, stdout, stderr } = await inside(name);
    t.equal(status, 2, `${name}: ${stderr}`);
    t.match(stderr, expected, name);
    t.notMatch(stderr, /\n\s+at |undefined/, name);
    t.equal(stdout, '');
  }
  t.equal((await run('missing.csv')).status, 2, 'the process ends with the same code');
  file('bad-weights.csv', 'date,AAPL,NOPE\n2020-01-02,0.5,0.5\n');
  file('big-weights.csv', 'date,AAPL,MSFT\n2020-01-02,0.9,0.5\n');
  const unknown = await inside('prices.csv --weights bad-weights.csv');
  t.equal(unknown.status, 1);
  t.match(unknown.stderr, /bad-weights.csv.*"NOPE"/);
  const big = await inside('prices.csv --weights big-weights.csv');
  t.equal(big.status, 1);
  t.match(big.stderr, /big-weights.csv, line 2.*1\.4.*--max-gross/s);
  const filled = await inside('gap.csv --missing-price mark-last --json');
  t.equal(filled.status, 0, filled.stderr);
});

t.test('errors under --json are one JSON object on stderr', async (t) => {
  const usage = JSON.parse((await inside('prices.csv --json --cash abc')).stderr).error;
  t.match(usage, { exitCode: 1, field: '--cash', value: 'abc' });
  const data = JSON.parse((await inside('missing.csv --json')).stderr).error;
  t.match(data, { code: 'DATA_SOURCE', exitCode: 2, file: 'missing.csv' });
});

t.test('version and features', async (t) => {
  const { version } = readJson('package.json') as { version: string };
  t.equal((await run('--version')).stdout, `${version}\n`);
  const json = JSON.parse((await run('--version --json')).stdout);
  t.equal(json.version, version);
  t.ok(json.capabilities.includes('backtest_weights'));
});

t.test('the demo works anywhere, and its page and numbers are the same in every time zone', async (t) => {
  const zones = ['UTC', 'America/New_York', 'Pacific/Apia', 'Asia/Kolkata'];
  const pages = await Promise.all(
    zones.map(async (TZ) => {
      const cwd = join(folder, TZ.replace('/', '-'));
      mkdirSync(cwd);
      const { status, stdout, stderr } = await run('demo', { cwd, env: { TZ, LANG: 'de_DE.UTF-8' } });
      t.equal(status, 0, stderr);
      t.ok(existsSync(join(cwd, 'nb-backtest-demo.html')));
      return stdout + readFileSync(join(cwd, 'nb-backtest-demo.html'), 'utf8');
    }),
  );
  t.match(pages[0], /20 symbols/);
  for (const page of pages.slice(1)) t.ok(page === pages[0]);
});

t.test('colours only for terminals; a reader that leaves is no error', async (t) => {
  const color = '\u001b[';
  t.notMatch((await run('prices.csv')).stdout, color, 'no colours into a pipe');
  t.match((await run('prices.csv', { env: { FORCE_COLOR: '1' } })).stdout, color);
  t.notMatch((await run('prices.csv --no-color', { env: { FORCE_COLOR: '1' } })).stdout, color);
  t.notMatch((await run('prices.csv', { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout, color);
  if (process.platform !== 'win32') {
    const nb = `"${process.execPath}" "${MAIN}"`;
    for (const line of [
      `${nb} demo --json --quiet --html d.html | head -c 20; echo`,
      `cat prices.csv | ${nb} run - --json -q | head -1`,
      `cat prices.csv | ${nb} - --json -q | head -c 1; echo`,
      `cat prices.csv | TERM=dumb ${nb} run - --csv -q | head -1`,
    ]) {
      const head = await runChild('/bin/sh', ['-c', line], { cwd: folder });
      t.equal(head.status, 0, line);
      t.equal(head.stderr, '', line);
      t.not(head.stdout.trim(), '', line);
    }
    const closed = await runChild('/bin/sh', ['-c', `${nb} prices.csv --json -q <&- >/dev/null`], {
      cwd: folder,
    });
    t.equal(closed.status, 0, closed.stderr);
  }
});

t.test('nobody waits at a terminal: no file shows the help, - says what to do', async (t) => {
  const terminal = { console: { stdinTerminal: true } };
  const none = await runInside('run', terminal);
  t.match(none, { status: 1, stdout: '', stderr: /^Examples\n.*Usage.*'PRICES'/s });
  t.match(await runInside('run -', terminal), { status: 1, stderr: /which is a terminal/ });
  t.match(JSON.parse((await runInside('run --json', terminal)).stderr).error, { field: 'PRICES' });
  t.match(await runInside('run --quiet'), { status: 1, stderr: /run - for what is piped in/ });
});
