import t from 'tap';
import { backtestWeights } from '../backtest/run.js';
import type { BacktestOptions } from '../backtest/types.js';
import { NAMES } from '../testing/hostile.js';
import { attributionModel } from './attribution-model.js';
import { reportHtml } from './html.js';
import { reportJson } from './json.js';
import { reportModel } from './model.js';
import { stopsModel, thinned } from './stops-model.js';
import { reportText } from './text.js';
import type { ReportInput } from './types.js';

const DAYS = [18_262, 18_263, 18_264, 18_265, 18_266];
const provenance = { command: 'nb-backtest run x.csv', files: [], version: '0.1.0', notes: [] };

/** Long A falls by a tenth at bar 2, short B rises by a fifth at bar 3, C is sold by the rebalance of bar 4. */
function input(
  options: Partial<BacktestOptions> = {},
  symbols: readonly string[] = ['A', 'B', 'C'],
): ReportInput {
  const rows = [
    [100, 100, 100],
    [101, 99, 102],
    [90, 100, 104],
    [91, 120, 106],
    [92, 121, 108],
  ];
  const close = { data: Float64Array.from(rows.flat()), rows: 5, cols: 3 };
  const first = { bar: 0, targets: { [symbols[0]!]: 0.4, [symbols[1]!]: -0.2, [symbols[2]!]: 0.3 } };
  const result = backtestWeights(
    { prices: close, symbols, dates: DAYS, weights: [first, { bar: 4, targets: {} }] },
    { initialCash: 1_000_000, allowShort: true, quantityStep: 1, stops: { fixedStopPct: 0.08 }, ...options },
  );
  const prices = { dates: Int32Array.from(DAYS), symbols, priceScale: 100, close };
  return { result, name: 'Stopped', prices, provenance };
}

t.test('exits are counted by reason, as a share of all positions that ended', async (t) => {
  const { result, prices } = input();
  const model = stopsModel(result, prices!)!;
  t.equal(model.ended, 3, 'two by stops, one by the rebalance');
  const [fixed, all] = model.groups;
  t.match(fixed, { reason: 'fixed', count: 2, share: 2 / 3, gaps: 0 });
  t.match(all, { reason: 'all', count: 2 });
  // A from 100 to 90: -10%; B, short, from 100 to 120: -20%.
  t.same(
    model.exits.map((exit) => Math.round(exit.return * 1e9)),
    [-1e8, -2e8],
  );
  t.equal(fixed!.worst.event.symbol, 'B');
  t.equal(fixed!.meanReturn, (-0.1 - 0.2) / 2);
  // 4,000 shares of A lost 10 cents each, 2,000 of B 20 cents each.
  t.same(
    model.largest.map(({ gainCents }) => gainCents),
    [-40_000, -40_000],
  );
  t.same(
    model.drawn.map(({ name, entries, exits, marks }) => [
      name,
      entries,
      exits,
      marks.map(({ kind }) => kind),
    ]),
    [
      ['A', 1, 1, ['entry', 'fixed']],
      ['B', 1, 1, ['entry', 'fixed']],
    ],
  );
  t.equal(stopsModel(input({ stops: undefined as never }).result, null), null);
});

t.test('bars at which only stops traded are no rebalances', async (t) => {
  const count = (of: ReportInput): number =>
    reportModel(of).figures.find(({ key }) => key === 'rebalances')!.strategy;
  const { result } = input();
  t.equal(result.turnover.filter((value) => value > 0).length, 4);
  t.equal(count(input()), 2);
});

t.test('of marks of a kind on one place of the chart the first stands', async (t) => {
  const marks = [0, 1, 9, 10, 500].flatMap((bar) => [
    { kind: 'fixed', bar },
    { kind: 'atr', bar },
  ]);
  t.same(
    thinned(marks, 1000).map(({ kind, bar }) => `${kind} ${bar}`),
    ['fixed 0', 'atr 0', 'fixed 10', 'atr 10', 'fixed 500', 'atr 500'],
  );
});

t.test('texts say the same: table, JSON and page', async (t) => {
  const text = reportText(input(), { color: false });
  t.match(text, /^ {3}Fixed stop +2 +66\.7% +0 +-15\.00% +-20\.00% +B +2020-01-04$/m);
  t.match(text, /^2 of 3 exits were made by stops \(66\.7%\); fixed 8%\.$/m);
  const json = JSON.parse(reportJson(input()));
  t.match(json.stopEvents[1], {
    symbol: 'B',
    side: 'short',
    triggerPrice: 1.08,
    exitPrice: 1.2,
    gainCents: -40_000,
  });
  const page = reportHtml(input());
  t.match(page, /2 of 3 exits were made by stops/);
  t.equal(page.split('id="mark-fixed"').length, 2, 'each shape is there once');
  t.notMatch(reportHtml(input({ stops: { maxBars: 99 } })), /id="mark-fixed"/);
  t.match(
    reportText(input({ stops: { maxBars: 99 } }), { color: false }),
    /No stop was reached; at most 99 bars\./,
  );
});

t.test('names from outside stay text in the panels of stops and contributions', async (t) => {
  const broken: number[] = [];
  for (let k = 0; k + 3 <= NAMES.length; k += 3) {
    const symbols = NAMES.slice(k, k + 3).map((name, i) => `${name}${i}`);
    const page = reportHtml(input({}, symbols));
    const body = page.slice(page.indexOf('<body'), page.indexOf('<script'));
    if (/<script|<img|onerror="|javascript:"/i.test(body)) broken.push(k);
  }
  t.same(broken, []);
});

t.test('contributions: the largest first, many between as one, nothing without panels', async (t) => {
  const { rows, best, rest, contribution, cost, ...model } = attributionModel(input().result)!;
  t.same(
    rows.map(({ symbol }) => symbol),
    ['C', 'A', 'B'],
  );
  t.ok(Math.abs(contribution - cost - model.return) < 1e-6);
  t.same([best.length, rest.length, model.worst.length], [3, 0, 0]);
  const cols = 40;
  const prices = Array.from({ length: 3 }, (_, k) =>
    Array.from({ length: cols }, (_, i) => 1000 + k * (i - 20)),
  );
  const many = backtestWeights(
    { prices, weights: prices.map(() => Array(cols).fill(1 / 50)) },
    { initialCash: 1e8 },
  );
  const wide = attributionModel(many)!;
  t.same([wide.best.length, wide.rest.length, wide.worst.length], [15, 10, 15]);
  t.match(reportHtml({ result: many, name: 'x', provenance }), /<th scope="row">10 more<\/th>/);
  t.same(
    JSON.parse(reportJson({ result: many, name: 'x', provenance })).attribution.byYear,
    undefined,
    'no dates',
  );
  const bare = input({ panels: 'none' });
  t.equal(attributionModel(bare.result), null);
  t.match(reportHtml(bare), /run with its panels left out/);
  t.match(reportText(bare, { color: false }), /^2 exits were made by stops; fixed 8%\.$/m);
});
