import t from 'tap';
import { CANCELLED, FILLED, NEW, PARTIALLY_FILLED, REJECTED, SELF_TRADE } from '../../kernels/book/layout.js';
import { type LoggedOrder, OrderLog } from './order-log.js';

/** An order that differs from every other in every field that has room for it. */
function orderOf(id: number): LoggedOrder {
  return {
    price: id * 3,
    quantity: id + 10,
    cancelled: id % 5,
    timestamp: id * 2,
    status: id % 6,
    reason: id % 7,
    side: id % 2,
    timeInForce: id % 3,
    market: id % 4 === 0,
    tag: id * 8 + (id % 8),
  };
}

function write(log: OrderLog, id: number): void {
  const { price, quantity, cancelled, timestamp, status, reason, side, timeInForce, market, tag } =
    orderOf(id);
  log.write(id, side, price, quantity, timeInForce, market, tag, timestamp, cancelled, status, reason);
}

t.test(
  'orders come back as they were written, in pieces that grow and pieces that are left out',
  async (t) => {
    const log = new OrderLog();
    // The first piece grows from 16 rows; one piece of 4,096 stays empty.
    const ids = [...Array.from({ length: 4_100 }, (_, i) => i + 1), 8_192, 12_288, 12_289];
    for (const id of ids) {
      t.equal(log.get(id), undefined);
      write(log, id);
    }
    for (const id of ids) {
      const got = log.get(id);
      if (JSON.stringify(got) !== JSON.stringify(orderOf(id))) t.same(got, orderOf(id), `order ${id}`);
    }
    for (const id of [4_101, 8_191, 8_193, 12_287, 12_290, 1_000_000]) t.equal(log.get(id), undefined);
    t.equal(log.timestampOf(12_288), 24_576);
    t.equal(log.quantityOf(8_192), 8_202);
    t.equal(log.timestampOf(3), 6);
    t.equal(log.quantityOf(4_097), 4_107);
  },
);

t.test('orders can come out of order, at once far into a piece', async (t) => {
  const log = new OrderLog();
  for (const id of [17, 4_096, 8_193, 1, 5_000]) write(log, id);
  for (const id of [17, 4_096, 8_193, 1, 5_000]) t.same(log.get(id), orderOf(id));
  t.equal(log.get(16), undefined);
});

t.test('what is cancelled comes with status and reason, and takes the place of all three', async (t) => {
  const log = new OrderLog();
  for (const id of [5, 6, 7]) log.write(id, 1, 70, 10, 2, true, 9, 44, 3, PARTIALLY_FILLED, 5);
  const was = log.get(6)!;
  log.close(6, 7, CANCELLED, SELF_TRADE);
  t.same(log.get(6), { ...was, cancelled: 7, status: CANCELLED, reason: SELF_TRADE });
  log.close(6, 10, REJECTED, 0);
  t.same(log.get(6), { ...was, cancelled: 10, status: REJECTED, reason: 0 });
  write(log, 4_099);
  log.close(4_099, 4_109, FILLED, 1);
  t.same(log.get(4_099), { ...orderOf(4_099), cancelled: 4_109, status: FILLED, reason: 1 });
  for (const id of [5, 7]) t.same(log.get(id), was, 'not its neighbours');
});

t.test('numbers of 2^32 and above are kept exactly, and so is what was there before', async (t) => {
  const most = 9_007_199_254_740_991;
  for (const [price, quantity, timestamp] of [
    [most, 1, 1],
    [1, most, 1],
    [1, 1, most],
    [2_147_483_648, 2_147_483_648, 1],
    [most, most, most],
  ] as const) {
    const log = new OrderLog();
    for (const id of [1, 5_000, 5_001]) write(log, id);
    log.write(5_002, 1, price, quantity, 1, false, 7, timestamp, quantity, CANCELLED, 6);
    const large = log.get(5_002)!;
    t.same(
      [large.price, large.quantity, large.timestamp, large.cancelled],
      [price, quantity, timestamp, quantity],
    );
    t.same([large.side, large.timeInForce, large.market, large.tag, large.reason], [1, 1, false, 7, 6]);
    log.change(1, price, quantity, timestamp);
    const changed = log.get(1)!;
    t.same(changed, { ...orderOf(1), price, quantity, timestamp });
    for (const id of [5_000, 5_001]) t.same(log.get(id), orderOf(id));
    write(log, 5_003);
    t.same(log.get(5_003), orderOf(5_003), 'the piece goes on');
    t.equal(
      log.forgetDone((id) => id < 5_000),
      4,
    );
    write(log, 9_000);
    log.forgetDone((id) => id === 1);
    t.same(log.get(1), changed, 'kept alone');
    log.change(1, 2, 3, most);
    t.same([log.get(1)!.price, log.timestampOf(1)], [2, most]);
  }
});

t.test('an order kept alone grows beyond 2^32, and one written late', async (t) => {
  const log = new OrderLog();
  for (const id of [7, 9_000]) write(log, id);
  log.forgetDone((id) => id === 7);
  log.change(7, 9_007_199_254_740_991, 5, 0);
  t.same(log.get(7), { ...orderOf(7), price: 9_007_199_254_740_991, quantity: 5 });
  log.write(8, 0, 4_294_967_296, 1, 0, false, 0, 1, 0, NEW, 0);
  t.equal(log.get(8)!.price, 4_294_967_296);
});

t.test('a change keeps the time at 0 only', async (t) => {
  const log = new OrderLog();
  for (const id of [2, 3, 4_097]) write(log, id);
  log.change(3, 81, 82, 0);
  t.same(log.get(3), { ...orderOf(3), price: 81, quantity: 82 });
  log.change(3, 84, 85, 1);
  t.same(log.get(3), { ...orderOf(3), price: 84, quantity: 85, timestamp: 1 });
  log.change(4_097, 84, 85, 7);
  t.same(log.get(4_097), { ...orderOf(4_097), price: 84, quantity: 85, timestamp: 7 });
  t.same(log.get(2), orderOf(2), 'not its neighbour');
});

t.test('what is done is forgotten and counted once, whatever is open stays', async (t) => {
  const log = new OrderLog();
  const ids = [1, 2, 16, 17, 4_096, 4_097, 9_000];
  for (const id of ids) write(log, id);
  const kept = [2, 4_096, 9_000];
  t.equal(
    log.forgetDone((id) => kept.includes(id)),
    4,
  );
  for (const id of ids) t.same(log.get(id), kept.includes(id) ? orderOf(id) : undefined);
  t.equal(log.get(3), undefined, 'not what stands beside an order that is kept alone');
  t.equal(
    log.forgetDone((id) => id === 2),
    2,
  );
  t.same(log.get(2), orderOf(2));
  t.equal(log.get(9_000), undefined);
  t.equal(
    log.forgetDone(() => false),
    1,
  );
  t.equal(
    log.forgetDone(() => false),
    0,
  );
});

t.test('an order kept alone goes on as before', async (t) => {
  const log = new OrderLog();
  for (const id of [7, 4_098, 9_000]) log.write(id, 1, 70, 10, 2, true, 9, 44, 0, NEW, 0);
  const was = log.get(7)!;
  t.equal(
    log.forgetDone((id) => id < 9_000),
    1,
  );
  log.change(7, 71, 14, 50);
  t.same(log.get(7), { ...was, price: 71, quantity: 14, timestamp: 50 });
  log.close(7, 4, CANCELLED, SELF_TRADE);
  t.same(log.get(7), {
    ...was,
    ...{ price: 71, quantity: 14, timestamp: 50, cancelled: 4, status: CANCELLED, reason: SELF_TRADE },
  });
  t.same([log.quantityOf(7), log.timestampOf(7)], [14, 50]);
  t.same(log.get(4_098), was, 'not the other one');
});

t.test('an id of a piece that is gone, a stop that fires late, is written and read', async (t) => {
  const log = new OrderLog();
  for (const id of [1, 4_097, 9_000]) write(log, id);
  t.equal(
    log.forgetDone(() => false),
    3,
  );
  for (const id of [5, 4_099]) {
    write(log, id);
    t.same(log.get(id), orderOf(id));
  }
  write(log, 9_001);
  t.same(log.get(9_001), orderOf(9_001));
  t.equal(
    log.forgetDone((id) => id === 5),
    2,
  );
  t.same(log.get(5), orderOf(5));
});

t.test('many open orders of one piece are kept where they are, few alone: none is lost', async (t) => {
  for (const open of [1, 255, 256, 257, 300]) {
    const log = new OrderLog();
    for (let id = 1; id <= 400; id++) write(log, id);
    write(log, 5_000);
    t.equal(
      log.forgetDone((id) => id <= open || id === 5_000),
      400 - open,
    );
    for (const id of [1, open]) t.same(log.get(id), orderOf(id), `${open} open`);
    t.equal(log.get(open + 1), undefined);
    t.equal(
      log.forgetDone(() => false),
      open + 1,
    );
  }
});
