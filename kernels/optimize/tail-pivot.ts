import { growInverse, replaceColumn, replaceRow, solveRow } from './tail-basis.js';
import { BLOCK_BASIC, BLOCK_LIMIT, BLOCK_MOVER, BLOCK_OPPOSITE } from './tail-block.js';
import { tailEntry, tailRow } from './tail-entries.js';
import type { TailMemory, TailProblem } from './tail-problem.js';
import { dropPair } from './tail-repair.js';

/**
 * The basis after a step, and what stopped it in its place.
 *
 * bend  time whose equation holds now, of the kind `m.line[1]` below the peak `m.line[2]`; −1: what `m.choice` says
 *       blocks; −2: nothing, the objective is level here
 */
export function tailPivot(p: TailProblem, m: TailMemory, bend: number): void {
  const { lower, upper } = p;
  const {
    x,
    choice,
    line,
    step,
    mover,
    moveBy,
    columnOf,
    rowKind,
    rowAt,
    rowPeak,
    rowOfTime,
    rowOfLimit,
    inTail,
  } = m;
  const room = p.cols + 1;
  const size = m.count[0];
  const leave = choice[1];
  const movers = choice[3];
  const block = bend === -1 ? choice[4] : 0;
  const at = choice[5];
  if (block === BLOCK_OPPOSITE) {
    rowPeak[leave] = -rowPeak[leave];
    return;
  }
  if (leave >= 0) {
    const time = rowAt[leave];
    if (rowKind[leave] === 2) rowOfLimit[time] = -1;
    else rowOfTime[time] = -1;
    if (rowKind[leave] === 0) inTail[time] = choice[2] > 0 ? 1 : 0;
  }
  if (bend >= 0) holdEquation(p, m, line[1], bend, line[2]);
  else if (block === BLOCK_LIMIT) holdEquation(p, m, 2, at, choice[6]);
  else if (block === BLOCK_MOVER) x[mover[at]] = moveBy[at] > 0 ? upper[mover[at]] : lower[mover[at]];
  else if (block === BLOCK_BASIC) {
    const v = columnOf[at];
    x[v] = step[at] > 0 ? upper[v] : lower[v];
    if (leave >= 0) dropPair(m, room, at, leave);
    else {
      // The mover that the blocked variable depends on most takes its column.
      const solved = m.solved;
      let best = 0;
      for (let i = 1; i < movers; i++) {
        if (Math.abs(solved[i * room + at]) > Math.abs(solved[best * room + at])) best = i;
      }
      m.place[v] = -1;
      replaceColumn(m.inverse, room, size, at, solved, best * room);
      columnOf[at] = mover[best];
      m.place[mover[best]] = at;
    }
  } else if (leave >= 0) {
    let column = 0;
    for (let c = 1; c < size; c++) {
      if (Math.abs(m.inverse[c * room + leave]) > Math.abs(m.inverse[column * room + leave])) column = c;
    }
    dropPair(m, room, column, leave);
  }
}

/** A new equation: in the row of the one that left, or with a mover as its column. */
function holdEquation(p: TailProblem, m: TailMemory, kind: number, at: number, peak: number): void {
  const { choice, mover, inverse, columnOf, rowKind, rowAt, rowPeak, rowCells, rowSolved, solved, count } = m;
  const room = p.cols + 1;
  const size = count[0];
  tailRow(p, m, kind, at, peak, rowCells);
  solveRow(inverse, room, size, rowCells, rowSolved);
  let row = choice[1];
  if (row >= 0) replaceRow(inverse, room, size, row, rowSolved);
  else {
    let best = 0;
    let pivot = 0;
    for (let i = 0; i < choice[3]; i++) {
      let cell = tailEntry(p, kind, at, peak, mover[i]);
      const start = i * room;
      for (let c = 0; c < size; c++) cell -= rowCells[c] * solved[start + c];
      if (Math.abs(cell) > Math.abs(pivot)) {
        pivot = cell;
        best = i;
      }
    }
    growInverse(inverse, room, size, solved, best * room, rowSolved, pivot);
    columnOf[size] = mover[best];
    m.place[mover[best]] = size;
    row = size;
    count[0] = size + 1;
  }
  rowKind[row] = kind;
  rowAt[row] = at;
  rowPeak[row] = peak;
  if (kind === 2) m.rowOfLimit[at] = row;
  else m.rowOfTime[at] = row;
}
