import t from 'tap';
import { ValidationError } from '../errors.js';
import { publicMethods } from '../testing/class-members.js';
import type { SymbolEvent } from './event.js';
import { Exchange } from './exchange.js';
import { MultiExchange } from './multi-exchange.js';

/** Arguments for every method of `Exchange` that a symbol goes before, in an order that makes sense. */
const CALLS: readonly (readonly [method: string, ...args: readonly unknown[]])[] = [
  ['submitLimit', 'buy', 100, 10, 'gtc', { owner: 3, stp: 'cancel-oldest', postOnly: true }],
  ['submitLimit', 'sell', 103, 8],
  ['submitMarket', 'buy', 2, { owner: 4 }],
  ['submitStopMarket', 'sell', 90, 1, { owner: 5 }],
  ['submitStopLimit', 'sell', 91, 90, 2, 'ioc', { owner: 5 }],
  ['submitTrailingStopMarket', 'sell', 92, 3, { kind: 'fixed', offset: 7 }, { owner: 5 }],
  ['submitTrailingStopLimit', 'sell', 93, 4, { kind: 'atr', multiplier: 2, period: 3 }, 1, { owner: 5 }],
  ['submitMarket', 'sell', 1],
  ['onBar', 105, 95, 101],
  ['modify', 1, 101, 6],
  ['cancel', 4],
  ['getOrder', 1],
  ['getStopOrder', 6],
  ['bestBid'],
  ['bestAsk'],
  ['bestBidAsk'],
  ['spread'],
  ['lastTradePrice'],
  ['depth', 1],
  ['depth'],
  ['fullBook'],
  ['trades'],
  ['trades', 2],
  ['events'],
  ['pendingStopCount'],
  ['stateHash'],
  ['compact'],
  ['clearTrades'],
  ['clearOrderHistory'],
  ['clearEvents'],
];

type Methods = Record<string, (...args: unknown[]) => unknown>;

t.test('every method of Exchange is there with the symbol before its arguments', async (t) => {
  const names = publicMethods('src/exchange/exchange.ts', 'Exchange').filter((name) => name !== 'toJSON');
  t.ok(names.length > 20);
  t.strictSame([...new Set(CALLS.map(([name]) => name))].sort(), [...names].sort());

  const multi = new MultiExchange();
  const single = new Exchange();
  for (const [name, ...args] of CALLS) {
    const forwarded = (multi as unknown as Methods)[name]!('A', ...args);
    const direct = (single as unknown as Methods)[name]!(...args);
    t.strictSame(forwarded, direct, name);
    t.equal(multi.stateHash('A'), single.stateHash(), `${name} leaves the same state`);
  }
  t.strictSame(multi.symbols(), ['A']);
});

t.test('exchange(symbol) is the exchange itself', async (t) => {
  const multi = new MultiExchange({ stp: 'cancel-newest', priceScale: 1000 });
  const a = multi.exchange('A');
  t.equal(multi.exchange('A'), a);
  a.submitLimit('buy', 100, 5);
  t.equal(multi.bestBid('A'), 100);
  multi.submitLimit('A', 'sell', 101, 5);
  t.equal(a.bestAsk(), 101);
  t.strictSame(
    [a.stp, a.priceScale, multi.stp, multi.priceScale],
    ['cancel-newest', 1000, 'cancel-newest', 1000],
  );
  multi.submitLimit('B', 'sell', 7, 5);
  t.strictSame(multi.bestPrices(), [
    ['A', 100, 101],
    ['B', null, 7],
  ]);
  t.strictSame([multi.size, multi.symbols(), multi.has('B'), multi.has('C')], [2, ['A', 'B'], true, false]);
  t.strictSame(multi.submitLimit('B', 'buy', 6, 1).orderId, 2, 'ids are those of the symbol');
});

t.test('events stand in the order in which they came, whichever way', async (t) => {
  const multi = new MultiExchange();
  const b = multi.exchange('B');
  multi.submitLimit('A', 'buy', 100, 5);
  b.submitLimit('sell', 50, 1);
  multi.cancel('A', 1);
  multi.onBar('A', 3, 1, 2);
  b.submitMarket('buy', 1);
  const told = (events: readonly SymbolEvent[]): string[] =>
    events.map(({ seq, symbol, type }) => `${seq} ${symbol} ${type}`);
  t.strictSame(told(multi.events()), [
    '1 A SubmitLimit',
    '2 B SubmitLimit',
    '3 A Cancel',
    '4 A Bar',
    '5 B SubmitMarket',
  ]);
  t.strictSame(
    multi.events('B').map(({ seq }) => seq),
    [2, 5],
  );
  t.equal(multi.clearEvents('A'), 3);
  t.strictSame(told(multi.events()), ['2 B SubmitLimit', '5 B SubmitMarket']);
});

/** Orders on two symbols; a third is opened and never used. */
function busy(): MultiExchange {
  const multi = new MultiExchange({ stp: 'cancel-oldest' });
  multi.exchange('idle');
  multi.submitLimit('B', 'sell', 100, 5, 'gtc', { owner: 1 });
  multi.submitStopMarket('A', 'sell', 90, 2);
  multi.submitLimit('B', 'buy', 100, 3, 'gtc', { owner: 1 });
  multi.submitLimit('A', 'buy', 95, 9);
  multi.submitMarket('A', 'sell', 4);
  multi.cancel('B', 77);
  return multi;
}

t.test('a replay of the events gives the same state, trades and events', async (t) => {
  const live = busy();
  const again = MultiExchange.replay(JSON.parse(JSON.stringify(live.events())) as SymbolEvent[]);
  t.equal(again.stateHash(), live.stateHash(), 'the idle symbol does not count');
  t.strictSame(again.events(), live.events());
  t.strictSame(again.trades('A'), live.trades('A'));
  t.strictSame(again.fullBook('B'), live.fullBook('B'));
  for (const length of [0, 1, 3, 4]) {
    const part = MultiExchange.replay(live.events().slice(0, length));
    t.strictSame(part.events(), live.events().slice(0, length));
    t.not(part.stateHash(), live.stateHash());
  }
});

t.test('the hash of all depends on every symbol and its name, not on the order of first use', async (t) => {
  const two = (first: string, second: string): MultiExchange => {
    const multi = new MultiExchange();
    multi.submitLimit(first, 'buy', 1, 1);
    multi.submitLimit(second, 'buy', 1, 1);
    return multi;
  };
  t.equal(two('A', 'B').stateHash(), two('B', 'A').stateHash());
  t.not(two('A', 'B').stateHash(), two('A', 'C').stateHash());
  const more = two('A', 'B');
  more.submitLimit('B', 'buy', 1, 1);
  t.not(more.stateHash(), two('A', 'B').stateHash());
});

t.test('what goes through JSON goes on as if it had not', async (t) => {
  const live = busy();
  const copy = MultiExchange.fromJSON(JSON.parse(JSON.stringify(live)));
  t.strictSame(copy.symbols(), live.symbols());
  t.equal(copy.stp, 'cancel-oldest');
  for (const multi of [live, copy]) {
    multi.submitLimit('C', 'sell', 5, 5);
    multi.exchange('A').submitMarket('sell', 9);
    multi.modify('B', 2, 99, 3);
  }
  t.equal(copy.stateHash(), live.stateHash());
  t.strictSame(copy.events(), live.events().slice(-3), 'history stays out, the numbers of the events go on');
  t.strictSame(copy.trades('A'), live.trades('A', 2));

  const json = live.toJSON();
  const refused = (change: object, field: string): void => {
    t.throws(() => MultiExchange.fromJSON({ ...json, ...change } as never), {
      code: 'VALIDATION',
      detail: { field },
    });
  };
  refused({ schemaVersion: 2 }, 'json.schemaVersion');
  refused({ nextSeq: 0 }, 'json.nextSeq');
  refused({ exchanges: {} }, 'json.exchanges');
  refused({ more: 1 }, 'json.more');
  refused({ exchanges: [...json.exchanges, json.exchanges[0]] }, 'json.exchanges[4].symbol');
  refused({ stp: 'off' }, 'json.exchanges[0].exchange');
  refused({ priceScale: 1000 }, 'json.exchanges[0].exchange');
  refused({ exchanges: [{ symbol: '', exchange: json.exchanges[0]!.exchange }] }, 'symbol');
  t.throws(() => MultiExchange.fromJSON(null), { code: 'VALIDATION' });
});

t.test('a symbol that was never used is told apart, and asking does not make it', async (t) => {
  const multi = new MultiExchange();
  const asking = CALLS.filter(([name]) => !name.startsWith('submit') && name !== 'onBar');
  for (const [name, ...args] of asking) {
    const call = (): unknown => (multi as unknown as Methods)[name]!('AAPL', ...args);
    t.throws(call, { code: 'UNKNOWN_SYMBOL', detail: { value: 'AAPL' } }, name);
  }
  t.equal(multi.size, 0);
  multi.submitLimit('AAPL', 'buy', 1, 1);
  t.throws(() => multi.cancel('AAPLE', 1), { code: 'UNKNOWN_SYMBOL', detail: { fix: 'did you mean AAPL' } });
  t.equal(multi.cancel('AAPL', 2).reason, 'unknown-order', 'an unknown order is an answer');
  t.throws(() => multi.submitLimit('NEW', 'buy', 0, 1), { code: 'VALIDATION', detail: { field: 'price' } });
  t.throws(() => multi.onBar('NEW', 1, 2, 1), { code: 'VALIDATION' });
  t.strictSame(multi.symbols(), ['AAPL'], 'nor does a call that is refused');
  t.equal(multi.events().length, 2);
});

t.test('a symbol is a text of 1 to 64 characters, and any such text will do', async (t) => {
  const multi = new MultiExchange();
  for (const bad of ['', 'x'.repeat(65), 7, null, undefined, ['A']]) {
    t.throws(() => multi.exchange(bad as never), { code: 'VALIDATION', detail: { field: 'symbol' } });
    t.throws(() => multi.submitLimit(bad as never, 'buy', 1, 1), { code: 'VALIDATION' });
    t.throws(() => multi.has(bad as never), { code: 'VALIDATION' });
  }
  const names = ['__proto__', 'constructor', 'toString', 'x'.repeat(64), 'BRK.B', '日経', ' '];
  for (const name of names) {
    t.equal(multi.has(name), false);
    multi.submitLimit(name, 'buy', 1, 1);
  }
  t.strictSame(multi.symbols(), names);
  t.strictSame(MultiExchange.fromJSON(JSON.parse(JSON.stringify(multi))).symbols(), names);
  t.strictSame(MultiExchange.replay(multi.events()).symbols(), names);
  t.throws(() => new MultiExchange({ stp: 'maybe' as never }), { code: 'VALIDATION' });
});

t.test('a replay refuses what is no event, and events that belong elsewhere', async (t) => {
  const multi = new MultiExchange();
  multi.submitLimit('A', 'buy', 100, 5);
  multi.submitLimit('B', 'sell', 90, 5);
  const events = multi.events();
  t.throws(() => Exchange.replay(events), /event\.symbol.*"A".*MultiExchange\.replay/);
  t.throws(() => MultiExchange.replay(multi.exchange('A').events()), /event\.symbol.*Exchange\.replay/);
  t.throws(() => Exchange.replay([{ type: 'SubmitLimt' } as never]), /event\.type.*SubmitLimit/);
  for (const wrong of [undefined, null, 7, '{"type":"Cancel","order_id":1}']) {
    t.throws(() => Exchange.replay([wrong as never]), ValidationError);
    t.throws(() => MultiExchange.replay([wrong as never]), ValidationError);
  }
  t.throws(() => Exchange.replay('text' as never), ValidationError);
  t.equal(MultiExchange.replay(events).stateHash(), multi.stateHash());
});
