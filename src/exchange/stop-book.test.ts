import t from 'tap';
import { type FiredStop, type NewStop, StopBook } from './stop-book.js';
import type { Trail } from './types.js';

const MAX = Number.MAX_SAFE_INTEGER;

function stop(id: number, side: 'buy' | 'sell', stopPrice: number, more: Partial<NewStop> = {}): NewStop {
  const market = (more.limitPrice ?? more.limitOffset ?? null) === null;
  return {
    id,
    side,
    stopPrice,
    limitPrice: null,
    limitOffset: null,
    quantity: 10 + id,
    timeInForce: 'gtc',
    market,
    trail: null,
    owner: null,
    stp: 'off',
    timestamp: id,
    ...more,
  };
}

function bookOf(...stops: NewStop[]): StopBook {
  const book = new StopBook();
  for (const each of stops) book.add(each);
  return book;
}

/** Ids that a trade at this price fires. */
function trade(book: StopBook, price: number): number[] {
  const fired: FiredStop[] = [];
  book.onTrade(price, fired);
  return fired.map(({ id }) => id);
}

function bar(book: StopBook, high: number, low: number, close: number, last: number | null): number[] {
  const fired: FiredStop[] = [];
  book.onBar(high, low, close, last, fired);
  return fired.map(({ id }) => id);
}

t.test('a sell stop fires at its price or below, a buy stop at its price or above, once', async (t) => {
  const book = bookOf(stop(1, 'sell', 90), stop(2, 'buy', 110));
  t.same(trade(book, 91), []);
  t.same(trade(book, 109), []);
  t.equal(book.pendingCount, 2);
  t.same(trade(book, 90), [1]);
  t.same(trade(book, 90), []);
  t.same(trade(book, 111), [2]);
  t.same(trade(book, 1000), []);
  t.equal(book.pendingCount, 0);
  t.same([book.get(1)!.status, book.get(2)!.status], ['triggered', 'triggered']);
  t.same([book.isPending(1), book.cancel(1)], [false, 0], 'fired: no longer there to cancel');
});

t.test('stops hit by one trade fire by distance from it, then by id', async (t) => {
  const book = bookOf(
    stop(1, 'sell', 95),
    stop(2, 'sell', 90),
    stop(3, 'buy', 85),
    stop(4, 'buy', 86),
    stop(5, 'sell', 90),
    stop(6, 'sell', 88),
    stop(7, 'sell', 87),
  );
  t.same(trade(book, 88), [6, 2, 4, 5, 3, 1], 'distances 0, 2, 2, 2, 3 and 7');
  t.same(trade(book, 1), [7]);
});

t.test('a fired stop carries what its order needs', async (t) => {
  const book = bookOf(
    stop(1, 'sell', 90, { owner: 7, stp: 'cancel-oldest', timestamp: 4 }),
    stop(2, 'sell', 80, { limitPrice: 75, timeInForce: 'fok', market: false }),
  );
  const fired: FiredStop[] = [];
  book.onTrade(80, fired);
  const rest = { side: 'sell', owner: null, stp: 'off' };
  t.same(fired, [
    { ...rest, id: 2, market: false, limitPrice: 75, quantity: 12, timeInForce: 'fok', timestamp: 2 },
    {
      ...{ id: 1, side: 'sell', market: true, limitPrice: 0, quantity: 11 },
      ...{ timeInForce: 'gtc', owner: 7, stp: 'cancel-oldest', timestamp: 4 },
    },
  ]);
});

t.test('a stop that the last trade already satisfies fires alone', async (t) => {
  const book = bookOf(stop(1, 'sell', 90), stop(2, 'sell', 90), stop(3, 'buy', 90));
  const fired: FiredStop[] = [];
  book.fireIfCrossed(2, 91, fired);
  book.fireIfCrossed(3, 89, fired);
  t.same(fired, []);
  for (const id of [2, 2, 3, 99]) book.fireIfCrossed(id, 90, fired);
  t.same(
    fired.map(({ id }) => id),
    [2, 3],
  );
  t.equal(book.pendingCount, 1);
});

t.test('a trailing sell follows a rally and holds in a fall; a trailing buy is its mirror', async (t) => {
  const trail: Trail = { kind: 'fixed', offset: 10 };
  const book = bookOf(stop(1, 'sell', 90, { trail }), stop(2, 'buy', 310, { trail }));
  const shown = (id: number): unknown => [book.get(id)!.watermark, book.get(id)!.stopPrice];
  t.same(
    [shown(1), shown(2)],
    [
      [null, 90],
      [null, 310],
    ],
  );
  const steps: [price: number, sell: unknown, buy: unknown][] = [
    [200, [200, 190], [200, 210]],
    [195, [200, 190], [195, 205]],
    [204, [204, 194], [195, 205]],
    [203, [204, 194], [195, 205]],
    [195, [204, 194], [195, 205]],
  ];
  for (const [price, sell, buy] of steps) {
    t.same(trade(book, price), []);
    t.same([shown(1), shown(2)], [sell, buy], String(price));
  }
  t.same(trade(book, 205), [2]);
  t.same(shown(1), [205, 195], 'the trade that fires the one moves the other');
  t.same(trade(book, 195), [1]);
  t.same(shown(1), [205, 195], 'shown as it fired');
});

t.test('a trailing stop never moves away from the market, nor to where there is no price', async (t) => {
  const book = bookOf(
    stop(1, 'sell', 95, { trail: { kind: 'fixed', offset: 10 } }),
    stop(2, 'sell', 5, { trail: { kind: 'fixed', offset: 100 } }),
    stop(3, 'buy', MAX, { trail: { kind: 'fixed', offset: MAX } }),
    stop(4, 'buy', 120, { trail: { kind: 'percentage', fraction: 0.5 } }),
  );
  t.same(trade(book, 100), []);
  t.same(
    [1, 2, 3, 4].map((id) => book.get(id)!.stopPrice),
    [95, 5, MAX, 120],
  );
  t.same(trade(book, 106), []);
  t.same(
    [1, 2, 3, 4].map((id) => book.get(id)!.stopPrice),
    [96, 6, MAX, 120],
  );
});

t.test('a percentage is taken of the best price by its digits and rounded up', async (t) => {
  const of = (price: number, fraction: number): number => {
    const book = bookOf(stop(1, 'sell', 1, { trail: { kind: 'percentage', fraction } }));
    trade(book, price);
    return book.get(1)!.stopPrice;
  };
  t.equal(of(100, 0.07), 93, 'doubles make 7.000000000000001 of it');
  t.equal(of(1001, 0.05), 950, '50.05');
  t.equal(of(1000, 1e-9), 999, 'at least one tick');
  t.equal(of(MAX, 0.1), MAX - 900_719_925_474_100);
});

t.test('a trail by average true range waits for the average and keeps the best price', async (t) => {
  const trail: Trail = { kind: 'atr', multiplier: 1.5, period: 2 };
  const book = bookOf(stop(1, 'sell', 50, { trail }), stop(2, 'sell', 40, { trail }));
  bar(book, 100, 100, 100, null);
  bar(book, 104, 97, 100, null); // 7
  t.same(trade(book, 100), []);
  t.same(trade(book, 90), []);
  t.same([book.get(1)!.watermark, book.get(1)!.stopPrice], [100, 50], 'no average yet');
  t.same(bar(book, 103, 99, 101, 92), []); // 4: an average of 5.5, and 8.25 is rounded up to 9
  t.same([book.get(1)!.watermark, book.get(1)!.stopPrice], [100, 91]);
  t.same(trade(book, 91), [1, 2]);
});

t.test(
  'a bar can fire a trail by average true range: the range shrinks and the stop comes nearer',
  async (t) => {
    const trail: Trail = { kind: 'atr', multiplier: 1, period: 1 };
    const book = bookOf(
      stop(1, 'sell', 1, { trail }),
      stop(2, 'sell', 1, { trail: { kind: 'atr', multiplier: 4, period: 1 } }),
      stop(3, 'buy', 500, { trail, limitOffset: 3, market: false }),
      stop(4, 'sell', 80),
    );
    bar(book, 100, 100, 100, null);
    bar(book, 120, 80, 100, null); // 40
    t.same(trade(book, 100), []);
    t.same(
      [1, 2, 3].map((id) => book.get(id)!.stopPrice),
      [60, 1, 140],
    );
    t.same(trade(book, 95), []);
    t.same(
      [1, 2, 3].map((id) => book.get(id)!.stopPrice),
      [60, 1, 135],
      'a buy follows down',
    );
    t.same(bar(book, 101, 99, 100, null), [], '2, but no last trade to test');
    t.same(
      [1, 2, 3].map((id) => book.get(id)!.stopPrice),
      [98, 92, 97],
    );
    t.same(bar(book, 130, 70, 100, 95), [1], '60: wider, so nothing moves back; 98 is above 95');
    t.same(
      [2, 3].map((id) => book.get(id)!.stopPrice),
      [92, 97],
    );
    const fired: FiredStop[] = [];
    book.onBar(100, 100, 100, 97, fired); // A range of 0: one tick from the best price.
    t.same(
      fired.map(({ id, limitPrice }) => [id, limitPrice]),
      [
        [3, 99],
        [2, 0],
      ],
      'buy at 96, limit 3 above; sell at 99',
    );
    t.same([...book.toJSON().bars.trueRanges], [40, 2, 60, 0]);
  },
);

t.test(
  'the limit of a trailing stop-limit stands off its stop as it fired, held within prices',
  async (t) => {
    const trail: Trail = { kind: 'fixed', offset: 10 };
    const more = { trail, market: false } as const;
    const book = bookOf(
      stop(1, 'sell', 50, { ...more, limitOffset: 4 }),
      stop(2, 'sell', 50, { ...more, limitOffset: 90 }),
      stop(3, 'sell', 50, { ...more, limitOffset: 89 }),
      stop(4, 'buy', MAX - 2, { ...more, limitOffset: 2 }),
      stop(5, 'buy', MAX - 2, { ...more, limitOffset: MAX }),
    );
    const fired: FiredStop[] = [];
    for (const price of [100, 90]) book.onTrade(price, fired);
    const limits = (): unknown => fired.map(({ id, limitPrice }) => [id, limitPrice]);
    t.same(limits(), [
      [1, 86],
      [2, 1],
      [3, 1],
    ]);
    t.same([book.get(4)!.stopPrice, book.get(4)!.limitPrice, book.get(4)!.limitOffset], [100, null, 2]);
    fired.length = 0;
    book.onTrade(MAX, fired);
    t.same(limits(), [
      [4, 102],
      [5, MAX],
    ]);
  },
);

t.test(
  'a cancelled stop never fires, gives its quantity once, and can be looked up until forgotten',
  async (t) => {
    const trail: Trail = { kind: 'atr', multiplier: 1, period: 1 };
    const book = bookOf(stop(1, 'sell', 90), stop(2, 'sell', 80, { trail }), stop(3, 'buy', 95));
    t.same([book.cancel(1), book.cancel(1), book.cancel(2), book.cancel(77)], [11, 0, 12, 0]);
    bar(book, 10, 10, 10, null);
    bar(book, 11, 10, 10, null);
    t.same(trade(book, 70), []);
    t.same(
      [book.get(1)!.status, book.get(2)!.status, book.get(2)!.watermark],
      ['cancelled', 'cancelled', null],
    );
    t.same(trade(book, 95), [3]);
    book.add(stop(8, 'buy', 200));
    t.same(book.forgetDone(), [1, 2, 3]);
    t.same(book.forgetDone(), []);
    t.same(
      [1, 2, 3, 8, 77].map((id) => book.get(id)?.status ?? null),
      [null, null, null, 'pending', null],
    );
  },
);

t.test('what get shows is a copy: changing it changes nothing', async (t) => {
  const trail = { kind: 'fixed' as const, offset: 10 };
  const book = bookOf(stop(1, 'sell', 90, { trail, owner: 5 }));
  trail.offset = 1;
  const shown = book.get(1)! as { stopPrice: number; trail: { offset: number } };
  shown.stopPrice = 1000;
  shown.trail.offset = 99;
  t.same(book.get(1), {
    ...{ id: 1, side: 'sell', stopPrice: 90, limitPrice: null, limitOffset: null, quantity: 11 },
    ...{ timeInForce: 'gtc', trail: { kind: 'fixed', offset: 10 }, watermark: null, status: 'pending' },
    ...{ owner: 5, stp: 'off', timestamp: 1 },
  });
  t.same(trade(book, 101), []);
  t.equal(book.get(1)!.stopPrice, 91);
});
