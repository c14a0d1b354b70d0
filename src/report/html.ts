/**
 * The report as one HTML file that needs nothing else: no font, no image, no address outside. Its one script adds
 * values under the pointer, zoom and downloads; without it the page is whole.
 * To add a panel, write a file in panels/ and name it in `PANELS`.
 */
import { reportModel } from './model.js';
import { pageData } from './page-data.js';
import { pageHtml } from './page-frame.js';
import { PAGE_STYLE, POLICY, scriptTags } from './page-tags.js';
import type { PanelWriter } from './panel.js';
import { attributionPanel } from './panels/attribution.js';
import { costsPanel } from './panels/costs.js';
import { drawdownPanel } from './panels/drawdown.js';
import { distributionPanel } from './panels/distribution.js';
import { drawdownsPanel } from './panels/drawdowns.js';
import { equityPanel } from './panels/equity.js';
import { exposurePanel } from './panels/exposure.js';
import { header } from './panels/header.js';
import { metricsPanel } from './panels/metrics.js';
import { monthlyPanel } from './panels/monthly.js';
import { provenancePanel } from './panels/provenance.js';
import { qqPanel } from './panels/qq.js';
import { quantilesPanel } from './panels/quantiles.js';
import { relativePanel } from './panels/relative.js';
import {
  rollingBetaPanel,
  rollingCorrelationPanel,
  rollingReturnPanel,
  rollingSharpePanel,
  rollingSortinoPanel,
  rollingVolatilityPanel,
} from './panels/rolling.js';
import { stopsPanel } from './panels/stops.js';
import { tradesPanel } from './panels/trades.js';
import { costDragPanel, turnoverPanel } from './panels/trading.js';
import { yearlyPanel } from './panels/yearly.js';
import { yearsPanel } from './panels/years.js';
import { STYLE } from './style.js';
import type { ReportInput } from './types.js';

/** The panels in the order of the page. */
const PANELS: readonly PanelWriter[] = [
  equityPanel,
  drawdownPanel,
  drawdownsPanel,
  metricsPanel,
  relativePanel,
  monthlyPanel,
  yearlyPanel,
  distributionPanel,
  qqPanel,
  quantilesPanel,
  rollingReturnPanel,
  rollingVolatilityPanel,
  rollingSharpePanel,
  rollingSortinoPanel,
  rollingBetaPanel,
  rollingCorrelationPanel,
  exposurePanel,
  attributionPanel,
  turnoverPanel,
  costDragPanel,
  yearsPanel,
  costsPanel,
  stopsPanel,
  tradesPanel,
  provenancePanel,
];

/**
 * The report page: equity, drawdown and the worst falls, all figures, the comparison with the benchmark, monthly and
 * yearly returns, their distribution and quantiles, rolling figures, weights, contributions, turnover, costs, stops, trades, provenance.
 * Light or dark as the reader prefers; prints on paper.
 *
 * input  a finished backtest and its context; all text in it is shown as text, whatever it contains
 *
 * Throws `ShapeError` when the length of the benchmark or the prices differs from the result's. The same input gives
 * the same bytes. Text and lines of 2,500 bars of 20 symbols take about 0.45 MB; what the script reads comes on top.
 */
export function reportHtml(input: ReportInput): string {
  const model = reportModel(input);
  return pageHtml({
    title: `${input.name} · backtest`,
    version: input.provenance.version,
    policy: POLICY,
    style: STYLE + PAGE_STYLE,
    header: header(model),
    panels: PANELS.map((write) => write(model)),
    tail: scriptTags(pageData(model, input)),
  });
}
