import t from 'tap';
import { BookSnapshot, Exchange, MultiExchange } from '../compat.js';
import { Exchange as CoreExchange } from '../exchange/exchange.js';
import { publicMethods } from '../testing/class-members.js';

t.test('an exchange answers as nanobook 0.19.2 was seen to', async (t) => {
  const exchange = new Exchange();
  t.strictSame(exchange.submit_limit('buy', 100, 25, 'gtc'), {
    order_id: 1,
    status: 'New',
    filled_quantity: 0,
    resting_quantity: 25,
    cancelled_quantity: 0,
    trades: [],
    reason: null,
  });
  exchange.submit_limit('BUY', 99, 75, 'GTC');
  exchange.submit_limit('sell', 103, 7);
  exchange.submit_limit('Sell', 104, 13);
  t.strictSame(exchange.best_bid_ask(), [100, 103]);
  t.strictSame([exchange.best_bid(), exchange.best_ask(), exchange.spread()], [100, 103, 3]);
  const book = exchange.full_book();
  t.strictSame([book.imbalance(), book.weighted_mid(), book.spread()], [0.6666666666666666, 102.34375, 3]);
  t.equal(exchange.depth(1).imbalance(), 0.5625);
  t.equal(book.mid_price(), 101, 'a whole tick, where nanobook has 101.5');
  t.strictSame(exchange.depth(1).bids, [{ price: 100, price_float: 1, quantity: 25, order_count: 1 }]);
  t.strictSame(book.bids[0]!.orders, [
    { id: 1, quantity: 25, owner: null, timestamp: 1, position: 0, quantity_ahead: 0 },
  ]);

  const ioc = exchange.submit_limit('buy', 103, 10, 'ioc');
  t.strictSame(
    [ioc.status, ioc.filled_quantity, ioc.resting_quantity, ioc.cancelled_quantity],
    ['PartiallyFilled', 7, 0, 3],
  );
  const trade = {
    trade_id: 1,
    price: 103,
    price_float: 1.03,
    quantity: 7,
    aggressor_order_id: 5,
    passive_order_id: 3,
    aggressor_side: 'buy',
    timestamp: 6,
  };
  t.strictSame(exchange.trades(), [trade]);
  t.strictSame(ioc.trades, [trade]);
  t.equal(exchange.last_trade_price(), 103);
  t.match(exchange.get_order(1), {
    id: 1,
    side: 'buy',
    price: 100,
    original_quantity: 25,
    filled_quantity: 0,
    remaining_quantity: 25,
    status: 'new',
    time_in_force: 'gtc',
    timestamp: 1,
  });
  t.match(exchange.get_order(5), {
    status: 'partiallyfilled',
    cancelled_quantity: 3,
    reason: 'no-liquidity',
  });
  t.equal(exchange.get_order(6), null);
  t.equal(exchange.submit_limit('buy', 90, 5, 'fok').status, 'Cancelled');
  t.equal(exchange.submit_market('sell', 25).status, 'Filled');
  t.equal(exchange.submit_market('sell', 100).status, 'PartiallyFilled');
  t.equal(exchange.submit_market('sell', 1).status, 'Cancelled');
  t.equal(exchange.get_order(1)!.status, 'filled');
});

t.test('cancel and modify say what was wrong in nanobook’s words', async (t) => {
  const exchange = new Exchange();
  exchange.submit_limit('buy', 100, 25);
  t.strictSame(exchange.modify(1, 101, 20), {
    success: true,
    old_order_id: 1,
    new_order_id: 1,
    cancelled_quantity: 0,
    trades: [],
    error: null,
  });
  t.strictSame(exchange.cancel(1), { success: true, cancelled_quantity: 20, error: null });
  t.strictSame(exchange.cancel(1), { success: false, cancelled_quantity: 0, error: 'OrderNotActive' });
  t.strictSame(exchange.cancel(99), { success: false, cancelled_quantity: 0, error: 'OrderNotFound' });
  t.match(exchange.modify(1, 1, 1), { success: false, new_order_id: null, error: 'OrderNotActive' });
  t.match(exchange.modify(99, 1, 1), { success: false, old_order_id: 99, error: 'OrderNotFound' });
  exchange.submit_stop_market('sell', 90, 5);
  t.match(exchange.modify(2, 1, 1), { error: 'PendingStop' });
  exchange.core.submitLimit('sell', 50, 1, 'gtc', { postOnly: true });
  exchange.submit_limit('buy', 40, 1);
  t.match(exchange.modify(3, 40, 1), { error: 'WouldCross' });
  exchange.submit_limit('sell', 45, 4);
  t.match(exchange.modify(4, 45, 3), { success: true, trades: [{ trade_id: 1, quantity: 3, price: 45 }] });
});

t.test('stops are told as nanobook tells them, and trail', async (t) => {
  const exchange = new Exchange();
  exchange.submit_limit('sell', 100, 1);
  exchange.submit_limit('buy', 100, 1);
  t.strictSame(exchange.submit_stop_limit('sell', 90, 89, 5), { order_id: 3, status: 'Pending' });
  t.match(exchange.get_stop_order(3), {
    id: 3,
    side: 'sell',
    stop_price: 90,
    limit_price: 89,
    quantity: 5,
    status: 'pending',
    timestamp: 4,
  });
  t.equal(exchange.get_stop_order(1), null);
  t.strictSame(exchange.submit_stop_market('sell', 200, 5), { order_id: 4, status: 'Triggered' });
  t.match(exchange.get_order(4), { price: null, status: 'cancelled', cancelled_quantity: 5 });

  exchange.submit_trailing_stop_market('sell', 90, 5, 'fixed', 3);
  exchange.submit_trailing_stop_market('sell', 90, 5, 'percentage', 0.05);
  exchange.submit_trailing_stop_market('sell', 90, 5, 'atr', 2);
  exchange.submit_trailing_stop_market('sell', 90, 5, 'atr', 2, 20);
  exchange.submit_trailing_stop_limit('sell', 90, 88, 5, 'fixed', 10);
  exchange.submit_trailing_stop_limit('buy', 130, 133, 5, 'fixed', 10);
  const trails = [5, 6, 7, 8].map((id) => exchange.get_stop_order(id)!.trail);
  t.strictSame(trails, [
    { kind: 'fixed', offset: 3 },
    { kind: 'percentage', fraction: 0.05 },
    { kind: 'atr', multiplier: 2, period: 14 },
    { kind: 'atr', multiplier: 2, period: 20 },
  ]);
  exchange.submit_limit('sell', 120, 1);
  exchange.submit_limit('buy', 120, 1);
  const seen = [5, 6, 7, 9].map((id) => exchange.get_stop_order(id)!);
  t.strictSame(
    seen.map(({ stop_price, limit_price }) => [stop_price, limit_price]),
    [
      [117, null],
      [114, null],
      [90, null],
      [110, 108],
    ],
  );
  t.strictSame(exchange.get_stop_order(10)!.limit_price, 133);
  t.strictSame(exchange.on_bar(121, 119, 120), []);
  t.equal(exchange.pending_stop_count(), 7);

  const trail = (type: string): unknown => exchange.submit_trailing_stop_market('sell', 90, 5, type, 2);
  t.throws(() => trail('sma_abs_change'), {
    code: 'VALIDATION',
    detail: { field: 'trail_type', fix: /on_bar/ },
  });
  t.throws(() => trail('fixd'), { code: 'VALIDATION', detail: { field: 'trail_type' } });
  for (const [side, limit] of [['sell', 90] as const, ['sell', 91] as const, ['buy', 89] as const]) {
    t.throws(() => exchange.submit_trailing_stop_limit(side, 90, limit, 5, 'fixed', 10), {
      code: 'VALIDATION',
      detail: { field: 'limit_price' },
    });
  }
  t.throws(() => exchange.submit_trailing_stop_limit('sell', 90, 88, 5, 'fixed', 10, 'ioc'), {
    code: 'VALIDATION',
    detail: { field: 'tif' },
  });
  t.throws(() => exchange.submit_limit('hold', 1, 1), { code: 'VALIDATION', detail: { field: 'side' } });
  t.throws(() => exchange.submit_limit(1 as never, 1, 1), { code: 'VALIDATION', detail: { field: 'side' } });
});

t.test('events have nanobook’s kinds and replay', async (t) => {
  const exchange = new Exchange();
  exchange.submit_limit('sell', 100, 10);
  exchange.submit_market('buy', 4);
  exchange.cancel(9);
  exchange.modify(1, 101, 5);
  exchange.submit_stop_market('sell', 90, 5);
  exchange.submit_stop_limit('sell', 90, 89, 5, 'IOC');
  exchange.submit_trailing_stop_market('sell', 90, 5, 'fixed', 3);
  exchange.submit_trailing_stop_limit('sell', 90, 88, 5, 'percentage', 0.1);
  exchange.on_bar(110, 90, 100);
  const events = exchange.events();
  t.strictSame(
    events.map(({ kind }) => kind),
    [
      'submit_limit',
      'submit_market',
      'cancel',
      'modify',
      'submit_stop_market',
      'submit_stop_limit',
      'submit_trailing_stop_market',
      'submit_trailing_stop_limit',
      'bar',
    ],
  );
  t.strictSame(events[5], {
    kind: 'submit_stop_limit',
    seq: 6,
    side: 'sell',
    stop_price: 90,
    limit_price: 89,
    quantity: 5,
    time_in_force: 'ioc',
    owner: null,
    stp_policy: 'off',
  });
  const again = Exchange.replay(JSON.parse(JSON.stringify(events)) as typeof events);
  t.equal(again.core.stateHash(), exchange.core.stateHash());
  t.strictSame(again.events(), events);
  t.equal(exchange.clear_trades(), 1);
  t.equal(exchange.clear_order_history(), 1, 'the market order');
  exchange.compact();
  t.strictSame(exchange.trades(), []);
  t.equal(again.core.stateHash(), exchange.core.stateHash());
});

t.test('every method of the exchange is there for a symbol, too, and get_or_create is live', async (t) => {
  const here = publicMethods('src/compat/exchange.ts', 'Exchange');
  const there = publicMethods('src/compat/multi-exchange.ts', 'MultiExchange');
  t.strictSame(
    here.filter((name) => !there.includes(name)),
    [],
  );
  const multi = new MultiExchange();
  multi.get_or_create('A').submit_limit('buy', 100, 5);
  multi.submit_limit('A', 'sell', 101, 5);
  multi.submit_limit('B', 'buy', 7, 1);
  t.strictSame(multi.best_prices(), [
    ['A', 100, 101],
    ['B', 7, null],
  ]);
  t.strictSame([multi.symbols(), multi.len()], [['A', 'B'], 2]);
  multi.submit_market('A', 'buy', 1);
  multi.submit_stop_market('A', 'sell', 90, 1);
  multi.submit_stop_limit('A', 'sell', 90, 89, 1);
  multi.submit_trailing_stop_market('A', 'sell', 90, 1, 'fixed', 5);
  multi.submit_trailing_stop_limit('A', 'sell', 90, 89, 1, 'fixed', 5);
  t.strictSame(multi.on_bar('A', 102, 100, 101), []);
  t.equal(multi.modify('A', 1, 99, 4).success, true);
  t.equal(multi.cancel('B', 1).cancelled_quantity, 1);
  const a = multi.get_or_create('A');
  t.strictSame(multi.get_order('A', 1), a.get_order(1));
  t.strictSame(multi.get_stop_order('A', 4), a.get_stop_order(4));
  t.strictSame([multi.best_bid('A'), multi.best_ask('A')], [99, 101]);
  t.strictSame([multi.best_bid_ask('A'), multi.spread('A')], [[99, 101], 2]);
  t.strictSame([multi.last_trade_price('A'), multi.pending_stop_count('A')], [101, 4]);
  t.strictSame(multi.depth('A', 1).bids, a.depth(1).bids);
  t.strictSame(multi.full_book('A').asks, a.full_book().asks);
  t.strictSame(multi.trades('A'), a.trades());

  const again = MultiExchange.replay(multi.events());
  t.equal(again.core.stateHash(), multi.core.stateHash());
  t.strictSame([multi.clear_trades('A'), multi.clear_order_history('A')], [1, 1]);
  multi.compact('A');
  t.throws(() => multi.submit_limit('C', 'buy', 0, 1), { code: 'VALIDATION' });
  t.throws(() => multi.cancel('C', 1), { code: 'UNKNOWN_SYMBOL' });
  t.strictSame(multi.symbols(), ['A', 'B'], 'neither opened it');
});

t.test(
  'a snapshot with an empty side has no figures, and another price scale another price_float',
  async (t) => {
    const core = new CoreExchange({ priceScale: 10_000 });
    const exchange = new Exchange(core);
    exchange.submit_limit('buy', 15, 5);
    const book = exchange.depth();
    t.strictSame(
      [book.imbalance(), book.weighted_mid(), book.mid_price(), book.spread()],
      [null, null, null, null],
    );
    t.equal(book.bids[0]!.price_float, 0.0015);
    t.equal(new BookSnapshot(core.depth()).bids[0]!.price_float, 0.15, 'cents unless told');
  },
);
