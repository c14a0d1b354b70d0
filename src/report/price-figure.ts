/** A small chart of one symbol's prices with marks on it. */
import { percentOf, SPAN, tenth } from './coordinates.js';
import { downsample } from './downsample.js';
import { clip, isolate } from './escape.js';
import { compactText, numberText, trimZeros } from './format.js';
import type { ReportModel } from './model.js';
import { placer, plotSvg } from './plot.js';
import { rangeOf } from './range.js';
import { linePath, logScale, tightScale, type ValueScale } from './scale.js';

const SMALL = { height: 150, columns: 240 };
const WIDE = { height: 260, columns: 1000 };
/** Ratio of highest to lowest price from which the axis is logarithmic. */
const LOG_FROM = 5;
/** Px between a price and a mark beside it. */
const AWAY = 9;

interface PriceMark {
  /** `mark-…` of the shapes that the page has, and the class. */
  readonly kind: string;
  readonly bar: number;
  readonly price: number;
  readonly place: 'above' | 'below' | 'at';
}

export interface PriceFigure {
  /** Unique in the page; letters, digits and hyphens. */
  readonly id: string;
  readonly symbol: string;
  /** Title of the drawing, before the symbol. */
  readonly title: string;
  /** What was done with the symbol. */
  readonly done: string;
  /** Follows it in the caption. */
  readonly more?: string;
  /** One value for the start and each bar; NaN is a gap. */
  readonly price: Float64Array;
  readonly marks: readonly PriceMark[];
  /** Of the whole width of the page. */
  readonly wide?: boolean;
}

/** The chart with its caption. */
export function priceFigure(model: ReportModel, figure: PriceFigure): string {
  const { id, symbol, title, done, more, price, marks } = figure;
  const { height, columns } = figure.wide ? WIDE : SMALL;
  const time = figure.wide ? model.time : model.narrowTime;
  const [low, high] = rangeOf([price, Float64Array.from(marks, (mark) => mark.price)]);
  const scale = scaleOf(low, high);
  const kind = scale.kind === 'log' ? '; logarithmic scale' : '';
  const spec = {
    id,
    title: `${title} of ${clip(symbol, 40)}`,
    description: `${done}; prices from ${numberText(low)} to ${numberText(high)}.`,
    height,
    scale,
    tickText: compactText,
    ticks: time.ticks,
  };
  const y = placer(spec);
  const line = downsample(time.position, price, columns);
  const chart = plotSvg(spec, {
    inner: `<path class="line price" d="${linePath(
      line.x.map((x) => x * SPAN),
      line.y.map((value) => (Number.isNaN(value) ? Number.NaN : y(value))),
    )}"/>`,
    over: marks.map((mark) => markAt(mark, time.position[mark.bar + 1]!, y)).join(''),
  });
  const caption = `<b>${isolate(clip(symbol, 40))}</b> ${done}${more ?? ''}${kind}`;
  return `<figure><figcaption>${caption}</figcaption>${chart}</figure>`;
}

/** With room for the marks below and above the prices; equal ratios equally far apart where prices differ widely. */
function scaleOf(low: number, high: number): ValueScale {
  if (low > 0 && high / low >= LOG_FROM) return logScale(low * 0.75, high * 1.2);
  const room = (high - low) * 0.12;
  const scale = tightScale(low - room, high + room, 4);
  return { ...scale, ticks: scale.ticks.filter((tick) => tick >= 0) };
}

function markAt({ kind, price, place }: PriceMark, position: number, y: (value: number) => number): string {
  const at = y(price) + (place === 'below' ? AWAY : place === 'above' ? -AWAY : 0);
  return `<use href="#mark-${kind}" class="${kind}" x="${percentOf(position)}" y="${tenth(at)}"/>`;
}

/** Shares with as many of six decimals as they have. */
export function quantityText(quantity: number): string {
  return trimZeros(numberText(quantity, 6));
}

/** Decimals of a price in currency units, at least two. */
export function priceDecimals(priceScale: number): number {
  let decimals = 0;
  for (let unit = 1; unit < priceScale; unit *= 10) decimals++;
  return Math.max(2, decimals);
}
