import fc from 'fast-check';
import t from 'tap';
import { backtestWeights, InsufficientDataError, type Mat, rebalanceBars } from '../index.js';
import { errorOf } from '../testing/error-of.js';
import {
  buildWeightSchedule,
  type ClosePrices,
  inverseVolatilityWeights,
  momentumWeights,
  type TargetInput,
  type TargetSchedule,
  trendWeights,
  zscore,
  zscoreWeights,
} from './index.js';
import { namedTargets } from './named-targets.js';

const RUNS = { seed: 20_240_607, numRuns: 80 };

type Bars = readonly number[];
type Make = (panel: ClosePrices, bars: Bars) => TargetSchedule;

/** Every target, with look backs that small panels can fill. */
const MAKERS: readonly (readonly [string, Make])[] = [
  ['inverse volatility', (panel, bars) => inverseVolatilityWeights(panel, bars, { window: 3 })],
  ['momentum', (panel, bars) => momentumWeights(panel, bars, { lookback: 4, skip: 2 })],
  [
    'rising momentum',
    (panel, bars) => momentumWeights(panel, bars, { lookback: 2, skip: 0, top: 1, positiveOnly: true }),
  ],
  ['trend', (panel, bars) => trendWeights(panel, bars, { window: 4 })],
  ['z-score', (panel, bars) => zscoreWeights(panel, bars, { lookback: 3, skip: 1 })],
  ['z-score of closes', (panel, bars) => zscoreWeights(panel, bars, { scores: panel.close })],
  [
    'z-score, long and short',
    (panel, bars) => zscoreWeights(panel, bars, { lookback: 3, skip: 0, allowShort: true }),
  ],
  [
    'a schedule of our own',
    (panel, bars) =>
      buildWeightSchedule(
        { panel, bars },
        (past) => past.closes(2)?.data.subarray(past.symbols.length),
        (scores) => scores.map((score) => (score > 20 ? 1 / scores.length : 0)),
      ),
  ],
];

/** Closes in few steps, so that ties and flat stretches are common, with gaps. */
const panels: fc.Arbitrary<ClosePrices> = fc
  .record({ rows: fc.integer({ min: 6, max: 25 }), cols: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, cols }) =>
    fc
      .array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 10, max: 30 }) }, fc.constant(NaN)), {
        minLength: rows * cols,
        maxLength: rows * cols,
      })
      .map((closes) => ({
        dates: Int32Array.from({ length: rows }, (_, i) => 18_000 + i),
        symbols: [...'CADBE'].slice(0, cols),
        close: { data: Float64Array.from(closes), rows, cols },
      })),
  );

/** The weights; all NaN where there is no target at all. */
function weightsOf(make: Make, panel: ClosePrices, bars: Bars): Mat {
  try {
    return make(panel, bars).weights;
  } catch (error) {
    if (!(error instanceof InsufficientDataError)) throw error;
    return { ...panel.close, data: panel.close.data.map(() => NaN) };
  }
}

function everyBar(panel: ClosePrices): number[] {
  return [...panel.dates.keys()];
}

function holds(title: string, check: (make: Make, panel: ClosePrices, name: string) => boolean): void {
  t.test(title, async (t) => {
    for (const [name, make] of MAKERS) {
      t.doesNotThrow(
        () =>
          fc.assert(
            fc.property(panels, (panel) => check(make, panel, name)),
            RUNS,
          ),
        name,
      );
    }
  });
}

holds('a target is the same when the prices end at its bar', (make, panel) => {
  const { rows, cols, data } = panel.close;
  const whole = weightsOf(make, panel, everyBar(panel)).data;
  return everyBar(panel).every((bar) => {
    const dates = panel.dates.slice(0, bar + 1);
    const close = { data: data.slice(0, (bar + 1) * cols), rows: bar + 1, cols };
    const known = weightsOf(make, { ...panel, dates, close }, everyBar({ ...panel, dates })).data;
    return rows > bar && known.every((weight, i) => Object.is(weight, whole[i]));
  });
});

holds('weights are fractions that sum to no more than 1', (make, panel, name) => {
  const { data, cols } = weightsOf(make, panel, everyBar(panel));
  return everyBar(panel).every((bar) => {
    const weights = Array.from(data.subarray(bar * cols, (bar + 1) * cols));
    if (weights.every(Number.isNaN)) return true;
    const least = name === 'z-score, long and short' ? -1 : 0;
    const gross = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
    return weights.every((weight) => weight >= least && weight <= 1) && gross <= 1 + 1e-12;
  });
});

holds('listing the symbols in another order moves the weights with them', (make, panel) => {
  const { rows, cols, data } = panel.close;
  const order = [3, 1, 4, 0, 2].filter((j) => j < cols);
  const moved = {
    dates: panel.dates,
    symbols: order.map((j) => panel.symbols[j]!),
    close: { rows, cols, data: data.map((_, i) => data[i - (i % cols) + order[i % cols]!]!) },
  };
  const before = weightsOf(make, panel, everyBar(panel)).data;
  const after = weightsOf(make, moved, everyBar(panel)).data;
  return after.every((weight, i) => Object.is(weight, before[i - (i % cols) + order[i % cols]!]));
});

holds('prices in ticks of another size give the same weights', (make, panel, name) => {
  if (name === 'a schedule of our own') return true;
  const finer = { ...panel, close: { ...panel.close, data: panel.close.data.map((close) => close * 64) } };
  const before = weightsOf(make, panel, everyBar(panel)).data;
  return weightsOf(make, finer, everyBar(panel)).data.every((weight, i) => Object.is(weight, before[i]));
});

t.test('a schedule with its lag is what backtestWeights takes', async (t) => {
  const rows = 80;
  const data = Float64Array.from({ length: rows * 3 }, (_, i) => 1000 + ((i * 7919) % 211));
  const dates = Int32Array.from({ length: rows }, (_, i) => 18_000 + i);
  const panel = { dates, symbols: ['A', 'B', '__proto__'], close: { data, rows, cols: 3 } };
  const bars = rebalanceBars(dates, 'weekly');
  for (const [name, make] of MAKERS) {
    const { weights, lag, rebalances, skipped } = make(panel, [...bars]);
    const input = { prices: panel.close, weights, symbols: panel.symbols, dates };
    const result = backtestWeights(input, { initialCash: 1e9, lag, allowShort: true });
    const first = bars[skipped.length]!;
    t.equal(rebalances + skipped.length, bars.length, name);
    t.ok(result.trades!.count > 0);
    t.equal(result.trades!.bar[0], first + 1, 'the first trade is one bar after the first target');
  }
});

const NOTHING = { data: new Float64Array(4).fill(5), rows: 2, cols: 2 };
const PANEL = { dates: Int32Array.of(1, 2), symbols: ['AAPL', 'MSFT'], close: NOTHING, priceScale: 100 };

t.test('misuse is refused with the field, the value and what to do', async (t) => {
  const score = (): number[] => [1, 2];
  const size = (): number[] => [0.5, 0.5];
  const build = (change: object, a: unknown = score, b: unknown = size): unknown =>
    buildWeightSchedule({ panel: PANEL, bars: [1], ...change } as TargetInput, a as never, b as never);
  const cases: readonly (readonly [() => unknown, string, string | RegExp])[] = [
    [() => build({ panel: null }), 'ValidationError', 'panel'],
    [() => build({ panel: { ...PANEL, dates: [1, 2] } }), 'ValidationError', 'panel.dates'],
    [() => build({ panel: { ...PANEL, close: [[1]] } }), 'ValidationError', 'panel.close'],
    [() => build({ panel: { ...PANEL, symbols: ['A'] } }), 'ShapeError', 'panel.close'],
    [
      () => build({ panel: { ...PANEL, close: { ...NOTHING, data: new Float64Array(3) } } }),
      'ShapeError',
      /data/,
    ],
    [() => build({ bars: [] }), 'ValidationError', 'bars'],
    [() => build({ bars: 'monthly' }), 'ValidationError', 'bars'],
    [() => build({ bars: [2] }), 'ValidationError', 'bars[0]'],
    [() => build({ bars: [1, 1] }), 'ValidationError', 'bars[1]'],
    [() => build({ symbol: ['AAPL'] }), 'ValidationError', 'input.symbol'],
    [() => build({ symbols: [] }), 'ValidationError', 'symbols'],
    [() => build({ symbols: ['AAPL', 'AAPL'] }), 'ValidationError', 'symbols'],
    [() => build({ symbols: ['APPL'] }), 'UnknownSymbolError', 'symbols'],
    [() => build({}, 'momentum'), 'ValidationError', 'score'],
    [() => build({}, score, null), 'ValidationError', 'size'],
    [() => build({}, () => [1]), 'ShapeError', /^score at bar 1 \(1970-01-03\)$/],
    [() => build({}, async () => [1, 2]), 'ValidationError', /^score at bar 1/],
    [() => build({}, () => [1, Infinity]), 'NonFiniteError', /symbol MSFT$/],
    [() => build({}, score, () => [1]), 'ShapeError', /^size at bar 1/],
    [() => build({}, score, () => [0, NaN]), 'InvalidWeightsError', /symbol MSFT$/],
    [() => build({}, () => [1, NaN], size), 'InvalidWeightsError', /symbol MSFT$/],
    [
      () =>
        build(
          {},
          () => [1, NaN],
          (scores: Float64Array) => scores.fill(0.5),
        ),
      'InvalidWeightsError',
      /symbol MSFT$/,
    ],
    [() => inverseVolatilityWeights(PANEL, [1], { window: 1 }), 'ValidationError', 'options.window'],
    [() => inverseVolatilityWeights(PANEL, [1], { windw: 3 } as never), 'ValidationError', 'options.windw'],
    [() => trendWeights(PANEL, [1], { window: 1.5 }), 'ValidationError', 'options.window'],
    [() => momentumWeights(PANEL, [1], { lookback: 0 }), 'ValidationError', 'options.lookback'],
    [() => momentumWeights(PANEL, [1], { skip: -1 }), 'ValidationError', 'options.skip'],
    [() => momentumWeights(PANEL, [1], { top: 3 }), 'ValidationError', 'options.top'],
    [
      () => momentumWeights(PANEL, [1], { positiveOnly: 1 as never }),
      'ValidationError',
      'options.positiveOnly',
    ],
    [() => zscoreWeights(PANEL, [1], { scores: { ...NOTHING, rows: 1 } }), 'ShapeError', 'options.scores'],
    [() => zscoreWeights(PANEL, [1], { scores: NOTHING, skip: 1 }), 'ValidationError', 'options.skip'],
    [
      () => zscoreWeights(PANEL, [1], { scores: { ...NOTHING, data: Float64Array.of(1, 2, Infinity, 4) } }),
      'NonFiniteError',
      'options.scores at bar 1 (1970-01-03), symbol AAPL',
    ],
    [() => zscore([1, 2], { ddof: 2 as never }), 'ValidationError', 'options.ddof'],
    [() => namedTargets('momentun' as never, PANEL, [1]), 'ValidationError', 'name'],
    [() => namedTargets('trend', PANEL, [1], { top: 1 }), 'ValidationError', 'options.top'],
  ];
  for (const [call, name, field] of cases)
    t.match(errorOf(call), { name, detail: { field } }, call.toString());
});

t.test('a schedule without any target is an error that says why', async (t) => {
  const message = (call: () => unknown): string => {
    const error = errorOf(call);
    t.equal(error.name, 'InsufficientDataError');
    return error.message;
  };
  t.equal(
    message(() => momentumWeights(PANEL, [0, 1])),
    'no rebalance has a target: 2 need 274 bars up to and including the rebalance, and the prices have 2 in all. Fix: give more prices, look back over fewer bars, or rebalance more often',
  );
  t.match(
    message(() => zscoreWeights(PANEL, [1], { scores: NOTHING })),
    /^the one rebalance has no target: at 1 no symbol has a score/,
  );
  const empty = { ...PANEL, close: { ...NOTHING, data: new Float64Array(4).fill(NaN) } };
  t.match(
    message(() => namedTargets('equal', empty, [0, 1])),
    /^no symbol has a price at any of the rebalances/,
  );
  const noBars = {
    dates: new Int32Array(0),
    symbols: [],
    close: { data: new Float64Array(0), rows: 0, cols: 0 },
  };
  t.match(
    errorOf(() => trendWeights(noBars, [])),
    { name: 'ValidationError', detail: { field: 'bars' } },
  );
});
