/** Steps of the active set method: where to, how far, and what the limits push. */
import { solveLower, solveUpper } from '../linalg/cholesky.js';
import { addScaled, dot, matrixTimes } from '../linalg/dot.js';
import { type ActiveSetMemory, FREE_COUNT, type QuadraticProblem, RHO } from './active-set-types.js';

/** Pivot of the small matrix, relative, below which an equation counts as following from the others. */
const SMALL_LEAST = 1e-13;

/** H q and what the equations miss, from the point itself. O(dim² + m n). */
export function freshSlope(problem: QuadraticProblem, memory: ActiveSetMemory, x: Float64Array): void {
  const { n, dim, h, at, sign, m, rows, right } = problem;
  const { point, slope, missing } = memory;
  for (let i = 0; i < dim; i++) point[i] = 0;
  for (let v = 0; v < n; v++) if (at[v] >= 0) point[at[v]] += sign[v] * x[v];
  matrixTimes(h, dim, dim, point, slope);
  for (let r = 0; r < m; r++) missing[r] = right[r] - dot(rows, r * n, x, 0, n);
}

/**
 * The step of the free variables to the least value they reach, into `memory.step`; multipliers into `memory.price`.
 *
 * With G = H + rho A'A = L L', Y = L^-1 A', the multipliers so far p and what the equations miss b:
 * u = L^-1 (g − A'p − rho A'b), (Y'Y) change of p = b + Y'u, step = L^-T (Y change of p − u). Taking p off first leaves
 * rounding in parts of what is still wrong, not of the slopes: without it equations beside one asset of 1e4 times the
 * variance of the others were missed by 1e-11, with it by 1e-16.
 */
export function leastStep(problem: QuadraticProblem, memory: ActiveSetMemory): void {
  const { n, m, rows } = problem;
  const { free, numbers, step, missing, target, price } = memory;
  const k = numbers[FREE_COUNT];
  const rho = numbers[RHO];
  for (let i = 0; i < k; i++) {
    const v = free[i];
    let part = 0;
    for (let r = 0; r < m; r++) part += rows[r * n + v] * (price[r] + rho * missing[r]);
    step[i] = slopeOf(problem, memory, v) - part;
  }
  solveLower(memory.factor, n, k, step);
  for (let r = 0; r < m; r++) target[r] = missing[r];
  finishStep(problem, memory, k);
  for (let r = 0; r < m; r++) price[r] += target[r];
}

/**
 * The step of the free variables that goes with a step `way` (1 or −1) of variable v and keeps the equations, with
 * as little curvature as there is; `memory.column` holds what `freeVariable` left there.
 */
export function companionStep(
  problem: QuadraticProblem,
  memory: ActiveSetMemory,
  v: number,
  way: number,
): void {
  const { n, m, rows } = problem;
  const { column, numbers, step, target } = memory;
  const k = numbers[FREE_COUNT];
  for (let i = 0; i < k; i++) step[i] = way * column[i];
  for (let r = 0; r < m; r++) target[r] = -way * rows[r * n + v];
  finishStep(problem, memory, k);
}

/**
 * How the free variables move as the slopes change: the step for slopes of `slopes` alone (n numbers, one a variable),
 * into `memory.step`.
 */
export function slopeStep(problem: QuadraticProblem, memory: ActiveSetMemory, slopes: Float64Array): void {
  const { free, numbers, step, target } = memory;
  const k = numbers[FREE_COUNT];
  for (let i = 0; i < k; i++) step[i] = slopes[free[i]];
  solveLower(memory.factor, problem.n, k, step);
  for (let r = 0; r < problem.m; r++) target[r] = 0;
  finishStep(problem, memory, k);
}

/** From u in `step` and the right side in `target`: the step, and the multipliers in `target`. */
function finishStep(problem: QuadraticProblem, memory: ActiveSetMemory, k: number): void {
  const { n, m } = problem;
  const { factor, solved, small, step, target } = memory;
  for (let r = 0; r < m; r++) {
    let sum = target[r];
    for (let i = 0; i < k; i++) sum += solved[i * m + r] * step[i];
    target[r] = sum;
    for (let s = 0; s <= r; s++) {
      let product = 0;
      for (let i = 0; i < k; i++) product += solved[i * m + r] * solved[i * m + s];
      small[r * m + s] = product;
    }
  }
  solveSmall(m, small, target);
  for (let i = 0; i < k; i++) {
    let sum = -step[i];
    for (let r = 0; r < m; r++) sum += solved[i * m + r] * target[r];
    step[i] = sum;
  }
  solveUpper(factor, n, k, step);
}

/** Solves the small system in place; an equation that follows from those before gets the multiplier 0. */
function solveSmall(m: number, small: Float64Array, x: Float64Array): void {
  for (let r = 0; r < m; r++) {
    const row = r * m;
    const corner = small[row + r];
    for (let s = 0; s < r; s++) {
      const pivot = small[s * m + s];
      small[row + s] = pivot === 0 ? 0 : (small[row + s] - dot(small, row, small, s * m, s)) / pivot;
    }
    const pivot = corner - dot(small, row, small, row, r);
    small[row + r] = pivot > SMALL_LEAST * corner ? Math.sqrt(pivot) : 0;
    x[r] = small[row + r] === 0 ? 0 : (x[r] - dot(small, row, x, 0, r)) / small[row + r];
  }
  for (let r = m - 1; r >= 0; r--) {
    if (small[r * m + r] === 0) continue;
    x[r] /= small[r * m + r];
    addScaled(-x[r], small, r * m, r, x, 0);
  }
}

/** The slope of the objective along variable v. */
export function slopeOf(problem: QuadraticProblem, memory: ActiveSetMemory, v: number): number {
  const own = problem.at[v];
  return own < 0 ? problem.linear[v] : problem.sign[v] * memory.slope[own] + problem.linear[v];
}

/** H times the step of the free variables (and of `extra` by `way`, −1 for none) into `memory.bend`. O(k dim). */
export function bendOf(problem: QuadraticProblem, memory: ActiveSetMemory, extra: number, way: number): void {
  const { dim, h, at, sign } = problem;
  const { free, numbers, step, bend, change } = memory;
  const k = numbers[FREE_COUNT];
  for (let i = 0; i < dim; i++) {
    bend[i] = 0;
    change[i] = 0;
  }
  for (let i = 0; i < k; i++) if (at[free[i]] >= 0) change[at[free[i]]] += sign[free[i]] * step[i];
  if (extra >= 0 && at[extra] >= 0) change[at[extra]] += sign[extra] * way;
  for (let j = 0; j < dim; j++) if (change[j] !== 0) addScaled(change[j], h, j * dim, dim, bend, 0);
}

/** Slopes left over for every variable, from the multipliers in `memory.price`, into `memory.pull`. O(m n). */
export function leftOver(problem: QuadraticProblem, memory: ActiveSetMemory): void {
  const { n, m, rows } = problem;
  const { price, pull } = memory;
  for (let v = 0; v < n; v++) pull[v] = slopeOf(problem, memory, v);
  for (let r = 0; r < m; r++) addScaled(-price[r], rows, r * n, n, pull, 0);
}
