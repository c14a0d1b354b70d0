import t from 'tap';
import { CostModel, Exchange, MultiExchange, Portfolio } from '../compat.js';
import type { MultiExchange as CoreMultiExchange } from '../index.js';
import { Portfolio as CorePortfolio } from '../index.js';

const near = (
  t: { ok(value: boolean, message: string): boolean },
  found: number,
  wanted: number,
  message: string,
): boolean => t.ok(Math.abs(found - wanted) <= 1e-15, `${message}: ${found}`);

// Seen in nanobook 0.19.2 with the same calls.
t.test('a portfolio of whole shares answers as nanobook 0.19.2 was seen to', async (t) => {
  const portfolio = new Portfolio(1_000_000_00, CostModel.zero());
  const first = [
    ['AAPL', 15000],
    ['MSFT', 30000],
  ] as [string, number][];
  portfolio.rebalance_simple(
    [
      ['AAPL', 0.6],
      ['MSFT', 0.3],
    ],
    first,
  );
  t.equal(portfolio.cash, 10_000_000);
  const aapl = portfolio.position('AAPL')!;
  t.match(aapl, {
    symbol: 'AAPL',
    quantity: 4000,
    quantity_whole: 4000,
    quantity_micro: 4_000_000_000,
    avg_entry_price: 15000,
    total_cost: 60_000_000,
    realized_pnl: 0,
  });
  t.equal(aapl.unrealized_pnl(15500), 2_000_000);
  t.equal(portfolio.position('XXX'), null);

  const prices = { AAPL: 15500, MSFT: 29000 };
  const { weights, ...amounts } = portfolio.snapshot(prices);
  t.strictSame(Object.keys(weights), ['AAPL', 'MSFT']);
  near(t, weights['AAPL']!, 0.6138613861386139, '620 of 1010');
  near(t, weights['MSFT']!, 0.2871287128712871, '290 of 1010');
  t.strictSame(amounts, {
    cash: 10_000_000,
    equity: 101_000_000,
    num_positions: 2,
    total_realized_pnl: 0,
    unrealized_pnl: 1_000_000,
  });
  t.equal(portfolio.total_equity(prices), 101_000_000);
  t.strictSame(portfolio.current_weights(prices), Object.entries(weights));
  t.equal(portfolio.record_return(prices), 101_000_000);
  t.strictSame(portfolio.equity_curve(), [100_000_000, 101_000_000]);
  near(t, portfolio.returns()[0]!, 0.01, 'one percent');

  portfolio.rebalance_simple(new Map([['AAPL', 0]]), prices);
  t.strictSame(
    [portfolio.cash, portfolio.last_rebalance_notional, portfolio.last_rebalance_order_count],
    [101_000_000, 4000 * 15500 + 1000 * 29000, 2],
  );
  const all = portfolio.positions();
  t.strictSame([...all.keys()].sort(), ['AAPL', 'MSFT'], 'closed ones are there');
  t.match(all.get('MSFT'), { quantity: 0, avg_entry_price: 0, total_cost: 0, realized_pnl: -1_000_000 });
  t.match(portfolio.snapshot({}), { num_positions: 0, total_realized_pnl: 1_000_000, unrealized_pnl: 0 });
});

t.test('a short position is as in nanobook 0.19.2', async (t) => {
  const portfolio = new Portfolio(100_000, CostModel.zero());
  portfolio.rebalance_simple([['A', -0.5]], [['A', 100]]);
  t.match(portfolio.snapshot([['A', 90]]), {
    cash: 150_000,
    equity: 105_000,
  });
  near(t, portfolio.current_weights([['A', 90]])[0]![1], -0.42857142857142855, '-45 of 105');
  const short = portfolio.position('A')!;
  t.strictSame([short.total_cost, short.avg_entry_price, short.unrealized_pnl(90)], [-50_000, 100, 5_000]);
});

t.test('the quantity step is in micro-shares, and the limits keep their places', async (t) => {
  const held = (price: number, ...rest: (number | null)[]): number => {
    const portfolio = new Portfolio(100_000, CostModel.zero(), ...(rest as [number]));
    portfolio.rebalance_simple({ A: 0.5 }, { A: price });
    return portfolio.position('A')?.quantity ?? 0;
  };
  // 500.00 at 300.00 is 1 2/3 of a share, rounded down to the step; at 250.00 it is 2 shares.
  t.equal(held(30_000, 1), 1.666666);
  t.equal(held(30_000, 100_000), 1.6);
  t.equal(held(30_000), 1, 'whole shares unless told');
  t.equal(held(25_000, 1, 60_000), 0, 'no order below 600.00');
  t.equal(held(25_000, 1, null, 25_000), 1, 'no order above 250.00');
  t.equal(held(25_000, 1, null, null, 6_000), 0, 'no order for less than 60 % of equity');
  t.equal(held(25_000, 1, null, null, null, null, 12_500), 0.5, 'no more than 125.00 in all');
  const one = new Portfolio(100_000, CostModel.zero(), 1, null, null, null, 1);
  one.rebalance_simple({ A: 0.4, B: 0.5 }, { A: 100, B: 100 });
  t.strictSame([...one.positions().keys()], ['B'], 'the largest order alone');
  for (const step of [0, 500, 1_500_000, 1.5]) {
    t.throws(() => held(25_000, step), { code: 'VALIDATION', detail: { field: 'quantity_step' } });
  }
  t.throws(() => held(25_000, 1, null, null, null, 0), {
    code: 'VALIDATION',
    detail: { field: 'max_trades_per_rebalance' },
  });
  t.throws(() => new Portfolio(-1), { code: 'VALIDATION', detail: { field: 'initial_cash' } });
});

t.test(
  'metrics of the recorded returns have snake_case names, and without returns there are none',
  async (t) => {
    const portfolio = new Portfolio(100_000);
    t.equal(portfolio.compute_metrics(252, 0), null);
    portfolio.rebalance_simple({ A: 1 }, { A: 100 });
    portfolio.record_return({ A: 110 });
    portfolio.record_return({ A: 99 });
    const metrics = portfolio.compute_metrics(12, 0)!;
    t.strictSame([metrics.num_periods, metrics.winning_periods, metrics.win_rate], [2, 1, 0.5]);
    near(t, metrics.total_return, -0.01, '1.1 × 0.9 − 1');
    near(t, metrics.max_drawdown, 0.1, '110 to 99');
  },
);

t.test('a rebalance takes a MultiExchange of either kind; the core names what it needs', async (t) => {
  const books = new MultiExchange();
  books.submit_limit('A', 'sell', 102, 500);
  books.submit_limit('A', 'buy', 98, 500);
  const portfolio = new Portfolio(100_000, CostModel(10));
  const report = portfolio.rebalance_lob([['A', 0.3]], books);
  // 30,000 cents at the middle of 100: 300 shares, paid at 102, and 30.6 cents of commission rounded down.
  t.match(report, { status: 'ok', tradedCents: 30_600, costCents: 30, slippageCents: 600 });
  t.equal(portfolio.cash, 100_000 - 30_600 - 30);
  t.equal(books.best_ask('A'), 102);
  t.equal(books.get_or_create('A').depth().asks[0]!.quantity, 200, 'the books are the ones given');
  t.equal(portfolio.rebalance_lob({}, books.core).tradedCents, 300 * 98);
  t.throws(() => portfolio.core.rebalanceLob({ A: 0.1 }, books as unknown as CoreMultiExchange), {
    code: 'VALIDATION',
    message: /pass .*\.core/,
  });
});

t.test('what nanobook passes over is an error', async (t) => {
  const portfolio = new Portfolio(100_000);
  const trade =
    (targets: [string, number][], prices: [string, number][]): (() => void) =>
    () =>
      portfolio.rebalance_simple(targets, prices);
  t.throws(trade([['A', 0.5]], []), { code: 'PRICE' }, 'a missing price');
  t.throws(trade([['A', 0.5]], [['A', -3]]), { code: 'PRICE' }, 'a negative price');
  t.throws(trade([['A', 1.5]], [['A', 100]]), { code: 'INVALID_WEIGHTS' }, 'more than everything');
  t.throws(trade([['A', NaN]], [['A', 100]]), { code: 'INVALID_WEIGHTS' });
  const twice: [string, number][] = [
    ['A', 0.2],
    ['A', 0.3],
  ];
  t.throws(trade(twice, [['A', 100]]), { code: 'VALIDATION', detail: { field: 'targets[1]' } });
  t.throws(() => portfolio.total_equity(['A', 100] as never), {
    code: 'VALIDATION',
    detail: { field: 'prices[0]' },
  });
  t.strictSame([portfolio.cash, portfolio.positions().size], [100_000, 0], 'and nothing was traded');
});

t.test('a portfolio goes through a text and back, and wraps one that was loaded', async (t) => {
  const portfolio = new Portfolio(100_000, CostModel(10, 5, 3), 1_000);
  portfolio.rebalance_simple({ A: 0.7 }, { A: 333 });
  portfolio.record_return({ A: 340 });
  const again = Portfolio.from_json(portfolio.to_json());
  t.equal(again.to_json(), portfolio.to_json());
  t.equal(JSON.stringify(again), portfolio.to_json(), 'and no core in it');
  t.strictSame(again.equity_curve(), portfolio.equity_curve());
  const core = new CorePortfolio(5);
  t.equal(new Portfolio(core).core, core);
  t.throws(() => new Portfolio(core, CostModel.zero()), { code: 'VALIDATION' });
  t.throws(() => Portfolio.from_json('{"cash'), { code: 'VALIDATION', detail: { field: 'json' } });
  t.throws(() => Portfolio.from_json('{}'), { code: 'VALIDATION' });
});

t.test('a cost model has nanobook’s names', async (t) => {
  t.equal(CostModel(10, 0, 100).compute_cost(1_000_000), 1000, 'as nanobook 0.19.2');
  t.equal(CostModel(10, 0, 100).compute_cost(-1_000_000), 1000, 'as nanobook 0.19.2');
  t.equal(CostModel(10, 0, 100).compute_cost(100), 100, 'as nanobook 0.19.2');
  t.equal(CostModel(10, 5).compute_cost(1_000_000), 1500, 'with the slippage, which nanobook leaves out');
  t.equal(CostModel(10, 0, 100).compute_cost(0), 0, 'where nanobook takes the minimum');
  t.equal(CostModel.zero().compute_cost(1_000_000), 0);
});

t.test('the text of a snapshot has the levels alone', async (t) => {
  const exchange = new Exchange();
  exchange.submit_limit('buy', 100, 5);
  const level = { price: 100, price_float: 1, quantity: 5, order_count: 1 };
  t.strictSame(JSON.parse(JSON.stringify({ book: exchange.depth(1) })), {
    book: { bids: [level], asks: [] },
  });
});
