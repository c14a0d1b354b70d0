import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import t from 'tap';
import { eventsFromJsonl } from '../exchange/event-json.js';
import { Exchange } from '../exchange/exchange.js';
import { MultiExchange } from '../exchange/multi-exchange.js';
import { parseTrade } from '../exchange/trade-json.js';
import { cleanEnv, runChild, runNode, withoutHooks } from '../testing/child.js';
import { type InsideResult, runInside } from '../testing/cli-inside.js';
import { ROOT } from '../testing/repository.js';
import { completions, FILES } from './completion/complete.js';
import { Tally } from './book/tally.js';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'nb-book-'));
const back = process.cwd();
t.teardown(() => {
  process.chdir(back);
  rmSync(folder, { recursive: true, force: true });
});
process.chdir(folder);
process.env.XDG_CONFIG_HOME = join(folder, 'none');

const replay = (words: string): Promise<InsideResult> => runInside(`book replay ${words}`);

/** Seven events; by hand: order 3 buys 50 and order 6 buys 20 of order 1, whose other 30 rest beside order 4. */
const LINES = [
  '{"type":"SubmitLimit","side":"SELL","price":10100,"quantity":100,"time_in_force":"GTC"}',
  '{"type":"SubmitLimit","side":"SELL","price":10200,"quantity":200,"time_in_force":"GTC","owner":7}',
  '{"type":"SubmitLimit","side":"BUY","price":10100,"quantity":50,"time_in_force":"GTC"}',
  '{"type":"SubmitLimit","side":"BUY","price":9900,"quantity":10,"time_in_force":"GTC","post_only":true}',
  '{"type":"SubmitStopMarket","side":"SELL","stop_price":9900,"quantity":5}',
  '{"type":"Cancel","order_id":2}',
  '{"type":"SubmitMarket","side":"BUY","quantity":20}',
];
const TRADES = [
  '{"id":1,"price":10100,"quantity":50,"aggressor_order_id":3,"passive_order_id":1,"aggressor_side":"BUY","timestamp":4}',
  '{"id":2,"price":10100,"quantity":20,"aggressor_order_id":6,"passive_order_id":1,"aggressor_side":"BUY","timestamp":8}',
];
const LOG = LINES.map((line) => `${line}\n`).join('');
writeFileSync('events.jsonl', LOG);
writeFileSync('events.jsonl.gz', gzipSync(LOG));

const BOOK = {
  symbol: null,
  events: 7,
  orders: 6,
  trades: 2,
  volume: 70,
  restingOrders: 2,
  bidLevels: 1,
  askLevels: 1,
  pendingStops: 1,
  bestBid: 9900,
  bestAsk: 10100,
  lastPrice: 10100,
};

t.test('book replay tells events, trades and what rests, and writes the trades', async (t) => {
  const { status, stdout, stderr } = await replay('events.jsonl --trades trades.jsonl');
  t.equal(status, 0, stderr);
  const rows = [/SubmitLimit +4/, /Cancel +1/, /Orders +6/, /Trades +2/, /Volume +70/, /Resting orders +2/];
  for (const row of [
    ...rows,
    /Best bid +9,900/,
    /Best ask +10,100/,
    /Last price +10,100/,
    /Pending stops +1/,
  ]) {
    t.match(stdout, row);
  }
  t.match(stdout, `State hash ${Exchange.replay(eventsFromJsonl(LOG).events).stateHash()}`);
  t.match(stderr, /Replayed 7 events in 0\.\d\d s\..*Wrote trades\.jsonl/s);
  t.notMatch(stdout, /\d s\b/, 'what differs from run to run is not on stdout');
  t.equal(readFileSync('trades.jsonl', 'utf8'), TRADES.map((line) => `${line}\n`).join(''));
  const quiet = await replay('events.jsonl --quiet');
  t.strictSame(quiet, { status: 0, stdout, stderr: '' });
});

t.test('no file that is written may be where stdout or stderr goes', async (t) => {
  const run = (words: string): ReturnType<typeof runChild> =>
    runChild('/bin/sh', ['-c', `"${process.execPath}" "${MAIN}" ${words}`], { cwd: folder });
  writeFileSync('in.txt', LOG);
  for (const words of [
    'book replay events.jsonl --trades /dev/stdout > out.txt',
    'book replay events.jsonl --trades out.txt > out.txt',
    'book replay events.jsonl --trades /dev/stderr 2> out.txt',
    'demo --html /dev/stdout --quiet > out.txt',
    'book replay - --trades in.txt < in.txt',
  ]) {
    const { status, stderr } = await run(words);
    t.equal(status, 1, words);
    const told = words.includes('2>') ? readFileSync('out.txt', 'utf8') : stderr;
    t.match(told, /another file than the one that std(in comes from|out goes to|err goes to)/, words);
    if (words.includes('out.txt'))
      t.match(readFileSync('out.txt', 'utf8'), words.includes('2>') ? told : /^$/, words);
  }
  t.equal(readFileSync('in.txt', 'utf8'), LOG);
  t.equal((await run('book replay events.jsonl --trades /dev/null > /dev/null')).status, 0);
});

t.test('--trades packs a file whose name ends in .gz', async (t) => {
  t.equal((await replay('events.jsonl --trades trades.jsonl.gz')).status, 0);
  const packed = readFileSync('trades.jsonl.gz');
  t.equal(gunzipSync(packed).toString(), TRADES.map((line) => `${line}\n`).join(''));
  t.equal(packed[9], 255, 'of no system');
});

t.test('--json has the same facts as integers, from plain, packed and piped logs', async (t) => {
  const { status, stdout, stderr } = await replay('events.jsonl --json');
  t.equal(status, 0, stderr);
  const document = JSON.parse(stdout);
  const stateHash = Exchange.replay(eventsFromJsonl(LOG).events).stateHash();
  t.match(document, {
    schemaVersion: 1,
    file: { name: 'events.jsonl' },
    events: 7,
    stateHash,
    tornLine: null,
  });
  t.strictSame(document.eventsByType, { SubmitLimit: 4, SubmitMarket: 1, Cancel: 1, SubmitStopMarket: 1 });
  t.strictSame(document.books, [{ ...BOOK, stateHash }]);
  const packed = JSON.parse((await replay('events.jsonl.gz --json')).stdout);
  t.strictSame({ ...packed, file: null }, { ...document, file: null });
  const piped = await runNode([MAIN, 'book', 'replay', '-', '--json'], { cwd: folder, input: LOG });
  t.strictSame(JSON.parse(piped.stdout), { ...document, file: { ...document.file, name: 'standard input' } });
});

t.test('a log of several symbols has a row for each, and trades name theirs', async (t) => {
  const named = (symbol: string): string[] =>
    LINES.map((line) => line.replace(',', `,"symbol":${JSON.stringify(symbol)},`));
  const [a, b] = [named('AAPL'), named('\u001b[31mé')];
  const lines = [...a.flatMap((line, i) => [line, b[i]!]), a[0]!];
  const log = lines.map((line) => `${line}\n`).join('');
  writeFileSync('two.jsonl', log);
  const { status, stdout, stderr } = await replay('two.jsonl --json --trades two-trades.jsonl');
  t.equal(status, 0, stderr);
  const multi = MultiExchange.replay(eventsFromJsonl(log).events as never);
  const document = JSON.parse(stdout);
  t.match(document, { events: 15, stateHash: multi.stateHash() });
  t.match(document.books, [
    { ...BOOK, symbol: 'AAPL', events: 8, orders: 7, restingOrders: 3 },
    { ...BOOK, symbol: '\u001b[31mé', stateHash: multi.stateHash('\u001b[31mé') },
  ]);
  const trades = readFileSync('two-trades.jsonl', 'utf8').trim().split('\n');
  t.equal(trades[0], TRADES[0]!.replace('{', '{"symbol":"AAPL",'));
  t.same(
    trades.map((line) => (parseTrade(line) as { symbol?: string }).symbol),
    ['AAPL', '\u001b[31mé', 'AAPL', '\u001b[31mé'],
    'in the order of the log',
  );
  const table = (await replay('two.jsonl')).stdout;
  t.match(table, /15 events of 2 symbols/);
  t.match(table, /AAPL +8 +7 +2 +70 +3 +2 +1 +9,900 +10,100 +10,100\n/);
  t.match(table, /All +15 +13 +4 +140 +5 +4 +2\n/);
  t.notMatch(table, '\u001b', 'no terminal sequence of a symbol');
});

t.test(
  'a torn last line is told and left out; other mistakes are named by line and write nothing',
  async (t) => {
    writeFileSync('torn.jsonl', `${LOG}{"type":"Can\u0007`);
    const torn = await replay('torn.jsonl --json');
    t.equal(torn.status, 0);
    t.match(
      torn.stderr,
      /torn\.jsonl, line 8: cut off while it was written, and left out: \{"type":"Can\\x07/,
    );
    t.match(JSON.parse(torn.stdout), { events: 7, tornLine: 8 });
    const told = await replay('torn.jsonl --quiet');
    t.match(told, {
      status: 0,
      stderr: '',
      stdout: /^torn\.jsonl\n7 events\nLine 8 was cut off .*left out\.\n/,
    });
    const cases: [string, string, RegExp][] = [
      ['type', '{"type":"SubmitLimt"}\n', /type.*did you mean SubmitLimit/],
      ['field', '{"type":"Cancel","order_id":0}\n', /order_id.*from 1 to 9007199254740991/],
      ['big', `${LINES[0]!.replace('10100', '"9223372036854775807"')}\n`, /price.*9223372036854775807/],
      ['cut', '{"type":"Can\n', /JSON/],
      ['word', 'hello world', /JSON/],
      ['bytes', '\u0000\u0001', /JSON/],
      ['mixed', '{"type":"Cancel","symbol":"A","order_id":1}\n', /symbol/],
    ];
    for (const [name, line, message] of cases) {
      writeFileSync(`${name}.jsonl`, LOG + line);
      const { status, stdout, stderr } = await replay(`${name}.jsonl --trades none.jsonl`);
      t.equal(status, 2, name);
      t.match(stderr, new RegExp(`${name}\\.jsonl, line 8: `));
      t.match(stderr, message);
      t.equal(stdout, '');
      const { error } = JSON.parse((await replay(`${name}.jsonl --json`)).stderr);
      t.match(error, { code: 'SCHEMA', exitCode: 2, file: `${name}.jsonl`, row: 8, fix: String }, name);
    }
    t.notOk(existsSync('none.jsonl'));
    t.same(
      readdirSync('.').filter((name) => name.endsWith('.tmp')),
      [],
    );
    const big =
      '{"type":"SubmitLimit","side":"BUY","price":1,"quantity":9007199254740991,"time_in_force":"GTC"}\n';
    writeFileSync('full.jsonl', big + big);
    t.match(await replay('full.jsonl'), { status: 2, stderr: /full\.jsonl, line 2: / });
    for (const [name, text] of [
      ['empty', ''],
      ['only-torn', '{"ty'],
      ['version', '{"schema_version":"1.0"}\n'],
    ] as const) {
      writeFileSync(`${name}.jsonl`, text);
      t.match(await replay(`${name}.jsonl`), { status: 2, stdout: '', stderr: /at least one event/ }, name);
    }
  },
);

t.test('a signal in the middle leaves neither trades nor half of them', async (t) => {
  const words = [MAIN, 'book', 'replay', '-', '--trades', 'never.jsonl'];
  const child = withoutHooks(() => spawn(process.execPath, words, { cwd: folder, env: cleanEnv() }));
  const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  child.stdin.write(LOG);
  const temporary = (): string[] => readdirSync('.').filter((name) => name.endsWith('.tmp'));
  while (temporary().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  t.equal(await ended, 'SIGINT');
  t.same(temporary(), []);
  t.notOk(existsSync('never.jsonl'));
});

t.test('wrong words are refused with what to write', async (t) => {
  for (const [words, status, message] of [
    ['book', 1, /'book' has invalid value nothing.*replay events\.jsonl/],
    ['book repaly events.jsonl', 1, /did you mean replay/],
    ['book replay', 1, /EVENTS.*nb-backtest book replay events\.jsonl/],
    ['book replay events.jsonl two.jsonl', 1, /one order-event log/],
    ['book replay events.jsonl --csv', 1, /known option/],
    ['book replay none.jsonl', 2, /no such file/],
    ['book replay .', 2, /folder/],
    ['book replay events.jsonl --trades events.jsonl', 1, /another file/],
    ['book replay events.jsonl --trades -', 1, /'--trades'.*"-".*name a file/],
    ['demo --html -', 1, /'--html'.*"-".*name a file/],
    ['book replay events.jsonl --trades none/x.jsonl', 2, /make the folder first/],
    ['bok replay', 1, /did you mean book/],
  ] as const) {
    const { stdout, stderr, ...ended } = await runInside(words);
    t.equal(ended.status, status, words);
    t.match(stderr, message, words);
    t.equal(stdout, '');
  }
  const terminal = { console: { stdinTerminal: true } };
  t.match(await runInside('book replay -', terminal), { status: 1, stderr: /cat events\.jsonl \|/ });
  t.same(completions('nb-backtest book '), ['replay']);
  t.same(completions('nb-backtest book replay '), [FILES]);
  t.same(completions('nb-backtest book replay events.jsonl --tr'), ['--trades']);
});

t.test('a long replay forgets the past as it goes, and ends in the same state', async (t) => {
  const live = new Exchange();
  const tally = new Tally(undefined, 100);
  const tap = tally.route(null);
  const none = { owner: null, stp: 'off' } as const;
  let volume = 0n;
  for (let k = 0; k < 2_000; k++) {
    const quantity = k < 4 ? Number.MAX_SAFE_INTEGER : 1 + (k % 7);
    for (const target of [live, tap]) {
      if (k % 2 === 0) target.submitLimit('sell', 100 + (k % 5), quantity, 'gtc', none);
      else target.submitMarket('buy', k < 4 ? quantity : 1, none);
    }
    if (k % 2 === 1) volume += BigInt(k < 4 ? quantity : 1);
  }
  const [book] = tally.facts().books;
  t.equal(book!.stateHash, live.stateHash());
  t.equal(book!.volume, volume, 'exact beyond 2^53');
  t.equal(book!.trades, live.trades().at(-1)!.id);
});
