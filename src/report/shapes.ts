/** Shapes of charts that are no lines over time, as path data in the units of the stretched picture. */
import { SPAN, tenth } from './coordinates.js';

/** Bars that stand on `base`: one path for all of them. `x` are left edges from 0 to 1, `y` px from the top. */
export function barsPath(x: ArrayLike<number>, width: number, y: ArrayLike<number>, base: number): string {
  const parts: string[] = [];
  for (let i = 0; i < x.length; i++) {
    if (y[i] === base) continue;
    parts.push(
      `M${tenth(x[i]! * SPAN)} ${tenth(base)}V${tenth(y[i]!)}h${tenth(width * SPAN)}V${tenth(base)}z`,
    );
  }
  return parts.join('');
}

/** The outline of touching bars: a staircase from the left edge of the first to the right edge of the last. */
export function stepsPath(width: number, y: ArrayLike<number>, base: number): string {
  const parts = [`M0 ${tenth(base)}`];
  for (let i = 0; i < y.length; i++) parts.push(`V${tenth(y[i]!)}H${tenth((i + 1) * width * SPAN)}`);
  return `${parts.join('')}V${tenth(base)}`;
}

/** Points: paths without length, which round line ends turn into dots that do not stretch. */
export function dotsPath(x: ArrayLike<number>, y: ArrayLike<number>): string {
  const seen = new Set<string>();
  for (let i = 0; i < x.length; i++) seen.add(`M${tenth(x[i]! * SPAN)} ${tenth(y[i]!)}h0`);
  return [...seen].join('');
}

/** Upright strokes from `base`; of those on one of `columns` columns only the longest is kept. */
export function stemsPath(x: ArrayLike<number>, y: ArrayLike<number>, base: number, columns: number): string {
  const longest = new Map<number, number>();
  for (let i = 0; i < x.length; i++) {
    const column = Math.round(x[i]! * columns);
    const known = longest.get(column);
    if (known === undefined || Math.abs(y[i]! - base) > Math.abs(y[known]! - base)) longest.set(column, i);
  }
  return Array.from(longest.values(), (i) => `M${tenth(x[i]! * SPAN)} ${tenth(base)}V${tenth(y[i]!)}`).join(
    '',
  );
}
