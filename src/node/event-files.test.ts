import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import t from 'tap';
import { DataError, DataSourceError, ValidationError } from '../errors.js';
import { type Event, type SymbolEvent } from '../exchange/event.js';
import { eventsFromJsonl, eventsToJsonl } from '../exchange/event-json.js';
import { Exchange } from '../exchange/exchange.js';
import { MultiExchange } from '../exchange/multi-exchange.js';
import { errorOf } from '../testing/error-of.js';
import { replayEventFile, writeEventFile } from './event-files.js';
import { AtomicFile } from './files.js';

/** An exchange with a little history, and its events. */
function exchangeWith(count: number): Exchange {
  const exchange = new Exchange({ stp: 'cancel-oldest' });
  for (let k = 0; k < count; k++) {
    exchange.submitLimit(k % 2 === 0 ? 'buy' : 'sell', 100 + (k % 3), 1 + k, 'gtc', { owner: k % 4 });
    if (k % 5 === 4) exchange.cancel(k);
  }
  exchange.submitTrailingStopMarket('sell', 50, 3, { kind: 'percentage', fraction: 0.05 });
  return exchange;
}

t.test('a log that was written is replayed to the same state, plain and packed', async (t) => {
  const dir = t.testdir({});
  const live = exchangeWith(5_000);
  const path = join(dir, 'events.jsonl');
  writeEventFile(path, live.events());
  t.equal(readFileSync(path, 'utf8'), eventsToJsonl(live.events()));
  writeEventFile(`${path}.gz`, live.events());
  t.equal(gunzipSync(readFileSync(`${path}.gz`)).toString(), eventsToJsonl(live.events()), 'in many pieces');
  for (const name of [path, `${path}.gz`]) {
    const seen: [number, number][] = [];
    const replayed = await replayEventFile(name, { onProgress: (...told) => seen.push(told) });
    // One of the two is there, for the compiler too.
    const whole: Exchange | MultiExchange = replayed.exchange ?? replayed.multi;
    t.equal(whole.stateHash(), live.stateHash(), 'owner and policy are in the log');
    t.match(replayed, {
      multi: null,
      events: live.events().length,
      tornLastLine: null,
      sha256: /^[0-9a-f]{64}$/,
    });
    t.equal(replayed.counts.get('SubmitTrailingStopMarket'), 1);
    t.same(seen.at(-1), [statSync(name).size, statSync(name).size]);
  }
});

t.test('a log of symbols is replayed to exchanges by symbol', async (t) => {
  const path = join(t.testdir({}), 'two.jsonl');
  const multi = new MultiExchange();
  multi.submitLimit('B', 'sell', 10, 5);
  multi.submitLimit('A', 'sell', 10, 5);
  multi.submitMarket('B', 'buy', 2);
  writeEventFile(path, multi.events());
  const { exchange, multi: replayed } = await replayEventFile(path);
  t.equal(exchange, null);
  t.same(replayed?.symbols(), ['B', 'A']);
  t.equal(replayed?.stateHash(), multi.stateHash());
  t.strictSame(eventsFromJsonl(readFileSync(path)).events, multi.events());
});

t.test('an empty log is an exchange to which nothing has happened', async (t) => {
  const dir = t.testdir({});
  for (const name of ['none.jsonl', 'none.jsonl.GZ']) {
    const path = join(dir, name);
    writeEventFile(path, []);
    const { exchange, events } = await replayEventFile(path);
    t.equal(exchange?.stateHash(), new Exchange().stateHash());
    t.equal(events, 0);
  }
  t.same([...readFileSync(join(dir, 'none.jsonl.GZ')).subarray(0, 2)], [0x1f, 0x8b]);
});

t.test('files that cannot be read or are damaged are told, options are checked', async (t) => {
  const dir = t.testdir({ folder: {} });
  const packed = gzipSync(eventsToJsonl(exchangeWith(2_000).events()));
  writeFileSync(join(dir, 'cut.gz'), packed.subarray(0, packed.length / 2));
  await t.rejects(replayEventFile(join(dir, 'missing')), DataSourceError);
  await t.rejects(replayEventFile(join(dir, 'folder')), { message: /folder/, exitCode: 2 });
  await t.rejects(replayEventFile(join(dir, 'cut.gz')), DataError);
  await t.rejects(replayEventFile(''), ValidationError);
  await t.rejects(replayEventFile('x', { onProgress: 5 as never }), ValidationError);
  await t.rejects(replayEventFile('x', { stpp: 'off' } as object), ValidationError);
});

t.test('a log that cannot be written in full leaves the old one, and nothing half done', async (t) => {
  const dir = t.testdir({ 'events.jsonl': 'old' });
  const path = join(dir, 'events.jsonl');
  function* events(): Generator<Event | SymbolEvent> {
    for (let k = 1; k <= 20_000; k++) yield { type: 'Cancel', seq: k, orderId: k };
    yield { type: 'Cancel', seq: 1, orderId: 0 };
  }
  t.equal(errorOf(() => writeEventFile(path, events())).detail?.field, 'event.orderId');
  t.equal(readFileSync(path, 'utf8'), 'old');
  const file = new AtomicFile(path);
  file.write('half');
  t.equal(readdirSync(dir).length, 2);
  file.abort();
  file.abort();
  t.same(readdirSync(dir), ['events.jsonl']);
  const whole = new AtomicFile(path);
  whole.write('one ');
  whole.write('two');
  whole.commit();
  whole.abort();
  t.equal(readFileSync(path, 'utf8'), 'one two');
  t.ok(existsSync(path));
});
