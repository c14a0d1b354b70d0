import t from 'tap';
import { backtestWeights } from '../backtest/run.js';
import { errorOf } from '../testing/error-of.js';
import { randomStream } from '../testing/random.js';
import { books } from '../testing/slow-market.js';
import { Accounts } from './accounts.js';
import { costModel } from './cost-model.js';
import { Portfolio } from './portfolio.js';
import { portfolioRules, resolvePortfolioOptions } from './rules.js';

t.test('the ledger works on the symbols held or wanted; what was closed keeps its profit', async (t) => {
  const options = resolvePortfolioOptions({ quantityStep: 1 });
  const accounts = new Accounts(1_000_000, costModel(), portfolioRules(options), 100);
  let largest = 0;
  for (let k = 0; k < 3000; k++) {
    accounts.arrange([`S${k}`]);
    const { ledger, prices } = accounts;
    const weights = new Float64Array(ledger.size);
    weights[accounts.columnOf(`S${k}`)] = 0.01;
    for (let i = 0; i < ledger.size; i++) prices.set(i, accounts.symbol(i) === `S${k}` ? 10 : 11);
    ledger.rebalance(ledger.equity(prices), weights, 0, prices, []);
    accounts.enroll();
    largest = Math.max(largest, ledger.size);
  }
  t.ok(largest < 24, `${largest} columns at most`);
  t.equal(accounts.accounts().length, 3000);
  t.same(
    accounts.account('S0'),
    { symbol: 'S0', whole: 0, micro: 0, basis: 0, realized: 1000 },
    '1000 shares, 1 each',
  );
  accounts.arrange(Array.from({ length: 200 }, (_, k) => `S${k}`));
  t.equal(accounts.ledger.size, 201, 'and the one that is held');
  accounts.arrange(['S0']);
  t.ok(accounts.ledger.size <= 20, 'columns that stand empty are given up');
  const { basis, realized } = accounts.sums();
  t.equal(accounts.ledger.cash + basis, 1_000_000 + realized);
  t.equal(
    accounts.accounts().reduce((sum, account) => sum + account.realized, 0),
    realized,
  );
});

t.test('a symbol that comes back goes on where it was, in the order of the first trades', async (t) => {
  const portfolio = new Portfolio(100_000, {}, { quantityStep: 1 });
  const prices = { A: 100, B: 100, C: 100 };
  portfolio.rebalanceSimple({ C: 0.1, A: 0.1 }, prices);
  portfolio.rebalanceSimple({ B: 0.1 }, { ...prices, A: 110 });
  for (let k = 0; k < 40; k++)
    portfolio.rebalanceSimple({ [`X${k}`]: 0.1 }, { ...prices, [`X${k}`]: 1, [`X${k - 1}`]: 1 });
  t.equal(portfolio.position('A')!.realizedPnl, 1000);
  const report = portfolio.rebalanceSimple({ B: 0.1, A: 0.1, C: 0.1 }, { ...prices, X39: 1 });
  t.same(
    report.trades.map(({ symbol }) => symbol),
    ['X39', 'C', 'A', 'B'],
  );
  t.same([...portfolio.positions().keys()], ['C', 'A', 'B']);
  t.equal(portfolio.position('A')!.realizedPnl, 1000);
  t.equal(portfolio.snapshot(prices).realized, 1000);
  t.same(
    portfolio
      .toJSON()
      .positions.slice(0, 4)
      .map(({ symbol }) => symbol),
    ['C', 'A', 'B', 'X0'],
  );
});

t.test('a portfolio saved and read back at any moment goes on with the same cents', async (t) => {
  for (let seed = 0; seed < 15; seed++) {
    const random = randomStream(31, seed);
    const costs = { commissionBps: 17, minTradeFee: 23 };
    const options = { costTarget: 'net', allowShort: true, maxGross: 1.3, maxTradesPerRebalance: 6 } as const;
    const straight = new Portfolio(9_999_991, costs, options);
    let saved = new Portfolio(9_999_991, costs, options);
    for (let round = 0; round < 25; round++) {
      const names = Array.from({ length: 8 }, () => `N${random.below(60)}`);
      const targets = new Map(names.map((name) => [name, (random.below(300) - 60) / 2000]));
      const prices = new Map(Array.from({ length: 60 }, (_, i) => [`N${i}`, 500 + random.below(3000)]));
      saved = Portfolio.fromJSON(JSON.parse(JSON.stringify(saved)));
      const a = straight.rebalanceSimple(targets, prices);
      const b = saved.rebalanceSimple(targets, prices);
      if (
        JSON.stringify([a, straight, straight.snapshot(prices)]) !==
        JSON.stringify([b, saved, saved.snapshot(prices)])
      ) {
        t.fail(`seed ${seed}, round ${round}`);
        return;
      }
    }
  }
  t.pass('15 portfolios of 25 rebalances');
});

t.test('a portfolio whose equity is gone ends as the backtest does', async (t) => {
  const closes = [[100], [40], [500]];
  const weights = [[2], [Number.NaN], [1]];
  const options = { maxGross: 2, quantityStep: 1 };
  const run = backtestWeights({ prices: closes, weights, symbols: ['A'] }, { initialCash: 1000, ...options });
  const portfolio = new Portfolio(1000, {}, options);
  t.equal(portfolio.bankrupt, false);
  portfolio.rebalanceSimple({ A: 2 }, { A: 100 });
  portfolio.recordReturn({ A: 100 });
  t.equal(
    portfolio.rebalanceSimple({ A: 1 }, { A: 40 }).status,
    'bankrupt',
    '20 shares at 40 against a debt of 1000',
  );
  t.equal(portfolio.position('A')!.quantity, 20, 'before the bar is recorded nothing ends');
  t.equal(portfolio.recordReturn({ A: 40 }), -200);
  t.equal(portfolio.bankrupt, true);
  const none = { status: 'bankrupt', equityCents: -200, tradedCents: 0, costCents: 0 };
  t.same(portfolio.rebalanceSimple({ A: 1 }, { A: 500 }), { ...none, trades: [] });
  const market = books({ A: { asks: [[500, 9]] } });
  t.same(portfolio.rebalanceLob({ A: 1 }, market), { ...none, slippageCents: 0, orders: [] });
  portfolio.recordReturn({ A: 500 });
  t.same(portfolio.equityCurve(), run.equityCurve);
  t.same(portfolio.returns(), run.returns);
  t.equal(portfolio.cash, run.cash[3]);
  t.equal(run.status, 'bankrupt');
  const { realized, unrealized, numPositions } = portfolio.snapshot({});
  t.same([realized, unrealized, numPositions], [-1200, 0, 0], 'the loss was taken');
  const copy = Portfolio.fromJSON(JSON.parse(JSON.stringify(portfolio)));
  t.equal(copy.bankrupt, true);
  const odd = Portfolio.fromJSON({ ...portfolio.toJSON(), cash: 1000 });
  t.equal(odd.rebalanceSimple({ A: 1 }, { A: 100 }).status, 'bankrupt', 'whatever cash a file claims');
  t.equal(odd.rebalanceLob({ A: 1 }, market).status, 'bankrupt');
  const json = {
    ...portfolio.toJSON(),
    positions: [{ symbol: 'A', whole: 1, micro: 0, basis: 1, realized: 0 }],
  };
  t.equal(errorOf(() => Portfolio.fromJSON(json)).detail?.field, 'portfolio.positions[0].whole');
});

t.test('profit and cash stay equal to the cent when fractions end in bankruptcy', async (t) => {
  for (let k = 0; k < 50; k++) {
    const portfolio = new Portfolio(100_003 + k, { commissionBps: 10 }, { maxGross: 3, allowShort: true });
    const { costCents } = portfolio.rebalanceSimple({ A: 1.1, B: 1.1, C: -0.7 }, { A: 333, B: 777, C: 1234 });
    const equity = portfolio.recordReturn({ A: 101, B: 207 + k, C: 2001 });
    const { realized, cash } = portfolio.snapshot({});
    t.ok(equity < 0 && cash === equity && 100_003 + k + realized - costCents === cash, `case ${k}`);
  }
});
