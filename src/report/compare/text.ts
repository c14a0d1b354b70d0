/** The comparison as tables for a terminal. */
import { type Palette, palette } from '../color.js';
import { clip, stripTerminal } from '../escape.js';
import { figureText, GROUPS } from '../figures.js';
import { numberText, percentText } from '../format.js';
import { textTable } from '../table.js';
import type { TextOptions } from '../text.js';
import type { Better } from './figures.js';
import { type CompareModel, compareModel } from './model.js';
import { runColumns, type TextRow } from './text-columns.js';
import type { CompareInput } from './types.js';

const WIDTH_DEFAULT = 80;
const WIDTH_MIN = 40;
/** Characters of an option's value. */
const OPTION_WIDTH = 16;

const ARROWS: Readonly<Record<Better, string>> = { higher: ' ↑', lower: ' ↓', neither: '' };

/**
 * The comparison as text: the runs by letter, the figures of the common span with the best of each row marked,
 * yearly returns, worst drawdowns, correlations, the figures of each run's own span where that differs, and the
 * options that differ. More runs than fit into the width go into blocks below each other.
 *
 * input    two to twelve runs; terminal escapes in their texts are removed
 * options  `color` and `width` (default 80, at least 40; the table of drawdowns needs 72); nothing is read from the environment
 *
 * Throws `ValidationError` for another number of runs, `InsufficientDataError` where they have no period in common,
 * `ShapeError` for runs without dates that differ in length.
 */
export function compareText(input: CompareInput, options: TextOptions): string {
  const model = compareModel(input);
  const colors = palette(options.color);
  const width = Math.max(WIDTH_MIN, options.width ?? WIDTH_DEFAULT);
  const columns = (title: string, rows: readonly TextRow[]): string =>
    rows.length === 0 ? '' : runColumns(title, rows, model.runs, width, colors);
  const parts = [
    head(model, colors, width),
    columns('', figureRows(model)),
    colors.faint(' * best of its row · ↑ higher is better · ↓ lower is better'),
    columns('Yearly returns', yearRows(model)),
    drawdowns(model, colors, width),
    columns(correlationTitle(model), correlationRows(model)),
    model.ownDiffers ? columns('Own span', ownRows(model)) : '',
    columns('Options that differ', differenceRows(model)),
    model.notes.join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function head(model: CompareModel, colors: Palette, width: number): string {
  const periods = `${numberText(model.span.periods, 0)} period${model.span.periods === 1 ? '' : 's'}`;
  const runs = model.runs.map((run) => {
    const facts = `${run.from} to ${run.to} · ${stripTerminal(run.document.file)}`;
    const name = clip(stripTerminal(run.name), Math.max(12, width - facts.length - 6));
    return `${colors.strong(run.letter)}  ${name}  ${colors.faint(clip(facts, Math.max(12, width - name.length - 5)))}`;
  });
  return [
    colors.strong(colors.accent(clip(stripTerminal(model.title), width))),
    colors.faint(`${model.from} to ${model.to} · ${periods}`),
    '',
    ...runs,
  ].join('\n');
}

function figureRows(model: CompareModel): TextRow[] {
  return GROUPS.flatMap(({ key, title }): TextRow[] => {
    const rows = model.rows.filter((row) => row.group === key);
    if (rows.length === 0) return [];
    return [
      title,
      ...rows.map((row) => ({
        head: `  ${row.label}${ARROWS[row.better]}`,
        cells: row.texts.map((text, i) => ({ text, best: row.best[i]!, loss: row.values[i]! < 0 })),
      })),
    ];
  });
}

function yearRows(model: CompareModel): TextRow[] {
  return model.years.map(({ year, values, best }) => ({
    head: `  ${year}`,
    cells: values.map((value, i) => ({ text: percentText(value), best: best[i]!, loss: value < 0 })),
  }));
}

function drawdowns(model: CompareModel, colors: Palette, width: number): string {
  const unit = model.span.points === null ? 'Bars' : 'Days';
  const nameWidth = Math.max(8, Math.min(24, width - 56));
  const rows = model.runs.map(({ letter, name, worst }) => {
    const title = clip(`  ${letter} ${stripTerminal(name)}`, nameWidth);
    return worst === null
      ? [title, 'none', '', '', '', '']
      : [
          title,
          percentText(worst.depth),
          worst.peak,
          worst.trough,
          worst.recovered ?? 'not yet',
          numberText(worst.length, 0),
        ];
  });
  return textTable(['Worst drawdown', 'Depth', 'Peak', 'Trough', 'Recovered', unit], rows, colors);
}

function correlationTitle({ correlation: { unit, periods } }: CompareModel): string {
  return `Correlation, ${periods} ${unit}${periods === 1 ? '' : 's'}`;
}

function correlationRows(model: CompareModel): TextRow[] {
  return model.correlation.matrix.map((row, i) => ({
    head: clip(`  ${model.runs[i]!.letter} ${stripTerminal(model.runs[i]!.name)}`, 24),
    cells: row.map((value) => ({ text: numberText(value) })),
  }));
}

function ownRows(model: CompareModel): TextRow[] {
  const first = model.runs[0]!.own;
  return [
    { head: '  From', cells: model.runs.map(({ from }) => ({ text: from })) },
    { head: '  To', cells: model.runs.map(({ to }) => ({ text: to })) },
    { head: '  Bars', cells: model.runs.map(({ document }) => ({ text: numberText(document.bars, 0) })) },
    ...first.map(({ label, kind }, row) => ({
      head: `  ${label}`,
      cells: model.runs.map(({ own }) => ({
        text: figureText(kind, own[row]!.strategy),
        loss: own[row]!.strategy < 0,
      })),
    })),
  ];
}

function differenceRows(model: CompareModel): TextRow[] {
  return model.differences.map(({ option, texts }) => ({
    head: `  ${clip(stripTerminal(option), 28)}`,
    cells: texts.map((text) => ({ text: clip(stripTerminal(text), OPTION_WIDTH) })),
  }));
}
