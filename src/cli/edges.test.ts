import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { cleanEnv, runChild, withoutHooks } from '../testing/child.js';
import { runInside } from '../testing/cli-inside.js';
import { ROOT } from '../testing/repository.js';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'nb-cli-edges-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
process.chdir(folder);
process.env.XDG_CONFIG_HOME = join(folder, 'none');

async function nb(args: string): Promise<{ code: number; out: string; err: string }> {
  const { status, stdout, stderr } = await runInside(args);
  return { code: status, out: stdout, err: stderr };
}

const PRICES = 'Date,A,B\n2020-01-02,1,10\n2020-01-03,2,\n2020-01-06,3,20\n2020-01-07,3,30\n';
writeFileSync('gap.csv', PRICES);

t.test('a gap in a benchmark column carries its last price', async (t) => {
  const report = JSON.parse((await nb('gap.csv --benchmark B --json')).out);
  t.same(report.series.benchmarkReturns, [0, 0, 1, 0.5]);
});

t.test('a benchmark file must share dates with the prices', async (t) => {
  writeFileSync('late.csv', 'Date,SPY\n2021-01-04,5\n2021-01-05,6\n');
  const { code, err } = await nb('gap.csv --symbols A --benchmark late.csv');
  t.equal(code, 1);
  t.match(err, /some of the dates of the prices/);
});

t.test('bars with other columns are one symbol; bars without a close are refused', async (t) => {
  writeFileSync(
    'bars.csv',
    'Date,Open,High,Low,Close,Volume,VWAP\n2020-01-02,1,2,1,1,100,1\n2020-01-03,1,2,1,1,200,1\n',
  );
  const bars = await nb('bars.csv --json');
  t.equal(bars.code, 0, bars.err);
  t.equal(JSON.parse(bars.out).symbols.length, 1);
  t.match(bars.err, /"VWAP" are not read/);
  writeFileSync('no-close.csv', 'Date,open,high,low\n2020-01-02,1,2,1\n2020-01-03,1,2,1\n');
  t.match(await nb('no-close.csv'), { code: 2, err: /close column/ });
});

t.test('the page never takes the place of a file that is read', async (t) => {
  t.match(await nb('gap.csv --symbols A --html gap.csv'), { code: 1, err: /another file/ });
  t.equal(readFileSync('gap.csv', 'utf8'), PRICES);
});

t.test('symbols without any price are named, and a run without orders says so', async (t) => {
  writeFileSync('empty-column.csv', 'Date,A,B\n2020-01-02,1,\n2020-01-03,2,\n');
  t.match(await nb('empty-column.csv'), { code: 2, err: /B has no price at all/ });
  t.match(await nb('gap.csv --symbols A --min-order 9000000'), { code: 0, err: /No order was made/ });
});

t.test('eight digits are a date for --rebalance too', async (t) => {
  const report = JSON.parse((await nb('gap.csv --symbols A --rebalance 20200106 --lag 0 --json')).out);
  t.equal(
    report.series.turnover.findIndex((x: number) => x > 0),
    2,
  );
});

if (process.platform === 'linux') {
  t.test('a pipe is read once and hashed as read; a full disk ends with 4; signals end a run', async (t) => {
    const piped = await runChild(
      '/bin/sh',
      ['-c', `cat gap.csv | "${process.execPath}" "${MAIN}" /dev/stdin --symbols A --json --quiet`],
      { cwd: folder },
    );
    const sha256 = createHash('sha256').update(PRICES).digest('hex');
    t.equal(JSON.parse(piped.stdout).provenance.files[0].sha256, sha256);
    t.equal((await nb('gap.csv --symbols A --html /dev/full')).code, 4);
    const full = await runChild(
      '/bin/sh',
      ['-c', `"${process.execPath}" "${MAIN}" gap.csv --symbols A --quiet >/dev/full`],
      { cwd: folder },
    );
    t.equal(full.status, 4);
    t.match(full.stderr, /stdout cannot be written/);
    // Long enough that the signal finds it at work.
    const days = Array.from(
      { length: 3000 },
      (_, k) =>
        `${1990 + Math.floor(k / 336)}-${String(1 + (Math.floor(k / 28) % 12)).padStart(2, '0')}-${String(1 + (k % 28)).padStart(2, '0')}`,
    );
    const wide = `Date,${Array.from({ length: 200 }, (_, i) => `S${i}`).join(',')}\n${days.map((d) => `${d}${',100.25'.repeat(200)}`).join('\n')}\n`;
    writeFileSync('big.csv', wide);
    const stop = async (
      signal: NodeJS.Signals,
      afterMs: number,
    ): Promise<{ ended: unknown; said: string }> => {
      const child = withoutHooks(() =>
        spawn(process.execPath, [MAIN, 'big.csv', '--rebalance', 'daily'], {
          cwd: folder,
          env: cleanEnv(),
          stdio: ['ignore', 'ignore', 'pipe'],
        }),
      );
      let said = '';
      child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
      setTimeout(() => child.kill(signal), afterMs);
      const ended = await new Promise((resolve) => child.on('close', (code, by) => resolve(by ?? code)));
      return { ended, said };
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      let { ended, said } = await stop(signal, 500);
      // On a busy machine the program may not have begun by then: it dies without a word, as any program would.
      for (let afterMs = 1_000; said === '' && ended === signal && afterMs < 10_000; afterMs *= 2) {
        ({ ended, said } = await stop(signal, afterMs));
      }
      t.equal(ended, signal, 'a shell shows 130 or 143');
      t.match(said, new RegExp(`^nb-backtest: (interrupted|terminated) by ${signal}\n$`));
    }
  });
}
