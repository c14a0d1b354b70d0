/** Corners of the portfolios that meet limits, by trying every set of limits in turn: for a handful of assets. */
import type { LinearLimits } from '../optimize/limits.js';

/** row · w <= most. */
interface HalfSpace {
  readonly row: readonly number[];
  readonly most: number;
}

/** An equation of the weights beside the sum of 1. */
export interface ExtraEquation {
  readonly row: readonly number[];
  readonly value: number;
}

const FEASIBLE = 1e-9;

function halfSpaces({ lower, upper, groups, turnover }: LinearLimits): HalfSpace[] {
  const n = lower.length;
  const unit = (j: number, sign: number): number[] =>
    Array.from({ length: n }, (_, i) => (i === j ? sign : 0));
  const found: HalfSpace[] = [];
  for (let j = 0; j < n; j++) {
    found.push({ row: unit(j, -1), most: -lower[j]! }, { row: unit(j, 1), most: upper[j]! });
  }
  for (const { row, min, max } of groups) {
    found.push({ row: Array.from(row, (x) => -x), most: -min }, { row: [...row], most: max });
  }
  // The sum of |w − current| is the largest of all sums with signs.
  for (let code = 0; turnover !== undefined && code < 2 ** n; code++) {
    const row = Array.from({ length: n }, (_, j) => ((code >> j) & 1 ? 1 : -1));
    found.push({
      row,
      most: turnover.max + row.reduce((sum, sign, j) => sum + sign * turnover.current[j]!, 0),
    });
  }
  return found;
}

/** The one point where n equations hold; undefined where there is none or more than one. */
function meet(equations: readonly (readonly number[])[]): number[] | undefined {
  const a = equations.map((row) => [...row]);
  const n = a.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k; i < n; i++) if (Math.abs(a[i]![k]!) > Math.abs(a[pivot]![k]!)) pivot = i;
    if (Math.abs(a[pivot]![k]!) < 1e-10) return undefined;
    [a[k], a[pivot]] = [a[pivot]!, a[k]!];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const part = a[i]![k]! / a[k]![k]!;
      for (let j = k; j <= n; j++) a[i]![j]! -= part * a[k]![j]!;
    }
  }
  return a.map((row, k) => row[n]! / row[k]!);
}

/** All corners, some of them several times; none where the limits clash. */
export function portfolioCorners(limits: LinearLimits, extra: readonly ExtraEquation[] = []): number[][] {
  const n = limits.lower.length;
  const spaces = halfSpaces(limits);
  const fixed = [new Array<number>(n + 1).fill(1), ...extra.map(({ row, value }) => [...row, value])];
  const corners: number[][] = [];
  const choose = (from: number, chosen: readonly number[][]): void => {
    if (chosen.length === n) {
      const w = meet(chosen);
      const inside = w !== undefined && spaces.every(({ row, most }) => dotted(row, w) <= most + FEASIBLE);
      if (inside) corners.push(w);
      return;
    }
    for (let i = from; i < spaces.length; i++)
      choose(i + 1, [...chosen, [...spaces[i]!.row, spaces[i]!.most]]);
  };
  if (fixed.length <= n) choose(0, fixed);
  return corners;
}

/** How far weights are outside of their limits; sum of 1 and long only included. */
export function outside(limits: LinearLimits, weights: Float64Array): number {
  const w = [...weights];
  const over = halfSpaces(limits).map(({ row, most }) => dotted(row, w) - most);
  return Math.max(0, ...over, Math.abs(w.reduce((sum, x) => sum + x, 0) - 1), -Math.min(...w));
}

/** The sum of products. */
export function dotted(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
