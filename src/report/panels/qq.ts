/** Returns against a normal distribution, quantile by quantile: where the tails are fatter, the points leave the line. */
import { tenth } from '../coordinates.js';
import { measured } from '../distribution-model.js';
import { numberText, typeset } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel, shortLegend } from '../panel.js';
import { placer, plotSvg } from '../plot.js';
import { type QuantilePairs, quantilePairs } from '../qq-model.js';
import { linearScale } from '../scale.js';
import { dotsPath } from '../shapes.js';

export function qqPanel(model: ReportModel): string {
  const { result, benchmark } = model;
  const own = quantilePairs(measured(result, result.returns));
  const other = benchmark && quantilePairs(measured(result, benchmark.returns));
  const frame = { id: 'qq', title: 'Returns against normal', half: true };
  if (own === null) {
    return panel({ ...frame, body: empty('The returns never vary, so they have no quantiles to compare.') });
  }
  return panel({
    ...frame,
    sub: 'Sorted returns up, quantiles of a normal distribution across, both in standard deviations from the mean. Normal returns lie on the line.',
    aside: shortLegend(model),
    body: chart(own, other),
  });
}

function chart(own: QuantilePairs, other: QuantilePairs | null): string {
  const all = other ? [own, other] : [own];
  const ends = (of: (pairs: QuantilePairs) => Float64Array): [number, number] => {
    const values = all.map(of);
    return [
      values.reduce((low, v) => Math.min(low, v[0]!), Infinity),
      values.reduce((high, v) => Math.max(high, v[v.length - 1]!), -Infinity),
    ];
  };
  const across = ends((pairs) => pairs.normal);
  const up = ends((pairs) => pairs.returns);
  const side = Math.max(across[1], -across[0], 1) * 1.05;
  const place = (value: number): number => (value + side) / (2 * side);
  const scale = linearScale(Math.min(up[0], -side), Math.max(up[1], side), 5);
  const lowest = typeset(numberText(own.returns[0], 1));
  const highest = numberText(own.returns[own.returns.length - 1], 1);
  const expected = numberText(Math.abs(own.normal[0]!), 1);
  const spec = {
    id: 'qq-chart',
    title: 'Quantiles of the returns against those of a normal distribution',
    description:
      `The lowest return is ${lowest} standard deviations from the mean, the highest ${highest}; ` +
      `a normal distribution would have them about ${expected} away.`,
    height: 240,
    scale,
    tickText: (value: number) => typeset(numberText(value, scale.decimals(1))),
    base: 0,
    ticks: [-4, -3, -2, -1, 0, 1, 2, 3, 4]
      .filter((tick) => Math.abs(tick) <= side)
      .map((tick) => ({ position: place(tick), text: typeset(String(tick)) })),
  };
  const y = placer(spec);
  const dots = (role: string, pairs: QuantilePairs): string =>
    `<path class="dots ${role}" d="${dotsPath(pairs.normal.map(place), pairs.returns.map(y))}"/>`;
  return plotSvg(spec, {
    inner:
      `<path class="line normal" d="M0 ${tenth(y(-side))}L1000 ${tenth(y(side))}"/>` +
      (other ? dots('benchmark', other) : '') +
      dots('strategy', own),
  });
}
