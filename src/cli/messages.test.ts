import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import * as errors from '../errors.js';
import { runChild } from '../testing/child.js';
import { runInside } from '../testing/cli-inside.js';
import { TERMINAL } from '../testing/hostile.js';
import { ROOT } from '../testing/repository.js';
import { failureOf, printable } from './exit-codes.js';
import { isSecretName, MASK, maskSecrets } from './mask.js';
import { barOn } from './progress-bar.js';
import { type ProgressOptions, progressOn, progressText } from './progress.js';
import { colorTerminal, note } from './terminal.js';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'nb-messages-'));
const back = process.cwd();
t.teardown(() => {
  process.chdir(back);
  rmSync(folder, { recursive: true, force: true });
});
process.env.XDG_CONFIG_HOME = join(folder, 'none');
process.chdir(folder);
writeFileSync('prices.csv', 'Date,A,B\n2020-01-02,1.00,10.00\n2020-01-03,2.00,9.00\n2020-01-06,3.00,20.00\n');
writeFileSync('heavy.csv', 'date,A,B\n2020-01-02,0.5,0.5\n2020-01-03,0.9,0.9\n');
writeFileSync('short.csv', 'date,A,B\n2020-01-03,-0.5,0.5\n');
writeFileSync('unknown.csv', 'date,A,C\n2020-01-02,0.5,0.5\n');

const KEYS = ['code', 'exitCode', 'message', 'field', 'value', 'constraint', 'fix', 'file', 'row', 'column'];

t.test('every class of error gives the same keys under --json, with what it knows', async (t) => {
  const place = { file: 'a.csv', row: 3, column: 'AAPL' };
  const detail = { field: 'price', value: Number.NaN, constraint: 'above 0', fix: 'mend it' };
  const made: errors.NbError[] = [
    new errors.NbError('x', 'OTHER', 255),
    new errors.ResourceLimitError('disk full', { detail, place }),
    new errors.DataError('bad', place, { detail }),
    new errors.DataSourceError('cannot be read: no such file. Fix: check the path', { file: 'a.csv' }),
    new errors.DataSourceError('gone', place, { detail }),
    new errors.StorageError('cannot be written', place, { detail }),
    new errors.ConfigError('--cash', 1n, 'less', 'write less', { place }),
    new errors.ShapeError('weights', 3, 'length 4', 'pass 4'),
    new errors.NonFiniteError('weights', Infinity, 'finite', 'divide by less'),
    new errors.UnknownSymbolError('a.csv, line 3', 'X', 'a symbol', 'drop it', { place }),
    new errors.InvalidWeightsError('weights', 2, 'at most 1', 'scale', { place }),
    new errors.UnsupportedFeatureError('feature', 'x', 'known', 'update'),
  ];
  for (const Class of [
    errors.SchemaError,
    errors.InsufficientDataError,
    errors.TimestampAnomalyError,
    errors.PriceError,
    errors.OverflowError,
  ]) {
    made.push(new Class('bad', place, detail));
  }
  for (const error of [...made, new Error('unforeseen'), 'a text']) {
    const { text, code } = failureOf(error, true, false);
    const parts = JSON.parse(text).error;
    t.same(Object.keys(parts), KEYS);
    t.equal(parts.exitCode, code);
    const known = error instanceof errors.NbError;
    t.equal(parts.code, known ? error.code : 'UNEXPECTED');
    if (known && error.place === place) t.match(parts, place);
    if (known && error.detail) t.match(parts, { field: error.detail.field, fix: error.detail.fix });
  }
  t.match(JSON.parse(failureOf(made[3], true, false).text).error, {
    field: 'file',
    value: 'a.csv',
    constraint: 'cannot be read: no such file',
    fix: 'check the path',
  });
  t.match(JSON.parse(failureOf(made[2], true, false).text).error, { value: 'NaN' });
});

t.test('errors of the library speak of options, and of the line of a weights file', async (t) => {
  const cases: [words: string, field: string, rest: RegExp][] = [
    ['--rebalance 2019-01-01', '--rebalance', /"2019-01-01".*within the prices/],
    ['--symbols A,A', '--symbols', /"A".*without repeats/],
    ['--symbols A,CC', '--symbols', /"CC"/],
    ['--from 2021-01-01 --to 2020-01-01', '--from', /"2021-01-01"/],
    ['--quantity-step 0.3', '--quantity-step', /"0\.3".*power of ten/],
    ['--price-scale 50', '--price-scale', /power of ten/],
    ['--max-order 1e20', '--max-order', /cents/],
    ['--weights heavy.csv', 'heavy.csv, line 3 (2020-01-03)', /1\.8.*--max-gross.*--max-gross/],
    ['--weights short.csv', 'short.csv, line 2 (2020-01-03), symbol A', /--allow-short/],
    ['--weights unknown.csv', 'unknown.csv, line 2', /"C"/],
    ['--weights equl', '--weights', /did you mean equal/],
    ['--fill cloze', '--fill', /did you mean close/],
    ['--rebalance montly', '--rebalance', /did you mean monthly/],
    ['--benchmark BB', '--benchmark', /use one of A, B/],
    ['--quiet=maybe', '--quiet', /true or false/],
    ['-x', 'option', /"-x".*help run/],
  ];
  for (const [words, field, rest] of cases) {
    const { status, stderr } = await runInside(`prices.csv --json -q ${words}`);
    t.equal(status, 1, `${words}: ${stderr}`);
    const { error } = JSON.parse(stderr);
    t.equal(error.field, field, words);
    t.match(error.message, rest, words);
    t.notMatch(error.message, /maxGross|allowShort|limits\.|costModel|rule|options\./);
  }
  const { error } = JSON.parse((await runInside('prices.csv --json --weights heavy.csv -q')).stderr);
  t.match(error, { code: 'INVALID_WEIGHTS', file: 'heavy.csv', row: 3 });
});

t.test('-v times the phases, --log-file writes them down, -q is silent', async (t) => {
  const { stderr, stdout } = await runInside('prices.csv -v --log-file run.log --json');
  for (const phase of ['read', 'targets', 'backtest', 'report'])
    t.match(stderr, new RegExp(`^${phase} +[0-9.]+ s$`, 'm'));
  t.match(stderr, /^memory +\d+ +MB$/m);
  t.ok(JSON.parse(stdout));
  t.equal((await runInside('prices.csv -q --json --log-file run.log')).stderr, '');
  t.equal((await runInside('prices.csv -q --lag 1000000 --json')).stderr, '');
  const lines = readFileSync('run.log', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.equal(lines.filter(({ msg }) => msg === 'done').length, 2, 'two runs are appended');
  t.match(lines[0], { level: 'info', msg: 'begin', command: /prices\.csv -v/ });
  t.ok(lines.every(({ time }) => /^\d{4}-\d\d-\d\dT.*Z$/.test(time)));
  t.equal(lines.filter(({ phase }) => phase === 'backtest').length, 2);
  const child = await runChild(process.execPath, [MAIN, 'missing.csv', '--log-file', 'bad.log'], {
    cwd: folder,
  });
  t.equal(child.status, 2);
  t.match(JSON.parse(readFileSync('bad.log', 'utf8').trim().split('\n').at(-1)!), {
    level: 'error',
    error: { code: 'DATA_SOURCE', file: 'missing.csv' },
  });
  t.match(await runInside('prices.csv --log-file prices.csv'), {
    status: 1,
    stderr: /'--log-file'.*another file/,
  });
  t.match(await runInside('prices.csv --log-file no/run.log'), {
    status: 2,
    stderr: /folder does not exist/,
  });
  t.match(await runInside('prices.csv --log-file x.html --html x.html'), {
    status: 1,
    stderr: /another file/,
  });
  if (process.platform === 'linux') {
    t.match(await runInside('prices.csv --log-file /dev/full'), { status: 4, stderr: /disk is full/ });
  }
});

t.test('line breaks, terminal sequences and secrets do not get through to the log', async (t) => {
  const hostile = [...TERMINAL, 'a\n{"level":"info","msg":"done"}', 'a\r\nb', '\u2028', 'tab\tquote"'];
  for (const name of hostile.filter((text) => !text.includes('\0'))) {
    rmSync('h.log', { force: true });
    await runInside(['prices.csv', '--name', name, '--benchmark', name, '--log-file', 'h.log', '--json']);
    const text = readFileSync('h.log', 'utf8');
    // eslint-disable-next-line no-control-regex -- what must not be there
    t.notMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    for (const line of text.trim().split('\n')) t.ok(['info', 'error'].includes(JSON.parse(line).level));
    t.notMatch(text, /^\{"level":"info","msg":"done"\}$/m);
  }
  const canary = 'hunter2canary';
  const secrets = [
    `https://me:${canary}@host/x.csv`,
    `token=${canary}`,
    `api_key: "${canary}"`,
    `Bearer ${canary}12`,
  ];
  for (const secret of secrets) {
    rmSync('s.log', { force: true });
    const { stderr } = await runInside([
      'prices.csv',
      '--benchmark',
      secret,
      '--log-file',
      's.log',
      '--json',
    ]);
    t.notMatch(stderr, canary, secret);
    t.notMatch(readFileSync('s.log', 'utf8'), canary, secret);
  }
  t.equal(maskSecrets(`run --password ${canary} x`), `run --password ${MASK} x`);
  t.equal(maskSecrets('prices.csv --cost-bps 10, key figures'), 'prices.csv --cost-bps 10, key figures');
  for (const name of ['api-token', 'DB_PASSWORD', 'secret', 'apiKey', 'private-key'])
    t.ok(isSecretName(name), name);
  for (const name of ['cash', 'max-turnover', 'benchmark', 'monkey']) t.notOk(isSecretName(name), name);
});

t.test('a terminal obeys nothing that stands in a remark or an error', async (t) => {
  for (const text of TERMINAL) {
    // eslint-disable-next-line no-control-regex -- what must not be there
    t.notMatch(printable(text), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  }
  const lines: string[] = [];
  note({ out: () => undefined, err: (text) => void lines.push(text) }, 'a\nnb-backtest: all is well');
  t.same(lines, ['a\n  nb-backtest: all is well'], 'a line break starts no message of its own');
  writeFileSync('evil.csv', 'Date,"\u001b[2JA",B\n2020-01-02,1.00,1.00\n2020-01-03,x,1.00\n');
  // eslint-disable-next-line no-control-regex -- what must not be there
  t.notMatch((await runInside('evil.csv')).stderr, /\u001b/);
});

t.test('progress is a line every ten seconds, every sixty in CI, and nothing when quiet', async (t) => {
  let time = 0;
  const show = (options: Partial<ProgressOptions>): string[] => {
    const lines: string[] = [];
    time = 0;
    const console = { out: () => t.fail('stdout'), err: (text: string) => void lines.push(text) };
    const start = progressOn(console, { quiet: false, ci: false, now: () => time, ...options });
    const progress = start('Reading a.csv', 600e6, 'B');
    for (time = 0; time <= 125_000; time += 1000) progress.update(time * 4800);
    progress.stop();
    return lines;
  };
  const plain = show({});
  t.equal(plain.length, 12);
  t.equal(plain[0], 'Reading a.csv: 8 % (48.0 MB of 600.0 MB), 4.8 MB/s, 1 min 55 s left');
  t.equal(show({ ci: true }).length, 2);
  t.equal(show({ ci: true, bar: () => t.fail('a bar in CI') as never }).length, 2);
  t.same(show({ quiet: true }), []);
  t.equal(progressText(5, 0, 'rows', 10), '5 rows, 1 rows/s');
  t.equal(progressText(10, 10, 'runs', 0), '100 % (10 runs of 10 runs)');
  const drawn: string[] = [];
  const stream = {
    isTTY: true,
    columns: 80,
    write: (text: string) => drawn.push(text) > 0,
    on: () => stream,
    once: () => stream,
    removeListener: () => stream,
  };
  const lines = show({ bar: barOn(stream as unknown as NodeJS.WritableStream) });
  t.same(lines, [], 'a bar stands in for the lines');
  t.match(drawn.join(''), /Reading a\.csv \[#+-*\] \d+ % .*MB\/s/);
});

t.test('colours follow the terminal and the environment', async (t) => {
  const cases: [env: Record<string, string>, tty: boolean, expected: boolean][] = [
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', TERM: 'dumb' }, true, true],
  ];
  for (const [env, tty, expected] of cases) t.equal(colorTerminal(env, tty), expected, JSON.stringify(env));
});
