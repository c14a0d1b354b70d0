/** Tables of the comparison page: figures, years, correlations, worst drawdowns, own spans, options that differ. */
import { clip, escapeHtml, isolate } from '../escape.js';
import { figureText, GROUPS } from '../figures.js';
import { numberText, percentText, typeset } from '../format.js';
import { empty, panel, table } from '../panel.js';
import type { Better } from './figures.js';
import { type RunRow, runTable, swatch } from './html-parts.js';
import type { CompareModel } from './model.js';

const BETTER: Readonly<Record<Better, string | undefined>> = {
  higher: '<abbr title="higher is better">↑</abbr>',
  lower: '<abbr title="lower is better">↓</abbr>',
  neither: undefined,
};

export function figuresPanel(model: CompareModel): string {
  const groups = GROUPS.map(({ key, title }) => ({
    title,
    rows: model.rows
      .filter((row) => row.group === key)
      .map((row): RunRow => {
        const better = BETTER[row.better];
        return {
          head: row.label,
          title: row.formula,
          ...(better === undefined ? {} : { better }),
          cells: row.texts.map((text, i) => ({ text, best: row.best[i]! })),
        };
      }),
  })).filter(({ rows }) => rows.length > 0);
  const { periodsPerYear, profile } = model.conventions;
  const named = profile === 'default' ? '' : ` Conventions of ${profile}.`;
  return panel({
    id: 'figures',
    title: 'Figures',
    sub: `Over the common span. ${numberText(periodsPerYear, Number.isInteger(periodsPerYear) ? 0 : 2)} periods a year.${named} Bold and underlined: the best of the row, ↑ the highest, ↓ the lowest. Point at a name to see its formula.`,
    long: true,
    body: runTable({ label: 'Figures of every run', corner: '', groups }, model.runs),
  });
}

export function yearsPanel(model: CompareModel): string {
  const rows = model.years.map(({ year, values, best }) => ({
    head: String(year),
    cells: values.map((value, i) => ({ text: percentText(value), best: best[i]! })),
  }));
  return panel({
    id: 'years',
    title: 'Yearly returns',
    sub: 'Compounded within the calendar year and the common span; the first and the last year may be partial.',
    long: rows.length > 30,
    body:
      rows.length === 0
        ? empty('The runs have no dates, so they have no years.')
        : runTable({ label: 'Yearly returns', corner: 'Year', groups: [{ rows }] }, model.runs),
  });
}

export function correlationPanel(model: CompareModel): string {
  const { unit, periods, matrix } = model.correlation;
  const rows = matrix.map((row, i) => {
    const run = model.runs[i]!;
    const cells = row.map((value) =>
      Number.isNaN(value)
        ? `<td class="z">${numberText(value)}</td>`
        : `<td class="${colourClass(value)}">${escapeHtml(typeset(numberText(value)))}</td>`,
    );
    return `<tr><th scope="row">${swatch(i, run.letter)} ${isolate(clip(run.name, 40))}</th>${cells.join('')}</tr>`;
  });
  const what = unit === 'month' ? 'calendar months, the first and the last may be partial' : 'single bars';
  return panel({
    id: 'correlation',
    title: 'Correlation of returns',
    sub: `Pearson’s correlation over ${numberText(periods, 0)} ${what}. From −1 (opposite) over 0 to 1 (the same).`,
    body:
      '<div class="scroll" role="region" tabindex="0" aria-label="Correlation of the returns of each two runs">' +
      `<table class="heat matrix"><thead><tr><th scope="col"></th>${model.runs.map((run, i) => `<th scope="col">${swatch(i, run.letter)}</th>`).join('')}</tr></thead>` +
      `<tbody>${rows.join('')}</tbody></table></div>`,
  });
}

/** Five steps each side of zero; what prints as 0.00 is neutral. */
function colourClass(value: number): string {
  if (Math.abs(value) < 0.005) return 'z';
  return `${value < 0 ? 'n' : 'p'}${Math.min(5, Math.ceil(Math.abs(value) * 5))}`;
}

export function worstPanel(model: CompareModel): string {
  const unit = model.span.points === null ? 'bars' : 'days';
  return panel({
    id: 'worst',
    title: 'Worst drawdown of each run',
    sub: `Within the common span. Length from the peak to the day the value was back at it, in ${unit === 'days' ? 'calendar days' : 'bars'}.`,
    body: table({
      label: 'Worst drawdown of each run',
      words: true,
      columns: [
        { head: 'Run' },
        { head: 'Depth' },
        { head: 'Peak' },
        { head: 'Trough' },
        { head: 'Recovered' },
        { head: `Length, ${unit}` },
      ],
      rows: model.runs.map(({ letter, name, worst }) => ({
        head: `${letter} ${clip(name, 60)}`,
        cells:
          worst === null
            ? ['none', '', '', '', '']
            : [
                percentText(worst.depth),
                worst.peak,
                worst.trough,
                worst.recovered ?? 'not yet',
                numberText(worst.length, 0),
              ],
      })),
    }),
  });
}

/** Nothing where every run's own figures are those of the common span. */
export function ownPanel(model: CompareModel): string {
  if (!model.ownDiffers) return '';
  const first = model.runs[0]!.own;
  const rows = first.map(({ label, kind, formula }, row) => ({
    head: label,
    title: formula,
    cells: model.runs.map(({ own }) => ({ text: figureText(kind, own[row]!.strategy) })),
  }));
  const facts = [
    { head: 'From', cells: model.runs.map(({ from }) => ({ text: from })) },
    { head: 'To', cells: model.runs.map(({ to }) => ({ text: to })) },
    { head: 'Bars', cells: model.runs.map(({ document }) => ({ text: numberText(document.bars, 0) })) },
  ];
  return panel({
    id: 'own',
    title: 'Each run over its own span',
    sub: 'As its own report states them, by its own conventions: not like with like, so nothing is marked.',
    long: true,
    body: runTable(
      {
        label: 'Figures of every run over its own span',
        corner: '',
        groups: [{ rows: [...facts, ...rows] }],
      },
      model.runs,
    ),
  });
}

export function differencesPanel(model: CompareModel): string {
  const rows = model.differences.map(({ option, texts }) => ({
    head: clip(option, 60),
    cells: texts.map((text) => ({ text: clip(text, 120) })),
  }));
  return panel({
    id: 'differences',
    title: 'Options that differ',
    sub: 'All other options are the same. Which targets a run followed is told by its command, below.',
    long: true,
    body:
      rows.length === 0
        ? empty('The runs have the same options, symbols, prices and weights.')
        : runTable(
            { label: 'Options that differ', corner: 'Option', groups: [{ rows }], words: true },
            model.runs,
          ),
  });
}

/** The runs themselves: name, dates, file. */
export function runsTable(model: CompareModel): string {
  const rows = model.runs.map((run, i) => {
    const { document } = run;
    const cells = [run.from, run.to, numberText(document.bars, 0)].map(
      (text) => `<td>${escapeHtml(text)}</td>`,
    );
    return `<tr><th scope="row">${swatch(i, run.letter)}</th><td class="name">${isolate(clip(run.name, 200))}</td>${cells.join('')}<td class="name">${isolate(clip(document.file, 120))}</td></tr>`;
  });
  const head = ['Run', 'Name', 'From', 'To', 'Bars', 'File']
    .map((text) => `<th scope="col"${text === 'Name' || text === 'File' ? ' class="left"' : ''}>${text}</th>`)
    .join('');
  return `<div class="scroll" role="region" tabindex="0" aria-label="The runs"><table class="runs"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
