/** Fewer points for the same picture. */

/** Positions and values of a line, in drawing order. A NaN value is a gap. */
export interface Line {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * The points of (x, y) that a chart of `columns` pixel columns can show: of each column the first, the lowest,
 * the highest and the last, so that no spike is lost. Lines of up to two points a column come back as they are.
 *
 * x        n positions from 0 to 1, never falling
 * y        n values; NaN is a gap and stays one
 * columns  pixel columns, at least 1
 *
 * O(n).
 */
export function downsample(x: Float64Array, y: Float64Array, columns: number): Line {
  const n = y.length;
  if (n <= 2 * columns) return { x, y };
  const keepX: number[] = [];
  const keepY: number[] = [];
  let start = 0;
  while (start < n) {
    const column = columnOf(x[start]!, columns);
    let end = start + 1;
    while (end < n && columnOf(x[end]!, columns) === column) end++;
    for (const i of extremes(y, start, end)) {
      keepX.push(x[i]!);
      keepY.push(y[i]!);
    }
    start = end;
  }
  return { x: Float64Array.from(keepX), y: Float64Array.from(keepY) };
}

function columnOf(position: number, columns: number): number {
  return Math.min(columns - 1, Math.floor(position * columns));
}

/** Indices of first, lowest, highest and last value from `start` to `end`, in order and each once. */
function extremes(y: Float64Array, start: number, end: number): number[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  for (let i = start; i < end; i++) {
    const value = y[i]!;
    if (Number.isNaN(value)) gap = gap < 0 ? i : gap;
    else {
      if (low < 0 || value < y[low]!) low = i;
      if (high < 0 || value > y[high]!) high = i;
    }
  }
  const indices = [start, low, high, gap, end - 1].filter((i) => i >= 0);
  return [...new Set(indices)].sort((a, b) => a - b);
}
