import t from 'tap';
import { randomStream } from '../testing/random.js';
import { Exchange } from './exchange.js';
import type { Side, TimeInForce, Trail } from './types.js';

/** An exchange whose last trade was at this price, and whose book is empty: two orders, ticks 1 to 3. */
function tradedAt(price: number): Exchange {
  const exchange = new Exchange();
  exchange.submitLimit('sell', price, 1);
  exchange.submitLimit('buy', price, 1);
  return exchange;
}

/** Rests bids of one unit each. */
function bids(exchange: Exchange, ...prices: number[]): number[] {
  return prices.map((price) => exchange.submitLimit('buy', price, 1).orderId);
}

/** Makes a trade at this price between two orders that leave nothing behind; ids of the stops it set off. */
function trade(exchange: Exchange, price: number): readonly number[] {
  exchange.submitLimit('sell', price, 1);
  return exchange.submitLimit('buy', price, 1).triggered;
}

/** Who sold or bought at which price, since the last clearTrades. */
function tape(exchange: Exchange): unknown[] {
  return exchange.trades().map((trade) => [trade.aggressorOrderId, trade.passiveOrderId, trade.price]);
}

t.test('stops fire by distance from the trade, then by id, and later ones wait in the queue', async (t) => {
  const exchange = tradedAt(100);
  const stops = [95, 99, 97, 97].map((price) => exchange.submitStopMarket('sell', price, 1).orderId);
  t.same(stops, [3, 4, 5, 6]);
  t.same(bids(exchange, 96, 90, 89, 88, 87), [7, 8, 9, 10, 11]);
  exchange.clearTrades();
  const result = exchange.submitMarket('sell', 1);
  t.same(result.triggered, [5, 6, 4, 3], '97 is one away from 96, 99 three; 95 is hit by the trade at 90');
  t.same(tape(exchange), [
    [12, 7, 96],
    [5, 8, 90],
    [6, 9, 89],
    [4, 10, 88],
    [3, 11, 87],
  ]);
  // Ticks: 3 before, 10 submissions, then 5 trades; a trigger takes none.
  t.same(
    exchange.trades().map(({ id, timestamp }) => [id, timestamp]),
    [14, 15, 16, 17, 18].map((tick, i) => [i + 2, tick]),
  );
  t.same([result.trades.length, result.filledQuantity], [1, 1], 'its own trade only');
  t.equal(exchange.pendingStopCount(), 0);
  t.same([exchange.getOrder(3)!.timestamp, exchange.getOrder(6)!.timestamp], [4, 7], 'those of the stops');
});

t.test('each trade of an order is looked at by itself, first to last', async (t) => {
  const exchange = tradedAt(100);
  for (const price of [97, 96, 95]) exchange.submitStopMarket('sell', price, 1);
  bids(exchange, 96, 94, 90, 90, 90);
  const { triggered } = exchange.submitMarket('sell', 2);
  t.same(triggered, [4, 3, 5], '96 and 97 by the trade at 96, then 95 by the one at 94');
});

t.test('a chain of 3,000 stops, each set off by the one before, runs to its end', async (t) => {
  const exchange = tradedAt(5000);
  const stops: number[] = [];
  for (let i = 0; i < 3000; i++) stops.push(exchange.submitStopMarket('sell', 4000 - i, 1).orderId);
  for (let i = 0; i <= 3000; i++) exchange.submitLimit('buy', 4000 - i, 1);
  const { triggered } = exchange.submitMarket('sell', 1);
  t.same(triggered, stops);
  t.same([exchange.pendingStopCount(), exchange.lastTradePrice(), exchange.bestBid()], [0, 1000, null]);
});

t.test('the first trade of all can hit buys and sells at once; each fires once, by id', async (t) => {
  const exchange = new Exchange();
  for (let i = 0; i < 3; i++) {
    exchange.submitStopMarket('buy', 95, 1);
    exchange.submitStopMarket('sell', 105, 1);
  }
  bids(exchange, 99, 99, 99);
  for (let i = 0; i < 3; i++) exchange.submitLimit('sell', 101, 1);
  t.equal(exchange.pendingStopCount(), 6);
  exchange.submitLimit('sell', 100, 1);
  t.same(exchange.submitLimit('buy', 100, 1).triggered, [1, 2, 3, 4, 5, 6]);
  t.same(
    exchange.trades().map(({ price }) => price),
    [100, 101, 99, 101, 99, 101, 99],
  );
  t.same([exchange.pendingStopCount(), exchange.bestBidAsk()], [0, { bid: null, ask: null }]);
});

t.test('the result of the outer order is from before its cascade; getOrder is from after', async (t) => {
  const exchange = tradedAt(110);
  exchange.submitStopMarket('sell', 100, 4); // 3
  exchange.submitLimit('sell', 100, 1); // 4
  const result = exchange.submitLimit('buy', 101, 5);
  t.same(
    [result.status, result.filledQuantity, result.restingQuantity, result.triggered],
    ['partially-filled', 1, 4, [3]],
  );
  t.match(exchange.getOrder(5), { status: 'filled', filledQuantity: 5, remainingQuantity: 0 });
  t.match(exchange.getOrder(3), { status: 'filled', price: null, filledQuantity: 4 });
  t.equal(exchange.lastTradePrice(), 101);
});

t.test('a modification that trades sets off stops like any order', async (t) => {
  const exchange = tradedAt(100);
  exchange.submitStopMarket('buy', 102, 1); // 3
  exchange.submitLimit('sell', 102, 1); // 4
  exchange.submitLimit('sell', 103, 1); // 5
  const { orderId } = exchange.submitLimit('buy', 99, 1); // 6
  const result = exchange.modify(orderId, 102, 1);
  t.same([result.status, result.filledQuantity, result.triggered], ['filled', 1, [3]]);
  t.same(tape(exchange).slice(1), [
    [6, 4, 102],
    [3, 5, 103],
  ]);
});

t.test('a stop that the last trade already satisfies becomes an order on arrival', async (t) => {
  const exchange = tradedAt(100);
  bids(exchange, 99, 98); // 3, 4
  exchange.submitStopMarket('sell', 99, 1); // 5
  t.same(exchange.submitStopMarket('sell', 100, 1), { orderId: 6, status: 'triggered', triggered: [6, 5] });
  t.same(tape(exchange).slice(1), [
    [6, 3, 99],
    [5, 4, 98],
  ]);
  t.same(exchange.submitStopMarket('sell', 97, 1), { orderId: 7, status: 'pending', triggered: [] });
  const trail: Trail = { kind: 'fixed', offset: 5 };
  t.equal(exchange.submitTrailingStopMarket('buy', 98, 2, trail).status, 'triggered');
  t.match(exchange.getOrder(8), { status: 'cancelled', reason: 'no-liquidity', cancelledQuantity: 2 });
  t.match(exchange.getStopOrder(8), { status: 'triggered', watermark: null, stopPrice: 98 });
  t.equal(
    new Exchange().submitStopMarket('buy', 1, 1).status,
    'pending',
    'no trade yet, so nothing to satisfy',
  );
});

t.test('a stop-limit that cannot trade when it fires rests, in its own place and time', async (t) => {
  const exchange = tradedAt(100);
  exchange.submitStopLimit('sell', 95, 97, 4); // 3, tick 4
  exchange.submitLimit('sell', 97, 2); // 4
  t.equal(exchange.getOrder(3), null, 'a pending stop is no order');
  bids(exchange, 95); // 5
  t.same(exchange.submitMarket('sell', 1).triggered, [3]);
  t.match(exchange.getOrder(3), { status: 'new', price: 97, remainingQuantity: 4, timestamp: 4 });
  t.equal(exchange.getStopOrder(3)!.status, 'triggered');
  t.same(
    exchange.fullBook().asks.map(({ price, orders }) => [price, orders.map(({ id }) => id)]),
    [[97, [4, 3]]],
    'behind the order that came to the book before it',
  );
  t.same(exchange.cancel(3), { orderId: 3, status: 'cancelled', reason: null, cancelledQuantity: 4 });
  t.same([exchange.getOrder(3)!.status, exchange.getStopOrder(3)!.status], ['cancelled', 'triggered']);
});

t.test('an immediate stop-limit trades what it can; a fill-or-kill one all of it or nothing', async (t) => {
  const outcome = (timeInForce: TimeInForce, quantity: number): unknown => {
    const exchange = tradedAt(100);
    exchange.submitStopLimit('sell', 95, 94, quantity, timeInForce); // 3
    bids(exchange, 95, 94, 94, 93);
    t.same(exchange.submitMarket('sell', 1).triggered, [3]);
    const { status, reason, filledQuantity, cancelledQuantity } = exchange.getOrder(3)!;
    return [status, reason, filledQuantity, cancelledQuantity, exchange.trades().length - 2];
  };
  t.same(outcome('fok', 2), ['filled', null, 2, 0, 2]);
  t.same(outcome('fok', 3), ['rejected', 'fok-unfilled', 0, 3, 0]);
  t.same(outcome('ioc', 3), ['partially-filled', 'no-liquidity', 2, 1, 2]);
  t.same(outcome('gtc', 3), ['partially-filled', null, 2, 0, 2]);
});

t.test('a fired stop keeps its owner and its policy', async (t) => {
  const run = (stp: 'off' | 'cancel-newest' | 'cancel-oldest' | 'decrement-and-cancel'): unknown => {
    const exchange = tradedAt(100);
    exchange.submitStopMarket('sell', 96, 3, { owner: 7, stp }); // 3
    exchange.submitLimit('buy', 96, 1); // 4
    exchange.submitLimit('buy', 95, 2, 'gtc', { owner: 7 }); // 5
    exchange.submitLimit('buy', 94, 9, 'gtc', { owner: 8 }); // 6
    exchange.submitMarket('sell', 1, { owner: 8 });
    const fired = exchange.getOrder(3)!;
    const own = exchange.getOrder(5)!;
    return [
      fired.status,
      fired.reason,
      fired.filledQuantity,
      own.status,
      own.reason,
      exchange.trades().length,
    ];
  };
  t.same(run('off'), ['filled', null, 3, 'filled', null, 4]);
  t.same(run('cancel-newest'), ['cancelled', 'self-trade', 0, 'new', null, 2]);
  t.same(run('cancel-oldest'), ['filled', null, 3, 'cancelled', 'self-trade', 3]);
  t.same(run('decrement-and-cancel'), ['filled', null, 3, 'cancelled', 'self-trade', 3]);
});

t.test('a trailing stop climbs with a rally, holds in the fall and fires at its highest stop', async (t) => {
  const exchange = tradedAt(100);
  const trail: Trail = { kind: 'percentage', fraction: 0.07 };
  const { orderId } = exchange.submitTrailingStopLimit('sell', 93, 2, trail, 1);
  const stops: (number | undefined)[] = [];
  for (const price of [101, 150, 140, 141, 200, 187]) {
    t.same(trade(exchange, price), []);
    stops.push(exchange.getStopOrder(orderId)!.stopPrice);
  }
  // 7.07 and 10.5 are rounded up, 14 is exact.
  t.same(stops, [93, 139, 139, 139, 186, 186]);
  t.same(trade(exchange, 186), [orderId]);
  t.match(exchange.getStopOrder(orderId), { status: 'triggered', watermark: 200, stopPrice: 186 });
  t.match(exchange.getOrder(orderId), { price: 185, status: 'new', timeInForce: 'gtc' });
});

t.test('the trades of a cascade move trailing stops too, in the order they happen', async (t) => {
  const exchange = tradedAt(100);
  exchange.submitStopMarket('buy', 101, 1); // 3
  const trail: Trail = { kind: 'fixed', offset: 20 };
  const { orderId } = exchange.submitTrailingStopMarket('sell', 50, 1, trail); // 4
  exchange.submitLimit('sell', 101, 1);
  exchange.submitLimit('sell', 130, 1);
  exchange.submitMarket('buy', 1);
  t.match(exchange.getStopOrder(orderId), { watermark: 130, stopPrice: 110, status: 'pending' });
  t.same(trade(exchange, 110), [orderId]);
});

t.test('a bar fires a trail by average true range, and its order trades', async (t) => {
  const exchange = tradedAt(1000);
  const trail: Trail = { kind: 'atr', multiplier: 1.5, period: 2 };
  t.same(exchange.onBar(1010, 990, 1000), []);
  t.same(exchange.onBar(1030, 990, 1010), [], 'range 40');
  const { orderId } = exchange.submitTrailingStopMarket('sell', 900, 1, trail); // 3
  t.same(trade(exchange, 1010), []);
  t.same(exchange.onBar(1025, 995, 1000), [], 'range 30, average 35, 52.5 rounded up to 53');
  t.match(exchange.getStopOrder(orderId), { watermark: 1010, stopPrice: 957 });
  t.same(trade(exchange, 980), []);
  const bid = exchange.submitLimit('buy', 970, 5).orderId;
  t.same(exchange.onBar(1002, 998, 1000), [orderId], 'range 4, average 19.5, 29.25 up to 30: 980');
  t.match(exchange.getStopOrder(orderId), { status: 'triggered', stopPrice: 980, watermark: 1010 });
  t.match(exchange.trades().at(-1), {
    ...{ aggressorOrderId: orderId, passiveOrderId: bid, price: 970 },
    timestamp: exchange.getOrder(bid)!.timestamp + 1,
  });
  t.same(exchange.onBar(1002, 998, 1000), []);
});

t.test('saved in the middle and replayed, an exchange with stops comes to the same state', async (t) => {
  const random = randomStream(20250110, 0);
  const live = new Exchange();
  let saved = new Exchange();
  const step = (exchange: Exchange, [what, side, price, quantity, other]: readonly number[]): void => {
    const on: Side = side === 0 ? 'buy' : 'sell';
    const trails: Trail[] = [
      { kind: 'fixed', offset: 1 + other! },
      { kind: 'percentage', fraction: 0.01 * (1 + other!) },
      { kind: 'atr', multiplier: 0.5 + other!, period: 1 + other! },
    ];
    if (what! < 4) exchange.submitLimit(on, price!, quantity!);
    else if (what === 4) exchange.submitMarket(on, quantity!);
    else if (what === 5) exchange.submitStopMarket(on, price!, quantity!, { owner: other! });
    else if (what === 6) exchange.submitStopLimit(on, price!, price! + 1, quantity!);
    else if (what === 7) exchange.submitTrailingStopMarket(on, price!, quantity!, trails[other! % 3]!);
    else if (what === 8)
      exchange.submitTrailingStopLimit(on, price!, quantity!, trails[other! % 3]!, 1 + other!);
    else if (what === 9) exchange.onBar(price! + other!, price! - other!, price!);
    else exchange.cancel(1 + ((price! * 37) % 300));
  };
  const differs: number[] = [];
  let fired = 0;
  for (let i = 0; i < 900; i++) {
    const numbers = [11, 2, 40, 9, 6].map((count) => random.below(count));
    numbers[2]! += 80;
    numbers[3]! += 1;
    for (const exchange of [live, saved]) step(exchange, numbers);
    if (i % 50 === 0) {
      saved = Exchange.fromJSON(JSON.parse(JSON.stringify(saved)));
      if (saved.stateHash() !== live.stateHash()) differs.push(i);
    }
  }
  for (let id = 1; id <= 900; id++) if (live.getStopOrder(id)?.status === 'triggered') fired++;
  t.same(differs, []);
  t.ok(fired > 80, `${fired} stops fired`);
  for (const event of live.events()) {
    if (!('trail' in event)) continue;
    t.throws(
      () => Object.assign(event.trail, { kind: 'fixed', offset: 1 }),
      'what the log holds cannot be changed',
    );
    break;
  }
  t.equal(Exchange.replay(live.events()).stateHash(), live.stateHash());
});
