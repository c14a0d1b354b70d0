import t from 'tap';
import { OverflowError, ShapeError, ValidationError } from '../errors.js';
import { randomStream } from '../testing/random.js';
import { BOOK_STATUSES, Book, type BookCommands } from './book.js';
import { bookOp } from './check-commands.js';
import { POLICIES, SIDES, TIMES_IN_FORCE } from './codes.js';
import { Exchange } from './exchange.js';

interface Row {
  readonly op: number;
  readonly price?: number;
  readonly quantity?: number;
  readonly id?: number;
  readonly owner?: number;
}

function columns(rows: readonly Row[]): Required<BookCommands> {
  return {
    op: Uint8Array.from(rows, ({ op }) => op),
    price: Float64Array.from(rows, ({ price = 0 }) => price),
    quantity: Float64Array.from(rows, ({ quantity = 0 }) => quantity),
    id: Float64Array.from(rows, ({ id = 0 }) => id),
    owner: Int32Array.from(rows, ({ owner = 0 }) => owner),
  };
}

t.test('a command is one number', async (t) => {
  t.equal(bookOp('limit'), 0);
  t.equal(bookOp('market', 'sell'), 5);
  t.equal(bookOp('cancel'), 2);
  t.equal(bookOp('modify'), 3);
  t.equal(bookOp('limit', 'sell', { timeInForce: 'fok', stp: 'decrement-and-cancel' }), 4 + 16 + 192);
  t.equal(bookOp('limit', 'buy', { postOnly: true }), 32);
  t.throws(() => bookOp('stop' as 'limit'), ValidationError);
  t.throws(() => bookOp('limit', 'hold' as 'buy'), ValidationError);
  t.throws(() => bookOp('limit', 'buy', { tif: 'gtc' } as object), ValidationError);
});

t.test('a run trades, rests, cancels and modifies, and says what became of each row', async (t) => {
  const book = new Book();
  const trades = book.run(
    columns([
      { op: bookOp('limit', 'sell'), price: 101, quantity: 5 },
      { op: bookOp('limit', 'sell'), price: 102, quantity: 5 },
      { op: bookOp('limit', 'buy'), price: 101, quantity: 7 },
      { op: bookOp('modify'), id: 3, price: 102, quantity: 4 },
      { op: bookOp('cancel'), id: 2 },
      { op: bookOp('cancel'), id: 2 },
      { op: bookOp('market', 'buy'), quantity: 9 },
    ]),
  );
  t.equal(trades, 2);
  t.strictSame(
    [...book.status.subarray(0, 7)].map((code) => BOOK_STATUSES[code]),
    ['new', 'new', 'partially-filled', 'filled', 'cancelled', 'refused', 'cancelled'],
  );
  t.strictSame(book.trades(), [
    {
      id: 1,
      price: 101,
      quantity: 5,
      aggressorOrderId: 3,
      passiveOrderId: 1,
      aggressorSide: 'buy',
      timestamp: 4,
    },
    {
      id: 2,
      price: 102,
      quantity: 4,
      aggressorOrderId: 3,
      passiveOrderId: 2,
      aggressorSide: 'buy',
      timestamp: 6,
    },
  ]);
  t.strictSame([...book.tradeRows.subarray(6)], [102, 4, 3, 2, 0, 6]);
  t.strictSame([book.bestBid(), book.bestAsk(), book.openOrders, book.lastOrderId], [null, null, 0, 4]);
  book.run(columns([{ op: bookOp('limit', 'buy'), price: 99, quantity: 3 }]));
  t.equal(book.tradeCount, 0, 'the next run overwrites');
  t.equal(book.openQuantity(5), 3);
  t.equal(book.openQuantity(4), 0);
  t.strictSame(book.depth().bids, [{ price: 99, quantity: 3, orderCount: 1 }]);
});

t.test('runs of random commands do what the exchange does, call by call', async (t) => {
  const random = randomStream(41, 0);
  for (let trial = 0; trial < 60; trial++) {
    const book = new Book({ orders: 1, trades: 1 });
    const exchange = new Exchange();
    const rows: Row[] = [];
    const told: string[] = [];
    const prices = trial % 3 === 0 ? [8, 100] : trial % 3 === 1 ? [3_000, 1_000] : [9e15, 1];
    for (let i = 0; i < 1_500; i++) {
      const side = random.below(2);
      const price = prices[1]! + random.below(prices[0]!);
      const quantity = 1 + random.below(30);
      const id = 1 + random.below(rows.length + 2);
      const owner = random.below(3);
      const policy = random.below(4);
      const force = random.oneIn(4) ? 1 + random.below(2) : 0;
      const options = { owner: owner === 0 ? null : owner, stp: POLICIES[policy]! };
      const kind = random.below(10);
      const base = side * 4 + policy * 64;
      if (kind < 6) {
        const postOnly = force === 0 && random.oneIn(5);
        rows.push({ op: base + force * 8 + (postOnly ? 32 : 0), price, quantity, owner });
        const limit = { ...options, postOnly };
        told.push(exchange.submitLimit(SIDES[side]!, price, quantity, TIMES_IN_FORCE[force]!, limit).status);
      } else if (kind < 7) {
        rows.push({ op: base + 1, quantity, owner });
        told.push(exchange.submitMarket(SIDES[side]!, quantity, options).status);
      } else if (kind < 9) {
        rows.push({ op: 2, id });
        told.push(exchange.cancel(id).status);
      } else {
        rows.push({ op: 3, id, price, quantity });
        told.push(exchange.modify(id, price, quantity).status);
      }
    }
    const commands = columns(rows);
    const cuts = [0, 1 + random.below(500), 700, rows.length];
    const trades: unknown[] = [];
    const statuses: string[] = [];
    for (let k = 1; k < cuts.length; k++) {
      book.run(commands, cuts[k - 1], cuts[k]);
      trades.push(...book.trades());
      statuses.push(...[...book.status.subarray(cuts[k - 1], cuts[k])].map((code) => BOOK_STATUSES[code]!));
    }
    t.strictSame(trades, exchange.trades());
    // A modified order that was filled before is `partially-filled` to the exchange, which remembers, and `new` here.
    const differ = statuses.filter((status, i) => status !== told[i] && (rows[i]!.op & 3) !== 3);
    t.strictSame(differ, []);
    t.strictSame(book.depth(1e6).toJSON(), exchange.depth(1e6).toJSON());
  }
});

t.test('a book that was cleared does what a new one does', async (t) => {
  const rows = [
    { op: bookOp('limit', 'sell'), price: 9e15, quantity: 5 },
    { op: bookOp('limit', 'sell'), price: 101, quantity: 5 },
    { op: bookOp('limit', 'buy'), price: 102, quantity: 7 },
  ];
  const used = new Book();
  used.run(columns(rows));
  used.clear();
  t.strictSame([used.openOrders, used.lastOrderId, used.bestBid(), used.bestAsk()], [0, 0, null, null]);
  used.run(columns(rows));
  const fresh = new Book();
  fresh.run(columns(rows));
  t.strictSame(used.trades(), fresh.trades());
  t.strictSame(used.depth().toJSON(), fresh.depth().toJSON());
});

t.test('resting orders that self-trade prevention cancelled are told', async (t) => {
  const book = new Book();
  const op = bookOp('limit', 'buy', { stp: 'cancel-oldest' });
  book.run(
    columns([
      { op: bookOp('limit', 'sell'), price: 10, quantity: 4, owner: 3 },
      { op, price: 10, quantity: 6, owner: 3 },
    ]),
  );
  t.strictSame([...book.preventedRows], [1, 4]);
  t.equal(book.openQuantity(2), 6);
});

t.test('what cannot be run is refused by row, before anything is run', async (t) => {
  const book = new Book();
  const good = { op: bookOp('limit', 'buy'), price: 10, quantity: 1 };
  const run = (row: Row): void => void book.run(columns([good, row]));
  for (const bad of [Number.NaN, 0, -0, -5, 1.5, 2 ** 53, Infinity]) {
    t.throws(() => run({ ...good, price: bad }), /commands\.price\[1\]/);
    t.throws(() => run({ ...good, quantity: bad }), /commands\.quantity\[1\]/);
    t.throws(() => run({ op: 2, id: bad }), /commands\.id\[1\]/);
  }
  t.throws(() => run({ ...good, owner: -1 }), /commands\.owner\[1\]/);
  t.throws(() => run({ ...good, op: 24 }), /commands\.op\[1\]/);
  t.equal(book.lastOrderId, 0, 'not even the first row');
  const { op, price, quantity, id } = columns([good]);
  t.throws(() => book.run({ op, price, quantity, id: new Float64Array(2) }), ShapeError);
  t.throws(() => book.run({ op, price, quantity, id: [1] as unknown as Float64Array }), ShapeError);
  t.throws(() => book.run({ op, price, quantity, id }, 1, 2), ValidationError);
  t.throws(() => new Book({ size: 3 } as object), ValidationError);
  t.throws(() => new Book({ orders: 0 }), ValidationError);
});

t.test(
  'a side holds at most 2^53 - 1: the row that passes it is refused, those before it have run',
  async (t) => {
    const book = new Book();
    const op = bookOp('limit', 'buy');
    const max = Number.MAX_SAFE_INTEGER;
    t.throws(
      () =>
        book.run(
          columns([
            { op, price: max, quantity: max },
            { op, price: 1, quantity: 1 },
          ]),
        ),
      OverflowError,
    );
    t.equal(book.openQuantity(1), max);
    t.equal(book.lastOrderId, 1);
    t.equal(book.run(columns([{ op: bookOp('limit', 'sell'), price: 1, quantity: max }])), 1);
  },
);
