/** The logic of the benchmark harness. Nothing here is timed, and nothing needs Python. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { Exchange } from '../src/exchange/index.js';
import { bench as backtest } from './backtest.bench.js';
import { bench as book } from './book.bench.js';
import { judge, readBudgets } from './budgets.js';
import { bench as cli } from './cli.bench.js';
import { bench as csv } from './csv.bench.js';
import { benchmarksPage, disagreements } from './docs.js';
import {
  median,
  planRepeat,
  planRounds,
  speedUp,
  summarize,
  timeByTurns,
  worstDifference,
} from './harness.js';
import { randomPrices, randomReturns, randomWeights, readInput, writeInput } from './inputs.js';
import { bench as garch } from './garch.bench.js';
import { bench as garchPanel } from './garch-panel.bench.js';
import { bench as indicators } from './indicators.bench.js';
import { bench as metrics } from './metrics.bench.js';
import { bench as optimize } from './optimize.bench.js';
import { CANCEL, LIMIT, orderStream } from './order-stream.js';
import { ROOT, startOurs } from './peer.js';
import { latencyTable, meansTable } from './report.js';
import { allResults, compareRows, mergeRows, type Row, resultsName } from './results.js';
import { bench as report } from './report.bench.js';
import { bench as series } from './series.bench.js';
import { bench as statistics } from './statistics.bench.js';
import { markdownTable, showBytes, showMs, showRatio, textTable } from './table.js';

const timing = (medianMs: number, minMs = medianMs) => ({
  medianMs,
  minMs,
  maxMs: medianMs,
  rounds: 5,
  repeat: 1,
});
const side = (medianMs: number, minMs = medianMs) => ({
  ...timing(medianMs, minMs),
  version: '1',
  peakBytes: null,
});
const row = (id: string, ours: number, more: Partial<Row> = {}): Row => ({
  id,
  title: id,
  ours: side(ours),
  ...more,
});

t.test('median takes the middle, or the mean of the two middles, and refuses nothing at all', async (t) => {
  t.equal(median([5, 1, 3]), 3);
  t.equal(median([4, 1, 3, 2]), 2.5);
  t.throws(() => median([]), { message: 'median of nothing' });
  t.same(summarize([3, 1, 2], 7), { medianMs: 2, minMs: 1, maxMs: 3, rounds: 3, repeat: 7 });
  t.equal(speedUp(timing(2), timing(50)), 25, 'the ratio is the peer over ours');
});

t.test('rounds and repeats fill the budget within their limits', async (t) => {
  const pace = { budgetMs: 1000, minRounds: 3, maxRounds: 50, roundMs: 10, warmUpMs: 0 };
  t.equal(planRounds(100, pace), 10);
  t.equal(planRounds(5000, pace), 3, 'a slow side still gets its rounds');
  t.equal(planRounds(1, pace), 50);
  t.equal(planRepeat(0.03, 10), 334, 'a short call is repeated until the clock can see it');
  t.equal(planRepeat(25, 10), 1);
});

t.test(
  'timeByTurns warms up each side, then strictly alternates, and keeps warm-up out of the times',
  async (t) => {
    const calls: string[] = [];
    const fake = (name: string, first: number, later: number) => {
      let count = 0;
      return {
        async time(repeat: number) {
          calls.push(`${name}${repeat}`);
          return count++ === 0 ? first : later;
        },
      };
    };
    const pace = { budgetMs: 60, minRounds: 2, maxRounds: 4, roundMs: 10, warmUpMs: 0 };
    const [a, b] = await timeByTurns([fake('a', 500, 5), fake('b', 10, 10)], pace);
    t.same(calls.slice(0, 2), ['a1', 'b1'], 'one call of each at least');
    t.same(calls.slice(2), ['a1', 'b1', 'a1', 'b1'], 'then by turns');
    t.equal(a?.maxMs, 5, 'the slow first call of a is not among its times');
    t.equal(b?.rounds, 2);
  },
);

t.test('worstDifference is relative, and infinite where a number is missing', async (t) => {
  t.equal(worstDifference({ x: 100, y: 0 }, { x: 101, y: 0 }, ['x', 'y']), 1 / 101);
  t.equal(worstDifference({ x: 1 }, {}, ['x']), Infinity);
  t.equal(worstDifference({ x: NaN }, { x: NaN }, ['x']), Infinity);
});

t.test('a result is slower when median and fastest round are both past 20 %', async (t) => {
  const verdict = (ours: Row['ours']): string | undefined =>
    compareRows([row('a', 100)], [row('a', 0, { ours })])[0]?.verdict;
  t.equal(verdict(side(120)), 'same', 'exactly 20 % is not more than 20 %');
  t.equal(verdict(side(121)), 'slower');
  t.equal(verdict(side(150, 110)), 'noisy', 'some round was nearly as fast as before');
  t.equal(verdict(side(80)), 'faster');
  t.equal(verdict(side(84)), 'same');
});

t.test('rows are compared against the same peer, and new rows are not compared', async (t) => {
  const against = (name: string, ours: number, theirs: number): Row =>
    row('a', ours, { peer: { ...side(theirs), name, what: '' } });
  const changes = compareRows(
    [against('x', 10, 100), row('a', 1)],
    [against('x', 30, 300), against('y', 1, 1)],
  );
  t.equal(changes.length, 1);
  t.match(changes[0], { key: 'a against x', factor: 3, peerFactor: 3 });
});

t.test('mergeRows replaces what was measured again and keeps the rest in its place', async (t) => {
  const merged = mergeRows([row('a', 1), row('b', 2)], [row('c', 3), row('a', 9)]);
  t.same(
    merged.map((each) => [each.id, each.ours.medianMs]),
    [
      ['a', 9],
      ['b', 2],
      ['c', 3],
    ],
  );
});

t.test('a budget is met, missed or not measured', async (t) => {
  const rows = [
    row('a', 5, { ratio: 19, peer: { ...side(95), name: 'x', what: '' } }),
    row('s-1', 1, { cells: 1000 }),
    row('s-2', 3, { cells: 2000 }),
    row('g-1', 4, { ratio: 1, group: 'pair', peer: { ...side(4), name: 'x', what: '' } }),
    row('g-2', 1, { ratio: 4, group: 'pair', peer: { ...side(4), name: 'x', what: '' } }),
  ];
  const verdicts = judge(
    [
      { id: 'a', peer: 'x', ratioAtLeast: 20 },
      { id: 'a', peer: 'y', ratioAtLeast: 20 },
      { id: 'a', msAtMost: 5 },
      { id: 's-', nsPerCellSpreadAtMost: 1.4 },
      { id: 's-', nsPerCellSpreadAtMost: 1.6 },
      { id: 'g-', peer: 'x', geometricMeanAtLeast: 2 },
      { id: 'g-', peer: 'x', geometricMeanAtLeast: 2.1 },
      { id: 'g-', peer: 'x', eachRatioAtLeast: 1 },
      { id: 'g-', peer: 'x', eachRatioAtLeast: 1.1 },
      { id: 'a', peer: 'x', geometricMeanAtLeast: 1 },
    ],
    rows,
  ).map((each) => each.verdict);
  t.same(verdicts.slice(0, 5), ['missed', 'not measured', 'met', 'missed', 'met']);
  t.same(verdicts.slice(5), ['met', 'missed', 'met', 'missed', 'not measured']);
  t.same(meansTable(rows)?.rows, [['pair', '2', 'x 1', '2.00×', '1.00×', '4.00×']]);
});

t.test('a row whose results differ by more than allowed, or by NaN, is a disagreement', async (t) => {
  const agreement = (worst: number) => ({ agreement: { fields: ['x'], worst, allowed: 1e-9 } });
  const rows = [
    row('a', 1, agreement(1e-12)),
    row('b', 1, agreement(1e-6)),
    row('c', 1, agreement(NaN)),
    row('d', 1),
    row('e', 1, { agreement: { notCompared: 'other rules' } }),
  ];
  t.same(
    disagreements(rows).map((each) => each.id),
    ['b', 'c'],
  );
});

t.test('tables pad, align and escape; numbers come in the unit that suits them', async (t) => {
  const columns = [
    { title: 'name', align: 'left' },
    { title: 'n', align: 'right' },
  ] as const;
  t.equal(
    textTable(columns, [
      ['a', '10'],
      ['long name', '7'],
    ]),
    'name        n\n---------  --\na          10\nlong name   7',
  );
  t.equal(markdownTable(columns, [['a|b', '1']]), '| name | n |\n| --- | --: |\n| a\\|b | 1 |');
  t.same([1500, 31.24, 0.0302].map(showMs), ['1.50 s', '31.2 ms', '30.2 µs']);
  t.same([134e6, 12.3e9].map(showBytes), ['134 MB', '12.3 GB']);
  t.same([4.04, 151.2].map(showRatio), ['4.0×', '151×']);
});

t.test(
  'the name of a results file says the kind of machine and the Node major, and no host name',
  async (t) => {
    const machine = { platform: 'linux', arch: 'x64', cores: 8, cpu: 'Intel Xeon E5-2673 v4 @ 2.30GHz' };
    t.equal(resultsName(machine, 'v22.23.1'), 'linux-x64-8-intel-xeon-e5-2673-v4-2-30ghz-node22.json');
  },
);

t.test('inputs repeat exactly, keep their promises, and come back from the file bit for bit', async (t) => {
  const prices = randomPrices(300, 7, 1);
  t.same(randomPrices(300, 7, 1), prices);
  t.ok(prices.data.every((price) => Number.isInteger(price) && price >= 100));
  const weights = randomWeights(50, 7, 2, 21);
  for (let i = 0; i < 50; i++) {
    const targets = weights.data.subarray(i * 7, i * 7 + 7);
    const sum = targets.reduce((a, b) => a + b, 0);
    if (i % 21 === 0) t.ok(Math.abs(sum - 1) < 1e-14, `targets of bar ${i} sum to 1`);
    else t.ok(targets.every(Number.isNaN), `bar ${i} has no targets`);
  }
  const returns = randomReturns(20_000, 0.001, 0.01, 3).data;
  const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
  t.ok(Math.abs(mean - 0.001) < 0.0003, `mean ${mean}`); // four standard errors
  const path = join(t.testdir(), 'input.json');
  const odd = { data: Float64Array.of(-0, NaN, 0.1, Infinity), rows: 4, cols: 1 };
  writeInput(path, { prices, odd });
  const back = readInput(path);
  t.same(back.prices, prices);
  t.ok(back.odd?.data.every((value, i) => Object.is(value, odd.data[i])));
});

t.test('latencies are printed for the cases that have them, rounded to nanoseconds', async (t) => {
  t.equal(latencyTable([row('a', 1)]), undefined);
  const latency = { p50: 120.4, p99: 950, p999: 8000.5, clock: 41 };
  t.same(latencyTable([row('a', 1), row('b', 1, { latency })])?.rows, [
    ['b', '120 ns', '950 ns', '8001 ns', '41 ns'],
  ]);
});

t.test('the order stream has the mix it says, the same every time, and its own count is right', async (t) => {
  const operations = 40_000;
  const stream = orderStream({ operations, seed: 3, openOrders: 2_000 });
  t.same(orderStream({ operations, seed: 3, openOrders: 2_000 }), stream);
  const { adds, marketable, cancels, openOrders, trades, notional, bestBid, bestAsk } = stream.outcome;
  for (const [count, share] of [
    [adds, 0.6],
    [cancels, 0.25],
    [marketable, 0.15],
  ] as const) {
    t.ok(Math.abs(count / operations - share) < 0.01, `${count} of ${share}`);
  }
  t.ok(openOrders > 1_000 && openOrders < 4_000, `${openOrders} open`);
  const exchange = new Exchange();
  for (let i = 0; i < operations; i++) {
    const side = stream.side[i] === 0 ? 'buy' : 'sell';
    if (stream.kind[i] === CANCEL) {
      if (exchange.cancel(stream.orderId[i]).status !== 'cancelled') t.fail(`cancel ${i} was refused`);
    } else if (stream.kind[i] === LIMIT) exchange.submitLimit(side, stream.price[i], stream.quantity[i]);
    else exchange.submitMarket(side, stream.quantity[i]);
  }
  let sum = 0;
  for (const { price, quantity } of exchange.trades()) sum += price * quantity;
  t.same([exchange.trades().length, sum], [trades, notional]);
  t.same([exchange.bestBid(), exchange.bestAsk()], [bestBid, bestAsk]);
});

t.test('every budget names a case that exists, against a peer that it has', async (t) => {
  const cases = [
    backtest,
    metrics,
    optimize,
    statistics,
    indicators,
    cli,
    series,
    csv,
    report,
    book,
    garch,
    garchPanel,
    optimize,
  ].flatMap((bench) => bench.cases.map((each) => ({ ...each, id: `${bench.name}/${each.name}` })));
  for (const { id, peer, ratioAtLeast, msAtMost } of readBudgets()) {
    const found = cases.filter((each) =>
      ratioAtLeast !== undefined || msAtMost !== undefined ? each.id === id : each.id.startsWith(id),
    );
    t.ok(found.length > 0, id);
    if (peer !== undefined)
      t.ok(
        found[0]?.peers?.some((use) => use.script === peer),
        `${id} against ${peer}`,
      );
  }
});

t.test('our side reports an unknown kernel instead of ending', async (t) => {
  const ours = startOurs('backtest');
  t.teardown(() => ours.close());
  await t.rejects(ours.prepare('nothing', null, {}), { message: /bench backtest has no kernel nothing/ });
  t.match(await ours.version(), /^\d+\.\d+\.\d+/);
});

t.test('docs/benchmarks.md says what the committed results say', async (t) => {
  const page = readFileSync(join(ROOT, 'docs/benchmarks.md'), 'utf8').replaceAll('\r\n', '\n');
  t.ok(page === benchmarksPage(allResults(), readBudgets()), 'else run `npm run bench -- --write-docs`');
});
