import t from 'tap';
import { canonicalJson, digestParts } from '../digest.js';
import { errorOf } from '../testing/error-of.js';
import { NaiveStops } from '../testing/naive-stops.js';
import { randomStream } from '../testing/random.js';
import { type Market, priceIn, stopIn } from '../testing/random-stops.js';
import { type FiredStop, type NewStop, StopBook } from './stop-book.js';
import { StopHeap } from './stop-heap.js';
import type { StopOrder, Trail } from './types.js';

const MAX = Number.MAX_SAFE_INTEGER;

const MARKETS: readonly Market[] = [
  { base: 1, width: 12 },
  { base: 50, width: 30 },
  { base: 10_000, width: 900 },
  { base: 2_147_483_000, width: 2000 },
  { base: MAX - 40, width: 41 },
  { base: 1, width: MAX },
];

/** Whether two answers are the same; the order of keys is not part of them. */
function same(a: StopOrder | null, b: StopOrder | null): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function again(book: StopBook): StopBook {
  return StopBook.fromJSON(JSON.parse(JSON.stringify(book)));
}

t.test('7,200 random steps give what a list walked from end to end gives, through saving too', async (t) => {
  for (const [stream, market] of MARKETS.entries()) {
    const random = randomStream(20250107, stream);
    const naive = new NaiveStops();
    let book = new StopBook();
    /** Stop prices as they came. */
    const first = new Map<number, number>();
    const wrong: unknown[] = [];
    let firedCount = 0;
    let last: number | null = null;
    let moved = 0;
    for (let step = 1; step <= 1200 && wrong.length === 0; step++) {
      const ours: FiredStop[] = [];
      const theirs: FiredStop[] = [];
      const what = random.below(100);
      if (what < 40) {
        const stop = stopIn(random, market, step);
        first.set(step, stop.stopPrice);
        book.add(stop);
        naive.add(stop);
        if (last !== null) {
          book.fireIfCrossed(step, last, ours);
          naive.fireIfCrossed(step, last, theirs);
        }
      } else if (what < 48) {
        const id = random.of(naive.pending())?.id ?? step;
        if (book.cancel(id) !== naive.cancel(id)) wrong.push(['cancel', id]);
      } else if (what < 60) {
        const [low, close, high] = [0, 0, 0].map(() => priceIn(random, market)).sort((a, b) => a - b);
        book.onBar(high!, low!, close!, last, ours);
        naive.onBar(high!, low!, close!, last, theirs);
      } else if (what < 63) {
        const saved = again(book);
        if (digestParts(saved.digestParts()) !== digestParts(book.digestParts())) wrong.push('digest');
        for (const done of book.forgetDone()) {
          if (saved.get(done) !== null) wrong.push(['a stop that is done was saved', done]);
          naive.forget(done);
        }
        if (random.oneIn(2)) book.compact();
        else book = saved;
      } else {
        // Near the last price more often than not, so that stops come to move before they fire.
        const near: number = last === null ? priceIn(random, market) : last + random.below(7) - 3;
        last = random.oneIn(5) ? priceIn(random, market) : Math.min(MAX, Math.max(1, near));
        book.onTrade(last, ours);
        naive.onTrade(last, theirs);
      }
      firedCount += ours.length;
      if (JSON.stringify(ours) !== JSON.stringify(theirs)) wrong.push({ step, ours, theirs });
      if (book.pendingCount !== naive.pending().length) wrong.push(['pending', step]);
      if (step % 50 > 0) continue;
      for (const stop of naive.stops) {
        if (stop.trail !== null && stop.stopPrice !== first.get(stop.id)) moved++;
        const ours = book.get(stop.id);
        if (!same(ours, stop)) wrong.push({ step, ours, stop });
        if (book.isPending(stop.id) !== (stop.status === 'pending')) wrong.push(['isPending', stop.id]);
      }
    }
    t.same(wrong, [], `prices from ${market.base}, ${market.width} wide`);
    t.ok(firedCount > 200 && moved > 30, `${firedCount} fired, ${moved} seen moved`);
  }
});

t.test('1,000 stops that wait together fire in a walk of the market as they would from a list', async (t) => {
  const random = randomStream(20250108, 0);
  const market = { base: 1, width: 200_000 };
  const [book, naive] = [new StopBook(), new NaiveStops()];
  for (let id = 1; id <= 1000; id++) {
    const stop = stopIn(random, market, id);
    const stopPrice = stop.side === 'sell' ? 1 + random.below(95_000) : 105_000 + random.below(95_000);
    for (const each of [book, naive]) each.add({ ...stop, stopPrice });
  }
  let price = 100_000;
  let waiting = 0;
  const [ours, theirs]: FiredStop[][] = [[], []];
  for (let step = 0; step < 150; step++) {
    price = Math.min(199_999, Math.max(1, price + random.below(8001) - 4000));
    for (const [each, fired] of [
      [book, ours!],
      [naive, theirs!],
    ] as const) {
      each.onTrade(price, fired);
      if (step % 10 === 0) each.onBar(price + 50, price - 20, price, price, fired);
      each.cancel(1 + ((step * 1237) % 1000));
    }
    if (step === 20) waiting = book.pendingCount;
  }
  t.same(ours, theirs);
  t.ok(ours!.length > 500 && waiting > 300, `${ours!.length} fired, ${waiting} waiting after 20 trades`);
  for (let id = 1; id <= 1000; id++)
    if (!same(book.get(id), naive.get(id))) t.same(book.get(id), naive.get(id));
});

t.test('a heap gives its keys in order, whatever was moved and taken out before', async (t) => {
  const random = randomStream(20250109, 0);
  const wrong: unknown[] = [];
  const heap = new StopHeap();
  t.same([heap.size, heap.top, heap.topKey], [0, -1, Infinity]);
  for (let round = 0; round < 300; round++) {
    const keys = new Map<number, number>();
    for (let step = 0; step < 120; step++) {
      const slot = random.below(60);
      const key = random.oneIn(50) ? -Infinity : random.below(200);
      if (!keys.has(slot)) heap.add(slot, key);
      else if (random.oneIn(2)) heap.move(slot, key);
      else heap.remove(slot);
      if (heap.size < keys.size) keys.delete(slot);
      else keys.set(slot, key);
    }
    const sorted = [...keys.values()].sort((a, b) => a - b);
    for (const key of sorted) {
      if (heap.topKey !== key || keys.get(heap.top) !== key) wrong.push([round, key]);
      heap.remove(heap.top);
    }
  }
  t.same([wrong, heap.size], [[], 0]);
});

/** A book with a stop of every kind, saved. */
function saved(): { pending: Record<string, unknown>[]; bars: unknown } {
  const book = new StopBook();
  const stop: NewStop = {
    ...{ id: 2, side: 'sell', stopPrice: 90, limitPrice: null, limitOffset: null, quantity: 5, market: true },
    ...{ timeInForce: 'gtc', trail: null, owner: null, stp: 'off', timestamp: 3 },
  };
  book.add(stop);
  book.add({
    ...stop,
    id: 3,
    side: 'buy',
    stopPrice: 500,
    limitPrice: 510,
    market: false,
    timeInForce: 'ioc',
  });
  book.add({ ...stop, id: 5, trail: { kind: 'fixed', offset: 10 }, owner: -4, stp: 'cancel-newest' });
  const trail: Trail = { kind: 'percentage', fraction: 0.05 };
  book.add({ ...stop, id: 6, trail, limitOffset: 7, market: false });
  book.add({ ...stop, id: 9, trail: { kind: 'atr', multiplier: 2.5, period: 3 } });
  for (const each of [91, 120, 97]) book.onBar(each + 2, each - 2, each, null, []);
  book.onTrade(104, []);
  return JSON.parse(JSON.stringify(book)) as ReturnType<typeof saved>;
}

t.test(
  'a saved book has its pending stops by id, the watermarks and the bars, and nothing that is done',
  async (t) => {
    const book = StopBook.fromJSON(saved());
    t.equal(book.cancel(3), 5);
    t.same(
      book.toJSON().pending.map(({ id, stopPrice, watermark }) => [id, stopPrice, watermark]),
      [
        [2, 90, null],
        [5, 94, 104],
        [6, 98, 104],
        [9, 90, 104],
      ],
    );
    t.same(book.toJSON().bars, { close: 97, trueRanges: [31, 25] });
    t.same(again(book).toJSON(), book.toJSON());
    t.equal(again(book).get(3), null);
    t.same(StopBook.fromJSON(new StopBook().toJSON()).toJSON(), {
      pending: [],
      bars: { close: null, trueRanges: [] },
    });
  },
);

t.test(
  'the digest depends on every field of a pending stop and on the bars, and on nothing else',
  async (t) => {
    const digest = (json: unknown): string => digestParts(StopBook.fromJSON(json).digestParts());
    const seen = new Set([digest(saved())]);
    const changes: [at: number, change: object][] = [
      [0, { id: 1 }],
      [0, { side: 'buy' }],
      [0, { stopPrice: 89 }],
      [0, { quantity: 6 }],
      [0, { owner: 0 }],
      [0, { owner: 1 }],
      [0, { stp: 'cancel-oldest' }],
      [0, { timestamp: 4 }],
      [0, { market: false, limitPrice: 1 }],
      [1, { limitPrice: 511 }],
      [1, { timeInForce: 'fok' }],
      [2, { watermark: 105 }],
      [2, { watermark: null }],
      [2, { trail: { kind: 'fixed', offset: 11 } }],
      [2, { trail: { kind: 'atr', multiplier: 10, period: 1 } }],
      [3, { limitOffset: 8 }],
      [3, { trail: { kind: 'percentage', fraction: 0.06 } }],
      [4, { trail: { kind: 'atr', multiplier: 2, period: 3 } }],
      [4, { trail: { kind: 'atr', multiplier: 2.5, period: 4 } }],
    ];
    for (const [at, change] of changes) {
      const json = saved();
      Object.assign(json.pending[at]!, change);
      seen.add(digest(json));
    }
    for (const bars of [
      { close: 98, trueRanges: [31, 25] },
      { close: 97, trueRanges: [31, 26] },
      { close: 97, trueRanges: [31] },
      { close: 97, trueRanges: [] },
      { close: null, trueRanges: [] },
    ]) {
      seen.add(digest({ ...saved(), bars }));
    }
    t.equal(seen.size, 1 + changes.length + 5);

    const book = StopBook.fromJSON(saved());
    for (const id of [2, 9]) book.cancel(id);
    const json = saved();
    json.pending = json.pending.filter(({ id }) => id !== 2 && id !== 9);
    t.equal(digestParts(book.digestParts()), digest(json), 'as if they had never come');
    book.compact();
    book.forgetDone();
    t.equal(digestParts(book.digestParts()), digest(json));
  },
);

t.test('data that toJSON did not give is refused by field, value and what is allowed', async (t) => {
  const field = (json: unknown): string => {
    const error = errorOf(() => StopBook.fromJSON(json));
    t.equal(error.code, 'VALIDATION');
    return error.detail!.field;
  };
  const of = (at: number, change: object): string => {
    const json = saved();
    Object.assign(json.pending[at]!, change);
    return field(json);
  };
  for (const bad of [null, undefined, [], 5, 'x']) t.equal(field(bad), 'stops');
  t.equal(field({ pending: [] }), 'stops.bars');
  t.equal(field({ ...saved(), more: 1 }), 'stops.more');
  t.equal(field({ ...saved(), pending: {} }), 'stops.pending');
  t.equal(field({ ...saved(), pending: [null] }), 'stops.pending[0]');
  for (const key of ['id', 'stopPrice', 'quantity', 'timestamp']) {
    for (const bad of [0, -0, -1, 1.5, NaN, 2 ** 53, '7', null, undefined, 7n]) {
      t.equal(of(4, { [key]: bad }), `stops.pending[4].${key}`);
    }
  }
  for (const [at, key] of [
    [1, 'limitPrice'],
    [3, 'limitOffset'],
    [3, 'watermark'],
  ] as const) {
    for (const bad of [0, -0, 1.5, 2 ** 53, '7', undefined])
      t.equal(of(at, { [key]: bad }), `stops.pending[${at}].${key}`);
  }
  for (const owner of [-0, 0.5, 2 ** 53, '1', undefined]) t.equal(of(0, { owner }), 'stops.pending[0].owner');
  for (const key of ['side', 'timeInForce', 'stp', 'market']) {
    for (const bad of ['BUY', '', 0, 1, null, undefined])
      t.equal(of(0, { [key]: bad }), `stops.pending[0].${key}`);
  }
  t.equal(of(0, { trail: { kind: 'fixed', offset: 0 } }), 'stops.pending[0].trail.offset');
  t.equal(of(0, { trail: undefined }), 'stops.pending[0].trail');
  t.equal(of(0, { stopPrise: 1 }), 'stops.pending[0].stopPrise');
  t.equal(of(1, { id: 2 }), 'stops.pending[1].id', 'the id of the one before');
  t.equal(of(0, { market: false }), 'stops.pending[0].market', 'a limit order without a limit');
  t.equal(of(1, { market: true }), 'stops.pending[1].market', 'a market order with one');
  t.equal(of(1, { limitOffset: 5 }), 'stops.pending[1].market', 'two limits');
  t.equal(of(1, { limitPrice: null, limitOffset: 5 }), 'stops.pending[1].limitOffset', 'it does not trail');
  t.equal(of(3, { limitPrice: 5, limitOffset: null }), 'stops.pending[3].limitPrice', 'it trails');
  t.equal(of(0, { watermark: 5 }), 'stops.pending[0].watermark', 'it does not trail');
});
