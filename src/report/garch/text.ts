/** Volatility fits as tables for a terminal. */
import { formatDate } from '../../time.js';
import { type Palette, palette } from '../color.js';
import { clip, stripTerminal } from '../escape.js';
import { numberText } from '../format.js';
import { textTable } from '../table.js';
import type { TextOptions } from '../text.js';
import { type FitModel, fitModel, shownPeriods } from './model.js';
import { askedText, endText, methodText } from './names.js';
import { annualText, deviationText, figureRows, forecastCells, parameterCells } from './texts.js';
import type { GarchInput, SymbolFit } from './types.js';

const WIDTH_DEFAULT = 80;
const WIDTH_MIN = 40;
/** Characters of a symbol in a table. */
const SYMBOL_SHOWN = 24;
const DEVIATIONS = [-1, 0, 1];

/**
 * Of one symbol what was fitted, the parameters, the figures and the forecast; of several one row each. Where `width`
 * is given and too small, the last columns go. The last line ends with a newline; terminal escapes in names are removed.
 */
export function garchText(input: GarchInput, options: TextOptions): string {
  const colors = palette(options.color);
  const width = Math.max(WIDTH_MIN, options.width ?? WIDTH_DEFAULT);
  // What is piped on is whole.
  const room = options.width === undefined ? Infinity : width;
  const { symbols } = input;
  const body =
    symbols.length === 1 ? oneSymbol(input, symbols[0]!, room, colors) : [manySymbols(input, room, colors)];
  return `${[head(input, width, colors), ...body].join('\n\n')}\n`;
}

function head({ name, dates, symbols, asked }: GarchInput, width: number, colors: Palette): string {
  const [from, to] = [dates[0]!, dates[dates.length - 1]!].map(formatDate);
  const bars = `${numberText(dates.length, 0)} bar${dates.length === 1 ? '' : 's'}`;
  const count = symbols.length === 1 ? '' : ` · ${numberText(symbols.length, 0)} symbols`;
  return [
    colors.strong(colors.accent(clip(stripTerminal(name), width))),
    colors.faint(clip(`${from} to ${to} · ${bars}${count}`, width)),
    clip(`${askedText(asked)}, of simple returns`, Math.max(width, WIDTH_DEFAULT)),
  ].join('\n');
}

function oneSymbol(input: GarchInput, symbol: SymbolFit, width: number, colors: Palette): string[] {
  const model = fitModel(symbol, input.horizon);
  const parameters = [
    ['Parameter', 'Estimate', 'Std error', 't', 'p'],
    ...model.parameters.map((row) => [`  ${row.name}`, ...parameterCells(row)]),
  ];
  const missing = model.parameters.filter(({ robustStdError }) => Number.isNaN(robustStdError));
  const note = missing.length === 0 ? [] : [colors.faint(`  – ${model.withoutErrors}`)];
  const rows = [
    ...figureRows(symbol, model, input),
    ['Fit', endText(symbol.fit)] as const,
    ['Returns', numberText(symbol.fit.observations, 0)] as const,
  ];
  const widest = rows.reduce((most, [label]) => Math.max(most, label.length), 0);
  const figures = rows.map(([label, text]) => `   ${colors.faint(label.padEnd(widest))}  ${text}`);
  return [
    [fitted(parameters, 2, width, colors), ...note].join('\n'),
    figures.join('\n'),
    fitted(forecastTable(model, input), 3, width, colors),
  ];
}

function forecastTable({ forecast }: FitModel, input: GarchInput): string[][] {
  const deviations = DEVIATIONS;
  const heads = deviations.map((each) => (each === 0 ? 'Price' : `Price ${deviationText(each, '-')}`));
  return [
    ['Bars ahead', 'Volatility', 'A year', 'To there', ...heads],
    ...shownPeriods(forecast.volatility.length).map((period) => [
      `  ${numberText(period, 0)}`,
      ...forecastCells(forecast, period, deviations, input),
    ]),
  ];
}

function manySymbols(input: GarchInput, width: number, colors: Palette): string {
  const { symbols, horizon } = input;
  const models = symbols.map((symbol) => fitModel(symbol, horizon));
  const last = `Bar +${numberText(models[0]!.forecast.volatility.length, 0)}`;
  const rows = symbols.map(({ symbol, fit }, i) => {
    const { forecast, unconditional, persistence, halfLife } = models[i]!;
    return [
      // The last columns may not be shown: the mark stands with the name.
      `${fit.method === 'mle' ? ' ' : '!'} ${clip(stripTerminal(symbol), SYMBOL_SHOWN)}`,
      annualText(fit.forecastVolatility, input),
      annualText(forecast.volatility[forecast.volatility.length - 1]!, input),
      annualText(unconditional.value, input),
      numberText(persistence.value, 4),
      numberText(halfLife.value, 1),
      numberText(fit.logLikelihood, 1),
      fit.method === 'mle' ? 'mle' : `! ${fit.method}`,
    ];
  });
  const columns = ['Volatility of a year', 'Next bar', last, 'Long run', 'Persistence'];
  const table = [[...columns, 'Half-life', 'Log-likelihood', 'Method'], ...rows];
  const unfitted = new Set(symbols.flatMap(({ fit }) => (fit.method === 'mle' ? [] : [fit.method])));
  const notes = [...unfitted].map((method) => colors.faint(`  ! ${method}: ${methodText(method)}`));
  const without = symbols.flatMap(({ fit }, i) => {
    const { reason } = models[i]!.unconditional;
    return fit.method !== 'mle' || reason === undefined ? [] : [reason];
  });
  notes.push(...[...new Set(without)].map((reason) => colors.faint(`  – ${reason}`)));
  return [fitted(table, 4, width, colors), ...notes].join('\n');
}

/** The table with as many of its columns as the width has room for, at least `least`. */
function fitted(table: readonly string[][], least: number, width: number, colors: Palette): string {
  const plain = palette(false);
  const draw = (rows: readonly string[][], by: Palette): string => textTable(rows[0]!, rows.slice(1), by);
  const fits = (rows: readonly string[][]): boolean =>
    draw(rows, plain)
      .split('\n')
      .every((line) => line.length <= width);
  let rows = table;
  while (rows[0]!.length > least && !fits(rows)) rows = rows.map((cells) => cells.slice(0, -1));
  return draw(rows, colors);
}
