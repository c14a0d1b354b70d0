import fc from 'fast-check';
import t from 'tap';
import { COVARIANCE_NAMES as ESTIMATORS } from '../optimize/estimate-covariance.js';
import { backtestWeights, InsufficientDataError, rebalanceBars } from '../index.js';
import { errorOf } from '../testing/error-of.js';
import { type ClosePrices, type OptimizedSchedule, optimizedWeights } from './index.js';
import { namedTargets } from './named-targets.js';
import type { OptimizedWeightsOptions } from './optimized-weights.js';
import {
  COVARIANCE_NAMES,
  OPTIMIZER_NAMES,
  OPTIMIZER_OPTIONS,
  type OptimizerName,
} from './optimizer-names.js';

const NAN = Number.NaN;

/** Closes of symbols from their returns; NaN from there on where one is NaN. */
function panelOf(returns: readonly (readonly number[])[], symbols = [...'ABCDEFGH']): ClosePrices {
  const cols = returns.length;
  const rows = returns[0]!.length + 1;
  const data = new Float64Array(rows * cols).fill(1000);
  returns.forEach((series, j) =>
    series.forEach((r, i) => (data[(i + 1) * cols + j] = data[i * cols + j]! * (1 + r))),
  );
  return {
    dates: Int32Array.from({ length: rows }, (_, i) => 18_000 + i),
    symbols: symbols.slice(0, cols),
    close: { data, rows, cols },
  };
}

function row({ weights: { data, cols } }: OptimizedSchedule, bar: number): number[] {
  return Array.from(data.subarray(bar * cols, (bar + 1) * cols));
}

/** Two symbols without correlation; the second swings twice as far. */
const SWINGS = [0.1, -0.1, 0.1, -0.1];
const WIDE = [0.2, 0.2, -0.2, -0.2];
const PAIR = panelOf([SWINGS, WIDE]);

t.test('two symbols without correlation: each method has the weights worked out by hand', (t) => {
  // σ² is 4 : 1, so 1/σ² gives 0.8 and 1/σ gives 2/3. Of four periods the two worst lose max(0.1 a, 0.2 b) at the mean,
  // least at a = 2/3; drawdowns are 0.1 a and (0.6 b − 0.1 a) / 2 on either side of a = 2/3.
  const byHand: Record<OptimizerName, number> = {
    'min-variance': 0.8,
    // Nothing earns more than 1 % a period: the minimum variance stands in.
    'max-sharpe': 0.8,
    'risk-parity': 2 / 3,
    cvar: 2 / 3,
    cdar: 2 / 3,
    hrp: 0.8,
    'max-diversification': 2 / 3,
    'inverse-cvar': 2 / 3,
    // Drawdowns of A 0.1 and 0.1, of B 0.2 and 0.4.
    'inverse-cdar': 0.75,
  };
  for (const method of OPTIMIZER_NAMES) {
    const takes = OPTIMIZER_OPTIONS[method];
    const schedule = optimizedWeights(PAIR, [4], {
      method,
      lookback: 4,
      ...(takes.includes('alpha') ? { alpha: 0.5 } : {}),
      ...(takes.includes('riskFree') ? { riskFree: 0.01 } : {}),
    });
    const [a, b] = row(schedule, 4);
    // Rounding of the returns, 1e-16 of a price over a return of 0.1, times what a solver makes of it.
    t.ok(Math.abs(a! - byHand[method]) < 1e-9, `${method} ${a}`);
    t.ok(Math.abs(a! + b! - 1) < 1e-12, method);
    t.same(
      schedule.fallbacks.map(({ reason }) => reason),
      method === 'max-sharpe' ? ['degenerate'] : [],
      method,
    );
    t.match(schedule, { method, lookback: 4, lag: 1, rebalances: 1 });
    t.match(
      schedule.sentences[0],
      'of 2 symbols, estimated from the last 4 simple returns up to the rebalance.',
    );
  }
  t.end();
});

t.test('a symbol with a gap or without movement in the window gets 0, and is told', (t) => {
  const late = panelOf([SWINGS, WIDE, [0.3, NAN, NAN, NAN], [0, 0, 0, 0]]);
  const schedule = optimizedWeights(late, [4], { method: 'min-variance', lookback: 4 });
  t.same(row(schedule, 4).slice(2), [0, 0]);
  t.ok(Math.abs(row(schedule, 4)[0]! - 0.8) < 1e-9, 'the line without risk does not take all');
  t.same(schedule.sentences.slice(1), [
    'Left out for a missing price in the window: C (1 rebalance).',
    'Left out for a price that did not move in the window: D (1 rebalance).',
  ]);
  const one = optimizedWeights(late, [4], { method: 'hrp', lookback: 4, symbols: ['A', 'C'] });
  t.same(row(one, 4), [1, 0, 0, 0], 'the only one left has all');
  t.match(
    errorOf(() => optimizedWeights(late, [4], { method: 'cvar', lookback: 4, symbols: ['C', 'D'] })),
    { name: 'InsufficientDataError' },
  );
  t.end();
});

t.test('returns that an optimizer refuses give equal weight, counted and told', (t) => {
  const rising = panelOf([[0.1, 0.2, 0.1, 0.3], WIDE]);
  const schedule = optimizedWeights(rising, [3, 4], { method: 'inverse-cdar', lookback: 3 });
  t.same(row(schedule, 4), [0.5, 0.5]);
  t.match(schedule.fallbacks, [
    { bar: 3, reason: 'failed' },
    { bar: 4, reason: 'failed' },
  ]);
  t.match(
    schedule.sentences.at(-1),
    /^Equal weight, as the optimizer has no answer, at 2 rebalances: 2019-04-17, 2019-04-18 \(.*CDaR of A/,
  );
  t.end();
});

t.test('turnover counts from the target before, carried on by the prices', (t) => {
  const swapped = panelOf([
    [...SWINGS, ...WIDE],
    [...WIDE, ...SWINGS],
  ]);
  const asked: OptimizedWeightsOptions = { method: 'min-variance', lookback: 4, turnover: 0.2 };
  const schedule = optimizedWeights(swapped, [4, 8], asked);
  t.ok(Math.abs(row(schedule, 4)[0]! - 0.8) < 1e-9, 'the first target is free');
  // 0.8 grew by 1.2² 0.8², 0.2 by 1.1² 0.9²; a tenth goes from A to B.
  const carried = (0.8 * 0.9216) / (0.8 * 0.9216 + 0.2 * 0.9801);
  t.ok(Math.abs(row(schedule, 8)[0]! - (carried - 0.1)) < 1e-9);
  t.same(schedule.fallbacks, []);
  const gone = panelOf([
    [...SWINGS, ...WIDE],
    [...WIDE, ...SWINGS],
    [...SWINGS.map((r) => r / 2), NAN, 0, 0, 0],
  ]);
  const free = optimizedWeights(gone, [4, 8], asked);
  t.ok(Math.abs(row(free, 8)[0]! - 0.2) < 1e-9, 'C must be sold whatever the limit');
  t.match(free.fallbacks, [{ bar: 8, reason: 'turnover' }]);
  t.match(free.sentences.at(-1), 'The turnover limit was let go');
  t.end();
});

t.test('limits hold for those that take part; where they clash there is no target', (t) => {
  const three = panelOf([SWINGS, WIDE, [...SWINGS.slice(0, 3), NAN]]);
  const limit = (bounds: readonly [number, number], bars: number[]): OptimizedSchedule =>
    optimizedWeights(three, bars, { method: 'min-variance', lookback: 3, bounds });
  const schedule = limit([0, 0.4], [3, 4]);
  t.ok(Math.max(...row(schedule, 3)) <= 0.4 + 1e-15);
  t.match(schedule.skipped, [{ bar: 4 }], 'two of 40 % each do not make 100 %');
  t.match(
    schedule.sentences.join('\n'),
    /^At 1 rebalance the limits cannot be kept by the symbols with a full/m,
  );
  t.match(
    errorOf(() => limit([0, 0.4], [4])),
    { code: 'INFEASIBLE' },
  );
  t.match(
    errorOf(() => limit([0, 0.3], [3])),
    { code: 'INFEASIBLE' },
    'nor three of 30 %',
  );
  const grouped = optimizedWeights(three, [4], {
    method: 'cvar',
    lookback: 3,
    bounds: { A: [0, 0.3], C: [0.5, 1] },
    groups: [{ symbols: ['C'], min: 0.2 }],
  });
  t.ok(Math.abs(row(grouped, 4)[0]! - 0.3) < 1e-12, 'limits of what is not there ask for nothing');
  t.end();
});

t.test('misuse is refused with the field and what to do', (t) => {
  const call = (options: object): Error =>
    errorOf(() => optimizedWeights(PAIR, [4], { method: 'cvar', lookback: 4, ...options }));
  const cases: [object, string, RegExp | string][] = [
    [{ method: 'cvra' }, 'ValidationError', 'options.method'],
    [{ lookback: 1 }, 'ValidationError', 'options.lookback'],
    [{ window: 5 }, 'ValidationError', 'options.window'],
    [{ covariance: 'oas' }, 'ValidationError', 'options.covariance'],
    [{ method: 'hrp', bounds: [0, 1] }, 'ValidationError', 'options.bounds'],
    [{ alpha: 1 }, 'ValidationError', /alpha/],
    [{ bounds: [0.5, 0.2] }, 'ValidationError', /bounds/],
    [{ bounds: { Z: [0, 1] } }, 'UnknownSymbolError', 'options.bounds'],
    [{ groups: [{ symbols: ['Z'] }] }, 'UnknownSymbolError', 'options.groups[0].symbols'],
    [{ groups: {} }, 'ValidationError', 'options.groups'],
    [{ groups: [null] }, 'ValidationError', 'options.groups[0]'],
    [{ turnover: -1 }, 'ValidationError', 'options.turnover'],
    [{ l2: -1 }, 'ValidationError', /l2/],
    [{ method: 'min-variance', covariance: 'best' }, 'ValidationError', /covariance/],
  ];
  for (const [options, name, field] of cases) {
    t.match(call(options), { name, detail: { field } }, JSON.stringify(options));
  }
  t.same(COVARIANCE_NAMES, ESTIMATORS, 'the estimators are those of the library');
  t.end();
});

/** Closes in few steps, so that ties and flat stretches are common, with gaps. */
const panels: fc.Arbitrary<ClosePrices> = fc
  .record({ rows: fc.integer({ min: 8, max: 16 }), cols: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, cols }) =>
    fc
      .array(fc.oneof({ weight: 29, arbitrary: fc.integer({ min: 10, max: 30 }) }, fc.constant(NaN)), {
        minLength: rows * cols,
        maxLength: rows * cols,
      })
      .map((closes) => ({
        dates: Int32Array.from({ length: rows }, (_, i) => 18_000 + i),
        symbols: [...'CADBE'].slice(0, cols),
        close: { data: Float64Array.from(closes), rows, cols },
      })),
  );

/** Targets at every second bar; all NaN where there is none at all. */
function weightsOf(panel: ClosePrices, method: OptimizerName): Float64Array {
  const bars = [...panel.dates.keys()].filter((bar) => bar % 2 === 1);
  const turnover = OPTIMIZER_OPTIONS[method].includes('turnover') ? { turnover: 0.6 } : {};
  try {
    return optimizedWeights(panel, bars, { method, lookback: 4, ...turnover }).weights.data;
  } catch (error) {
    if (!(error instanceof InsufficientDataError)) throw error;
    return panel.close.data.map(() => NaN);
  }
}

t.test(
  'whatever the prices: no look ahead, sums of 1, no part in the order of the symbols or the ticks',
  (t) => {
    const same = (a: Float64Array, b: (i: number) => number | undefined): boolean =>
      a.every((weight, i) => Object.is(weight, b(i)));
    for (const method of OPTIMIZER_NAMES) {
      const check = (panel: ClosePrices): void => {
        const { rows, cols, data } = panel.close;
        const whole = weightsOf(panel, method);
        const half = Math.ceil(rows / 2);
        const past = {
          ...panel,
          dates: panel.dates.slice(0, half),
          close: { data: data.slice(0, half * cols), rows: half, cols },
        };
        if (!same(weightsOf(past, method), (i) => whole[i]))
          throw new Error('a target knows what came later');
        const order = [3, 1, 4, 0, 2].filter((j) => j < cols);
        const from = (i: number): number => i - (i % cols) + order[i % cols]!;
        const moved = {
          ...panel,
          symbols: order.map((j) => panel.symbols[j]!),
          close: { rows, cols, data: data.map((_, i) => data[from(i)]!) },
        };
        if (!same(weightsOf(moved, method), (i) => whole[from(i)])) throw new Error('the order plays a part');
        const finer = { ...panel, close: { rows, cols, data: data.map((close) => close * 64) } };
        if (!same(weightsOf(finer, method), (i) => whole[i])) throw new Error('ticks play a part');
        for (let bar = 0; bar < rows; bar++) {
          const weights = Array.from(whole.subarray(bar * cols, (bar + 1) * cols));
          if (weights.every(Number.isNaN)) continue;
          const sum = weights.reduce((total, weight) => total + weight, 0);
          if (weights.some((w) => !(w >= 0)) || Math.abs(sum - 1) > 1e-12) throw new Error(`${weights}`);
        }
      };
      t.doesNotThrow(() => fc.assert(fc.property(panels, check), { seed: 20_240_608, numRuns: 25 }), method);
    }
    t.end();
  },
);

t.test('a schedule with its lag is what backtestWeights takes, and has its name', (t) => {
  const rows = 80;
  const data = Float64Array.from({ length: rows * 3 }, (_, i) => 1000 + ((i * 7919) % 211));
  const dates = Int32Array.from({ length: rows }, (_, i) => 18_000 + i);
  const panel = { dates, symbols: ['A', 'B', '__proto__'], priceScale: 100, close: { data, rows, cols: 3 } };
  const bars = rebalanceBars(dates, 'weekly');
  for (const method of OPTIMIZER_NAMES) {
    const { title, ...made } = namedTargets(method, panel, bars, { lookback: 20, window: undefined });
    const direct = optimizedWeights(panel, bars, { method, lookback: 20 });
    t.same(made, direct);
    t.match(title, / of 3 symbols over 20 returns$/);
    const { weights, lag, skipped } = direct;
    const input = { prices: panel.close, weights, symbols: panel.symbols, dates };
    const result = backtestWeights(input, { initialCash: 1e9, lag });
    t.equal(
      result.trades!.bar[0],
      bars[skipped.length]! + 1,
      'the first trade is a bar after the first target',
    );
  }
  t.end();
});
