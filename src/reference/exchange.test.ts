import t from 'tap';
import type { StpPolicy, Trade } from '../exchange/types.js';
import { ReferenceExchange } from './exchange.js';

/** Trades as [price, quantity, aggressor, passive]. */
function rows(trades: readonly Trade[]): number[][] {
  return trades.map((trade) => [trade.price, trade.quantity, trade.aggressorOrderId, trade.passiveOrderId]);
}

t.test(
  'the first trade of the second order has the third tick and the price of the resting order',
  async (t) => {
    const x = new ReferenceExchange();
    t.same(x.submitLimit('sell', 100, 10), {
      orderId: 1,
      status: 'new',
      reason: null,
      filledQuantity: 0,
      restingQuantity: 10,
      cancelledQuantity: 0,
      trades: [],
      triggered: [],
    });
    const trade = {
      id: 1,
      price: 100,
      quantity: 4,
      aggressorOrderId: 2,
      passiveOrderId: 1,
      aggressorSide: 'buy',
      timestamp: 3,
    };
    t.same(x.submitLimit('buy', 101, 4), {
      orderId: 2,
      status: 'filled',
      reason: null,
      filledQuantity: 4,
      restingQuantity: 0,
      cancelledQuantity: 0,
      trades: [trade],
      triggered: [],
    });
    t.same(x.trades(), [trade]);
    t.same(x.getOrder(1), {
      id: 1,
      side: 'sell',
      price: 100,
      quantity: 10,
      filledQuantity: 4,
      remainingQuantity: 6,
      cancelledQuantity: 0,
      status: 'partially-filled',
      reason: null,
      timeInForce: 'gtc',
      postOnly: false,
      owner: null,
      stp: 'off',
      timestamp: 1,
    });
    t.same([x.bestBid(), x.bestAsk(), x.lastTradePrice()], [null, 100, 100]);
  },
);

t.test('best price first, then the oldest order, and levels tell what stands before each', async (t) => {
  const x = new ReferenceExchange();
  x.submitLimit('sell', 102, 5);
  x.submitLimit('sell', 101, 5, 'gtc', { owner: 7 });
  x.submitLimit('sell', 101, 6);
  x.submitLimit('buy', 99, 1);
  x.submitLimit('buy', 100, 2);
  t.same(x.levels().asks, [
    {
      price: 101,
      quantity: 11,
      orderCount: 2,
      orders: [
        { id: 2, quantity: 5, owner: 7, timestamp: 2, position: 0, quantityAhead: 0 },
        { id: 3, quantity: 6, owner: null, timestamp: 3, position: 1, quantityAhead: 5 },
      ],
    },
    {
      price: 102,
      quantity: 5,
      orderCount: 1,
      orders: [{ id: 1, quantity: 5, owner: null, timestamp: 1, position: 0, quantityAhead: 0 }],
    },
  ]);
  t.same(
    x.levels().bids.map(({ price }) => price),
    [100, 99],
  );
  t.same(rows(x.submitMarket('buy', 13).trades), [
    [101, 5, 6, 2],
    [101, 6, 6, 3],
    [102, 2, 6, 1],
  ]);
});

t.test('each time in force ends in its status, with what was filled, rests and is cancelled', async (t) => {
  const end = (ask: (x: ReferenceExchange) => ReturnType<ReferenceExchange['submitLimit']>): unknown[] => {
    const x = new ReferenceExchange();
    x.submitLimit('sell', 100, 10);
    const { status, reason, filledQuantity, restingQuantity, cancelledQuantity } = ask(x);
    return [status, reason, filledQuantity, restingQuantity, cancelledQuantity];
  };
  t.same(
    end((x) => x.submitLimit('buy', 99, 4)),
    ['new', null, 0, 4, 0],
  );
  t.same(
    end((x) => x.submitLimit('buy', 100, 14)),
    ['partially-filled', null, 10, 4, 0],
  );
  t.same(
    end((x) => x.submitLimit('buy', 100, 10)),
    ['filled', null, 10, 0, 0],
  );
  t.same(
    end((x) => x.submitLimit('buy', 99, 4, 'ioc')),
    ['cancelled', 'no-liquidity', 0, 0, 4],
  );
  t.same(
    end((x) => x.submitLimit('buy', 100, 14, 'ioc')),
    ['partially-filled', 'no-liquidity', 10, 0, 4],
  );
  t.same(
    end((x) => x.submitMarket('buy', 14)),
    ['partially-filled', 'no-liquidity', 10, 0, 4],
  );
  t.same(
    end((x) => x.submitMarket('sell', 3)),
    ['cancelled', 'no-liquidity', 0, 0, 3],
  );
  t.same(
    end((x) => x.submitLimit('buy', 100, 10, 'fok')),
    ['filled', null, 10, 0, 0],
  );
  t.same(
    end((x) => x.submitLimit('buy', 100, 11, 'fok')),
    ['rejected', 'fok-unfilled', 0, 0, 11],
  );
  const postOnly = { postOnly: true };
  t.same(
    end((x) => x.submitLimit('buy', 100, 3, 'gtc', postOnly)),
    ['rejected', 'would-cross', 0, 0, 3],
  );
  t.same(
    end((x) => x.submitLimit('buy', 99, 3, 'gtc', postOnly)),
    ['new', null, 0, 3, 0],
  );
});

t.test('each self-trade policy cancels its order at the turn of the own order, or none', async (t) => {
  // Asks at 100: id 1 of owner 2 (4), id 2 of owner 1 (5), id 3 of owner 2 (6). Owner 1 buys.
  const meet = (stp: StpPolicy, quantity: number, timeInForce: 'gtc' | 'fok' = 'gtc'): unknown[] => {
    const x = new ReferenceExchange();
    for (const [owner, size] of [
      [2, 4],
      [1, 5],
      [2, 6],
    ] as const)
      x.submitLimit('sell', 100, size, 'gtc', { owner });
    const result = x.submitLimit('buy', 100, quantity, timeInForce, { owner: 1, stp });
    const { status, reason, filledQuantity, restingQuantity, cancelledQuantity, trades } = result;
    const own = x.getOrder(2)!;
    return [
      status,
      reason,
      filledQuantity,
      restingQuantity,
      cancelledQuantity,
      trades.map((trade) => trade.passiveOrderId).join(),
      own.status,
    ];
  };
  t.same(meet('off', 10), ['filled', null, 10, 0, 0, '1,2,3', 'filled']);
  t.same(meet('cancel-newest', 4), ['filled', null, 4, 0, 0, '1', 'new']);
  t.same(meet('cancel-newest', 10), ['partially-filled', 'self-trade', 4, 0, 6, '1', 'new']);
  t.same(meet('cancel-oldest', 4), ['filled', null, 4, 0, 0, '1', 'new']);
  t.same(meet('cancel-oldest', 12), ['partially-filled', null, 10, 2, 0, '1,3', 'cancelled']);
  t.same(meet('decrement-and-cancel', 8), ['partially-filled', 'self-trade', 4, 0, 4, '1', 'new'], '4 < 5');
  t.same(meet('decrement-and-cancel', 9), ['filled', null, 9, 0, 0, '1,3', 'cancelled'], '5 = 5');
  t.same(meet('decrement-and-cancel', 12), ['partially-filled', null, 10, 2, 0, '1,3', 'cancelled']);
  const rejected = (quantity: number): unknown[] => {
    return ['rejected', 'fok-unfilled', 0, 0, quantity, '', 'new'];
  };
  t.same(meet('off', 15, 'fok'), ['filled', null, 15, 0, 0, '1,2,3', 'filled']);
  t.same(meet('cancel-newest', 4, 'fok'), ['filled', null, 4, 0, 0, '1', 'new']);
  t.same(meet('cancel-newest', 5, 'fok'), rejected(5));
  t.same(meet('cancel-oldest', 10, 'fok'), ['filled', null, 10, 0, 0, '1,3', 'cancelled']);
  t.same(meet('cancel-oldest', 11, 'fok'), rejected(11));
  t.same(meet('decrement-and-cancel', 8, 'fok'), rejected(8), '4 left to get, 5 of its own');
  t.same(meet('decrement-and-cancel', 9, 'fok'), ['filled', null, 9, 0, 0, '1,3', 'cancelled']);
  t.same(meet('decrement-and-cancel', 11, 'fok'), rejected(11));

  const x = new ReferenceExchange({ stp: 'cancel-newest' });
  x.submitLimit('sell', 100, 5, 'gtc', { owner: 1, stp: 'off' });
  t.equal(
    x.submitLimit('buy', 100, 5, 'gtc', { owner: 1 }).reason,
    'self-trade',
    'the policy of the exchange',
  );
  t.equal(x.submitLimit('buy', 100, 5).status, 'filled', 'without an owner nothing is its own');
});

t.test('a cancel ends an order or a stop once', async (t) => {
  const x = new ReferenceExchange();
  x.submitLimit('sell', 100, 10);
  x.submitMarket('buy', 3);
  x.submitStopMarket('sell', 90, 8);
  t.same(x.cancel(1), { orderId: 1, status: 'cancelled', reason: null, cancelledQuantity: 7 });
  t.same([x.getOrder(1)?.status, x.getOrder(1)?.cancelledQuantity, x.bestAsk()], ['cancelled', 7, null]);
  t.same(x.cancel(1), { orderId: 1, status: 'refused', reason: 'not-open', cancelledQuantity: 0 });
  t.equal(x.cancel(2).reason, 'not-open');
  t.same(x.cancel(3), { orderId: 3, status: 'cancelled', reason: null, cancelledQuantity: 8 });
  t.same([x.getStopOrder(3)?.status, x.getOrder(3), x.pendingStopCount()], ['cancelled', null, 0]);
  t.equal(x.cancel(3).reason, 'not-open');
  t.equal(x.cancel(4).reason, 'unknown-order');
  t.equal(x.clearOrderHistory(), 3, 'two orders and a stop');
  t.same([x.getOrder(1), x.cancel(1).reason], [null, 'not-open'], 'a known id even when forgotten');
});

t.test('a modification keeps its place only at the same price and no more quantity', async (t) => {
  const x = new ReferenceExchange();
  x.submitLimit('buy', 100, 10);
  x.submitLimit('buy', 100, 20);
  const kept = x.modify(1, 100, 6);
  t.same([kept.keptPriority, kept.status, kept.restingQuantity], [true, 'new', 6]);
  t.same([x.getOrder(1)?.timestamp, x.getOrder(1)?.quantity], [1, 6]);
  t.equal(x.submitMarket('sell', 1).trades[0]?.timestamp, 5, 'the modification took tick 3');
  const same = x.modify(1, 100, 5);
  t.same([same.keptPriority, same.status], [true, 'partially-filled']);
  const grown = x.modify(1, 100, 7);
  t.same([grown.keptPriority, grown.status, grown.filledQuantity], [false, 'partially-filled', 0]);
  t.same([x.getOrder(1)?.quantity, x.getOrder(1)?.filledQuantity, x.getOrder(1)?.timestamp], [8, 1, 7]);
  t.same(
    x.levels().bids[0]?.orders.map(({ id }) => id),
    [2, 1],
  );
  x.submitLimit('sell', 105, 4);
  const crossed = x.modify(1, 105, 9);
  t.same(rows(crossed.trades), [[105, 4, 1, 4]]);
  t.same([crossed.status, crossed.filledQuantity, crossed.restingQuantity], ['partially-filled', 4, 5]);
  t.same([x.getOrder(1)?.quantity, x.getOrder(1)?.filledQuantity, x.bestBid()], [10, 5, 105]);
});

t.test('a modification is refused where there is nothing to modify, or where it may not trade', async (t) => {
  const x = new ReferenceExchange({ stp: 'cancel-newest' });
  x.submitLimit('sell', 105, 5, 'gtc', { owner: 1 });
  x.submitLimit('buy', 100, 5, 'gtc', { owner: 1, postOnly: true });
  x.submitStopMarket('buy', 200, 1);
  t.same(
    [4, 3, 2].map((id) => x.modify(id, 105, 5).reason),
    ['unknown-order', 'pending-stop', 'would-cross'],
  );
  t.equal(x.modify(2, 104, 9).status, 'new');
  const own = x.modify(1, 104, 6);
  t.same([own.status, own.reason, own.cancelledQuantity], ['cancelled', 'self-trade', 6]);
  t.equal(x.modify(1, 105, 5).reason, 'not-open');
});
