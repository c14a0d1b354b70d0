/** How the returns of single bars are spread, beside the normal curve of the same mean and deviation. */
import { percentOf, SPAN } from '../coordinates.js';
import { type DistributionModel, distributionModel } from '../distribution-model.js';
import { numberText, percentText, typeset } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel, shortLegend } from '../panel.js';
import { placer, plotSvg } from '../plot.js';
import { linearScale, linePath, tightScale } from '../scale.js';
import { barsPath, stepsPath } from '../shapes.js';

const HEIGHT = 240;

export function distributionPanel(model: ReportModel): string {
  const spread = distributionModel(model.result, model.benchmark);
  const frame = { id: 'distribution', title: 'Distribution', half: true };
  if (spread === null) {
    return panel({ ...frame, body: empty('The returns never vary, so they have no distribution.') });
  }
  const width = typeset(percentText(spread.width, decimalsOf(spread.width)));
  const open = spread.below + spread.above > 0 ? ', the outermost open' : '';
  return panel({
    ...frame,
    sub:
      `${numberText(spread.count, 0)} returns of one bar in bins of ${width} (Freedman–Diaconis, rounded)${open}. ` +
      `Dotted: VaR 95%, ${typeset(percentText(spread.var95))}. Dashed: CVaR 95%, ${typeset(percentText(spread.cvar95))}.`,
    aside: shortLegend(model, [['normal', 'Normal']]),
    body: chart(spread),
  });
}

function chart(spread: DistributionModel): string {
  const { shares, benchmarkShares, curveX, curveY } = spread;
  const bins = shares.length;
  const right = spread.low + bins * spread.width;
  const place = (value: number): number => (value - spread.low) / (right - spread.low);
  let tallest = 0;
  for (const values of [shares, benchmarkShares ?? [], curveY]) {
    for (const value of values) if (value > tallest) tallest = value;
  }
  const scale = linearScale(0, tallest, 4);
  const spec = {
    id: 'distribution-chart',
    title: 'Histogram of the bar returns',
    description:
      `Mean ${percentText(spread.mean, 3)}, standard deviation ${percentText(spread.deviation)}. ` +
      `Value at risk 95% ${percentText(spread.var95)}, mean of the worst 5% ${percentText(spread.cvar95)}.`,
    height: HEIGHT,
    scale,
    tickText: (value: number) => percentText(value, scale.decimals(0.01)),
    base: 0,
    ticks: ticksOf(spread.low, right, place),
  };
  const y = placer(spec);
  const tops = shares.map(y);
  const lefts = Float64Array.from({ length: bins }, (_, i) => (i + 0.06) / bins);
  const outline = benchmarkShares
    ? `<path class="line benchmark" d="${stepsPath(1 / bins, benchmarkShares.map(y), HEIGHT)}"/>`
    : '';
  return plotSvg(spec, {
    inner:
      `<path class="fill strategy" d="${barsPath(lefts, 0.88 / bins, tops, HEIGHT)}"/>${outline}` +
      `<path class="line normal" d="${linePath(
        curveX.map((x) => place(x) * SPAN),
        curveY.map(y),
      )}"/>`,
    over: level('var', place(spread.var95)) + level('cvar', place(spread.cvar95)),
  });
}

/** An upright line; one beyond the axis stands at its end. */
function level(role: string, position: number): string {
  const x = percentOf(Math.max(0, Math.min(1, position)));
  return `<line class="mark ${role}" x1="${x}" x2="${x}" y1="0" y2="${HEIGHT}"/>`;
}

function ticksOf(
  low: number,
  high: number,
  place: (value: number) => number,
): { position: number; text: string }[] {
  const scale = tightScale(low, high, 5);
  return scale.ticks.map((tick) => ({
    position: place(tick),
    text: typeset(percentText(tick, scale.decimals(0.01))),
  }));
}

/** Decimals that a bin width of 1, 2 or 5 times a power of ten needs as a percentage. */
function decimalsOf(width: number): number {
  let decimals = 0;
  for (let unit = 0.01; unit > width * 1.000001 && decimals < 12; unit /= 10) decimals++;
  return decimals;
}
