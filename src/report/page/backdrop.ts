/** What a plot takes over from the drawing besides its lines: shaded spans and the level that is drawn stronger. */
import type { Look } from './look.js';

/** The place of a canvas that plots are drawn on, and where values stand on it; all in canvas pixels. */
export interface Canvas {
  readonly ctx: CanvasRenderingContext2D;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Canvas pixels in one of the page. */
  readonly ratio: number;
  readonly at: (value: number, scale: 'x' | 'y') => number;
}

/** Shades the spans that the drawing shades, whose places it gives in percent of the whole axis. */
export function shadeSpans(canvas: Canvas, svg: SVGElement, x: Float64Array, look: Look): void {
  const { ctx, left, top, width, height } = canvas;
  const first = x[0]!;
  const span = x[x.length - 1]! - first;
  ctx.save();
  ctx.fillStyle = look.band;
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  for (const band of svg.querySelectorAll('rect.band')) {
    const part = (name: string): number => Number.parseFloat(band.getAttribute(name) ?? '') / 100;
    const from = canvas.at(first + part('x') * span, 'x');
    ctx.fillRect(from, top, canvas.at(first + (part('x') + part('width')) * span, 'x') - from, height);
  }
  ctx.restore();
}

/** Draws a line across at the value `base`. */
export function drawBase(canvas: Canvas, base: number, look: Look): void {
  const { ctx, left, width, ratio } = canvas;
  const y = Math.round(canvas.at(base, 'y')) + 0.5;
  ctx.save();
  ctx.globalAlpha = 0.6;
  ctx.strokeStyle = look.base;
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.moveTo(left, y);
  ctx.lineTo(left + width, y);
  ctx.stroke();
  ctx.restore();
}

/** The marks that the drawing has on its first line, at the points that they name. */
export function drawMarks(
  canvas: Canvas,
  svg: SVGElement,
  x: Float64Array,
  values: readonly (number | null)[],
): void {
  const { ctx, left, top, width, height, ratio } = canvas;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  for (const mark of svg.querySelectorAll<SVGUseElement>('use[data-at]')) {
    const at = Number(mark.dataset.at);
    const value = values[at] ?? null;
    const shape = document.querySelector(mark.getAttribute('href') ?? '')?.getAttribute('d');
    if (value === null || !shape) continue;
    const { fill, stroke } = getComputedStyle(mark);
    ctx.setTransform(ratio, 0, 0, ratio, canvas.at(x[at]!, 'x'), canvas.at(value, 'y'));
    ctx.fillStyle = fill;
    ctx.strokeStyle = stroke;
    ctx.lineWidth = 0.7;
    const path = new Path2D(shape);
    ctx.fill(path);
    ctx.stroke(path);
  }
  ctx.restore();
}
