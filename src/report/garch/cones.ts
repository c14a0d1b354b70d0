/** The forecast beside what came before: volatility of the coming bars, and the cone of prices. */
import type { AxisTick } from '../axes.js';
import { percentOf, SPAN, tenth } from '../coordinates.js';
import { escapeHtml } from '../escape.js';
import { numberText, percentText, typeset } from '../format.js';
import { panel } from '../panel.js';
import { placer, plotSvg, type PlotSpec } from '../plot.js';
import { rangeOf } from '../range.js';
import { linearScale, linePath, tightScale } from '../scale.js';
import { spread } from '../spread-labels.js';
import { legendHtml } from './legend.js';
import type { FitModel } from './model.js';
import { annualText, deviationText, priceText } from './texts.js';
import type { GarchInput, SymbolFit } from './types.js';

const HEIGHT = 260;
/** Bars before the last one that are shown at least, and how many for each bar ahead. */
const PAST_MIN = 40;
const PAST_SHARE = 2;
/** Distance of labels at the right end in px. */
const LABEL_GAP = 14;

/** What a cone is drawn of. */
export interface ConeInput {
  readonly input: GarchInput;
  readonly symbol: SymbolFit;
  readonly model: FitModel;
}

/** Places of the bars before and after the last one, which is bar 0. */
interface Span {
  readonly past: number;
  readonly ahead: number;
  /** Place of a bar, from 0 to 1. */
  readonly place: (bar: number) => number;
}

interface EndLabel {
  at: number;
  readonly text: string;
  readonly role: string;
}

/** Volatility of the last bars and of the coming ones, annualised. */
export function volatilityCone(id: string, title: string, { input, symbol, model }: ConeInput): string {
  const { fit } = symbol;
  const year = Math.sqrt(input.periodsPerYear);
  const span = spanOf(symbol, model);
  const past = fit.conditionalVariance.slice(-span.past).map((value) => Math.sqrt(value) * year);
  const ahead = model.forecast.volatility.map((value) => value * year);
  const longRun = model.unconditional.value * year;
  const known = Number.isFinite(longRun);
  const [low, high] = rangeOf([past, ahead]);
  // A long run far outside would press the rest flat.
  const shown = known && longRun <= 2.5 * high && longRun >= 0.4 * low;
  const bottom = Math.min(low, shown ? longRun : low);
  const top = Math.max(high, shown ? longRun : high);
  // A line that does not move stands in the middle.
  const scale = top > bottom ? linearScale(bottom, top, 4) : linearScale(0, top > 0 ? 2 * top : 0.01, 4);
  const spec: PlotSpec = {
    id: `${id}-chart`,
    title: 'Volatility of the coming bars, annualised',
    description: `${percentText(ahead[0]!, 1)} for the next bar, ${percentText(ahead.at(-1)!, 1)} after ${ahead.length} bars.`,
    height: HEIGHT,
    scale,
    tickText: (value) => percentText(value, scale.decimals(0.01)),
    ticks: ticksOf(span),
  };
  const y = placer(spec);
  // Bar 0 is the last one: its volatility is the last that was fitted.
  const before = line(past, 1 - past.length, span, y);
  const after = line(Float64Array.of(past.at(-1)!, ...ahead), 0, span, y);
  const at = tenth(y(longRun));
  const level = shown ? `<line class="line normal" x1="0" x2="100%" y1="${at}" y2="${at}"/>` : '';
  const labels: EndLabel[] = [
    { at: y(ahead.at(-1)!), text: percentText(ahead.at(-1)!, 1), role: 'strategy' },
  ];
  const sub = known
    ? `The long run is ${annualText(model.unconditional.value, input)} a year${shown ? '' : ', outside the picture'}.`
    : `No long run: ${model.unconditional.reason ?? 'not a finite number'}.`;
  return panel({
    id,
    title,
    half: true,
    sub: escapeHtml(`${count(ahead.length)} ahead, each of its own bar, annualised. ${sub}`),
    aside: legendHtml([
      ['benchmark', 'Fitted'],
      ['strategy', 'Forecast'],
      ...(shown ? [['normal', 'Long run'] as const] : []),
    ]),
    body: plotSvg(spec, {
      under: level,
      inner: `<path class="line benchmark" d="${before}"/><path class="line strategy" d="${after}"/>`,
      over: now(span) + ends(labels),
    }),
  });
}

/** Closes of the last bars, and where the price may be: one and two standard deviations to each side. */
export function priceCone(id: string, title: string, { input, symbol, model }: ConeInput): string {
  const { close, first, returns } = symbol;
  const { expected, bands } = model.forecast;
  const span = spanOf(symbol, model);
  const end = first + returns.length;
  const past = close.slice(end + 1 - span.past, end + 1);
  const last = close[end]!;
  const [low, high] = rangeOf([past, expected, ...bands.map(({ price }) => price)]);
  const scale = linearScale(low, high, 5);
  const decimals = scale.decimals(1);
  const spec: PlotSpec = {
    id: `${id}-chart`,
    title: 'Prices of the coming bars',
    description: bands
      .map((band) => `${deviationText(band.deviations, 'minus ')}: ${priceText(band.price.at(-1)!, 2)}`)
      .join(', '),
    height: HEIGHT,
    scale,
    tickText: (value) => typeset(numberText(value, decimals)),
    ticks: ticksOf(span),
  };
  const y = placer(spec);
  const from = (values: Float64Array): Float64Array => Float64Array.of(last, ...values);
  const band = (k: number): Float64Array => from(bands.find(({ deviations }) => deviations === k)!.price);
  const labels = bands.map(({ deviations, price }): EndLabel => ({
    at: y(price.at(-1)!),
    text: deviationText(deviations, '−'),
    role: 'cone',
  }));
  labels.push({ at: y(expected.at(-1)!), text: 'mean', role: 'strategy' });
  labels.sort((a, b) => a.at - b.at);
  spread(labels, LABEL_GAP, HEIGHT);
  return panel({
    id,
    title,
    half: true,
    sub: `${count(expected.length)} ahead from ${escapeHtml(priceText(last, input.priceDecimals))}: the price by the fitted mean, and that times e to the power of ±1 and ±2 volatilities of the way.`,
    aside: legendHtml([
      ['benchmark', 'Close'],
      ['cone block', '±1σ, ±2σ'],
    ]),
    body: plotSvg(spec, {
      inner:
        `<path class="fill cone" d="${between(band(-2), band(2), span, y)}"/>` +
        `<path class="fill cone" d="${between(band(-1), band(1), span, y)}"/>` +
        `<path class="line benchmark" d="${line(past, 1 - past.length, span, y)}"/>` +
        `<path class="line strategy" d="${line(from(expected), 0, span, y)}"/>`,
      over: now(span) + ends(labels),
    }),
  });
}

function spanOf({ returns }: SymbolFit, { forecast }: FitModel): Span {
  const ahead = forecast.volatility.length;
  const past = Math.min(returns.length, Math.max(PAST_MIN, PAST_SHARE * ahead));
  const left = 1 - past;
  return { past, ahead, place: (bar) => (bar - left) / (ahead - left) };
}

/** Path of values at successive bars from `start` on. */
function line(values: Float64Array, start: number, { place }: Span, y: (value: number) => number): string {
  return linePath(
    values.map((_, i) => place(start + i) * SPAN),
    values.map(y),
  );
}

/** Path of the area between two lines that begin at bar 0. */
function between(low: Float64Array, high: Float64Array, span: Span, y: (value: number) => number): string {
  const bars = [...high.keys(), ...[...low.keys()].reverse()];
  const values = [...high, ...[...low].reverse()];
  return `${linePath(
    bars.map((bar) => span.place(bar) * SPAN),
    values.map(y),
  )}Z`;
}

/** An upright line at the last bar. */
function now({ place }: Span): string {
  const x = percentOf(place(0));
  return `<line class="now" x1="${x}" x2="${x}" y1="0" y2="${HEIGHT}"/>`;
}

function ends(labels: readonly EndLabel[]): string {
  return labels
    .map(
      ({ at, text, role }) =>
        `<text class="end-label ${role}" x="100%" dx="8" y="${tenth(at)}" dy=".32em">${escapeHtml(text)}</text>`,
    )
    .join('');
}

function ticksOf({ past, ahead, place }: Span): AxisTick[] {
  return tightScale(1 - past, ahead, 6)
    .ticks.filter(Number.isInteger)
    .map((bar) => ({ position: place(bar), text: bar > 0 ? `+${bar}` : typeset(String(bar)) }));
}

function count(bars: number): string {
  return bars === 1 ? '1 bar' : `${numberText(bars, 0)} bars`;
}
