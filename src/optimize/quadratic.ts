/** Convex quadratic programs: memory, a feasible start, the exact method, the proof. */
import { activeSet, SOLVED } from '../../kernels/optimize/active-set.js';
import { freshSlope, leastStep, leftOver } from '../../kernels/optimize/active-set-step.js';
import {
  type ActiveSetMemory,
  AT_HIGH,
  AT_LOW,
  CHANGES,
  NUMBERS,
  type QuadraticProblem,
} from '../../kernels/optimize/active-set-types.js';
import { startSet } from '../../kernels/optimize/active-set-working.js';
import { type BlockPivotMemory, blockPivot } from '../../kernels/optimize/block-pivot.js';

export type { ActiveSetMemory, QuadraticProblem };

/** Changes of the held set that a search may take, a variable and in all. */
const CHANGES_PER_VARIABLE = 20;
const CHANGES_LEAST = 1000;
/** What the equations may miss by before the limits count as clashing: weights and rows are of size 1. */
const MISSING_MOST = 1e-10;

/** Memory for `problem`. */
export function activeSetMemory({ n, m, dim }: QuadraticProblem): ActiveSetMemory {
  return {
    state: new Int8Array(n),
    free: new Int32Array(n),
    factor: new Float64Array(n * n),
    solved: new Float64Array(n * m),
    small: new Float64Array(m * m),
    price: new Float64Array(m),
    pull: new Float64Array(n),
    step: new Float64Array(n),
    column: new Float64Array(n),
    turns: new Float64Array(2 * n),
    slope: new Float64Array(dim),
    point: new Float64Array(dim),
    change: new Float64Array(dim),
    bend: new Float64Array(dim),
    missing: new Float64Array(m),
    target: new Float64Array(m),
    reduced: new Float64Array(m * n),
    size: new Float64Array(n),
    spread: new Float64Array(n),
    barred: new Int8Array(n),
    numbers: new Float64Array(NUMBERS),
  };
}

/** How a search ended. */
export interface QuadraticEnd {
  /** Whether no limit pulls any more. */
  readonly solved: boolean;
  readonly changes: number;
}

/**
 * Moves `x` to the least value of the problem.
 *
 * problem  n variables, H positive semidefinite
 * x        n numbers that meet rows and limits; the answer
 * memory   made for the problem
 * go       'start' looks for the free variables at x; 'on' keeps those an earlier call for the same rows and H ended
 *          with, at the x it ended with
 */
export function solveQuadratic(
  problem: QuadraticProblem,
  x: Float64Array,
  memory: ActiveSetMemory,
  go: 'start' | 'on' = 'start',
): QuadraticEnd {
  if (go === 'start') startSet(problem, memory, x);
  const most = CHANGES_PER_VARIABLE * problem.n + CHANGES_LEAST;
  const code = activeSet(problem, most, memory, x);
  return { solved: code === SOLVED, changes: memory.numbers[CHANGES]! };
}

/**
 * Largest violation of the optimality conditions at `x`, computed afresh, in units of the slope: what pulls on a free
 * variable, or past a limit that holds one, or what an equation misses times its multiplier.
 */
export function quadraticResidual(
  problem: QuadraticProblem,
  x: Float64Array,
  memory: ActiveSetMemory,
): number {
  freshSlope(problem, memory, x);
  const missing = Float64Array.from(memory.missing);
  leastStep(problem, memory);
  leftOver(problem, memory);
  let worst = 0;
  for (let v = 0; v < problem.n; v++) {
    const pull = memory.pull[v]!;
    if (problem.low[v]! === problem.high[v]!) continue;
    const state = memory.state[v]!;
    const wrong = state === AT_LOW ? -pull : state === AT_HIGH ? pull : Math.abs(pull);
    if (!(wrong <= worst)) worst = wrong;
  }
  for (let r = 0; r < problem.m; r++) {
    const wrong = Math.abs(missing[r]! * memory.price[r]!);
    if (!(wrong <= worst)) worst = wrong;
  }
  return worst;
}

/** Equations and limits that cannot be met together. */
export interface Clash {
  /** Numbers of the equations that take part. */
  readonly rows: readonly number[];
  /** Variables whose lower, and whose upper limits take part. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * Moves `x` to a point that meets rows and limits, near where it is; gives what clashes where there is none.
 *
 * A linear program: every equation gets a variable for what it misses, and their sum is made least. The multipliers
 * of a least sum above 0 prove that there is no such point (Farkas).
 */
export function feasiblePoint(problem: QuadraticProblem, x: Float64Array): Clash | undefined {
  const { n, m, rows, right, low, high } = problem;
  for (let v = 0; v < n; v++) {
    if (!(x[v]! > low[v]!)) x[v] = low[v]!;
    if (x[v]! > high[v]!) x[v] = high[v]!;
  }
  const wide = n + m;
  const extended = new Float64Array(m * wide);
  const point = new Float64Array(wide);
  const linear = new Float64Array(wide);
  let most = 0;
  point.set(x);
  for (let r = 0; r < m; r++) {
    let missing = right[r]!;
    for (let v = 0; v < n; v++) {
      extended[r * wide + v] = rows[r * n + v]!;
      missing -= rows[r * n + v]! * x[v]!;
    }
    extended[r * wide + n + r] = missing < 0 ? -1 : 1;
    point[n + r] = Math.abs(missing);
    linear[n + r] = 1;
    most = Math.max(most, Math.abs(missing));
  }
  if (most <= 1e-15) return undefined;
  const ends = (limits: Float64Array, end: number): Float64Array => {
    const all = new Float64Array(wide).fill(end);
    all.set(limits);
    return all;
  };
  const start: QuadraticProblem = {
    n: wide,
    dim: 0,
    h: new Float64Array(0),
    at: new Int32Array(wide).fill(-1),
    sign: new Float64Array(wide).fill(1),
    linear,
    low: ends(low, 0),
    high: ends(high, Infinity),
    m,
    rows: extended,
    right,
  };
  const memory = activeSetMemory(start);
  solveQuadratic(start, point, memory);
  x.set(point.subarray(0, n));
  let missing = 0;
  for (let r = 0; r < m; r++) missing += point[n + r]!;
  return missing <= MISSING_MOST * m ? undefined : clashOf(start, n, memory);
}

function clashOf({ m }: QuadraticProblem, n: number, { price, pull, state }: ActiveSetMemory): Clash {
  const takesPart = (value: number): boolean => Math.abs(value) > 1e-9;
  const variables = Array.from({ length: n }, (_, v) => v);
  return {
    rows: Array.from({ length: m }, (_, r) => r).filter((r) => takesPart(price[r]!)),
    low: variables.filter((v) => state[v] === AT_LOW && takesPart(pull[v]!)),
    high: variables.filter((v) => state[v] === AT_HIGH && takesPart(pull[v]!)),
  };
}

/** A good guess at the least y'Hy/2 − b'y over y ≥ 0, for H of n × n numbers. */
export function guessPlain(h: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const memory: BlockPivotMemory = {
    inside: new Int8Array(n),
    order: new Int32Array(n),
    factor: new Float64Array(n * n),
    values: new Float64Array(n),
    slope: new Float64Array(n),
    column: new Float64Array(n),
    turns: new Float64Array(2 * n),
  };
  const y = new Float64Array(n);
  blockPivot(n, h, b, memory, y);
  return y;
}
