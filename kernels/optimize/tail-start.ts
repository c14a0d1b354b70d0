import { invert, solveColumn } from './tail-basis.js';
import { tailEntry, tailGradient, tailPath } from './tail-entries.js';
import { tailPieces } from './tail-pieces.js';
import type { TailMemory, TailProblem } from './tail-problem.js';

/** Relative pivot below which the basis counts as singular. */
const PIVOT_LEAST = 1e-14;

/**
 * Makes the smallest basis at the point `m.x`, which meets every limit: the first limit row and the variable with the
 * most room. Everything else stands still where it is until the search moves it.
 */
export function tailStart(p: TailProblem, m: TailMemory): void {
  const { cols, limitRows, lower, upper } = p;
  const { x, place, count } = m;
  m.rowOfTime.fill(-1);
  m.rowOfLimit.fill(-1);
  place.fill(-1);
  m.inTail.fill(0);
  m.offset.set(p.offset);
  let best = 0;
  let most = -1;
  for (let v = 0; v < cols; v++) {
    if (limitRows[v] === 0) continue;
    const room = Math.min(x[v] - lower[v], upper[v] - x[v]);
    if (room > most) {
      most = room;
      best = v;
    }
  }
  count[0] = 1;
  count[1] = 0;
  count[2] = 0;
  m.columnOf[0] = best;
  place[best] = 0;
  m.rowKind[0] = 2;
  m.rowAt[0] = 0;
  m.rowPeak[0] = 0;
  m.rowOfLimit[0] = 0;
  m.inverse[0] = 1 / limitRows[best];
  tailRenew(p, m);
}

/** Path, pieces and gradient at the point, from scratch. */
export function tailRenew(p: TailProblem, m: TailMemory): void {
  tailPath(p, m);
  tailPieces(p, m);
  m.applied.fill(0);
  m.linear.set(p.cost);
  tailGradient(p, m);
}

/** The basis inverted anew, its variables solved anew, and all that hangs on them. False where it is singular. */
export function tailRefactor(p: TailProblem, m: TailMemory): boolean {
  const room = p.cols + 1;
  const size = m.count[0];
  const { inverse, rowKind, rowAt, rowPeak, columnOf } = m;
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      inverse[r * room + c] = tailEntry(p, rowKind[r], rowAt[r], rowPeak[r], columnOf[c]);
    }
  }
  if (invert(inverse, room, size, m.order) < PIVOT_LEAST) return false;
  solveEquations(p, m);
  tailRenew(p, m);
  return true;
}

/** Sets the variables of the basis so that its equations hold at the offsets in force. */
function solveEquations(p: TailProblem, m: TailMemory): void {
  const { cols, limitRows } = p;
  const { inverse, rowKind, rowAt, rowPeak, columnOf, x, y, columnCells, step } = m;
  const size = m.count[0];
  // Twice: the second time takes out what the first one rounded.
  for (let pass = 0; pass < 2; pass++) {
    tailPath(p, m);
    for (let r = 0; r < size; r++) {
      const at = rowAt[r];
      if (rowKind[r] === 2) {
        let sum = 0;
        for (let v = 0; v < cols; v++) sum += limitRows[at * cols + v] * x[v];
        columnCells[r] = (rowPeak[r] < 0 ? p.limitLow[at] : p.limitHigh[at]) - sum;
      } else {
        columnCells[r] = y[at] - y[rowPeak[r]] + (rowKind[r] === 0 ? x[cols] : 0);
      }
    }
    solveColumn(inverse, cols + 1, size, columnCells, step);
    for (let c = 0; c < size; c++) x[columnOf[c]] += step[c];
  }
}

/**
 * Moves the values of the times that no equation holds by up to size / 2, so that ties end (Charnes 1952). The point
 * stays a vertex.
 */
export function tailShake(p: TailProblem, m: TailMemory, size: number): void {
  const { rowKind, rowPeak, rowOfTime, count, gain, offset } = m;
  gain.fill(0);
  for (let r = 0; r < count[0]; r++) if (rowKind[r] !== 2) gain[rowPeak[r]] = 1;
  for (let t = 1; t < p.times; t++) {
    // Weyl's sequence of the golden ratio: spread evenly, the same for everyone.
    const part = (Math.imul(t, 0x9e3779b1) >>> 0) / 4294967296 - 0.5;
    if (rowOfTime[t] < 0 && gain[t] === 0) offset[t] += size * part;
  }
  tailRenew(p, m);
}

/**
 * Back to the offsets of the problem. The multipliers do not depend on them: the basis stays optimal, and its point is
 * the same but for the ties.
 */
export function tailUnshake(p: TailProblem, m: TailMemory): void {
  const { x } = m;
  const { lower, upper } = p;
  m.offset.set(p.offset);
  solveEquations(p, m);
  for (let v = 0; v <= p.cols; v++) {
    if (x[v] < lower[v]) x[v] = lower[v];
    else if (x[v] > upper[v]) x[v] = upper[v];
  }
}
