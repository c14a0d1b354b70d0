import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Papa from 'papaparse';
import { chromium } from 'playwright-core';
import t from 'tap';
import { withoutHooks } from '../../testing/child.js';
import { CHROMIUM_FLAGS, CHROMIUM_HINT, chromiumPath } from '../../testing/chromium.js';
import { FORMULAS, MARKUP, TERMINAL } from '../../testing/hostile.js';
import { tagsOf } from '../../testing/html-tags.js';
import { requireOrSkip } from '../../testing/require.js';
import { documentOf, type DocumentOptions } from '../../testing/sample-document.js';
import { spread } from '../spread-labels.js';
import { compareCsv } from './csv.js';
import { compareHtml } from './html.js';
import { compareJson } from './json.js';
import { compareText } from './text.js';
import type { CompareInput } from './types.js';

const input = (...runs: readonly DocumentOptions[]): CompareInput => ({
  runs: runs.map(documentOf),
  version: '0.1.0',
  command: 'nb-backtest compare-runs a.json b.json',
});
const plain = (given: CompareInput, width = 80): string => compareText(given, { color: false, width });

const DAYS = ['2020-01-30', '2020-01-31', '2020-02-03', '2020-02-04', '2020-02-05'];
/** By hand: A 1.1 × 0.5 × 1.2 = 0.66, B 1.21; falls of 50 % and none. */
const two = input(
  { days: DAYS, returns: [0.1, -0.5, 0.2, 0, 0], name: 'Trend' },
  { days: DAYS, returns: [0, 0.1, 0, 0.1, 0], name: 'Trend', file: 'b.json' },
);
const many = (count: number, bars = 300): CompareInput =>
  input(
    ...Array.from({ length: count }, (_, i) => ({
      bars,
      seed: i + 1,
      name: `Half of ${i}`,
      file: `${i}.json`,
    })),
  );

/** What a number that was not thought of looks like. */
const BAD = /.{0,20}(?:NaN|undefined|[-−]0\.0+(?![0-9])|Infinity|\[object).{0,20}/;

t.test('the table has a column a run and marks the best of each row', async (t) => {
  const text = plain(two);
  const row = (label: string): string =>
    text
      .split('\n')
      .find((line) => line.startsWith(`   ${label}`))!
      .trim()
      .replace(/ {2,}/g, ' | ');
  t.match(text, 'Comparison of 2 runs\n2020-01-30 to 2020-02-05 · 5 periods\n\nA  Trend (1)  2020-01-30');
  t.equal(row('Total return'), 'Total return ↑ | -34.00% | 21.00%*');
  t.equal(row('Max drawdown'), 'Max drawdown ↓ | 50.00% | 0.00%*');
  t.equal(row('Win rate'), 'Win rate ↑ | 66.67% | 100.00%*');
  t.equal(row('Profit factor'), 'Profit factor ↑ | 0.60 | ∞*', 'nothing lost beats 0.3 / 0.5');
  t.equal(row('Trades'), 'Trades | 5 | 5', 'no merit, no mark');
  t.equal(row('2020'), '2020 | -34.00% | 21.00%*');
  t.equal(row('A Trend'), 'A Trend (1) | 50.00% | 2020-01-30 | 2020-01-31 | not yet | 6');
  t.equal(row('B Trend'), 'B Trend (2) | none');
  t.match(text, '* best of its row · ↑ higher is better · ↓ lower is better');
  t.notMatch(text, 'Own span', 'nothing is said twice');
  t.notMatch(text, '\u001b');
  t.match(compareText(two, { color: true }), '\u001b');
});

t.test('more runs than fit stand in blocks, and no line is longer than the terminal', async (t) => {
  for (const width of [72, 80, 100, 200]) {
    const text = plain(many(12), width);
    const long = text.split('\n').filter((line) => line.length > width && !line.endsWith('.'));
    t.strictSame(long, [], `${width} columns`);
    const heads = text.split('\n').filter((line) => /^ {20,}[A-L] Half/.test(line));
    t.match(heads.join(''), /A Half.*L Half/, 'all runs are there');
    t.ok(width === 200 ? heads.length === 1 : heads.length > 1, `${heads.length} blocks`);
  }
});

t.test('JSON and CSV hold the same figures as numbers', async (t) => {
  const json = JSON.parse(compareJson(two));
  t.match(json, {
    format: 'nb-backtest-comparison',
    formatVersion: 1,
    common: { from: '2020-01-30', to: '2020-02-05', periods: 5, base: 'initial', periodsPerYear: 252 },
    dates: ['2020-01-30', ...DAYS],
  });
  t.strictSame(
    json.runs.map((run: { run: string; name: string }) => [run.run, run.name]),
    [
      ['A', 'Trend (1)'],
      ['B', 'Trend (2)'],
    ],
  );
  t.strictSame(
    json.runs[1].curve.map((value: number) => Math.round(value * 1e9) / 1e9),
    [100, 100, 110, 110, 121, 121],
  );
  t.equal(json.runs[1].common.profitFactor, null);
  t.equal(json.runs[1].common.profitFactorReason, 'infinite: no period lost');
  t.equal(json.runs[0].own.finalCents, 66_000_000);
  t.match(
    json.figures.find((row: { key: string }) => row.key === 'maxDrawdown'),
    {
      better: 'lower',
      values: [0.5, 0],
      best: ['B'],
    },
  );
  t.notMatch(compareJson(two), 'NaN');

  const rows = compareCsv(two)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  t.strictSame(rows[0], ['span', 'figure', 'better', 'A', 'B']);
  t.ok(rows.every((cells) => cells.length === 5));
  const cells = (span: string, figure: string) =>
    rows.find((r) => r[0] === span && r[1] === figure)!.slice(2);
  t.strictSame(cells('own', 'finalEquity'), ['', '660000', '1210000']);
  t.strictSame(cells('common', 'profitFactor').slice(2), ['Infinity']);
  t.strictSame(cells('common', 'maxDrawdown'), ['lower', '0.5', '0']);
  t.equal(Number(cells('year', '2020')[1]).toFixed(12), '-0.340000000000');
});

t.test('every form is the same twice, and shows no number that was not thought of', async (t) => {
  const poor = input(
    { days: DAYS, returns: [-1, 0, 0, 0, 0], bankruptBar: 0 },
    { days: DAYS.slice(1), returns: [0, 0, 0, 0] },
  );
  const bare = input({ bars: 40, days: null }, { bars: 40, days: null, seed: 9 });
  const single = input({ bars: 1 }, { bars: 1, seed: 2 });
  for (const given of [two, many(12), poor, bare, single]) {
    for (const write of [plain, compareJson, compareCsv, compareHtml]) {
      const text = write(given);
      t.equal(write(given), text);
      if (write !== compareCsv) t.notMatch(text.replace(/<style>.*<\/style>/s, ''), BAD);
    }
    tagsOf(compareHtml(given));
  }
});

t.test('texts from outside stay texts in every form', async (t) => {
  const texts = [...MARKUP, ...TERMINAL, ...FORMULAS];
  const withTexts = (names: readonly string[]): CompareInput => {
    const runs = names.map((text, seed) => ({
      bars: 25,
      seed,
      name: text,
      file: text,
      command: text,
      symbols: [text],
    }));
    return { ...input(...runs, runs[0]!), name: names[0]!, command: names[0]! };
  };
  for (let i = 0; i < texts.length; i += 6) {
    const names = texts.slice(i, i + 6);
    const given = withTexts(names);
    const tags = tagsOf(compareHtml(given));
    t.strictSame(
      tags,
      tagsOf(compareHtml(withTexts(names.map((_, k) => `text ${k}`)))),
      'no tag more, none less',
    );
    t.notMatch(plain(given).replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u);
    const cells = Papa.parse<string[]>(compareCsv(given).trimEnd()).data;
    t.ok(
      cells.every((row) => row.length === names.length + 4),
      'no cell more',
    );
    t.notOk(
      cells.flat().some((cell) => /^[=+@\t\r]|^-[^\d]/.test(cell)),
      'no cell that a spreadsheet would calculate',
    );
    t.equal((JSON.parse(compareJson(given)) as { runs: { file: string }[] }).runs[0]!.file, texts[i]);
  }
});

t.test('labels are moved apart no further than they must, and stay beside the chart', async (t) => {
  const spreadOut = (...places: readonly number[]): number[] => {
    const labels = places.map((at) => ({ at }));
    spread(labels, 14, 100);
    return labels.map(({ at }) => at);
  };
  t.strictSame(spreadOut(10, 40, 80), [10, 40, 80], 'far apart: left alone');
  t.strictSame(spreadOut(50, 52, 90), [44, 58, 90], 'two around their middle');
  t.strictSame(spreadOut(50, 52, 60), [40, 54, 68], 'the pair pushes the third, then all lie around theirs');
  t.strictSame(spreadOut(0, 1, 2), [0, 14, 28], 'not above the chart');
  t.strictSame(spreadOut(98, 99, 100), [72, 86, 100], 'nor below it');
});

/** Measured in the page, where the compiler does not follow. */
const MEASURE = `(() => {
  const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4); };
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const texts = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().width > 1 && !e.closest('title,desc')
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== ''));
  let contrast = 99, faintest = '';
  for (const e of texts) {
    const style = getComputedStyle(e);
    const a = luminance(parse(e instanceof SVGElement ? style.fill : style.color)), b = luminance(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < contrast) { contrast = ratio; faintest = e.tagName + '.' + e.getAttribute('class') + ' ' + e.textContent; }
  }
  const lines = [...document.querySelectorAll('#curves-chart path.line')].map((e) => { const s = getComputedStyle(e); return s.stroke + s.strokeDasharray; });
  const labels = [...document.querySelectorAll('#curves-chart .end-label')].map((e) => e.getBoundingClientRect()).sort((a, b) => a.top - b.top);
  return { width: document.documentElement.scrollWidth, contrast, faintest, attack: typeof attack,
    lines: new Set(lines).size, apart: labels.every((b, i) => i === 0 || b.top - labels[i - 1].top > 13),
    panels: [...document.querySelectorAll('.panel')].map((e) => e.id),
    outside: texts.filter((e) => !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => e.textContent) };
})()`;

t.test('the page is whole in Chromium, light and dark, wide and narrow', async (t) => {
  if (!requireOrSkip(t, 'Chromium', chromiumPath() !== undefined, CHROMIUM_HINT)) return;
  const folder = t.testdir({});
  const browser = await withoutHooks(() =>
    chromium.launch({ executablePath: chromiumPath()!, args: [...CHROMIUM_FLAGS] }),
  );
  const hostile = input(
    ...MARKUP.slice(0, 12).map((text, seed) => ({ bars: 60, seed, name: text, file: text })),
  );
  const looks = [
    ['twelve', many(12), 'light', 1280],
    ['two', two, 'dark', 1280],
    ['hostile', hostile, 'dark', 390],
  ] as const;
  for (const [name, given, colorScheme, width] of looks) {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, compareHtml(given));
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      offline: true,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => complaints.push('dialog')));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(path).href) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(path).href);
    const seen = (await page.evaluate(MEASURE)) as Record<string, unknown>;
    await context.close();
    const title = `${name}, ${colorScheme}, ${width} px`;
    t.strictSame(complaints, [], `${title}: silent, asks for nothing`);
    t.equal(seen.width, width, `${title}: does not scroll sideways`);
    t.strictSame(seen.outside, [], `${title}: no text hangs over the edge`);
    t.ok(
      (seen.contrast as number) >= 4.5,
      `${title}: contrast ${String(seen.contrast)} at ${String(seen.faintest)}`,
    );
    t.equal(seen.lines, given.runs.length, `${title}: every line has its own colour and pattern`);
    t.equal(seen.apart, true, `${title}: no label covers another`);
    t.equal(seen.attack, 'undefined');
    t.strictSame(
      seen.panels,
      ['figures', 'curves', 'underwater', 'years', 'correlation', 'worst', 'differences', 'provenance'],
      title,
    );
  }
  await browser.close();
});
