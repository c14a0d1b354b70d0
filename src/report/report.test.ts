import t from 'tap';
import { ShapeError, ValidationError } from '../errors.js';
import { MARKUP, TERMINAL } from '../testing/hostile.js';
import { tagsOf, withoutScripts } from '../testing/html-tags.js';
import { sampleInput, sampleResult, sampleReturns, weekdays } from '../testing/sample-result.js';
import { daysFromCivil } from '../time.js';
import { reportCsv } from './csv.js';
import { escapeHtml } from './escape.js';
import { reportHtml } from './html.js';
import { reportJson } from './json.js';
import { reportText } from './text.js';
import type { ReportInput } from './types.js';

const PANELS = (
  'equity drawdown drawdowns metrics relative monthly yearly distribution qq quantiles rolling-return ' +
  'rolling-volatility rolling-sharpe rolling-sortino rolling-beta rolling-correlation exposure turnover cost-drag years costs trades provenance'
).split(' ');

/** Control characters, direction marks, line separators, half surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u;

/** What a number that was not thought of looks like. */
const BAD = /.{0,20}(?:NaN|undefined|[-−]0\.0+(?![0-9])|Infinity|\[object|null%).{0,20}/;

const plain = (input: ReportInput): string => reportText(input, { color: false });
const FORMATS = { text: plain, json: reportJson, csv: reportCsv, html: reportHtml };

/** Up 10 %, down 50 %, up 20 %: 1,000,000 becomes 1,100,000, then 550,000, then 660,000. */
const threeBars = (): ReportInput =>
  sampleInput({ returns: Float64Array.of(0.1, -0.5, 0.2), withoutBenchmark: true });

/** Results that have nothing to say somewhere: one bar, no change, no dates, no trades, only gains, total loss. */
function poorInputs(): Record<string, ReportInput> {
  const bankrupt = sampleInput({ returns: Float64Array.of(0.1, -1, 0, 0) });
  const untraded = sampleInput({ bars: 300, withoutBenchmark: true });
  const holes = sampleInput({ bars: 300 });
  const missing = holes.benchmark!.returns.map((value, bar) => (bar % 7 === 0 ? Number.NaN : value));
  return {
    'one bar': sampleInput({ bars: 1 }),
    'two bars': sampleInput({ bars: 2, withoutBenchmark: true }),
    'no change': sampleInput({ returns: new Float64Array(40) }),
    'no dates': sampleInput({ bars: 300, dates: null }),
    'only gains': sampleInput({ returns: new Float64Array(40).fill(0.01) }),
    'no trades': { ...untraded, result: { ...untraded.result, trades: null } },
    'holes in the benchmark': { ...holes, benchmark: { name: 'holes', returns: missing } },
    bankrupt: { ...bankrupt, result: { ...bankrupt.result, status: 'bankrupt', bankruptBar: 1 } },
    'skipped rebalances': {
      ...untraded,
      result: { ...untraded.result, skippedRebalances: [{ bar: 3, reason: 'missing-price', symbol: 'XOM' }] },
    },
  };
}

t.test('the table shows the figures that the input has by hand calculation', async (t) => {
  const text = plain(threeBars());
  const row = (label: string): string[] =>
    text
      .split('\n')
      .find((line) => line.startsWith(`   ${label}`))!
      .trim()
      .split(/ {2,}/);
  t.match(text, 'Equal weight, monthly\n2013-01-02 to 2013-01-04 · 3 bars · 5 symbols\n');
  t.strictSame(row('Total return'), ['Total return', '-34.00%']);
  t.strictSame(row('Final equity'), ['Final equity', '660,000.00']);
  t.strictSame(row('Max drawdown'), ['Max drawdown', '50.00%']);
  t.strictSame(row('Win rate'), ['Win rate', '66.67%']);
  t.strictSame(row('Profit factor'), ['Profit factor', '0.60'], '(0.1 + 0.2) / 0.5');
  t.strictSame(row('Best month'), ['Best month', '-34.00%']);
  t.strictSame(
    row('Costs paid'),
    ['Costs paid', '495.00'],
    'the sample pays floor(1e8 × 0.99 × 0.0005) cents',
  );
  t.strictSame(row('Costs of mean equity  '), ['Costs of mean equity', '6.4 bps'], '495 / 770,000');
  t.strictSame(row('Turnover per year'), ['Turnover per year', '8,316.00%'], '0.99 × 252 / 3');
  t.strictSame(row('Trades'), ['Trades', '5']);
  t.strictSame(row('Rebalances'), ['Rebalances', '1']);
  t.strictSame(row('Longest drawdown'), ['Longest drawdown', '2 days']);
  t.strictSame(row('1 '), ['1', '50.00%', '2013-01-02', '2013-01-03', 'not yet', '2']);
  t.strictSame(row('2013'), ['2013', '-34.00%']);
  t.notMatch(text, 'Against');
});

t.test('the table aligns numbers to the right, and colours only when told', async (t) => {
  const text = plain(sampleInput());
  t.notMatch(text, '\u001b');
  const lines = text.split('\n');
  const figures = lines.slice(
    lines.findIndex((line) => line.startsWith('   Total return')),
    lines.findIndex((line) => line.startsWith(' Trading')),
  );
  const rows = figures.filter((line) => line.startsWith('   '));
  t.ok(rows.length > 15);
  t.equal(new Set(rows.map((line) => line.length)).size, 1, 'the last column ends at one place');
  t.ok(
    lines.every((line) => line.length <= 80),
    'no line is wider than 80 columns',
  );
  const colored = reportText(sampleInput(), { color: true });
  t.match(colored, '\u001b[');
  // eslint-disable-next-line no-control-regex -- colour codes
  t.equal(colored.replace(/\u001b\[\d+m/g, ''), text);
  const named = { ...sampleInput({ bars: 30 }), name: `${'long '.repeat(100)}\u001b[2J` };
  t.ok(reportText(named, { color: false, width: 60 }).split('\n')[0]!.length <= 60);
  const hostile = { ...named, benchmark: { ...named.benchmark!, name: TERMINAL.join('') } };
  t.notOk(UNPRINTABLE.test(plain(hostile).replaceAll('\n', '')), 'no escape survives');
});

t.test('the JSON is one document with cents, fractions, dates and reasons', async (t) => {
  const json = JSON.parse(reportJson(threeBars()));
  t.strictSame(Object.keys(json).slice(0, 3), ['format', 'formatVersion', 'name']);
  t.equal(json.from, '2013-01-02');
  t.equal(json.initialCents, 100_000_000);
  t.equal(json.finalCents, 66_000_000);
  t.strictSame(json.series.equityCents, [100_000_000, 110_000_000, 55_000_000, 66_000_000]);
  t.strictSame(json.series.drawdown, [0, 0, 0.5, 0.4]);
  t.strictSame(json.series.costCents, [49_500, 0, 0]);
  t.strictSame(json.series.dates, ['2013-01-02', '2013-01-03', '2013-01-04']);
  t.equal(json.trading.costCents, 49_500);
  t.equal(json.trading.trades, 5);
  t.strictSame(json.drawdowns, [
    {
      depth: 0.5,
      peakBar: 0,
      troughBar: 1,
      recoveryBar: null,
      peakDate: '2013-01-02',
      troughDate: '2013-01-03',
      recoveryDate: null,
      days: 2,
      bars: 2,
    },
  ]);
  t.equal(json.monthlyReturns[0].month, '2013-01');
  t.ok(Math.abs(json.yearlyReturns[0].return + 0.34) < 1e-15, 'two roundings of a number below 1');
  t.equal(json.benchmark, null);
  t.equal(json.config.initialCashCents, 100_000_000);
  t.equal(json.config.costModel.minTradeFeeCents, 0);
  t.equal(json.digests.result, 'c3'.repeat(32));
  t.equal(json.provenance.files[0].sha256, 'd4'.repeat(32));

  const gains = JSON.parse(reportJson(poorInputs()['only gains']!));
  t.equal(gains.metrics.profitFactor, null);
  t.equal(gains.metrics.profitFactorReason, 'infinite: no period lost');
  const untraded = JSON.parse(reportJson(poorInputs()['no trades']!));
  t.equal(untraded.trading.trades, null);
  t.equal(untraded.trading.tradesReason, 'the result keeps no trades');
  const holes = JSON.parse(reportJson(poorInputs()['holes in the benchmark']!));
  t.equal(holes.series.benchmarkReturns[7], null);
  t.equal(typeof holes.series.benchmarkReturnsReason, 'string');
  t.equal(holes.benchmark.missing, 42, 'bars 7, 14, … 294');
  t.match(holes.provenance.notes[0], '42 bars');
});

t.test('the CSV holds every bar and gives the same doubles back', async (t) => {
  const input = sampleInput({ bars: 500 });
  const [head, ...rows] = reportCsv(input).trimEnd().split('\n');
  t.equal(head, 'date,equity,cash,return,drawdown,benchmark,turnover,cost');
  t.equal(rows.length, 500);
  const { result } = input;
  for (const [bar, row] of rows.entries()) {
    const cells = row.split(',');
    if (Number(cells[3]) !== result.returns[bar]) t.fail(`return of bar ${bar}`);
    if (Number(cells[5]) !== input.benchmark!.returns[bar]) t.fail(`benchmark of bar ${bar}`);
    if (Number(cells[1]!.replace('.', '')) !== result.equityCurve[bar + 1]) t.fail(`equity of bar ${bar}`);
  }
  t.equal(reportCsv(threeBars()).split('\n')[2], '2013-01-03,550000.00,5500.00,-0.5,0.5,,0,0.00');
  t.equal(
    reportCsv(sampleInput({ bars: 2, dates: null }))
      .split('\n')[1]!
      .split(',')[0],
    '1',
  );
});

t.test('the page holds every panel, needs nothing from outside and stays small', async (t) => {
  const html = reportHtml(sampleInput());
  t.ok(html.length < 1_000_000, `${html.length} bytes`);
  for (const id of PANELS)
    t.ok(new RegExp(`<section class="panel[a-z ]*" id="${id}"`).test(html), `panel ${id}`);
  t.equal(/https?:|@import|javascript:|<iframe/i.exec(html)?.[0], undefined, 'no address');
  t.equal(/url\(|src=/i.exec(withoutScripts(html))?.[0], undefined, 'nothing to load');
  t.ok(html.includes(`default-src 'none'`));
  const tags = tagsOf(html);
  const charts = tags.filter((tag) => tag.startsWith('svg class id role'));
  t.equal(charts.length, 15, 'weights and prices, which draw five more, are not in the sample');
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
  t.equal(new Set(ids).size, ids.length, 'no id twice');
  for (const [, list] of html.matchAll(/aria-labelledby="([^"]+)"/g)) {
    for (const id of list!.split(' ')) t.ok(ids.includes(id), `${id} labels something`);
  }
  t.equal(
    /<th(?![a-z])(?![^>]*scope=)[^>]*>/.exec(html)?.[0],
    undefined,
    'every heading of a table has a scope',
  );
  const shown = ['a1', 'b2', 'c3', 'd4'].map((byte) => byte.repeat(32));
  shown.push(
    'v20.20.0',
    'costModel.commissionBps',
    'nb-backtest run prices.csv --rebalance monthly --cost-bps 5',
  );
  for (const part of shown) t.ok(html.includes(part), part);
  t.notOk(html.includes('logarithmic scale'));
  const long = reportHtml(sampleInput({ bars: 8300, seed: 3 }));
  t.ok(long.includes('>logarithmic scale<'), 'a range above 5 to 1 is drawn in ratios and says so');
  for (let year = 2013; year <= 2044; year++)
    t.ok(new RegExp(`<text [^>]*>${year}</text>`).test(long), `${year}`);
});

t.test('a month without bars is blank, and years add up in a column of their own', async (t) => {
  const days = [...weekdays(400)].filter(
    (day) => day < daysFromCivil(2013, 3, 1) || day >= daysFromCivil(2013, 4, 1),
  );
  const input = sampleInput({ bars: days.length, dates: Int32Array.from(days) });
  const html = reportHtml(input);
  const rows = [...html.matchAll(/<tr><th scope="row">(\d{4})<\/th>(.*?)<\/tr>/g)].filter(([row]) =>
    row.includes('class="year"'),
  );
  t.equal(rows.length, 2);
  const months = rows[0]![2]!.split('</td>').slice(0, 12);
  t.strictSame(months.map((cell, i) => (cell === '<td>' ? i + 1 : 0)).filter(Boolean), [3], 'March is blank');
  t.equal(rows[1]![2]!.match(/<td><\/td>/g)!.length, 5, '400 weekdays end in July 2014');
  const year = JSON.parse(reportJson(input)).yearlyReturns[0].return;
  t.match(rows[0]![2]!.replace('−', '-'), `class="year">${(year * 100).toFixed(1)}%`);
});

t.test('no format shows NaN, undefined, a negative zero or an object, however poor the result', async (t) => {
  for (const [name, input] of Object.entries({ rich: sampleInput(), ...poorInputs() })) {
    for (const [format, write] of Object.entries(FORMATS)) {
      t.equal(BAD.exec(withoutScripts(write(input)))?.[0], undefined, `${format} of ${name}`);
    }
    t.doesNotThrow(() => JSON.parse(reportJson(input)), name);
    t.doesNotThrow(() => tagsOf(reportHtml(input)), name);
  }
  t.ok(reportHtml(poorInputs().bankrupt!).includes('Bankrupt'));
  t.match(plain(poorInputs().bankrupt!), 'Bankrupt');
  t.match(plain(poorInputs()['skipped rebalances']!), 'missing-price');
  t.match(plain(poorInputs()['only gains']!), '∞');
});

t.test('hostile text changes no tag and no attribute of the page', async (t) => {
  const page = (texts: readonly string[]): string => {
    const text = texts.join(' ');
    const input = sampleInput({ bars: 60, symbols: texts });
    return reportHtml({
      ...input,
      name: text,
      benchmark: { name: text, returns: input.benchmark!.returns },
      provenance: {
        command: text,
        files: [{ name: text, sha256: text }],
        version: text,
        node: text,
        notes: texts,
      },
    });
  };
  const hostile = page(MARKUP);
  t.strictSame(tagsOf(hostile), tagsOf(page(MARKUP.map(() => 'tame'))));
  t.equal(hostile.match(/<script/gi)!.length, 2, 'no script but the data and our own');
  t.notOk(UNPRINTABLE.test(hostile.replaceAll('\n', '')), 'no character that acts');
  for (const [i, text] of MARKUP.entries()) t.ok(hostile.includes(escapeHtml(text)), `text ${i} is shown`);
});

t.test('the same input gives the same bytes in any time zone', async (t) => {
  const zone = process.env.TZ;
  const bytes = (): string[] => Object.values(FORMATS).map((write) => write(sampleInput({ bars: 700 })));
  const here = bytes();
  process.env.TZ = 'Pacific/Apia';
  t.strictSame(bytes(), here);
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

t.test('a benchmark of another length and a result without bars are refused', async (t) => {
  const input = sampleInput({ bars: 30 });
  const short = { ...input, benchmark: { name: 'short', returns: sampleReturns(29, 1) } };
  const none = { ...input, result: { ...sampleResult({ bars: 1 }), returns: new Float64Array(0) } };
  for (const write of Object.values(FORMATS)) {
    t.throws(() => write(short), ShapeError);
    t.throws(() => write(none), ValidationError);
  }
});
