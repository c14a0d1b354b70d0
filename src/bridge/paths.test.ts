/** The slow twins against the kernels, and the calls of a bridge in the mode of the test run. */
import t from 'tap';
import { backtestWeights } from '../backtest/run.js';
import type { BacktestResult } from '../backtest/types.js';
import { portfolioCdar, portfolioCvar } from '../optimize/portfolio-tail.js';
import * as engine from '../testing/engine-under-test.js';
import { randomStream } from '../testing/random.js';
import { stopTrial } from '../testing/stop-trials.js';
import { simulateGarch } from '../volatility/garch-simulate.js';
import { fitGarch } from '../volatility/garch-fit.js';
import { createBridge } from './create-bridge.js';
import type { SizingMethod } from './types.js';

const off = createBridge({ mode: 'off' });
const full = createBridge();

/** What a run gives, as text: everything but the path. */
function told(run: () => BacktestResult): string {
  try {
    const { pathUsed: _, inputDigest, configDigest, resultDigest, ...rest } = run();
    return JSON.stringify({ ...rest, inputDigest, configDigest, resultDigest }, (_key, value: unknown) =>
      ArrayBuffer.isView(value) ? Array.from(value as Float64Array, String) : value,
    );
  } catch (error) {
    return String(error);
  }
}

t.test('a backtest by the twin is that of the kernels to the byte, also its errors', async (t) => {
  const different: string[] = [];
  let events = 0;
  for (let number = 0; number < 60; number++) {
    const { input, options } = stopTrial(91, number);
    const { stops, ...plain } = options;
    const missingPrice = number % 2 === 0 ? ('error' as const) : ('mark-last' as const);
    const asked = { ...plain, missingPrice, ...(number % 3 === 0 ? {} : { stops }) };
    const ours = told(() => backtestWeights(input, asked));
    if (ours !== told(() => off.backtest(input, asked))) different.push(`trial ${number}`);
    if (/"stopEvents":\[\{/.test(ours)) events += 1;
  }
  t.strictSame(different, []);
  t.ok(events > 15, `${events} of the runs have stops that fired`);
});

t.test('a forecast by the twin is that of the kernels within 1e-6 of itself', async (t) => {
  const params = { omega: 1e-6, alpha: [0.08], gamma: [], beta: [0.9] };
  const worst: string[] = [];
  const { returns } = simulateGarch({ params, dist: 'normal' }, 250, { seed: 1 });
  for (const [p, q, mean] of [
    [1, 1, 'zero'],
    [1, 1, 'constant'],
    [1, 0, 'ar1'],
  ] as const) {
    const kernels = full.garchForecast(returns, p, q, mean);
    const apart = Math.abs(off.garchForecast(returns, p, q, mean) / kernels - 1);
    // Measured on 72 fits: below 1e-6; the search stops where the likelihood is flat to 1e-10.
    if (!(apart < 5e-6)) worst.push(`${p} ${q} ${mean}: ${apart}`);
  }
  t.strictSame(worst, []);
  for (const returns of [[0.01], [0, 0, 0], new Array<number>(50).fill(0.02), [0.01, -0.03, 0.02]]) {
    const [one, other] = [full, off].map((bridge) => bridge.garchForecast(returns));
    t.ok(Math.abs(one! - other!) <= 1e-16, `${returns.length} returns: the same stand-in`);
    for (const bridge of [full, off]) {
      t.throws(() => bridge.garchForecast(returns, 1, 1, 'zero', { onFailure: 'throw' }), {
        code: 'CONVERGENCE',
      });
    }
  }
  t.throws(() => off.garchForecast([]), { code: 'INSUFFICIENT_DATA' });
  t.throws(() => off.garchForecast([0.1], 0), { code: 'VALIDATION', detail: { field: 'p' } });
});

/** T × N returns with a common part. */
function sample(seed: number, rows: number, cols: number): number[][] {
  const random = randomStream(seed, 0);
  const unit = (): number => random.below(2001) / 1000 - 1;
  return Array.from({ length: rows }, () => {
    const common = unit() * 0.01;
    return Array.from(
      { length: cols },
      (_, j) => common * (0.5 + j / cols) + (unit() + 0.05) * 0.008 * (1 + (j % 3)),
    );
  });
}

t.test('portfolios by the twins are the optima of the kernels', async (t) => {
  const methods: SizingMethod[] = ['min-variance', 'max-sharpe', 'risk-parity', 'hrp', 'cvar', 'cdar'];
  const wrong: string[] = [];
  for (const [rows, cols] of [
    [60, 4],
    [120, 8],
    [40, 20],
  ] as const) {
    const returns = sample(rows, rows, cols);
    const symbols = Array.from({ length: cols }, (_, j) => `S${j}`);
    for (const method of methods) {
      const [one, other] = [full, off].map((bridge) =>
        Object.values(bridge.sizeWeights(method, returns, symbols)),
      );
      const apart = Math.max(...one!.map((weight, j) => Math.abs(weight - other![j]!)));
      const tail = method === 'cvar' ? portfolioCvar : method === 'cdar' ? portfolioCdar : null;
      // Measured: 1e-13. Where the tail is flat other weights would do as well, so its value is compared.
      const gap = tail === null ? apart : Math.abs(tail(one!, returns) - tail(other!, returns));
      if (!(gap < 1e-10)) wrong.push(`${method} of ${rows} × ${cols}: ${gap}`);
    }
  }
  t.strictSame(wrong, []);
});

t.test(
  `the engine of this test run (NB_KERNELS=${process.env.NB_KERNELS ?? 'on'}) keeps its promises`,
  async (t) => {
    const { returns } = simulateGarch(
      { params: { omega: 1e-6, alpha: [0.1], gamma: [], beta: [0.85] }, dist: 'normal' },
      250,
      { seed: 3 },
    );
    const { forecastVolatility } = fitGarch(returns);
    t.ok(Math.abs(engine.garchForecast(returns) / forecastVolatility - 1) < 5e-6);
    const rows = sample(5, 80, 5);
    const symbols = ['A', 'B', 'C', 'D', 'E'];
    for (const method of ['min-variance', 'max-sharpe', 'risk-parity', 'cvar', 'cdar', 'hrp'] as const) {
      const weights = Object.values(engine.sizeWeights(method, rows, symbols));
      t.ok(
        weights.every((weight) => weight >= 0),
        `${method}: long only`,
      );
      t.ok(
        Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12,
        `${method}: fully invested`,
      );
    }
    const { input, options } = stopTrial(91, 1);
    const result = engine.backtestWeights(input, options);
    t.equal(result.holdings!.rows, result.returns.length, 'holdings come with the result');
    const paths = engine.engine.diagnostics().map(({ path }) => path);
    const mode = process.env.NB_KERNELS ?? 'on';
    t.strictSame([paths.includes('kernels'), paths.includes('reference')], [mode !== 'off', mode !== 'on']);
  },
);

t.test('the log keeps the last 1,000 calls, and a listener that throws is heard once', async (t) => {
  const bridge = createBridge();
  for (let k = 0; k < 1_003; k++) bridge.sizeWeights('hrp', [[0.1]], ['A']);
  const calls = bridge.diagnostics();
  t.strictSame([calls.length, calls[0]!.number, calls.at(-1)!.number], [1_000, 4, 1_003]);
  const heard: string[] = [];
  const loud = createBridge({
    onCall: ({ call }) => {
      heard.push(call);
      throw new RangeError('not now');
    },
  });
  t.throws(() => loud.garchForecast([0.1, 0.2]), { message: 'not now' });
  t.strictSame(heard, ['garchForecast']);
});
