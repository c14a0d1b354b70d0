import t from 'tap';
import { OverflowError } from '../errors.js';
import { ReferenceExchange } from './exchange.js';
import { partOf, TrueRanges } from './exchange-stops.js';

const MAX = Number.MAX_SAFE_INTEGER;

/** Makes a trade of one unit at a price on an empty book. */
function tradeAt(x: ReferenceExchange, price: number): readonly number[] {
  x.submitLimit('sell', price, 1);
  return x.submitLimit('buy', price, 1).triggered;
}

t.test('a sell stop fires at or below its price, a buy stop at or above', async (t) => {
  const x = new ReferenceExchange();
  const pending = x.submitStopMarket('sell', 95, 2, { owner: 9 });
  t.same(pending, { orderId: 1, status: 'pending', triggered: [] });
  x.submitStopLimit('buy', 105, 106, 3);
  t.same([tradeAt(x, 96), tradeAt(x, 104)], [[], []]);
  t.same(x.getOrder(1), null);
  x.submitLimit('buy', 90, 5);
  t.same(tradeAt(x, 95), [1]);
  t.same([x.getStopOrder(1)?.status, x.getOrder(1)?.status, x.lastTradePrice()], ['triggered', 'filled', 90]);
  const order = x.getOrder(1)!;
  t.same([order.price, order.timeInForce, order.owner, order.timestamp], [null, 'ioc', 9, 1]);
  t.same(tradeAt(x, 105), [2]);
  t.same([x.getOrder(2)?.price, x.getOrder(2)?.status, x.bestBid()], [106, 'new', 106]);
});

t.test('a stop that the last trade already satisfies fires at once', async (t) => {
  const x = new ReferenceExchange();
  tradeAt(x, 100);
  t.same(x.submitStopMarket('sell', 99, 1).status, 'pending');
  t.same(x.submitStopMarket('buy', 101, 1).status, 'pending');
  t.same(x.submitStopMarket('sell', 100, 1), { orderId: 5, status: 'triggered', triggered: [5] });
  const trail = { kind: 'fixed', offset: 5 } as const;
  t.same(x.submitTrailingStopMarket('buy', 100, 1, trail).triggered, [6]);
  t.equal(x.getStopOrder(6)?.watermark, null);
  t.same(x.submitStopLimit('sell', 101, 98, 4, 'fok').status, 'triggered');
  t.same([x.getOrder(7)?.status, x.getOrder(7)?.reason], ['rejected', 'fok-unfilled']);
});

t.test('stops hit by one trade fire by distance, then by age', async (t) => {
  const x = new ReferenceExchange();
  x.submitStopMarket('buy', 98, 1);
  x.submitStopMarket('sell', 102, 1);
  x.submitStopMarket('buy', 100, 1);
  x.submitStopMarket('buy', 99, 1);
  x.submitStopMarket('buy', 101, 1);
  t.same(tradeAt(x, 100), [3, 4, 1, 2]);
  t.equal(x.pendingStopCount(), 1);
});

t.test('stops that a fired stop sets off wait behind those that fired before', async (t) => {
  const x = new ReferenceExchange();
  for (const price of [100, 101, 103, 104]) x.submitLimit('sell', price, 1);
  x.submitStopMarket('buy', 100, 1);
  x.submitStopMarket('buy', 100, 1);
  x.submitStopMarket('buy', 101, 1);
  const result = x.submitLimit('buy', 100, 1);
  t.same(result.triggered, [5, 6, 7]);
  t.equal(result.trades.length, 1, 'only its own');
  t.same(
    x.trades().map((trade) => [trade.price, trade.aggressorOrderId]),
    [
      [100, 8],
      [101, 5],
      [103, 6],
      [104, 7],
    ],
  );

  const y = new ReferenceExchange();
  for (const price of [100, 101]) y.submitLimit('sell', price, 1);
  y.submitStopMarket('buy', 101, 1);
  y.submitStopMarket('buy', 100, 1);
  t.same(y.submitMarket('buy', 2).triggered, [4, 3], 'the trades of one order are looked at in turn');
});

t.test('a trailing stop follows the best trade price and never goes back', async (t) => {
  const x = new ReferenceExchange();
  const trail = { kind: 'fixed', offset: 5 } as const;
  x.submitTrailingStopLimit('sell', 90, 1, trail, 3);
  x.submitTrailingStopMarket('buy', 110, 1, trail);
  const stops = (): unknown[] =>
    [1, 2].map((id) => x.getStopOrder(id)).map((stop) => [stop?.watermark, stop?.stopPrice]);
  tradeAt(x, 93);
  t.same(stops(), [
    [93, 90],
    [93, 98],
  ]);
  tradeAt(x, 97);
  t.same(stops(), [
    [97, 92],
    [93, 98],
  ]);
  t.same(tradeAt(x, 98), [2]);
  t.same(tradeAt(x, 102), []);
  t.same(tradeAt(x, 97), [1], 'the stop stood at 102 - 5');
  t.same([x.getOrder(1)?.price, x.getOrder(1)?.status], [94, 'new'], 'its limit is 3 below');

  const edge = new ReferenceExchange();
  const far = { kind: 'fixed', offset: MAX } as const;
  edge.submitTrailingStopMarket('sell', 1, 1, far);
  edge.submitTrailingStopLimit('buy', MAX, 1, far, 1);
  tradeAt(edge, 100);
  t.same([edge.getStopOrder(1)?.stopPrice, edge.getStopOrder(2)?.stopPrice], [1, MAX]);
  t.same(tradeAt(edge, MAX), [2]);
  t.equal(edge.getOrder(2)?.price, MAX, 'the limit stays within the numbers');
});

t.test('a percentage is taken of its decimal digits and rounded up', async (t) => {
  t.equal(partOf(100, 0.07), 7, 'in doubles it would be 7.000000000000001, and 8');
  t.same([partOf(101, 0.07), partOf(1, 1e-7), partOf(1, 5e-324)], [8, 1, 1]);
  t.equal(partOf(MAX, 0.5), 4_503_599_627_370_496);
  const x = new ReferenceExchange();
  x.submitTrailingStopMarket('sell', 1, 1, { kind: 'percentage', fraction: 0.07 });
  tradeAt(x, 100);
  t.equal(x.getStopOrder(1)?.stopPrice, 93);
});

t.test("the average true range is Wilder's, worked by hand", async (t) => {
  const ranges = new TrueRanges();
  const averages = (): unknown[] => [ranges.average(2), ranges.average(3)];
  ranges.add(12, 8, 10);
  ranges.add(13, 9, 11); // 13 - 9 = 4
  t.same(averages(), [null, null]);
  ranges.add(20, 15, 16); // 20 - 11 = 9
  t.same(averages(), [6.5, null]);
  ranges.add(16, 14, 15); // 16 - 14 = 2
  t.same(averages(), [4.25, 5]);
  ranges.add(9, 8, 8); // 15 - 8 = 7
  t.same(averages(), [5.625, 17 / 3]);
});

t.test(
  'a stop that trails by the average true range moves with the bars, and they can fire it',
  async (t) => {
    const x = new ReferenceExchange();
    const id = x.submitTrailingStopMarket('sell', 50, 1, { kind: 'atr', multiplier: 2, period: 2 }).orderId;
    const stop = (): number | undefined => x.getStopOrder(id)?.stopPrice;
    x.onBar(12, 8, 10);
    x.onBar(13, 9, 11);
    tradeAt(x, 100);
    t.equal(stop(), 50, 'no average yet');
    x.onBar(20, 15, 16);
    t.equal(stop(), 87, '100 - 2 × 6.5');
    x.onBar(16, 14, 15);
    t.equal(stop(), 91, '100 - 9, which is 2 × 4.25 rounded up');
    t.same(x.onBar(115, 15, 15), [], 'a range of 100');
    t.equal(stop(), 91);
    tradeAt(x, 95);
    t.equal(x.getStopOrder(id)?.watermark, 100);
    for (const average of [26.0625, 13.03125, 6.515625]) {
      t.same(x.onBar(15, 15, 15), [], `half of it is left: ${average}`);
    }
    t.same([stop(), x.onBar(15, 15, 15), stop()], [91, [], 93], '100 - 2 × 3.2578125 rounded up');
    t.same(x.onBar(15, 15, 15), [id], '100 - 2 × 1.62890625 rounded up = 96, and the last trade was at 95');
    t.equal(x.getOrder(id)?.status, 'cancelled', 'there was nobody to trade with');
  },
);

t.test(
  'no side may hold more than 2^53 - 1, stops included; a refusal takes no id and no tick',
  async (t) => {
    const x = new ReferenceExchange();
    x.submitLimit('buy', 100, MAX - 10);
    x.submitStopMarket('buy', 200, 10);
    t.throws(() => x.submitLimit('buy', 1, 1), OverflowError);
    t.throws(() => x.submitStopLimit('buy', 300, 300, 1, 'ioc'), OverflowError);
    t.throws(() => x.modify(1, 99, MAX - 9), OverflowError);
    t.equal(x.submitLimit('buy', 1, MAX, 'ioc').orderId, 3, 'what cannot rest does not count');
    t.equal(x.submitLimit('sell', 200, MAX).orderId, 4);
    t.equal(x.modify(1, 100, MAX - 11).status, 'new');
    t.same([x.submitLimit('buy', 1, 1).orderId, x.getOrder(5)?.timestamp], [5, 6]);

    const y = new ReferenceExchange();
    y.submitLimit('buy', 100, 10);
    y.submitMarket('sell', 4);
    t.throws(() => y.modify(1, 100, MAX - 3), OverflowError, 'with the 4 that are filled, too');
    t.equal(y.modify(1, 100, MAX - 4).restingQuantity, MAX - 4);
  },
);
