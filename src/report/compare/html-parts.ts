/** Pieces of the comparison page: keys of the runs, and tables with a column a run. */
import { clip, escapeHtml, isolate } from '../escape.js';
import { ABSENT, typeset } from '../format.js';
import type { ComparedRun } from './model.js';
import { runClass } from './style.js';

/** With more runs, heads and the second legend show letters alone. */
const MANY = 6;
const NAME_LENGTH = 60;

/** A short line in the run's colour and pattern, and its letter. */
export function swatch(index: number, letter: string): string {
  const name = runClass(index);
  return (
    `<svg class="swatch ${name}" viewBox="0 0 26 8" aria-hidden="true"><path class="line ${name}" d="M1 4H25"/></svg>` +
    ` <b class="letter ${name}">${letter}</b>`
  );
}

/** The runs' names beside their lines; with `short` and many runs their letters. */
export function runLegend(runs: readonly ComparedRun[], short = false): string {
  const items = runs.map((run, i) => {
    const name =
      short && runs.length > MANY ? '' : `<span class="name">${isolate(clip(run.name, NAME_LENGTH))}</span>`;
    return `<li>${swatch(i, run.letter)}${name}</li>`;
  });
  return `<ul class="legend">${items.join('')}</ul>`;
}

/** Head of a run's column. */
function runHead(run: ComparedRun, index: number): string {
  return (
    `<th scope="col" class="run" title="${escapeHtml(clip(run.name, 200))}">${swatch(index, run.letter)}` +
    `<span class="name">${isolate(clip(run.name, 40))}</span></th>`
  );
}

export interface RunCell {
  /** Plain text; escaped here. Empty is an en dash. */
  readonly text: string;
  readonly best?: boolean;
}

export interface RunRow {
  /** Plain text; escaped here. */
  readonly head: string;
  /** Behind the heading: which value is better. */
  readonly better?: string;
  /** Tooltip of the heading. */
  readonly title?: string;
  /** One a run. */
  readonly cells: readonly RunCell[];
}

/** Rows under a heading of their own; without a heading where there is one group only. */
export interface RunGroup {
  readonly title?: string;
  readonly rows: readonly RunRow[];
}

export interface RunTable {
  /** What a screen reader says about the table. */
  readonly label: string;
  /** Head of the first column. */
  readonly corner: string;
  readonly groups: readonly RunGroup[];
  /** Cells are words, which may wrap. */
  readonly words?: boolean;
}

/** A table with a row a figure and a column a run. It scrolls by itself; the row headings stay in view. */
export function runTable(spec: RunTable, runs: readonly ComparedRun[]): string {
  const head = `<tr><th scope="col">${escapeHtml(spec.corner)}</th>${runs.map(runHead).join('')}</tr>`;
  const body = spec.groups.map(({ title, rows }) => {
    const heading =
      title === undefined
        ? ''
        : `<tr><th scope="rowgroup" class="group" colspan="${runs.length + 1}">${escapeHtml(title)}</th></tr>`;
    return heading + rows.map((row) => rowHtml(row, spec.words === true)).join('');
  });
  return (
    `<div class="scroll side${runs.length > MANY ? ' many' : ''}" role="region" tabindex="0" aria-label="${escapeHtml(spec.label)}">` +
    `<table><thead>${head}</thead><tbody>${body.join('')}</tbody></table></div>`
  );
}

function rowHtml(row: RunRow, words: boolean): string {
  const title = row.title === undefined ? '' : ` title="${escapeHtml(row.title)}"`;
  const better = row.better === undefined ? '' : `&nbsp;<span class="better">${row.better}</span>`;
  const cells = row.cells.map(({ text, best }) => {
    const shown = text === '' ? ABSENT : escapeHtml(typeset(text));
    const cell = best ? `<span class="best">${shown}<span class="said">, best</span></span>` : shown;
    return words ? `<td class="text">${cell}</td>` : `<td>${cell}</td>`;
  });
  return `<tr><th scope="row"${title}>${escapeHtml(row.head)}${better}</th>${cells.join('')}</tr>`;
}
