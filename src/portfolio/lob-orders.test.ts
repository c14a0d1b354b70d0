import t from 'tap';
import { randomStream } from '../testing/random.js';
import { books, type Level, SlowExchange, SlowMarket } from '../testing/slow-market.js';
import { BookSide } from './book-side.js';
import type { LobOptions, LobOrder } from './lob-types.js';
import { limitPrice } from './lob-options.js';
import { Portfolio } from './portfolio.js';
import { centsOf } from './tick-money.js';
import type { PortfolioOptions } from './types.js';

const WHOLE = { quantityStep: 1 } as const;

t.test('an order goes no further than the limit, and says what stopped it', async (t) => {
  const asks: readonly Level[] = [
    [10_000, 10],
    [10_049, 10],
    [10_050, 10],
    [10_051, 10],
  ];
  const order = (options: LobOptions, cash = 1e8, side: 'buy' | 'sell' = 'buy'): LobOrder => {
    const bids = asks.map(([price, quantity]): Level => [20_000 - price, quantity]);
    const market = books({ A: side === 'buy' ? { asks } : { bids } });
    const portfolio = new Portfolio(cash, {}, { ...WHOLE, allowShort: true });
    return portfolio.rebalanceLob({ A: side === 'buy' ? 1 : -1 }, market, options).orders[0]!;
  };
  // 10,000 × 1.005 is 10049.999999999998 in doubles: the limit is exact.
  const cases = [
    [0, 10],
    [49, 20],
    [49.9, 20],
    [50, 30],
    [50.001, 30],
    [51, 40],
  ] as const;
  for (const [maxSlippageBps, filled] of cases) {
    const reason = filled < 40 ? 'slippage-limit' : 'no-liquidity';
    t.match(order({ maxSlippageBps }), { filledQuantity: filled, reason }, `${maxSlippageBps}`);
    t.match(
      order({ maxSlippageBps }, 1e8, 'sell'),
      { filledQuantity: filled, reason },
      `${maxSlippageBps} sold`,
    );
  }
  t.match(order({ maxSlippageBps: 1_000_000 }, 1e8, 'sell'), { filledQuantity: 40, reason: 'no-liquidity' });
  t.match(order({}), { filledQuantity: 40, reason: 'no-liquidity', slippageCents: 49 * 10 + 500 + 510 });
});

t.test('limits and cents are rounded exactly at the ends of their range', async (t) => {
  const most = Number.MAX_SAFE_INTEGER;
  t.equal(limitPrice('sell', 5, 10_000_000), 1, 'never below one tick');
  t.equal(limitPrice('buy', most, 1_000_000_000), most);
  t.equal(limitPrice('buy', 100.5, 1_000_000), 110, '110.55');
  t.equal(limitPrice('sell', 100.5, 1_000_000), 91, '90.45');
  const tenths = [5n, 15n, 25n, 26n, -5n, -15n, -25n, -26n].map((amount) => centsOf('x', amount, 1000));
  t.same(tenths, [0, 2, 2, 3, 0, -2, -2, -3]);
  t.throws(() => centsOf('x', 2n ** 53n, 100), { code: 'OVERFLOW' });
});

t.test('orders of the same owner meet by the self-trade policy', async (t) => {
  const run = (options: LobOptions): [LobOrder, SlowMarket] => {
    const market = books({ A: { asks: [[100, 10]] } });
    market.exchange('A').submitLimit('sell', 101, 30, 'gtc', { owner: 7 });
    market.exchange('A').submitLimit('sell', 102, 100);
    const portfolio = new Portfolio(4000, {}, WHOLE);
    return [portfolio.rebalanceLob({ A: 1 }, market, options).orders[0]!, market];
  };
  const filled = (options: LobOptions): (number | string | null)[] => {
    const [{ filledQuantity, notionalCents, reason }] = run(options);
    return [filledQuantity, notionalCents, reason];
  };
  // 40 wanted, 4,000 cents: 10 at 100, then 29 of the own ones at 101 are 3,929, or 29 at 102 are 3,958.
  t.same(filled({}), [39, 3929, 'cash']);
  t.same(filled({ owner: 8, stp: 'cancel-newest' }), [39, 3929, 'cash']);
  t.same(filled({ owner: 7 }), [39, 3929, 'cash'], 'the exchange’s policy is off');
  t.same(filled({ owner: 7, stp: 'cancel-newest' }), [10, 1000, 'self-trade']);
  t.same(filled({ owner: 7, stp: 'cancel-oldest' }), [39, 3958, 'cash']);
  // 40 would pass the 30 that are left of it, but 39 of them are all the cash covers, and those do not pass.
  t.same(filled({ owner: 7, stp: 'decrement-and-cancel' }), [10, 1000, 'self-trade']);
  const strict = new SlowMarket({ stp: 'cancel-oldest' });
  strict.exchange('A').submitLimit('sell', 100, 40, 'gtc', { owner: 7 });
  strict.exchange('A').submitLimit('sell', 102, 100);
  const own = new Portfolio(4000, {}, WHOLE).rebalanceLob({ A: 1 }, strict, { owner: 7 }).orders[0]!;
  t.same([own.filledQuantity, own.notionalCents], [39, 39 * 102], 'the policy of the exchange');
  const [, market] = run({ owner: 7, stp: 'cancel-oldest' });
  t.equal(market.exchange('A').getOrder(2)!.status, 'cancelled');
  t.equal(market.exchange('A').getOrder(4)!.owner, 7);
});

t.test('the order limits apply at the reference prices', async (t) => {
  const run = (limits: PortfolioOptions, targets: Record<string, number>): (string | number)[][] => {
    const deep: readonly Level[] = [[100, 1e6]];
    const market = books({ A: { asks: deep }, B: { asks: deep }, C: { asks: deep } });
    const report = new Portfolio(1_000_000, {}, limits).rebalanceLob(targets, market);
    return report.orders.map(({ symbol, wantedQuantity }) => [symbol, wantedQuantity]);
  };
  const targets = { A: 0.5, B: 0.3, C: 0.01 };
  t.same(run({}, targets), [
    ['A', 5000],
    ['B', 3000],
    ['C', 100],
  ]);
  t.same(run({ minOrderValue: 10_001 }, targets), [
    ['A', 5000],
    ['B', 3000],
  ]);
  t.same(run({ noTradeBandBps: 100 }, targets), [
    ['A', 5000],
    ['B', 3000],
  ]);
  t.same(run({ maxTradesPerRebalance: 1 }, targets), [['A', 5000]]);
  t.same(run({ maxOrderValue: 30_050 }, targets), [
    ['A', 300],
    ['B', 300],
    ['C', 100],
  ]);
  const short = new Portfolio(1_000_000, {}, { allowShort: true, maxOrderValue: 30_050 });
  const bids = books({ A: { bids: [[100, 1e6]] } });
  t.equal(
    short.rebalanceLob({ A: -0.5 }, bids).orders[0]!.filledQuantity,
    300,
    'whole shares within the limit',
  );
  t.same(run({ maxRebalanceNotional: 81_000 }, targets), [
    ['A', 500],
    ['B', 300],
    ['C', 10],
  ]);
  t.same(run({ quantityStep: 1000 }, targets), [
    ['A', 5000],
    ['B', 3000],
  ]);
});

t.test('BookSide tells exactly what an order will get, under every policy and limit', async (t) => {
  const policies = ['off', 'cancel-newest', 'cancel-oldest', 'decrement-and-cancel'] as const;
  let stopped = 0;
  for (let k = 0; k < 600; k++) {
    const random = randomStream(11, k);
    const side = random.of(['buy', 'sell'] as const);
    const exchange = new SlowExchange(100);
    const width = random.of([12, 90]);
    for (let count = random.below(random.of([40, 90])); count > 0; count--) {
      const price = 1000 + (side === 'buy' ? 1 : -1) * random.below(width);
      const owner = random.of([null, 1, 1, 2]);
      exchange.submitLimit(side === 'buy' ? 'sell' : 'buy', price, 1 + random.below(30), 'gtc', { owner });
    }
    const most = 1 + random.below(random.of([400, 1500]));
    const limit = random.oneIn(3) ? null : 1000 + (side === 'buy' ? 1 : -1) * random.below(width);
    const owner = random.oneIn(4) ? null : 1;
    const stp = random.of(policies);
    const book = new BookSide(exchange, side, most, limit, owner, stp);
    for (let q = 1; q < most; q++) if (book.reach(q) > book.reach(q + 1)) t.fail('a larger order gets less');
    const quantity = 1 + random.below(most);
    const price = limit ?? (side === 'buy' ? 5000 : 1);
    const { filledQuantity, trades, reason } = exchange.submitLimit(side, price, quantity, 'ioc', {
      owner,
      stp,
    });
    const value = trades.reduce((sum, trade) => sum + BigInt(trade.price * trade.quantity), 0n);
    if (reason === 'self-trade') stopped += 1;
    if (book.reach(quantity) !== filledQuantity || book.valueOf(filledQuantity) !== value)
      t.fail(`case ${k}`);
  }
  t.ok(stopped > 50, `${stopped} orders were stopped by their own`);
});

t.test('where every book is deep at one price, it is rebalanceSimple in whole shares', async (t) => {
  let traded = 0;
  for (let k = 0; k < 150; k++) {
    const random = randomStream(12, k);
    const options = {
      quantityStep: random.of([1, 1, 10]),
      priceScale: random.of([10, 100, 1000]),
      allowShort: k % 3 === 0,
      maxGross: k % 3 === 0 ? 1.6 : 1,
      costTarget: random.of(['gross', 'net'] as const),
      ...(random.oneIn(3) ? { noTradeBandBps: 200, maxTradesPerRebalance: 3 } : {}),
      ...(random.oneIn(3) ? { minOrderValue: 40_000, maxOrderValue: 9_000_000 } : {}),
    };
    const costs = { commissionBps: random.below(30), minTradeFee: random.below(200) };
    const simple = new Portfolio(50_000_000, costs, options);
    const lob = new Portfolio(50_000_000, costs, options);
    for (let round = 0; round < 4; round++) {
      const names = ['A', 'B', 'C', 'D', 'E'].filter(() => !random.oneIn(4));
      // Never all in: where cash is short, the two find a factor each in their own way.
      const weight = (): number => (random.below(17) - (options.allowShort ? 6 : 0)) / 100;
      const targets = Object.fromEntries(
        names.map((name) => [name, Math.max(weight(), options.allowShort ? -1 : 0)]),
      );
      const prices = { A: 7, B: 110, C: 2345, D: 999, E: 50 + random.below(9) };
      const report = simple.rebalanceSimple(targets, prices);
      const side = new Map(report.trades.map((trade) => [trade.symbol, trade.side]));
      const market = books(
        Object.fromEntries(
          Object.entries(prices).map(([name, price]) => {
            const level: Level = [price, 1e12];
            return [name, side.get(name) === 'sell' ? { bids: [level] } : { asks: [level] }];
          }),
        ),
        options.priceScale,
      );
      const through = lob.rebalanceLob(targets, market);
      const got = through.orders.map(({ symbol, side, filledQuantity }) => [symbol, side, filledQuantity]);
      const wanted = report.trades.map(({ symbol, side, quantity }) => [symbol, side, quantity]);
      const found = [got, through.tradedCents, through.costCents, through.slippageCents, lob];
      const expected = [wanted, report.tradedCents, report.costCents, 0, simple];
      if (JSON.stringify(found) !== JSON.stringify(expected)) {
        t.same(found, expected, `case ${k}, round ${round}`);
        return;
      }
      traded += got.length;
    }
  }
  t.ok(traded > 1000, `${traded} orders`);
});
