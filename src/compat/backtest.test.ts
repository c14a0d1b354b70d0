import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import * as bridge from '../bridge/index.js';
import * as core from '../index.js';
import * as compat from '../compat.js';
import { ROOT } from '../testing/repository.js';
import { CostModel, Engine, py_backtest_weights, run_backtest, type SnakeStrategy } from '../compat.js';

const PRICES = [
  { A: 10_000, B: 5_000 },
  { A: 11_000, B: 5_000 },
  { A: 11_000, B: 5_500 },
];
const halves: SnakeStrategy = () => [
  ['A', 0.5],
  ['B', 0.5],
];

t.test('stop_cfg has nanobook’s keys, and its events nanobook’s fields', async (t) => {
  const weights = [[['A', 1]], [['A', 1]], [['A', 1]]] as [string, number][][];
  const prices = [[['A', 10_000]], [['A', 8_000]], [['A', 8_500]]] as [string, number][][];
  const run = (stop_cfg: object | null): ReturnType<typeof py_backtest_weights> =>
    py_backtest_weights(weights, prices, 1_000_000, 0, 252, 0, stop_cfg);
  // nanobook 0.19.2 says the same of this: period_index 1, trigger 9000, exit 8000, fixed.
  t.strictSame(run({ fixed_stop_pct: 0.1 }).stop_events, [
    {
      period_index: 1,
      symbol: 'A',
      trigger_price: 9_000,
      exit_price: 8_000,
      reason: 'fixed',
      side: 'long',
      quantity: 100,
    },
  ]);
  t.strictSame(
    run({ fixed_stop_pct: 0.1 }).equity_curve,
    [1_000_000, 1_000_000, 800_000, 799_999],
    'sold at 80.00; the bar of the stop does not buy again, the last one does: 94.117647 shares at 85.00 are a hair below 8,000.00',
  );
  const none = run(null);
  t.strictSame([run({}), run({ fixed_stop_pct: null, atr_period: 5 })], [none, none], 'None means no stop');
  t.equal(run({ trailing_stop_pct: 0.3, atr_multiple: 9, atr_period: 1 }).stop_events.length, 0);
  for (const [cfg, field] of [
    [{ fixed_stop: 0.1 }, 'stop_cfg.fixed_stop'],
    [{ foo: 1 }, 'stop_cfg.foo'],
    [{ fixed_stop_pct: 10 }, 'stops.fixedStopPct'],
  ] as const) {
    t.throws(() => run(cfg), { code: 'VALIDATION', detail: { field } });
  }
});

t.test('run_backtest asks the strategy at every bar and trades at the close it sees', async (t) => {
  const seen: unknown[] = [];
  const result = run_backtest(
    (bar_index, prices, portfolio) => {
      seen.push([bar_index, { ...prices }]);
      prices.A = 1; // its own copy
      return halves(bar_index, prices, portfolio);
    },
    PRICES,
    1_000_000,
    CostModel(0, 0, 0),
  );
  t.strictSame(
    seen,
    PRICES.map((prices, bar) => [bar, prices]),
  );
  // 50 shares of A and 100 of B; then 525,000 in each, then 551,250: less than a cent a trade is left over.
  for (const [bar, cents] of [1_000_000, 1_000_000, 1_050_000, 1_102_500].entries()) {
    t.ok(
      Math.abs(result.equity_curve[bar]! - cents) <= 2,
      `${result.equity_curve[bar]} after bar ${bar - 1}`,
    );
  }
  t.ok(Math.abs(result.metrics.total_return - 0.1025) < 1e-5);
  const pairs = PRICES.map((bar) => Object.entries(bar));
  const weights = PRICES.map(() => halves(0, {}, null as never) as [string, number][]);
  const given = py_backtest_weights(weights, pairs, 1_000_000, 0, 12);
  t.strictSame(result, given, 'the same as these weights given, to the bit; twelve periods a year');
});

t.test('an exception of the strategy keeps its bar and its cause; wrong input is named', async (t) => {
  const cause = new RangeError('no data');
  const fails: SnakeStrategy = (bar) => {
    if (bar === 1) throw cause;
    return null;
  };
  t.throws(() => run_backtest(fails, PRICES, 1_000_000), { code: 'STRATEGY', barIndex: 1, cause });
  t.throws(() => run_backtest(() => [['C', 1]], PRICES, 1_000_000), { code: 'INVALID_WEIGHTS' });
  t.throws(() => run_backtest(halves, [], 1_000_000), { code: 'INSUFFICIENT_DATA' });
  t.throws(() => run_backtest('halves' as never, PRICES, 1_000_000), {
    code: 'VALIDATION',
    detail: { field: 'strategy' },
  });
});

t.test('the engine takes use_nanobook and simulate_stops by position', async (t) => {
  const engine = new Engine();
  const input = { prices: [[100], [80]], weights: [[1], [1]] };
  const options = { initialCash: 10_000, stops: { fixedStopPct: 0.1 } };
  t.strictSame(
    [
      engine.backtest(input, options),
      engine.backtest(input, options, false),
      engine.backtest(input, options, true, false),
    ].map(({ pathUsed, stopEvents }) => [pathUsed, stopEvents.length]),
    [
      ['kernels', 1],
      ['reference', 1],
      ['kernels', 0],
    ],
  );
  const dates = Int32Array.of(1, 2);
  const prices = {
    dates,
    symbols: ['A'],
    priceScale: 100,
    close: { data: Float64Array.of(100, 80), rows: 2, cols: 1 },
  };
  const targets = { weights: { '1970-01-02': { A: 1 } } };
  const result = engine.run({ prices, targets, options: { initialCash: 10_000 } });
  t.equal(result.equityCurve.at(-1), 8_000);
});

t.test('every call that docs/migration.md sends readers to exists', async (t) => {
  const known = new Set([core, compat, bridge].flatMap((entry) => Object.keys(entry)));
  const lines = readFileSync(join(ROOT, 'docs', 'migration.md'), 'utf8').split('\n');
  const rows = lines.filter((line) => /^\| [^-]/.test(line));
  // Their calls stand in the first column, ours in the second, and for nanobook in the third.
  const ours = rows.map((row) => row.split(' | ').slice(1, 3).join(' '));
  const calls = ours.flatMap((text) =>
    [...text.matchAll(/`(?:new )?([A-Za-z_]\w*)\(/g)].map(([, name]) => name!),
  );
  const ofObjects = ['forecast', 'diagnostics'];
  t.ok(calls.length > 80, `${calls.length} calls`);
  t.strictSame(
    calls.filter((name) => !known.has(name) && !ofObjects.includes(name)),
    [],
  );
});
