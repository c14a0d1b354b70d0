/** How alike the symbols moved: correlations as a coloured table, the heaviest symbols first. */
import { clip, escapeHtml, isolate } from '../escape.js';
import { numberText, typeset } from '../format.js';
import { panel } from '../panel.js';
import type { OptimizeModel } from './model.js';

/** Symbols that the table has; of more, the rest is left out. */
const SHOWN = 24;

/** Nothing where there is only one symbol. */
export function correlationPanel({ input, correlation, byWeight }: OptimizeModel): string {
  const { used } = input;
  if (used.length < 2) return '';
  const place = new Map(used.map((symbol, j) => [symbol, j]));
  const order = byWeight.flatMap(({ symbol }) => place.get(symbol) ?? []).slice(0, SHOWN);
  const { data, cols } = correlation;
  const rows = order.map((i) => {
    const cells = order.map((j) => cell(data[i * cols + j]!));
    return `<tr><th scope="row">${isolate(clip(used[i]!, 24))}</th>${cells.join('')}</tr>`;
  });
  const heads = order.map((j) => `<th scope="col">${isolate(clip(used[j]!, 8))}</th>`);
  const more = used.length > SHOWN ? ` The ${SHOWN} heaviest of ${used.length} symbols.` : '';
  return panel({
    id: 'correlation',
    title: 'Correlation of returns',
    long: true,
    sub: `By the ${escapeHtml(input.settings.covariance ?? 'sample')} covariances, heaviest symbols first. From −1 (opposite) over 0 to 1 (the same).${more}`,
    body:
      '<div class="scroll correlation" role="region" tabindex="0" aria-label="Correlation of the returns of each two symbols">' +
      `<table class="heat matrix"><thead><tr><th scope="col"></th>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
  });
}

function cell(value: number): string {
  if (Number.isNaN(value)) return `<td class="z">${numberText(value)}</td>`;
  return `<td class="${colourClass(value)}">${escapeHtml(typeset(numberText(value)))}</td>`;
}

/** Five steps each side of zero; what prints as 0.00 is neutral. */
function colourClass(value: number): string {
  if (Math.abs(value) < 0.005) return 'z';
  return `${value < 0 ? 'n' : 'p'}${Math.min(5, Math.ceil(Math.abs(value) * 5))}`;
}
