/** Tables with a column a run, broken into blocks where the terminal is too narrow for all runs at once. */
import type { Palette } from '../color.js';
import { clip, stripTerminal } from '../escape.js';
import { textTable } from '../table.js';
import type { ComparedRun } from './model.js';

/** Stands behind the best value of a row. */
const MARK = '*';
/** Characters of a run's name over its column: fewest, and most where there is room. */
const NAME_MIN = 7;
const NAME_MAX = 22;
/** Blanks between columns. */
const GAP = 2;

export interface TextCell {
  readonly text: string;
  readonly best?: boolean;
  /** Below zero: a loss. */
  readonly loss?: boolean;
}

/** A row of one string is a heading. */
export type TextRow =
  | string
  | {
      readonly head: string;
      /** One a run. */
      readonly cells: readonly TextCell[];
    };

/**
 * The table as text: as many runs side by side as fit into `width`, the rest below, in blocks of nearly the same
 * size. A column is as wide as its values and as much of the run's name as there is room for.
 */
export function runColumns(
  title: string,
  rows: readonly TextRow[],
  runs: readonly ComparedRun[],
  width: number,
  colors: Palette,
): string {
  const marked = rows.some((row) => typeof row !== 'string' && row.cells.some((cell) => cell.best));
  const heads = rows.map((row) => (typeof row === 'string' ? row.length : row.head.length));
  const labelWidth = Math.max(title.length, ...heads);
  const valueWidth = Math.max(
    NAME_MIN,
    ...rows.flatMap((row) =>
      typeof row === 'string' ? [] : row.cells.map((cell) => cell.text.length + (marked ? 1 : 0)),
    ),
  );
  const room = width - 1 - labelWidth;
  const fitting = Math.max(1, Math.floor(room / (valueWidth + GAP)));
  const blocks = Math.ceil(runs.length / fitting);
  const perBlock = Math.ceil(runs.length / blocks);
  const nameWidth = Math.min(NAME_MAX, Math.max(valueWidth, Math.floor(room / perBlock) - GAP));
  return Array.from({ length: blocks }, (_, block) => {
    const from = block * perBlock;
    const shown = runs.slice(from, from + perBlock);
    return textTable(
      [title, ...shown.map((run) => columnName(run, nameWidth))],
      rows.map((row) =>
        typeof row === 'string'
          ? [row]
          : [
              row.head,
              ...row.cells.slice(from, from + perBlock).map((cell) => cellText(cell, marked, colors)),
            ],
      ),
      colors,
    );
  }).join('\n\n');
}

/** Letter and as much of the name as fits. */
function columnName(run: ComparedRun, width: number): string {
  return clip(`${run.letter} ${stripTerminal(run.name)}`, width);
}

function cellText(cell: TextCell, marked: boolean, colors: Palette): string {
  const text = cell.text + (marked ? (cell.best ? MARK : ' ') : '');
  if (cell.best) return colors.strong(colors.accent(text));
  return cell.loss ? colors.loss(text) : text;
}
