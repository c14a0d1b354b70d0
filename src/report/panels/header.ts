/** Head of the page: title, span, and the eight figures that people look at first. */
import { clip, escapeHtml, isolate } from '../escape.js';
import { type Figure, type FigureKey, type FigureKind, figureText } from '../figures.js';
import { compactText, numberText, typeset } from '../format.js';
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
      : `<span class="other">vs ${escapeHtml(typeset(shortText(figure.kind, figure.benchmark)))}</span>`;
  return (
    `<li title="${escapeHtml(figure.formula)}"><span class="label">${label}</span>` +
    `<span class="value">${escapeHtml(typeset(shortText(figure.kind, figure.strategy)))}</span>${other}</li>`
  );
}

/** Characters that fit a tile. */
const TILE_WIDTH = 7;

/** A figure in the width of a tile: as it is, else without decimals, else in thousands, millions and so on. */
function shortText(kind: FigureKind, value: number | undefined): string {
  const text = figureText(kind, value, 1);
  if (text.length <= TILE_WIDTH || value === undefined || !Number.isFinite(value)) return text;
  const unit = kind === 'percent' ? '%' : kind === 'bps' ? ' bps' : '';
  const amount = kind === 'percent' ? value * 100 : value;
  const whole = numberText(amount, 0) + unit;
  if (whole.length <= TILE_WIDTH) return whole;
  return (Math.abs(amount) >= 1e15 ? amount.toExponential(0) : compactText(amount)) + unit;
}
