import type { TailMemory, TailProblem } from './tail-problem.js';

/** Slopes this small relative to the largest do not end a step: as pivots they would cost digits. */
const PIVOT_LEAST = 1e-9;

/**
 * Where the objective is least on a ray, when a loss is counted from y[0].
 *
 * rate  slope of the objective at the start, below 0
 * zeta, zetaStep  z at the start and its change per length
 * end   longest length allowed
 * curvature  by how much the slope grows per length between bends, 0 or more
 *
 * `m.slope` holds the change of y per length. The objective bends where a loss passes z; bends are taken in order
 * until the slope is no longer negative. `m.inTail` follows the bends passed. Gives the time of the bend where it
 * stops, its length in `m.line[0]`, or −1 where `end` comes first. O(times), and the logarithm of it for every bend
 * passed.
 */
export function lossLine(
  p: TailProblem,
  m: TailMemory,
  rate: number,
  zeta: number,
  zetaStep: number,
  end: number,
  curvature: number,
): number {
  const { times, kappa } = p;
  const { y, slope, inTail, rowOfTime, breakAt, breakTime, line } = m;
  let largest = zetaStep < 0 ? -zetaStep : zetaStep;
  for (let t = 1; t < times; t++) {
    const size = slope[t] < 0 ? -slope[t] : slope[t];
    if (size > largest) largest = size;
  }
  const least = PIVOT_LEAST * largest;
  let used = 0;
  for (let t = 1; t < times; t++) {
    const rise = -slope[t] - zetaStep;
    if (inTail[t] === 0 ? rise <= least : rise >= -least) continue;
    if (rowOfTime[t] >= 0) continue;
    const length = (y[t] + zeta) / rise;
    if (length >= end) continue;
    breakAt[used] = length < 0 ? 0 : length;
    breakTime[used++] = t;
  }
  for (let i = (used >> 1) - 1; i >= 0; i--) sink(breakAt, breakTime, i, used);
  let speed = rate;
  while (used > 0) {
    const t = breakTime[0];
    const rise = -slope[t] - zetaStep;
    if (speed + curvature * breakAt[0] > 0) break;
    speed += kappa * (rise < 0 ? -rise : rise);
    if (speed + curvature * breakAt[0] >= 0) {
      line[0] = breakAt[0];
      line[1] = 0;
      line[2] = 0;
      return t;
    }
    inTail[t] = 1 - inTail[t];
    used--;
    breakAt[0] = breakAt[used];
    breakTime[0] = breakTime[used];
    sink(breakAt, breakTime, 0, used);
  }
  if (curvature > 0 && speed + curvature * end > 0) {
    line[0] = -speed / curvature;
    return -2;
  }
  line[0] = end;
  return -1;
}

/** Restores the heap below `start`: the shortest length on top, ties to the earlier time. */
function sink(breakAt: Float64Array, breakTime: Int32Array, start: number, used: number): void {
  let i = start;
  const length = breakAt[i];
  const time = breakTime[i];
  for (;;) {
    let child = 2 * i + 1;
    if (child >= used) break;
    const right = child + 1;
    if (
      right < used &&
      (breakAt[right] < breakAt[child] ||
        (breakAt[right] === breakAt[child] && breakTime[right] < breakTime[child]))
    ) {
      child = right;
    }
    if (breakAt[child] > length || (breakAt[child] === length && breakTime[child] > time)) break;
    breakAt[i] = breakAt[child];
    breakTime[i] = breakTime[child];
    i = child;
  }
  breakAt[i] = length;
  breakTime[i] = time;
}
