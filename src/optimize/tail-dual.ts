/** The proof that a CVaR or CDaR cannot be lower: weights of the periods, and the bound they give. */
import type { TailMemory } from '../../kernels/optimize/tail-problem.js';
import type { LinearLimits } from './limits.js';
import type { ReturnSample } from './sample.js';
import type { ScaledProblem } from './tail-problem.js';

/**
 * A solution of the dual linear program. Every portfolio within the limits has at least the risk
 *
 *     min over w of  g·w + l2 Σw² + budget (Σw − 1) + Σ groups[k] (row k·w − its end) + turnover (Σ|w − current| − max)
 *
 * over w between its bounds, with g[j] = −Σ flow[t] returns[t][j]; an end is the group's max for a positive price and its
 * min for a negative one. Without limits that is the least g[j].
 */
export interface TailDual {
  /** T weights q of the worst periods, 0 ≤ q ≤ 1 / ((1 − alpha) T); their sum is 1, or at most 1 for CDaR. */
  readonly probabilities: Float64Array;
  /**
   * T weights z of the periods' returns. CVaR: z = q. CDaR: what is lost from a peak to a period in the tail is every
   * return between: 0 ≤ z[t] ≤ z[t + 1] + q[t].
   */
  readonly flow: Float64Array;
  /** Price of the budget. */
  readonly budget: number;
  /** Price of each group that can bind (min above 0 or max below 1), in the order given. */
  readonly groups: Float64Array;
  /** Price of turnover, never negative. */
  readonly turnover: number;
}

/** The dual solution that the basis of a search holds, made feasible to the last digit. */
export function tailDual(
  sample: ReturnSample,
  limits: LinearLimits,
  { problem, unit }: ScaledProblem,
  memory: TailMemory,
): TailDual {
  const { peaks } = problem;
  const { rows } = sample;
  const { zetaCost } = problem;
  const kappa = problem.kappa / zetaCost;
  const { count, rowKind, rowAt, rowPeak, coefficient, inTail, rowOfTime } = memory;
  // The sum of the weights is the cost of the quantile.
  const multiplier = memory.multiplier.map((value) => value / zetaCost);
  const room = memory.flow.map((value) => value / zetaCost);
  const probabilities = new Float64Array(rows);
  const flow = new Float64Array(rows);
  // What is counted at each time: + for a peak, − for a loss.
  const at = coefficient.map((value) => value / zetaCost);
  const prices = new Float64Array(problem.limits);
  for (let r = 0; r < count[0]!; r++) {
    if (rowKind[r] === 2) prices[rowAt[r]!] = memory.multiplier[r]!;
    else {
      at[rowAt[r]!] = at[rowAt[r]!]! - multiplier[r]!;
      at[rowPeak[r]!] = at[rowPeak[r]!]! + multiplier[r]!;
    }
  }
  const atZero = memory.place[problem.cols]! < 0 && memory.x[problem.cols]! <= 0;
  let left = 1;
  for (let t = 0; t < rows; t++) {
    const row = rowOfTime[t + 1]!;
    let q = inTail[t + 1] === 1 ? kappa : 0;
    if (row >= 0 && rowKind[row] === 0) q = multiplier[row]!;
    // An equal peak that is itself at the quantile 0: what flows past it and does not arrive starts there.
    if (row >= 0 && rowKind[row] === 1 && atZero) q = multiplier[row]! - (room[row]! - kappa);
    q = Math.min(kappa, Math.max(0, q));
    probabilities[t] = q;
    left -= q;
  }
  settle(probabilities, kappa, left, peaks);
  if (peaks) {
    let past = 0;
    for (let t = rows - 1; t >= 0; t--) {
      const exact = past - at[t + 1]!;
      past = Math.min(past + probabilities[t]!, Math.max(0, exact));
      flow[t] = past;
    }
    // The sums above round; the limits of z hold again from the end.
  } else flow.set(probabilities);
  const groups = new Float64Array(limits.groups.length);
  for (let k = 0; k < groups.length; k++) groups[k] = prices[k + 1]! * unit;
  const turnover = limits.turnover ? Math.max(0, prices[problem.limits - 1]!) * unit : 0;
  return { probabilities, flow, budget: prices[0]! * unit, groups, turnover };
}

/** Shares out what rounding left of the sum of 1 to those that have room: first to those in the tail. */
function settle(q: Float64Array, most: number, left: number, mayStay: boolean): void {
  if (left > 0 && mayStay) return;
  for (const least of [Number.MIN_VALUE, 0]) {
    for (let t = 0; t < q.length && left !== 0; t++) {
      if (q[t]! < least || (left > 0 && q[t]! >= most)) continue;
      const next = Math.min(most, Math.max(0, q[t]! + left));
      left -= next - q[t]!;
      q[t] = next;
    }
  }
}

/** The bound that a dual solution gives; see `TailDual`. */
export function lowerBound(sample: ReturnSample, limits: LinearLimits, dual: TailDual): number {
  const { data, rows, cols } = sample;
  const gradient = new Float64Array(cols);
  for (let t = 0; t < rows; t++) {
    const z = dual.flow[t]!;
    if (z !== 0) for (let j = 0; j < cols; j++) gradient[j] = gradient[j]! - z * data[t * cols + j]!;
  }
  if (limits.plain) {
    let least = Infinity;
    for (let j = 0; j < cols; j++) least = Math.min(least, gradient[j]!);
    return least;
  }
  let bound = -dual.budget;
  for (let j = 0; j < cols; j++) gradient[j] = gradient[j]! + dual.budget;
  limits.groups.forEach(({ row, min, max }, k) => {
    const price = dual.groups[k]!;
    bound -= price * (price > 0 ? max : min);
    for (let j = 0; j < cols; j++) gradient[j] = gradient[j]! + price * row[j]!;
  });
  if (limits.turnover) bound -= dual.turnover * limits.turnover.max;
  for (let j = 0; j < cols; j++) {
    const low = limits.lower[j]!;
    const high = limits.upper[j]!;
    const g = gradient[j]!;
    const from = limits.turnover ? limits.turnover.current[j]! : 0;
    const price = dual.turnover;
    bound += leastOf(g, price, from, low, high, limits.l2);
  }
  return bound;
}

/** Least of g w + price |w − from| + l2 w² for w from low to high: at an end, at `from`, or where one side is level. */
function leastOf(g: number, price: number, from: number, low: number, high: number, l2: number): number {
  const value = (w: number): number => g * w + price * Math.abs(w - from) + l2 * w * w;
  let least = Math.min(value(low), value(high));
  if (from > low && from < high) least = Math.min(least, value(from));
  if (l2 === 0) return least;
  for (const slope of [g + price, g - price]) {
    least = Math.min(least, value(Math.min(high, Math.max(low, -slope / (2 * l2)))));
  }
  return least;
}
