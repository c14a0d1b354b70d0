import t from 'tap';
import type { Mat } from '../check.js';
import { NbError } from '../errors.js';
import { backtestWeightsAsync } from '../node/backtest-async.js';
import { referenceBacktest } from '../reference/backtest.js';
import { exactEquity } from '../reference/exact.js';
import { ledgerRules, resolveBacktestOptions } from './config.js';
import { backtestWeights } from './run.js';
import type { BacktestInput, BacktestOptions, BacktestResult, FillPolicy } from './types.js';

function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Random-walk prices in ticks, and weights that sum to `gross`. */
function market(
  seed: number,
  rows: number,
  cols: number,
  options: { gross?: number; start?: number; every?: number; short?: boolean } = {},
): { prices: Mat; weights: Mat } {
  const { gross = 1, start = 10_000, every = 1, short = false } = options;
  const random = uniform(seed);
  const prices = new Float64Array(rows * cols);
  const weights = new Float64Array(rows * cols).fill(Number.NaN);
  for (let i = 0; i < cols; i++) {
    let price = start * (0.2 + random());
    for (let t = 0; t < rows; t++) {
      price = Math.max(5, price * (1 + (random() - 0.5) * 0.05));
      prices[t * cols + i] = Math.round(price);
    }
  }
  for (let t = 0; t < rows; t += every) {
    const row = Array.from({ length: cols }, () => (short && random() < 0.3 ? -random() : random()));
    const sum = row.reduce((a, w) => a + Math.abs(w), 0);
    for (let i = 0; i < cols; i++) weights[t * cols + i] = (row[i]! / sum) * gross * 0.999999999;
  }
  return { prices: { data: prices, rows, cols }, weights: { data: weights, rows, cols } };
}

/** Open, high, low and close around the given closes. */
function bars(close: Mat, seed: number): { open: Mat; high: Mat; low: Mat; close: Mat } {
  const random = uniform(seed);
  const panel = (f: (c: number) => number): Mat => ({
    ...close,
    data: close.data.map((c) => Math.max(1, Math.round(f(c)))),
  });
  return {
    open: panel((c) => c * (1 + (random() - 0.5) * 0.02)),
    high: panel((c) => c * (1 + random() * 0.02)),
    low: panel((c) => c * (1 - random() * 0.02)),
    close,
  };
}

const two = (rows: readonly (readonly number[])[]): Mat => ({
  data: Float64Array.from(rows.flat()),
  rows: rows.length,
  cols: rows[0]!.length,
});

/** The equity identity in BigInt at every bar. */
function identityHolds(result: BacktestResult, close: Float64Array, priceScale: number): boolean {
  const n = result.symbols.length;
  return result.cash.slice(1).every((cash, bar) => {
    const micro = Array.from(result.quantities!.data.subarray(bar * n, (bar + 1) * n), (q) =>
      BigInt(Math.round(q * 1e6)),
    );
    const ticks = Array.from(close.subarray(bar * n, (bar + 1) * n), BigInt);
    return (
      exactEquity(BigInt(cash), micro, ticks, BigInt(priceScale)) === BigInt(result.equityCurve[bar + 1]!)
    );
  });
}

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

t.test('the BigInt twin gives the same cash, equity and quantities under every option', async (t) => {
  const fills: FillPolicy[] = ['close', 'nextOpen', 'nextTypical'];
  let funded = 0;
  for (let seed = 1; seed <= 90; seed++) {
    const short = seed % 5 === 0;
    const gross = seed % 4 === 0 ? 1.5 : 1;
    const priceScale = [100, 1000, 1_000_000, 10, 1][seed % 5]!;
    const { prices, weights } = market(seed, 40, 5, {
      gross,
      short,
      start: priceScale * 40,
      every: 1 + (seed % 3),
    });
    const panel = bars(prices, seed);
    const options: BacktestOptions = {
      initialCash: [1e12, 12_345_678, 100_000, 999_999_999_999][seed % 4]!,
      costModel: {
        commissionBps: [0, 10, 2.5][seed % 3]!,
        slippageBps: [0, 5][seed % 2]!,
        minTradeFee: [0, 0, 0, 7][seed % 4]!,
      },
      lag: seed % 3,
      fillPolicy: fills[seed % 3]!,
      quantityStep: [1e-6, 1, 0.001, 1e-6][seed % 4]!,
      priceScale,
      maxGross: gross,
      allowShort: short,
    };
    const result = backtestWeights({ prices: panel, weights }, options);
    const rowsOf = (mat: Mat): number[][] =>
      Array.from({ length: mat.rows }, (_, k) =>
        Array.from(mat.data.subarray(k * mat.cols, (k + 1) * mat.cols)),
      );
    const { config } = resolveBacktestOptions(options);
    const fill =
      options.fillPolicy === 'nextOpen'
        ? panel.open
        : options.fillPolicy === 'nextTypical'
          ? typical(panel)
          : panel.close;
    const twin = referenceBacktest({
      close: rowsOf(prices),
      fill: rowsOf(fill),
      targets: rowsOf(weights).map((row) => (Number.isNaN(row[0]) ? null : row)),
      shift: options.lag! + (options.fillPolicy === 'close' ? 0 : 1),
      initialCash: options.initialCash,
      priceScale,
      lotMicro: ledgerRules(config).lotMicro,
      commissionBps: config.costModel.commissionBps,
      slippageBps: config.costModel.slippageBps,
      minTradeFee: config.costModel.minTradeFee,
      maxGross: config.maxGross,
    });
    if (result.costs.some((c) => c > 0)) funded += 1;
    const ok =
      twin.cash.every((cash, k) => cash === BigInt(result.cash[k + 1]!)) &&
      twin.equity.every((equity, k) => equity === BigInt(result.equityCurve[k + 1]!)) &&
      twin.quantities.every((row, k) =>
        row.every((q, i) => q === BigInt(Math.round(result.quantities!.data[k * 5 + i]! * 1e6))),
      );
    t.ok(ok, `seed ${seed}`);
    t.ok(
      result.status === 'bankrupt' || identityHolds(result, prices.data, priceScale),
      `cash + positions = equity, seed ${seed}`,
    );
    if (gross === 1)
      t.ok(
        result.cash.every((c) => c >= 0),
        `cash is never negative, seed ${seed}`,
      );
  }
  t.ok(funded > 40);
});

function typical(panel: { high: Mat; low: Mat; close: Mat }): Mat {
  const data = panel.close.data.map((c, i) => {
    const sum = BigInt(panel.high.data[i]!) + BigInt(panel.low.data[i]!) + BigInt(c);
    return Number((sum + 1n) / 3n); // thirds have no exact half: nearest is floor((sum + 1) / 3)
  });
  return { ...panel.close, data };
}

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
    const a = backtestWeights({ prices, weights, symbols }, { initialCash: 10_000_000, ...options });
    const b = backtestWeights(
      { prices: shuffled(prices), weights: shuffled(weights), symbols: order.map((i) => symbols[i]!) },
      { initialCash: 10_000_000, ...options },
    );
    t.same(a.equityCurve, b.equityCurve, JSON.stringify(options));
    t.same(a.cash, b.cash);
    t.ok(identityHolds(a, prices.data, 100));
  }
});

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
    backtestWeights({ prices, weights }, { initialCash: 1_000_000, quantityStep: 1, ...options });
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
  const tooSmall = backtestWeights(
    { prices: [[100]], weights: [[1]] },
    { initialCash: 500, costModel: { minTradeFee: 1000 } },
  );
  t.same([tooSmall.trades!.count, tooSmall.cash[1]], [0, 500], 'a fee above the cash: no trade, no cost');
  const fraction = run({ costModel: { commissionBps: 0.1, slippageBps: 0.1 } });
  t.equal(fraction.costs[0], 9 + 9, 'a tenth of a basis point twice, each floor(999,9xx * 0.00001)');
});

t.test('order limits', async (t) => {
  const prices = [
    [100, 100, 100],
    [100, 100, 100],
  ];
  const first = [0.5, 0.3, 0.2];
  const run = (limits: BacktestOptions['limits'], second = [0.49, 0.31, 0.2]): number[] => {
    const result = backtestWeights(
      { prices, weights: [first, second] },
      { initialCash: 100_000, limits: limits! },
    );
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
  const capped = backtestWeights(
    { prices, weights: [first, first] },
    { initialCash: 100_000, limits: { maxOrderValue: 25_000 } },
  );
  t.same(
    Array.from(capped.quantities!.data),
    [250, 250, 200, 500, 300, 200],
    'each order is cut to 250.00, the rest follows',
  );
  const few = backtestWeights(
    { prices, weights: [first, first] },
    { initialCash: 100_000, limits: { maxTradesPerRebalance: 2 } },
  );
  t.same(Array.from(few.quantities!.data), [500, 300, 0, 500, 300, 200]);
  const slow = backtestWeights(
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

t.test('amounts stay exact to 2^53 and overflow is an error, never a rounding', async (t) => {
  const high = 2_147_483_648;
  const brk = backtestWeights(
    { prices: [[high], [high + 1]], weights: [[1], [0]] },
    { initialCash: 10 * high, quantityStep: 1 },
  );
  t.same(Array.from(brk.equityCurve), [10 * high, 10 * high, 10 * high + 10], 'a share of 21,474,836.48');
  const micro = backtestWeights(
    { prices: [[high], [high + 1]], weights: [[1], [Number.NaN]] },
    { initialCash: 1_000_000_000 },
  );
  t.ok(identityHolds(micro, Float64Array.of(high, high + 1), 100));
  const max = Number.MAX_SAFE_INTEGER;
  const edge = backtestWeights(
    { prices: [[max], [max]], weights: [[1], [0]] },
    { initialCash: max, quantityStep: 1 },
  );
  t.same(Array.from(edge.cash), [max, 0, max]);
  t.throws(() => backtestWeights({ prices: [[max + 1]], weights: [[1]] }, { initialCash: 1000 }), {
    code: 'OVERFLOW',
  });
  t.throws(() => backtestWeights({ prices: [[9_007_199_255]], weights: [[1]] }, { initialCash: 1000 }), {
    code: 'OVERFLOW',
    message: /whole shares/,
  });
  t.throws(
    () =>
      backtestWeights(
        { prices: [[1], [10]], weights: [[1], [Number.NaN]] },
        { initialCash: 2 ** 52, quantityStep: 1 },
      ),
    { code: 'OVERFLOW', message: /equity/ },
    'ten times 2^52 cents',
  );
  const many = market(5, 30, 3, { start: 43_211_113_281 });
  const btc = backtestWeights(many, { initialCash: 1e11, priceScale: 1_000_000 });
  t.ok(identityHolds(btc, many.prices.data, 1_000_000), 'prices of 43,211.113281 in micro-shares');
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
