/**
 * The frame of every chart: an SVG element with title, description and axes. It stretches to any width: shapes live
 * in an inner picture of 1,000 × height units, while text stands outside it at its own size, placed in percent.
 */
import { type AxisTick, tickAxis, type ValueAxis, valueAxis } from './axes.js';
import { SPAN } from './coordinates.js';
import { escapeHtml } from './escape.js';

export interface PlotSpec extends ValueAxis {
  /** Unique in the page; letters and hyphens. */
  readonly id: string;
  /** What a screen reader says first, then the summary in words. */
  readonly title: string;
  readonly description: string;
  readonly ticks: readonly AxisTick[];
  /** Further attributes of the element, with a space before each. */
  readonly attributes?: string;
}

/** The parts of a drawing, from the back to the front; each is SVG. */
export interface PlotLayers {
  /** Behind the axes, not stretched. */
  readonly under?: string;
  /** In units of `SPAN` × height, stretched. */
  readonly inner: string;
  /** In front, not stretched: marks and labels. */
  readonly over?: string;
}

/** Place of a value in px from the top. */
export function placer({ height, scale }: Pick<ValueAxis, 'height' | 'scale'>): (value: number) => number {
  return (value) => (1 - scale.position(value)) * height;
}

/** One chart as an SVG element. */
export function plotSvg(spec: PlotSpec, layers: PlotLayers): string {
  const { id, height } = spec;
  return [
    `<svg class="plot" id="${id}" role="img" aria-labelledby="${id}-title ${id}-desc" height="${height}"${spec.attributes ?? ''}>`,
    `<title id="${id}-title">${escapeHtml(spec.title)}</title>`,
    `<desc id="${id}-desc">${escapeHtml(spec.description)}</desc>`,
    layers.under ?? '',
    valueAxis(spec, placer(spec)),
    tickAxis(spec.ticks, height),
    `<svg viewBox="0 0 ${SPAN} ${height}" preserveAspectRatio="none" width="100%" height="${height}" aria-hidden="true">`,
    layers.inner,
    '</svg>',
    layers.over ?? '',
    '</svg>',
  ].join('');
}
