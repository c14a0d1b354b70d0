import t from 'tap';
import { ValidationError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import type { Event, SymbolEvent } from './event.js';
import { eventsFromJsonl, eventsToJsonl, parseEvent, serializeEvent } from './event-json.js';
import { parseTrade, serializeTrade } from './trade-json.js';
import type { Trade } from './types.js';

const none = { owner: null, stpPolicy: 'off' } as const;
const MAX = Number.MAX_SAFE_INTEGER;

/** Every type of event with its line, written by hand from the table of the format. */
const PAIRS: readonly (readonly [Event | SymbolEvent, string])[] = [
  [
    {
      type: 'SubmitLimit',
      seq: 1,
      side: 'buy',
      price: 10100,
      quantity: 50,
      timeInForce: 'gtc',
      ...none,
      postOnly: false,
    },
    '{"type":"SubmitLimit","side":"BUY","price":10100,"quantity":50,"time_in_force":"GTC"}',
  ],
  [
    {
      type: 'SubmitLimit',
      seq: 1,
      side: 'sell',
      price: MAX,
      quantity: 1,
      timeInForce: 'gtc',
      owner: 7,
      stpPolicy: 'cancel-newest',
      postOnly: true,
    },
    `{"type":"SubmitLimit","side":"SELL","price":${MAX},"quantity":1,"time_in_force":"GTC","owner":7,"stp_policy":"CancelNewest","post_only":true}`,
  ],
  [
    { type: 'SubmitMarket', seq: 1, side: 'sell', quantity: 3, owner: 0, stpPolicy: 'cancel-oldest' },
    '{"type":"SubmitMarket","side":"SELL","quantity":3,"owner":0,"stp_policy":"CancelOldest"}',
  ],
  [{ type: 'Cancel', seq: 1, orderId: 12 }, '{"type":"Cancel","order_id":12}'],
  [
    { type: 'Modify', seq: 1, orderId: 12, price: 5, quantity: 6 },
    '{"type":"Modify","order_id":12,"price":5,"quantity":6}',
  ],
  [
    { type: 'SubmitStopMarket', seq: 1, side: 'buy', stopPrice: 9, quantity: 1, owner: -4, stpPolicy: 'off' },
    '{"type":"SubmitStopMarket","side":"BUY","stop_price":9,"quantity":1,"owner":-4}',
  ],
  [
    {
      type: 'SubmitStopLimit',
      seq: 1,
      side: 'buy',
      stopPrice: 9,
      limitPrice: 10,
      quantity: 1,
      timeInForce: 'fok',
      owner: null,
      stpPolicy: 'decrement-and-cancel',
    },
    '{"type":"SubmitStopLimit","side":"BUY","stop_price":9,"limit_price":10,"quantity":1,"time_in_force":"FOK","stp_policy":"DecrementAndCancel"}',
  ],
  [
    {
      type: 'SubmitTrailingStopMarket',
      seq: 1,
      side: 'sell',
      stopPrice: 9,
      quantity: 1,
      trail: { kind: 'percentage', fraction: 0.05 },
      ...none,
    },
    '{"type":"SubmitTrailingStopMarket","side":"SELL","stop_price":9,"quantity":1,"trail":{"kind":"percentage","fraction":0.05}}',
  ],
  [
    {
      type: 'SubmitTrailingStopLimit',
      seq: 1,
      side: 'sell',
      stopPrice: 9,
      quantity: 1,
      trail: { kind: 'atr', multiplier: 2.5, period: 14 },
      limitOffset: 3,
      ...none,
    },
    '{"type":"SubmitTrailingStopLimit","side":"SELL","stop_price":9,"quantity":1,"trail":{"kind":"atr","multiplier":2.5,"period":14},"limit_offset":3}',
  ],
  [
    {
      type: 'SubmitTrailingStopMarket',
      seq: 1,
      symbol: 'BRK B',
      side: 'buy',
      stopPrice: 9,
      quantity: 1,
      trail: { kind: 'fixed', offset: 50 },
      ...none,
    },
    '{"type":"SubmitTrailingStopMarket","symbol":"BRK B","side":"BUY","stop_price":9,"quantity":1,"trail":{"kind":"fixed","offset":50}}',
  ],
  [{ type: 'Bar', seq: 1, high: 3, low: 1, close: 2 }, '{"type":"Bar","high":3,"low":1,"close":2}'],
];

t.test('every type of event is written as the format says, and read back whole', async (t) => {
  for (const [event, line] of PAIRS) {
    t.equal(serializeEvent(event), line);
    t.strictSame(parseEvent(line), event, line);
    t.strictSame(JSON.parse(JSON.stringify(event)), event, 'and survives JSON.stringify');
    t.strictSame(eventsFromJsonl(`${line}\n`).events, [event], 'and as a log of its own');
  }
});

t.test('N21: owner and policy are in the log, so that a replay prevents the same self-trades', async (t) => {
  const policies = ['off', 'cancel-newest', 'cancel-oldest', 'decrement-and-cancel'] as const;
  const events = policies.map((stpPolicy, i): Event => {
    const owner = [null, 0, MAX, -MAX][i]!;
    return { type: 'SubmitMarket', seq: i + 1, side: 'buy', quantity: 1, owner, stpPolicy };
  });
  t.strictSame(eventsFromJsonl(eventsToJsonl(events)), { events, tornLastLine: null });
});

t.test(
  'lines of public corpora are read: version and timestamp on every line, any order, spaces',
  async (t) => {
    const cancel = { type: 'Cancel', orderId: 3 };
    for (const line of [
      '{"schema_version":"1.0","type":"Cancel","timestamp":1700000000000000000,"order_id":3}',
      '{ "order_id" : 3, "timestamp": 0, "type": "Cancel" }',
      '{"order_id":3,"t\\u0079pe":"C\\u0061ncel"}',
      '\t{"type":"Cancel","order_id":3}\r\n',
    ]) {
      t.strictSame(parseEvent(line, { row: 9, seq: 4 }), { ...cancel, seq: 4 }, line);
    }
    const limit = '{"type":"SubmitLimit","side":"SELL","price":1,"quantity":1,"time_in_force":"GTC"';
    t.strictSame(
      parseEvent(`${limit},"owner":null,"stp_policy":"Off","post_only":false}`),
      parseEvent(`${limit}}`),
    );
  },
);

t.test('serializeEvent writes nothing that an exchange would not have logged', async (t) => {
  const [limitEvent] = PAIRS[0]!;
  const cases: [object, string][] = [
    [{ price: 0 }, 'event.price'],
    [{ price: 1.5 }, 'event.price'],
    [{ price: NaN }, 'event.price'],
    [{ price: '1' }, 'event.price'],
    [{ price: 2 ** 53 }, 'event.price'],
    [{ price: undefined }, 'event.price'],
    [{ side: 'BUY' }, 'event.side'],
    [{ timeInForce: 'day' }, 'event.timeInForce'],
    [{ timeInForce: 'ioc', postOnly: true }, 'post_only'],
    [{ stpPolicy: 'none' }, 'event.stpPolicy'],
    [{ owner: -0 }, 'event.owner'],
    [{ owner: 2 ** 53 }, 'event.owner'],
    [{ postOnly: 'no' }, 'event.postOnly'],
    [{ type: 'Limit' }, 'event.type'],
    [{ symbol: '' }, 'symbol'],
    [{ note: 'x' }, 'event.note'],
  ];
  for (const [change, field] of cases) {
    const error = errorOf(() => serializeEvent({ ...limitEvent, ...change } as Event));
    t.ok(error instanceof ValidationError);
    t.equal(error.detail?.field, field, JSON.stringify(change));
  }
  t.throws(() => serializeEvent(null as unknown as Event), ValidationError);
  const trailing = PAIRS[7]![0] as Event;
  const broken = { ...trailing, trail: { kind: 'percentage', fraction: 2 } } as Event;
  t.equal(errorOf(() => serializeEvent(broken)).detail?.field, 'event.trail.fraction');
  const mixed = [limitEvent, { ...limitEvent, symbol: 'A' }];
  t.match(errorOf(() => eventsToJsonl(mixed)).message, /every event of a log or in none/);
  t.equal(eventsToJsonl([]), '');
});

t.test('a trade is one line, keys in the order of the format, and comes back whole', async (t) => {
  const trade: Trade = {
    id: 1,
    price: 10100,
    quantity: 50,
    aggressorOrderId: 2,
    passiveOrderId: 1,
    aggressorSide: 'buy',
    timestamp: 3,
  };
  const line =
    '{"id":1,"price":10100,"quantity":50,"aggressor_order_id":2,"passive_order_id":1,"aggressor_side":"BUY","timestamp":3}';
  t.equal(serializeTrade(trade), line);
  t.strictSame(parseTrade(line), trade);
  t.strictSame(JSON.parse(JSON.stringify(trade)), trade);
  const named = { symbol: 'A"\n\u2028é', ...trade };
  t.strictSame(parseTrade(serializeTrade(named)), named);
  t.notMatch(serializeTrade(named), '\n');
  for (const [wrong, field] of [
    [line.replace('"id":1', '"id":0'), 'id'],
    [line.replace('"id":1,', ''), 'id'],
    [line.replace('"id"', '"idd"'), 'idd'],
    [line.replace('BUY', 'buy'), 'aggressor_side'],
    [line.replace('50', '50.0'), 'quantity'],
  ] as const) {
    t.match(
      errorOf(() => parseTrade(wrong, { row: 4 })),
      { place: { row: 4 }, detail: { field } },
      wrong,
    );
  }
  t.equal(errorOf(() => serializeTrade({ ...trade, id: 0 })).detail?.field, 'trade.id');
  t.equal(errorOf(() => serializeTrade({ ...trade, aggressorSide: 'BUY' as 'buy' })).code, 'VALIDATION');
  t.throws(() => parseTrade(5 as unknown as string), ValidationError);
  t.throws(() => parseEvent(5 as unknown as string), ValidationError);
});
