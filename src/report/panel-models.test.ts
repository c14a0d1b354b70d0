import t from 'tap';
import { computeMetrics } from '../metrics/index.js';
import { sampleInput, sampleResult, weekdays } from '../testing/sample-result.js';
import { daysFromCivil } from '../time.js';
import { distributionModel } from './distribution-model.js';
import { exposureModel } from './exposure-model.js';
import { reportModel } from './model.js';
import { boxOf, periodBoxes } from './period-boxes.js';
import { quantilePairs } from './qq-model.js';
import { tradesModel } from './trades-model.js';
import { tradingModel } from './trading-model.js';

/** Twelve returns; what numpy 2.4.6 and scipy 1.17.1 say of them stands in the tests. */
const TWELVE = Float64Array.of(0.01, -0.02, 0.005, 0.03, -0.01, 0, 0.015, -0.005, 0.02, -0.12, 0.09, 0.001);

/** Every value from -0.025 to 0.025 in steps of 0.0005, scrambled, two and a half times. */
const GOLDEN = Float64Array.from({ length: 250 }, (_, i) => (((7919 * i) % 101) - 50) / 2000);

const resultOf = (returns: Float64Array, dates?: Int32Array) => ({
  ...sampleResult({ returns, ...(dates ? { dates } : {}) }),
  returns,
  metrics: computeMetrics(returns),
});

const near = (actual: number, expected: number, relative = 1e-12): boolean =>
  Math.abs(actual - expected) <= Math.max(relative * Math.abs(expected), 1e-16);

const allNear = (actual: ArrayLike<number>, expected: readonly number[], relative = 1e-12): boolean =>
  actual.length === expected.length && expected.every((value, i) => near(actual[i]!, value, relative));

t.test('the histogram has bins by the rule it states, and shares that add up', async (t) => {
  const spread = distributionModel(resultOf(TWELVE), null)!;
  // 2 × 0.0225 / ∛12 = 0.01966, by ratio nearest to 0.02.
  t.equal(spread.width, 0.02);
  t.ok(near(spread.low, -0.12));
  t.ok(
    allNear(
      spread.shares,
      [1, 0, 0, 0, 0, 3, 5, 2, 0, 0, 1].map((count) => count / 12),
    ),
  );
  t.ok(near(spread.mean, 0.0013333333333333333));
  t.ok(near(spread.deviation, 0.04734272207354931));
  t.strictSame([spread.below, spread.above, spread.count], [0, 0, 12]);
  const golden = distributionModel(resultOf(GOLDEN), null)!;
  t.equal(golden.width, 0.01, 'Freedman and Diaconis say 0.00806');
  t.ok(
    near(
      golden.shares.reduce((a, b) => a + b, 0),
      1,
    ),
  );
  t.equal(distributionModel(resultOf(new Float64Array(30)), null), null, 'equal returns have none');
});

t.test('the normal curve has the mean and deviation of the returns, in the unit of the bars', async (t) => {
  const { curveX, curveY } = distributionModel(resultOf(TWELVE), null)!;
  t.ok(near(curveX[0]!, -0.12) && near(curveX[80]!, 0.1));
  t.ok(near(curveY[0]!, 0.006315327784805885, 1e-10), 'scipy.stats.norm.pdf × width');
  t.ok(near(curveY[80]!, 0.01920964959309319, 1e-10));
});

t.test('returns beyond five deviations are counted in the outermost bins', async (t) => {
  const returns = Float64Array.from({ length: 400 }, (_, i) => (i === 7 ? -0.9 : i % 2 === 0 ? 0.01 : -0.01));
  const input = sampleInput({ returns });
  const { result, benchmark } = reportModel(input);
  const spread = distributionModel(result, benchmark)!;
  t.strictSame([spread.below, spread.above], [1, 0]);
  t.ok(spread.low > -0.5);
  t.ok(
    near(
      spread.shares.reduce((a, b) => a + b, 0),
      1,
    ),
  );
  t.ok(
    near(
      spread.benchmarkShares!.reduce((a, b) => a + b, 0),
      1,
    ),
  );
});

t.test('the tail lines are the figures: CVaR of the metrics, VaR by the same method', async (t) => {
  const spread = distributionModel(resultOf(GOLDEN), null)!;
  const sorted = GOLDEN.slice().sort();
  // The ⌈0.05 × 250⌉ = 13 lowest returns.
  t.equal(spread.var95, sorted[12]);
  t.ok(near(spread.cvar95, sorted.subarray(0, 13).reduce((a, b) => a + b, 0) / 13));
});

t.test('quantile pairs are those of scipy, and a long series keeps its tails', async (t) => {
  const pairs = quantilePairs(TWELVE)!;
  t.ok(
    allNear(pairs.normal.subarray(0, 3), [-1.731664396122245, -1.1503493803760079, -0.8122178014999129]),
    'scipy.stats.norm.ppf((i - 0.5) / 12)',
  );
  t.ok(allNear(pairs.returns.subarray(0, 2), [-2.5628719266466318, -0.4506148442455616]));
  t.ok(near(pairs.returns[11]!, 1.8728679463956153));
  const long = Float64Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 5000) / 5000);
  const thinned = quantilePairs(long)!;
  t.equal(thinned.normal.length, 200);
  t.ok(
    thinned.normal.every((value, i) => i === 0 || value > thinned.normal[i - 1]!),
    'rising, none twice',
  );
  t.ok(thinned.normal[0]! < -3.7 && near(thinned.normal[199]!, -thinned.normal[0]!));
  t.equal(quantilePairs(new Float64Array(9)), null);
});

t.test('a box has the quartiles of numpy and whiskers by the rule of Tukey', async (t) => {
  const box = boxOf(TWELVE);
  t.ok(allNear([box.lowerQuartile, box.median, box.upperQuartile], [-0.00625, 0.003, 0.01625]));
  t.strictSame([box.lowerWhisker, box.upperWhisker], [-0.02, 0.03]);
  t.strictSame(Array.from(box.outliers), [-0.12, 0.09]);
  t.strictSame([box.lowest, box.highest, box.count], [-0.12, 0.09, 12]);
  const one = boxOf(Float64Array.of(0.5));
  t.strictSame([one.lowerWhisker, one.median, one.upperWhisker, one.outliers.length], [0.5, 0.5, 0.5, 0]);
});

t.test('weeks, months, quarters and years are compounded as pandas resamples them', async (t) => {
  const dates = weekdays(250, daysFromCivil(2015, 1, 1));
  const boxes = periodBoxes(resultOf(GOLDEN, dates), null);
  t.strictSame(
    boxes.map(({ label, strategy }) => [label, strategy.count]),
    [
      ['Day', 250],
      ['Week', 51],
      ['Month', 12],
      ['Quarter', 4],
      ['Year', 1],
    ],
  );
  const numbers = (i: number): number[] => {
    const { lowest, lowerQuartile, median, upperQuartile, highest } = boxes[i]!.strategy;
    return [lowest, lowerQuartile, median, upperQuartile, highest];
  };
  const weeks = [-0.0293875, -0.014195839179403646, -0.0015250481195500099, 0.011803530727970024];
  t.ok(allNear(numbers(1), [...weeks, 0.02678965204231254], 1e-11), 'numpy.quantile of resample("W-SUN")');
  t.ok(near(numbers(2)[1]!, -0.030886824680933317, 1e-11), 'resample("ME")');
  t.ok(near(numbers(3)[2]!, -0.017274688061616028, 1e-11), 'resample("QE")');
  t.ok(near(numbers(4)[0]!, -0.06783214101131974, 1e-11), 'resample("YE")');
  const monthly = Int32Array.from({ length: 24 }, (_, i) =>
    daysFromCivil(2015 + Math.floor(i / 12), (i % 12) + 1, 28),
  );
  t.strictSame(
    periodBoxes(resultOf(GOLDEN.slice(0, 24), monthly), null).map(({ label }) => label),
    ['Bar', 'Quarter', 'Year'],
    'bars of a month are not shown again as weeks and months',
  );
});

t.test('weights are stacked by their mean size, the rest together, cash as what is left', async (t) => {
  const cols = 11;
  const data = new Float64Array(2 * cols);
  // Bar 0: symbol j has (j + 1) %, the last −50 %. Bar 1: symbol 0 has 2 and nothing else: half of it borrowed.
  for (let j = 0; j < cols; j++) data[j] = (j + 1) / 100;
  data[10] = -0.5;
  data[cols] = 2;
  const symbols = Array.from({ length: cols }, (_, j) => `S${j}`);
  const base = sampleResult({ bars: 2, symbols });
  const exposure = exposureModel({ ...base, holdings: { data, rows: 2, cols } })!;
  t.strictSame(
    exposure.layers.map(({ label }) => label),
    ['S0', 'S10', 'S9', 'S8', 'S7', 'S6', 'S5', 'S4', '3 others', 'cash'],
  );
  const layer = (label: string) => exposure.layers.find((each) => each.label === label)!;
  t.strictSame(Array.from(layer('S10').short), [-0.5, 0]);
  t.ok(allNear(layer('3 others').long, [0.02 + 0.03 + 0.04, 0]));
  // 1 − (0.55 − 0.5) of cash at first; then one whole equity is owed.
  t.ok(allNear(layer('cash').long, [0.95, 0]) && allNear(layer('cash').short, [0, -1]));
  t.ok(allNear(exposure.gross, [1.05, 2]) && near(exposure.maxGross, 2));
  t.ok(near(exposure.meanGross, 1.525) && near(exposure.meanNet, 1.025));
  t.equal(exposureModel({ ...base, holdings: null }), null);
  const long = exposureModel({
    ...sampleResult({ bars: 3000 }),
    holdings: { data: new Float64Array(3000 * 5).fill(0.2), rows: 3000, cols: 5 },
  })!;
  t.strictSame([long.bars.length, long.bars[0], long.bars[249]], [250, 0, 2999]);
  t.ok(
    long.layers[5]!.long.every((value) => value === 0),
    'weights that add up to 1 leave no cash',
  );
});

t.test('cost drag compounds what each cost took of the equity', async (t) => {
  const base = sampleResult({ bars: 3 });
  const trading = tradingModel({
    ...base,
    equityCurve: Float64Array.of(1000, 990, 990, 495),
    costs: Float64Array.of(10, 0, 55),
    turnover: Float64Array.of(0.5, 0, 0.25),
  });
  t.ok(allNear(trading.paid, [0, 0.01, 0.01, 0.065]));
  // 990 of 1,000 is left, then 495 of 550.
  t.ok(allNear(trading.drag, [0, 0.01, 0.01, 1 - 0.99 * 0.9]));
  t.strictSame([Array.from(trading.bars), trading.meanTurnover, trading.maxTurnover], [[0, 2], 0.375, 0.5]);
  const none = tradingModel({ ...base, costs: new Float64Array(3), turnover: new Float64Array(3) });
  t.strictSame([none.bars.length, none.meanTurnover, none.drag[3]], [0, 0, 0]);
});

t.test(
  'the largest trades come first, and marks that fall together are the largest of their side',
  async (t) => {
    const base = sampleResult({ bars: 1100, symbols: ['A', 'B'] });
    const trades = {
      count: 5,
      bar: Int32Array.of(0, 1, 2, 3, 1000),
      symbol: Int32Array.of(0, 0, 0, 1, 0),
      quantity: Float64Array.of(10, 20, -5, 1, 30),
      price: Float64Array.of(1000, 1100, 1200, 700, 900),
      notional: Float64Array.of(10_000, 22_000, 6_000, 700, 27_000),
      cost: Float64Array.of(1, 2, 3, 4, 5),
    };
    const close = { data: new Float64Array(2200).fill(1000), rows: 1100, cols: 2 };
    const prices = { dates: base.dates!, symbols: ['B', 'A'], priceScale: 100, close };
    const model = tradesModel({ ...base, trades }, prices)!;
    t.strictSame(
      model.largest.map((row) => row.valueCents),
      [27_000, 22_000, 10_000, 6_000, 700],
    );
    t.strictSame(model.largest[3], {
      bar: 2,
      symbol: 'A',
      side: 'sell',
      quantity: 5,
      price: 12,
      valueCents: 6_000,
      costCents: 3,
    });
    const [first, second] = model.drawn;
    t.strictSame([first!.name, first!.valueCents, first!.buys, first!.sells], ['A', 65_000, 3, 1]);
    t.strictSame(first!.marks, [
      { bar: 1, side: 'buy', price: 11 },
      { bar: 2, side: 'sell', price: 12 },
      { bar: 1000, side: 'buy', price: 9 },
    ]);
    t.strictSame([second!.name, second!.price.length, second!.price[1]], ['B', 1101, 10]);
    t.strictSame(tradesModel({ ...base, trades }, null)!.drawn, [], 'no chart without prices');
    t.equal(tradesModel({ ...base, trades: null }, prices), null);
  },
);
