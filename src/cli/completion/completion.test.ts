import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { gzipSync } from 'node:zlib';
import { runChild } from '../../testing/child.js';
import { runInside } from '../../testing/cli-inside.js';
import { ROOT } from '../../testing/repository.js';
import { requireOrSkip } from '../../testing/require.js';
import { COMMANDS } from '../commands.js';
import { optionsOf } from '../options/index.js';
import { completions, FILES } from './complete.js';
import { wordsOf } from './words.js';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'nb-complete-'));
const back = process.cwd();
t.teardown(() => {
  process.chdir(back);
  rmSync(folder, { recursive: true, force: true });
});
process.chdir(folder);
const WIDE = 'Date,AAPL,AMZN,"BRK B",EURUSD=X,$(touch x)\n2020-01-02,1,2,3,4,5\n';
writeFileSync('wide.csv', WIDE);
writeFileSync('wide.csv.gz', gzipSync(WIDE));
writeFileSync('long.csv', 'date;symbol;close\n2020-01-02;MSFT;1\n2020-01-02;META;1\n2020-01-03;MSFT;1\n');
writeFileSync('bars.csv', 'Date,Open,High,Low,Close,Volume\n2020-01-02,1,1,1,1,9\n');
mkdirSync('wider folder');

t.test('words are split as a shell does', async (t) => {
  t.same(wordsOf(`nb 'a b' "c\\"d" e\\ f --x=`), ['nb', 'a b', 'c"d', 'e f', '--x=']);
  t.same(wordsOf('nb  run '), ['nb', 'run', '']);
  t.same(wordsOf('nb "unclosed'), ['nb', 'unclosed']);
});

t.test('commands, options, their words and files are offered where they fit', async (t) => {
  t.same(completions('nb-backtest '), [...COMMANDS.map(({ name }) => name), FILES]);
  t.same(completions('nb-backtest com'), ['compare-runs', 'completion', FILES]);
  t.same(completions('nb-backtest completion '), ['bash', 'zsh', 'fish']);
  t.same(completions('nb-backtest config s'), ['show']);
  t.same(completions('nb-backtest help de'), ['demo']);
  t.same(completions('nb-backtest a.csv --max-t'), ['--max-trades', '--max-turnover']);
  t.same(completions('nb-backtest a.csv --max-trades 3 --max-t'), ['--max-turnover'], 'each option once');
  t.same(completions('nb-backtest a.csv --fill '), ['close', 'next-open', 'next-typical']);
  t.same(completions('nb-backtest a.csv --fill next-o'), ['next-open']);
  t.same(completions('nb-backtest a.csv --fill=c'), ['--fill=close']);
  t.same(completions('nb-backtest a.csv --quiet=f'), ['--quiet=false']);
  t.same(completions('nb-backtest a.csv --rebalance m'), ['monthly']);
  t.ok(completions('nb-backtest a.csv --weights ').includes(FILES));
  t.ok(completions('nb-backtest a.csv --weights eq').includes('equal'));
  t.same(completions('nb-backtest a.csv --cash '), [], 'an amount is not guessed');
  t.same(completions('nb-backtest a.csv '), [FILES]);
  t.same(completions('nb-backtest a.csv -- --fi'), [FILES]);
  for (const { name, options } of COMMANDS) {
    const flags = completions(`nb-backtest ${name} --`);
    t.same(flags, [...optionsOf(options).map((option) => `--${option.name}`), '--help'], name);
  }
});

t.test(
  'symbols come from the price file on the line, and only those a shell takes as they are',
  async (t) => {
    t.same(completions('nb-backtest wide.csv --symbols '), ['AAPL', 'AMZN', 'EURUSD=X']);
    t.same(completions('nb-backtest run wide.csv.gz --symbols AA'), ['AAPL']);
    t.same(completions('nb-backtest wide.csv --symbols AAPL,A'), ['AAPL,AMZN']);
    t.same(completions('nb-backtest wide.csv --symbols=AAPL,A'), ['--symbols=AAPL,AMZN']);
    t.same(completions('nb-backtest long.csv --benchmark M'), ['MSFT', 'META', FILES]);
    t.same(completions('nb-backtest bars.csv --symbols '), []);
    t.same(completions('nb-backtest missing.csv --symbols '), []);
    t.same(completions('nb-backtest --symbols '), [], 'no file yet');
  },
);

function program(name: string): boolean {
  return spawnSync(name, ['-c', 'exit 0']).status === 0;
}

t.test('bash completes with the script that is printed', async (t) => {
  if (!requireOrSkip(t, 'bash', program('bash'), 'install bash')) return;
  const { stdout: script } = await runInside('completion bash');
  t.match(script, /^# .*To install:/, 'it says where to put it');
  writeFileSync('completion.bash', script);
  writeFileSync('nb-backtest', `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync('nb-backtest', 0o755);
  // COMP_WORDS as bash makes them: it ends words at = and : too.
  const cases: [line: string, words: string[], expected: string[]][] = [
    ['nb-backtest de', ['nb-backtest', 'de'], ['demo']],
    ['nb-backtest wide.csv --fil', ['nb-backtest', 'wide.csv', '--fil'], ['--fill']],
    [
      'nb-backtest wide.csv --fill=n',
      ['nb-backtest', 'wide.csv', '--fill', '=', 'n'],
      ['next-open', 'next-typical'],
    ],
    [
      'nb-backtest wide.csv --fill=',
      ['nb-backtest', 'wide.csv', '--fill', '='],
      ['close', 'next-open', 'next-typical'],
    ],
    [
      'nb-backtest wide.csv --symbols AAPL,E',
      ['nb-backtest', 'wide.csv', '--symbols', 'AAPL,E'],
      ['AAPL,EURUSD=X'],
    ],
    [
      'nb-backtest wide.csv --symbols EURUSD=X,AA',
      ['nb-backtest', 'wide.csv', '--symbols', 'EURUSD', '=', 'X,AA'],
      ['X,AAPL'],
    ],
    ['nb-backtest wid', ['nb-backtest', 'wid'], ['wide.csv', 'wide.csv.gz', 'wider folder']],
  ];
  const tests = cases.map(([line, words], i) => {
    const array = words.map((word) => `'${word}'`).join(' ');
    return `COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${array}) COMP_CWORD=${words.length - 1}
_nb_backtest; for item in "\${COMPREPLY[@]}"; do echo "${i} $item"; done`;
  });
  const { status, stdout, stderr } = await runChild(
    'bash',
    ['-c', `source completion.bash\n${tests.join('\n')}`],
    {
      cwd: folder,
      env: { PATH: `${folder}:${process.env.PATH}` },
    },
  );
  t.equal(status, 0, stderr);
  const got = stdout.trim().split('\n');
  for (const [i, [line, , expected]] of cases.entries()) {
    const items = got.filter((row) => row.startsWith(`${i} `)).map((row) => row.slice(2));
    t.same(items.sort(), [...expected].sort(), line);
  }
});

t.test('zsh takes the script that is printed', async (t) => {
  if (!requireOrSkip(t, 'zsh', program('zsh'), 'install zsh')) return;
  const { stdout: script } = await runInside('completion zsh');
  writeFileSync('_nb-backtest', script);
  const asked = `autoload -U compinit; compinit -D -u; source ./_nb-backtest
compadd() { shift; print -l -- "$@" }; _files() { print files }
words=(nb-backtest wide.csv --fill next-o); CURRENT=4; PREFIX=next-o; _nb_backtest`;
  const { status, stdout, stderr } = await runChild('zsh', ['-f', '-c', asked], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env.PATH}` },
  });
  t.equal(status, 0, stderr);
  t.equal(stdout.trim(), 'next-open');
});

t.test('fish takes the script that is printed', async (t) => {
  if (!requireOrSkip(t, 'fish', program('fish'), 'install fish')) return;
  const { stdout: script } = await runInside('completion fish');
  writeFileSync('nb.fish', script);
  const { stdout, stderr } = await runChild(
    'fish',
    ['--no-config', '-c', `source nb.fish; complete -C'nb-backtest wide.csv --fill next-o'`],
    { cwd: folder, env: { PATH: `${folder}:${process.env.PATH}` } },
  );
  t.match(stdout.trim(), /^next-open/, stderr);
});
