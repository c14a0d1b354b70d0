import t from 'tap';
import { estimateCovariance } from '../optimize/estimate-covariance.js';
import { efficientFrontier } from '../optimize/frontier.js';
import { readWeights } from '../series/read-weights.js';
import type { OptimizerName } from '../targets/optimizer-names.js';
import { runOptimizer } from '../targets/run-optimizer.js';
import { NAMES } from '../testing/hostile.js';
import { optimizeCsv } from './optimize/csv.js';
import { optimizeHtml } from './optimize/html.js';
import { optimizeJson } from './optimize/json.js';
import { type OptimizeModel, optimizeModel } from './optimize/model.js';
import { optimizeText } from './optimize/text.js';
import type { OptimizeInput } from './optimize/types.js';

/** Returns by a rule of 60 periods, one column a symbol; the last symbol takes no part. */
function input(used: readonly string[], method: OptimizerName = 'min-variance'): OptimizeInput {
  const cols = used.length;
  const data = Float64Array.from(
    { length: 60 * cols },
    (_, i) => (((7919 * Math.floor(i / cols) + 104_729 * (i % cols)) % 101) - 48) / 2500,
  );
  const returns = { data, rows: 60, cols };
  return {
    name: 'Some weights',
    method,
    settings: {},
    from: 19_723,
    to: 19_783,
    symbols: [...used, 'NONE'],
    used,
    returns,
    portfolio: runOptimizer(method, returns, used, {}),
    covariance: estimateCovariance(returns),
    frontier: efficientFrontier(returns, used, { points: 5 }).points,
    periodsPerYear: 252,
    riskFree: 0,
    provenance: { command: 'nb-backtest optimize a.csv', files: [], version: '1.2.3', notes: [] },
  };
}

const model = (used: readonly string[], method?: OptimizerName): OptimizeModel =>
  optimizeModel(input(used, method));
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

t.test('figures of two symbols are those worked out by hand', (t) => {
  // Four returns of each, without correlation: variances 4/3 · 0.01² and 4/3 · 0.02², weights 3/4 and 1/4.
  const [a, b] = [
    [0.01, -0.01, 0.01, -0.01],
    [0.02, 0.02, -0.02, -0.02],
  ];
  const returns = { data: Float64Array.from(a!.flatMap((r, i) => [r, b![i]!])), rows: 4, cols: 2 };
  const base = input(['A', 'B']);
  const vector = Float64Array.of(0.75, 0.25);
  const { own, equal, rows, ownPoint, correlation } = optimizeModel({
    ...base,
    settings: { alpha: 0.5 },
    returns,
    covariance: estimateCovariance(returns),
    portfolio: { ...base.portfolio, vector },
    periodsPerYear: 3,
    riskFree: -0.0025,
  });
  const near = (value: number, expected: number): void =>
    void t.ok(Math.abs(value - expected) < 1e-15, `${value}`);
  // σ² a year: 3 · 4/3 · (0.0075² + 0.005²).
  const volatility = 2 * Math.sqrt(0.0075 * 0.0075 + 0.005 * 0.005);
  near(own.volatility, volatility);
  near(ownPoint.volatility, volatility);
  near(own.mean, 0);
  near(own.sharpe, (0.0025 * 3) / volatility);
  // The two worst of four: −0.0125 and −0.0025.
  near(own.cvar, 0.0075);
  near(own.diversification, (2 * (0.0075 + 0.005)) / volatility);
  near(equal.cvar, 0.01);
  near(rows[0]!.riskShare, 9 / 13);
  near(correlation.data[1]!, 0);
  t.match(rows[2], { symbol: 'NONE', weight: 0, mean: NaN });
  t.end();
});

t.test('symbols that cancel each other have no Sharpe ratio, not one of rounding', (t) => {
  const returns = { data: Float64Array.of(0.01, -0.02, -0.01, 0.02, 0.03, -0.06), rows: 3, cols: 2 };
  const base = input(['A', 'B']);
  const portfolio = { ...base.portfolio, vector: Float64Array.of(2 / 3, 1 / 3) };
  const made = optimizeModel({ ...base, returns, covariance: estimateCovariance(returns), portfolio });
  t.match(made.own, { sharpe: NaN, diversification: NaN });
  t.ok(made.own.volatility < 1e-15);
  t.match(optimizeText(made, { color: false }), /Sharpe, year +– +-?\d/);
  t.end();
});

t.test('whatever a symbol is called, each writer keeps it as data', (t) => {
  const symbols = [...new Set(['__proto__', '=1+1', 'a,b', 'q"q', '\u001b[31mred', ...NAMES])];
  const made = model(symbols);
  const read = JSON.parse(optimizeJson(made)) as { weights: { symbol: string }[] };
  t.strictSame(
    read.weights.map(({ symbol }) => symbol),
    [...symbols, 'NONE'],
  );
  const csv = optimizeCsv(made).split('\n');
  t.strictSame(
    csv.slice(1, 5).map((line) => line.slice('2024-03-01,'.length, line.lastIndexOf(','))),
    ['__proto__', "'=1+1", '"a,b"', '"q""q"'],
  );
  // eslint-disable-next-line no-control-regex -- what a terminal obeys
  t.notMatch(optimizeText(made, { color: false }), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  const page = optimizeHtml(model(['<script>x</script>', ...symbols]));
  t.notMatch(page, '<script>x');
  t.notMatch(page, /\u202e/);
  t.equal(page.match(/<script/g)!.length, 2, 'the data and the script of the page');
  t.equal(page, optimizeHtml(model(['<script>x</script>', ...symbols])), 'the same bytes');
  t.end();
});

t.test('the CSV reads back as the weights, to the last digit', (t) => {
  const made = model(['A', 'B', 'C', 'D'], 'risk-parity');
  const { entries } = readWeights(optimizeCsv(made));
  t.equal(entries.length, 1);
  t.equal(entries[0]!.date, 19_783);
  t.strictSame([...entries[0]!.targets.values()], [...made.input.portfolio.vector, 0]);
  t.end();
});

t.test('text fits a terminal, and says every limit whatever its width', (t) => {
  const base = input(['A', 'B', 'C']);
  const { frontier: _without, ...rest } = base;
  const limited = optimizeModel({
    ...rest,
    settings: { bounds: [0, 0.9], groups: [{ symbols: ['A'], max: 0.5 }], l2: 0.5, covariance: 'oas' },
  });
  const text = optimizeText(limited, { color: false, width: 64 });
  t.ok(widest(text) <= 64, text);
  for (const said of ['covariance oas', 'weights 0 to 0.9', '1 group limited', 'l2 0.5']) t.match(text, said);
  t.notMatch(text, 'Efficient frontier');
  t.match(optimizeText(model(['A', 'B', 'C']), { color: false }), /Efficient frontier +Volatility/);
  t.match(text, '1 symbol has weight 0: NONE');
  t.end();
});

t.test('a search that ended early, warnings and a single symbol are told on the page', (t) => {
  const base = input(['A']);
  const portfolio = {
    ...base.portfolio,
    status: 'max-iterations' as const,
    dualityGap: 0.25,
    warnings: ['said <b>once</b>'],
  };
  const page = optimizeHtml(optimizeModel({ ...base, portfolio }));
  t.match(page, 'The search ended early');
  t.match(page, 'max-iterations · duality gap 2.5e-1');
  t.notMatch(page, 'id="correlation"', 'one symbol goes with none');
  t.match(page, 'Said &lt;b&gt;once', 'as a sentence');
  const none = optimizeHtml(optimizeModel({ ...base, frontier: [] }));
  t.match(none, 'The efficient frontier could not be worked out');
  const many = optimizeHtml(
    model(
      Array.from({ length: 90 }, (_, j) => `S${j}`),
      'hrp',
    ),
  );
  t.match(many, /30 more symbols hold \d/);
  t.match(many, 'The 24 heaviest of 90 symbols.');
  t.end();
});

t.test(
  'the JSON has one unit: the frontier begins with the figures of the least variance, all of a year',
  (t) => {
    const base = input(['A', 'B', 'C']);
    const { frontier, inSample, kktReason, dualityGap, dualityGapReason, riskFreePerPeriod } = JSON.parse(
      optimizeJson(optimizeModel({ ...base, riskFree: 0.001 })),
    );
    const off = (['mean', 'volatility', 'sharpe'] as const).filter(
      (name) => !(Math.abs(frontier[0][name] - inSample.portfolio[name]) < 1e-9),
    );
    t.same(off, []);
    t.strictSame([kktReason, dualityGap, dualityGapReason], [undefined, null, 'the proof is kkt']);
    t.equal(riskFreePerPeriod, 0.001);
    t.end();
  },
);

t.test('the names of the portfolio and of equal weight do not lie on each other', (t) => {
  const tops = (method: OptimizerName, lift: number): number[] => {
    const made = model(['A', 'B', 'C'], method);
    const { volatility, mean } = made.ownPoint;
    // Equal weight a little to the right of the portfolio, a little above or below.
    const page = optimizeHtml({ ...made, equalPoint: { volatility: volatility * 1.02, mean: mean + lift } });
    return [...page.matchAll(/<text class="point main[^"]*"[^>]* y="([\d.]+)"/g)].map(([, y]) => Number(y));
  };
  for (const lift of [-0.02, -0.001, 0, 0.001, 0.02]) {
    const [own, equal] = tops('risk-parity', lift);
    t.ok(Math.abs(own! - equal!) >= 14, `${own} and ${equal} at ${lift}`);
  }
  t.end();
});
