/** The comparison's figures as one CSV table. */
import { csvText } from '../escape.js';
import { compareModel } from './model.js';
import type { CompareInput } from './types.js';

/**
 * One row a figure, a column a run, lines ending with a newline:
 *
 * span    `common` (the dates that all runs have, the same conventions), `year` (a calendar year of it) or `own`
 *         (each run's whole span, as its document states it)
 * figure  the key that the JSON report uses: `cagr`, `maxDrawdown` and so on; the year; `name`, `from`, `to`
 * better  `higher`, `lower` or `neither`; empty where nothing is ranked
 * A … L   the values, plain: fractions for returns and drawdowns, amounts in currency units, no grouping, a dot
 *         before decimals; NaN is empty, infinities are `Infinity` and `-Infinity`
 *
 * The first rows hold names, files and dates. Text cells that a spreadsheet would read as a formula start with an
 * apostrophe. Throws as `compareText`.
 */
export function compareCsv(input: CompareInput): string {
  const model = compareModel(input);
  const { runs } = model;
  const lines: string[][] = [
    ['span', 'figure', 'better', ...runs.map((run) => run.letter)],
    ['own', 'name', '', ...runs.map((run) => csvText(run.name))],
    ['own', 'file', '', ...runs.map((run) => csvText(run.document.file))],
    ['own', 'from', '', ...runs.map((run) => csvText(run.from))],
    ['own', 'to', '', ...runs.map((run) => csvText(run.to))],
    ['common', 'from', '', ...runs.map(() => csvText(model.from))],
    ['common', 'to', '', ...runs.map(() => csvText(model.to))],
    ['common', 'periods', '', ...runs.map(() => String(model.span.periods))],
    ...model.rows.map((row) => ['common', row.key, row.better, ...row.values.map(number)]),
    ...model.years.map((row) => ['year', String(row.year), 'higher', ...row.values.map(number)]),
    ...runs[0]!.own.map(({ key, kind }, row) => [
      'own',
      key,
      '',
      ...runs.map((run) => number(run.own[row]!.strategy / (kind === 'money' ? 100 : 1))),
    ]),
  ];
  return `${lines.map((cells) => cells.join(',')).join('\n')}\n`;
}

function number(value: number): string {
  return Number.isNaN(value) ? '' : String(value === 0 ? 0 : value);
}
