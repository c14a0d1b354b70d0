import t from 'tap';
import { backtestWeights } from '../backtest/run.js';
import { errorOf } from '../testing/error-of.js';
import { costModel } from './cost-model.js';
import { Portfolio } from './portfolio.js';

t.test('costModel rounds each part down, applies the minimum fee and refuses bad rates (N26)', async (t) => {
  const model = costModel({ commissionBps: 10, slippageBps: 5, minTradeFee: 100 });
  t.equal(model.compute(1_000_000), 1500);
  t.equal(model.compute(99_999), 99 + 49, '99.999 and 49.9995 cents, each rounded down');
  t.equal(model.compute(5000), 100, 'the minimum fee');
  t.equal(model.compute(0), 0, 'nothing traded, nothing paid');
  t.equal(costModel({ commissionBps: 2.5 }).compute(1_000_000), 250);
  t.equal(costModel({ commissionBps: 0.001 }).compute(10_000_000_000), 1000, 'a thousandth of a basis point');
  t.equal(costModel().compute(123), 0);
  for (const bad of [-1, Number.NaN, 10_001, Number.POSITIVE_INFINITY]) {
    t.throws(() => costModel({ commissionBps: bad }), {
      code: 'VALIDATION',
      detail: { field: 'costModel.commissionBps' },
    });
  }
  t.throws(() => costModel({ minTradeFee: 0.5 }), { code: 'VALIDATION' });
  t.throws(() => costModel({ fee: 1 } as object), { code: 'VALIDATION', message: /costModel.fee/ });
  t.throws(() => model.compute(-1), { code: 'VALIDATION' });
});

t.test('a portfolio keeps positions, average cost and profit to the cent', async (t) => {
  const portfolio = new Portfolio(1_000_000, {}, { quantityStep: 1 });
  t.equal(portfolio.position('A'), null);
  portfolio.rebalanceSimple({ A: 0.5, B: 0.5 }, { A: 100, B: 250 });
  t.equal(portfolio.cash, 0);
  let a = portfolio.position('A')!;
  t.same([a.symbol, a.quantity, a.avgEntryPrice, a.totalCost, a.realizedPnl], ['A', 5000, 100, 500_000, 0]);
  t.equal(a.unrealizedPnl(120), 100_000);
  // A doubles: equity 1,500,000, targets 750,000 each; sell 1250 A at 200, buy 1000 B at 250.
  const report = portfolio.rebalanceSimple(
    new Map([
      ['A', 0.5],
      ['B', 0.5],
    ]),
    { A: 200, B: 250 },
  );
  t.same(report, {
    status: 'ok',
    equityCents: 1_500_000,
    tradedCents: 500_000,
    costCents: 0,
    trades: [
      { symbol: 'A', side: 'sell', quantity: 1250, price: 200, notionalCents: 250_000, costCents: 0 },
      { symbol: 'B', side: 'buy', quantity: 1000, price: 250, notionalCents: 250_000, costCents: 0 },
    ],
  });
  a = portfolio.position('A')!;
  t.same([a.quantity, a.totalCost, a.realizedPnl], [3750, 375_000, 125_000]);
  t.same(portfolio.snapshot({ A: 200, B: 250 }), {
    cash: 0,
    equity: 1_500_000,
    realized: 125_000,
    unrealized: 375_000,
    weights: { A: 0.5, B: 0.5 },
    numPositions: 2,
  });
  portfolio.rebalanceSimple({ B: 1 }, { A: 200, B: 250 });
  t.same([...portfolio.positions().keys()], ['B'], 'a symbol not named is sold');
  const closed = portfolio.position('A')!;
  t.same([closed.quantity, closed.totalCost, closed.realizedPnl, closed.avgEntryPrice], [0, 0, 500_000, 0]);
});

t.test('the equity of every bar is cash plus starting cash plus profit, minus costs', async (t) => {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const portfolio = new Portfolio(
    10_000_000,
    { commissionBps: 12, slippageBps: 3 },
    { allowShort: true, maxGross: 1.5 },
  );
  let costs = 0;
  for (let k = 0; k < 400; k++) {
    const prices = {
      A: 50 + Math.floor(random() * 100),
      B: 4000 + Math.floor(random() * 500),
      C: 1 + Math.floor(random() * 9),
    };
    const targets = { A: random() - 0.4, B: random() * 0.4, C: random() < 0.5 ? 0 : 0.1 };
    costs += portfolio.rebalanceSimple(targets, prices).costCents;
    const s = portfolio.snapshot(prices);
    if (s.equity !== 10_000_000 + s.realized + s.unrealized - costs) t.fail(`bar ${k}`);
  }
  t.ok(costs > 0);
});

t.test('the portfolio and the backtest are one piece of code: same equity, same cash', async (t) => {
  const prices = [
    [1234, 567],
    [1250, 560],
    [1190, 580],
    [1300, 555],
  ];
  const weights = [
    [0.6, 0.4],
    [0.3, 0.7],
    [0.5, 0.1],
    [0, 1],
  ];
  const costs = { commissionBps: 7, slippageBps: 2, minTradeFee: 15 };
  const result = backtestWeights(
    { prices, weights, symbols: ['A', 'B'] },
    { initialCash: 987_654, costModel: costs },
  );
  const portfolio = new Portfolio(987_654, costs);
  for (const [k, [a, b]] of prices.entries()) {
    portfolio.rebalanceSimple({ A: weights[k]![0]!, B: weights[k]![1]! }, { A: a!, B: b! });
    portfolio.recordReturn({ A: a!, B: b! });
  }
  t.same(portfolio.equityCurve(), result.equityCurve);
  t.same(portfolio.returns(), result.returns);
  t.equal(portfolio.cash, result.cash[4]);
  t.same(portfolio.computeMetrics(), result.metrics);
});

t.test('a saved portfolio comes back exactly, and damaged data are refused by field', async (t) => {
  const portfolio = new Portfolio(
    5_000_000,
    { commissionBps: 10 },
    { priceScale: 1000, maxGross: 2, allowShort: true },
  );
  portfolio.rebalanceSimple({ A: 1.4, B: -0.3 }, { A: 1234, B: 98_765 });
  portfolio.recordReturn({ A: 1300, B: 98_000 });
  const json = JSON.parse(JSON.stringify(portfolio));
  const copy = Portfolio.fromJSON(json);
  t.same(copy.toJSON(), portfolio.toJSON());
  t.ok(copy.cash < 0, 'borrowed cash survives');
  const next = [{ A: 0.2 }, { A: 1500, B: 97_000 }] as const;
  t.same(copy.rebalanceSimple(...next), portfolio.rebalanceSimple(...next));
  t.same(copy.equityCurve(), portfolio.equityCurve());
  const broken: [string, (data: typeof json) => void][] = [
    [
      'portfolio.schemaVersion',
      (d) => {
        d.schemaVersion = 2;
      },
    ],
    [
      'portfolio.cash',
      (d) => {
        d.cash = 1.5;
      },
    ],
    [
      'portfolio.positions[0].micro',
      (d) => {
        d.positions[0].micro = 1_000_000;
      },
    ],
    [
      'portfolio.positions[1].symbol',
      (d) => {
        d.positions[1].symbol = 'A';
      },
    ],
    [
      'portfolio.equityCurve',
      (d) => {
        d.equityCurve = [];
      },
    ],
    [
      'portfolio.equityCurve',
      (d) => {
        d.equityCurve = 'x';
      },
    ],
    [
      'portfolio.extra',
      (d) => {
        d.extra = 1;
      },
    ],
  ];
  for (const [field, damage] of broken) {
    const data = structuredClone(json);
    damage(data);
    t.equal(errorOf(() => Portfolio.fromJSON(data)).detail?.field, field);
  }
  t.throws(() => Portfolio.fromJSON(null), { code: 'VALIDATION' });
});

t.test('misuse of a portfolio is refused and changes nothing', async (t) => {
  const portfolio = new Portfolio(1_000_000);
  portfolio.rebalanceSimple({ A: 1 }, { A: 100 });
  const before = JSON.stringify(portfolio);
  t.throws(() => portfolio.rebalanceSimple({ A: 1.5 }, { A: 100 }), {
    code: 'INVALID_WEIGHTS',
    detail: { value: 1.5 },
  });
  t.throws(() => portfolio.rebalanceSimple({ A: -0.5 }, { A: 100 }), { code: 'INVALID_WEIGHTS' });
  t.throws(() => portfolio.rebalanceSimple({ A: Number.NaN }, { A: 100 }), { code: 'INVALID_WEIGHTS' });
  t.throws(() => portfolio.rebalanceSimple({ A: 0.5 }, {}), { code: 'PRICE', detail: { field: 'prices.A' } });
  t.throws(() => portfolio.rebalanceSimple({ A: 0.5 }, { A: 1.5 }), { code: 'VALIDATION' });
  t.throws(() => portfolio.rebalanceSimple({ A: 0.5 }, { A: -5 }), { code: 'PRICE' });
  t.throws(() => portfolio.totalEquity({ B: 1 }), { code: 'PRICE' });
  t.throws(() => portfolio.rebalanceSimple([] as never, {}), { code: 'VALIDATION' });
  t.equal(JSON.stringify(portfolio), before);
  t.throws(() => portfolio.computeMetrics(), { code: 'INSUFFICIENT_DATA' });
  t.throws(() => new Portfolio(-1), { code: 'VALIDATION' });
  t.throws(() => new Portfolio(1, {}, { maxGros: 1 } as object), { message: /did you mean maxGross/ });
});

t.test('symbol names are data: prototype names and long names are ordinary', async (t) => {
  const names = ['__proto__', 'constructor', 'BERKSHIRE-HATHAWAY-CLASS-A'];
  const portfolio = new Portfolio(900_000);
  portfolio.rebalanceSimple(
    new Map(names.map((name) => [name, 1 / 3])),
    new Map(names.map((name) => [name, 100])),
  );
  t.same([...portfolio.positions().keys()], names);
  t.equal(
    Object.hasOwn(portfolio.currentWeights(new Map(names.map((name) => [name, 100]))), '__proto__'),
    true,
  );
  t.equal(({} as Record<string, unknown>).quantity, undefined);
});
