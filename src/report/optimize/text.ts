/** An optimised portfolio as tables for a terminal. */
import { formatDate } from '../../time.js';
import { settingWords } from '../../targets/optimizer-sentences.js';
import { type Palette, palette } from '../color.js';
import { clip, stripTerminal } from '../escape.js';
import { numberText, percentText } from '../format.js';
import { textTable } from '../table.js';
import type { TextOptions } from '../text.js';
import { certificateText, figureRows, heaviest, objectiveText } from './words.js';
import type { OptimizeModel } from './model.js';

const WIDTH_DEFAULT = 80;
const WIDTH_MIN = 40;
/** Characters of a symbol in a table. */
const SYMBOL_SHOWN = 24;

/**
 * The weights with their part of the risk, the figures of the portfolio beside those of equal weight, and how the result
 * is known to be the best. The last line ends with a newline; terminal escapes in names are removed.
 */
export function optimizeText(model: OptimizeModel, options: TextOptions): string {
  const colors = palette(options.color);
  const width = Math.max(WIDTH_MIN, options.width ?? WIDTH_DEFAULT);
  const parts = [
    head(model, width, colors),
    weights(model, width, colors),
    figures(model, colors),
    frontier(model, colors),
    ending(model, width),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function head({ input }: OptimizeModel, width: number, colors: Palette): string {
  const { returns, from, to, method, settings } = input;
  const facts = [
    `${formatDate(from)} to ${formatDate(to)}`,
    `${numberText(returns.rows, 0)} returns`,
    ...settingWords(method, settings),
  ];
  return [
    colors.strong(colors.accent(clip(stripTerminal(input.name), width))),
    ...wrapped(facts, width).map((line) => colors.faint(line)),
  ].join('\n');
}

/** The facts on as few lines as they fit on: limits are not to be cut off. */
function wrapped(facts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines.length - 1;
    const longer = last < 0 ? fact : `${lines[last]!} · ${fact}`;
    if (last >= 0 && longer.length <= width) lines[last] = longer;
    else lines.push(clip(fact, width));
  }
  return lines;
}

function weights({ byWeight }: OptimizeModel, width: number, colors: Palette): string {
  const held = byWeight.filter(({ weight }) => weight > 0);
  const without = byWeight.slice(held.length).map(({ symbol }) => clip(stripTerminal(symbol), SYMBOL_SHOWN));
  const table = textTable(
    ['Symbol', 'Weight', 'Risk share', 'Mean, year', 'Volatility, year'],
    held.map(({ symbol, weight, riskShare, mean, volatility }) => [
      `  ${clip(stripTerminal(symbol), SYMBOL_SHOWN)}`,
      percentText(weight),
      percentText(riskShare, 1),
      percentText(mean, 1),
      percentText(volatility, 1),
    ]),
    colors,
  );
  if (without.length === 0) return table;
  const count = `   ${without.length} ${without.length === 1 ? 'symbol has' : 'symbols have'} weight 0: `;
  let named = '';
  let left = without.length;
  for (const name of without) {
    const longer = named === '' ? name : `${named}, ${name}`;
    const rest = left > 1 ? 3 : 0;
    if (count.length + longer.length + rest > width) break;
    named = longer;
    left -= 1;
  }
  return `${table}\n${count}${named}${left > 0 ? ', …' : ''}`;
}

function figures(model: OptimizeModel, colors: Palette): string {
  return textTable(
    ['Over these returns', 'Portfolio', 'Equal weight'],
    figureRows(model).map(({ label, own, equal }) => [`  ${label}`, own, equal]),
    colors,
  );
}

function frontier({ input, frontier: points }: OptimizeModel, colors: Palette): string {
  if (input.frontier === undefined || points.length === 0) return '';
  return textTable(
    ['Efficient frontier', 'Volatility, year', 'Mean, year', 'Largest weights'],
    points.map(({ volatility, mean }, k) => [
      `  ${k + 1}`,
      percentText(volatility),
      percentText(mean),
      heaviest(input.used, input.frontier![k]!.vector),
    ]),
    colors,
  );
}

function ending(model: OptimizeModel, width: number): string {
  const { portfolio } = model.input;
  return [
    ...wrapped([objectiveText(model), ...certificateText(model.input).split(' · ')], width),
    ...portfolio.warnings.map((warning) => `Warning: ${stripTerminal(warning)}`),
  ].join('\n');
}
