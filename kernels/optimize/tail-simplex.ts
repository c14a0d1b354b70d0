import { drawdownLine } from './drawdown-line.js';
import { lossLine } from './loss-line.js';
import { solveColumn } from './tail-basis.js';
import { tailBlock } from './tail-block.js';
import { tailColumn, tailGradient, tailMultipliers, tailReduced, tailWeights } from './tail-entries.js';
import { tailNewton } from './tail-newton.js';
import { tailPieces } from './tail-pieces.js';
import { tailPivot } from './tail-pivot.js';
import { tailPrice } from './tail-price.js';
import type { TailMemory, TailProblem } from './tail-problem.js';
import { addRows } from './tail-products.js';
import { tailDropPeak, tailRaise, tailRepair, tailSink, tailStarts } from './tail-repair.js';
import { tailRefactor, tailShake, tailUnshake } from './tail-start.js';

/** Pivots between two inversions from scratch. */
const REFACTOR = 60;
/** Steps of length 0 in a row after which ties are broken, and how often, eight times more each time. */
const STILL = 40;
const SHAKES = 3;

/**
 * Least value of the objective of `p`, from the point and basis that `tailStart` made, by a primal simplex method on the
 * convex piecewise linear function itself.
 *
 * A loss in or out of the tail is no variable: the basis holds only the scenarios at the quantile, equal peaks and tight
 * limits, some tens of rows however long the sample. A step goes along a ray past as many bends as lower the objective
 * (as Barrodale and Roberts 1973 do for least absolute deviations), O(times × basis + cols × basis). With a square term
 * variables may rest between their bounds, and steps for all of those together are Newton's.
 *
 * iterations  most steps
 * shake       by how much values move at first where ties have stopped the search, such as 1e-9
 *
 * Gives 0 at an optimum, 1 after `iterations`, 2 where rounding has made the basis singular, 3 where the objective falls
 * without end. In the end `m.x` is the point, and `m.multiplier`, `m.inTail`, `m.coefficient` prove it.
 */
export function tailSearch(p: TailProblem, m: TailMemory, iterations: number, shake: number): number {
  const { times, cols } = p;
  const { x, y, place, count, choice, line, columnOf, step, mover, moveBy, reduced, slope } = m;
  let age = 0;
  let still = 0;
  let shaken = 0;
  for (;;) {
    if (still > STILL && shaken < SHAKES) {
      tailShake(p, m, shake * (1 << (3 * shaken)));
      shaken++;
      still = 0;
    }
    if (age >= REFACTOR) {
      if (!tailRefactor(p, m)) return 2;
      age = 0;
    }
    tailMultipliers(p, m);
    tailReduced(p, m);
    const atZero = p.peaks && place[cols] < 0 && x[cols] <= 0;
    if (atZero) reduced[cols] -= tailStarts(p, m);
    let rate = tailNewton(p, m);
    if (rate === 0) {
      rate = tailPrice(p, m);
      if (rate === 0 && age > 0) {
        // Optimal but for rounding: once more with everything anew.
        age = REFACTOR;
        continue;
      }
      if (rate === 0) {
        if (shaken > 0) tailUnshake(p, m);
        return 0;
      }
      letGo(p, m, atZero);
    }
    if (count[1] >= iterations) return 1;
    count[1]++;
    const size = count[0];
    const movers = choice[3];
    const end = direction(p, m);
    const zetaStep = place[cols] >= 0 ? step[place[cols]] : choice[0] === cols ? moveBy[0] : 0;
    const bend = p.peaks
      ? drawdownLine(p, m, rate, x[cols], zetaStep, end, line[6], line[5], choice[1])
      : lossLine(p, m, rate, x[cols], zetaStep, end, line[5]);
    const length = line[0];
    if (!(length < Infinity)) return 3;
    if (length > 1e-13) still = 0;
    else still++;
    if (length > 0) {
      for (let c = 0; c < size; c++) x[columnOf[c]] += length * step[c];
      for (let i = 0; i < movers; i++) x[mover[i]] += length * moveBy[i];
      for (let t = 1; t < times; t++) y[t] += length * slope[t];
    }
    tailPivot(p, m, bend);
    if (p.peaks) {
      if (!atZero && place[cols] < 0 && x[cols] <= 0) tailSink(m);
      tailRepair(p, m, cols + 1);
    }
    tailPieces(p, m);
    tailGradient(p, m);
    age++;
  }
}

/** The movers and the step of the basis for what pricing chose. */
function letGo(p: TailProblem, m: TailMemory, atZero: boolean): void {
  const { cols } = p;
  const { choice, mover, moveBy, step, inverse, columnCells, solved, count, rowKind, rowAt } = m;
  const room = cols + 1;
  const enter = choice[0];
  const leave = choice[1];
  choice[3] = 0;
  if (enter >= 0) {
    if (enter === cols && atZero) tailRaise(p, m, room);
    tailColumn(p, m, enter, columnCells);
    solveColumn(inverse, room, count[0], columnCells, solved);
    mover[0] = enter;
    moveBy[0] = choice[2];
    choice[3] = 1;
    return;
  }
  if (rowKind[leave] === 1 && choice[2] > 0) {
    tailDropPeak(p, m, room, leave);
    if (atZero) m.inTail[rowAt[leave]] = 1;
  }
  for (let c = 0; c < count[0]; c++) step[c] = choice[2] * inverse[c * room + leave];
}

/**
 * The change of everything per length of the step: `m.step`, `m.slope`; linear and second part of the square term in
 * `m.line[6]` and `[5]`. Gives how far bounds and limits let it go.
 */
function direction(p: TailProblem, m: TailMemory): number {
  const { times, cols, square, asset, side } = p;
  const { choice, mover, moveBy, step, solved, columnOf, list, weight, slope, weights, weightStep, line } = m;
  const room = cols + 1;
  const size = m.count[0];
  const movers = choice[3];
  if (choice[1] < 0) for (let c = 0; c < size; c++) step[c] = 0;
  let used = 0;
  for (let i = 0; i < movers; i++) {
    const by = moveBy[i];
    for (let c = 0; c < size; c++) step[c] -= by * solved[i * room + c];
    if (mover[i] < cols) {
      list[used] = mover[i];
      weight[used++] = by;
    }
  }
  for (let c = 0; c < size; c++) {
    if (columnOf[c] < cols && step[c] !== 0) {
      list[used] = columnOf[c];
      weight[used++] = step[c];
    }
  }
  line[5] = 0;
  line[6] = 0;
  if (square > 0) {
    tailWeights(p, m);
    weightStep.fill(0);
    for (let i = 0; i < used; i++) weightStep[asset[list[i]]] += side[list[i]] * weight[i];
    for (let a = 0; a < weightStep.length; a++) {
      line[5] += 2 * square * weightStep[a] * weightStep[a];
      line[6] += 2 * square * weightStep[a] * weights[a];
    }
  }
  for (let t = 0; t < times; t++) slope[t] = 0;
  addRows(p.byVariable, times, list, weight, used, slope);
  return tailBlock(p, m);
}
