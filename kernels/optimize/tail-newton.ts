import { solveColumn } from './tail-basis.js';
import { tailColumn } from './tail-entries.js';
import type { TailMemory, TailProblem } from './tail-problem.js';

/** Slopes below this are level. */
const TOLERANCE = 1e-11;
/** Steps that promise less are rounding: between two pieces they would go to and fro. */
const RATE_LEAST = 1e-20;
/** Pivots below this part of the diagonal count as it: directions in which the square term does not bend. */
const PIVOT_LEAST = 1e-10;

/**
 * With a square term: the step to where the objective is level for all variables that stand between their bounds outside
 * the basis, as if it did not bend otherwise (the reduced Newton step of Murtagh and Saunders 1978).
 *
 * Writes the movers; gives the slope, or 0 where it is level already. O(s² assets + s³) for s such variables.
 */
export function tailNewton(p: TailProblem, m: TailMemory): number {
  const { cols, lower, upper } = p;
  const { x, place, reduced, mover, choice, moveBy } = m;
  if (p.square === 0) return 0;
  let used = 0;
  let steepest = 0;
  for (let v = 0; v < cols; v++) {
    if (place[v] >= 0 || x[v] <= lower[v] || x[v] >= upper[v]) continue;
    mover[used++] = v;
    const size = Math.abs(reduced[v]);
    if (size > steepest) steepest = size;
  }
  if (steepest <= TOLERANCE) return 0;
  choice[0] = -1;
  choice[1] = -1;
  choice[3] = used;
  curvatures(p, m, used);
  solveNewton(p, m, used);
  let rate = 0;
  for (let i = 0; i < used; i++) rate += reduced[mover[i]] * moveBy[i];
  return rate < -RATE_LEAST ? rate : 0;
}

/** How the weights follow each mover, and the second derivatives of the square term along the movers. */
function curvatures(p: TailProblem, m: TailMemory, used: number): void {
  const { asset, side, cols, square } = p;
  const { mover, columnOf, columnCells, solved, hessian, weightMoves } = m;
  const room = cols + 1;
  const assets = p.origin.length;
  const size = m.count[0];
  for (let i = 0; i < used; i++) {
    tailColumn(p, m, mover[i], columnCells);
    solveColumn(m.inverse, room, size, columnCells, solved, i * room);
    const start = i * assets;
    for (let a = 0; a < assets; a++) weightMoves[start + a] = 0;
    weightMoves[start + asset[mover[i]]] = side[mover[i]];
    for (let c = 0; c < size; c++) {
      const v = columnOf[c];
      if (v < cols) weightMoves[start + asset[v]] -= side[v] * solved[i * room + c];
    }
    for (let k = 0; k <= i; k++) {
      const other = k * assets;
      let sum = 0;
      for (let a = 0; a < assets; a++) sum += weightMoves[start + a] * weightMoves[other + a];
      hessian[i * room + k] = 2 * square * sum;
    }
  }
}

/** moveBy = −H⁻¹ reduced, by Cholesky in place. */
function solveNewton(p: TailProblem, m: TailMemory, used: number): void {
  const { mover, moveBy, hessian, reduced } = m;
  const room = p.cols + 1;
  for (let i = 0; i < used; i++) {
    const row = i * room;
    const diagonal = hessian[row + i];
    for (let k = 0; k <= i; k++) {
      const other = k * room;
      let sum = hessian[row + k];
      for (let j = 0; j < k; j++) sum -= hessian[row + j] * hessian[other + j];
      if (k < i) hessian[row + k] = sum / hessian[other + k];
      else hessian[row + i] = Math.sqrt(Math.max(sum, PIVOT_LEAST * diagonal));
    }
    let sum = -reduced[mover[i]];
    for (let j = 0; j < i; j++) sum -= hessian[row + j] * moveBy[j];
    moveBy[i] = sum / hessian[row + i];
  }
  for (let i = used - 1; i >= 0; i--) {
    let sum = moveBy[i];
    for (let j = i + 1; j < used; j++) sum -= hessian[j * room + i] * moveBy[j];
    moveBy[i] = sum / hessian[i * room + i];
  }
}
