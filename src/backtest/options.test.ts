import t from 'tap';
import { NbError } from '../errors.js';
import { backtestWeightsAsync } from '../node/backtest-async.js';
import { market, two } from '../testing/market.js';
import { backtestWeights } from '../testing/engine-under-test.js';
import { backtestWeights as kernels } from './run.js';
import type { BacktestInput, BacktestOptions } from './types.js';

t.test('a next-open fill is booked at the bar it happens, without phantom profit (N7)', async (t) => {
  const flat = two([[100], [110]]);
  const prices = { open: flat, high: two([[100], [112]]), low: flat, close: two([[100], [112]]) };
  const result = backtestWeights(
    { prices, weights: [[1], [Number.NaN]] },
    { initialCash: 1_000_000, fillPolicy: 'nextOpen' },
  );
  t.equal(result.equityCurve[1], 1_000_000, 'nothing happened at bar 0');
  t.equal(result.holdings!.data[0], 0);
  // 1,000,000 / 110 = 9090.909090 shares for 999,999.9999 cents (1,000,000 rounded), worth 1,018,181.818 at 112.
  t.equal(result.cash[2], 0);
  t.equal(result.equityCurve[2], 1_018_181);
  t.same(
    [result.trades!.count, result.trades!.bar[0], result.trades!.price[0], result.trades!.quantity[0]],
    [1, 1, 110, 9090.90909],
  );
  const last = backtestWeights(
    { prices, weights: [[Number.NaN], [1]] },
    { initialCash: 1_000_000, fillPolicy: 'nextOpen' },
  );
  t.same(last.skippedRebalances, [{ bar: 1, reason: 'no-next-bar' }]);
  const typicalFill = backtestWeights(
    { prices, weights: [[1], [Number.NaN]] },
    { initialCash: 1_000_000, fillPolicy: 'nextTypical' },
  );
  t.equal(typicalFill.trades!.price[0], 111, '(112 + 110 + 112) / 3 = 111.33 ticks');
});

t.test('order limits', async (t) => {
  const prices = [
    [100, 100, 100],
    [100, 100, 100],
  ];
  const first = [0.5, 0.3, 0.2];
  const run = (limits: BacktestOptions['limits'], second = [0.49, 0.31, 0.2]): number[] => {
    const result = kernels({ prices, weights: [first, second] }, { initialCash: 100_000, limits: limits! });
    return Array.from(result.quantities!.data.subarray(3), (q, i) => q - result.quantities!.data[i]!);
  };
  t.same(run({ noTradeBandBps: 100 }), [0, 0, 0], 'a difference of 100 basis points is inside a band of 100');
  t.same(run({ noTradeBandBps: 99 }), [-10, 10, 0]);
  t.same(run({ minOrderValue: 1001 }), [0, 0, 0]);
  t.same(
    run({ minOrderValue: 1_000_000 }, [0, 0, 0]).map(Math.abs),
    [0, 0, 0].map(() => 0),
    'nothing was bought, so there is nothing to exit',
  );
  const capped = kernels(
    { prices, weights: [first, first] },
    { initialCash: 100_000, limits: { maxOrderValue: 25_000 } },
  );
  t.same(
    Array.from(capped.quantities!.data),
    [250, 250, 200, 500, 300, 200],
    'each order is cut to 250.00, the rest follows',
  );
  const few = kernels(
    { prices, weights: [first, first] },
    { initialCash: 100_000, limits: { maxTradesPerRebalance: 2 } },
  );
  t.same(Array.from(few.quantities!.data), [500, 300, 0, 500, 300, 200]);
  const slow = kernels(
    { prices, weights: [first, first] },
    { initialCash: 100_000, limits: { maxRebalanceNotional: 50_000 } },
  );
  t.same(Array.from(slow.quantities!.data.subarray(0, 3)), [250, 150, 100]);
});

t.test('missing prices: an error by default, or the last price; no trade without a price', async (t) => {
  const nan = Number.NaN;
  const prices = [
    [100, 50],
    [200, nan],
    [240, 60],
  ];
  const weights = [
    [0.5, 0.5],
    [0.5, 0.5],
    [nan, nan],
  ];
  const input = { prices, weights, symbols: ['A', 'B'], dates: [18_000, 18_001, 18_002] };
  t.throws(() => backtestWeights(input, { initialCash: 1_000_000 }), {
    code: 'PRICE',
    message: /B has no price at bar 1 \(2019-04-15\)/,
  });
  const marked = backtestWeights(input, { initialCash: 1_000_000, missingPrice: 'mark-last' });
  t.same(marked.skippedRebalances, [{ bar: 1, reason: 'missing-price', symbol: 'B' }]);
  t.equal(marked.equityCurve[2], 1_500_000, 'B stands at its last price');
  t.equal(marked.quantities!.data[3], 10_000, 'B was not traded');
  t.equal(marked.equityCurve[3], 250_000 + 3750 * 240 + 10_000 * 60, 'A was brought to half of 1,500,000');
  const never = backtestWeights(
    {
      prices: [
        [100, nan],
        [110, nan],
      ],
      weights: [
        [1, 0],
        [nan, nan],
      ],
    },
    { initialCash: 1000 },
  );
  t.equal(never.equityCurve[2], 1100, 'a symbol that is neither held nor wanted needs no price');
  t.throws(() => backtestWeights({ prices: [[100, nan]], weights: [[0.5, 0.5]] }, { initialCash: 1000 }), {
    code: 'PRICE',
    message: /is a target/,
  });
  const open = two([[100], [nan], [100]]);
  const gap = { open, high: two([[100], [100], [100]]), low: open, close: two([[100], [105], [110]]) };
  const frozen = backtestWeights(
    { prices: gap, weights: [[1], [nan], [nan]] },
    { initialCash: 1000, fillPolicy: 'nextOpen', missingPrice: 'mark-last' },
  );
  t.same(frozen.skippedRebalances, [{ bar: 0, reason: 'missing-price', symbol: '0' }]);
});

t.test('schedules by bar or date, lags, and wholly NaN rows mean the same as the matrix', async (t) => {
  const { prices } = market(8, 6, 2);
  const nan = Number.NaN;
  const dates = [10, 11, 12, 15, 16, 17];
  const symbols = ['A', 'B'];
  const rows = [
    [0.5, 0.5],
    [nan, nan],
    [nan, nan],
    [0.2, 0],
    [nan, nan],
    [nan, nan],
  ];
  const options = { initialCash: 1_000_000, lag: 1 };
  const a = backtestWeights({ prices, weights: rows, symbols, dates }, options);
  const b = backtestWeights(
    {
      prices,
      symbols,
      dates,
      weights: [
        { bar: 3, targets: { A: 0.2 } },
        { bar: 0, targets: { A: 0.5, B: 0.5 } },
      ],
    },
    options,
  );
  const c = backtestWeights(
    {
      prices,
      symbols,
      dates,
      weights: [
        { date: 10, targets: { A: 0.5, B: 0.5 } },
        { date: 15, targets: { A: 0.2 } },
      ],
    },
    options,
  );
  t.same(b.equityCurve, a.equityCurve);
  t.equal(c.resultDigest, b.resultDigest);
  t.equal(a.equityCurve[1], 1_000_000, 'with lag 1 nothing is held at bar 0');
  t.same(Array.from(new Set(a.trades!.bar)), [1, 4]);
  const shifted = backtestWeights(
    { prices, symbols, weights: [[nan, nan], ...rows.slice(0, 5)] },
    { ...options, lag: 0 },
  );
  t.same(shifted.equityCurve, a.equityCurve, 'lag 1 is the matrix moved down by one row');
});

t.test('panels, turnover, trades and metrics belong to the run', async (t) => {
  const { prices, weights } = market(9, 30, 4);
  const all = backtestWeights({ prices, weights }, { initialCash: 1e9, costBps: 10 });
  const some = backtestWeights({ prices, weights }, { initialCash: 1e9, costBps: 10, panels: 'weights' });
  const none = backtestWeights({ prices, weights }, { initialCash: 1e9, costBps: 10, panels: 'none' });
  t.same([some.quantities, some.trades, some.symbolReturns, none.holdings], [null, null, null, null]);
  t.same(some.holdings, all.holdings);
  t.same(none.equityCurve, all.equityCurve);
  const sums = new Float64Array(30);
  const paid = new Float64Array(30);
  for (let k = 0; k < all.trades!.count; k++) {
    sums[all.trades!.bar[k]!]! += all.trades!.notional[k]!;
    paid[all.trades!.bar[k]!]! += all.trades!.cost[k]!;
    t.equal(all.trades!.cost[k], Math.floor(all.trades!.notional[k]! / 1000), 'ten basis points');
  }
  t.same(paid, all.costs);
  t.equal(all.turnover[0], sums[0]! / 1e9);
  t.equal(all.metrics.numPeriods, 30);
  t.equal(backtestWeights({ prices, weights }, { initialCash: 1e9, metricsFrom: 1 }).metrics.numPeriods, 29);
  t.ok(Number.isNaN(all.symbolReturns!.data[0]));
  t.equal(all.symbolReturns!.data[4], prices.data[4]! / prices.data[0]! - 1);
});

t.test(
  'digests name input, options and result; the inputs are left alone; a worker gives the same bytes',
  async (t) => {
    const { prices, weights } = market(10, 50, 6);
    const before = [prices.data.slice(), weights.data.slice()];
    const options = { initialCash: 1e9, costBps: 5 };
    const a = backtestWeights({ prices, weights }, options);
    t.same([prices.data, weights.data], before);
    const b = await backtestWeightsAsync({ prices, weights }, options);
    t.same([b.inputDigest, b.configDigest, b.resultDigest], [a.inputDigest, a.configDigest, a.resultDigest]);
    t.same(b.metrics, a.metrics);
    const other = backtestWeights({ prices, weights }, { ...options, costBps: 6 });
    t.equal(other.inputDigest, a.inputDigest);
    t.not(other.configDigest, a.configDigest);
    t.not(other.resultDigest, a.resultDigest);
    await t.rejects(
      backtestWeightsAsync(
        { prices: [[1], [10]], weights: [[1], [Number.NaN]] },
        { initialCash: Number.MAX_SAFE_INTEGER, quantityStep: 1 },
      ),
      { code: 'OVERFLOW' },
    );
    await t.rejects(backtestWeightsAsync({ prices: [[1]], weights: [[2]] }, { initialCash: 1 }), {
      code: 'INVALID_WEIGHTS',
    });
  },
);

t.test('every misuse names field, value, constraint and fix (N11, N30)', async (t) => {
  const good = { prices: [[100, 200]], weights: [[0.5, 0.5]] };
  const cases: [string, Record<string, unknown>, Record<string, unknown>, string][] = [
    ['unknown option', {}, { foo: 1 }, 'VALIDATION'],
    ['unknown input', { price: 1 }, {}, 'VALIDATION'],
    ['zero cash', {}, { initialCash: 0 }, 'VALIDATION'],
    ['fractional cash', {}, { initialCash: 10.5 }, 'VALIDATION'],
    [
      'lengths',
      {
        weights: [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
      },
      {},
      'SHAPE',
    ],
    ['ragged rows', { prices: [[100, 200], [100]] }, {}, 'SHAPE'],
    ['NaN weight', { weights: [[0.5, Number.NaN]] }, {}, 'INVALID_WEIGHTS'],
    ['infinite weight', { weights: [[0.5, Number.POSITIVE_INFINITY]] }, {}, 'INVALID_WEIGHTS'],
    ['negative price', { prices: [[100, -5]] }, {}, 'PRICE'],
    ['zero price', { prices: [[100, 0]] }, {}, 'PRICE'],
    ['fraction of a tick', { prices: [[100, 10.5]] }, {}, 'VALIDATION'],
    ['infinite price', { prices: [[100, Number.POSITIVE_INFINITY]] }, {}, 'NON_FINITE'],
    ['duplicate symbols', { symbols: ['A', 'A'] }, {}, 'VALIDATION'],
    ['too few symbols', { symbols: ['A'] }, {}, 'SHAPE'],
    [
      'dates that do not rise',
      { prices: [[1], [1]], weights: [[1], [1]], dates: [5, 5] },
      {},
      'TIMESTAMP_ANOMALY',
    ],
    ['no bars', { prices: [], weights: [] }, {}, 'INSUFFICIENT_DATA'],
    ['unknown symbol', { weights: [{ bar: 0, targets: { X: 1 } }] }, {}, 'UNKNOWN_SYMBOL'],
    ['bar out of range', { weights: [{ bar: 1, targets: {} }] }, {}, 'VALIDATION'],
    [
      'bar twice',
      {
        weights: [
          { bar: 0, targets: {} },
          { bar: 0, targets: {} },
        ],
      },
      {},
      'VALIDATION',
    ],
    ['bar and date', { weights: [{ bar: 0, date: 1, targets: {} }] }, {}, 'VALIDATION'],
    ['open fills without opens', {}, { fillPolicy: 'nextOpen' }, 'VALIDATION'],
    ['both costs', {}, { costBps: 1, costModel: {} }, 'VALIDATION'],
    ['negative costs (N26)', {}, { costBps: -1 }, 'VALIDATION'],
    ['NaN costs (N26)', {}, { costModel: { slippageBps: Number.NaN } }, 'VALIDATION'],
    ['unknown cost key', {}, { costModel: { bps: 1 } }, 'VALIDATION'],
    ['unknown limit', {}, { limits: { max: 1 } }, 'VALIDATION'],
    ['odd lot', {}, { quantityStep: 0.3 }, 'VALIDATION'],
    ['odd scale', {}, { priceScale: 50 }, 'VALIDATION'],
    ['metricsFrom past the end', {}, { metricsFrom: 1 }, 'VALIDATION'],
  ];
  for (const [name, input, options, code] of cases) {
    try {
      backtestWeights(
        { ...good, ...input } as BacktestInput,
        { initialCash: 100_000, ...options } as BacktestOptions,
      );
      t.fail(`${name} passed`);
    } catch (error) {
      t.ok(error instanceof NbError && error.code === code, `${name}: ${error}`);
    }
  }
});
