/** Line charts over time as static SVG. */
import { percentOf, SPAN, tenth } from './coordinates.js';
import { downsample } from './downsample.js';
import { escapeHtml } from './escape.js';
import { placer, plotSvg } from './plot.js';
import { areaPath, linePath, type ValueScale } from './scale.js';
import { spread } from './spread-labels.js';
import type { TimeAxis } from './time-axis.js';

interface ChartSeries {
  /** Class of the line: its colour and weight. */
  readonly role: 'strategy' | 'benchmark' | `run-${number}`;
  /** An area is filled down (or up) to the value `base`. */
  readonly kind: 'line' | 'area';
  /** One value a point of the axis; NaN is a gap. */
  readonly values: Float64Array;
  /** Shown at the right end, beside the last value. */
  readonly endLabel?: string;
}

interface ChartNote {
  /** Index of the point that the note speaks of. */
  readonly at: number;
  readonly value: number;
  readonly text: string;
}

/** A shape at a point of a line. */
interface ChartMark {
  readonly kind: string;
  /** Index of the point. */
  readonly at: number;
  readonly value: number;
}

export interface ChartSpec {
  /** Unique in the page; letters and hyphens. */
  readonly id: string;
  /** What a screen reader says first, then the summary in words. */
  readonly title: string;
  readonly description: string;
  /** Height of the drawing in px. */
  readonly height: number;
  /** Pixel columns the chart is drawn for. */
  readonly columns: number;
  readonly time: TimeAxis;
  readonly scale: ValueScale;
  readonly tickText: (value: number) => string;
  /** Stands at the top of the value axis. */
  readonly axisNote?: string;
  /** The level that areas end at and that is drawn stronger than the grid. */
  readonly base?: number;
  readonly series: readonly ChartSeries[];
  readonly notes?: readonly ChartNote[];
  /** Marks on a line, each a shape `mark-…` of the page. */
  readonly marks?: readonly ChartMark[];
  /** Spans of the axis (first and last index) shaded behind the lines. */
  readonly bands?: readonly (readonly [number, number])[];
}

/** One chart as an SVG element. */
export function chartSvg(spec: ChartSpec): string {
  const y = placer(spec);
  return plotSvg(
    { ...spec, ticks: spec.time.ticks, attributes: scaleAttributes(spec.scale) },
    {
      under: bands(spec),
      inner: spec.series.map((series) => seriesPaths(series, spec, y)).join(''),
      over: [
        ...(spec.marks ?? []).map((mark) => markShape(mark, spec, y)),
        ...(spec.notes ?? []).map((note) => noteText(note, spec, y)),
        endLabels(spec, y),
      ].join(''),
    },
  );
}

/** What the page's script needs to lay its own drawing over this one. */
function scaleAttributes({ kind, low, high }: ValueScale): string {
  return ` data-scale="${kind}" data-low="${low}" data-high="${high}"`;
}

function bands(spec: ChartSpec): string {
  return (spec.bands ?? [])
    .map(([first, last]) => {
      const left = spec.time.position[first]!;
      const right = spec.time.position[last]!;
      return `<rect class="band" x="${percentOf(left)}" y="0" width="${percentOf(Math.max(0, right - left))}" height="${spec.height}"/>`;
    })
    .join('');
}

function seriesPaths(series: ChartSeries, spec: ChartSpec, y: (value: number) => number): string {
  const points = downsample(spec.time.position, series.values, spec.columns);
  const px = points.x.map((position) => position * SPAN);
  const py = points.y.map((value) => (Number.isNaN(value) ? Number.NaN : y(value)));
  const line = `<path class="line ${series.role}" d="${linePath(px, py)}"/>`;
  if (series.kind === 'line') return line;
  return `<path class="area ${series.role}" d="${areaPath(px, py, y(spec.base ?? 0))}"/>${line}`;
}

/** `data-at` tells the page's script which point it is. */
function markShape({ kind, at, value }: ChartMark, spec: ChartSpec, y: (value: number) => number): string {
  const x = percentOf(spec.time.position[at]!);
  return `<use href="#mark-${kind}" class="${kind}" data-at="${at}" x="${x}" y="${tenth(y(value))}"/>`;
}

function noteText(note: ChartNote, spec: ChartSpec, y: (value: number) => number): string {
  const position = spec.time.position[note.at]!;
  const at = y(note.value);
  const side = position > 0.5 ? 'end' : 'start';
  const dx = position > 0.5 ? -8 : 8;
  return (
    `<circle class="dot" cx="${percentOf(position)}" cy="${tenth(at)}" r="3"/>` +
    `<text class="note ${side}" x="${percentOf(position)}" dx="${dx}" y="${tenth(at)}" dy=".32em">${escapeHtml(note.text)}</text>`
  );
}

/** Labels at the right end, moved apart where they would touch. */
function endLabels(spec: ChartSpec, y: (value: number) => number): string {
  const gap = 14;
  const labels = spec.series
    .filter((series) => series.endLabel !== undefined)
    .map((series) => ({ role: series.role, text: series.endLabel!, at: y(lastNumber(series.values)) }))
    .filter((label) => !Number.isNaN(label.at))
    .sort((a, b) => a.at - b.at);
  if (labels.length > 2) spread(labels, gap, spec.height);
  else
    for (let i = 1; i < labels.length; i++) {
      const touching = labels[i - 1]!.at + gap - labels[i]!.at;
      if (touching > 0) {
        labels[i - 1]!.at -= touching / 2;
        labels[i]!.at += touching / 2;
      }
    }
  return labels
    .map(
      (label) =>
        `<text class="end-label ${label.role}" x="100%" dx="8" y="${tenth(label.at)}" dy=".32em">${escapeHtml(label.text)}</text>`,
    )
    .join('');
}

function lastNumber(values: Float64Array): number {
  for (let i = values.length - 1; i >= 0; i--) {
    if (!Number.isNaN(values[i])) return values[i]!;
  }
  return Number.NaN;
}
