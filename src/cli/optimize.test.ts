import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { readTextFile } from '../node/files.js';
import { OPTIMIZER_NAMES, OPTIMIZER_OPTIONS } from '../targets/optimizer-names.js';
import { type InsideResult, runInside } from '../testing/cli-inside.js';
import { ROOT } from '../testing/repository.js';
import { completions, FILES } from './completion/complete.js';

const folder = mkdtempSync(join(tmpdir(), 'nb-optimize-'));
const back = process.cwd();
t.teardown(() => {
  process.chdir(back);
  rmSync(folder, { recursive: true, force: true });
});
process.chdir(folder);
process.env.XDG_CONFIG_HOME = join(folder, 'none');

/** Two years of five stocks, and a sixth that begins in the second. */
const demo = readTextFile(join(ROOT, 'fixtures/market/demo/stocks-2013-2022.csv.gz')).trim().split('\n');
const lines = demo.slice(0, 505).map((line, i) => {
  const cells = line.split(',').slice(0, 7);
  if (i === 0) cells[6] = 'LATE';
  else if (i < 300) cells[6] = '';
  return cells.join(',');
});
writeFileSync('prices.csv', `${lines.join('\n')}\n`);
writeFileSync(
  'held.csv',
  'date,symbol,weight\n2014-06-02,AAPL,1\n2014-12-01,AAPL,0.5\n2014-12-01,LATE,0.5\n',
);

writeFileSync('percent.csv', 'date,symbol,weight\n2014-12-01,AAPL,60\n2014-12-01,AMD,40\n');

const optimize = (words: string): Promise<InsideResult> => runInside(`optimize prices.csv ${words}`);
const json = async (words: string): Promise<Record<string, never>> => {
  const { status, stdout, stderr } = await optimize(`${words} --json -q`);
  t.equal(status, 0, stderr);
  return JSON.parse(stdout) as Record<string, never>;
};

interface Row {
  readonly symbol: string;
  readonly weight: number;
  readonly riskShare: number;
}

t.test('every method gives weights with their proof, in JSON that reads', async (t) => {
  const reached: Record<string, number> = {};
  for (const method of OPTIMIZER_NAMES) {
    const found = await json(`--method ${method} --frontier`);
    const rows = found['weights'] as Row[];
    t.equal(rows.length, 6, 'a row for each symbol of the file');
    t.match(rows.at(-1), { symbol: 'LATE', weight: 0, mean: null, meanReason: 'the symbol took no part' });
    const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
    t.ok(Math.abs(sum(({ weight }) => weight) - 1) < 1e-12, method);
    t.ok(Math.abs(sum(({ riskShare }) => riskShare) - 1) < 1e-12, method);
    t.match(found, { format: 'nb-backtest-optimize', method, returns: 503, status: 'optimal' });
    t.equal((found['frontier'] as unknown[]).length, 20);
    const { volatility, sharpe, cvar, cdar, diversification } = found['inSample']['portfolio'];
    Object.assign(reached, { [method]: { volatility, sharpe, cvar, cdar, diversification } });
  }
  const figures = reached as unknown as Record<string, Record<string, number>>;
  for (const [best, figure, sign] of [
    ['min-variance', 'volatility', -1],
    ['max-sharpe', 'sharpe', 1],
    ['cvar', 'cvar', -1],
    ['cdar', 'cdar', -1],
    ['max-diversification', 'diversification', 1],
  ] as const) {
    const better = OPTIMIZER_NAMES.filter(
      (name) => sign * (figures[name]![figure]! - figures[best]![figure]!) > 1e-12,
    );
    t.same(better, [], `${best} has the best ${figure}`);
  }
});

t.test('the table says what is held, why a symbol is not, and how the result is known', async (t) => {
  const { stdout, stderr } = await optimize('--method cvar --alpha 0.9 --max-weight 0.4');
  t.match(
    stdout,
    /^Minimum CVaR of 5 symbols\n2013-01-02 to 2014-12-31 · 503 returns · alpha 0\.9 · weights 0 to/,
  );
  t.match(stdout, /Symbol +Weight +Risk share/);
  t.match(stdout, /symbols? ha(s|ve) weight 0: .*LATE/);
  t.match(stdout, /CVaR 90%, period +\d\.\d\d% +\d\.\d\d%/);
  t.match(stdout, /CVaR 90% of a period: 0\.\d+ · optimal · duality gap \S+ · \d+ iterations/);
  t.match(stderr, 'Left out for a missing price among those to learn from: "LATE".');
  const late = await optimize('--method hrp --lookback 100 -q');
  t.match(late.stdout, /Variance of a period: 0\.\d+ · by a formula\n/, 'which is no optimum');
  t.match(late.stdout, /of 6 symbols\n.* · 100 returns/, 'it has a price at each of the last hundred');
});

t.test('what --csv writes can be given to run, and trades the day after', async (t) => {
  const { stdout } = await optimize('--method risk-parity --to 2014-06-30 --csv -q');
  t.match(stdout, /^date,symbol,weight\n2014-06-30,AAPL,0\.\d+\n/);
  writeFileSync('target.csv', stdout);
  const doubtful = await optimize('--method max-sharpe --risk-free 9 --csv');
  t.match(doubtful.stderr, /^! No portfolio has an excess return above 0: .* the least variance\.$/m);
  const run = await runInside('run prices.csv --weights target.csv --missing-price mark-last --json -q');
  t.equal(run.status, 0, run.stderr);
  const { series } = JSON.parse(run.stdout) as { series: { equityCents: number[]; dates: string[] } };
  const first = series.equityCents.findIndex((cents) => cents !== series.equityCents[0]);
  t.ok(
    series.dates[first]! > '2014-07-01',
    'bought at the close of 1 July, so the equity moves from the 2nd on',
  );
});

t.test('limits are kept: of a weight, of a group, of what may be moved', async (t) => {
  const weights = async (words: string): Promise<Map<string, number>> =>
    new Map(((await json(words))['weights'] as Row[]).map(({ symbol, weight }) => [symbol, weight]));
  const bounded = await weights('--min-weight 0.1 --max-weight 0.3');
  t.ok([...bounded.values()].slice(0, 5).every((weight) => weight >= 0.1 && weight <= 0.3 + 1e-12));
  const grouped = await weights('--method cdar --groups AAPL+AMD=0.3..0.5,BAC=0.05');
  t.ok(grouped.get('AAPL')! + grouped.get('AMD')! >= 0.3 - 1e-12);
  t.ok(grouped.get('BAC')! <= 0.05 + 1e-12);
  const moved = await weights('--current held.csv --turnover-limit 1.2');
  // Half must be sold with LATE, which has no full history: 0.7 is left to move AAPL and to buy the rest.
  const change = [...moved].reduce(
    (sum, [symbol, w]) => sum + Math.abs(w - (symbol === 'AAPL' ? 0.5 : 0)),
    0,
  );
  t.ok(change <= 0.7 + 1e-9 && change > 0.5, String(change));
  for (const method of ['min-variance', 'cvar']) {
    const spread = await weights(`--method ${method} --l2 1000`);
    t.ok([...spread.values()].slice(0, 5).every((weight) => Math.abs(weight - 0.2) < 1e-3));
  }
});

t.test('options that clash, belong elsewhere or make no sense end with 1 and name themselves', async (t) => {
  const cases: [words: string, field: string, rest: RegExp][] = [
    ['--method cvar --alpha 95', '--alpha', /0\.0?1 to 0\.9999.*write for example --alpha 0\.95/],
    ['--max-weight 0.1', '--max-weight', /can keep together: the upper limits sum to 0\.5, below 1/],
    ['--min-weight 0.3', '--min-weight', /the lower limits sum to 1\.5, above 1\. Fix/],
    ['--min-weight 0.3 --max-weight 0.2', '--min-weight', /at most --max-weight, 0\.2/],
    ['--groups AAPL+AMD=0.2 --min-weight 0.15', '--min-weight, --groups', /group AAPL\+AMD=0\.2/],
    ['--groups AAPL', '--groups', /AAPL\+MSFT=0\.1\.\.0\.4/],
    ['--groups AAPL=0.5..0.2', '--groups', /the lower first/],
    ['--groups AAPL+ZZZ=0.2', '--groups', /"ZZZ"/],
    ['--method hrp --max-weight 0.5', '--max-weight', /an option of min-variance, .*not of hrp/],
    ['--alpha 0.9', '--alpha', /not of min-variance/],
    ['--method cvr', '--method', /did you mean cvar/],
    ['--covariance ledoit', '--covariance', /one of sample, ledoit-wolf/],
    ['--lookback 1', '--lookback', /at least 2 returns/],
    ['--turnover-limit 0.5', '--turnover-limit', /--current/],
    ['--current held.csv --turnover-limit 0.2', '--turnover-limit', /can keep together/],
    ['--current held.csv', '--current', /--turnover-limit/],
    ['--current percent.csv --turnover-limit 1', '--current', /weights, of which 0\.25.*not of prices/],
    ['--from 2014-01-01 --to 2013-01-01', '--from', /at or before/],
  ];
  for (const [words, field, rest] of cases) {
    const { status, stdout, stderr } = await optimize(`${words} --json -q`);
    t.equal(status, 1, `${words}: ${stderr}`);
    t.equal(stdout, '');
    const { error } = JSON.parse(stderr) as { error: { field: string; message: string } };
    t.equal(error.field, field, words);
    t.match(error.message, rest, words);
    t.notMatch(error.message, /bounds|options\./, words);
  }
  for (const [words, rest] of [
    ['--lookback 5000', /5001 dates for 5000 returns, but there are 504/],
    ['--symbols LATE --missing-cells keep', /No symbol is left/],
  ] as const) {
    const { status, stderr } = await optimize(`${words} -q`);
    t.equal(status, 2, words);
    t.match(stderr, rest);
  }
});

t.test('a backtest with an optimizer says what it learnt from, and keeps its limits', async (t) => {
  const words = 'run prices.csv --symbols AAPL,AMD,BAC,BBY --lookback 60 --rebalance monthly --json';
  const result = await runInside(
    `${words} --weights cvar --max-weight 0.3 --turnover-limit 0.4 --html walk.html`,
  );
  t.equal(result.status, 0, result.stderr);
  const { name, provenance } = JSON.parse(result.stdout) as {
    name: string;
    provenance: { notes: string[]; settings: Record<string, string> };
  };
  t.equal(name, 'Minimum CVaR of 4 symbols over 60 returns, rebalanced monthly');
  const said =
    'Minimum CVaR (alpha 0.95, weights 0 to 0.3, turnover to 0.4) of 4 symbols, estimated from the last 60 simple returns up to the rebalance.';
  t.ok(provenance.notes.includes(said));
  t.match(provenance.settings, { weights: 'cvar', lookback: '60', 'max-weight': '0.3' });
  t.match(readFileSync('walk.html', 'utf8'), said);
  t.match(result.stderr, said);
  const clash = await runInside(`${words} --weights min-variance --max-weight 0.2 -q`);
  t.equal(clash.status, 1);
  t.match(JSON.parse(clash.stderr), { error: { field: '--max-weight', code: 'CONFIG' } });
  const foreign = await runInside(`${words} --weights momentum --alpha 0.9 -q`);
  t.match(JSON.parse(foreign.stderr), { error: { field: '--alpha', constraint: /an option of cvar, cdar/ } });
});

t.test('the page is written beside the result, and completion knows the words', async (t) => {
  const { status, stderr } = await optimize('--method max-sharpe --risk-free 0.02 --html page.html');
  t.equal(status, 0, stderr);
  t.match(stderr, 'Wrote page.html');
  const page = readFileSync('page.html', 'utf8');
  for (const id of ['weights', 'frontier', 'correlation', 'provenance']) t.match(page, `id="${id}"`);
  t.same(completions('nb-backtest optimize prices.csv --method c'), ['cvar', 'cdar']);
  t.same(completions('nb-backtest optimize prices.csv --covariance o'), ['oas']);
  t.same(completions('nb-backtest prices.csv --weights max-'), ['max-sharpe', 'max-diversification', FILES]);
  for (const method of OPTIMIZER_NAMES) {
    const help = (await runInside('help optimize')).stdout;
    t.match(help, method);
    t.ok(OPTIMIZER_OPTIONS[method].includes('lookback'));
  }
});
