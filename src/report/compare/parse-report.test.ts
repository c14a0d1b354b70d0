import t from 'tap';
import { SchemaError } from '../../errors.js';
import { errorOf } from '../../testing/error-of.js';
import { documentText } from '../../testing/sample-document.js';
import { seeded } from '../../testing/sample-result.js';
import { parseReportJson } from './parse-report.js';

interface Node {
  [key: string]: Node;
}

const DAYS = ['2020-01-30', '2020-01-31', '2020-02-03', '2020-02-04'];
const TEXT = documentText({ days: DAYS, returns: [0.1, -0.5, 0.2, 0.1] });

/** The document with one thing changed. */
function changed(change: (document: Node) => void): string {
  const document = JSON.parse(TEXT) as Node;
  change(document);
  return JSON.stringify(document);
}

/** A change, the place that the error must name, and a part of what it must say. */
const MUTATIONS: readonly (readonly [change: (document: Node) => void, place: string, says: RegExp])[] = [
  [(d) => set(d, 'format', undefined), 'format', /is missing; needed: "nb-backtest-report"/],
  [(d) => set(d, 'format', 'nb-backtest-comparison'), 'format', /nb-backtest-comparison/],
  [(d) => set(d, 'formatVersion', 2), 'formatVersion', /is 2; needed: version 1.*update nb-backtest/],
  [(d) => set(d, 'formatVersion', '1'), 'formatVersion', /is "1"; needed: a whole number/],
  [(d) => set(d, 'name', 7), 'name', /is 7; needed: a text/],
  [(d) => set(d, 'status', 'done'), 'status', /one of ok, bankrupt/],
  [(d) => set(d, 'status', 'bankrupt'), 'bankruptBar', /is missing; needed: a whole number from 0 to 3/],
  [(d) => set(d, 'from', '2020-01-29'), 'from', /needed: 2020-01-30, the first of series.dates/],
  [(d) => set(d, 'to', null), 'to', /needed: 2020-02-04, the last of series.dates/],
  [(d) => set(d, 'bars', 3), 'series.dates.length', /is 4; needed: 3, as the number of bars says/],
  [(d) => set(d, 'bars', 0), 'bars', /at least|from 1 to/],
  [(d) => set(d, 'bars', 1e300), 'bars', /needed: a whole number from 1/],
  [(d) => set(d, 'symbols', 'AAPL'), 'symbols', /needed: an array/],
  [(d) => set(d, 'symbols.2', null), 'symbols[2]', /is null; needed: a text/],
  [(d) => set(d, 'initialCents', 1), 'initialCents', /needed: 100000000, the first value/],
  [(d) => set(d, 'finalCents', '72600000'), 'finalCents', /needed: 72600000, the last value/],
  [(d) => set(d, 'metrics', null), 'metrics', /is null; needed: an object/],
  [
    (d) => set(d, 'metrics.sharpe', undefined),
    'metrics.sharpe',
    /is missing; needed: a finite number, or null/,
  ],
  [
    (d) => set(d, 'metrics.sharpe', null),
    'metrics.sharpeReason',
    /is missing; needed: the reason why sharpe is null/,
  ],
  [(d) => set(d, 'metrics.numPeriods', 9), 'metrics.numPeriods', /is 9; needed: 4, the bars less/],
  [(d) => set(d, 'trading.trades', 'many'), 'trading.trades', /is "many"/],
  [(d) => set(d, 'series', []), 'series', /needed: an object/],
  [(d) => set(d, 'series.dates', undefined), 'series.dates', /is missing; needed: an array/],
  [(d) => set(d, 'series.dates.1', '2020-01-30'), 'series.dates[1]', /a date after 2020-01-30/],
  [(d) => set(d, 'series.dates.2', '2020-02-30'), 'series.dates[2]', /a date of the calendar as YYYY-MM-DD/],
  [(d) => set(d, 'series.dates.2', '03.02.2020'), 'series.dates[2]', /YYYY-MM-DD/],
  [(d) => set(d, 'series.equityCents.2', null), 'series.equityCents[2]', /is null; needed: a finite number/],
  [(d) => set(d, 'series.equityCents.2', 0.5), 'series.equityCents[2]', /a whole number of cents/],
  [(d) => set(d, 'series.equityCents.2', 1), 'series.returns[1]', /as series.equityCents says/],
  [(d) => set(d, 'series.returns.3', 0.11), 'series.returns[3]', /is 0.11; needed: 0.1/],
  [(d) => set(d, 'series.returns', [0]), 'series.returns.length', /is 1; needed: 4/],
  [(d) => set(d, 'series.turnover.0', {}), 'series.turnover[0]', /a finite number or null/],
  [(d) => set(d, 'series.turnover.0', null), 'series.turnoverReason', /is missing/],
  [(d) => set(d, 'series.costCents.0', 0.25), 'series.costCents[0]', /a whole number of cents/],
  [(d) => set(d, 'series.cashCents', undefined), 'series.cashCents', /is missing/],
  [(d) => set(d, 'config.periodsPerYear', 0), 'config.periodsPerYear', /a number from/],
  [(d) => set(d, 'config.riskFree', null), 'config.riskFree', /a number from/],
  [(d) => set(d, 'config.metricsFrom', 4), 'config.metricsFrom', /a whole number from 0 to 3/],
  [(d) => set(d, 'config.profile', 'toString'), 'config.profile', /one of default, nanobook/],
  [(d) => set(d, 'config.priceScale', 'x'), 'config.priceScale', /a whole number/],
  [(d) => set(d, 'config.limits', [1]), 'config.limits', /a text, a number, true, false or null/],
  [(d) => set(d, 'digests.input', 5), 'digests.input', /is 5; needed: a text/],
  [(d) => set(d, 'provenance', undefined), 'provenance', /is missing; needed: an object/],
  [(d) => set(d, 'provenance.files.0', { name: 'a' }), 'provenance.files[0].sha256', /is missing/],
  [(d) => set(d, 'provenance.notes', {}), 'provenance.notes', /needed: an array/],
];

/** Changes the value at a dotted path; undefined takes the field away. */
function set(document: Node, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop()!;
  const parent = names.reduce((node, name) => node[name]!, document) as unknown as Record<string, unknown>;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

t.test('what the report wrote is read back whole', async (t) => {
  const document = parseReportJson(TEXT, { file: 'a.json', sha256: 'ff' });
  t.match(document, {
    file: 'a.json',
    sha256: 'ff',
    name: 'Equal weight, monthly',
    status: 'ok',
    bankruptBar: -1,
    bars: 4,
    periodsPerYear: 252,
    provenance: { version: '0.1.0', files: [{ name: 'prices.csv' }] },
  });
  t.strictSame([...document.equityCents], [100_000_000, 110_000_000, 55_000_000, 66_000_000, 72_600_000]);
  t.equal(document.config.get('costModel.minTradeFeeCents'), 0);
  t.equal(document.config.get('limits.noTradeBandBps'), 0);
  const gains = parseReportJson(documentText({ days: DAYS, returns: [0.1, 0.1, 0.1, 0] }), { file: 'g' });
  t.equal(gains.metrics.profitFactor, Infinity, 'the reason tells an infinity from what is not defined');
  t.equal(parseReportJson(documentText({ bars: 3, days: null }), { file: 'b' }).dates, null);
  const more = changed((d) => set(d, 'series.weights', [1]));
  t.equal(parseReportJson(more, { file: 'a.json' }).bars, 4, 'fields of later versions are left alone');
});

t.test(`${MUTATIONS.length} damaged documents are refused by file, place, value and fix`, async (t) => {
  for (const [change, place, says] of MUTATIONS) {
    const error = errorOf(() => parseReportJson(changed(change), { file: 'runs/a.json' }));
    t.ok(error instanceof SchemaError, place);
    t.equal(error.exitCode, 2);
    t.ok(error.message.startsWith(`runs/a.json: ${place} `), `${place}: ${error.message}`);
    t.match(error.message, says);
    t.match(error.message, / Fix: /);
    t.equal(error.detail!.field, place);
  }
});

t.test('texts that are no document say what they are', async (t) => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['', /the document is an empty file.*Fix: write it again/],
    [' \n', /an empty file/],
    ['<!doctype html><html>', /the document is a page.*give the JSON of the run/],
    ['date,equity\n2020-01-02,1', /the document is no JSON/],
    [TEXT.slice(0, 500), /JSON that is damaged or cut short/],
    [TEXT.replace('[0,', '[NaN,'), /JSON that is damaged/],
    ['null', /the document is null; needed: an object/],
    ['[1]', /the document is \[1\]; needed: an object/],
    ['"report"', /the document is "report"; needed: an object/],
    ['[['.repeat(50_000), /no JSON/],
    [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, /needed: an object/],
    [
      '{"error":{"code":"DATA","message":"no price"}}',
      /error is .*needed: the report of a run that succeeded/,
    ],
    ['{"__proto__":{"format":"nb-backtest-report","formatVersion":1}}', /format is missing/],
  ];
  for (const [text, says] of cases) {
    const error = errorOf(() => parseReportJson(text, { file: 'x.json' }));
    t.ok(error instanceof SchemaError, text.slice(0, 40));
    t.match(error.message, says);
    t.match(error.message, /^x\.json: /);
  }
  const inherited = TEXT.replace('"config":{', '"config":{"__proto__":{"lag":9},"constructor":1,');
  const { config } = parseReportJson(inherited, { file: 'x.json' });
  t.equal(config.get('__proto__.lag'), 9, 'such names are names like any other');
  t.notOk('lag' in {}, 'and change nothing');
});

t.test('2,000 random edits give a document or a named error, in no time', async (t) => {
  const random = seeded(11);
  const pick = (count: number): number => Math.floor(random() * count);
  const PARTS = ['', '"', '0', '-', '1e999', 'null', ',', '[', '}', '\u0000', '9', '"__proto__":', '\\ud800'];
  let read = 0;
  for (let i = 0; i < 2000; i++) {
    const at = pick(TEXT.length);
    const text = TEXT.slice(0, at) + PARTS[pick(PARTS.length)]! + TEXT.slice(at + pick(4));
    try {
      const { equityCents, returns } = parseReportJson(text, { file: 'x.json' });
      if (![...equityCents, ...returns].every(Number.isFinite)) t.fail(`not finite after edit ${i} at ${at}`);
      read++;
    } catch (error) {
      if (!(error instanceof SchemaError)) t.fail(`edit ${i} at ${at}: ${String(error)}`);
    }
  }
  t.ok(read > 100 && read < 1900, `${read} edits left a document that holds together`);
  t.strictSame(Object.keys(Object.prototype), []);
});
