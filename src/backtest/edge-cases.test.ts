import t from 'tap';
import type { Mat } from '../check.js';
import { Portfolio } from '../portfolio/portfolio.js';
import { errorOf } from '../testing/error-of.js';
import { backtestWeights } from '../testing/engine-under-test.js';
import { backtestWeights as kernels } from './run.js';

const N = Number.NaN;
const col = (values: number[]): Mat => ({ data: Float64Array.from(values), rows: values.length, cols: 1 });

t.test('a position bought at the open is worth that open while it has no close', async (t) => {
  const open = col([N, 110, 120]);
  const prices = { open, high: open, low: open, close: col([N, N, 120]) };
  const options = { initialCash: 1_000_000, fillPolicy: 'nextOpen', missingPrice: 'mark-last' } as const;
  const result = backtestWeights({ prices, weights: [[1], [N], [N]] }, options);
  t.same(
    Array.from(result.equityCurve.subarray(0, 3)),
    [1_000_000, 1_000_000, 999_999],
    '9090.909090 shares at 110, down to the cent',
  );
  t.equal(result.equityCurve[3], 1_090_909, '9090.909090 shares at 120');
});

t.test('a minimum fee never pushes an account without credit below zero', async (t) => {
  const fee = { minTradeFee: 500 };
  const kept = backtestWeights(
    { prices: [[100], [100]], weights: [[1], [0.99]] },
    { initialCash: 10_000, costModel: fee },
  );
  t.same(Array.from(kept.cash), [10_000, 0, 0], 'a sale of 0.95 that costs 5.00 is not made');
  const exit = backtestWeights(
    { prices: [[100], [1]], weights: [[1], [0]] },
    { initialCash: 10_000, costModel: fee },
  );
  t.same([exit.status, exit.cash[2], exit.equityCurve[2]], ['ok', 0, 95]);
});

t.test('borrowing does not depend on the listing order', async (t) => {
  const weights = [0.1, 0.2, 0.4, 0.8];
  const options = { initialCash: 1_347_001, maxGross: 1.5, costBps: 10 };
  const run = (row: number[]): number =>
    backtestWeights({ prices: [[100, 100, 100, 100]], weights: [row] }, options).cash[1]!;
  t.equal(run(weights), run([...weights].reverse()));
});

t.test('net targets solve V - costs at any rate', async (t) => {
  for (const [bps, shares] of [
    [100, 10_000 / 1.01],
    [5000, 10_000 / 1.5],
    [9000, 10_000 / 1.9],
    [10_000, 5000],
  ] as const) {
    const result = kernels(
      { prices: [[100]], weights: [[1]] },
      { initialCash: 1_000_000, costBps: bps, costTarget: 'net' },
    );
    t.ok(
      Math.abs(result.quantities!.data[0]! - shares) < 0.02,
      `${bps} basis points: ${result.quantities!.data[0]}`,
    );
  }
});

t.test('limits mean what they say', async (t) => {
  const band = kernels(
    { prices: [[60_000], [60_000]], weights: [[0.6], [0.59]] },
    { initialCash: 100_000, quantityStep: 1, limits: { noTradeBandBps: 500 } },
  );
  t.same(Array.from(band.quantities!.data), [1, 1], 'one percent from the target, though the lot would go');
  let state = 3;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296;
  for (let k = 0; k < 300; k++) {
    const prices = [Array.from({ length: 6 }, () => 1 + Math.floor(random() * 500))];
    const limit = 10 + Math.floor(random() * 2000);
    const result = kernels(
      { prices, weights: [[0.2, 0.1, 0.3, 0.15, 0.1, 0.15]] },
      { initialCash: 1_000_000, limits: { maxRebalanceNotional: limit } },
    );
    const traded = result.trades!.notional.reduce((sum, cents) => sum + cents, 0);
    if (traded > limit) t.fail(`${traded} traded with a limit of ${limit}`);
  }
});

t.test('many dear symbols do not overflow while the money is small', async (t) => {
  const prices = [new Array(5000).fill(7_000_001), new Array(5000).fill(7_000_003)];
  const weights = [new Array(5000).fill(1 / 5000), new Array(5000).fill(N)];
  const result = backtestWeights({ prices, weights }, { initialCash: 100_000_000_000, panels: 'none' });
  t.ok(result.equityCurve[2]! > 99_999_999_000);
});

t.test('money that is not exact is refused before it is booked', async (t) => {
  const prices = {
    open: col([100_000, 19_999]),
    high: col([1e6, 1e6]),
    low: col([1, 1]),
    close: col([100_000, 10_000]),
  };
  const options = {
    initialCash: 1_941_525_128_893,
    fillPolicy: 'nextOpen',
    priceScale: 1_000_000,
    quantityStep: 1,
  } as const;
  t.throws(() => kernels({ prices, weights: [[1], [N]] }, options), { code: 'OVERFLOW' });
  const portfolio = new Portfolio(6e15, {}, { allowShort: true });
  t.throws(() => portfolio.rebalanceSimple({ A: -1 }, { A: 100 }), { code: 'OVERFLOW' });
  t.same([portfolio.cash, portfolio.totalEquity({})], [6e15, 6e15], 'nothing changed');
  const tiny = new Portfolio(1e15, {}, { priceScale: 1_000_000 });
  t.throws(() => tiny.rebalanceSimple({ A: 1 }, { A: 1 }), { code: 'OVERFLOW' });
  t.equal(tiny.totalEquity({}), 1e15);
});

t.test(
  'failed calls of a portfolio take no symbol in; long histories and odd names are handled',
  async (t) => {
    const portfolio = new Portfolio(1_000_000);
    for (const [targets, prices] of [
      [{ NEW: 0.5 }, {}],
      [{ NEW: 1.5 }, { NEW: 100 }],
      [{ NEW: 0.5 }, { NEW: 1.5 }],
    ] as const) {
      errorOf(() => portfolio.rebalanceSimple(targets, prices as Record<string, number>));
    }
    t.same(portfolio.toJSON().positions, []);
    t.equal(errorOf(() => portfolio.rebalanceSimple({ '': 0.5 }, { '': 100 })).code, 'VALIDATION');
    t.equal(errorOf(() => new Portfolio(1, null as never)).code, 'VALIDATION');
    const json = { ...portfolio.toJSON(), equityCurve: new Array(200_000).fill(1_000_000) };
    t.equal(Portfolio.fromJSON(json).equityCurve().length, 200_000);
  },
);

t.test('targets may be a Map, dates may be null', async (t) => {
  const targets = new Map([['A', 1]]) as unknown as Record<string, number>;
  const result = backtestWeights(
    { prices: [[100]], symbols: ['A'], weights: [{ bar: 0, targets }], dates: null },
    { initialCash: 1000 },
  );
  t.equal(result.quantities!.data[0], 10);
});
