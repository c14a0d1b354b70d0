/** The weights as bars, and below each the symbol's part of the risk. */
import { clip, escapeHtml, isolate } from '../escape.js';
import { ABSENT, numberText, percentText, typeset } from '../format.js';
import { panel } from '../panel.js';
import type { OptimizeModel, SymbolRow } from './model.js';

/** Symbols that have a row; of more, the rest is counted. */
const SHOWN = 60;

export function weightsPanel({ byWeight, input }: OptimizeModel): string {
  const held = byWeight.filter(({ weight }) => weight > 0);
  const shown = held.slice(0, SHOWN);
  const longest = shown.reduce((most, row) => Math.max(most, row.weight, finite(row.riskShare)), 0);
  return panel({
    id: 'weights',
    title: 'Weights and risk',
    long: true,
    sub: `Below each weight the part of the portfolio’s variance that the symbol brings${input.settings.covariance === undefined ? '' : `, by the ${escapeHtml(input.settings.covariance)} covariances`}. Mean and volatility of a year.`,
    aside:
      '<ul class="legend"><li><span class="sample own"></span>Weight</li><li><span class="sample risk"></span>Risk share</li></ul>',
    body:
      '<div class="scroll" role="region" tabindex="0" aria-label="Weight and risk share of each symbol"><table class="words"><thead><tr>' +
      '<th scope="col">Symbol</th><th scope="col" class="bars"></th><th scope="col">Weight</th><th scope="col">Risk share</th><th scope="col">Mean</th><th scope="col">Volatility</th>' +
      `</tr></thead><tbody>${shown.map((row) => rowHtml(row, longest)).join('')}</tbody></table></div>${rest(held.slice(SHOWN), byWeight.slice(held.length))}`,
  });
}

function rowHtml(row: SymbolRow, longest: number): string {
  const cell = (text: string): string => `<td>${text === ABSENT ? ABSENT : escapeHtml(typeset(text))}</td>`;
  return (
    `<tr><th scope="row">${isolate(clip(row.symbol, 40))}</th><td class="bars">${bars(row, longest)}</td>` +
    cell(percentText(row.weight)) +
    cell(percentText(row.riskShare, 1)) +
    cell(percentText(row.mean, 1)) +
    cell(percentText(row.volatility, 1)) +
    '</tr>'
  );
}

/** Two bars over each other; a share below 0 takes risk away and has none. */
function bars({ weight, riskShare }: SymbolRow, longest: number): string {
  const wide = (value: number): string =>
    numberText((Math.max(0, value) / longest) * 1000, 1).replace(',', '');
  return (
    '<svg viewBox="0 0 1000 13" preserveAspectRatio="none" aria-hidden="true">' +
    `<rect class="own" x="0" y="1" width="${wide(weight)}" height="6"/>` +
    `<rect class="risk" x="0" y="8" width="${wide(finite(riskShare))}" height="4"/></svg>`
  );
}

function rest(more: readonly SymbolRow[], without: readonly SymbolRow[]): string {
  const said: string[] = [];
  if (more.length > 0) {
    const sum = more.reduce((total, { weight }) => total + weight, 0);
    said.push(`${more.length} more symbols hold ${percentText(sum)}.`);
  }
  if (without.length > 0) {
    const names = without.slice(0, 12).map(({ symbol }) => isolate(clip(symbol, 24)));
    const count = `${without.length} ${without.length === 1 ? 'symbol has' : 'symbols have'}`;
    said.push(`${count} weight 0: ${names.join(', ')}${without.length > 12 ? ', …' : ''}.`);
  }
  return said.length === 0 ? '' : `<p class="empty">${said.join(' ')}</p>`;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
