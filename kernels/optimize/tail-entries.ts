/** Cells of the basis of the tail search; see `TailMemory` for the kinds of rows. */
import { solveRow } from './tail-basis.js';
import { tailFlows } from './tail-repair.js';
import { addRows } from './tail-products.js';
import type { TailMemory, TailProblem } from './tail-problem.js';

/** The cell of an equation of the given kind for one variable. */
export function tailEntry(p: TailProblem, kind: number, at: number, peak: number, variable: number): number {
  const cols = p.cols;
  if (variable === cols) return kind === 0 ? -1 : 0;
  if (kind === 2) return p.limitRows[at * cols + variable];
  return p.byTime[peak * cols + variable] - p.byTime[at * cols + variable];
}

/** Writes the cells of one variable for every row of the basis. */
export function tailColumn(p: TailProblem, m: TailMemory, variable: number, out: Float64Array): void {
  const size = m.count[0];
  const { rowKind, rowAt, rowPeak } = m;
  for (let r = 0; r < size; r++) out[r] = tailEntry(p, rowKind[r], rowAt[r], rowPeak[r], variable);
}

/** Writes the cells of one equation for every column of the basis. */
export function tailRow(
  p: TailProblem,
  m: TailMemory,
  kind: number,
  at: number,
  peak: number,
  out: Float64Array,
): void {
  const size = m.count[0];
  const columnOf = m.columnOf;
  for (let c = 0; c < size; c++) out[c] = tailEntry(p, kind, at, peak, columnOf[c]);
}

/** Values of the path at the point x, from scratch. */
export function tailPath(p: TailProblem, m: TailMemory): void {
  const { times, cols } = p;
  const { x, y, list, weight, offset } = m;
  let used = 0;
  for (let v = 0; v < cols; v++) {
    if (x[v] !== 0) {
      list[used] = v;
      weight[used++] = x[v];
    }
  }
  for (let t = 0; t < times; t++) y[t] = offset[t];
  addRows(p.byVariable, times, list, weight, used, y);
}

/** Brings `linear`, the gradient without equations and square term, from the applied coefficients to the wanted. */
export function tailGradient(p: TailProblem, m: TailMemory): void {
  const { times, cols } = p;
  const { coefficient, applied, list, weight, linear } = m;
  let used = 0;
  for (let t = 1; t < times; t++) {
    const change = coefficient[t] - applied[t];
    if (change !== 0) {
      list[used] = t;
      weight[used++] = change;
      applied[t] = coefficient[t];
    }
  }
  addRows(p.byTime, cols, list, weight, used, linear);
  linear[cols] = p.zetaCost - p.kappa * m.count[2];
}

/** Weights that the point stands for. */
export function tailWeights(p: TailProblem, m: TailMemory): void {
  const { cols, asset, side } = p;
  const { x, weights } = m;
  weights.set(p.origin);
  for (let v = 0; v < cols; v++) weights[asset[v]] += side[v] * x[v];
}

/** Multipliers of the equations of the basis, from the gradient; with peaks, the room of each too. */
export function tailMultipliers(p: TailProblem, m: TailMemory): void {
  const { cols, square, asset, side } = p;
  const { gradient, linear, columnOf, columnCells, weights } = m;
  const size = m.count[0];
  gradient.set(linear);
  if (square > 0) {
    tailWeights(p, m);
    for (let v = 0; v < cols; v++) gradient[v] += 2 * square * side[v] * weights[asset[v]];
  }
  for (let c = 0; c < size; c++) columnCells[c] = -gradient[columnOf[c]];
  solveRow(m.inverse, cols + 1, size, columnCells, m.multiplier);
  if (p.peaks) tailFlows(p, m);
}

/** Gradient of the Lagrangian: `gradient` and the equations of the basis by their multipliers. */
export function tailReduced(p: TailProblem, m: TailMemory): void {
  const { times, cols, limitRows } = p;
  const { rowKind, rowAt, rowPeak, multiplier, list, weight, gradient, reduced, breakAt: sums } = m;
  const size = m.count[0];
  reduced.set(gradient);
  for (let t = 0; t < times; t++) sums[t] = 0;
  for (let r = 0; r < size; r++) {
    const factor = multiplier[r];
    if (rowKind[r] === 2) {
      const start = rowAt[r] * cols;
      for (let v = 0; v < cols; v++) reduced[v] += factor * limitRows[start + v];
    } else {
      sums[rowPeak[r]] += factor;
      sums[rowAt[r]] -= factor;
      if (rowKind[r] === 0) reduced[cols] -= factor;
    }
  }
  let used = 0;
  for (let t = 1; t < times; t++) {
    if (sums[t] !== 0) {
      list[used] = t;
      weight[used++] = sums[t];
    }
  }
  addRows(p.byTime, cols, list, weight, used, reduced);
}
