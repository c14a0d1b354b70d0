/** Whether the fit has taken out what it should: the law of what is left, and what is left of the clustering. */
import { laggedProduct } from '../../../kernels/stats/lagged-product.js';
import { sum } from '../../../kernels/stats/sum.js';
import { SPAN, tenth } from '../coordinates.js';
import { numberText, typeset } from '../format.js';
import { empty, panel } from '../panel.js';
import { placer, plotSvg } from '../plot.js';
import { ranksOf } from '../qq-model.js';
import { linearScale } from '../scale.js';
import { barsPath, dotsPath } from '../shapes.js';
import { residualQuantile } from './law.js';
import { legendHtml } from './legend.js';
import { lawName } from './names.js';
import type { SymbolFit } from './types.js';

const HEIGHT = 240;
const LAGS = 20;
/** Two-sided 95 % point of the normal distribution. */
const BAND = 1.959963984540054;

/** Autocorrelations of a series at lags 1 to `lags`; NaN where it never varies. */
export function autocorrelations(values: Float64Array, lags: number): Float64Array {
  const n = values.length;
  const mean = sum(values, 0, n) / n;
  const centred = values.map((value) => value - mean);
  const all = laggedProduct(centred, 0, n, 0);
  return Float64Array.from({ length: lags }, (_, i) =>
    all > 0 ? laggedProduct(centred, Math.min(n, i + 1), n, i + 1) / all : Number.NaN,
  );
}

/** Sorted residuals against the quantiles of the fitted law. */
export function residualsPanel(id: string, title: string, { fit }: SymbolFit): string {
  const frame = { id, title, half: true };
  const sorted = fit.stdResiduals.filter(Number.isFinite).sort();
  const n = sorted.length;
  if (n === 0 || sorted[0] === sorted[n - 1])
    return panel({
      ...frame,
      body: empty('The residuals never vary, so they have no quantiles to compare.'),
    });
  const quantile = residualQuantile(fit);
  const ranks = ranksOf(n);
  const across = Float64Array.from(ranks, (rank) => quantile((rank + 0.5) / n));
  const up = Float64Array.from(ranks, (rank) => sorted[rank]!);
  const side = Math.max(1, -across[0]!, across.at(-1)!) * 1.05;
  const place = (value: number): number => (value + side) / (2 * side);
  const scale = linearScale(Math.min(up[0]!, -side), Math.max(up.at(-1)!, side), 5);
  const step = side > 12 ? 5 : side > 5 ? 2 : 1;
  const most = Math.floor(side / step);
  const law = lawName(fit.dist);
  const spec = {
    id: `${id}-chart`,
    title: `Standardised residuals against the ${law} distribution`,
    description:
      `The lowest residual is ${typeset(numberText(up[0], 1))}, the highest ${numberText(up.at(-1), 1)}; ` +
      `the fitted law would have them at ${typeset(numberText(across[0], 1))} and ${numberText(across.at(-1), 1)}.`,
    height: HEIGHT,
    scale,
    tickText: (value: number) => typeset(numberText(value, scale.decimals(1))),
    base: 0,
    ticks: Array.from({ length: 2 * most + 1 }, (_, i) => (i - most) * step).map((tick) => ({
      position: place(tick),
      text: typeset(String(tick)),
    })),
  };
  const y = placer(spec);
  return panel({
    ...frame,
    sub: `Sorted standardised residuals up, quantiles of the fitted law (${law}) across. Where the law fits, they lie on the line.`,
    body: plotSvg(spec, {
      inner:
        `<path class="line normal" d="M0 ${tenth(y(-side))}L${SPAN} ${tenth(y(side))}"/>` +
        `<path class="dots strategy" d="${dotsPath(across.map(place), up.map(y))}"/>`,
    }),
  });
}

/** Autocorrelations of the squares, of the returns and of the residuals. */
export function clusteringPanel(id: string, title: string, { fit, returns }: SymbolFit): string {
  const frame = { id, title, half: true };
  const squares = (values: Float64Array): Float64Array =>
    values.filter(Number.isFinite).map((value) => value * value);
  const residuals = squares(fit.stdResiduals);
  const n = residuals.length;
  const lags = Math.min(LAGS, n - 1);
  const before = autocorrelations(squares(returns), lags);
  const after = autocorrelations(residuals, lags);
  if (lags < 1 || Number.isNaN(after[0]) || Number.isNaN(before[0]))
    return panel({ ...frame, body: empty('The residuals never vary, so nothing can hang together.') });
  const band = BAND / Math.sqrt(n);
  const beyond = after.filter((value) => Math.abs(value) > band).length;
  const all = [...before, ...after, band, -band];
  const scale = linearScale(Math.min(...all), Math.max(...all), 4);
  const spec = {
    id: `${id}-chart`,
    title: 'Autocorrelations of squared returns and of squared residuals',
    description:
      `At lag 1 ${typeset(numberText(before[0], 2))} of the returns and ${typeset(numberText(after[0], 2))} of the residuals; ` +
      `${beyond} of ${lags} of the residuals lie beyond ±${numberText(band, 3)}.`,
    height: HEIGHT,
    scale,
    tickText: (value: number) => typeset(numberText(value, scale.decimals(1))),
    base: 0,
    ticks: [1, 5, 10, 15, 20]
      .filter((lag) => lag <= lags)
      .map((lag) => ({ position: (lag - 0.5) / lags, text: String(lag) })),
  };
  const y = placer(spec);
  const zero = y(0);
  const bars = (role: string, values: Float64Array, from: number, width: number): string => {
    const lefts = values.map((_, i) => (i + from) / lags);
    return `<path class="fill ${role}" d="${barsPath(lefts, width / lags, values.map(y), zero)}"/>`;
  };
  return panel({
    ...frame,
    sub: `Autocorrelation of the squares by lag, before and after the fit; shaded: within it 95 % of those of independent numbers. ${beyond} of ${lags} after the fit lie outside.`,
    aside: legendHtml([
      ['squares block', 'Returns'],
      ['strategy', 'Residuals'],
    ]),
    body: plotSvg(spec, {
      under: `<rect class="band" x="0" y="${tenth(y(band))}" width="100%" height="${tenth(y(-band) - y(band))}"/>`,
      inner: bars('squares', before, 0.1, 0.8) + bars('strategy', after, 0.3, 0.4),
    }),
  });
}
