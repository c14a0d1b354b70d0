import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import { runChild } from '../../testing/child.js';
import { type InsideOptions, runInside } from '../../testing/cli-inside.js';
import { ROOT } from '../../testing/repository.js';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const top = mkdtempSync(join(tmpdir(), 'nb-config-'));
const back = process.cwd();
t.teardown(() => {
  process.chdir(back);
  rmSync(top, { recursive: true, force: true });
});
const USER = join(top, 'home', 'nb-backtest');
process.env.XDG_CONFIG_HOME = join(top, 'home');

const PRICES =
  'Date,A,B\n2020-01-02,1.00,10.00\n2020-01-03,2.00,9.00\n2020-01-06,3.00,20.00\n2020-01-07,3.00,30.00\n';

/** A new current folder with prices and the files named; user files are named by `~/`. */
function inFolder(files: Readonly<Record<string, string>>): void {
  rmSync(join(top, 'home'), { recursive: true, force: true });
  const here = mkdtempSync(join(top, 'project-'));
  process.chdir(here);
  writeFileSync('prices.csv', PRICES);
  for (const [name, text] of Object.entries(files)) {
    const path = name.replace(/^~/, USER);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

async function shown(
  words = '',
  options: InsideOptions = {},
): Promise<Record<string, { value: unknown; origin: string; from: string | null }>> {
  const { stdout, stderr, status } = await runInside(`config show --json ${words}`, options);
  t.equal(status, 0, stderr);
  return JSON.parse(stdout).values;
}

t.test('a flag is stronger than the environment, then the project, the user, the default', async (t) => {
  inFolder({
    'nb-backtest.toml': 'cost-bps = 3\nlag = 3\ncash = "3000.00"\n',
    '~/config.yaml': 'cost-bps: 4\nlag: 4\ncash: 4000.00\nmax-gross: 4\n',
  });
  const env = { NB_COST_BPS: '2', NB_LAG: '2' };
  const values = await shown('', { env });
  t.match(values['cost-bps'], { value: 2, origin: 'env', from: 'NB_COST_BPS' });
  t.match(values.lag, { value: 2, origin: 'env' });
  t.match(values.cash, { value: '3000.00', origin: 'project', from: 'nb-backtest.toml' });
  t.match(values['max-gross'], { value: 4, origin: 'user', from: join(USER, 'config.yaml') });
  t.match(values.fill, { value: 'close', origin: 'default', from: null });
  t.match(values.html, { value: null, origin: 'default' });
  const run = await runInside('prices.csv --lag 1 --json -q', { env });
  const { config, initialCents } = JSON.parse(run.stdout);
  t.equal(config.lag, 1, 'the flag');
  t.match(config.costModel, { commissionBps: 2 }, 'the environment');
  t.equal(initialCents, 300_000, 'the project');
  t.equal(config.maxGross, 4, 'the user');
});

t.test('the command in the report repeats the run where no config is there', async (t) => {
  inFolder({
    'nb-backtest.yml': 'rebalance: [2020-01-03, 2020-01-06]\nallow-short: true\nname: "a b"\nquiet: true\n',
  });
  const first = await runInside('prices.csv --json --config=nb-backtest.yml', {
    env: { NB_CASH: '5000.50' },
  });
  const { command } = JSON.parse(first.stdout).provenance;
  t.equal(
    command,
    "nb-backtest run prices.csv --json --cash 5000.50 --rebalance 2020-01-03,2020-01-06 --allow-short --name 'a b'",
  );
  inFolder({});
  const argv = ['prices.csv', '--json', '--cash', '5000.50', '--rebalance', '2020-01-03,2020-01-06'];
  const again = await runInside([...argv, '--allow-short', '--name', 'a b']);
  t.equal(again.stdout, first.stdout, 'the same bytes');
});

t.test('JSON, TOML and YAML say the same; the origin is shown to people too', async (t) => {
  const files = {
    'a.json':
      '{"cost-bps": 7.5, "symbols": ["A"], "allow-short": false, "cash": 1000.5, "from": "2020-01-03"}',
    'a.toml': 'cost-bps = 7.5\nsymbols = ["A"]\nallow-short = false\ncash = 1000.50\nfrom = 2020-01-03\n',
    'a.yaml': 'cost-bps: 7.5\nsymbols: [A]\nallow-short: false\ncash: 1000.50\nfrom: 2020-01-03\n',
  };
  inFolder(files);
  const results = [];
  for (const name of Object.keys(files)) {
    const { stdout } = await runInside(`prices.csv --json -q --config ${name}`);
    results.push(JSON.stringify({ ...JSON.parse(stdout), provenance: null }));
  }
  t.match(JSON.parse(results[0]!), { symbols: ['A'], bars: 3, initialCents: 100_050 });
  t.equal(results[1], results[0]);
  t.equal(results[2], results[0]);
  const lines = (await runInside('config show --origin --config a.toml')).stdout.split('\n');
  t.match(
    lines.find((line) => line.startsWith('cost-bps')),
    /^cost-bps +7\.5 +project \(a\.toml\)$/,
  );
  t.match(
    lines.find((line) => line.startsWith('lag')),
    /default$/,
  );
  const path = (await runInside('config path --config a.toml')).stdout;
  t.match(path, /^project {2}\S+a\.toml\nuser {5}none; would be config\.json/);
  t.equal(JSON.parse((await runInside('config path --json')).stdout).files[0].path, null);
});

t.test('a config that cannot be meant is an error that names file and key', async (t) => {
  const cases: [file: string, text: string, expected: RegExp][] = [
    ['a.toml', 'cost-bp = 1', /'cost-bp in a\.toml'.*did you mean cost-bps/],
    ['a.toml', 'costBps = 1', /did you mean cost-bps/],
    ['a.yaml', 'cost_bps: 1', /did you mean cost-bps/],
    ['a.json', '{"zzz": 1}', /'zzz in a\.json'.*config show/],
    ['a.toml', '[run]\nlag = 1', /'run in a\.toml'/],
    ['a.toml', 'cost-bps = "1"', /'cost-bps in a\.toml'.*"1".*a number/],
    ['a.yaml', 'cost-bps: ten', /'cost-bps in a\.yaml'.*"ten".*a number/],
    ['a.json', '{"quiet": 1}', /'quiet in a\.json'.*true or false/],
    ['a.json', '{"name": 5}', /'name in a\.json'.*text/],
    ['a.json', '{"lag": [1]}', /'lag in a\.json'.*one value/],
    ['a.json', '{"lag": null}', /'lag in a\.json'/],
    ['a.json', '{"symbols": ["A,B"]}', /without commas/],
    ['a.json', '{"symbols": [["A"]]}', /'symbols in a\.json'/],
    ['a.toml', 'fill = "closed"', /'fill in a\.toml'.*did you mean close/],
    ['a.toml', 'max-order = 1e20', /'max-order in a\.toml'/],
    ['a.yaml', 'from: 01/02/2020', /'from in a\.yaml'.*YYYY-MM-DD/],
    ['a.json', '{"lag": 1,\n"lag": 2}', /a\.json, line 2.*twice/],
    ['a.toml', 'lag = 1\nlag = 2', /a\.toml, line 2/],
    ['a.yaml', 'lag: 1\nlag: 2', /a\.yaml, line 2/],
    ['a.json', '{"lag": ', /'a\.json.*JSON file/],
    ['a.json', '[1]', /keys and values/],
    ['a.yaml', 'just words', /keys and values/],
    ['a.yaml', 'lag: &x 1\ncost-bps: *x', /alias/],
    ['a.yaml', 'lag: !!js/function "x"', /tag/],
    ['a.yaml', 'lag: 1\n---\nlag: 2', /more than one document/],
    ['a.ini', 'lag=1', /ending in \.json, \.toml/],
    ['a.toml', 'json = true\ncsv = true', /one format/],
  ];
  for (const [file, text, expected] of cases) {
    inFolder({ [file]: text });
    const { status, stderr, stdout } = await runInside(`prices.csv --config ${file}`);
    t.equal(status, 1, `${text}: ${stderr}`);
    t.match(stderr, expected, text);
    t.equal(stdout, '');
  }
  inFolder({ 'nb-backtest.toml': '', 'nb-backtest.json': '{}' });
  t.match(await runInside('prices.csv'), {
    status: 1,
    stderr: /nb-backtest\.json and nb-backtest\.toml.*one file/,
  });
  t.match(await runInside('prices.csv --config no.toml'), { status: 1, stderr: /no such file/ });
  inFolder({});
  t.match(await runInside('prices.csv', { env: { NB_COST_BP: '1' } }), {
    status: 1,
    stderr: /NB_COST_BP.*did you mean NB_COST_BPS/,
  });
  t.match(await runInside('prices.csv', { env: { NB_LAG: 'x' } }), { status: 1, stderr: /'NB_LAG'/ });
});

t.test('keys of the prototype are unknown keys and change nothing, in every format', async (t) => {
  const before = Object.getOwnPropertyNames(Object.prototype).join();
  const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'];
  keys.push('constructor.prototype', '__defineGetter__', '__lookupSetter__', 'isPrototypeOf');
  for (const key of keys) {
    const files = {
      'k.json': `{${JSON.stringify(key)}: {"polluted": true}}`,
      'k.toml': `[${JSON.stringify(key)}]\npolluted = true\n`,
      'k.yaml': `${JSON.stringify(key)}:\n  polluted: true\n`,
    };
    inFolder(files);
    for (const file of Object.keys(files)) {
      const { status, stderr } = await runInside(`prices.csv --config ${file}`);
      t.equal(status, 1);
      t.ok(stderr.includes(`${key} in ${file}`), stderr);
    }
    t.match(await runInside(`prices.csv --${key} x`), { status: 1, stderr: /known option/ });
  }
  t.equal(Object.getOwnPropertyNames(Object.prototype).join(), before);
  t.notOk('polluted' in {});
  inFolder({ 'nb-backtest.toml': 'lag = 0\n' });
  for (const flag of ['--disable-proto=delete', '--disable-proto=throw', '--frozen-intrinsics']) {
    const { status, stderr, stdout } = await runChild(
      process.execPath,
      ['--no-warnings', flag, MAIN, 'prices.csv', '--json'],
      { cwd: process.cwd() },
    );
    t.equal(status, 0, `${flag}: ${stderr}`);
    t.equal(JSON.parse(stdout).config.lag, 0, flag);
  }
});

t.test('switches can be turned off again; a weaker choice gives way', async (t) => {
  inFolder({
    'nb-backtest.toml': 'json = true\nquiet = true\nrebalance = "daily"\n',
    'w.csv': 'date,A\n2020-01-02,1\n',
  });
  t.match((await runInside('prices.csv')).stdout, /^\{/);
  t.match((await runInside('prices.csv --json=false')).stdout, /Total return/);
  t.match((await runInside('prices.csv --csv')).stdout, /^date,/i, 'the flag --csv beats json of the file');
  t.not((await runInside('prices.csv --csv -v')).stderr, '', 'and -v beats quiet');
  const weights = await runInside('prices.csv --weights w.csv --json=false');
  t.equal(weights.status, 0, 'rebalance of the file gives way to --weights');
  const wrong = await runInside('prices.csv --lag x');
  t.match(JSON.parse(wrong.stderr).error, { field: '--lag' }, 'errors are JSON as the file wants');
  t.match((await runInside('prices.csv --csv', { env: { NB_QUIET: '0' } })).stderr, /Read 4 dates/);
});

t.test('the demo keeps to its own trades, whatever the config says', async (t) => {
  inFolder({ 'nb-backtest.toml': 'weights = "missing.csv"\nquiet = true\ncash = 5.00\n' });
  const { status, stderr, stdout } = await runInside('demo --json --html demo.html');
  t.equal(status, 0, stderr);
  t.equal(stderr, '', 'quiet is taken from the file');
  t.equal(JSON.parse(stdout).initialCents, 100_000_000);
});

t.test('a secret in a config file or variable is never shown', async (t) => {
  const canary = 'hunter2canary';
  for (const [file, text] of [
    ['a.yaml', `api-token: ${canary}`],
    ['a.toml', `password = "${canary}"`],
    ['a.json', `{"secret": "${canary}"}`],
    ['a.json', `{"secret": ${canary}}`],
  ] as const) {
    inFolder({ [file]: text });
    const { status, stderr } = await runInside(`prices.csv --config ${file} --json`);
    t.equal(status, 1);
    t.notMatch(stderr, canary);
  }
});
