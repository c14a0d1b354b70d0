import { createHash } from 'node:crypto';
import t from 'tap';
import { NAMES } from '../testing/hostile.js';
import { withPanels } from '../testing/sample-panels.js';
import { sampleInput } from '../testing/sample-result.js';
import { scriptJson } from './escape.js';
import { reportHtml } from './html.js';
import { ColumnWriter, readColumn } from './page-columns.js';
import { fileStem, type PageData } from './page-data.js';
import { PAGE_SCRIPT } from './page-script.generated.js';
import type { ReportInput } from './types.js';

/** The data of a page, read as the page's script reads it. */
function islandOf(input: ReportInput): PageData {
  const html = reportHtml(input);
  return JSON.parse(
    /<script type="application\/json" id="nb-data">([^<]*)<\/script>/.exec(html)![1]!,
  ) as PageData;
}

t.test('the policy of the page allows its own script, by digest, and nothing else', async (t) => {
  const html = reportHtml(sampleInput({ bars: 30 }));
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)![1]!;
  const [, script] = /<script>([^]*?)<\/script>/.exec(html)!;
  const digest = createHash('sha256').update(script!).digest('base64');
  t.strictSame(policy.split('; '), [
    "default-src 'none'",
    `script-src 'sha256-${digest}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  t.equal(script, PAGE_SCRIPT);
  t.match(script, /Permission is hereby granted.+Leon Sorokin|Leon Sorokin[^]+Permission is hereby granted/);
  t.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<style>'), 'it comes before what it governs');
});

t.test('nothing on the page moves by itself, whatever the reader has set', async (t) => {
  t.notMatch(reportHtml(sampleInput({ bars: 30 })), /(?:transition|animation|scroll-behavior)\s*:/);
});

t.test('a column comes back bit for bit, whatever its numbers are', async (t) => {
  const cases: Record<string, Float64Array> = {
    cents: Float64Array.of(100_000_000, 100_000_123, 9_007_199_254_740_991),
    fractions: Float64Array.from({ length: 5000 }, (_, i) => (i % 7 === 3 ? Number.NaN : 1 / (i + 3))),
    odd: Float64Array.of(-0, Infinity, -Infinity, 5e-324, 1.7976931348623157e308),
    nothing: new Float64Array(0),
  };
  const writer = new ColumnWriter();
  for (const [name, values] of Object.entries(cases)) writer.exact(name, values);
  const kept = JSON.parse(JSON.stringify(writer.columns())) as ReturnType<ColumnWriter['columns']>;
  for (const [name, values] of Object.entries(cases)) t.strictSame(readColumn(kept, name), values, name);
  t.equal(Object.is(readColumn(kept, 'odd')[0], -0), true, 'a negative zero stays one');
});

t.test('a column for the eye keeps seven digits', async (t) => {
  const values = Float64Array.of(0.123456789, -1234.5678, Number.NaN, 1e-9);
  const writer = new ColumnWriter();
  writer.rounded('a', values);
  const back = readColumn(writer.columns(), 'a');
  t.strictSame([...back.slice(0, 2)], [0.1234568, -1234.568]);
  t.ok(Number.isNaN(back[2]));
  t.equal(back[3], 1e-9);
});

t.test('a rule stands for a column only where it makes the same numbers', async (t) => {
  const writer = new ColumnWriter();
  const equity = Float64Array.of(100, 110, 55, 66);
  writer.exact('equity', equity);
  writer.exact('returns', Float64Array.of(110 / 100 - 1, -0.5, 66 / 55 - 1), { as: 'growth', of: 'equity' });
  writer.exact('fall', Float64Array.of(0, 0, 0.5, 1 - 66 / 110), { as: 'fall', of: 'equity' });
  writer.exact('gains', Float64Array.of(0.1));
  writer.exact('same', equity.slice(0, 2), { as: 'compound', of: 'gains', from: 100 });
  writer.exact('twice', Float64Array.of(2, 2, 2, 2.5), { as: 'ratio', of: 'equity', by: 'equity' });
  const columns = writer.columns();
  t.strictSame(
    ['returns', 'fall', 'same', 'twice'].map((name) => columns[name]!.as),
    ['growth', 'fall', 'numbers', 'numbers'],
  );
  t.strictSame([...readColumn(columns, 'returns')], [110 / 100 - 1, -0.5, 66 / 55 - 1]);
  t.strictSame([...readColumn(columns, 'twice')], [2, 2, 2, 2.5]);
});

t.test('the page carries every bar and every trade, and each chart has its drawing', async (t) => {
  const input = sampleInput({ bars: 400 });
  const data = islandOf(input);
  t.strictSame(readColumn(data.columns, 'equity'), input.result.equityCurve);
  t.strictSame(readColumn(data.columns, 'returns'), input.result.returns);
  t.strictSame(readColumn(data.columns, 'benchmarkReturns'), input.benchmark!.returns);
  t.strictSame(readColumn(data.columns, 'trade-price'), input.result.trades!.price);
  const html = reportHtml(input);
  for (const { id, panel, series } of data.charts) {
    t.ok(html.includes(`<svg class="plot" id="${id}"`), id);
    t.ok(html.includes(` id="${panel}" aria-labelledby`), panel);
    for (const { column } of series) t.equal(readColumn(data.columns, column).length, 401, column);
  }
  const drawn = [...html.matchAll(/<svg class="plot" id="([^"]+)"[^>]* data-scale=/g)].map(
    (match) => match[1]!,
  );
  t.strictSame(new Set(data.charts.map(({ id }) => id)), new Set(drawn), 'no drawing over time is forgotten');
});

t.test(
  'ten years with every panel, its prices, weights and 4,000 trades stay under a megabyte',
  async (t) => {
    const symbols = Array.from({ length: 33 }, (_, i) => `SYMBOL${i}`);
    const html = reportHtml(withPanels(sampleInput({ bars: 2500, symbols })));
    t.match(html, '"name":"trades"');
    t.ok(html.length < 1_000_000, `${html.length} bytes`);
  },
);

t.test('a result with too many trades leaves them out of the page', async (t) => {
  const symbols = Array.from({ length: 51 }, (_, i) => `S${i}`);
  const few = islandOf(sampleInput({ bars: 80 * 21, symbols: symbols.slice(0, 50) }));
  t.ok(
    few.tables.some(({ name }) => name === 'trades'),
    '80 × 50 = 4,000 trades',
  );
  const many = islandOf(sampleInput({ bars: 80 * 21, symbols }));
  t.notOk(
    many.tables.some(({ name }) => name === 'trades'),
    '80 × 51 = 4,080 trades',
  );
  t.strictSame(many.symbols, []);
});

t.test('data between script tags cannot end the script or change how it reads', async (t) => {
  for (const name of NAMES) {
    const text = scriptJson({ name });
    t.strictSame(JSON.parse(text), { name });
    t.notMatch(text, /[<>&\u2028\u2029\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
  }
});

t.test('the name of a file holds small letters, digits and hyphens only', async (t) => {
  for (const name of NAMES) t.match(fileStem(name), /^[a-z0-9]+(?:-[a-z0-9]+)*$/, name.slice(0, 40));
  t.equal(fileStem('Équal weight, 60/40!'), 'equal-weight-60-40');
  t.equal(fileStem('../../..'), 'backtest');
  t.ok(fileStem('x'.repeat(5000)).length <= 48);
});
