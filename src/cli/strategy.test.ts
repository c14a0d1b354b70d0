import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { runChild } from '../testing/child.js';
import { runInside } from '../testing/cli-inside.js';
import { findNode } from '../testing/other-nodes.js';
import { ROOT } from '../testing/repository.js';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'nb-strategy-'));
const back = process.cwd();
t.teardown(() => {
  process.chdir(back);
  rmSync(folder, { recursive: true, force: true });
});
process.chdir(folder);
process.env.XDG_CONFIG_HOME = join(folder, 'none');

const days = Array.from({ length: 40 }, (_, k) =>
  new Date(Date.UTC(2020, 0, 1 + k)).toISOString().slice(0, 10),
);
const price = (k: number, s: number): string => (100 + ((k * (7 + s) * 13) % 29)).toFixed(2);
writeFileSync(
  'prices.csv',
  `Date,A,B,C\n${days.map((d, k) => `${d},${price(k, 0)},${price(k, 1)},${price(k, 2)}\n`).join('')}`,
);
const file = (name: string, ...lines: string[]): void => writeFileSync(name, `${lines.join('\n')}\n`);
file(
  'equal.mjs',
  'export default (bar, { symbols }) => Float64Array.from(symbols, () => 1 / symbols.length);',
);
file(
  'top.mjs',
  'export const params = { back: 5, name: "x", up: false };',
  'export default async (bar, prices, portfolio, { back, up }) => {',
  '  if (bar < back) return null;',
  '  const gain = (s) => prices.close(s) / prices.close(s, back) * (up ? 1 : -1);',
  '  return { [[...prices.symbols].sort((a, b) => gain(b) - gain(a))[0]]: 1 };',
  '};',
);
file(
  'peek.mjs',
  'export function createStrategy({ prices, symbols }) {',
  '  const { data, cols, rows } = prices;',
  '  const last = data.slice((rows - 1) * cols);',
  '  return () => ({ [symbols[last.indexOf(Math.max(...last))]]: 1 });',
  '}',
);

t.test('an equal-weight module gives the result of the built-in equal weight', async (t) => {
  const own = JSON.parse((await runInside('prices.csv --strategy equal.mjs --rebalance 5 --json -q')).stdout);
  const ours = JSON.parse((await runInside('prices.csv --weights equal --rebalance 5 --json -q')).stdout);
  t.same(own.series, ours.series);
  t.equal(own.digests.result, ours.digests.result);
  const daily = JSON.parse((await runInside('prices.csv --strategy ./equal.mjs --json -q')).stdout);
  const all = JSON.parse((await runInside('prices.csv --rebalance daily --json -q')).stdout);
  t.same(daily.series, all.series, 'without --rebalance it is asked at every bar');
});

t.test('parameters reach the strategy, and provenance has them with the digest of the module', async (t) => {
  const { stdout, stderr } = await runInside(
    'prices.csv --strategy top.mjs --param back=9 --param up=true --json --html s.html',
  );
  const { provenance, name } = JSON.parse(stdout);
  const sha256 = createHash('sha256').update(readFileSync('top.mjs')).digest('hex');
  t.same(provenance.strategy, { file: 'top.mjs', sha256, params: { back: 9, name: 'x', up: true } });
  t.same(provenance.files[0], { name: 'top.mjs', sha256 });
  t.same(provenance.settings, { strategy: 'top.mjs', param: 'back=9 up=true' });
  t.equal(name, 'Strategy top.mjs (back 9, name x, up true)');
  t.match(stderr, /^Strategy top\.mjs is asked at every bar\.$/m);
  t.match(readFileSync('s.html', 'utf8'), /<h3>Strategy<\/h3><dl><dt>Module<\/dt><dd><bdi>top\.mjs/);
  const again = await runInside(provenance.command.replace(/^nb-backtest /, '').replace('--html s.html', ''));
  t.same(JSON.parse(again.stdout).digests, JSON.parse(stdout).digests);
  const other = JSON.parse((await runInside('prices.csv --strategy top.mjs --json -q')).stdout);
  t.not(other.digests.result, JSON.parse(stdout).digests.result);
});

t.test('a benchmark among the columns is not traded, and the prices given are copies', async (t) => {
  file(
    'write.mjs',
    'export function createStrategy({ prices, symbols }) {',
    '  prices.data.fill(1);',
    '  return () => Object.fromEntries(symbols.map((s) => [s, 1 / symbols.length]));',
    '}',
  );
  const own = JSON.parse((await runInside('prices.csv --strategy write.mjs --benchmark C --json -q')).stdout);
  const plain = JSON.parse(
    (await runInside('prices.csv --strategy equal.mjs --symbols A,B --json -q')).stdout,
  );
  t.same(own.symbols, ['A', 'B']);
  t.same(own.series.equityCents, plain.series.equityCents);
});

t.test('what is wrong with a strategy is told with its file and line, without our frames', async (t) => {
  file(
    'throws.mjs',
    'const help = (p) => p.nothing.here;',
    '',
    'export default (bar, p) => (bar < 3 ? null : help(p));',
  );
  file('syntax.mjs', 'export default () => {', '  return {a: ;', '};');
  file('import.mjs', "import 'no-such-package';", 'export default () => null;');
  file('nan.mjs', 'export default () => ({ A: 0 / 0 });');
  file('short.mjs', 'export default () => ({ A: -1 });');
  file('none.mjs', 'export const x = 1;');
  file('both.mjs', 'export default () => null;', 'export function createStrategy() {}');
  file('made.mjs', 'export function createStrategy() { return 3; }');
  file('make.mjs', 'export function createStrategy(input) {', '  return input.a.b;', '}');
  const cases: [string, RegExp][] = [
    [
      'throws.mjs',
      /^nb-backtest: throws\.mjs:1: the strategy failed at bar 3 \(2020-01-04\): TypeError: .*\(at help, throws\.mjs:1:\d+\)$/,
    ],
    ['syntax.mjs', /^nb-backtest: syntax\.mjs:2: the module cannot be loaded: SyntaxError/],
    ['import.mjs', /^nb-backtest: import\.mjs: the module cannot be loaded: .*'no-such-package'$/],
    ['nan.mjs', /'what nan\.mjs returned at bar 0 \(2020-01-01\), symbol A'.*a number/],
    ['short.mjs', /--allow-short/],
    ['none.mjs', /none\.mjs.*a default export or createStrategy.*export default/],
    ['both.mjs', /not both/],
    ['made.mjs', /made\.mjs.*createStrategy that returns a function/],
    ['make.mjs', /^nb-backtest: make\.mjs:2: createStrategy failed: TypeError/],
    ['prices.csv', /'--strategy'.*a module: \.mjs/],
    ['top.mjs --param bak=3', /'--param'.*"bak".*did you mean back/],
    ['top.mjs --param back=x', /a number, as back is in top\.mjs.*--param back=5/],
    ['top.mjs --param up=1', /true or false/],
    ['top.mjs --param back', /NAME=VALUE/],
    ['top.mjs --param back=1 --param back=2', /each name once/],
    ['equal.mjs --param back=1', /equal\.mjs exports no params.*export const params/],
    ['equal.mjs --weights momentum', /'--weights'.*left out with --strategy/],
    ['equal.mjs --lookback 9', /--param lookback=9/],
  ];
  for (const [words, expected] of cases) {
    const { status, stdout, stderr } = await runInside(`prices.csv -q --strategy ${words}`);
    t.equal(status, 1, words);
    t.match(stderr, expected, words);
    t.notMatch(stderr, /node:|dist\/src|\n\s+at /, words);
    t.equal(stdout, '');
  }
  t.match(await runInside('prices.csv -q --strategy nope.mjs'), {
    status: 2,
    stderr: /no such file.*--strategy/,
  });
  t.match(await runInside('prices.csv -q --param a=1'), { status: 1, stderr: /given with --strategy/ });
  const { error } = JSON.parse((await runInside('prices.csv -q --json --strategy throws.mjs')).stderr);
  t.match(error, { code: 'STRATEGY', exitCode: 1, file: 'throws.mjs', row: 1 });
});

t.test('no config file and no variable can make the command load code', async (t) => {
  file('nb-backtest.json', '{"strategy": "equal.mjs"}');
  t.match(await runInside('prices.csv -q'), { status: 1, stderr: /strategy/ });
  file('nb-backtest.json', '{"lookback": 5, "weights": "momentum"}');
  t.equal((await runInside('prices.csv -q --strategy equal.mjs')).status, 0, 'targets of a file wait');
  rmSync('nb-backtest.json');
  const { stdout } = await runInside('prices.csv -q --json', { env: { NB_STRATEGY: 'throws.mjs' } });
  t.equal(JSON.parse(stdout).provenance.strategy, undefined);
});

t.test('what a strategy prints goes to stderr, and Ctrl-C ends one that never answers', async (t) => {
  file(
    'talks.mjs',
    'console.log("loaded");',
    'export default (bar) => { if (bar === 1) console.info("asked"); return null; };',
  );
  file('hangs.mjs', 'export default () => { console.error("begun"); for (;;); };');
  const talks = await runChild(
    process.execPath,
    [MAIN, 'prices.csv', '-q', '--csv', '--strategy', 'talks.mjs'],
    { cwd: folder },
  );
  t.match(talks.stdout, /^date,/);
  t.equal(talks.stderr, 'loaded\nasked\n');
  if (process.platform === 'win32') return;
  const line = `"${process.execPath}" "${MAIN}" prices.csv -q --strategy hangs.mjs 2>err & p=$!; while ! grep -q begun err; do sleep 0.05; done; kill -INT $p; wait $p; echo $?`;
  const hangs = await runChild('/bin/bash', ['-mc', line], { cwd: folder });
  t.match(hangs.stdout, /^130$/m);
});

t.test('TypeScript runs where Node strips types, and elsewhere the message says what to do', async (t) => {
  file('typed.ts', 'export default (bar: number): Record<string, number> => ({ A: bar >= 0 ? 1 : 0 });');
  const words = [MAIN, 'prices.csv', '-q', '--csv', '--strategy', 'typed.ts'];
  const stripped = 'typescript' in process.features && process.features.typescript !== false;
  const here = await runChild(process.execPath, words, { cwd: folder });
  if (stripped) t.equal(here.status, 0, here.stderr);
  else
    t.match(here, {
      status: 1,
      stderr: /Node\.js \d+\.\d+\.\d+ does not run TypeScript.*22\.18.*esbuild typed\.ts/,
    });
  const newer = stripped ? undefined : findNode('24');
  if (newer !== undefined)
    t.match(await runChild(newer, words, { cwd: folder }), { status: 0, stdout: /^date,/ });
});

t.test('check lookahead: exit code 0 for who knows the past, 1 for who knows the future', async (t) => {
  const clean = await runInside('check lookahead prices.csv --strategy top.mjs --cuts 6');
  t.match(clean, {
    status: 0,
    stdout: /top\.mjs .* does not look ahead: 35 decisions, the same on 6 shortened histories\.$/m,
  });
  const peek = await runInside('check lookahead prices.csv --strategy peek.mjs --cuts 4 --rebalance 3');
  t.equal(peek.status, 1);
  t.match(peek.stdout, /^ +2020-01-01 +0 +[ABC] +[01] +[01]$/m);
  t.match(peek.stderr, /nb-backtest: Strategy peek\.mjs looks ahead: \d of 4 .* the first at 2020-01-01$/m);
  const { stdout, status } = await runInside(
    'check lookahead prices.csv --strategy peek.mjs --cuts 4 --json -q',
  );
  t.equal(status, 1);
  t.match(JSON.parse(stdout), { clean: false, deterministic: true, peeks: [{ bar: 0, date: '2020-01-01' }] });
  file(
    'state.mjs',
    'let turns = 0;',
    'export default (bar, { symbols }) => ({ [symbols[turns++ % 3]]: 1 });',
  );
  t.equal(
    (await runInside('check lookahead prices.csv --strategy state.mjs --cuts 3')).status,
    0,
    'a module of its own for each run',
  );
  file('chance.mjs', 'export default () => ({ A: Math.random() });');
  t.match(await runInside('check lookahead prices.csv --strategy chance.mjs'), {
    status: 1,
    stderr: /decided otherwise when it ran again/,
  });
});

t.test('check lookahead takes built-in targets, and says what it cannot check', async (t) => {
  for (const words of [
    'momentum --lookback 5 --skip 0 --top 1',
    'equal --rebalance 2020-01-05,2020-01-20',
    'trend --window 4 --from 2020-01-15',
  ])
    t.match(await runInside(`check lookahead prices.csv --weights ${words} --cuts 5`), {
      status: 0,
      stdout: /does not look ahead/,
    });
  file('w.csv', 'date,A', '2020-01-02,1');
  t.match(await runInside('check lookahead prices.csv --weights w.csv'), {
    status: 1,
    stderr: /--strategy momentum\.mjs/,
  });
  t.match(await runInside('check lokahead prices.csv'), { status: 1, stderr: /did you mean lookahead/ });
  t.match(await runInside('check lookahead prices.csv --cuts 0'), { status: 1, stderr: /'--cuts'/ });
});
