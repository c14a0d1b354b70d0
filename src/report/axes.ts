/** Axes of a chart: levels with their grid lines at the left, ticks below. Text stands outside the stretched picture. */
import { percentOf, tenth } from './coordinates.js';
import { escapeHtml } from './escape.js';
import type { ValueScale } from './scale.js';

/** A mark of the horizontal axis: 0 is the left end, 1 the right one. */
export interface AxisTick {
  readonly position: number;
  readonly text: string;
}

/** What the axis of values needs of a chart. */
export interface ValueAxis {
  /** Height of the drawing in px. */
  readonly height: number;
  readonly scale: ValueScale;
  readonly tickText: (value: number) => string;
  /** Stands at the top of the axis. */
  readonly axisNote?: string;
  /** The level that is drawn stronger than the grid. */
  readonly base?: number;
}

/** Grid lines with their levels; `y` gives the place of a value in px. */
export function valueAxis(axis: ValueAxis, y: (value: number) => number): string {
  const parts: string[] = [];
  for (const tick of axis.scale.ticks) {
    const at = y(tick);
    if (at < -0.5 || at > axis.height + 0.5) continue;
    const kind = tick === axis.base ? 'base' : 'grid';
    parts.push(`<line class="${kind}" x1="0" x2="100%" y1="${tenth(at)}" y2="${tenth(at)}"/>`);
    parts.push(
      `<text class="y" x="0" dx="-8" y="${tenth(at)}" dy=".32em">${escapeHtml(axis.tickText(tick))}</text>`,
    );
  }
  if (axis.axisNote)
    parts.push(`<text class="axis-note" x="0" dx="8" y="12">${escapeHtml(axis.axisNote)}</text>`);
  return parts.join('');
}

/** Ticks under a drawing of that height; on a narrow page every second of more than seven stays out. */
export function tickAxis(ticks: readonly AxisTick[], height: number): string {
  const crowded = ticks.length > 7;
  return ticks
    .map((tick, index) => {
      const x = percentOf(tick.position);
      const thin = crowded && index % 2 === 1 ? ' thin' : '';
      return (
        `<line class="tick${thin}" x1="${x}" x2="${x}" y1="${height}" y2="${height + 5}"/>` +
        `<text class="x${thin}" x="${x}" y="${height + 20}">${escapeHtml(tick.text)}</text>`
      );
    })
    .join('');
}
