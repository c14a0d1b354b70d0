import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { runInside } from '../testing/cli-inside.js';

const folder = mkdtempSync(join(tmpdir(), 'nb-stops-'));
const back = process.cwd();
t.teardown(() => {
  process.chdir(back);
  rmSync(folder, { recursive: true, force: true });
});
process.chdir(folder);
process.env.XDG_CONFIG_HOME = join(folder, 'none');

// Bought at the close of 01-03, 100.00. On 01-06 the low of 88 is below 90; the close of 95 is not.
writeFileSync(
  'ohlc.csv',
  'Date,Open,High,Low,Close\n2020-01-02,100,101,99,100\n2020-01-03,100,102,99,100\n2020-01-06,99,100,88,95\n2020-01-07,96,97,94,96\n',
);
writeFileSync(
  'closes.csv',
  'Date,X\n2020-01-02,100.00\n2020-01-03,100.00\n2020-01-06,95.00\n2020-01-07,96.00\n',
);
const json = async (words: string): Promise<Record<string, unknown> & { stopEvents?: unknown[] }> => {
  const { stdout, stderr, status } = await runInside(`${words} --json -q`);
  t.equal(status, 0, stderr);
  return JSON.parse(stdout);
};

t.test('a stop sees the low of bars, and JSON names level, fill and gain', async (t) => {
  const report = await json('ohlc.csv --fixed-stop 0.1 --cash 1000.00 --cost-bps 10');
  // 9.99001 shares (1000 less the costs of 0.1%), sold at 90.00: the level of 100 less 10%.
  const [event] = report.stopEvents as Record<string, unknown>[];
  const { quantity, gainCents, notionalCents, costCents, ...rest } = event!;
  t.same(rest, {
    bar: 2,
    date: '2020-01-06',
    symbol: 'ohlc',
    side: 'long',
    reason: 'fixed',
    gap: false,
    triggerPrice: 90,
    exitPrice: 90,
    entryBar: 1,
    entryDate: '2020-01-03',
    entryPrice: 100,
    return: -0.1,
  });
  t.equal(gainCents, -Math.round((quantity as number) * 1000));
  t.equal(notionalCents, Math.round((quantity as number) * 9000));
  t.equal(costCents, Math.floor((notionalCents as number) * 0.001));
  t.equal(report.stopEvents!.length, 1);
  t.equal(report.atrKind, null);
});

t.test('closes alone are told, and do not see what happened inside the bar', async (t) => {
  t.same((await json('closes.csv --fixed-stop 0.1')).stopEvents, []);
  t.same((await json('ohlc.csv --fixed-stop 0.1 --stop-fill close')).stopEvents, []);
  const remark = /^Stops look at closes only/m;
  t.match((await runInside('closes.csv --fixed-stop 0.1')).stderr, remark);
  t.notMatch((await runInside('ohlc.csv --fixed-stop 0.1')).stderr, remark);
  t.notMatch((await runInside('closes.csv --max-bars 2')).stderr, remark, 'a time limit looks at no level');
  t.match((await runInside('closes.csv --atr-stop 2 --atr-period 1')).stderr, /no true range/);
  const { stdout } = await runInside('closes.csv --fixed-stop 0.1');
  t.match(stdout, /^No stop was reached; fixed 10%\.$/m);
});

t.test('every kind of stop has a flag of its own, and all act together', async (t) => {
  const reasons = async (words: string): Promise<unknown[]> =>
    ((await json(`ohlc.csv ${words}`)).stopEvents as { reason: string; bar: number }[]).map(
      ({ reason, bar }) => `${reason} ${bar}`,
    );
  t.same(await reasons('--trailing-stop 0.05'), ['trailing 2']);
  t.same(await reasons('--max-bars 1'), ['max-bars 2']);
  // True ranges 2 (day 1) and 3 (day 2): mean 2.5 at entry, so the level is 100 - 2.5 = 97.5.
  t.same(await reasons('--atr-stop 1 --atr-period 1'), ['atr 2']);
  t.same(await reasons('--take-profit 0.001 --fixed-stop 0.5'), []);
  t.same(
    await reasons('--fixed-stop 0.1 --trailing-stop 0.1 --max-bars 1'),
    ['fixed 2'],
    'the first of equals',
  );
  t.same(await reasons('--fixed-stop 0.1 --rebalance 1 --reentry never'), ['fixed 2']);
  const { config } = await json('ohlc.csv --atr-stop 2 --stop-fill close --reentry immediate');
  t.match(config, { stops: { atrMultiple: 2, atrPeriod: 14, intrabar: 'close', reentry: 'immediate' } });
  t.equal((await json('ohlc.csv')).stopEvents, undefined, 'nothing is said where nothing was asked');
});

t.test('a share is a decimal, and messages name the flag, the variable or the file', async (t) => {
  const cases: [string, RegExp][] = [
    ['--fixed-stop 10', /'--fixed-stop'.*from 0\.000001 to 0\.999999.*--fixed-stop 0\.1/],
    ['--trailing-stop 1', /'--trailing-stop'.*--trailing-stop 0\.05/],
    ['--take-profit 0', /'--take-profit'.*--take-profit 0\.2/],
    ['--max-bars 1.5', /'--max-bars'.*whole number.*--max-bars 60/],
    ['--atr-period 20', /'--atr-period'.*given with --atr-stop/],
    ['--stop-fill close', /'--stop-fill'.*given with a stop/],
    ['--reentry nevr --fixed-stop 0.1', /did you mean never/],
  ];
  for (const [words, expected] of cases) {
    const { status, stderr } = await runInside(`ohlc.csv ${words}`);
    t.equal(status, 1, words);
    t.match(stderr, expected, words);
  }
  const env = { NB_FIXED_STOP: '0.1', NB_REENTRY: 'never' };
  const { stdout } = await runInside('ohlc.csv --json -q', { env });
  const { stopEvents, provenance } = JSON.parse(stdout);
  t.equal(stopEvents.length, 1);
  t.match(provenance.command, /--fixed-stop 0\.1 --reentry never/);
  t.equal(
    (await runInside('ohlc.csv -q', { env: { NB_REENTRY: 'never' } })).status,
    0,
    'it may wait for a stop',
  );
  t.match((await runInside('ohlc.csv', { env: { NB_FIXED_STOP: '2' } })).stderr, /'NB_FIXED_STOP'/);
});

t.test('the table counts exits by reason, and the page marks them', async (t) => {
  const { stdout } = await runInside('ohlc.csv --fixed-stop 0.1 --html page.html');
  t.match(stdout, /^ {3}Fixed stop +1 +100\.0% +0 +-10\.00% +-10\.00% +ohlc +2020-01-06$/m);
  t.match(stdout, /^1 of 1 exit was made by stops \(100\.0%\); fixed 10%\.$/m);
  const page = readFileSync('page.html', 'utf8');
  t.match(
    page,
    /<use href="#mark-fixed" class="fixed" data-at="3"/,
    'on the equity, at the bar after the start',
  );
  t.match(page, /id="stops-chart-1"/);
  t.match(page, /"name":"stops"/, 'all of them as CSV');
  t.notMatch(readFileSync('page.html', 'utf8'), /#mark-trailing"/, 'no mark of what did not happen');
});
