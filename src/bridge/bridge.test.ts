import t from 'tap';
import * as core from '../index.js';
import { capabilities, type Feature } from '../capabilities.js';
import { version } from '../version.js';
import { createBridge } from './create-bridge.js';
import { Engine } from './engine.js';
import { engineVersion, FEATURE_SYMBOLS } from './features.js';
import type { BridgeCall, BridgeOptions, SizingMethod } from './types.js';

const INPUT = {
  prices: [
    [100, 200],
    [90, 210],
    [95, 220],
  ],
  weights: [
    [0.5, 0.5],
    [0.5, 0.5],
    [0.5, 0.5],
  ],
};
const OPTIONS = { initialCash: 1_000_000 };
const SYMBOLS = ['A', 'B', 'C'];
const RETURNS = Array.from({ length: 40 }, (_, i) =>
  [1, 2, 3].map((size) => (((i * 37 + size * 11) % 17) - 8) * 0.001 * size + 0.001),
);

/** The last call of a bridge. */
function lastOf(bridge: { diagnostics(): readonly BridgeCall[] }): BridgeCall {
  return bridge.diagnostics().at(-1)!;
}

t.test('every feature has a row in the table, and every symbol of a row is exported', async (t) => {
  t.strictSame(Object.keys(FEATURE_SYMBOLS), [...capabilities()], 'in the same order');
  const names = new Set(Object.keys(core));
  const missing = Object.entries(FEATURE_SYMBOLS).flatMap(([feature, symbols]) =>
    symbols.length === 0
      ? [`${feature} names nothing`]
      : symbols.filter((name) => !names.has(name)).map((name) => `${feature}: ${name}`),
  );
  t.strictSame(missing, []);
  t.equal(engineVersion(), version);
});

t.test('a bridge has the features of its mode, and says what is wrong with one it has not', async (t) => {
  const full = createBridge();
  const off = createBridge({ mode: 'off' });
  const some = createBridge({ mode: ['garch_forecast'] });
  t.strictSame(
    [full, off, some].map((bridge) =>
      ['garch_forecast', 'indicators', 'nonsense'].map((f) => bridge.hasFeature(f)),
    ),
    [
      [true, true, false],
      [false, false, false],
      [true, false, false],
    ],
  );
  t.doesNotThrow(() => some.requireFeature('garch_forecast'));
  t.throws(() => some.requireFeature('indicators'), {
    code: 'UNSUPPORTED_FEATURE',
    detail: { value: 'indicators', constraint: new RegExp(version), fix: /add indicators to the mode/ },
  });
  t.throws(() => full.requireFeature('indicator' as Feature), {
    code: 'UNSUPPORTED_FEATURE',
    detail: { fix: /indicators/ },
  });
  const bad: [options: unknown, code: string, field: string][] = [
    [{ mode: ['garch_forecst'] }, 'UNSUPPORTED_FEATURE', 'mode'],
    [{ mode: 'on' }, 'VALIDATION', 'mode'],
    [{ requires: '>=99' }, 'UNSUPPORTED_FEATURE', 'requires'],
    [{ requires: 'new' }, 'VALIDATION', 'range'],
    [{ fallbacks: { garch: () => 0 } }, 'VALIDATION', 'fallbacks.garch'],
    [{ fallbacks: { garch_forecast: 1 } }, 'VALIDATION', 'fallbacks.garch_forecast'],
    [{ onCall: 1 }, 'VALIDATION', 'onCall'],
    [{ reference: 1 }, 'VALIDATION', 'reference'],
    [{ modes: 'off' }, 'VALIDATION', 'options.modes'],
  ];
  for (const [options, code, field] of bad) {
    t.throws(() => createBridge(options as BridgeOptions), { code, detail: { field } });
  }
  t.doesNotThrow(() => createBridge({ requires: `^${version}` }));
});

t.test('each call says which path it took, which feature decided, and why', async (t) => {
  const seen: BridgeCall[] = [];
  const bridge = createBridge({
    mode: ['backtest_weights', 'backtest_holdings', 'optimize_hrp'],
    fallbacks: { garch_forecast: (returns) => returns.length },
    onCall: (call) => seen.push(call),
  });
  const result = bridge.backtest(INPUT, OPTIONS);
  const stopped = bridge.backtest(INPUT, { ...OPTIONS, stops: { fixedStopPct: 0.05 } });
  t.equal(bridge.holdings(stopped), stopped.holdings, 'straight from the result');
  t.equal(bridge.garchForecast([0.01, 0.02]), 2, 'the host answers');
  bridge.sizeWeights('hrp', RETURNS, SYMBOLS);
  bridge.sizeWeights('cvar', RETURNS, SYMBOLS);
  t.strictSame(
    bridge
      .diagnostics()
      .map(({ number, call, feature, path, method }) => [number, call, feature, path, method]),
    [
      [1, 'backtest', 'backtest_holdings', 'kernels', null],
      [2, 'backtest', 'backtest_stops', 'reference', null],
      [3, 'holdings', 'backtest_holdings', 'reference', null],
      [4, 'garchForecast', 'garch_forecast', 'fallback', null],
      [5, 'sizeWeights', 'optimize_hrp', 'kernels', 'hrp'],
      [6, 'sizeWeights', 'optimize_cvar', 'reference', 'cvar'],
    ],
  );
  t.strictSame(seen, bridge.diagnostics());
  t.match(seen[1]!.reason, /backtest_stops: not in the mode/);
  t.match(seen[3]!.reason, /the host has a fallback/);
  t.strictSame([result.pathUsed, stopped.pathUsed], ['kernels', 'reference']);
  t.strictSame(
    stopped.stopEvents.map(({ bar, symbol, reason }) => [bar, symbol, reason]),
    [[1, '0', 'fixed']],
    'the first symbol fell by a tenth',
  );
  t.throws(() => bridge.holdings(bridge.backtest(INPUT, { ...OPTIONS, panels: 'none' })), {
    code: 'VALIDATION',
    detail: { field: 'result.holdings' },
  });
  t.match(lastOf(bridge).error, /panels/);
});

t.test('the fallback of the missing feature is called with what the host gave', async (t) => {
  const full = createBridge();
  const calls: unknown[] = [];
  const bridge = createBridge({
    mode: 'off',
    fallbacks: {
      backtest_stops: (...given) => {
        calls.push(given);
        return full.backtest(...given);
      },
    },
  });
  const options = { ...OPTIONS, stops: { fixedStopPct: 0.05 } };
  t.equal(bridge.backtest(INPUT, options).stopEvents.length, 1);
  t.strictSame(calls, [[INPUT, options]]);
  t.equal(lastOf(bridge).path, 'fallback');
  t.equal(bridge.backtest(INPUT, OPTIONS).pathUsed, 'reference', 'without stops it is not asked');
});

t.test('without fallback and without twin a withdrawn feature is an error that names it', async (t) => {
  const bridge = createBridge({ mode: 'off', reference: false });
  for (const [feature, call] of [
    ['backtest_weights', () => bridge.backtest(INPUT, OPTIONS)],
    ['garch_forecast', () => bridge.garchForecast([1, 2])],
    ['optimize_cdar', () => bridge.sizeWeights('cdar', RETURNS, SYMBOLS)],
  ] as const) {
    t.throws(call, {
      code: 'UNSUPPORTED_FEATURE',
      detail: { value: feature, fix: new RegExp(`fallbacks.${feature}`) },
    });
    t.match(lastOf(bridge).error, new RegExp(`mode of the bridge \\(nb-backtest ${version}`));
  }
});

t.test('what the twins do not know is refused with its name, never left out', async (t) => {
  const bridge = createBridge({ mode: 'off' });
  for (const [field, call] of [
    ['limits.maxOrderValue', () => bridge.backtest(INPUT, { ...OPTIONS, limits: { maxOrderValue: 5 } })],
    ['costTarget', () => bridge.backtest(INPUT, { ...OPTIONS, costTarget: 'net' })],
    ['dist', () => bridge.garchForecast([1, 2], 1, 1, 'zero', { dist: 't' })],
    ['options.bounds', () => bridge.sizeWeights('cvar', RETURNS, SYMBOLS, { bounds: [0, 0.5] })],
    ['options.covariance', () => bridge.sizeWeights('hrp', RETURNS, SYMBOLS, { covariance: 'oas' })],
  ] as const) {
    t.throws(call, { code: 'UNSUPPORTED_FEATURE', detail: { field } });
  }
});

t.test('equal weights stand where there is no portfolio of its own, and the reason is kept', async (t) => {
  const third = { A: 1 / 3, B: 1 / 3, C: 1 / 3 };
  const still = RETURNS.map(([a, b]) => [a!, b!, 0]);
  const holed = [
    [1, 2, Number.NaN],
    [1, 2, 3],
  ];
  const falling = RETURNS.map((row) => row.map((r) => r - 0.1));
  const cases: [method: SizingMethod, returns: number[][]][] = [
    ['min-variance', [[0.1, 0.2, 0.3]]],
    ['min-variance', RETURNS.map(() => [0, 0, 0])],
    ['risk-parity', still],
    ['hrp', still],
    ['max-sharpe', falling],
  ];
  for (const mode of ['full', 'off'] as const) {
    const bridge = createBridge({ mode });
    for (const [method, returns] of cases) {
      t.strictSame(bridge.sizeWeights(method, returns, SYMBOLS), third, `${method}, ${mode}`);
      t.type(lastOf(bridge).equalWeight, 'string');
    }
    bridge.sizeWeights('cvar', RETURNS, SYMBOLS);
    t.equal(lastOf(bridge).equalWeight, null);
    const mistakes: [call: () => unknown, code: string, field: string][] = [
      [() => bridge.sizeWeights('best' as SizingMethod, RETURNS, SYMBOLS), 'VALIDATION', 'method'],
      [() => bridge.sizeWeights('cvar', holed, SYMBOLS), 'NON_FINITE', 'returns[0] of C'],
      [() => bridge.sizeWeights('cvar', RETURNS, ['A', 'A', 'B']), 'VALIDATION', 'symbols[1]'],
      [() => bridge.sizeWeights('cvar', RETURNS, SYMBOLS, { alpha: 2 }), 'VALIDATION', 'alpha'],
      [() => bridge.sizeWeights('hrp', RETURNS, SYMBOLS, { alpha: 0.9 }), 'VALIDATION', 'options.alpha'],
    ];
    for (const [call, code, field] of mistakes) {
      t.throws(call, { code, detail: { field } }, `${field}, ${mode}`);
    }
  }
  const limited = createBridge().sizeWeights('max-sharpe', falling, SYMBOLS, { bounds: [0, 0.34] });
  t.ok(
    Object.values(limited).every((weight) => weight <= 0.34),
    'limits hold also where it is degenerate',
  );

  for (const [answer, sized] of [
    [
      { A: 0.25, B: 0.75, C: 0 },
      { A: 0.25, B: 0.75, C: 0 },
    ],
    [{ A: 0.5, B: 0.75, C: -0.25 }, third],
    [{ A: 1 }, third],
    [{ A: 0.5, B: 0.5, C: 0.5 }, third],
    [null as never, third],
  ] as const) {
    const bridge = createBridge({ mode: 'off', fallbacks: { optimize_hrp: () => answer } });
    t.strictSame(bridge.sizeWeights('hrp', RETURNS, SYMBOLS), sized);
  }
});

t.test('an engine leaves out kernels and stops when told to', async (t) => {
  const engine = new Engine();
  const options = { ...OPTIONS, stops: { fixedStopPct: 0.05 } };
  const runs = [
    engine.backtest(INPUT, options),
    engine.backtest(INPUT, options, { useKernels: false }),
    engine.backtest(INPUT, options, { simulateStops: false }),
  ];
  t.strictSame(
    runs.map(({ pathUsed, stopEvents }) => [pathUsed, stopEvents.length]),
    [
      ['kernels', 1],
      ['reference', 1],
      ['kernels', 0],
    ],
  );
  t.equal(runs[1]!.resultDigest, runs[0]!.resultDigest);
  t.throws(() => engine.backtest(INPUT, options, { useKernel: true } as object), {
    code: 'VALIDATION',
    detail: { field: 'engine.useKernel' },
  });
});

t.test('a plan runs as the functions it stands for', async (t) => {
  const days = Int32Array.from({ length: 70 }, (_, i) => 18_000 + i);
  const close = Float64Array.from({ length: 140 }, (_, k) => 1000 + ((k * 37) % 91));
  const prices = {
    dates: days,
    symbols: ['A', 'B'],
    priceScale: 100,
    close: { data: close, rows: 70, cols: 2 },
  };
  const engine = new Engine();
  const byRule = engine.run({
    prices,
    targets: { rule: 'equal', rebalance: { every: 7 } },
    options: OPTIONS,
  });
  const bars = core.rebalanceBars(days, { every: 7 });
  const weights = core.equalWeights(prices, bars);
  const input = { prices: prices.close, weights, symbols: ['A', 'B'], dates: days };
  t.equal(
    byRule.resultDigest,
    core.backtestWeights(input, { ...OPTIONS, lag: 1 }).resultDigest,
    'a rule trades a bar later',
  );
  const byMatrix = engine.run({ prices, targets: { weights }, options: OPTIONS });
  t.equal(
    byMatrix.resultDigest,
    core.backtestWeights(input, OPTIONS).resultDigest,
    'weights trade at their bar',
  );
  const dated = engine.run({
    prices,
    targets: { weights: { [core.formatDate(18_003)]: { B: 1 } } },
    options: OPTIONS,
  });
  t.strictSame([...dated.holdings!.data.subarray(4, 8)].map(Math.round), [0, 0, 0, 1]);
  for (const [plan, field] of [
    [{ prices, targets: { rule: 'equl' }, options: OPTIONS }, 'plan.targets.rule'],
    [{ prices, targets: {}, options: OPTIONS }, 'plan.targets'],
    [{ prices, targets: { rule: 'equal' }, options: OPTIONS, extra: 1 }, 'plan.extra'],
    [{ prices, targets: { rule: 'equal' } }, 'plan.options'],
    [{ prices, targets: { rule: 'equal' }, options: { priceScale: 100 } }, 'plan.options.priceScale'],
    [{ targets: { rule: 'equal' }, options: OPTIONS }, 'panel'],
  ] as const) {
    t.throws(() => engine.run(plan as never), { code: 'VALIDATION', detail: { field } });
  }
});
