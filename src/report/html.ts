/**
 * The report as one HTML file that needs nothing else: no script, no font, no image, no address outside.
 * To add a panel, write a file in panels/ and name it in `PANELS`.
 */
import { escapeHtml } from './escape.js';
import { reportModel } from './model.js';
import type { PanelWriter } from './panel.js';
import { costsPanel } from './panels/costs.js';
import { drawdownPanel } from './panels/drawdown.js';
import { drawdownsPanel } from './panels/drawdowns.js';
import { equityPanel } from './panels/equity.js';
import { header } from './panels/header.js';
import { metricsPanel } from './panels/metrics.js';
import { monthlyPanel } from './panels/monthly.js';
import { provenancePanel } from './panels/provenance.js';
import { relativePanel } from './panels/relative.js';
import { rollingSharpePanel, rollingVolatilityPanel } from './panels/rolling.js';
import { yearlyPanel } from './panels/yearly.js';
import { STYLE } from './style.js';
import type { ReportInput } from './types.js';

/** The panels in the order of the page. */
const PANELS: readonly PanelWriter[] = [
  equityPanel,
  drawdownPanel,
  monthlyPanel,
  yearlyPanel,
  relativePanel,
  rollingVolatilityPanel,
  rollingSharpePanel,
  metricsPanel,
  drawdownsPanel,
  costsPanel,
  provenancePanel,
];

/** Nothing may be loaded or run; styles are the page's own and the empty icon is a data address. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report page: equity and drawdown, monthly and yearly returns, the comparison with the benchmark, rolling
 * figures, all figures, worst drawdowns, costs, provenance. Light or dark as the reader prefers; prints on paper.
 *
 * input  a finished backtest and its context; all text in it is shown as text, whatever it contains
 *
 * Throws `ShapeError` when the benchmark's length differs from the result's. The same input gives the same bytes.
 * Text and lines of 2,500 bars take about 0.2 MB and a few tens of milliseconds.
 */
export function reportHtml(input: ReportInput): string {
  const model = reportModel(input);
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="referrer" content="no-referrer">\n',
    `<meta name="generator" content="nb-backtest ${escapeHtml(input.provenance.version)}">\n`,
    '<meta name="color-scheme" content="light dark">\n',
    '<link rel="icon" href="data:,">\n',
    `<title>${escapeHtml(input.name)} · backtest</title>\n`,
    `<style>${STYLE}</style>\n</head>\n<body>\n<div class="page">\n`,
    header(model),
    '<main class="panels">\n',
    ...PANELS.map((write) => write(model)),
    '</main>\n</div>\n</body>\n</html>\n',
  ].join('');
}
