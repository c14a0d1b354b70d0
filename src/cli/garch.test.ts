import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { type InsideResult, runInside } from '../testing/cli-inside.js';
import { ROOT } from '../testing/repository.js';
import { simulateGarch } from '../volatility/index.js';

const folder = mkdtempSync(join(tmpdir(), 'nb-garch-'));
const back = process.cwd();
t.teardown(() => {
  process.chdir(back);
  rmSync(folder, { recursive: true, force: true });
});
process.chdir(folder);
process.env.XDG_CONFIG_HOME = join(folder, 'none');
const SP500 = join(ROOT, 'fixtures/market/sp500-index-1990-2022.csv.gz');

const run = (words: string): Promise<InsideResult> => runInside(`garch ${words} -q`);
const near = (value: unknown, expected: number, tolerance: number): boolean =>
  Math.abs((value as number) - expected) <= tolerance * Math.abs(expected);

/** Prices of 400 days: two that move, one that never does, and one of the last twelve days alone. */
const BARS = 400;
const params = { omega: 4e-6, alpha: [0.1], gamma: [], beta: [0.86] };
const paths = [1, 2].map((seed) => {
  const { returns } = simulateGarch({ params, dist: 'normal' }, BARS, { seed });
  let price = 100;
  return Array.from(returns, (value) => (price *= 1 + value).toFixed(4));
});
const days = paths[0]!.map((_, i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10));
const rows = days.map((day, i) => `${day},${paths[0]![i]},${paths[1]![i]},50,${i < BARS - 12 ? '' : 40 + i}`);
writeFileSync('odd.csv', `Date,A,<b>B</b>,FLAT,NEW\n${rows.join('\n')}\n`);
const pair = days.map((day, i) => `${day},${paths[0]![i]},${paths[1]![i]}`);
writeFileSync('two.csv', `Date,A,B\n${pair.join('\n')}\n`);

interface Parameter {
  readonly name: string;
  readonly estimate: number;
  readonly robustStdError: number;
  readonly hessianStdError: number;
  readonly tStat: number;
  readonly pValue: number;
}

interface Fitted {
  readonly method: string;
  readonly parameters: readonly Parameter[];
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  readonly nextVolatility: number;
  readonly conditionalVolatility: readonly number[];
  readonly returns: readonly number[];
  readonly forecast: { readonly volatility: readonly number[] };
}

/** The symbols of the JSON. */
async function fitted(words: string): Promise<readonly Fitted[]> {
  const { status, stdout, stderr } = await run(`${words} --json`);
  t.equal(status, 0, stderr);
  return JSON.parse(stdout).symbols;
}

t.test('GARCH(1,1) of the S&P 500 is what arch finds', async (t) => {
  const [fit] = (await fitted(SP500)) as [Fitted];
  // arch 8.0.0 on 100 r, tol 1e-12; omega / 10^4. Both searches end near a flat top: parameters 1.5e-6 apart, standard
  // errors 4e-5, volatilities 1.4e-7.
  const expected = [
    ['omega', 1.7078705665459245e-6, 3.663220202613298e-7, 2.2189132755926592e-7, 4.662211038603549],
    ['alpha[1]', 0.10082784544904055, 0.010971616803558066, 0.007212816179479835, 9.18988032979263],
    ['beta[1]', 0.8855601413697091, 0.011980735276414892, 0.00787458653257679, 73.91534166630076],
  ] as const;
  t.strictSame(
    expected.filter(([name, estimate, robust, hessian, tStat], i) => {
      const row = fit.parameters[i]!;
      const errors = near(row.robustStdError, robust, 1e-4) && near(row.hessianStdError, hessian, 1e-4);
      return (
        row.name !== name || !near(row.estimate, estimate, 3e-6) || !errors || !near(row.tStat, tStat, 1e-4)
      );
    }),
    [],
  );
  t.ok(near(fit.parameters[0]!.pValue, 3.128301521326622e-6, 2e-3));
  t.ok(near(fit.logLikelihood, 27156.865427561104, 1e-11));
  t.ok(near(fit.aic, -54307.7308551222, 1e-11) && near(fit.bic, -54286.65448852387, 1e-11));
  t.ok(near(fit.nextVolatility, 0.011731484470603393, 1e-6));
  t.ok(near(fit.forecast.volatility[19]!, 0.011612060942917543, 1e-6));
  t.ok(near(fit.conditionalVolatility.at(-1)!, 0.011706095928747749, 1e-6));
});

t.test('skewed t, AR(1) and asymmetry go to the fit, and come back as arch has them', async (t) => {
  const [fit] = (await fitted(`${SP500} --o 1 --dist skewt --mean ar1`)) as [Fitted];
  const expected = [
    3.376388802417971e-4, -0.03010907605465193, 1.4574653975891e-6, 0.0029541347117589506,
    0.17153438170702348, 0.9004088936561262, 7.206831102934973, -0.10416309094788269,
  ];
  t.strictSame(
    expected.filter((value, i) => !near(fit.parameters[i]!.estimate, value, 1e-3)),
    [],
  );
  t.ok(fit.logLikelihood >= 27515.375026568185 - 1e-6);
  t.ok(near(fit.forecast.volatility[19]!, 0.013122916325981756, 1e-5));
});

t.test('the CSV holds every return, its volatility before it and its residual', async (t) => {
  const { stdout } = await run('two.csv --csv');
  const [head, ...lines] = stdout.trim().split('\n');
  t.equal(head, 'date,symbol,return,conditionalVolatility,standardizedResidual');
  t.equal(lines.length, 2 * (BARS - 1));
  const cells = lines.map((line) => line.split(','));
  t.strictSame(cells[0]!.slice(0, 2), [days[1], 'A']);
  t.strictSame(cells.at(-1)!.slice(0, 2), [days.at(-1), 'B']);
  const change = Number(paths[0]![1]) / Number(paths[0]![0]) - 1;
  t.equal(Number(cells[0]![2]), change, 'from the decimals of the file');
  t.strictSame(
    cells.filter(([, , value, sigma, z]) => !(Math.abs(Number(sigma) * Number(z) - Number(value)) < 1e-15)),
    [],
    'with a mean of zero the residual times its volatility is the return',
  );
});

t.test('each of several symbols is fitted as if it were alone', async (t) => {
  const both = await fitted('two.csv');
  t.strictSame(both, [...(await fitted('two.csv --symbols A')), ...(await fitted('two.csv --symbols B'))]);
  const { stdout } = await run('two.csv');
  t.match(stdout, /2 symbols\nGARCH\(1,1\), normal residuals, zero mean, of simple returns/);
  t.match(
    stdout,
    /Volatility of a year +Next bar +Bar \+20 [^]*\n +A +\d+\.\d\d% [^]*\n +B +\d+\.\d\d% .* mle/,
  );
});

t.test('--q is the lags of the variance, -q is quiet', async (t) => {
  const two = await runInside('garch two.csv -q --symbols A --p 2 --q 2');
  t.equal(two.stderr, '');
  t.match(two.stdout, /GARCH\(2,2\)[^]*alpha\[2\][^]*beta\[2\]/);
  const arch = await runInside('garch --quiet --q=0 two.csv --symbols A');
  t.match(arch.stdout, 'ARCH(1)');
  t.notMatch(arch.stdout, 'beta');
});

t.test('what cannot be fitted is marked, and ends with 3 where it must not be', async (t) => {
  const { status, stdout, stderr } = await runInside('garch odd.csv --html odd.html --name <i>x</i>');
  t.equal(status, 0, stderr);
  t.match(stderr, /! "FLAT" is not fitted: the returns do not vary \(399 returns\); the root mean square/);
  t.match(stderr, /! "NEW" is not fitted: too few returns \(11 returns\)/);
  t.match(stdout, /\n +! FLAT +0\.00% [^]*! sample-fallback\n/);
  t.match(stdout, '! sample-fallback: not fitted: the root mean square stands in');
  const page = readFileSync('odd.html', 'utf8');
  t.match(page, /class="alert" role="note"><bdi>FLAT<\/bdi>: not fitted/);
  t.notMatch(page, /<i>x<|<b>B</, 'names are text');
  const strict = await runInside('garch odd.csv --strict-fit');
  t.match(strict, { status: 3, stdout: '' });
  t.match(strict.stderr, /"FLAT" \(nor to "NEW"\).*leave it out with --symbols, or drop --strict-fit/);
  t.match(await runInside('garch odd.csv --symbols A --strict-fit -q'), { status: 0 });
  const none = await runInside('garch odd.csv --symbols NEW --json -q');
  t.match(none, { status: 3, stdout: '' });
  t.match(JSON.parse(none.stderr).error, { code: 'CONVERGENCE', field: 'NEW', fix: /earlier --from/ });
});

t.test('EGARCH with fat tails forecasts the one bar that has a variance', async (t) => {
  const { stderr, stdout } = await runInside('garch two.csv --symbols A --model egarch --dist t');
  t.match(stderr, /The forecast is of one bar: .*EGARCH with --dist t is infinite/);
  t.match(stdout, /Bars ahead[^\n]*\n[^\n]*\n +1 +\d[^\n]*\n?$/);
});

const REFUSED: readonly (readonly [string, number, RegExp])[] = [
  ['two.csv --p 0', 1, /'--p'.*"0".*from 1 to 10/],
  ['two.csv --p 1.5', 1, /'--p'.*whole number/],
  ['two.csv --q 11', 1, /'--q'.*"11".*from 0 to 10/],
  ['two.csv --q -1', 1, /'--q'.*"-1".*from 0 to 10/],
  ['two.csv --o x', 1, /'--o'.*"x".*from 0 to 10/],
  ['two.csv --p', 1, /'--p'.*a value.*write --p N/],
  ['two.csv --p 1 --p 2', 1, /'--p'.*once/],
  ['two.csv --dist normel', 1, /'--dist'.*did you mean normal/],
  ['two.csv --mean ar', 1, /'--mean'.*zero, constant, ar1/],
  ['two.csv --model egarc', 1, /'--model'.*did you mean egarch/],
  ['two.csv --horizon 0', 1, /'--horizon'.*from 1 to 10000/],
  ['two.csv --model egarch --dist t --horizon 5', 1, /'--horizon'.*5.*infinite.*--horizon 1/],
  ['two.csv --periods 0', 1, /'--periods'/],
  ['two.csv --symbol A', 1, /did you mean --symbols/],
  ['two.csv --symbols A,C', 1, /'--symbols'.*"C"/],
  ['two.csv --from 2021-01-01 --to 2020-06-01', 1, /--from/],
  ['two.csv --html two.csv', 1, /'--html'.*another file/],
  ['--dist t', 1, /PRICES.*nb-backtest garch prices\.csv/],
  ['two.csv --json --csv', 1, /one format/],
  ['gap.csv', 2, /"GAP".*close on every date.*2024-01-03.*--missing-cells carry/],
  ['one.csv', 2, /"ONE" must have at least 2 prices, has 1/],
  ['none.csv', 2, /none\.csv/],
  ['odd.csv --symbols NEW', 3, /too few returns \(11 returns, at least 20 are needed\)/],
];

t.test('what cannot be done is refused with what was wrong and how to mend it', async (t) => {
  writeFileSync('gap.csv', 'Date,GAP,B\n2024-01-02,1,1\n2024-01-03,,2\n2024-01-04,2,3\n');
  writeFileSync('one.csv', 'Date,ONE,B\n2024-01-02,1,1\n2024-01-03,,2\n2024-01-04,,3\n');
  for (const [words, code, said] of REFUSED) {
    const { status, stdout, stderr } = await runInside(`garch ${words}`);
    t.equal(status, code, `${words}: ${stderr}`);
    t.match(stderr, said, words);
    t.equal(stdout, '', `${words} prints no result`);
  }
  t.match(await run('two.csv --html nowhere/page.html'), { status: 2, stdout: '' });
  t.notOk(existsSync('nowhere'));
});
