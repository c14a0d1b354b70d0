/** Pieces that the panels of the page share: the frame with its heading, legends, tables. */
import { clip, escapeHtml, isolate } from './escape.js';
import { ABSENT, typeset } from './format.js';
import type { ReportModel } from './model.js';

/** Writes one panel of the page; an empty string where the result has nothing to show in it. */
export type PanelWriter = (model: ReportModel) => string;

export interface PanelFrame {
  /** Unique in the page; letters and hyphens. */
  readonly id: string;
  readonly title: string;
  /** One line under the title: unit, convention, what to look at. HTML. */
  readonly sub?: string;
  /** At the right of the title: legend or colour key. HTML. */
  readonly aside?: string;
  /** Takes half the width of a wide page. */
  readonly half?: boolean;
  /** May be broken across printed pages. */
  readonly long?: boolean;
  /** HTML. */
  readonly body: string;
}

/** A panel: a section named by its heading. */
export function panel(frame: PanelFrame): string {
  const classes = ['panel', frame.half ? 'half' : '', frame.long ? 'long' : ''].filter(Boolean).join(' ');
  return [
    `<section class="${classes}" id="${frame.id}" aria-labelledby="${frame.id}-heading">`,
    `<div class="head"><h2 id="${frame.id}-heading">${frame.title}</h2>${frame.aside ?? ''}</div>`,
    frame.sub ? `<p class="sub">${frame.sub}</p>` : '',
    frame.body,
    '</section>\n',
  ].join('');
}

/** Names of the lines of a chart, the benchmark only where there is one. */
export function legend(model: ReportModel): string {
  const items = [`<li class="strategy"><i></i>${isolate(clip(model.name, 60))}</li>`];
  if (model.benchmark) {
    items.push(`<li class="benchmark"><i></i>${isolate(clip(model.benchmark.name, 60))}</li>`);
  }
  return `<ul class="legend">${items.join('')}</ul>`;
}

/** Words in place of names, for panels too narrow for these; `extra` are further lines by class and label. */
export function shortLegend(
  model: ReportModel,
  extra: readonly (readonly [role: string, label: string])[] = [],
): string {
  const items = [
    ['strategy', 'Strategy'] as const,
    ...(model.benchmark ? [['benchmark', 'Benchmark'] as const] : []),
    ...extra,
  ];
  return `<ul class="legend">${items.map(([role, label]) => `<li class="${role}"><i></i>${escapeHtml(label)}</li>`).join('')}</ul>`;
}

interface TableColumn {
  /** Plain text; escaped here. */
  readonly head: string;
  /** A name from outside: may wrap. */
  readonly name?: boolean;
  readonly title?: string;
  /** Its cells are words, perhaps from outside: at the left, isolated and cut to 40 characters. */
  readonly words?: boolean;
}

interface TableRow {
  /** Plain text; escaped here. */
  readonly head: string;
  /** Tooltip of the heading. */
  readonly title?: string;
  /** Plain texts; escaped here. */
  readonly cells: readonly string[];
}

export interface TableSpec {
  /** What a screen reader says about the table. */
  readonly label: string;
  /** The first column holds the row headings. */
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly total?: TableRow;
  /** Row headings are words that may wrap, not dates or numbers. */
  readonly words?: boolean;
}

/** A table of numbers with headed rows and columns. It scrolls by itself where the page is narrow. */
export function table(spec: TableSpec): string {
  const head = spec.columns.map(
    (column) =>
      `<th scope="col"${column.name ? ' class="name"' : column.words ? ' class="text"' : ''}${titleOf(column.title)}>${isolateName(column)}</th>`,
  );
  const row = (cells: TableRow): string => rowHtml(cells, spec.columns);
  const foot = spec.total ? `<tfoot>${row(spec.total)}</tfoot>` : '';
  return (
    `<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(spec.label)}"><table${spec.words ? ' class="words"' : ''}>` +
    `<thead><tr>${head.join('')}</tr></thead><tbody>${spec.rows.map(row).join('')}</tbody>${foot}</table></div>`
  );
}

/** A line in place of a chart or table that cannot be made, with the reason. */
export function empty(reason: string): string {
  return `<p class="empty">${escapeHtml(reason)}</p>`;
}

/** A title attribute, or nothing. */
function titleOf(title: string | undefined): string {
  return title === undefined ? '' : ` title="${escapeHtml(title)}"`;
}

function isolateName(column: TableColumn): string {
  return column.name ? isolate(clip(column.head, 40)) : escapeHtml(column.head);
}

function rowHtml(row: TableRow, columns: readonly TableColumn[]): string {
  const cells = row.cells.map((cell, i) =>
    columns[i + 1]?.words
      ? `<td class="text">${isolate(clip(cell, 40))}</td>`
      : `<td>${cell === '' ? ABSENT : escapeHtml(typeset(cell))}</td>`,
  );
  return `<tr><th scope="row"${titleOf(row.title)}>${escapeHtml(row.head)}</th>${cells.join('')}</tr>`;
}
