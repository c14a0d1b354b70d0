/** The free variables of the active set method and the factor that belongs to them. */
import { choleskyAppend, choleskyRemove } from '../linalg/cholesky.js';
import {
  type ActiveSetMemory,
  AT_HIGH,
  AT_LOW,
  FREE,
  FREE_COUNT,
  PINNED,
  type QuadraticProblem,
  RHO,
} from './active-set-types.js';

/** Least pivot of a variable that is set free, relative to its own curvature. */
const PIVOT_LEAST = 1e-11;
/** Least coefficient that a basis is built on. */
const BASIS_LEAST = 1e-9;

/**
 * Sets variable `v` free and extends the factor.
 *
 * Gives 1, or 0 when its curvature is spanned by that of the free variables: `memory.column` then holds its column of
 * the matrix, solved with the factor. Appending is O(k² + k m) for k free variables.
 */
export function freeVariable(problem: QuadraticProblem, memory: ActiveSetMemory, v: number): number {
  const { n, dim, h, at, sign, m, rows } = problem;
  const { free, factor, solved, column, numbers, state } = memory;
  const k = numbers[FREE_COUNT];
  const rho = numbers[RHO];
  const own = at[v];
  for (let i = 0; i < k; i++) {
    const u = free[i];
    let sum = 0;
    for (let r = 0, cell = 0; r < m; r++, cell += n) sum += rows[cell + u] * rows[cell + v];
    sum *= rho;
    if (own >= 0 && at[u] >= 0) sum += sign[u] * sign[v] * h[own * dim + at[u]];
    column[i] = sum;
  }
  const size = memory.size[v];
  if (k >= n || choleskyAppend(factor, n, k, column, size * size, PIVOT_LEAST) === 0) return 0;
  const rowAt = k * n;
  const perPivot = 1 / factor[rowAt + k];
  for (let r = 0; r < m; r++) {
    let sum = rows[r * n + v];
    for (let i = 0; i < k; i++) sum -= factor[rowAt + i] * solved[i * m + r];
    solved[k * m + r] = sum * perPivot;
  }
  free[k] = v;
  state[v] = FREE;
  numbers[FREE_COUNT] = k + 1;
  return 1;
}

/** Holds the free variable at place `place` of the order: `how` says where. O((k − place)²). */
export function holdVariable(
  problem: QuadraticProblem,
  memory: ActiveSetMemory,
  place: number,
  how: number,
): void {
  const { n, m } = problem;
  const { free, factor, solved, numbers, state, turns } = memory;
  const k = numbers[FREE_COUNT];
  state[free[place]] = how;
  choleskyRemove(factor, n, k, place, solved, m, turns);
  for (let i = place; i < k - 1; i++) free[i] = free[i + 1];
  numbers[FREE_COUNT] = k - 1;
}

/**
 * The first set of free variables at a feasible point: as many as the equations need, then what lies between its limits.
 *
 * problem  as described there
 * memory   written; `numbers` too
 * x        n numbers within their limits
 *
 * The first ones are found by elimination, between the limits where possible, so that the equations stay independent.
 * What lies between its limits but adds no curvature is pinned. O(m² n + k³ / 6).
 */
export function startSet(problem: QuadraticProblem, memory: ActiveSetMemory, x: Float64Array): void {
  const { n, m, rows, low, high } = problem;
  const { state, reduced, numbers, price } = memory;
  measure(problem, memory);
  for (let r = 0; r < m; r++) price[r] = 0;
  numbers[FREE_COUNT] = 0;
  for (let v = 0; v < n; v++) state[v] = x[v] <= low[v] ? AT_LOW : x[v] >= high[v] ? AT_HIGH : PINNED;
  for (let i = m * n - 1; i >= 0; i--) reduced[i] = rows[i];
  for (let r = 0; r < m; r++) {
    const v = basisVariable(problem, memory, x, r * n);
    if (v < 0) continue;
    const perPivot = 1 / reduced[r * n + v];
    for (let other = r + 1; other < m; other++) {
      const part = reduced[other * n + v] * perPivot;
      if (part === 0) continue;
      for (let u = 0; u < n; u++) reduced[other * n + u] -= part * reduced[r * n + u];
      reduced[other * n + v] = 0;
    }
    freeVariable(problem, memory, v);
  }
  for (let v = 0; v < n; v++) if (state[v] === PINNED) freeVariable(problem, memory, v);
}

/** The best variable for the equation at `row` of the reduced rows; −1 if the equation follows from the others. */
function basisVariable(
  problem: QuadraticProblem,
  memory: ActiveSetMemory,
  x: Float64Array,
  row: number,
): number {
  const { n, low, high } = problem;
  const { state, reduced } = memory;
  let best = -1;
  let bestRank = 0;
  let bestScore = 0;
  for (let v = 0; v < n; v++) {
    const size = Math.abs(reduced[row + v]);
    if (state[v] === FREE || !(size > BASIS_LEAST)) continue;
    const below = x[v] - low[v];
    const above = high[v] - x[v];
    const room = below < above ? below : above;
    const rank = state[v] === PINNED ? 3 : low[v] < high[v] ? 2 : 1;
    const score = rank === 3 ? size * (room < 1 ? room : 1) : size;
    if (rank > bestRank || (rank === bestRank && score > bestScore)) {
      best = v;
      bestRank = rank;
      bestScore = score;
    }
  }
  return best;
}

/** Sizes of the variables, and rho: the least curvature above 0, but not below 1e-8 of the largest; 1 without any. */
function measure(problem: QuadraticProblem, memory: ActiveSetMemory): void {
  const { n, dim, h, at, m, rows } = problem;
  const { size, spread, numbers } = memory;
  let least = Infinity;
  let most = 0;
  for (let v = 0; v < n; v++) {
    const own = at[v];
    const curve = own < 0 ? 0 : h[own * dim + own];
    spread[v] = curve > 0 ? Math.sqrt(curve) : 0;
    if (curve > 0 && curve < least) least = curve;
    if (curve > most) most = curve;
  }
  const rho = most === 0 ? 1 : least > 1e-8 * most ? least : 1e-8 * most;
  for (let v = 0; v < n; v++) {
    let sum = 0;
    for (let r = 0; r < m; r++) sum += rows[r * n + v] * rows[r * n + v];
    size[v] = Math.sqrt(spread[v] * spread[v] + rho * sum);
  }
  numbers[RHO] = rho;
}
