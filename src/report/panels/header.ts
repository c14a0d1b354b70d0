/** Head of the page: title, span, and the eight figures that people look at first. */
import { clip, escapeHtml, isolate } from '../escape.js';
import { type Figure, type FigureKey, figureText } from '../figures.js';
import { numberText, typeset } from '../format.js';
import type { ReportModel } from '../model.js';

const KPIS: readonly (readonly [FigureKey, string])[] = [
  ['cagr', 'CAGR'],
  ['volatility', 'Volatility'],
  ['sharpe', 'Sharpe'],
  ['sortino', 'Sortino'],
  ['maxDrawdown', 'Max drawdown'],
  ['calmar', 'Calmar'],
  ['turnoverPerYear', 'Turnover / year'],
  ['costBpsPerYear', 'Cost drag / year'],
];

/** Title, facts, a warning where the account went bankrupt, and the strip of key figures. */
export function header(model: ReportModel): string {
  const count = (n: number, word: string): string => `${numberText(n, 0)} ${word}${n === 1 ? '' : 's'}`;
  const facts = [
    `<span>${escapeHtml(model.from)} to ${escapeHtml(model.to)}</span>`,
    `<span>${count(model.bars, 'bar')}</span>`,
    `<span>${count(model.result.symbols.length, 'symbol')}</span>`,
  ];
  if (model.benchmark)
    facts.push(`<span class="name">benchmark ${isolate(clip(model.benchmark.name, 80))}</span>`);
  const alert =
    model.result.status === 'bankrupt'
      ? `<p class="alert" role="note">Bankrupt: the equity was gone on ${escapeHtml(model.label(model.result.bankruptBar))}. Nothing trades after that bar.</p>`
      : '';
  return [
    '<header>',
    `<h1>${isolate(clip(model.name, 200))}</h1>`,
    `<p class="facts">${facts.join('')}</p>`,
    alert,
    `<ul class="kpis">${KPIS.map(([key, label]) =>
      tile(
        model.figures.find((f) => f.key === key)!,
        label,
      ),
    ).join('')}</ul>`,
    '</header>\n',
  ].join('');
}

function tile(figure: Figure, label: string): string {
  const other =
    figure.benchmark === undefined
      ? ''
      : `<span class="other">vs ${escapeHtml(typeset(figureText(figure.kind, figure.benchmark, 1)))}</span>`;
  return (
    `<li title="${escapeHtml(figure.formula)}"><span class="label">${label}</span>` +
    `<span class="value">${escapeHtml(typeset(figureText(figure.kind, figure.strategy, 1)))}</span>${other}</li>`
  );
}
