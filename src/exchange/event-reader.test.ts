import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { OverflowError, SchemaError, ValidationError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { type Random, randomStream } from '../testing/random.js';
import { eventsFromJsonl, eventsToJsonl, parseEvent } from './event-json.js';
import { EventReader } from './event-reader.js';
import { EventRecorder } from './event-recorder.js';
import { EventRows } from './event-rows.js';
import type { OrderTarget } from './order-target.js';
import { replayInto } from './replay-into.js';

const LINES = [
  '{"type":"SubmitLimit","side":"BUY","price":10100,"quantity":50,"time_in_force":"GTC"}',
  '{"type":"SubmitLimit","side":"SELL","price":9007199254740991,"quantity":1,"time_in_force":"IOC","owner":7,"stp_policy":"CancelNewest"}',
  '{"schema_version":"1.0","type":"SubmitLimit","side":"SELL","price":5,"quantity":1,"time_in_force":"GTC","post_only":true,"owner":null}',
  '{ "quantity": 3, "side": "SELL", "type": "SubmitMarket", "timestamp": 12 }',
  '{"type":"Cancel","order_id":12}',
  '{"type":"Modify","order_id":12,"price":5,"quantity":6}',
  '{"type":"SubmitStopMarket","side":"BUY","stop_price":9,"quantity":1,"owner":-4}',
  '{"type":"SubmitStopLimit","side":"BUY","stop_price":9,"limit_price":10,"quantity":1,"time_in_force":"FOK"}',
  '{"type":"SubmitTrailingStopMarket","side":"SELL","stop_price":9,"quantity":1,"trail":{"kind":"percentage","fraction":0.05}}',
  '{"type":"Bar","high":3,"low":1,"close":2}',
];
const log = LINES.map((line) => `${line}\n`).join('');

/** What a log gives in pieces of a size: events and torn line, or the error. */
function inPieces(bytes: Uint8Array, size: number): unknown {
  const recorder = new EventRecorder();
  const reader = new EventReader((symbol) => recorder.target(symbol), { file: 'log' });
  try {
    for (let i = 0; i < bytes.length; i += size) reader.push(bytes.slice(i, i + size));
    const torn = reader.end();
    return { events: recorder.events, torn, counts: [...reader.counts()] };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { events: recorder.events, message: error.message, detail: error.detail, place: error.place };
  }
}

const CHARS = [...'0129eE.-+"{}[],: \t\r\\aBé\u2028\0'];
const VALUES =
  '0 -1 7 1.0 12345678 9007199254740991 9007199254740992 "SELL" "GTC" "IOC" "Off" null true " { } , :'.split(
    ' ',
  );
const KEYS = '"price" "type" "owner" "symbol" "post_only" "order_id" "timestamp" "\\u0041"'.split(' ');

/** A line with a few things changed: half of the time so that it is an event still. */
function mutated(line: string, random: Random): string {
  let text = line;
  for (let count = 1 + random.below(2); count > 0; count--) {
    const at = random.below(text.length + 1);
    const changes: (() => string)[] = [
      () => text.replace(/\d+/, () => String(1 + random.below(1e9))),
      () => text.replace(/(\w+"): *(\d+)/, (_, key: string, n: string) => `${key} : ${n} `),
      () => text.replace(/^\{([^,]*),(.*)\}$/s, '{$2 , $1}'),
      () => text.replace(/}$/, `,"owner":${random.of(VALUES)}}`),
      () => text.replace(/\d+|"(?:BUY|SELL|GTC|IOC|FOK)"/, () => random.of(VALUES)),
      () => text.replace(/"\w+"(?=\s*:)/, () => random.of(KEYS)),
      () => text.slice(0, at) + text.slice(at + 1),
      () => text.slice(0, at) + random.of(CHARS) + text.slice(at),
    ];
    text = changes[random.oneIn(2) ? random.below(4) : random.below(changes.length)]!();
  }
  return text;
}

t.test('20,000 changed lines: the short way and the parser give the same event or error', async (t) => {
  const random = randomStream(20_240_517, 1);
  const rows = new EventRows();
  const first = parseEvent(LINES[4]!);
  const seen = { short: 0, events: 0, refused: 0, blank: 0 };
  const differing: string[] = [];
  for (let k = 0; k < 20_000; k++) {
    const line = k < LINES.length ? LINES[k]! : mutated(random.of(LINES), random);
    // A line before it: from the second on the short way is open.
    const bytes = new TextEncoder().encode(`${LINES[4]}\n${line}\n`);
    const read = inPieces(bytes, bytes.length) as { events: unknown[]; message?: string };
    if (rows.scan(new TextEncoder().encode(`${line}\n\0`), 0) > 0) seen.short += 1;
    let expected: object;
    try {
      const event = parseEvent(line, { file: 'log', row: 2, seq: 2 });
      const mixed = 'symbol' in event;
      if (
        mixed ? /Field 'symbol'.*left out/.test(read.message ?? '') : isDeepStrictEqual(read.events[1], event)
      ) {
        seen.events += 1;
      } else differing.push(line);
      continue;
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      const { message, detail, place } = error;
      expected = { events: [first], message, detail, place };
    }
    if (/^[ \t\r]*$/.test(line)) seen.blank += 1;
    else if (isDeepStrictEqual(read, expected)) seen.refused += 1;
    else differing.push(line);
  }
  t.strictSame(differing, []);
  t.ok(seen.short > 2_000 && seen.events > seen.short && seen.refused > 10_000, JSON.stringify(seen));
});

t.test('pieces of any size give the same events, the same torn line and the same error', async (t) => {
  const random = randomStream(7, 2);
  const decoder = new TextDecoder();
  const differing: [size: number, log: string][] = [];
  const endings = [
    '',
    '\n',
    ' \r\n\t\n',
    '{"type":"Canc',
    '{"type":"Cancel","order_id":3}',
    '{"type":"Cancel"}',
    '{"é',
    'junk',
    '{}{',
  ];
  for (let k = 0; k < 300; k++) {
    const lines = Array.from({ length: 1 + random.below(8) }, () => {
      const line = random.oneIn(12) ? mutated(random.of(LINES), random) : random.of(LINES);
      return line + random.of(['\n', '\r\n', ' \n']);
    });
    const start = random.of([
      '',
      '',
      '\ufeff',
      '{"schema_version":"1.0"}\n',
      '\ufeff{"schema_version":"1.0"}\r\n',
    ]);
    const whole = new TextEncoder().encode(start + lines.join('') + random.of(endings));
    const bytes = random.oneIn(4) ? whole.subarray(0, random.below(whole.length)) : whole;
    const expected = inPieces(bytes, bytes.length + 1);
    for (const size of [1, 7, 4096]) {
      if (!isDeepStrictEqual(inPieces(bytes, size), expected)) differing.push([size, decoder.decode(bytes)]);
    }
  }
  t.strictSame(differing, []);
});

t.test(
  'a last line that was cut off is told and left out; a whole one that is wrong is an error',
  async (t) => {
    for (const cut of ['{', ' {"type":"Can', LINES[0]!.slice(0, -1), LINES[8]!.slice(0, -1), '{"a}\\"}']) {
      const { events, tornLastLine } = eventsFromJsonl(log + cut);
      t.strictSame(tornLastLine, { row: LINES.length + 1, text: cut.slice(0, 80) }, cut);
      t.strictSame(eventsToJsonl(events), eventsToJsonl(eventsFromJsonl(log).events));
      t.throws(() => eventsFromJsonl(`${log}${cut}\n`), SchemaError, 'with a line end it was meant so');
    }
    const [one, two] = [LINES[4]!, LINES[7]!];
    const whole = [
      'hello world',
      'x',
      '\0',
      '[{',
      '"{',
      '{}',
      '{"order_id":03}',
      `${one}x`,
      `${one},`,
      one + two,
    ];
    for (const line of [...whole, `${one}\r${two}\r`, `${one}\r{`, '{"a":"\\"}"}{']) {
      t.match(
        errorOf(() => eventsFromJsonl(log + line)),
        { name: 'SchemaError', place: { row: LINES.length + 1 } },
        line,
      );
    }
    const cutCharacter = new TextEncoder().encode(`${log}{"symbol":"é`).subarray(0, -1);
    t.equal(eventsFromJsonl(cutCharacter).tornLastLine?.row, LINES.length + 1);
    const junk = Uint8Array.of(...new TextEncoder().encode(`${log}{"a":"`), 0xff, 0x41);
    t.match(
      errorOf(() => eventsFromJsonl(junk)).message,
      /\{\\"a.*UTF-8 text/,
      'a whole wrong character is no cut',
    );
    t.equal(eventsFromJsonl(log.trimEnd()).events.length, LINES.length, 'a whole event needs no line end');
    t.match(
      errorOf(() => eventsFromJsonl(`${log}{"type":"Cancel"}`)),
      { place: { row: LINES.length + 1 } },
    );
    t.strictSame(eventsFromJsonl(''), { events: [], tornLastLine: null });
    t.strictSame(eventsFromJsonl('{"sch'), { events: [], tornLastLine: { row: 1, text: '{"sch' } });
  },
);

t.test('marks, line ends, a first line of the version and blank lines at the end are allowed', async (t) => {
  const { events } = eventsFromJsonl(log);
  t.same(
    events.map(({ seq }) => seq),
    LINES.map((_, i) => i + 1),
  );
  for (const text of [
    `\ufeff${log}`,
    log.replaceAll('\n', '\r\n'),
    `{"schema_version":"1.0"}\n${log}`,
    `\ufeff{ "schema_version" : "1.0" }\r\n${log}\n\r\n  \n\t`,
  ]) {
    t.strictSame(eventsFromJsonl(text).events, events);
  }
  t.match(
    errorOf(() => eventsFromJsonl(`${LINES[0]}\n\n \n${LINES[1]}\n`)),
    {
      place: { row: 2 },
      message: /only the end may have blank lines/,
    },
  );
  t.match(
    errorOf(() => eventsFromJsonl(`${LINES[0]}\n{"schema_version":"1.0"}\n`)),
    { place: { row: 2 } },
  );
  t.match(errorOf(() => eventsFromJsonl('{"schema_version":"2.0"}\n')).message, /line 1: .*"2\.0"/);
  t.match(errorOf(() => eventsFromJsonl(Uint8Array.of(0x7b, 0xff, 10))).message, /value "\{\ufffd".*UTF-8/);
  t.match(errorOf(() => eventsFromJsonl(Uint8Array.of(0x89, 0x50, 1, 10))).message, /value "bytes 89 50 01"/);
  const long = errorOf(() => eventsFromJsonl(`${log}${'x'.repeat(1_000_001)}`)).message;
  t.match(long, /value "x{60}\.\.\.".*at most 1000000 bytes/);
  t.match(
    errorOf(() => eventsFromJsonl(`${log}${LINES[4]}${' '.repeat(1e6)}\n`)).message,
    /at most 1000000 bytes/,
  );
  t.match(errorOf(() => eventsFromJsonl('"\ud800"')).message, /well-formed/);
  t.throws(() => eventsFromJsonl(5 as unknown as string), ValidationError);
  t.throws(() => eventsFromJsonl('', { name: 'x' } as object), ValidationError);
});

t.test('a log of several symbols has one in every line, and each symbol its own exchange', async (t) => {
  const names = ['AAPL', 'é', 'a"b', '__proto__', 'x'.repeat(64), '\ud83d\ude00', ' '];
  const lines = names.flatMap((symbol) =>
    LINES.map((line) => line.replace('{', `{"symbol":${JSON.stringify(symbol)},`)),
  );
  const asked: (string | null)[] = [];
  const recorder = new EventRecorder();
  const route = (symbol: string | null): OrderTarget => {
    asked.push(symbol);
    return recorder.target(symbol);
  };
  const both = [...lines, ...lines].map((line) => `${line}\n`).join('');
  const notes = replayInto(route, both);
  t.same(asked, names, 'asked once for each');
  t.equal(notes.events, 2 * lines.length);
  t.strictSame(eventsFromJsonl(both).events, recorder.events);
  t.strictSame(eventsFromJsonl(eventsToJsonl(recorder.events)).events, recorder.events);
  const mixed = `${LINES[0]}\n${lines[0]}\n`;
  t.match(
    errorOf(() => eventsFromJsonl(mixed)),
    { place: { row: 2 }, detail: { field: 'symbol', value: 'AAPL' } },
  );
  t.match(
    errorOf(() => eventsFromJsonl(`${lines[0]}\n${LINES[0]}`)),
    { place: { row: 2 }, detail: { field: 'symbol' } },
  );
  const single = recorder.target(null);
  t.match(errorOf(() => replayInto(single, both)).message, /line 1: .*MultiExchange/);
  t.match(errorOf(() => replayInto({ exchange: () => single }, log)).message, /line 1: .*into one Exchange/);
  t.equal(replayInto(single, log).counts.get('SubmitLimit'), 3);
});

t.test('what the exchange refuses stands at its line, and nothing after it is applied', async (t) => {
  const recorder = new EventRecorder();
  const full = { ...recorder.target(null) };
  let error: Error = new OverflowError('a side would hold more than 2^53 - 1');
  full.modify = () => {
    throw error;
  };
  const failed = errorOf(() => replayInto(full, log, { file: 'log' }));
  t.match(failed, {
    name: 'OverflowError',
    place: { file: 'log', row: 6 },
    message: /^log, line 6: a side would/,
  });
  t.equal(recorder.events.length, 5);
  error = new ValidationError('price', 1, 'a price', 'give one');
  t.match(
    errorOf(() => replayInto(full, log)),
    { name: 'SchemaError', exitCode: 2, place: { row: 6 } },
  );
  error = new RangeError('not ours');
  t.throws(() => replayInto(full, log), RangeError);
  const reader = new EventReader(() => full);
  t.throws(() => reader.push(new TextEncoder().encode(log)), RangeError);
  t.throws(() => reader.push(new Uint8Array(1)), ValidationError, 'a reader that failed takes no more');
});
