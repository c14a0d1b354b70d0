import t from 'tap';
import { backtestWeights, equalWeights, type PricePanel } from '../index.js';
import { errorOf } from '../testing/error-of.js';
import {
  buildWeightSchedule,
  inverseVolatilityWeights,
  momentumWeights,
  type PastPrices,
  type TargetSchedule,
  trendWeights,
  zscore,
  zscoreWeights,
} from './index.js';
import { namedTargets } from './named-targets.js';
import { isOptimizer, type OptimizerName } from './optimizer-names.js';
import { TARGET_NAMES, type TargetName } from './target-names.js';

const NAN = Number.NaN;

/** A panel of rows of closes, one day a row. */
function panelOf(rows: readonly (readonly number[])[], symbols = [...'ABCDEFGH']): PricePanel {
  const cols = rows[0]?.length ?? 0;
  return {
    dates: Int32Array.from(rows.keys()),
    symbols: symbols.slice(0, cols),
    priceScale: 100,
    close: { data: Float64Array.from(rows.flat()), rows: rows.length, cols },
  };
}

function row({ weights: { data, cols } }: TargetSchedule, bar: number): number[] {
  return Array.from(data.subarray(bar * cols, (bar + 1) * cols));
}

t.test(
  'inverse volatility: a symbol that swings twice as far gets half the weight of the other',
  async (t) => {
    // Returns of A: 0.5, −0.5, so σ = √0.5. Of B: 1.5, −0.5, around 0.5, so σ = √2: twice that of A.
    const panel = panelOf([
      [100, 100],
      [150, 250],
      [75, 125],
    ]);
    const schedule = inverseVolatilityWeights(panel, [0, 2], { window: 2 });
    t.ok(Math.abs(row(schedule, 2)[0]! - 2 / 3) < 1e-15);
    t.ok(Math.abs(row(schedule, 2)[1]! - 1 / 3) < 1e-15);
    t.same(row(schedule, 0), [NAN, NAN]);
    t.match(schedule, { rebalances: 1, lag: 1, skipped: [{ bar: 0, reason: 'short-history' }] });
    t.same(schedule.sentences, [
      'Inverse volatility: 2 symbols weighted by 1 / standard deviation of the last 2 returns.',
      '1 rebalance before the first full window has no target.',
    ]);
  },
);

t.test('inverse volatility leaves out symbols with a gap or without any movement', async (t) => {
  const panel = panelOf([
    [100, 100, 100, 10],
    [110, 100, NAN, 11],
    [120, 100, 120, 14],
    [120, 100, 140, 14],
    [120, 100, 150, 14],
  ]);
  const schedule = inverseVolatilityWeights(panel, [2, 3, 4], { window: 2, symbols: ['C', 'A', 'B'] });
  t.same(row(schedule, 2), [1, 0, 0, 0], 'B never moves, C has a gap, D is not chosen');
  t.same(row(schedule, 3), [1, 0, 0, 0], 'the gap is still in the window of C');
  t.same(row(schedule, 4), [0, 0, 1, 0], 'A has stopped moving');
  const still = inverseVolatilityWeights(panel, [2, 4], { window: 2, symbols: ['A', 'B'] });
  t.same(row(still, 4), [NAN, NAN, NAN, NAN], 'none moves: no target');
  t.match(still.skipped, [{ bar: 4, reason: 'no-score' }]);
  t.match(
    still.sentences[1],
    /1 rebalance at which no symbol has a score has no target: the portfolio keeps/,
  );
  const growing = panelOf(Array.from({ length: 30 }, (_, i) => [100 * 1.01 ** i]));
  t.match(
    errorOf(() => inverseVolatilityWeights(growing, [29], { window: 20 })),
    { name: 'InsufficientDataError', message: /at 1 no symbol has a score/ },
    'returns that differ by their rounding alone do not vary',
  );
});

/** A has risen most, then C; B and D are level; E begins at bar 2. */
const RISERS = panelOf([
  [100, 50, 10, 80, NAN],
  [200, 50, 15, 80, NAN],
  [300, 50, 15, 80, 10],
  [100, 40, 15, 80, 50],
]);

t.test('momentum holds the top returns over the look back, skipping the last bars', async (t) => {
  const schedule = momentumWeights(RISERS, [1, 2, 3], { lookback: 2, skip: 0, top: 2 });
  t.same(row(schedule, 2), [0.5, 0, 0.5, 0, 0], 'A tripled, C rose by half');
  t.same(row(schedule, 3), [0, 0, 0.5, 0.5, 0], 'A halved, C and D are level, B fell, E is too young');
  t.same(row(schedule, 1), [NAN, NAN, NAN, NAN, NAN]);
  const skipping = momentumWeights(RISERS, [3], { lookback: 2, skip: 1, top: 1 });
  t.same(row(skipping, 3), [1, 0, 0, 0, 0], 'the fall of A in the last bar is not seen');
  t.same(momentumWeights(RISERS, [1, 3], { lookback: 2, skip: 1 }).sentences, [
    'Momentum: return over 2 bars ending 1 bar ago, top 2 of 5 symbols, equal weight.',
    '1 rebalance before the first full window has no target.',
  ]);
});

t.test(
  'momentum: equal returns rank by name, too few leave cash, and only rises count if asked',
  async (t) => {
    const level = [
      [100, 100, 100],
      [90, 90, 80],
    ];
    const options = { lookback: 1, skip: 0, top: 1 };
    t.same(row(momentumWeights(panelOf(level, ['Z', 'M', 'A']), [1], options), 1), [0, 1, 0]);
    t.same(row(momentumWeights(panelOf(level, ['M', 'Z', 'A']), [1], options), 1), [1, 0, 0]);
    const young = momentumWeights(RISERS, [2], { lookback: 1, skip: 0, top: 5 });
    t.same(row(young, 2), [0.2, 0.2, 0.2, 0.2, 0], 'E has no return yet, its fifth stays cash');
    const positive = { lookback: 2, skip: 0, top: 4, positiveOnly: true };
    t.same(row(momentumWeights(RISERS, [2], positive), 2), [0.25, 0, 0.25, 0, 0]);
    const fallen = momentumWeights(panelOf(level), [1], { ...options, positiveOnly: true });
    t.same(row(fallen, 1), [0, 0, 0], 'all fell: cash, which is a target');
    t.equal(fallen.rebalances, 1);
    const gone = panelOf([
      [100, 100],
      [200, 110],
      [NAN, 120],
    ]);
    t.same(
      row(momentumWeights(gone, [2], { lookback: 1, skip: 1, top: 1 }), 2),
      [0, 1],
      'A has no price now',
    );
  },
);

t.test('trend holds an equal share above the moving average, and not at it', async (t) => {
  const panel = panelOf([
    [100, 100, 100, NAN],
    [100, 90, 100, 10],
    [100, 80, 101, 10],
    [100, 95, 90, 40],
  ]);
  const schedule = trendWeights(panel, [1, 2, 3], { window: 3 });
  t.same(row(schedule, 2), [0, 0, 0.25, 0], 'A is level, B below, C a hair above, D has a gap');
  t.same(row(schedule, 3), [0, 0.25, 0, 0.25]);
  t.match(
    schedule.sentences[0],
    'Trend: 4 symbols, an equal share each while the close is above the mean of',
  );
  t.match(schedule, { rebalances: 2, skipped: [{ bar: 1, reason: 'short-history' }] });
});

t.test('zscore is 0 at the mean, keeps NaN, and has no answer without a spread', async (t) => {
  t.same(Array.from(zscore([1, NAN, 2, 3])), [-1, NAN, 0, 1]);
  const population = zscore([1, 2, 3], { ddof: 0 });
  t.ok(Math.abs(population[2]! - Math.sqrt(1.5)) < 1e-15);
  for (const values of [[], [5], [NAN, 5], [0.1, 0.1, 0.1], [7, 7], [0, 0]]) {
    t.ok(
      zscore(values).every((z) => Number.isNaN(z)),
      JSON.stringify(values),
    );
  }
  for (const scale of [2 ** 1000, 2 ** 500, 2 ** -500, 2 ** -1000, 5e-324]) {
    t.same(Array.from(zscore([scale, 2 * scale, 3 * scale])), [-1, 0, 1], `${scale}`);
  }
  t.match(
    errorOf(() => zscore([1, -Infinity])),
    { name: 'NonFiniteError', detail: { field: 'values[1]' } },
  );
});

t.test('z-score weights follow the row of the bar, long only or long and short', async (t) => {
  const panel = panelOf([
    [10, 10, 10, NAN],
    [10, 10, 10, 10],
  ]);
  const data = Float64Array.of(1, 2, 6, 99, 4, 4, 4, 4);
  const scores = { data, rows: 2, cols: 4 };
  // Mean 3 of 1, 2, 6 (D has no price): deviations −2, −1, 3.
  t.same(row(zscoreWeights(panel, [0], { scores }), 0), [0, 0, 1, 0]);
  const both = zscoreWeights(panel, [0, 1], { scores, allowShort: true });
  [-2 / 6, -1 / 6, 3 / 6, 0].forEach((weight, j) => t.ok(Math.abs(row(both, 0)[j]! - weight) < 1e-15));
  t.same(both.skipped, [{ bar: 1, reason: 'no-score' }], 'equal scores prefer nothing');
  t.match(
    both.sentences[0],
    'Z-score of the scores given, 4 symbols: long above the mean and short below it',
  );
  const result = backtestWeights(
    {
      prices: [
        [10, 10, 10, 10],
        [10, 10, 10, 10],
      ],
      weights: both.weights,
    },
    { initialCash: 1e6, allowShort: true },
  );
  t.equal(result.status, 'ok');
});

t.test('buildWeightSchedule gives each callback the past alone', async (t) => {
  const panel = panelOf([
    [10, 20],
    [11, NAN],
    [12, 22],
  ]);
  const views: PastPrices[] = [];
  const schedule = buildWeightSchedule(
    { panel, bars: [0, 1], symbols: ['B', 'A'] },
    (past) => {
      views.push(past);
      const closes = past.closes(past.bar + 1)!;
      closes.data.fill(1e9);
      return past.bar === 0 ? [NAN, NAN] : [1, NAN];
    },
    (scores) => scores.map((score) => score / 2),
  );
  t.same(row(schedule, 0), [NAN, NAN]);
  t.same(row(schedule, 1), [0.5, 0], 'a NaN of a symbol without a score is 0');
  t.same(row(schedule, 2), [NAN, NAN]);
  const past = views[1]!;
  t.same([past.bar, past.date, past.symbols], [1, 1, ['A', 'B']]);
  t.same(
    past.closes(2),
    { data: Float64Array.of(10, 20, 11, NAN), rows: 2, cols: 2 },
    'copies were written to',
  );
  t.equal(past.closes(3), undefined, 'there is no third row, not even when the loop is over');
  t.same([past.close(0), past.close(0, 1), past.close(0, 2), past.close(1)], [11, 10, NAN, NAN]);
  for (const later of [-1, -2, NAN, 0.5]) {
    t.match(
      errorOf(() => past.close(0, later)),
      { name: 'ValidationError', detail: { field: 'ago' } },
    );
  }
  t.match(
    errorOf(() => past.close(2)),
    { detail: { field: 'column' } },
  );
  t.throws(() => Object.assign(past, { bar: 2 }), TypeError);
  t.throws(() => (past.symbols as string[]).push('C'), TypeError);
});

t.test('momentum written by hand with buildWeightSchedule is momentumWeights', async (t) => {
  const byHand = buildWeightSchedule(
    { panel: RISERS, bars: [0, 1, 2, 3] },
    (past) => past.symbols.map((_, j) => past.close(j, 0) / past.close(j, 1) - 1),
    (scores) => {
      const best = Math.max(...scores.filter((score) => score > -1));
      const first = scores.indexOf(best);
      return scores.map((_, j) => (j === first ? 1 : 0));
    },
  );
  const builtIn = momentumWeights(RISERS, [0, 1, 2, 3], { lookback: 1, skip: 0, top: 1 });
  t.same(byHand.weights, builtIn.weights);
  t.same(byHand.skipped, builtIn.skipped);
});

t.test('named targets are the functions, with a title', async (t) => {
  const panel = panelOf(
    Array.from({ length: 300 }, (_, i) => [
      1000 + ((i * 37) % 101),
      1000 + ((i * 53) % 97) + i,
      500 + (i % 7),
    ]),
  );
  const bars = [5, 299];
  const direct: Record<Exclude<TargetName, 'equal' | OptimizerName>, TargetSchedule> = {
    'inverse-volatility': inverseVolatilityWeights(panel, bars),
    momentum: momentumWeights(panel, bars),
    trend: trendWeights(panel, bars),
    zscore: zscoreWeights(panel, bars),
  };
  for (const name of TARGET_NAMES) {
    const { title, ...schedule } = namedTargets(name, panel, bars, { window: undefined });
    t.match(title, /3 symbols/);
    if (isOptimizer(name)) continue;
    if (name === 'equal') t.same(schedule.weights, equalWeights(panel, bars));
    else t.same(schedule, direct[name], name);
  }
  t.equal(
    namedTargets('momentum', panel, bars).title,
    'Momentum, top 1 of 3 symbols',
    'a quarter, rounded up',
  );
  const four = namedTargets(
    'momentum',
    panelOf([
      [1, 2, 3, 4],
      [4, 3, 2, 1],
    ]),
    [1],
    { lookback: 1, skip: 0 },
  );
  t.match(four.sentences, [
    'Momentum: return over 1 bar ending at the bar, top 1 of 4 symbols, equal weight.',
  ]);
  t.equal(namedTargets('momentum', panel, bars, { top: 2 }).title, 'Momentum, top 2 of 3 symbols');
  const gap = panelOf([[NAN], [5]]);
  t.match(namedTargets('equal', gap, [0, 1]), { rebalances: 1, skipped: [{ bar: 0 }] });
});
