import t from 'tap';
import { errorOf } from '../testing/error-of.js';
import { books, type Level } from '../testing/slow-market.js';
import type { LobMarket, LobOrder } from './lob-types.js';
import { Portfolio } from './portfolio.js';

const WHOLE = { quantityStep: 1 } as const;

t.test('a buy and a sale walk the book, and every cent of it is in the report', async (t) => {
  const market = books({
    A: {
      bids: [[98, 500]],
      asks: [
        [100, 300],
        [110, 1000],
      ],
    },
  });
  const portfolio = new Portfolio(100_000, { commissionBps: 10 }, WHOLE);
  // Half of 100,000 at the middle, 99, is 505 shares: 300 at 100 and 205 at 110 are 52,550, and 52.55 of costs.
  t.same(portfolio.rebalanceLob({ A: 0.5 }, market), {
    status: 'ok',
    equityCents: 100_000,
    tradedCents: 52_550,
    costCents: 52,
    slippageCents: 52_550 - 505 * 99,
    orders: [
      {
        symbol: 'A',
        side: 'buy',
        wantedQuantity: 505,
        filledQuantity: 505,
        unfilledQuantity: 0,
        referencePrice: 99,
        averagePrice: 52_550 / 505,
        slippageBps: (2555 / 49_995) * 10_000,
        slippageCents: 2555,
        notionalCents: 52_550,
        costCents: 52,
        orderId: 4,
        reason: null,
      },
    ],
  });
  t.equal(portfolio.cash, 47_398);
  t.equal(portfolio.position('A')!.totalCost, 52_550);
  // The middle is 104 now. 500 of the 505 find a bid: 49,000 cents, 49 of costs; 500/505 of the basis are 52,029.7.
  const sale = portfolio.rebalanceLob({}, market);
  t.same([sale.equityCents, sale.costCents, sale.slippageCents], [47_398 + 505 * 104, 49, 500 * (104 - 98)]);
  t.match(sale.orders[0], { side: 'sell', wantedQuantity: 505, filledQuantity: 500, unfilledQuantity: 5 });
  t.equal(sale.orders[0]!.reason, 'no-liquidity');
  t.equal(portfolio.cash, 47_398 + 49_000 - 49);
  const { quantity, totalCost, realizedPnl } = portfolio.position('A')!;
  t.same([quantity, totalCost, realizedPnl], [5, 520, 49_000 - 52_030]);
});

t.test('the reference price is the middle to the half tick, one side, or the last trade', async (t) => {
  const half = books({ A: { bids: [[100, 50]], asks: [[101, 50]] } });
  const portfolio = new Portfolio(1000, {}, WHOLE);
  portfolio.rebalanceSimple({ A: 0.3 }, { A: 100 });
  const report = portfolio.rebalanceLob({ A: 1 }, half);
  t.equal(report.equityCents, 1001, '700 and 3 shares at 100.5 are 1001.5, down');
  t.match(report.orders[0], {
    referencePrice: 100.5,
    wantedQuantity: 6,
    notionalCents: 606,
    slippageCents: 3,
  });
  t.equal(report.orders[0]!.slippageBps, (3 / 603) * 10_000);
  const odd = new Portfolio(550, {}, WHOLE).rebalanceLob({ A: 1 }, half).orders[0]!;
  t.same([odd.filledQuantity, odd.slippageCents], [5, 2], '505 against 502.5: half to even');

  const reference = (market: LobMarket, scale = 100): number => {
    const report = new Portfolio(1e12, {}, { ...WHOLE, priceScale: scale }).rebalanceLob({ A: 0.1 }, market);
    return report.orders[0]!.referencePrice;
  };
  t.equal(reference(books({ A: { asks: [[105, 1]] } })), 105);
  t.equal(reference(books({ A: { bids: [[95, 1]] } })), 95);
  t.equal(
    reference(books({ A: { bids: [[77, 1]], asks: [[77, 1]] } })),
    77,
    'both are gone, a trade is left',
  );
  t.equal(
    reference(books({ A: { bids: [[2_147_483_648, 1]], asks: [[2_147_483_651, 1]] } })),
    2_147_483_649.5,
  );

  // 1.5 units are 150 cents; 100.05 cents buy 9 shares of 1,000 cents, 9.995 come short of 10.
  const wanted = (scale: number, bid: number, ask: number): number[] => {
    const market = books({ A: { bids: [[bid, 99]], asks: [[ask, 99]] } }, scale);
    const order = new Portfolio(1000, {}, { ...WHOLE, priceScale: scale }).rebalanceLob({ A: 1 }, market)
      .orders[0]!;
    return [order.referencePrice, order.wantedQuantity];
  };
  t.same(wanted(1, 1, 2), [1.5, 6]);
  t.same(wanted(10, 10, 11), [10.5, 9], '105 cents');
  t.same(wanted(1000, 1000, 1001), [1000.5, 9]);
  t.same(wanted(1000, 999, 1000), [999.5, 10]);
});

t.test('when cash is short all buys shrink by one factor, read off the books', async (t) => {
  const depth: readonly Level[] = [
    [100, 40],
    [101, 40],
    [105, 40],
    [120, 400],
  ];
  const names = ['A', 'B', 'C', 'D'];
  const weights = [0.4, 0.3, 0.2, 0.1];
  const costs = { commissionBps: 25, minTradeFee: 7 };
  const run = (order: readonly number[]): { cash: number; filled: Map<string, number> } => {
    const market = books(Object.fromEntries(names.map((name) => [name, { asks: depth, bids: [[99, 1]] }])));
    const portfolio = new Portfolio(40_000, costs, WHOLE);
    const report = portfolio.rebalanceLob(new Map(order.map((i) => [names[i]!, weights[i]!])), market);
    const filled = new Map(report.orders.map(({ symbol, filledQuantity }) => [symbol, filledQuantity]));
    t.ok(report.orders.every(({ reason }) => reason === 'cash'));
    return { cash: portfolio.cash, filled };
  };
  const { cash, filled } = run([0, 1, 2, 3]);
  for (const order of [
    [3, 2, 1, 0],
    [1, 3, 0, 2],
  ]) {
    const other = run(order);
    t.equal(other.cash, cash);
    for (const name of names) t.equal(other.filled.get(name), filled.get(name));
  }
  // By hand: 40,000 at the middle of 99.5.
  const wanted = weights.map((weight) => Math.floor((weight * 40_000) / 99.5));
  t.same(wanted, [160, 120, 80, 40]);
  const price = (shares: number): number => {
    const taken = depth.map(([, quantity], k) => Math.max(0, Math.min(quantity, shares - 40 * k)));
    const cents = taken.reduce((sum, quantity, k) => sum + quantity * depth[k]![0], 0);
    return cents + (cents === 0 ? 0 : Math.max(7, Math.floor((cents * 25) / 10_000)));
  };
  const total = (factor: number): number =>
    wanted.reduce((sum, shares) => sum + price(Math.floor(shares * factor + 1e-12)), 0);
  const got = names.map((name) => filled.get(name)!);
  const factor = Math.max(...got.map((shares, i) => shares / wanted[i]!));
  t.same(
    got,
    wanted.map((shares) => Math.floor(shares * factor + 1e-12)),
    'one factor',
  );
  t.equal(40_000 - total(factor), cash);
  const larger = Math.min(...got.map((shares, i) => (shares + 1) / wanted[i]!));
  t.ok(total(larger) > 40_000, 'a share more would not be covered');
});

t.test('what a sale really brings is what the buys can spend', async (t) => {
  const market = books({ A: { bids: [[90, 1000]], asks: [[110, 1]] }, B: { asks: [[50, 10_000]] } });
  const portfolio = new Portfolio(100_000, {}, WHOLE);
  portfolio.rebalanceSimple({ A: 1 }, { A: 100 });
  const { orders } = portfolio.rebalanceLob({ B: 1 }, market);
  t.same(
    orders.map(({ symbol, side }) => [symbol, side]),
    [
      ['A', 'sell'],
      ['B', 'buy'],
    ],
  );
  t.same(
    orders.map(({ wantedQuantity }) => wantedQuantity),
    [1000, 2000],
    'A counts 100 at the middle',
  );
  t.same(
    orders.map(({ filledQuantity }) => filledQuantity),
    [1000, 1800],
    'but brings 90',
  );
  t.same([portfolio.cash, orders[1]!.reason], [0, 'cash']);

  const fee = new Portfolio(10_000, { minTradeFee: 500 }, WHOLE);
  fee.rebalanceSimple({ A: 0.95 }, { A: 100 });
  t.equal(fee.cash, 0);
  const small = fee.rebalanceLob({ A: 0.99 }, books({ A: { bids: [[100, 100]], asks: [[100, 0 + 1]] } }));
  t.same(
    small.orders.map(({ reason, orderId }) => [reason, orderId]),
    [['cash', null]],
    'costs more than it brings',
  );
});

t.test('a fraction that is held stays, is reported, and is never lost', async (t) => {
  const market = books({ A: { bids: [[100, 100]], asks: [[102, 100]] } });
  const portfolio = new Portfolio(1050);
  portfolio.rebalanceSimple({ A: 1 }, { A: 100 });
  t.equal(portfolio.position('A')!.quantity, 10.5);
  const [exit] = portfolio.rebalanceLob({}, market).orders;
  t.match(exit, { wantedQuantity: 10.5, filledQuantity: 10, unfilledQuantity: 0.5, reason: 'fraction' });
  t.same(
    [portfolio.cash, portfolio.position('A')!.quantity, portfolio.position('A')!.totalCost],
    [1000, 0.5, 50],
  );
  const [rest] = portfolio.rebalanceLob({}, market).orders;
  t.match(rest, { side: 'sell', wantedQuantity: 0.5, filledQuantity: 0, averagePrice: null, orderId: null });
  t.equal(portfolio.totalEquity({ A: 100 }), 1050);
});

t.test('leverage borrows what the targets ask for, and no more', async (t) => {
  const run = (asks: readonly Level[]): [number, LobOrder] => {
    const portfolio = new Portfolio(1000, {}, { ...WHOLE, maxGross: 2 });
    const report = portfolio.rebalanceLob({ A: 1.5 }, books({ A: { bids: [[98, 1]], asks } }));
    return [portfolio.cash, report.orders[0]!];
  };
  const [cash, order] = run([[102, 100]]);
  t.same([order.wantedQuantity, order.filledQuantity, order.reason], [15, 14, 'cash'], '15 would take 1530');
  t.equal(cash, 1000 - 14 * 102);
});

t.test('a short fraction stays short; what is closed needs no book', async (t) => {
  const portfolio = new Portfolio(1000, {}, { allowShort: true });
  portfolio.rebalanceSimple({ A: -0.25, B: 0.5 }, { A: 100, B: 100 });
  const market = books({ A: { asks: [[100, 9]] }, B: { bids: [[100, 9]] } });
  const { orders } = portfolio.rebalanceLob({}, market);
  t.match(orders[1], {
    symbol: 'A',
    side: 'buy',
    wantedQuantity: 2.5,
    filledQuantity: 2,
    unfilledQuantity: 0.5,
  });
  t.equal(portfolio.position('A')!.quantity, -0.5);
  const [rest] = portfolio.rebalanceLob({}, books({ A: { asks: [[100, 9]] } })).orders;
  t.match(rest, { side: 'buy', wantedQuantity: 0.5, filledQuantity: 0, orderId: null, reason: 'fraction' });
});

t.test('what was traded before an exchange failed is booked', async (t) => {
  const market = books({ A: { asks: [[100, 9]] }, B: { asks: [[100, 9]] } });
  market.exchange('B').submitMarket = () => {
    throw new Error('gone');
  };
  const portfolio = new Portfolio(1000, { minTradeFee: 10 }, WHOLE);
  t.throws(() => portfolio.rebalanceLob({ A: 0.3, B: 0.4 }, market), { message: 'gone' });
  t.same([portfolio.cash, portfolio.position('A')!.quantity, portfolio.position('B')], [690, 3, null]);
});

t.test('what is wrong is named before an order is sent', async (t) => {
  const market = books({ A: { asks: [[100, 10]] }, EMPTY: {} });
  const portfolio = new Portfolio(1_000_000, {}, { allowShort: true });
  portfolio.rebalanceLob({ A: 0.0001 }, market);
  const before = JSON.stringify(portfolio);
  const code = (targets: Record<string, number>, multi: unknown = market, options: object = {}): string[] => {
    const error = errorOf(() => portfolio.rebalanceLob(targets, multi as LobMarket, options));
    return [error.code, error.detail!.field];
  };
  t.same(code({ A: 0.1, NONE: 0.1 }), ['PRICE', 'multi.NONE']);
  t.same(code({ A: 0.1, EMPTY: 0.1 }), ['PRICE', 'multi.EMPTY']);
  t.same(code({}, books({ B: {} })), ['PRICE', 'multi.A'], 'what is held needs a book, too');
  t.same(code({ A: 0.1 }, books({ A: { asks: [[100, 1]] } }, 1000)), ['VALIDATION', 'multi.A.priceScale']);
  t.same(code({ A: 1.5 }), ['INVALID_WEIGHTS', 'targets']);
  t.same(code({ A: Number.NaN }), ['INVALID_WEIGHTS', 'targets.A']);
  t.same(code({ A: 0.1 }, null), ['VALIDATION', 'multi']);
  t.same(code({ A: 0.1 }, {}), ['VALIDATION', 'multi']);
  t.same(code({ A: 0.1 }, market, { owners: 1 }), ['VALIDATION', 'options.owners']);
  t.same(code({ A: 0.1 }, market, { owner: -0 }), ['VALIDATION', 'options.owner']);
  t.same(code({ A: 0.1 }, market, { owner: 1.5 }), ['VALIDATION', 'options.owner']);
  t.same(code({ A: 0.1 }, market, { stp: 'none' }), ['VALIDATION', 'options.stp']);
  t.same(code({ A: 0.1 }, market, { maxSlippageBps: -1 }), ['VALIDATION', 'options.maxSlippageBps']);
  t.same(code({ A: 0.1 }, market, { maxSlippageBps: 0.0001 }), ['VALIDATION', 'options.maxSlippageBps']);
  t.same(
    code({ A: 0.1 }, books({ A: { asks: [[9e14, 1]] } })),
    ['OVERFLOW', 'multi.A'],
    'too dear for fractions',
  );
  const dear = books({ A: { bids: [[2 ** 52, 1]], asks: [[2 ** 52 + 1, 1]] } });
  const whole = new Portfolio(1000, {}, WHOLE);
  t.equal(errorOf(() => whole.rebalanceLob({ A: 1 }, dear)).code, 'OVERFLOW', 'no half tick past 2^52');
  const short = new Portfolio(6e15, {}, { allowShort: true, quantityStep: 1 });
  const bids = books({ A: { bids: [[100, 6e13]] } });
  t.equal(errorOf(() => short.rebalanceLob({ A: -1 }, bids)).code, 'OVERFLOW', '12e15 cents of cash');
  t.equal(bids.exchange('A').trades().length, 0);
  t.equal(JSON.stringify(portfolio), before);
  t.equal(market.exchange('A').getOrder(3), null, 'no order since the first');
});
