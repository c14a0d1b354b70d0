/** Second derivatives of a GARCH likelihood, by differences of its exact gradient. */
import type { GarchOptimum, Search } from './garch-ascent.js';
import type { GarchProblem } from './garch-problem.js';

/** Relative step of the central differences. */
const STEP = 1e-5;
/** Part of a log-likelihood that is rounding. */
const ROUNDING = 4e-15;

/** Which of the moved parameters do not stand at a bound. */
export function freeOf({ memory, size }: Search, point: Float64Array): number[] {
  const free: number[] = [];
  for (let i = 0; i < size; i++) {
    if (point[i]! > memory.least[i]! && point[i]! < memory.most[i]!) free.push(i);
  }
  return free;
}

/** Second derivatives of minus the log-likelihood after the free parameters. */
export function secondDerivatives(
  search: Search,
  point: Float64Array,
  free: readonly number[],
): Float64Array {
  const k = free.length;
  const { least, most } = search.memory;
  const matrix = new Float64Array(k * k);
  const up = new Float64Array(search.size);
  const down = new Float64Array(search.size);
  for (const [a, i] of free.entries()) {
    const here = point[i]!;
    const room = Math.min(here - least[i]!, most[i]! - here);
    const step = Math.min(STEP * Math.max(Math.abs(here), 0.01), 0.5 * room);
    const moved = Float64Array.from(point);
    moved[i] = here + step;
    search.value(moved, up);
    moved[i] = here - step;
    search.value(moved, down);
    for (const [b, j] of free.entries()) matrix[a * k + b] = (up[j]! - down[j]!) / (2 * step);
  }
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < a; b++) {
      const middle = 0.5 * (matrix[a * k + b]! + matrix[b * k + a]!);
      matrix[a * k + b] = middle;
      matrix[b * k + a] = middle;
    }
  }
  return matrix;
}

/**
 * A top, climbed once more with the true curvature: what a search has learnt may make a flat direction look steep, so that
 * it ends early. The top itself where it has none.
 */
export function polish(problem: GarchProblem, search: Search, top: GarchOptimum): GarchOptimum {
  const point = search.contractPoint(top.parameters, new Float64Array(search.size));
  const free = freeOf(search, point);
  const k = free.length;
  const block = secondDerivatives(search, point, free);
  if (!isPositive(block, k)) return top;
  const curvature = search.contractMatrix(problem.information(top.parameters)).slice();
  const { size } = search;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) if (i !== j) curvature[i * size + j] = 0;
  for (const [a, i] of free.entries()) {
    for (const [b, j] of free.entries()) curvature[i * size + j] = block[a * k + b]!;
  }
  const { tol, maxIter } = problem.plan;
  const higher = search.run(top.parameters, curvature, maxIter, tol);
  // As high, as far as rounding can tell: its last step is the better one.
  const noise = ROUNDING * Math.abs(top.logLikelihood);
  return higher.logLikelihood >= top.logLikelihood - noise && higher.end === 'converged'
    ? { ...higher, rounds: top.rounds + higher.rounds }
    : top;
}

/** True where a symmetric matrix is positive definite: Cholesky goes through. */
function isPositive(matrix: Float64Array, k: number): boolean {
  const root = matrix.slice();
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = root[i * k + j]!;
      for (let l = 0; l < j; l++) sum -= root[i * k + l]! * root[j * k + l]!;
      if (i !== j) root[i * k + j] = sum / root[j * k + j]!;
      else if (sum > 1e-14 * Math.abs(matrix[i * k + i]!)) root[i * k + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}
