import t from 'tap';
import { backtestWeights } from '../backtest/run.js';
import { errorOf } from '../testing/error-of.js';
import type { BySymbol } from './by-symbol.js';
import { Portfolio } from './portfolio.js';

/** Trades until `shares` of A are held at `price`; returns quantity, basis, profit taken and average price. */
function hold(portfolio: Portfolio, shares: number, price: number): number[] {
  const equity = portfolio.totalEquity({ A: price });
  portfolio.rebalanceSimple({ A: (shares * price + Math.sign(shares) / 2) / equity }, { A: price });
  const { quantity, totalCost, realizedPnl, avgEntryPrice } = portfolio.position('A')!;
  return [quantity, totalCost, realizedPnl, avgEntryPrice];
}

t.test('the life of a position: open, add, part close, flip to short and back, close', async (t) => {
  const portfolio = new Portfolio(100_000, {}, { quantityStep: 1, allowShort: true, maxGross: 2 });
  t.equal(portfolio.position('A'), null);
  t.same(hold(portfolio, 100, 100), [100, 10_000, 0, 100]);
  t.same(hold(portfolio, 200, 200), [200, 30_000, 0, 150], 'the average of 100 and 200');
  t.same(hold(portfolio, 150, 300), [150, 22_500, 7500, 150], '50 sold at 300, bought at 150');
  t.same(hold(portfolio, -50, 200), [-50, -10_000, 15_000, 200], '150 sold at 200; 50 more are short at 200');
  t.same(
    [150, 200, 250].map((price) => portfolio.position('A')!.unrealizedPnl(price)),
    [2500, 0, -2500],
  );
  t.same(hold(portfolio, -80, 230), [-80, -16_900, 15_000, 211.25], 'short 30 more at 230');
  t.same(hold(portfolio, 50, 100), [50, 5000, 15_000 + 16_900 - 8000, 100], 'covered at 100, and 50 long');
  const held = portfolio.position('A')!;
  t.same(hold(portfolio, 0, 120), [0, 0, 23_900 + 1000, 0]);
  t.equal(portfolio.position('A')!.unrealizedPnl(77), 0);
  t.equal(portfolio.cash, 100_000 + 24_900, 'the profit is the cash');
  t.equal(held.quantity, 50, 'a position is a picture of its moment');
  t.equal(held.symbol, 'A');
});

t.test('the average price is made from the exact basis: remainders of a cent stay in it', async (t) => {
  const portfolio = new Portfolio(10_000, {}, { quantityStep: 1 });
  hold(portfolio, 1, 100);
  t.same(hold(portfolio, 3, 101), [3, 302, 0, 302 / 3]);
  t.same(hold(portfolio, 2, 101), [2, 201, 0, 100.5], '100.67 leave as 101');
  t.same(hold(portfolio, 1, 101), [1, 100, 0, 100], '100.5 leave as 101');
  t.same(hold(portfolio, 0, 101), [0, 0, 1, 0], 'sold for 303 in all, bought for 302');
});

t.test('a position closed without profit was traded all the same; one never traded is null', async (t) => {
  const portfolio = new Portfolio(10_000);
  portfolio.rebalanceSimple({ A: 0.5, B: 0 }, { A: 100 });
  portfolio.rebalanceSimple({}, { A: 100 });
  t.match(portfolio.position('A'), { quantity: 0, realizedPnl: 0 });
  t.equal(portfolio.position('B'), null);
  portfolio.rebalanceSimple({ C: 1e-7 }, { C: 1_000_000 });
  t.equal(portfolio.position('C'), null, 'too small a target to trade');
  t.same(Portfolio.fromJSON(portfolio.toJSON()).position('A')?.quantity, 0);
});

t.test('prices are refused by the same classes as in the backtest, and nothing changes', async (t) => {
  const portfolio = new Portfolio(1_000_000);
  portfolio.rebalanceSimple({ A: 1 }, { A: 100 });
  const before = JSON.stringify(portfolio);
  const cases = [
    [0, 'PRICE'],
    [-5, 'PRICE'],
    [-0, 'PRICE'],
    [1.5, 'VALIDATION'],
    [Number.POSITIVE_INFINITY, 'NON_FINITE'],
    [2 ** 53, 'OVERFLOW'],
    [9_007_199_255, 'OVERFLOW'],
  ] as const;
  for (const [price, code] of cases) {
    const calls = [
      () => portfolio.rebalanceSimple({ A: 0.5 }, { A: price }),
      () => portfolio.totalEquity({ A: price }),
      () => portfolio.recordReturn({ A: price }),
      () => portfolio.snapshot({ A: price }),
      () => portfolio.totalEquity({ A: 100, OTHER: price }),
      () => portfolio.position('A')!.unrealizedPnl(price),
    ];
    for (const [k, call] of calls.entries()) {
      const error = errorOf(call);
      t.equal(error.code, code, `${price} in call ${k}`);
      const { field, value, constraint, fix } = error.detail!;
      t.equal(field, ['prices.A', 'prices.A', 'prices.A', 'prices.A', 'prices.OTHER', 'price'][k]);
      t.ok(value === price && constraint !== '' && fix !== '');
    }
    const run = errorOf(() => backtestWeights({ prices: [[price]], weights: [[1]] }, { initialCash: 100 }));
    t.equal(run.code, code, `the backtest refuses ${price} alike`);
  }
  for (const price of ['100', 100n, null]) {
    const prices = { A: price } as unknown as BySymbol;
    t.equal(errorOf(() => portfolio.totalEquity(prices)).code, 'VALIDATION');
  }
  t.equal(errorOf(() => portfolio.totalEquity({ A: Number.NaN })).code, 'PRICE');
  t.equal(errorOf(() => portfolio.position('A')!.unrealizedPnl(Number.NaN)).code, 'PRICE');
  t.equal(JSON.stringify(portfolio), before);
  t.equal(
    portfolio.totalEquity({ A: 100, OTHER: Number.NaN }),
    1_000_000,
    'NaN is no price, and none is needed',
  );
});
