/** Memory of `quadraticStep` for n variables and m rows: the caller makes it once. */
export interface StepMemory {
  /** n: where each variable is held: -1 at its low, 1 at its high end, 0 free. After a call: the answer's. */
  readonly held: Int8Array;
  /** m: 1 where a row is held with equality. */
  readonly tight: Int8Array;
  /** n: the point that the held set leads to. */
  readonly target: Float64Array;
  /** m: what each tight row pushes. */
  readonly push: Float64Array;
  /** (n + m) (n + m + 1): equations with their right sides. */
  readonly equations: Float64Array;
  /** n + m: which variable or row an equation belongs to. */
  readonly order: Int32Array;
}

const CHANGES_PER_BOUND = 8;
/** Relative size below which a pivot counts as 0: the row depends on those before. */
const PIVOT_LEAST = 1e-13;

/**
 * The step d with the least d' H d / 2 + g' d inside bounds and linear rows, by the primal active set method.
 *
 * n         variables
 * hessian   n^2 numbers H, symmetric, positive definite
 * gradient  n numbers g
 * low, high n bounds of d: low <= 0 <= high, infinite where there is none
 * m         rows
 * rows      m n numbers: row k asks rows[k]' d <= room[k]
 * room      m numbers, never negative
 * memory    as described there
 * step      n numbers: the answer
 *
 * Gives true, or false when the set of held bounds still changed after 8 (n + m) changes: the step is then feasible and
 * goes downhill, but is not the least.
 * Starts at 0, holds what blocks, and lets go what pulls the most: the bounds it ends with are met exactly.
 * O((n + m)^3) a change; made for a dozen variables. Source: J. Nocedal and S. Wright, Numerical Optimization, 16.5.
 */
export function quadraticStep(
  n: number,
  hessian: Float64Array,
  gradient: Float64Array,
  low: Float64Array,
  high: Float64Array,
  m: number,
  rows: Float64Array,
  room: Float64Array,
  memory: StepMemory,
  step: Float64Array,
): boolean {
  const { held, tight, target, push } = memory;
  for (let i = 0; i < n; i++) {
    step[i] = 0;
    held[i] = low[i] === 0 && gradient[i] > 0 ? -1 : high[i] === 0 && gradient[i] < 0 ? 1 : 0;
  }
  for (let k = 0; k < m; k++) tight[k] = 0;
  for (let change = CHANGES_PER_BOUND * (n + m); change > 0; change--) {
    solveHeld(n, hessian, gradient, low, high, m, rows, room, memory);
    // How far towards the target, and what stops it.
    let part = 1;
    let stopper = -1;
    for (let i = 0; i < n; i++) {
      const move = target[i] - step[i];
      if (held[i] !== 0 || move === 0) continue;
      const end = move < 0 ? low[i] : high[i];
      if (move < 0 ? target[i] >= end : target[i] <= end) continue;
      const share = (end - step[i]) / move;
      if (share < part) {
        part = share;
        stopper = i;
      }
    }
    for (let k = 0; k < m; k++) {
      if (tight[k] !== 0) continue;
      let at = 0;
      let move = 0;
      for (let i = 0; i < n; i++) {
        at += rows[k * n + i] * step[i];
        move += rows[k * n + i] * (target[i] - step[i]);
      }
      if (!(move > 1e-15) || at + move <= room[k] + 1e-15) continue;
      const share = Math.max(0, room[k] - at) / move;
      if (share < part) {
        part = share;
        stopper = n + k;
      }
    }
    if (stopper >= 0) {
      for (let i = 0; i < n; i++) step[i] += part * (target[i] - step[i]);
      if (stopper >= n) tight[stopper - n] = 1;
      else {
        const down = target[stopper] < step[stopper] || step[stopper] <= low[stopper];
        held[stopper] = down ? -1 : 1;
        step[stopper] = down ? low[stopper] : high[stopper];
      }
      continue;
    }
    for (let i = 0; i < n; i++) step[i] = target[i];
    // Which held bound would rather let go?
    let most = 0;
    let loose = -1;
    for (let i = 0; i < n; i++) {
      if (held[i] === 0 || low[i] === high[i]) continue;
      let slope = gradient[i];
      for (let j = 0; j < n; j++) slope += hessian[i * n + j] * step[j];
      for (let k = 0; k < m; k++) if (tight[k] !== 0) slope += push[k] * rows[k * n + i];
      const wish = held[i] < 0 ? -slope : slope;
      if (wish > most + 1e-14 * Math.abs(gradient[i])) {
        most = wish;
        loose = i;
      }
    }
    for (let k = 0; k < m; k++) {
      if (tight[k] !== 0 && -push[k] > most) {
        most = -push[k];
        loose = n + k;
      }
    }
    if (loose < 0) return true;
    if (loose >= n) tight[loose - n] = 0;
    else held[loose] = 0;
  }
  return false;
}

/** The least point with the held variables at their ends and the tight rows met: `target` and `push`. */
function solveHeld(
  n: number,
  hessian: Float64Array,
  gradient: Float64Array,
  low: Float64Array,
  high: Float64Array,
  m: number,
  rows: Float64Array,
  room: Float64Array,
  memory: StepMemory,
): void {
  const { held, tight, target, push, equations, order } = memory;
  let size = 0;
  for (let i = 0; i < n; i++) {
    target[i] = held[i] < 0 ? low[i] : held[i] > 0 ? high[i] : 0;
    if (held[i] === 0) order[size++] = i;
  }
  const free = size;
  for (let k = 0; k < m; k++) {
    push[k] = 0;
    if (tight[k] !== 0) order[size++] = n + k;
  }
  const width = size + 1;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) equations[a * width + b] = entry(n, hessian, rows, order[a], order[b]);
  }
  // The variables come first and their block is positive definite, so no exchange of equations is needed. Below the
  // diagonal stay the factors.
  for (let a = 0; a < size; a++) {
    const pivot = equations[a * width + a];
    const scale = a < free ? hessian[order[a] * n + order[a]] : rowScale(n, hessian, rows, order[a] - n);
    if (!(Math.abs(pivot) > PIVOT_LEAST * scale)) {
      equations[a * width + a] = 0;
      continue;
    }
    for (let b = a + 1; b < size; b++) {
      const factor = equations[b * width + a] / pivot;
      equations[b * width + a] = factor;
      if (factor === 0) continue;
      for (let c = a + 1; c < size; c++) equations[b * width + c] -= factor * equations[a * width + c];
    }
  }
  // Twice: the second time for what rounding has left, so that the tight rows are met to the last digits.
  for (let round = 0; round < 2; round++) {
    for (let a = 0; a < size; a++) {
      const i = order[a];
      let right = i < n ? -gradient[i] : room[i - n];
      for (let j = 0; j < n; j++) right -= entry(n, hessian, rows, i, j) * target[j];
      for (let k = 0; i < n && k < m; k++) right -= push[k] * rows[k * n + i];
      equations[a * width + size] = right;
    }
    for (let a = 0; a < size; a++) {
      if (equations[a * width + a] === 0) continue;
      const right = equations[a * width + size];
      for (let b = a + 1; b < size; b++) equations[b * width + size] -= equations[b * width + a] * right;
    }
    for (let a = size - 1; a >= 0; a--) {
      const pivot = equations[a * width + a];
      let value = equations[a * width + size];
      for (let b = a + 1; b < size; b++) value -= equations[a * width + b] * equations[b * width + size];
      value = pivot === 0 ? 0 : value / pivot;
      equations[a * width + size] = value;
      if (order[a] < n) target[order[a]] += value;
      else push[order[a] - n] += value;
    }
  }
}

/** What equation i (of a variable, or from n on of a row) has before unknown j. */
function entry(n: number, hessian: Float64Array, rows: Float64Array, i: number, j: number): number {
  if (i < n) return j < n ? hessian[i * n + j] : rows[(j - n) * n + i];
  return j < n ? rows[(i - n) * n + j] : 0;
}

/** What a row is worth in the units of its pivot: its squares over the curvatures. */
function rowScale(n: number, hessian: Float64Array, rows: Float64Array, k: number): number {
  let scale = 0;
  for (let i = 0; i < n; i++) scale += (rows[k * n + i] * rows[k * n + i]) / hessian[i * n + i];
  return scale;
}
