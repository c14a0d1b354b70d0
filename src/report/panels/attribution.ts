/** Which symbols made the return: contributions as bars, with what each cost and how much it traded. */
import type { SymbolAttribution } from '../../backtest/attribution.js';
import { type AttributionModel, attributionModel } from '../attribution-model.js';
import { clip, escapeHtml, isolate } from '../escape.js';
import { numberText, percentText, signedPercentText, typeset } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel } from '../panel.js';

export function attributionPanel(model: ReportModel): string {
  const attribution = attributionModel(model.result);
  const frame = { id: 'attribution', title: 'Contribution by symbol', long: true };
  if (attribution === null) {
    return panel({
      ...frame,
      body: empty('The result keeps no weights and trades: the backtest was run with its panels left out.'),
    });
  }
  const { contribution, cost } = attribution;
  const total = `${signedPercentText(contribution)} less costs of ${percentText(cost)} are the total return of ${signedPercentText(attribution.return)}`;
  return panel({
    ...frame,
    sub: `Gain of each symbol as a share of the initial cash: ${escapeHtml(typeset(total))}. Weights are means over all bars.`,
    body: rows(attribution),
  });
}

function rows(model: AttributionModel): string {
  const { best, rest, worst } = model;
  const shown = [...best, ...worst];
  const most = shown.reduce((top, row) => Math.max(top, row.contribution), 0);
  const least = shown.reduce((low, row) => Math.min(low, row.contribution), 0);
  const row = (each: SymbolAttribution): string =>
    rowHtml(isolate(clip(each.symbol, 40)), bar(each.contribution, least, most), cellsOf([each]));
  const between = rest.length === 0 ? '' : rowHtml(`${rest.length} more`, '', cellsOf(rest));
  return (
    '<div class="scroll" role="region" tabindex="0" aria-label="Contribution of each symbol"><table class="words"><thead><tr>' +
    '<th scope="col">Symbol</th><th scope="col" class="bars"></th><th scope="col">Contribution</th><th scope="col">Costs</th>' +
    '<th scope="col">Turnover</th><th scope="col">Weight</th></tr></thead>' +
    `<tbody>${best.map(row).join('')}${between}${worst.map(row).join('')}</tbody>` +
    `<tfoot>${rowHtml('All', '', cellsOf(model.rows))}</tfoot></table></div>`
  );
}

function cellsOf(rows: readonly SymbolAttribution[]): string[] {
  const sum = (pick: (row: SymbolAttribution) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  return [
    signedPercentText(sum((row) => row.contribution)),
    percentText(sum((row) => row.cost)),
    percentText(
      sum((row) => row.turnover),
      0,
    ),
    percentText(
      sum((row) => row.netExposure),
      1,
    ),
  ];
}

function rowHtml(head: string, drawn: string, cells: readonly string[]): string {
  const tds = cells.map((cell) => `<td>${escapeHtml(typeset(cell))}</td>`).join('');
  return `<tr><th scope="row">${head}</th><td class="bars">${drawn}</td>${tds}</tr>`;
}

/** From 0 to the right for a gain, to the left for a loss. */
function bar(value: number, least: number, most: number): string {
  const span = most - least || 1;
  const at = (v: number): number => ((v - least) / span) * 1000;
  const [from, to] = [Math.min(at(0), at(value)), Math.max(at(0), at(value))];
  const text = (x: number): string => numberText(x, 1).replace(',', '');
  return (
    '<svg viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">' +
    `<rect class="${value < 0 ? 'loss' : 'gain'}" x="${text(from)}" y="1" width="${text(Math.max(to - from, 1))}" height="10"/></svg>`
  );
}
