import t from 'tap';
import { SchemaError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { eventsFromJsonl, parseEvent, serializeEvent } from './event-json.js';

const LIMIT = '{"type":"SubmitLimit","side":"BUY","price":1,"quantity":1,"time_in_force":"GTC"}';
const TRAIL =
  '{"type":"SubmitTrailingStopMarket","side":"BUY","stop_price":9,"quantity":1,"trail":{"kind":"fixed","offset":50}}';
const limit = (from: string, to: string): string => LIMIT.replace(from, to);
const trail = (to: string): string => TRAIL.replace('{"kind":"fixed","offset":50}', to);

t.test('whatever is not an event is refused by field, value, constraint and fix', async (t) => {
  const whole = /an integer from 1 to 9007199254740991/;
  const cases: [line: string, field: string, ...messages: RegExp[]][] = [
    ...[
      '0',
      '-1',
      '1.0',
      '1.5',
      '1e3',
      '-0',
      '9007199254740992',
      '9007199254740993',
      '1e400',
      'null',
      'true',
    ].map((value): [string, string, RegExp] => [limit('"price":1', `"price":${value}`), 'price', whole]),
    [limit('"price":1', '"price":0'), 'price', /value 0\..*use at least 1\./],
    [limit('"price":1', '"price":-0'), 'price', /value -0\..*use at least 1\./],
    [limit('"price":1', '"price":9007199254740992'), 'price', /2\..*use at most 9007199254740991\./],
    [limit('"price":1', '"price":1e400'), 'price', /value 1e400\..*use at most/],
    [limit('"price":1', '"price":null'), 'price', /value null\..*write a number\./],
    [limit('"price":1', '"price":1.0'), 'price', /value 1\.0\..*no quotes, point/],
    [limit('"price":1', '"price":"1.0"'), 'price', /value "1\.0"\..*no quotes, point/],
    [limit('"price":1', '"price":"9223372036854775807"'), 'price', /"9223372036854775807"/, whole],
    [limit('"price":1', '"price":"100"'), 'price', /no quotes/],
    [limit('"price":1', '"price":""'), 'price', whole],
    [limit('"price":1', '"price":[1]'), 'price', /without brackets/],
    [limit('"price":1', '"price":{"a":[1]}'), 'price.a', /without brackets/],
    [limit('"price":1', '"price":{"a":1.0}'), 'price', /a.*1\.0/, whole],
    [limit('"price":1', '"price":01'), 'line', /a comma or the closing brace at character \d+/],
    [limit('"price":1', '"price":NaN'), 'line', /a number, a text/],
    [limit('"price":1,', ''), 'price', /given in SubmitLimit/, /add "price": an integer/],
    [limit('"side":"BUY",', ''), 'side', /add "side": "BUY" or "SELL"/],
    [limit('"price":1', '"price":1,"price":1'), 'price', /given once/],
    [limit('"price":1', '"price":1,"pr\\u0069ce":2'), 'price', /given once/],
    [limit('"price"', '"prices"'), 'prices', /did you mean price/],
    [limit('"price":1', '"price":1,"__proto__":1'), '__proto__', /a field of SubmitLimit/],
    [limit('"price":1', `"${'p'.repeat(9e5)}":1`), `${'p'.repeat(60)}...`, /a field of SubmitLimit/],
    [limit('"price":1', '"price":1,"order_id":1'), 'order_id', /a field of SubmitLimit/],
    [limit('"price":1', '"price":1,"trail":{"kind":"fixed","offset":1}'), 'trail', /a field of SubmitLimit/],
    [limit('SubmitLimit', 'SubmitLimt'), 'type', /did you mean SubmitLimit/],
    [limit('SubmitLimit', 'Bar '), 'type', /did you mean Bar/],
    [limit('"SubmitLimit"', 'null'), 'type', /one of SubmitLimit, SubmitMarket/],
    [limit('"type":"SubmitLimit",', ''), 'type', /given in every line/],
    ['{}', 'type', /given in every line/],
    [limit('BUY', 'Buy'), 'side', /BUY, SELL.*did you mean BUY/],
    [limit('GTC', 'GTD'), 'time_in_force', /did you mean GTC/],
    [limit('"BUY"', '1'), 'side', /use one of BUY, SELL/],
    [limit('"GTC"', '"GTC","stp_policy":"CancelNewset"'), 'stp_policy', /did you mean CancelNewest/],
    [limit('"GTC"', '"GTC","stp_policy":null'), 'stp_policy', /one of Off/],
    [limit('"GTC"', '"GTC","owner":1.5'), 'owner', /null or an integer/],
    [limit('"GTC"', '"GTC","owner":-0'), 'owner', /value -0\..*null or an integer/],
    [limit('"GTC"', '"GTC","owner":9007199254740992'), 'owner', /null or an integer/],
    [limit('"GTC"', '"GTC","owner":"7"'), 'owner', /null or an integer/],
    [limit('"GTC"', '"GTC","post_only":1'), 'post_only', /true or false/],
    [limit('"GTC"', '"FOK","post_only":true'), 'post_only', /false in an order that is FOK/],
    [limit('"GTC"', '"GTC","schema_version":"1.1"'), 'schema_version', /"1\.1".*"1\.0"/],
    [limit('"GTC"', '"GTC","schema_version":1.0'), 'schema_version', /"1\.0"/],
    [limit('"GTC"', '"GTC","timestamp":-1'), 'timestamp', /a whole number of at least 0/],
    [limit('"GTC"', '"GTC","timestamp":1.5'), 'timestamp', /a whole number/],
    [limit('"GTC"', '"GTC","timestamp":"1"'), 'timestamp', /a whole number/],
    [limit('"GTC"', '"GTC","symbol":""'), 'symbol', /1 to 64 characters/],
    [limit('"GTC"', `"GTC","symbol":"${'x'.repeat(65)}"`), 'symbol', /1 to 64 characters/],
    [limit('"GTC"', '"GTC","symbol":1'), 'symbol', /1 to 64 characters/],
    ['{"schema_version":"1.0"}', 'type', /given in every line/],
    ['{"type":"Bar","high":3,"low":2,"close":4}', 'close', /from low \(2\) to high \(3\)/],
    ['{"type":"Bar","high":1,"low":2,"close":1}', 'low', /at most the high, 1/],
    [trail('5'), 'trail', /an object with a kind/],
    [trail('{}'), 'trail.kind', /one of fixed, percentage, atr/],
    [trail('{"kind":"fxed","offset":5}'), 'trail.kind', /did you mean fixed/],
    [trail('{"kind":"fixed"}'), 'trail.offset', /given in a fixed trail/],
    [trail('{"kind":"fixed","offset":0}'), 'trail.offset', whole],
    [trail('{"kind":"fixed","offset":5,"offset":5}'), 'trail.offset', /given once/],
    [trail('{"kind":"fixed","period":5}'), 'trail.period', /a field of a fixed trail/],
    [trail('{"kind":"percentage","fraction":1}'), 'trail.fraction', /above 0 and below 1/],
    [trail('{"kind":"percentage","fraction":0}'), 'trail.fraction', /above 0 and below 1/],
    [trail('{"kind":"percentage","fraction":1e-400}'), 'trail.fraction', /above 0 and below 1/],
    [
      trail('{"kind":"percentage","fraction":0.0500000000000000000001}'),
      'trail.fraction',
      /17 digits.*write 0\.05/,
    ],
    [trail('{"kind":"atr","multiplier":1e999,"period":14}'), 'trail.multiplier', /finite/],
    [trail('{"kind":"atr","multiplier":2,"period":1000001}'), 'trail.period', /from 1 to 1000000/],
    ['', 'line', /an object in braces at character 1/],
    ['[1]', 'line', /an object in braces/],
    ['null', 'line', /an object in braces/],
    [LIMIT.slice(0, -1), 'line', /the end of the line.*closing brace/],
    [`${LIMIT}${LIMIT}`, 'line', /nothing after the object/],
    [limit(',', ',,'), 'line', /a field name in quotes/],
    [limit('}', ',}'), 'line', /a field name in quotes/],
    [limit('"side":', '"side"'), 'line', /a colon/],
    [limit('BUY', 'B\tY'), 'line', /a number, a text|a text/],
    [limit('BUY', 'B\\xY'), 'line', /a text/],
    [`{"type":${'['.repeat(100_000)}`, 'type', /without brackets/],
  ];
  for (const [line, field, ...messages] of cases) {
    const error = errorOf(() => parseEvent(line, { file: 'log.jsonl', row: 12 }));
    t.ok(error instanceof SchemaError, line.slice(0, 200));
    t.match(
      error,
      { exitCode: 2, place: { file: 'log.jsonl', row: 12 }, detail: { field } },
      line.slice(0, 200),
    );
    t.match(error.message, /^log\.jsonl, line 12: Field '.*Constraint: .*Fix: /s, line.slice(0, 200));
    for (const message of messages) t.match(error.message, message, line.slice(0, 200));
    t.ok(error.message.length < 1_000, 'a message that can be read');
    if (line.length > 1_000) continue;
    const log = errorOf(() => eventsFromJsonl(`${LIMIT}\n${line || '-'}\n`, { file: 'log.jsonl' }));
    t.match(log, { name: 'SchemaError', place: { file: 'log.jsonl', row: 2 } }, `in a log: ${line}`);
  }
  t.equal(errorOf(() => parseEvent('{}')).place?.row, 1);
});

t.test(
  'decimals of a trail are the same number as the double they become, however they are written',
  async (t) => {
    for (const text of ['0.05', '0.050', '5e-2', '5.0E-2', '0.5e-1', '50e-3']) {
      const event = parseEvent(trail(`{"kind":"percentage","fraction":${text}}`));
      t.match(event, { trail: { fraction: 0.05 } }, text);
      t.match(serializeEvent(event), '"fraction":0.05}');
    }
    for (const value of [5e-324, 0.1 + 0.2, 0.12345678901234568]) {
      const event = parseEvent(trail(`{"kind":"percentage","fraction":${value}}`));
      t.strictSame(parseEvent(serializeEvent(event)), event);
    }
  },
);
