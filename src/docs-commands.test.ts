/**
 * Every command that README.md and docs/guide show runs, in the order of its page, in a folder of its own:
 *
 * - in a ```sh block each line that has `npx nb-backtest`; it ends with 0, or with the `exit code N` of its comment;
 * - in a ```console block each line after `$ `; the lines below it are in its output, in this order, `...` for any;
 * - a block after `<!-- file: NAME -->` is a file of that name from there on.
 *
 * The other files that the pages name are made here from the bundled prices.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import t from 'tap';
import { runChild } from './testing/child.js';
import { type InsideResult, runInside } from './testing/cli-inside.js';
import { projectFiles, ROOT, readText } from './testing/repository.js';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const PAGES = projectFiles().filter((path) => path === 'README.md' || path.startsWith('docs/guide/'));
/** What a line may begin with that is not run here. */
const NOT_RUN = /^(?:npm |npx esbuild )/;
const LAYOUTS = [
  'yahoo.csv',
  'stooq.csv',
  'binance-ms.csv',
  'alphavantage.csv',
  'tiingo.csv',
  'nasdaq.csv',
].concat(['metatrader5.csv', 'semicolon-comma.csv', 'json-records.json', 'wide-day-first.csv']);

/** A line to run, and the output below it where the page shows it. */
interface Step {
  readonly line: string;
  readonly shown: readonly string[];
}

/** A file of the page, or a line of it. */
type Part = { readonly file: string; readonly text: string } | Step;

function partsOf(markdown: string): Part[] {
  const parts: Part[] = [];
  const blocks = markdown.matchAll(/(?:<!-- file: (\S+) -->\n)?```(\w*)\n([\s\S]*?)```/g);
  for (const [, file, language, text] of blocks) {
    if (file !== undefined) parts.push({ file, text: text! });
    else if (language === 'sh') {
      const lines = text!.replaceAll('\\\n', ' ').split('\n');
      for (const line of lines) if (/^[^#\s]/.test(line)) parts.push({ line, shown: [] });
    } else if (language === 'console') {
      for (const [, line, output] of text!.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
        parts.push({ line: line!, shown: output!.trimEnd().split('\n') });
      }
    }
  }
  return parts;
}

/** The files that pages name: ten years of 20 stocks and of the S&P 500, and a file of each service. */
function writeFiles(): void {
  const unpacked = (name: string): string =>
    gunzipSync(readFileSync(join(ROOT, 'fixtures/market', name))).toString('utf8');
  const prices = unpacked('demo/stocks-2013-2022.csv.gz');
  writeFileSync('prices.csv', prices);
  copyFileSync(join(ROOT, 'fixtures/market/demo/stocks-2013-2022.csv.gz'), 'prices.csv.gz');
  writeFileSync('SPY.csv', unpacked('demo/sp500-2013-2022.csv.gz'));
  writeFileSync('ohlc.csv', unpacked('sp500-ohlcv-1999-2018.csv.gz'));
  const [header, ...rows] = prices
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  mkdirSync('stocks');
  for (const [j, symbol] of header!.entries()) {
    if (j === 0 || j > 3) continue;
    const lines = rows.map((cells) => `${cells[0]},${cells[j]}`);
    writeFileSync(`stocks/${symbol}.csv`, ['Date,Close', ...lines, ''].join('\n'));
  }
  writeFileSync('weights.csv', 'date,AAPL,MSFT\n2013-01-02,0.6,0.4\n2016-01-04,0.5,0.5\n');
  for (const name of LAYOUTS) copyFileSync(join(ROOT, 'fixtures/layouts', name), name);
}

/** Runs one line, in this process where that is possible. */
async function run(line: string, env: Record<string, string>): Promise<InsideResult> {
  const command = line.replace(/^npm ci && /, '').replace(/\s+#.*$/, '');
  const asked = /^((?:\w+=\S+ )*)npx nb-backtest ([^|]*?)(?: > (\S+))?$/.exec(command);
  if (asked === null || /^(?:-\w|--\w|help|version)/.test(asked[2]!)) {
    const script = command.replaceAll('npx nb-backtest', `"${process.execPath}" "${MAIN}"`);
    const { status, stdout, stderr } = await runChild('/bin/sh', ['-c', script], { cwd: process.cwd(), env });
    return { status: status ?? -1, stdout, stderr };
  }
  const [, variables, rest, target] = asked;
  const set = Object.fromEntries(
    [...variables!.matchAll(/(\w+)=(\S+)/g)].map(([, name, text]) => [name!, text!]),
  );
  const words = [...rest!.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c!);
  const result = await runInside(words, { env: { ...env, ...set } });
  if (target !== undefined) writeFileSync(target, `${result.stdout}\n`);
  return result;
}

/** The first shown line that is not in the output where it should be: in stdout or stderr, below the ones before it. */
function missingLine(shown: readonly string[], { stdout, stderr }: InsideResult): string | undefined {
  const lines = shown.map((line) => line.trimEnd()).filter((line) => !/^\s*(?:\.\.\.)?$/.test(line));
  const [out, err] = [stdout, stderr].map((text) => text.split('\n').map((line) => line.trimEnd()));
  let furthest = 0;
  // Some remarks stand in both streams, so each place of a line is tried.
  const found = (i: number, outNext: number, errNext: number): boolean => {
    furthest = Math.max(furthest, i);
    if (i === lines.length) return true;
    const outAt = out!.indexOf(lines[i]!, outNext);
    const errAt = err!.indexOf(lines[i]!, errNext);
    return (
      (outAt >= 0 && found(i + 1, outAt + 1, errNext)) || (errAt >= 0 && found(i + 1, outNext, errAt + 1))
    );
  };
  return found(0, 0, 0) ? undefined : lines[furthest];
}

for (const page of PAGES) {
  t.test(`${page}: every command runs, and prints what the page shows`, async (t) => {
    const folder = t.testdir({});
    const before = process.cwd();
    t.teardown(() => process.chdir(before));
    process.chdir(folder);
    writeFiles();
    const env = { XDG_CONFIG_HOME: join(folder, 'none'), CI: '' };
    const start = performance.now();
    for (const part of partsOf(readText(page))) {
      if ('file' in part) {
        writeFileSync(part.file, part.text);
        continue;
      }
      const { line, shown } = part;
      if (!line.includes('npx nb-backtest')) {
        t.match(line, NOT_RUN, `${line}: a command of ours, or one that is known`);
        continue;
      }
      const result = await run(line, env);
      const status = Number(/#.*exit code (\d+)/.exec(line)?.[1] ?? 0);
      t.equal(result.status, status, line, { stderr: result.stderr });
      t.equal(missingLine(shown, result), undefined, `${line} prints what is shown`, { output: result });
    }
    t.comment(`${((performance.now() - start) / 1000).toFixed(1)} s`);
  });
}

t.test('the blocks of a page are read as they are meant', async (t) => {
  const page = [
    '<!-- file: a.csv -->',
    '```csv',
    'Date,A',
    '```',
    '```sh',
    '# a remark',
    'npx nb-backtest a.csv \\',
    '  --json',
    '```',
    '```console',
    '$ npx nb-backtest b.csv',
    'one',
    '  ...',
    'two',
    '```',
  ].join('\n');
  t.strictSame(partsOf(page), [
    { file: 'a.csv', text: 'Date,A\n' },
    { line: 'npx nb-backtest a.csv    --json', shown: [] },
    { line: 'npx nb-backtest b.csv', shown: ['one', '  ...', 'two'] },
  ]);
  const said = { status: 0, stdout: 'one\nx\ntwo', stderr: 'three' };
  t.equal(missingLine(['one', '...', 'two', 'three'], said), undefined);
  t.equal(missingLine(['two', 'one'], said), 'one', 'in this order');
  t.equal(missingLine(['x', 'one'], { ...said, stderr: 'x' }), undefined, 'in the stream where it fits');
  t.equal(missingLine(['thre'], said), 'thre', 'whole lines');
});
