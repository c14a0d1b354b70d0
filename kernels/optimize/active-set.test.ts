/** The active set method against every set of held limits tried in turn. */
import t from 'tap';
import { activeSetMemory, feasiblePoint, guessPlain } from '../../src/optimize/quadratic.js';
import { randomStream } from '../../src/testing/random.js';
import { activeSet, CHANGES_SPENT, SOLVED, UNBOUNDED } from './active-set.js';
import { leastStep, leftOver } from './active-set-step.js';
import {
  type ActiveSetMemory,
  CHANGES,
  FREE,
  FREE_COUNT,
  PINNED,
  type QuadraticProblem,
} from './active-set-types.js';
import { freeVariable, startSet } from './active-set-working.js';
import { type BlockPivotMemory, blockPivot } from './block-pivot.js';

type Draw = () => number;

function draws(stream: number): Draw {
  const random = randomStream(8, stream);
  return () => random.below(2_000_001) / 1_000_000 - 1;
}

/** A problem whose H is of the given rank; x feasible between limits of −1 and 1 (some 0 wide, some open). */
function randomProblem(
  n: number,
  m: number,
  rank: number,
  draw: Draw,
): { problem: QuadraticProblem; x: Float64Array } {
  const b = new Float64Array(n * rank).map(draw);
  const h = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < rank; k++) h[i * n + j] += b[i * rank + k] * b[j * rank + k];
    }
  }
  const x = new Float64Array(n).map(() => Math.round(draw() * 2) / 2);
  const rows = new Float64Array(m * n).map(() => Math.round(draw() * 2));
  const right = new Float64Array(m);
  for (let r = 0; r < m; r++) for (let v = 0; v < n; v++) right[r] += rows[r * n + v] * x[v];
  const low = x.map((value) => value - (draw() > 0 ? 0 : 1));
  const high = x.map((value) => value + (draw() > 0 ? 0 : 1));
  const at = new Int32Array(n).map((_, v) => v);
  const sign = new Float64Array(n).map(() => (draw() > 0 ? 1 : -1));
  const linear = new Float64Array(n).map(draw);
  return { problem: { n, dim: n, h, at, sign, linear, low, high, m, rows, right }, x };
}

function objective({ n, dim, h, at, sign, linear }: QuadraticProblem, x: Float64Array): number {
  let sum = 0;
  for (let v = 0; v < n; v++) {
    sum += linear[v] * x[v];
    for (let u = 0; u < n && dim > 0; u++)
      sum += (h[at[v] * dim + at[u]] * sign[v] * sign[u] * x[v] * x[u]) / 2;
  }
  return sum;
}

/** Gaussian elimination with full pivoting; undefined where the matrix is singular. */
function solve(a: number[][], b: number[]): number[] | undefined {
  const size = b.length;
  const order = Array.from({ length: size }, (_, i) => i);
  for (let k = 0; k < size; k++) {
    let [row, col] = [k, k];
    for (let i = k; i < size; i++) {
      for (let j = k; j < size; j++) if (Math.abs(a[i][j]) > Math.abs(a[row][col])) [row, col] = [i, j];
    }
    if (Math.abs(a[row][col]) < 1e-9) return undefined;
    [a[k], a[row]] = [a[row], a[k]];
    [b[k], b[row]] = [b[row], b[k]];
    for (const line of a) [line[k], line[col]] = [line[col], line[k]];
    [order[k], order[col]] = [order[col], order[k]];
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const part = a[i][k] / a[k][k];
      for (let j = k; j < size; j++) a[i][j] -= part * a[k][j];
      b[i] -= part * b[k];
    }
  }
  const x = new Array<number>(size);
  for (let k = 0; k < size; k++) x[order[k]] = b[k] / a[k][k];
  return x;
}

/** The least value over all sets of held limits whose equations have one answer that meets the limits. */
function leastOfAll(problem: QuadraticProblem): number {
  const { n, m, dim, h, at, sign, linear, low, high, rows, right } = problem;
  let least = Infinity;
  const codes = 3 ** n;
  for (let code = 0; code < codes; code++) {
    const held = Array.from({ length: n }, (_, v) => Math.floor(code / 3 ** v) % 3);
    const x = Float64Array.from(held, (how, v) => (how === 1 ? low[v] : how === 2 ? high[v] : 0));
    const free = held.flatMap((how, v) => (how === 0 ? [v] : []));
    const curve = (v: number, u: number): number =>
      dim > 0 ? sign[v] * sign[u] * h[at[v] * dim + at[u]] : 0;
    const fixed = (value: (v: number) => number): number =>
      x.reduce((sum, held, v) => sum + value(v) * held, 0);
    const a = [
      ...free.map((v) => [
        ...free.map((u) => curve(v, u)),
        ...Array.from({ length: m }, (_, r) => rows[r * n + v]),
      ]),
      ...Array.from({ length: m }, (_, r) => [
        ...free.map((u) => rows[r * n + u]),
        ...new Array<number>(m).fill(0),
      ]),
    ];
    const b = [
      ...free.map((v) => -linear[v] - fixed((u) => curve(v, u))),
      ...Array.from({ length: m }, (_, r) => right[r] - fixed((u) => rows[r * n + u])),
    ];
    // Fewer unknowns than equations: a corner that happens to meet them is also that of a larger set.
    const found = free.length < m ? undefined : solve(a, b);
    if (found === undefined) continue;
    free.forEach((v, i) => (x[v] = found[i]));
    if (x.every((value, v) => value >= low[v] - 1e-9 && value <= high[v] + 1e-9)) {
      least = Math.min(least, objective(problem, x));
    }
  }
  return least;
}

/** What is wrong with the answer by the conditions of optimality, recomputed from the problem and the multipliers. */
function violation(problem: QuadraticProblem, memory: ActiveSetMemory, x: Float64Array): number {
  const { n, m, dim, h, at, sign, linear, low, high, rows, right } = problem;
  let worst = 0;
  for (let r = 0; r < m; r++) {
    let sum = -right[r];
    for (let v = 0; v < n; v++) sum += rows[r * n + v] * x[v];
    worst = Math.max(worst, Math.abs(sum));
  }
  for (let v = 0; v < n; v++) {
    let slope = linear[v];
    for (let u = 0; u < n && dim > 0; u++) slope += sign[v] * sign[u] * h[at[v] * dim + at[u]] * x[u];
    for (let r = 0; r < m; r++) slope -= memory.price[r] * rows[r * n + v];
    worst = Math.max(worst, low[v] - x[v], x[v] - high[v]);
    if (x[v] > low[v]) worst = Math.max(worst, slope);
    if (x[v] < high[v]) worst = Math.max(worst, -slope);
  }
  return worst;
}

t.test(
  'activeSet finds the least value of all sets of limits, with H of any rank, and proves it',
  async (t) => {
    const problems: string[] = [];
    for (let trial = 0; trial < 250; trial++) {
      const draw = draws(trial);
      const n = 1 + (trial % 5);
      const m = Math.min(n - 1, trial % 3);
      const rank = trial % (n + 1);
      const { problem, x } = randomProblem(n, m, rank, draw);
      const memory = activeSetMemory(problem);
      startSet(problem, memory, x);
      const code = activeSet(problem, 1000, memory, x);
      const wrong = violation(problem, memory, x);
      const expected = leastOfAll(problem);
      // Measured 9e-16 for both; numbers of size 1.
      if (code !== SOLVED || wrong > 1e-12) problems.push(`${trial}: code ${code}, violation ${wrong}`);
      if (expected < Infinity && Math.abs(objective(problem, x) - expected) > 1e-12) {
        problems.push(`${trial}: ${objective(problem, x)} instead of ${expected}`);
      }
    }
    t.strictSame(problems, []);
  },
);

t.test('activeSet solves linear programs, degenerate ones too, and says when there is no end', async (t) => {
  // The assignment of three to three: every corner is degenerate. By hand: 1 + 2 + 2.
  const cost = [4, 1, 3, 2, 0, 5, 3, 2, 2];
  const rows = new Float64Array(5 * 9);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      rows[i * 9 + 3 * i + j] = 1;
      if (j < 2) rows[(3 + j) * 9 + 3 * i + j] = 1;
    }
  }
  const problem = {
    n: 9,
    dim: 0,
    h: new Float64Array(0),
    at: new Int32Array(9).fill(-1),
    sign: new Float64Array(9).fill(1),
    m: 5,
    rows,
    right: new Float64Array(5).fill(1),
    linear: Float64Array.from(cost),
    low: new Float64Array(9),
    high: new Float64Array(9).fill(Infinity),
  };
  const x = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const memory = activeSetMemory(problem);
  startSet(problem, memory, x);
  t.equal(activeSet(problem, 1000, memory, x), SOLVED);
  t.equal(objective(problem, x), 1 + 2 + 2, 'second, first, third');
  t.strictSame([...x], [0, 1, 0, 1, 0, 0, 0, 0, 1]);

  problem.linear[8] = -1;
  const open = { ...problem, m: 0, rows: new Float64Array(0), right: new Float64Array(0) };
  const free = activeSetMemory(open);
  startSet(open, free, x);
  t.equal(activeSet(open, 1000, free, x), UNBOUNDED);
});

t.test('activeSet stops at its limit of changes with a feasible point that is no worse', async (t) => {
  const { problem, x } = randomProblem(5, 1, 5, draws(3));
  const before = objective(problem, x);
  const memory = activeSetMemory(problem);
  startSet(problem, memory, x);
  t.equal(activeSet(problem, 0, memory, x), CHANGES_SPENT);
  t.ok(objective(problem, x) <= before);
  t.equal(memory.numbers[CHANGES], 1);
});

t.test('startSet pins what adds no curvature, and freeVariable refuses it', async (t) => {
  // Three equal assets, all held: one of them does for the equation, and the others add no curvature.
  const problem: QuadraticProblem = {
    n: 3,
    dim: 3,
    h: new Float64Array(9).fill(2),
    at: Int32Array.of(0, 1, 2),
    sign: Float64Array.of(1, 1, 1),
    linear: new Float64Array(3),
    low: new Float64Array(3),
    high: new Float64Array(3).fill(1),
    m: 1,
    rows: Float64Array.of(1, 1, 1),
    right: Float64Array.of(1),
  };
  const x = Float64Array.of(0.25, 0.5, 0.25);
  const memory = activeSetMemory(problem);
  startSet(problem, memory, x);
  t.equal(memory.numbers[FREE_COUNT], 1, 'the sum alone fixes the only direction');
  t.strictSame([...memory.state], [PINNED, FREE, PINNED]);
  t.equal(freeVariable(problem, memory, 0), 0);
  t.equal(activeSet(problem, 10, memory, x), SOLVED, 'every portfolio is as good');
  t.strictSame([...x], [0.25, 0.5, 0.25], 'so nothing moves');
  leastStep(problem, memory);
  leftOver(problem, memory);
  t.strictSame([...memory.pull], [0, 0, 0]);
  t.equal(memory.price[0], 2, 'variance of one more unit: H w');
});

t.test('feasiblePoint meets rows and limits near where it starts, or names what clashes', async (t) => {
  const problems: string[] = [];
  for (let trial = 0; trial < 100; trial++) {
    const { problem } = randomProblem(6, 2, 0, draws(trial));
    const x = new Float64Array(6);
    if (feasiblePoint(problem, x) !== undefined) problems.push(`${trial}: no point`);
    problem.linear.fill(0);
    const wrong = violation(problem, activeSetMemory(problem), x);
    if (wrong > 1e-12) problems.push(`${trial}: ${wrong}`);
  }
  t.strictSame(problems, []);
  const { problem } = randomProblem(3, 1, 0, draws(1));
  const boxed = {
    ...problem,
    rows: Float64Array.of(1, 1, 0),
    right: Float64Array.of(3),
    low: new Float64Array(3),
  };
  const high = Float64Array.of(1, 1, 9);
  t.strictSame(feasiblePoint({ ...boxed, high }, new Float64Array(3)), { rows: [0], low: [], high: [0, 1] });
});

t.test('blockPivot gives exact zeros, nothing negative, and most often the answer', async (t) => {
  const memory: BlockPivotMemory = {
    inside: new Int8Array(2),
    order: new Int32Array(2),
    factor: new Float64Array(4),
    values: new Float64Array(2),
    slope: new Float64Array(2),
    column: new Float64Array(2),
    turns: new Float64Array(4),
  };
  const y = new Float64Array(2).fill(-99);
  blockPivot(2, Float64Array.of(1, 2, 2, 9), Float64Array.of(1, 1), memory, y);
  t.strictSame([...y], [1, 0], 'the second asset only adds variance');
  let exact = 0;
  const problems: string[] = [];
  for (let trial = 0; trial < 200; trial++) {
    const { problem } = randomProblem(8, 0, 8, draws(trial));
    const guess = guessPlain(problem.h, problem.linear);
    if (guess.some((value) => !(value >= 0))) problems.push(`${trial}: ${guess.join(' ')}`);
    let wrong = 0;
    for (let v = 0; v < 8; v++) {
      let slope = -problem.linear[v];
      for (let u = 0; u < 8; u++) slope += problem.h[v * 8 + u] * guess[u];
      wrong = Math.max(wrong, guess[v] > 0 ? Math.abs(slope) : -slope);
    }
    if (wrong < 1e-9) exact++;
  }
  t.strictSame(problems, []);
  t.ok(exact >= 190, `${exact} of 200 are the answer`);
});
