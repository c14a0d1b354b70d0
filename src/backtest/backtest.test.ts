import t from 'tap';
import type { Mat } from '../check.js';
import { identityHolds, market } from '../testing/market.js';
import { backtestWeights } from '../testing/engine-under-test.js';
import { backtestWeights as kernels } from './run.js';
import type { BacktestOptions, BacktestResult } from './types.js';

t.test(
  'at zero cost the equity follows V * prod(1 + w r) to 1e-9, from 10^12 cents in micro-shares',
  async (t) => {
    for (const [seed, rows, cols] of [
      [1, 250, 3],
      [2, 500, 20],
      [3, 60, 100],
    ] as const) {
      const { prices, weights } = market(seed, rows, cols);
      const result = backtestWeights({ prices, weights }, { initialCash: 1e12 });
      let wealth = 1e12;
      let worst = 0;
      for (let k = 1; k < rows; k++) {
        let growth = 0;
        for (let i = 0; i < cols; i++) {
          const at = k * cols + i;
          growth += weights.data[at - cols]! * (prices.data[at]! / prices.data[at - cols]! - 1);
        }
        wealth *= 1 + growth;
        worst = Math.max(worst, Math.abs(result.equityCurve[k + 1]! / wealth - 1));
      }
      t.ok(worst < 1e-9, `${rows} x ${cols}: worst ${worst}`);
      t.equal(result.equityCurve.length, rows + 1);
      t.ok(
        Math.abs(result.returns[0]!) < cols / 1e12,
        'the entry bar earns nothing but the rounding of each buy',
      );
    }
  },
);

t.test('10/90 to 90/10 at flat prices gives exactly the targets, in either listing order (N6)', async (t) => {
  for (const symbols of [
    ['A', 'Z'],
    ['Z', 'A'],
  ]) {
    const weights =
      symbols[0] === 'A'
        ? [
            [0.1, 0.9],
            [0.9, 0.1],
          ]
        : [
            [0.9, 0.1],
            [0.1, 0.9],
          ];
    const result = backtestWeights(
      {
        prices: [
          [10_000, 10_000],
          [10_000, 10_000],
        ],
        weights,
        symbols,
      },
      { initialCash: 100_000_000 },
    );
    t.same(Array.from(result.holdings!.data), weights.flat());
    t.same(Array.from(result.cash), [100_000_000, 0, 0], 'no idle cash');
    t.same(Array.from(result.equityCurve), [100_000_000, 100_000_000, 100_000_000]);
  }
});

t.test('listing order never matters: equity and cash are the same to the cent', async (t) => {
  for (const options of [
    { costBps: 10 },
    { costModel: { commissionBps: 7, minTradeFee: 100 }, quantityStep: 1 },
    {
      costBps: 3,
      limits: {
        maxTradesPerRebalance: 3,
        noTradeBandBps: 20,
        minOrderValue: 500,
        maxOrderValue: 3_000_000,
        maxRebalanceNotional: 9_000_000,
      },
    },
    { costBps: 25, costTarget: 'net' as const },
    { costBps: 25, maxGross: 1.6 },
  ]) {
    const { prices, weights } = market(11, 120, 7, { gross: options.maxGross ?? 1 });
    const order = [4, 2, 6, 0, 5, 1, 3];
    const shuffled = (mat: Mat): Mat => ({
      ...mat,
      data: mat.data.map((_, k) => mat.data[Math.floor(k / 7) * 7 + order[k % 7]!]!),
    });
    const symbols = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    const a = kernels({ prices, weights, symbols }, { initialCash: 10_000_000, ...options });
    const b = kernels(
      { prices: shuffled(prices), weights: shuffled(weights), symbols: order.map((i) => symbols[i]!) },
      { initialCash: 10_000_000, ...options },
    );
    t.same(a.equityCurve, b.equityCurve, JSON.stringify(options));
    t.same(a.cash, b.cash);
    t.ok(identityHolds(a, prices.data, 100));
  }
});

t.test('leverage and shorts are refused, or real (N8)', async (t) => {
  const prices = [
    [10_000, 5_000],
    [11_000, 5_000],
  ];
  t.throws(
    () =>
      backtestWeights(
        {
          prices,
          weights: [
            [1.5, 0],
            [0, 0],
          ],
        },
        { initialCash: 1_000_000 },
      ),
    { code: 'INVALID_WEIGHTS', detail: { value: 1.5 } },
  );
  t.throws(
    () =>
      backtestWeights(
        {
          prices,
          weights: [
            [-0.5, 0],
            [0, 0],
          ],
        },
        { initialCash: 1_000_000 },
      ),
    { code: 'INVALID_WEIGHTS', detail: { value: -0.5 } },
  );
  const levered = backtestWeights(
    {
      prices,
      weights: [
        [1.5, 0],
        [Number.NaN, Number.NaN],
      ],
    },
    { initialCash: 1_000_000, maxGross: 2 },
  );
  t.same(Array.from(levered.cash), [1_000_000, -500_000, -500_000]);
  t.equal(levered.equityCurve[2], 1_150_000, '1.5 x 10 %');
  const hedged = backtestWeights(
    {
      prices,
      weights: [
        [-0.5, 0.5],
        [0, 0],
      ],
    },
    { initialCash: 1_000_000, allowShort: true },
  );
  t.same(Array.from(hedged.equityCurve), [1_000_000, 1_000_000, 950_000], 'short half through +10 %');
  t.same(Array.from(hedged.cash), [1_000_000, 1_000_000, 950_000], 'a row of zeros closes both sides');
});

t.test('costs: each part down to the cent, a minimum fee, gross and net targets', async (t) => {
  const prices = [[100], [100], [100]];
  const weights = [[1], [Number.NaN], [0]];
  const run = (options: Partial<BacktestOptions>): BacktestResult =>
    kernels({ prices, weights }, { initialCash: 1_000_000, quantityStep: 1, ...options });
  const gross = run({ costBps: 10 });
  // The buy is scaled by 1,000,000 / 1,001,000: 9990 shares and the cost floor(999,000 * 0.001) = 999.
  t.same(
    [gross.trades!.quantity[0], gross.trades!.notional[0], gross.trades!.cost[0], gross.cash[1]],
    [9990, 999_000, 999, 1],
  );
  t.equal(gross.returns[0], 999_001 / 1_000_000 - 1, 'the first return is the cost');
  t.equal(gross.cash[3], 1 + 999_000 - 999);
  const net = run({ costBps: 10, costTarget: 'net' });
  t.same([net.trades!.quantity[0], net.cash[1]], [9990, 1], 'V / 1.001 = 999,000.99');
  const fee = run({ costModel: { minTradeFee: 2000 } });
  t.same([fee.trades!.notional[0], fee.trades!.cost[0], fee.cash[1]], [998_000, 2000, 0]);
  const tooSmall = kernels(
    { prices: [[100]], weights: [[1]] },
    { initialCash: 500, costModel: { minTradeFee: 1000 } },
  );
  t.same([tooSmall.trades!.count, tooSmall.cash[1]], [0, 500], 'a fee above the cash: no trade, no cost');
  const fraction = run({ costModel: { commissionBps: 0.1, slippageBps: 0.1 } });
  t.equal(fraction.costs[0], 9 + 9, 'a tenth of a basis point twice, each floor(999,9xx * 0.00001)');
});

t.test('amounts stay exact to 2^53 and overflow is an error, never a rounding', async (t) => {
  const high = 2_147_483_648;
  const brk = kernels(
    { prices: [[high], [high + 1]], weights: [[1], [0]] },
    { initialCash: 10 * high, quantityStep: 1 },
  );
  t.same(Array.from(brk.equityCurve), [10 * high, 10 * high, 10 * high + 10], 'a share of 21,474,836.48');
  const micro = kernels(
    { prices: [[high], [high + 1]], weights: [[1], [Number.NaN]] },
    { initialCash: 1_000_000_000 },
  );
  t.ok(identityHolds(micro, Float64Array.of(high, high + 1), 100));
  const max = Number.MAX_SAFE_INTEGER;
  const edge = kernels(
    { prices: [[max], [max]], weights: [[1], [0]] },
    { initialCash: max, quantityStep: 1 },
  );
  t.same(Array.from(edge.cash), [max, 0, max]);
  t.throws(() => kernels({ prices: [[max + 1]], weights: [[1]] }, { initialCash: 1000 }), {
    code: 'OVERFLOW',
  });
  t.throws(() => kernels({ prices: [[9_007_199_255]], weights: [[1]] }, { initialCash: 1000 }), {
    code: 'OVERFLOW',
    message: /whole shares/,
  });
  t.throws(
    () =>
      kernels(
        { prices: [[1], [10]], weights: [[1], [Number.NaN]] },
        { initialCash: 2 ** 52, quantityStep: 1 },
      ),
    { code: 'OVERFLOW', message: /equity/ },
    'ten times 2^52 cents',
  );
  const many = market(5, 30, 3, { start: 43_211_113_281 });
  const btc = kernels(many, { initialCash: 1e11, priceScale: 1_000_000 });
  t.ok(identityHolds(btc, many.prices.data, 1_000_000), 'prices of 43,211.113281 in micro-shares');
});

t.test('a portfolio whose equity is gone ends there, and says so', async (t) => {
  const result = backtestWeights(
    { prices: [[100], [40], [50], [60]], weights: [[2], [2], [2], [2]] },
    { initialCash: 1_000_000, maxGross: 2 },
  );
  t.same([result.status, result.bankruptBar], ['bankrupt', 1]);
  t.same(Array.from(result.equityCurve), [1_000_000, 1_000_000, -200_000, -200_000, -200_000]);
  t.equal(result.returns[1], -1.2);
  t.same(Array.from(result.returns.subarray(2)), [0, 0]);
  t.same(
    result.skippedRebalances.map((s) => s.reason),
    ['bankrupt', 'bankrupt', 'bankrupt'],
  );
});
