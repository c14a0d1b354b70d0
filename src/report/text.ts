/** The report as tables for a terminal. */
import { type Palette, palette } from './color.js';
import { clip, stripTerminal } from './escape.js';
import { type Figure, figureText, GROUPS } from './figures.js';
import { numberText, percentText, signedPercentText } from './format.js';
import { type ReportModel, reportModel } from './model.js';
import { stopRules, stopsSentence } from './stop-words.js';
import { STOP_LABELS } from './stops-model.js';
import { textTable } from './table.js';
import type { ReportInput } from './types.js';

/** Rows of the table of drawdowns. */
const WORST = 5;
/** Columns that texts from outside are cut to, and the fewest that are used. */
const WIDTH_DEFAULT = 80;
const WIDTH_MIN = 40;
/** Characters of a symbol among the stops. */
const STOPPED_SHOWN = 12;
/** Characters of the benchmark's name over its column. */
const COLUMN_NAME = 18;

/** Options of `reportText`. */
export interface TextOptions {
  /** Whether to write colour codes. */
  readonly color: boolean;
  /** Columns of the terminal; long names are cut to fit. Default 80, at least 40. The tables need 72. */
  readonly width?: number;
}

/**
 * The report as text: a head, the figures of strategy and benchmark side by side, the worst drawdowns and the
 * yearly returns. The last line ends with a newline.
 *
 * input    a finished backtest and its context; terminal escapes in its texts are removed
 * options  `color` and `width`; nothing is read from the environment
 *
 * Throws `ShapeError` when the benchmark's length differs from the result's.
 */
export function reportText(input: ReportInput, options: TextOptions): string {
  const model = reportModel(input);
  const colors = palette(options.color);
  const parts = [
    head(model, colors, Math.max(WIDTH_MIN, options.width ?? WIDTH_DEFAULT)),
    figures(model, colors),
    relative(model, colors),
    drawdowns(model, colors),
    stops(model, colors),
    years(model, colors),
    model.notes.map((line) => stripTerminal(line)).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function head(model: ReportModel, colors: Palette, width: number): string {
  const count = (n: number, word: string): string => `${numberText(n, 0)} ${word}${n === 1 ? '' : 's'}`;
  const facts = [
    `${model.from} to ${model.to}`,
    count(model.bars, 'bar'),
    count(model.result.symbols.length, 'symbol'),
  ];
  if (model.benchmark) facts.push(`benchmark ${stripTerminal(model.benchmark.name)}`);
  return [
    colors.strong(colors.accent(clip(stripTerminal(model.name), width))),
    colors.faint(clip(facts.join(' · '), width)),
  ].join('\n');
}

function figures(model: ReportModel, colors: Palette): string {
  const compared = model.benchmark !== null;
  const rows = GROUPS.flatMap(({ key, title }) => [
    [title],
    ...model.figures
      .filter((figure) => figure.group === key)
      .map((figure) => figureRow(figure, compared, colors)),
  ]);
  return textTable(['', 'Strategy', ...benchmarkColumn(model)], rows, colors);
}

function figureRow(figure: Figure, compared: boolean, colors: Palette): string[] {
  const cell = (value: number | undefined): string => {
    const text = figureText(figure.kind, value);
    return value !== undefined && value < 0 ? colors.loss(text) : text;
  };
  const row = [`  ${figure.label}`, cell(figure.strategy)];
  if (compared) row.push(figure.group === 'trading' ? '' : cell(figure.benchmark));
  return row;
}

function relative(model: ReportModel, colors: Palette): string {
  if (model.relative.length === 0) return '';
  return textTable(
    ['Against the benchmark', ''],
    model.relative.map(({ label, text }) => [`  ${label}`, text]),
    colors,
  );
}

function drawdowns(model: ReportModel, colors: Palette): string {
  if (model.drawdowns.length === 0) return '';
  const unit = model.result.dates === null ? 'Bars' : 'Days';
  const rows = model.drawdowns
    .slice(0, WORST)
    .map((row, i) => [
      `  ${i + 1}`,
      percentText(row.depth),
      row.peak,
      row.trough,
      row.recovered ?? 'not yet',
      numberText(row.length, 0),
    ]);
  return textTable(['Worst drawdowns', 'Depth', 'Peak', 'Trough', 'Recovered', unit], rows, colors);
}

function stops(model: ReportModel, colors: Palette): string {
  if (model.stops === null) return '';
  const sentence = `${stopsSentence(model.stops)}; ${stopRules(model.stops.stops)}.`;
  if (model.stops.exits.length === 0) return sentence;
  const signed = (value: number): string => {
    const text = signedPercentText(value);
    return value < 0 ? colors.loss(text) : text;
  };
  const rows = model.stops.groups.map(({ reason, count, share, gaps, meanReturn, worst }) => [
    `  ${reason === 'all' ? 'All' : STOP_LABELS[reason]}`,
    numberText(count, 0),
    percentText(share, 1),
    numberText(gaps, 0),
    signed(meanReturn),
    signed(worst.return),
    clip(stripTerminal(worst.event.symbol), STOPPED_SHOWN),
    model.label(worst.event.bar),
  ]);
  return `${textTable(['Stops', 'Exits', 'Share', 'Gaps', 'Mean', 'Worst', 'of', 'at'], rows, colors)}\n${sentence}`;
}

function years(model: ReportModel, colors: Palette): string {
  if (model.yearly.length === 0) return '';
  const compared = model.benchmark !== null;
  const cell = (value: number): string => (value < 0 ? colors.loss(percentText(value)) : percentText(value));
  const rows = model.yearly.map((year) => [
    `  ${year.year}`,
    cell(year.strategy),
    ...(compared ? [cell(year.benchmark), signedPercentText(year.strategy - year.benchmark)] : []),
  ]);
  const columns = [...benchmarkColumn(model), ...(compared ? ['Difference'] : [])];
  return textTable(['Yearly returns', 'Strategy', ...columns], rows, colors);
}

function benchmarkColumn(model: ReportModel): string[] {
  return model.benchmark ? [clip(stripTerminal(model.benchmark.name), COLUMN_NAME) || 'Benchmark'] : [];
}
