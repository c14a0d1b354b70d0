import t from 'tap';
import { quadraticStep, type StepMemory } from './quadratic-step.js';
import { type SearchMemory, sequentialQuadratic } from './sequential-quadratic.js';

function stepMemory(n: number, m: number): StepMemory {
  return {
    held: new Int8Array(n),
    tight: new Int8Array(m),
    target: new Float64Array(n),
    push: new Float64Array(m),
    equations: new Float64Array((n + m) * (n + m + 1)),
    order: new Int32Array(n + m),
  };
}

function searchMemory(n: number, m: number, start: readonly number[]): SearchMemory {
  const vector = (): Float64Array => new Float64Array(n);
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) hessian[i * n + i] = 1;
  return {
    ...stepMemory(n, m),
    least: vector().fill(-Infinity),
    most: vector().fill(Infinity),
    rows: new Float64Array(m * n),
    limit: new Float64Array(m),
    point: Float64Array.from(start),
    hessian,
    gradient: vector(),
    low: vector(),
    high: vector(),
    step: vector(),
    next: vector(),
    nextGradient: vector(),
    bend: vector(),
    room: new Float64Array(m),
    outcome: new Float64Array(4),
  };
}

/** 0 and above, from a fixed stream. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

t.test('a quadratic step without bounds in the way is the Newton step', (t) => {
  const step = new Float64Array(2);
  const far = new Float64Array([9, 9]);
  const done = quadraticStep(
    2,
    new Float64Array([2, 1, 1, 3]),
    new Float64Array([-3, -4]),
    far.map((x) => -x),
    far,
    0,
    new Float64Array(0),
    new Float64Array(0),
    stepMemory(2, 0),
    step,
  );
  // 2 x + y = 3, x + 3 y = 4.
  t.ok(done);
  t.ok(Math.abs(step[0]! - 1) < 1e-14 && Math.abs(step[1]! - 1) < 1e-14);
  t.end();
});

t.test('a quadratic step meets the bound that stops it exactly, and a row with the rest', (t) => {
  const step = new Float64Array(2);
  quadraticStep(
    2,
    new Float64Array([1, 0, 0, 1]),
    new Float64Array([-5, -3]),
    new Float64Array([-1, -1]),
    new Float64Array([0.1, 10]),
    1,
    new Float64Array([1, 1]),
    new Float64Array([2]),
    stepMemory(2, 1),
    step,
  );
  t.equal(step[0], 0.1);
  t.ok(Math.abs(step[1]! - 1.9) < 1e-15);
  t.end();
});

t.test('no feasible neighbour of a quadratic step is lower', (t) => {
  const next = stream(7);
  const wrong: number[] = [];
  for (let round = 0; round < 300; round++) {
    const n = 1 + Math.floor(next() * 6);
    const m = Math.floor(next() * 3);
    const root = Float64Array.from({ length: n * n }, () => next() - 0.5);
    const hessian = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = i === j ? 0.1 : 0;
        for (let k = 0; k < n; k++) sum += root[i * n + k]! * root[j * n + k]!;
        hessian[i * n + j] = sum;
      }
    }
    const gradient = Float64Array.from({ length: n }, () => next() - 0.5);
    const low = Float64Array.from({ length: n }, () => (next() < 0.3 ? 0 : -next()));
    const high = Float64Array.from({ length: n }, () => (next() < 0.3 ? 0 : next()));
    const rows = Float64Array.from({ length: m * n }, () => next() - 0.3);
    const room = Float64Array.from({ length: m }, () => (next() < 0.3 ? 0 : next()));
    const step = new Float64Array(n);
    const done = quadraticStep(n, hessian, gradient, low, high, m, rows, room, stepMemory(n, m), step);
    const value = (d: Float64Array): number => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        sum += gradient[i]! * d[i]!;
        for (let j = 0; j < n; j++) sum += 0.5 * d[i]! * hessian[i * n + j]! * d[j]!;
      }
      return sum;
    };
    const inside = (d: Float64Array, slack: number): boolean =>
      d.every((x, i) => x >= low[i]! - slack && x <= high[i]! + slack) &&
      room.every((limit, k) => d.reduce((sum, x, i) => sum + x * rows[k * n + i]!, 0) <= limit + slack);
    const least = value(step);
    let lower = false;
    for (let trial = 0; trial < 60; trial++) {
      const size = trial < 30 ? 0.3 : 1e-3;
      const other = step.map((x) => x + size * (next() - 0.5));
      if (inside(other, 0) && value(other) < least - 1e-12) lower = true;
    }
    if (!done || !inside(step, 1e-12) || lower) wrong.push(round);
  }
  t.same(wrong, []);
  t.end();
});

t.test('a quadratic step keeps to a tight row where the curvatures are ten decades apart', (t) => {
  const next = stream(11);
  let worst = 0;
  for (let round = 0; round < 300; round++) {
    const hessian = new Float64Array(16);
    for (let k = 0; k < 4; k++) {
      const axis = Array.from({ length: 4 }, () => next() - 0.5);
      const weight = 10 ** (12 * next() - 4);
      for (let i = 0; i < 16; i++) hessian[i]! += weight * axis[i >> 2]! * axis[i & 3]!;
    }
    const gradient = Float64Array.from({ length: 4 }, () => 10 * (next() - 0.5));
    const one = new Float64Array(4).fill(1);
    const step = new Float64Array(4);
    const low = one.map((x) => -x);
    quadraticStep(4, hessian, gradient, low, one, 1, one, new Float64Array([0.1]), stepMemory(4, 1), step);
    worst = Math.max(worst, step.reduce((sum, x) => sum + x, 0) - 0.1);
  }
  // Without solving for what rounding has left it is 2e-10.
  t.ok(worst < 1e-14);
  t.end();
});

function rosenbrock(x: Float64Array, slope: Float64Array): number {
  const a = x[1]! - x[0]! * x[0]!;
  const b = 1 - x[0]!;
  slope[0] = -400 * a * x[0]! - 2 * b;
  slope[1] = 200 * a;
  return 100 * a * a + b * b;
}

t.test('the search finds the bottom of the valley of Rosenbrock', (t) => {
  const memory = searchMemory(2, 0, [-1.2, 1]);
  t.equal(sequentialQuadratic(2, 0, { value: rosenbrock }, memory, 200, 1e-16), 'converged');
  t.ok(Math.abs(memory.point[0]! - 1) < 1e-6 && Math.abs(memory.point[1]! - 1) < 1e-6);
  t.end();
});

t.test('the search ends exactly on a bound, and on a row', (t) => {
  const memory = searchMemory(2, 0, [-1.2, 1]);
  memory.most[0] = 0.5;
  t.equal(sequentialQuadratic(2, 0, { value: rosenbrock }, memory, 200, 1e-16), 'converged');
  t.equal(memory.point[0], 0.5);
  t.ok(Math.abs(memory.point[1]! - 0.25) < 1e-7);
  // The least of (x - 2)^2 + (y - 1)^2 with x + y <= 1 is (1, 0).
  const rows = searchMemory(2, 1, [0, 0]);
  rows.rows.fill(1);
  rows.limit[0] = 1;
  const bowl = (x: Float64Array, slope: Float64Array): number => {
    slope[0] = 2 * (x[0]! - 2);
    slope[1] = 2 * (x[1]! - 1);
    return (x[0]! - 2) * (x[0]! - 2) + (x[1]! - 1) * (x[1]! - 1);
  };
  t.equal(sequentialQuadratic(2, 1, { value: bowl }, rows, 50, 1e-16), 'converged');
  t.ok(Math.abs(rows.point[0]! - 1) < 1e-8 && Math.abs(rows.point[1]!) < 1e-8);
  t.end();
});

t.test(
  'the search shortens a step to where the function has no value, and says when no round is left',
  (t) => {
    const memory = searchMemory(1, 0, [4]);
    // x - log x, which has no value below 0; the first step would go to 3.25 times 100 below.
    memory.hessian[0] = 0.01;
    const logarithm = (x: Float64Array, slope: Float64Array): number => {
      slope[0] = 1 - 1 / x[0]!;
      return x[0]! > 0 ? x[0]! - Math.log(x[0]!) : NaN;
    };
    t.equal(sequentialQuadratic(1, 0, { value: logarithm }, memory, 100, 1e-15), 'converged');
    t.ok(Math.abs(memory.point[0]! - 1) < 1e-6);
    t.equal(
      sequentialQuadratic(2, 0, { value: rosenbrock }, searchMemory(2, 0, [-1.2, 1]), 3, 1e-16),
      'rounds',
    );
    t.end();
  },
);
