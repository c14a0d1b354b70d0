/** A portfolio under limits as a quadratic program, and back. */
import { InfeasibleError } from '../errors.js';
import type { LinearLimits } from './limits.js';
import { feasiblePoint, type QuadraticProblem } from './quadratic.js';

/** One more equation of the weights: row · w = value. */
export interface WeightEquation {
  readonly row: Float64Array;
  readonly value: number;
  /** For messages. */
  readonly name: string;
}

/** The program and what its variables mean: w = base + the sum of sign × x. */
export interface PortfolioProblem {
  readonly problem: QuadraticProblem;
  /** N: the weights held now where turnover is limited, else 0. */
  readonly base: Float64Array;
  readonly limits: LinearLimits;
  /** Names of the equations. */
  readonly names: readonly string[];
}

/**
 * The least w'Hw/2 under limits.
 *
 * h         N × N covariances, the l2 term already on the diagonal
 * limits    bounds, groups, turnover
 * equation  one more equation, if any
 *
 * A group becomes an equation with a variable for its sum, which has the limits of the group. With a limit of turnover a
 * weight is the current one plus what is bought less what is sold, and the sum of both is limited.
 */
export function portfolioProblem(
  h: Float64Array,
  limits: LinearLimits,
  equation?: WeightEquation,
): PortfolioProblem {
  const { lower, upper, groups, turnover } = limits;
  const dim = lower.length;
  const split = turnover !== undefined;
  const assets = split ? 2 * dim : dim;
  const n = assets + groups.length + (split ? 1 : 0);
  const m = 1 + groups.length + (split ? 1 : 0) + (equation === undefined ? 0 : 1);
  const base = turnover?.current ?? new Float64Array(dim);
  const at = new Int32Array(n).fill(-1);
  const sign = new Float64Array(n).fill(1);
  const low = new Float64Array(n);
  const high = new Float64Array(n);
  const linear = new Float64Array(n);
  for (let j = 0; j < dim; j++) {
    const least = lower[j]! - base[j]!;
    // A weight of at most 1 is implied by the others; without the limit no point meets more limits than it must.
    const most = (upper[j]! < 1 ? upper[j]! : Infinity) - base[j]!;
    at[j] = j;
    low[j] = split ? Math.max(0, least) : least;
    high[j] = split ? Math.max(0, most) : most;
    if (!split) continue;
    at[dim + j] = j;
    sign[dim + j] = -1;
    low[dim + j] = Math.max(0, -most);
    high[dim + j] = Math.max(0, -least);
  }
  const rows = new Float64Array(m * n);
  const right = new Float64Array(m);
  const names: string[] = [];
  const weightRow = (row: (j: number) => number, value: number, name: string): number => {
    const r = names.push(name) - 1;
    right[r] = value;
    for (let v = 0; v < assets; v++) rows[r * n + v] = sign[v]! * row(at[v]!);
    for (let j = 0; j < dim; j++) right[r] = right[r]! - row(j) * base[j]!;
    return r;
  };
  weightRow(() => 1, 1, 'the sum of 1');
  groups.forEach(({ row, min, max, name }, k) => {
    const v = assets + k;
    rows[weightRow((j) => row[j]!, 0, name) * n + v] = -1;
    low[v] = min;
    high[v] = max;
  });
  if (split) {
    const r = names.push('turnover') - 1;
    for (let v = 0; v < assets; v++) rows[r * n + v] = 1;
    rows[r * n + n - 1] = -1;
    high[n - 1] = turnover.max;
    for (let v = 0; v < assets; v++) {
      let sum = 0;
      for (let j = 0; j < dim; j++) sum += h[at[v]! * dim + j]! * base[j]!;
      linear[v] = sign[v]! * sum;
    }
  }
  if (equation !== undefined) weightRow((j) => equation.row[j]!, equation.value, equation.name);
  return { problem: { n, dim, h, at, sign, linear, low, high, m, rows, right }, base, limits, names };
}

/** The variables that stand for `weights`; cut to the limits. */
export function variablesOf(asked: PortfolioProblem, weights: Float64Array): Float64Array {
  const { problem, base, limits } = asked;
  const { turnover, groups } = limits;
  const x = new Float64Array(problem.n);
  const dim = weights.length;
  const assets = turnover === undefined ? dim : 2 * dim;
  let traded = 0;
  for (let j = 0; j < dim; j++) {
    const change = weights[j]! - base[j]!;
    x[j] = turnover === undefined ? change : Math.max(0, change);
    if (turnover !== undefined) x[dim + j] = Math.max(0, -change);
    traded += Math.abs(change);
  }
  groups.forEach(({ row }, k) => {
    for (let j = 0; j < dim; j++) x[assets + k] = x[assets + k]! + row[j]! * weights[j]!;
  });
  if (turnover !== undefined) x[problem.n - 1] = traded;
  for (let v = 0; v < problem.n; v++) x[v] = Math.min(problem.high[v]!, Math.max(problem.low[v]!, x[v]!));
  return x;
}

/** The variables of weights near `weights`, moved to where all limits are met; `InfeasibleError` where none are. */
export function feasibleStart(
  asked: PortfolioProblem,
  weights: Float64Array,
  symbols: readonly string[],
): Float64Array {
  const { problem, limits } = asked;
  const assets = limits.turnover === undefined ? weights.length : 2 * weights.length;
  const x = variablesOf(asked, weights);
  const clash = feasiblePoint(problem, x);
  if (clash === undefined) return x;
  const named = clash.rows.filter((r) => r > 0).map((r) => asked.names[r]!);
  const bounds = [...clash.low, ...clash.high].filter((v) => v < assets).map((v) => problem.at[v]!);
  const tight = [...new Set(bounds)]
    .filter((j) => limits.lower[j]! > 0 || limits.upper[j]! < 1)
    .sort((a, b) => a - b);
  if (tight.length > 0) {
    const shown = tight
      .slice(0, 5)
      .map((j) => symbols[j]!)
      .join(', ');
    named.push(`the bounds of ${shown}${tight.length > 5 ? ` and ${tight.length - 5} more` : ''}`);
  }
  throw new InfeasibleError(
    named.length === 1
      ? `No portfolio meets all limits: ${named[0]!} cannot hold where the weights sum to 1. Fix: loosen it`
      : `No portfolio meets all limits: ${named.join(', ')} clash where the weights sum to 1. Fix: loosen one of them`,
  );
}

/** The weights that the variables stand for; exact where a limit holds. */
export function weightsOf({ problem, base, limits }: PortfolioProblem, x: Float64Array): Float64Array {
  const dim = base.length;
  const { low } = problem;
  const weights = new Float64Array(dim);
  if (limits.turnover === undefined) {
    // Less than rounding above the lower limit is at it: zeros are exact.
    for (let j = 0; j < dim; j++) weights[j] = x[j]! - low[j]! <= Number.EPSILON ? low[j]! : x[j]!;
    return weights;
  }
  for (let j = 0; j < dim; j++) {
    const both = Math.min(x[j]! - low[j]!, x[dim + j]! - low[dim + j]!);
    const bought = x[j]! - both;
    const sold = x[dim + j]! - both;
    const weight = base[j]! + bought - sold;
    // A sale up to the lower limit ends there, whatever the subtraction rounds to.
    const least = limits.lower[j]!;
    const most = limits.upper[j]!;
    const near = Number.EPSILON * (1 + 4 * (Math.abs(base[j]!) + bought + sold));
    weights[j] = weight - least <= near ? least : most - weight <= near ? most : weight;
  }
  return weights;
}
