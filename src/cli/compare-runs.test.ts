import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { documentText } from '../testing/sample-document.js';
import { dispatch } from './dispatch.js';
import { failureOf } from './exit-codes.js';

const folder = t.testdir({});

function file(name: string, text: string | Uint8Array): string {
  writeFileSync(join(folder, name), text);
  return name;
}

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command from its words on, in the folder. */
async function run(words: string, width?: number): Promise<Ended> {
  const [command, ...argv] = words.split(' ');
  const out: string[] = [];
  const err: string[] = [];
  const console = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    ...(width === undefined ? {} : { width }),
  };
  const previous = process.cwd();
  process.chdir(folder);
  let status = 0;
  try {
    await dispatch(command!, argv, console, false);
  } catch (error) {
    const { text, code } = failureOf(error, argv.includes('--json'), false);
    err.push(text);
    status = code;
  } finally {
    process.chdir(previous);
  }
  return { status, stdout: out.join('\n'), stderr: err.join('\n') };
}

const compare = (words: string, width?: number): Promise<Ended> => run(`compare-runs ${words}`, width);

const days = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-02-03', '2020-02-04'];
const A = ['10.00', '11.00', '12.00', '12.50', '13.00'];
const B = ['20.00', '19.00', '21.00', '20.00', '22.00'];
file('prices.csv', `Date,AAPL,MSFT\n${days.map((day, k) => `${day},${A[k]},${B[k]}\n`).join('')}`);
file('s1.json', documentText({ bars: 500, seed: 1, name: 'Trend' }));
file('s2.json', documentText({ bars: 500, seed: 2, name: 'Value' }));

t.test('what run --json prints is what compare-runs reads', async (t) => {
  for (const [name, words] of [
    ['lag0.json', 'run prices.csv --lag 0 --json --quiet --name=First'],
    ['late.json', 'run prices.csv --from 2020-01-03 --lag 0 --cost-bps 10 --json --quiet'],
  ] as const) {
    const { status, stdout, stderr } = await run(words);
    t.equal(status, 0, stderr);
    file(name, stdout);
  }
  const { status, stdout, stderr } = await compare('lag0.json late.json');
  t.equal(stderr, '');
  t.equal(status, 0);
  t.match(stdout, /^Comparison of 2 runs\n2020-01-03 to 2020-02-04 · 3 periods\n\nA {2}First {2}2020-01-02/);
  t.match(stdout, /Options that differ[^]*costModel\.commissionBps +0 +10/);
  // Halves bought at 10.00 and 20.00, made halves again at 12.50 and 20.00, worth 13.00 and 22.00 at the end.
  const end = (0.5 * (12.5 / 10) + 0.5 * (20 / 20)) * (0.5 * (13 / 12.5) + 0.5 * (22 / 20));
  const start = 0.5 * (11 / 10) + 0.5 * (19 / 20);
  // The other run starts with halves at 11.00 and 19.00; its costs but the first, 0.1 % of few trades, are small.
  const other = (0.5 * (12.5 / 11) + 0.5 * (20 / 19)) * (0.5 * (13 / 12.5) + 0.5 * (22 / 20));
  const json = JSON.parse((await compare('lag0.json late.json --json')).stdout) as {
    figures: { key: string; values: number[] }[];
    runs: { own: { totalReturn: number }; sha256: string }[];
  };
  const [first, late] = json.figures.find(({ key }) => key === 'totalReturn')!.values;
  t.ok(Math.abs(json.runs[0]!.own.totalReturn - (end - 1)) < 1e-6, 'own span');
  t.ok(Math.abs(first! - (end / start - 1)) < 1e-6, 'common span, from the close of 2020-01-03');
  t.ok(Math.abs(late! - (other - 1)) < 1e-4, 'common span of the run that starts there');
  t.match(json.runs[0]!.sha256, /^[0-9a-f]{64}$/);
});

t.test('table, JSON, CSV and page come from the same figures', async (t) => {
  const table = await compare('s1.json s2.json --name=Both --html out.html');
  t.equal(table.status, 0, table.stderr);
  t.match(table.stdout, /^Both\n/);
  t.equal(table.stderr, 'Wrote out.html');
  const page = readFileSync(join(folder, 'out.html'), 'utf8');
  t.match(page, "default-src 'none'");
  t.match(page, 'nb-backtest compare-runs s1.json s2.json');
  const json = JSON.parse((await compare('s1.json s2.json --json')).stdout) as {
    figures: { key: string; values: number[] }[];
  };
  const csv = (await compare('s1.json s2.json --csv')).stdout;
  for (const { key, values } of json.figures) t.match(csv, `\ncommon,${key},`, `${values.length} values`);
  const sharpe = json.figures.find(({ key }) => key === 'sharpe')!.values;
  t.match(csv, `common,sharpe,higher,${sharpe.join(',')}\n`);
  t.match(
    table.stdout,
    new RegExp(`Sharpe ↑ +${sharpe.map((value) => `${value.toFixed(2)}[* ]? *`).join('')}\n`),
  );
  t.equal((await compare('s1.json s2.json --html out.html --quiet')).stderr, '');
  const wide = (await compare('s1.json s2.json s1.json s2.json s1.json s2.json', 200)).stdout;
  t.match(wide, /A Trend \(1\) .*F Value \(3\)/, 'one block where the terminal is wide');
});

t.test('a packed report and one given twice are read', async (t) => {
  file('s1.json.gz', gzipSync(readFileSync(join(folder, 's1.json'))));
  t.match((await compare('s1.json.gz s2.json')).stdout, 'A  Trend');
  t.match((await compare('s1.json s1.json')).stdout, 'B is the same file as A.');
});

t.test('wrong words end with 1 and say what to write', async (t) => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['s1.json', /2 to 12 JSON reports.*write nb-backtest compare-runs a\.json b\.json/],
    [Array.from({ length: 13 }, () => 's1.json').join(' '), /value 13\. Constraint: 2 to 12/],
    ['s1.json s2.json --json --csv', /one format/],
    ['s1.json s2.json --htm out.html', /did you mean --html/],
    ['s1.json s2.json --html s2.json', /another file than those that are read/],
    ['s1.json s2.json --cost-bps 5', /a known option/],
  ];
  for (const [words, says] of cases) {
    const { status, stdout, stderr } = await compare(words);
    t.equal(status, 1, `${words}: ${stderr}`);
    t.match(stderr, says);
    t.equal(stdout, '');
  }
});

t.test('wrong files end with 2, name file and place, and leave no page', async (t) => {
  const good = readFileSync(join(folder, 's1.json'), 'utf8');
  file('cut.json', good.slice(0, 4000));
  file('empty.json', '');
  file('version.json', good.replace('"formatVersion":1', '"formatVersion":3'));
  file('moved.json', good.replace('"initialCents":1', '"initialCents":2'));
  file('other.json', documentText({ days: ['1990-01-02', '1990-01-03'], returns: [0, 0.1] }));
  const cases: readonly (readonly [string, RegExp])[] = [
    ['missing.json', /missing\.json: cannot be read: no such file/],
    ['prices.csv', /prices\.csv: the document is no JSON/],
    ['cut.json', /cut\.json: the document is JSON that is damaged or cut short/],
    ['empty.json', /empty\.json: the document is an empty file/],
    ['version.json', /version\.json: formatVersion is 3; needed: version 1/],
    ['moved.json', /moved\.json: initialCents is 200000000; needed: 100000000/],
    ['other.json', /other\.json ends 1990-01-03, before s1\.json begins 2013-01-02/],
  ];
  for (const [name, says] of cases) {
    const { status, stdout, stderr } = await compare(`s1.json ${name} --html none.html`);
    t.equal(status, 2, `${name}: ${stderr}`);
    t.match(stderr, says);
    t.notMatch(stderr, /\n\s+at /, 'no stack');
    t.equal(stdout, '');
  }
  t.notOk(existsSync(join(folder, 'none.html')));
  const { stderr } = await compare('s1.json version.json --json');
  t.match(JSON.parse(stderr), {
    error: { code: 'SCHEMA', exitCode: 2, file: 'version.json', field: 'formatVersion', value: 3 },
  });
});
