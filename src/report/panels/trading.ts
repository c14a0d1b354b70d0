/** How much was traded at each rebalance, and what costs have taken since the start. */
import { chartSvg } from '../chart.js';
import { moneyText, numberText, percentText } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel } from '../panel.js';
import { placer, plotSvg } from '../plot.js';
import { linearScale } from '../scale.js';
import { stemsPath } from '../shapes.js';
import { tradingModel } from '../trading-model.js';

const HEIGHT = 190;
const COLUMNS = 360;

export function turnoverPanel(model: ReportModel): string {
  const frame = { id: 'turnover', title: 'Turnover', half: true };
  const { bars, turnover, meanTurnover, maxTurnover } = tradingModel(model.result);
  if (bars.length === 0) return panel({ ...frame, body: empty('Nothing was traded.') });
  const top = axisTop(turnover, maxTurnover);
  const beyond = turnover.filter((value) => value > top).length;
  const scale = linearScale(0, top, 4);
  const mean = percentText(meanTurnover, 1);
  const most = percentText(maxTurnover, 1);
  const spec = {
    id: 'turnover-chart',
    title: 'Turnover at each rebalance',
    description: `${bars.length} bars with trades, ${mean} of the equity on average, ${most} at most.`,
    height: HEIGHT,
    scale,
    tickText: (value: number) => percentText(value, scale.decimals(0.01)),
    base: 0,
    ticks: model.narrowTime.ticks,
  };
  const y = placer(spec);
  const x = Float64Array.from(bars, (bar) => model.narrowTime.position[bar + 1]!);
  return panel({
    ...frame,
    sub: `Traded value, buys and sells, as a share of the equity: ${numberText(bars.length, 0)} rebalances, ${mean} on average.${beyondText(beyond, most)}`,
    body: plotSvg(spec, {
      inner: `<path class="stems" d="${stemsPath(x, turnover.map(y), HEIGHT, COLUMNS)}"/>`,
    }),
  });
}

/** Where the axis ends: the purchase of everything at the start must not flatten the rest. */
function axisTop(turnover: Float64Array, highest: number): number {
  const sorted = turnover.slice().sort();
  const usual = sorted[Math.ceil(sorted.length * 0.98) - 2] ?? 0;
  if (!(usual > 0 && highest > 3 * usual)) return highest;
  return sorted.findLast((value) => value <= 3 * usual)!;
}

function beyondText(count: number, most: string): string {
  if (count === 0) return '';
  return count === 1
    ? ` The highest, ${most}, goes beyond the axis.`
    : ` ${count} go beyond the axis, the highest ${most}.`;
}

export function costDragPanel(model: ReportModel): string {
  const frame = { id: 'cost-drag', title: 'Cost drag', half: true };
  const { drag, paid } = tradingModel(model.result);
  const last = drag[model.bars]!;
  if (paid[model.bars] === 0) return panel({ ...frame, body: empty('Nothing was paid for trading.') });
  const scale = linearScale(0, last, 4);
  const decimals = scale.decimals(0.01);
  const label = percentText(last, Math.max(2, decimals));
  const total = `${moneyText(model.costs.costCents)} (${percentText(paid[model.bars], 2)} of the initial cash)`;
  return panel({
    ...frame,
    sub: `Share of the equity that costs have taken so far; ${total} were paid.`,
    body: chartSvg({
      id: 'cost-drag-chart',
      title: 'Cost drag over time',
      description: `Rises from 0 to ${label} of the equity.`,
      height: HEIGHT,
      columns: COLUMNS,
      time: model.narrowTime,
      scale,
      tickText: (value) => percentText(value, decimals),
      base: 0,
      series: [{ role: 'strategy', kind: 'area', values: drag, endLabel: label }],
    }),
  });
}
