/** The seven faults of the page that quantstats 0.0.86 makes, each shown to be absent from ours. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { withoutScripts } from '../testing/html-tags.js';
import { withPanels } from '../testing/sample-panels.js';
import { sampleInput, weekdays } from '../testing/sample-result.js';
import { daysFromCivil } from '../time.js';
import { reportHtml } from './html.js';
import { reportJson } from './json.js';
import { reportModel } from './model.js';
import type { ReportInput } from './types.js';

/** The markup of one panel. */
function panelOf(html: string, id: string): string {
  const from = html.indexOf(`id="${id}" aria-labelledby`);
  if (from < 0) throw new Error(`no panel ${id}`);
  return html.slice(from, html.indexOf('</section>\n', from));
}

/** Rows of a table of numbers: heading and cells as plain text. */
function rowsOf(html: string): string[][] {
  return [...html.matchAll(/<tr>(<th scope="row".*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell!.replaceAll('−', '-')),
  );
}

/** What a reader sees: no script, no style, no markup. */
function visible(html: string): string {
  return withoutScripts(html)
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ');
}

t.test('1: every year stands under its own bars, however many years there are', async (t) => {
  for (const bars of [20, 700, 2500, 8300]) {
    const chart = panelOf(reportHtml(sampleInput({ bars })), 'yearly');
    const edges = (role: string): [number, number][] =>
      [
        ...chart.matchAll(
          new RegExp(`<rect class="bar ${role}" x="([\\d.]+)%" y="[^"]*" width="([\\d.]+)%"`, 'g'),
        ),
      ].map(([, x, width]) => [Number(x), Number(x) + Number(width)]);
    const left = edges('strategy').map(([from]) => from);
    const right = edges('benchmark').map(([, to]) => to);
    for (const shown of ['short ', 'long ']) {
      const labels = [
        ...chart.matchAll(/<text class="([a-z ]*)" x="([\d.]+)%" y="[\d.]+">(\d{4})<\/text>/g),
      ].filter(([, classes]) => !/short|long/.test(classes!) || classes!.includes(shown));
      const years = Math.ceil((bars - 1) / 261);
      t.ok(Math.abs(labels.length - years) <= 1, `${bars} bars, ${labels.length} years`);
      t.equal(labels.length, left.length, 'one label for each pair of bars');
      labels.forEach(([, , x, year], i) => {
        t.equal(Number(year), 2013 + i);
        t.ok(Number(x) > left[i]! && Number(x) < right[i]!, `${year} is between the edges of its bars`);
      });
    }
  }
});

t.test('2: rolling figures are blank until their window is full, never 0', async (t) => {
  const input = sampleInput();
  const { rolling, narrowTime } = reportModel(input);
  const { window, ...curves } = rolling;
  t.equal(window, 126);
  for (const [name, curve] of Object.entries(curves)) {
    t.ok(curve!.subarray(0, window).every(Number.isNaN), `${name} says nothing in the warm-up`);
    t.notOk(Number.isNaN(curve![window]!), `${name} begins when the window is full`);
  }
  const html = reportHtml(input);
  for (const name of ['return', 'volatility', 'sharpe', 'sortino', 'beta', 'correlation']) {
    const chart = panelOf(html, `rolling-${name}`);
    const starts = [...chart.matchAll(/<path class="line [a-z]+" d="M([\d.]+),/g)].map(([, x]) => Number(x));
    t.ok(starts.length >= 1, name);
    // A curve of more points than the chart has columns may begin one of its 320 columns later.
    const full = narrowTime.position[window]! * 1000;
    for (const start of starts) t.ok(start > full - 0.06 && start < full + 1000 / 320, `${name} at ${start}`);
  }
});

t.test('3: a month that has not happened is blank, and no zero has a sign', async (t) => {
  const returns = new Float64Array(300);
  returns[5] = -1e-9;
  const heat = panelOf(reportHtml(sampleInput({ returns, withoutBenchmark: true })), 'monthly');
  const [first, second] = rowsOf(heat);
  t.equal(first![1], '0.0', 'a loss too small to show is 0.0');
  t.strictSame(
    second!.slice(1),
    ['0.0', '0.0', ...new Array<string>(10).fill(''), '0.0%'],
    '2014 ends in February',
  );
  t.notMatch(heat, /[-−]0\.0+[^\d]/);
});

t.test('4: years are compared by a difference, which has a meaning whatever the signs', async (t) => {
  const sample = sampleInput();
  const opposite = sample.result.returns.map((value) => -value);
  const input = { ...sample, benchmark: { name: 'opposite', returns: opposite } };
  const panel = panelOf(reportHtml(input), 'years');
  const years: { return: number; benchmark: number }[] = JSON.parse(reportJson(input)).yearlyReturns;
  t.ok(
    years.some((year) => year.return * year.benchmark < 0),
    'a year in which one gains and the other loses is among them',
  );
  t.notMatch(panel, /multipl|ratio/i);
  const shown = (value: number): string => `${Math.abs(value * 100).toFixed(2)}%`;
  rowsOf(panel)
    .slice(0, -1)
    .forEach(([, , , difference], i) => {
      const { return: own, benchmark } = years[i]!;
      t.equal(difference, `${own > benchmark ? '+' : '-'}${shown(own - benchmark)}`);
    });
});

t.test('5: provenance, trades, costs and weights have their own panels', async (t) => {
  const input = withPanels(sampleInput());
  const html = reportHtml(input);
  const provenance = panelOf(html, 'provenance');
  const { command, version, files } = input.provenance;
  for (const text of [
    command,
    version,
    files[0]!.sha256,
    input.result.inputDigest,
    input.result.resultDigest,
  ]) {
    t.ok(provenance.includes(text), text);
  }
  t.equal(rowsOf(panelOf(html, 'costs')).length, 11, 'ten years and all of them');
  const trades = panelOf(html, 'trades');
  t.equal(trades.match(/<figure>/g)!.length, 4);
  t.ok(trades.match(/<use href="#mark-(buy|sell)"/g)!.length > 100);
  const rows = rowsOf(trades);
  t.equal(rows.length, 20);
  const values = rows.map((row) => Number(row[5]!.replaceAll(',', '')));
  t.strictSame(
    values,
    values.toSorted((a, b) => b - a),
    'the largest first',
  );
  t.equal(
    panelOf(html, 'exposure').match(/<path class="layer /g)!.length,
    8,
    'a short position, cash on both sides',
  );
  t.equal(panelOf(html, 'turnover').match(/<path class="stems"/g)!.length, 1);
  t.match(panelOf(html, 'cost-drag'), 'of the initial cash');
});

t.test('6: usual characters, dates on one line, dark and print, text that can be selected', async (t) => {
  const html = reportHtml(withPanels(sampleInput()));
  const unusual = new Set(visible(html).match(/[^\n -~]/g));
  // Latin-1, dashes, the minus sign, square root, infinity, ellipsis, Greek: in every font that browsers come with.
  const known = /[\u00a0-\u00ff\u2013\u2014\u2026\u2212\u221a\u221e\u0370-\u03ff]/;
  t.strictSame(
    [...unusual].filter((character) => !known.test(character)),
    [],
    'no glyph that fonts lack',
  );
  const style = /<style>(.*?)<\/style>/s.exec(html)![1]!;
  t.match(style, /th,td\{[^}]*white-space:nowrap/, 'cells do not wrap');
  t.match(style, /\.facts span\{white-space:nowrap\}/, 'nor do the dates of the head');
  t.match(style, '@media (prefers-color-scheme:dark)');
  t.match(style, '@media print');
  const charts = html.split('<svg class="plot').slice(1);
  t.equal(charts.length, 20);
  for (const chart of charts) {
    const text = /<text class="(x|y|long|short)[ "a-z]*[^>]*>[^<]/.test(
      chart.slice(0, chart.indexOf('</section>')),
    );
    t.ok(text, `${/id="([^"]+)"/.exec(chart)![1]} is lettered by text`);
  }
  t.notMatch(html, /<img|<canvas|<foreignObject/);
});

t.test('7: making the page is silent, and its time is held to a budget beside quantstats', async (t) => {
  const said: unknown[] = [];
  const write = process.stderr.write;
  process.stderr.write = ((chunk: unknown) => said.push(chunk) > 0) as typeof process.stderr.write;
  try {
    reportHtml(withPanels(sampleInput()));
  } finally {
    process.stderr.write = write;
  }
  t.strictSame(said, []);
  const budgets = JSON.parse(readFileSync('bench/budgets.json', 'utf8')) as unknown;
  const rows = JSON.stringify(budgets);
  t.match(rows, '"id":"report/html-2500","msAtMost":1000');
  t.match(rows, '"id":"report/html-2500","peer":"quantstats","ratioAtLeast":5');
});

t.test('what the page says of itself holds: formulas, shaded falls, tiles that fit', async (t) => {
  const input = sampleInput();
  const html = reportHtml(input);
  const model = reportModel(input);
  const formulas = panelOf(html, 'metrics');
  for (const { label, formula } of [...model.figures, ...model.relative]) {
    t.ok(formula.length > 5, `${label} has a formula`);
    t.ok(formulas.includes(`<dt>${label}</dt><dd>`), `${label} is in the list that opens`);
  }
  for (const id of ['metrics', 'relative']) {
    t.notMatch(panelOf(html, id), /<th scope="row">/, `every row of ${id} has its formula as a tooltip`);
  }
  t.equal(panelOf(html, 'equity').match(/class="band"/g)!.length, 10);
  t.equal(rowsOf(panelOf(html, 'drawdowns')).length, 10, 'the shaded ten are the ten of the table');
  const huge: ReportInput = sampleInput({
    returns: new Float64Array(30).fill(0.5),
    dates: weekdays(30, daysFromCivil(2020, 1, 1)),
  });
  const tiles = [...reportHtml(huge).matchAll(/<span class="value">(.*?)<\/span>/g)].map(([, text]) => text!);
  t.equal(tiles.length, 8);
  for (const text of tiles) t.ok(text.length <= 9, `${text} fits its tile`);
});
