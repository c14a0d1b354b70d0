/** The simplex search of Nelder and Mead: slow, without derivatives. */

/** Where the search ended. */
export interface ReferenceMinimum {
  readonly point: number[];
  readonly value: number;
  readonly evaluations: number;
}

type Corner = readonly [value: number, point: readonly number[]];

/**
 * A minimum of `f` near `start`. `steps` is how far the first simplex reaches along each axis. It ends when the corners
 * agree to `tolerance`, starts over from there with a small simplex until that gains nothing, and gives up at `most`
 * evaluations. Source: Nelder and Mead, A simplex method for function minimization, 1965.
 */
export function nelderMead(
  f: (point: readonly number[]) => number,
  start: readonly number[],
  steps: readonly number[],
  tolerance: number,
  most: number,
): ReferenceMinimum {
  let evaluations = 0;
  const ask = (point: readonly number[]): Corner => {
    evaluations += 1;
    return [f(point), point];
  };
  let best = ask(start);
  let size = 1;
  for (let round = 0; round < 20 && evaluations < most; round++) {
    const before = best[0];
    const reach = steps.map((step) => step * size);
    let corners = [best, ...reach.map((step, i) => ask(moved(best[1], i, step)))];
    while (evaluations < most) {
      corners.sort((a, b) => a[0] - b[0]);
      if (spreadOf(corners) <= tolerance) break;
      corners = shifted(corners, ask);
    }
    corners.sort((a, b) => a[0] - b[0]);
    best = corners[0]!;
    if (round > 0 && before - best[0] <= tolerance) break;
    size = round % 2 === 0 ? 0.1 : 0.5;
  }
  return { point: [...best[1]], value: best[0], evaluations };
}

/** How far apart the corners are, in value and in place, whichever is more. */
function spreadOf(corners: readonly Corner[]): number {
  const [low, first] = corners[0]!;
  let spread = corners.at(-1)![0] - low;
  for (const [, point] of corners) {
    for (const [i, x] of point.entries()) spread = Math.max(spread, Math.abs(x - first[i]!));
  }
  return spread;
}

function moved(point: readonly number[], i: number, step: number): number[] {
  return point.map((x, j) => (i === j ? x + step : x));
}

/** One step: reflect, expand, contract or shrink. The corners come in order, the best first. */
function shifted(corners: readonly Corner[], ask: (point: readonly number[]) => Corner): Corner[] {
  const kept = corners.slice(0, -1);
  const worst = corners.at(-1)!;
  const centre = worst[1].map((_, i) => kept.reduce((sum, [, point]) => sum + point[i]!, 0) / kept.length);
  const along = (by: number): Corner => ask(centre.map((c, i) => c + by * (worst[1][i]! - c)));
  const reflected = along(-1);
  if (reflected[0] < kept[0]![0]) {
    const expanded = along(-2);
    return [...kept, expanded[0] < reflected[0] ? expanded : reflected];
  }
  if (reflected[0] < kept.at(-1)![0]) return [...kept, reflected];
  const contracted = along(reflected[0] < worst[0] ? -0.5 : 0.5);
  if (contracted[0] < Math.min(worst[0], reflected[0])) return [...kept, contracted];
  const [, first] = kept[0]!;
  return corners.map(([value, point], k) =>
    k === 0 ? [value, point] : ask(point.map((x, i) => first[i]! + 0.5 * (x - first[i]!))),
  );
}
