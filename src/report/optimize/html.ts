/** An optimised portfolio as one HTML file that needs nothing else. */
import { formatDate } from '../../time.js';
import { settingWords } from '../../targets/optimizer-sentences.js';
import { COMPARE_STYLE } from '../compare/style.js';
import { clip, escapeHtml, isolate } from '../escape.js';
import { numberText, typeset } from '../format.js';
import { fileStem, type PageData, type PageTable } from '../page-data.js';
import { pageHtml } from '../page-frame.js';
import { PAGE_STYLE, POLICY, scriptTags } from '../page-tags.js';
import { provenanceBox } from '../provenance-box.js';
import { STYLE } from '../style.js';
import { correlationPanel } from './html-correlation.js';
import { frontierPanel } from './html-frontier.js';
import { weightsPanel } from './html-weights.js';
import type { OptimizeModel } from './model.js';
import { OPTIMIZE_STYLE } from './style.js';
import { capital, certificateText, figureRows, objectiveText } from './words.js';

/**
 * The page: key figures beside those of equal weight, weights against parts of the risk, the efficient frontier with the
 * portfolio, equal weight and the single symbols, correlations, provenance. Light or dark as the reader prefers; prints
 * on paper.
 *
 * model  of at least one symbol; all text in it is shown as text, whatever it contains
 *
 * The same model gives the same bytes.
 */
export function optimizeHtml(model: OptimizeModel): string {
  const { name, provenance } = model.input;
  return pageHtml({
    title: `${name} · optimised weights`,
    version: provenance.version,
    policy: POLICY,
    style: STYLE + COMPARE_STYLE + PAGE_STYLE + OPTIMIZE_STYLE,
    header: header(model),
    panels: [weightsPanel(model), frontierPanel(model), correlationPanel(model), provenanceBox(provenance)],
    tail: scriptTags(dataOf(model)),
  });
}

function header(model: OptimizeModel): string {
  const { name, from, to, returns, method, settings, portfolio } = model.input;
  const facts = [
    `${formatDate(from)} to ${formatDate(to)}`,
    `${numberText(returns.rows, 0)} returns`,
    ...settingWords(method, settings),
  ];
  const said = portfolio.warnings.map(capital);
  if (portfolio.status === 'max-iterations')
    said.unshift('The search ended early: the weights are not proven to be the best.');
  const tile = (label: string, value: string, other: string, title: string): string =>
    `<li title="${escapeHtml(title)}"><span class="label">${escapeHtml(label)}</span><span class="value">${escapeHtml(typeset(value))}</span><span class="other">equal weight ${escapeHtml(typeset(other))}</span></li>`;
  return [
    `<header><h1>${isolate(clip(name, 200))}</h1>`,
    `<p class="facts">${facts.map((fact) => `<span>${escapeHtml(fact)}</span>`).join('')}</p>`,
    `<p class="facts">${escapeHtml(`${objectiveText(model).replace(': -', ': −')} · ${certificateText(model.input)}`)}</p>`,
    ...said.map((warning) => `<p class="alert" role="note">${escapeHtml(warning)}</p>`),
    `<ul class="kpis seven">${figureRows(model)
      .map(({ label, says, own, equal }) => tile(label, own, equal, says))
      .join('')}</ul></header>\n`,
  ].join('');
}

/** No chart over time: the script adds the buttons that save the tables. */
function dataOf(model: OptimizeModel): PageData {
  const stem = fileStem(model.input.name);
  return {
    file: stem === 'backtest' ? 'weights' : stem,
    bars: 0,
    days: null,
    priceDecimals: 0,
    symbols: [],
    columns: {},
    charts: [],
    tables: [weightsTable(model), ...(model.frontier.length === 0 ? [] : [frontierTable(model)])],
  };
}

function weightsTable({ rows, input }: OptimizeModel): PageTable {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    panel: 'weights',
    name: 'weights',
    button: 'CSV',
    columns: [
      { head: 'date', kind: 'text', values: rows.map(() => formatDate(input.to)) },
      { head: 'symbol', kind: 'text', values: rows.map(({ symbol }) => symbol) },
      { head: 'weight', kind: 'number', values: rows.map(({ weight }) => weight) },
      { head: 'risk_share', kind: 'number', values: rows.map(({ riskShare }) => finite(riskShare)) },
    ],
  };
}

function frontierTable({ frontier }: OptimizeModel): PageTable {
  return {
    panel: 'frontier',
    name: 'frontier',
    button: 'CSV',
    columns: [
      { head: 'volatility_year', kind: 'number', values: frontier.map(({ volatility }) => volatility) },
      { head: 'mean_year', kind: 'number', values: frontier.map(({ mean }) => mean) },
    ],
  };
}
