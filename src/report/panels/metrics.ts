/** Every figure of the result in one table, each with its formula as a tooltip. */
import { escapeHtml } from '../escape.js';
import { figureText, GROUPS } from '../figures.js';
import type { ReportModel } from '../model.js';
import { panel, table } from '../panel.js';

export function metricsPanel(model: ReportModel): string {
  const tables = GROUPS.map((group) => {
    const figures = model.figures.filter((figure) => figure.group === group.key);
    const { benchmark } = model;
    const compared = benchmark !== null && figures.some((figure) => figure.benchmark !== undefined);
    return table({
      label: group.title,
      words: true,
      columns: [
        { head: group.title },
        { head: 'Strategy' },
        ...(compared ? [{ head: benchmark.name, name: true }] : []),
      ],
      rows: figures.map((figure) => ({
        head: figure.label,
        title: figure.formula,
        cells: [
          figureText(figure.kind, figure.strategy),
          ...(compared ? [figureText(figure.kind, figure.benchmark)] : []),
        ],
      })),
    });
  });
  const half = Math.ceil(tables.length / 2);
  const { profile, periodsPerYear } = model.result.config;
  const named = profile === 'default' ? '' : ` Conventions of ${profile}.`;
  return panel({
    id: 'metrics',
    title: 'Figures',
    sub: `${periodsPerYear} periods a year.${named} Point at a name to see its formula; all formulas stand below.`,
    long: true,
    body: `<div class="columns"><div>${tables.slice(0, half).join('')}</div><div>${tables.slice(half).join('')}</div></div>${formulas(model)}`,
  });
}

/** The formulas for readers without a pointer: a list that opens with a key or a tap. */
function formulas(model: ReportModel): string {
  const rows = [...model.figures, ...model.relative].map(
    ({ label, formula }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(formula)}</dd>`,
  );
  return `<details class="formulas"><summary>Formulas</summary><dl>${rows.join('')}</dl></details>`;
}
