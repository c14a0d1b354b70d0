/** What the account held: weights of the largest symbols stacked over time, cash, and gross exposure. */
import { SPAN } from '../coordinates.js';
import { clip, escapeHtml, isolate } from '../escape.js';
import { type ExposureLayer, type ExposureModel, exposureModel } from '../exposure-model.js';
import { numberText, percentText, typeset } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel } from '../panel.js';
import { placer, plotSvg } from '../plot.js';
import { areaPath, linearScale, linePath } from '../scale.js';

export function exposurePanel(model: ReportModel): string {
  const exposure = exposureModel(model.result);
  const frame = { id: 'exposure', title: 'Weights and exposure' };
  if (exposure === null) {
    return panel({
      ...frame,
      body: empty('The result keeps no weights: the backtest was run with its panels left out.'),
    });
  }
  const { meanGross, maxGross, meanNet } = exposure;
  const drawn =
    exposure.bars.length < model.bars
      ? ` Drawn at ${exposure.bars.length} of ${numberText(model.bars, 0)} bars.`
      : '';
  const sub =
    `Weights after each bar's trades; cash is what they leave of 100%. Gross exposure ${percentText(meanGross, 1)} on ` +
    `average, ${percentText(maxGross, 1)} at most; net ${typeset(percentText(meanNet, 1))}.${drawn}`;
  return panel({ ...frame, sub, body: chart(model, exposure) + legend(exposure.layers) });
}

function chart(model: ReportModel, exposure: ExposureModel): string {
  const { bars, layers, gross } = exposure;
  const stacks = { long: stack(layers, 'long'), short: stack(layers, 'short') };
  const top = fourDigits(Math.max(highest(stacks.long[stacks.long.length - 1]!, 1), highest(gross, 1)));
  const bottom = -fourDigits(highest(stacks.short[stacks.short.length - 1]!.map(Math.abs), 0));
  const scale = linearScale(bottom, top, 5);
  const spec = {
    id: 'exposure-chart',
    title: 'Weights over time',
    description: layers.map(({ label, size }) => `${label} ${percentText(size, 1)} on average`).join(', '),
    height: 260,
    scale,
    tickText: (value: number) => typeset(percentText(value, scale.decimals(0.01))),
    base: 0,
    ticks: model.time.ticks,
  };
  const y = placer(spec);
  const x = Float64Array.from(bars, (bar) => model.time.position[bar + 1]! * SPAN);
  // The widest stack first: each narrower one is painted over it, so every edge is written once.
  const areas = [stacks.long, stacks.short].flatMap((side) =>
    side
      .map((edge, i) =>
        edge.some((value) => value !== 0)
          ? `<path class="layer ${roleOf(layers[i]!, i)}" d="${areaPath(x, edge.map(y), y(0))}"/>`
          : '',
      )
      .reverse(),
  );
  return plotSvg(spec, {
    inner: `${areas.join('')}<path class="line gross" d="${linePath(x, gross.map(y))}"/>`,
  });
}

/** Running sums of the layers of one side, one curve a layer. */
function stack(layers: readonly ExposureLayer[], side: 'long' | 'short'): Float64Array[] {
  let below = new Float64Array(layers[0]![side].length);
  return layers.map((layer) => {
    below = below.map((value, i) => value + layer[side][i]!);
    return below;
  });
}

function highest(values: Float64Array, least: number): number {
  return values.reduce((a, b) => Math.max(a, b), least);
}

/** To a hundredth of a percent: rounding alone opens no further step of the axis. */
function fourDigits(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function roleOf(layer: ExposureLayer, index: number): string {
  return layer.kind === 'symbol' ? `layer-${index + 1}` : layer.kind;
}

function legend(layers: readonly ExposureLayer[]): string {
  const items = layers.map(
    (layer, i) =>
      `<li><b class="${roleOf(layer, i)}"></b>${layer.kind === 'symbol' ? isolate(clip(layer.label, 24)) : escapeHtml(layer.label)} ` +
      `<span>${escapeHtml(percentText(layer.size, 1))}</span></li>`,
  );
  items.push('<li class="gross"><i></i>gross exposure</li>');
  return `<ul class="legend swatches" aria-label="Layers with their mean weight, from the bottom">${items.join('')}</ul>`;
}
