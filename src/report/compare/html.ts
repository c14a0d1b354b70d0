/** The comparison as one HTML file that needs nothing else: no script, no font, no image, no address outside. */
import { clip, escapeHtml, isolate } from '../escape.js';
import { numberText } from '../format.js';
import { pageHtml } from '../page-frame.js';
import { STYLE } from '../style.js';
import { curvesPanel, drawdownsPanel } from './html-charts.js';
import { originsPanel } from './html-origins.js';
import {
  correlationPanel,
  differencesPanel,
  figuresPanel,
  ownPanel,
  runsTable,
  worstPanel,
  yearsPanel,
} from './html-tables.js';
import { type CompareModel, compareModel } from './model.js';
import { COMPARE_STYLE } from './style.js';
import type { CompareInput } from './types.js';

/** The panels in the order of the page; provenance follows them. */
const PANELS: readonly ((model: CompareModel) => string)[] = [
  figuresPanel,
  curvesPanel,
  drawdownsPanel,
  yearsPanel,
  correlationPanel,
  worstPanel,
  ownPanel,
  differencesPanel,
];

/** Nothing may be loaded or run; styles are the page's own and the empty icon is a data address. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The comparison page: the runs, their figures with the best of each row marked, values and drawdowns over each
 * other, yearly returns, correlations, worst drawdowns, each run's own span where that differs, options that
 * differ, provenance. Light or dark as the reader prefers; prints on paper.
 *
 * input  two to twelve runs; all text in them is shown as text, whatever it contains
 *
 * Throws as `compareText`. The same input gives the same bytes. Twelve runs of 2,500 bars take about 0.5 MB.
 */
export function compareHtml(input: CompareInput): string {
  const model = compareModel(input);
  return pageHtml({
    title: `${model.title} · backtests`,
    version: input.version,
    policy: POLICY,
    style: STYLE + COMPARE_STYLE,
    header: header(model),
    panels: [...PANELS.map((write) => write(model)), originsPanel(model, input)],
  });
}

function header(model: CompareModel): string {
  const { periods } = model.span;
  const notes = model.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('');
  return [
    `<header><h1>${isolate(clip(model.title, 200))}</h1>`,
    `<p class="facts"><span>${escapeHtml(model.from)} to ${escapeHtml(model.to)}</span>`,
    `<span>${numberText(periods, 0)} period${periods === 1 ? '' : 's'}</span><span>${model.runs.length} runs</span></p>`,
    runsTable(model),
    `<ul class="notes">${notes}</ul></header>\n`,
  ].join('');
}
