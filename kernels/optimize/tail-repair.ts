import { shrinkInverse } from './tail-basis.js';
import type { TailMemory, TailProblem } from './tail-problem.js';

const ROUNDING = 1e-12;

/** inverse, after row `row` of K had `times` × row `other` added: column `other` changes. */
export function addRowToRow(
  inverse: Float64Array,
  stride: number,
  size: number,
  row: number,
  other: number,
  factor: number,
): void {
  for (let c = 0; c < size; c++) inverse[c * stride + other] -= factor * inverse[c * stride + row];
}

/** A column and a row leave the basis: the variable keeps its value, the equation need no longer hold. */
export function dropPair(m: TailMemory, room: number, column: number, row: number): void {
  const { rowKind, rowAt, rowPeak, rowOfTime, rowOfLimit, columnOf, place, count } = m;
  const size = count[0];
  const last = size - 1;
  if (rowKind[row] === 2) rowOfLimit[rowAt[row]] = -1;
  else rowOfTime[rowAt[row]] = -1;
  place[columnOf[column]] = -1;
  shrinkInverse(m.inverse, room, size, column, row);
  if (column !== last) {
    columnOf[column] = columnOf[last];
    place[columnOf[column]] = column;
  }
  if (row !== last) {
    rowKind[row] = rowKind[last];
    rowAt[row] = rowAt[last];
    rowPeak[row] = rowPeak[last];
    if (rowKind[row] === 2) rowOfLimit[rowAt[row]] = row;
    else rowOfTime[rowAt[row]] = row;
  }
  count[0] = last;
}

/** What flows past each time that is held as an equal peak: room for its multiplier. `m.flow` by row of the basis. */
export function tailFlows(p: TailProblem, m: TailMemory): void {
  const { times, kappa } = p;
  const { rowKind, rowAt, rowPeak, flow, gain, peak, inTail, multiplier, count, x } = m;
  const size = count[0];
  for (let t = 0; t < times; t++) gain[t] = 0;
  for (let t = 1; t < times; t++) if (inTail[t] === 1) gain[peak[t]] += kappa;
  for (let r = 0; r < size; r++) if (rowKind[r] !== 2) gain[rowPeak[r]] += multiplier[r];
  const own = m.place[p.cols] < 0 && x[p.cols] <= 0 ? kappa : 0;
  for (let r = 0; r < size; r++) flow[r] = rowKind[r] === 1 ? gain[rowAt[r]] + own : 0;
}

/** Row `leave`, an equal peak, is let go downwards: what was counted from it is counted from the peak before. */
export function tailDropPeak(p: TailProblem, m: TailMemory, room: number, leave: number): void {
  const { times } = p;
  const { rowKind, rowAt, rowPeak, peak, inverse, count, inTail } = m;
  const size = count[0];
  const time = rowAt[leave];
  const before = rowPeak[leave];
  for (let r = 0; r < size; r++) {
    if (r === leave || rowKind[r] === 2 || rowPeak[r] !== time) continue;
    addRowToRow(inverse, room, size, r, leave, 1);
    rowPeak[r] = before;
  }
  for (let t = 1; t < times; t++) if (peak[t] === time) peak[t] = before;
  inTail[time] = 0;
}

/**
 * What z, held at 0, is asked to take up: the weight of equal peaks from which more flows than arrives. They would
 * start their own drawdowns.
 */
export function tailStarts(p: TailProblem, m: TailMemory): number {
  const { rowKind, multiplier, flow, count } = m;
  const size = count[0];
  let sum = 0;
  for (let r = 0; r < size; r++) {
    const start = multiplier[r] - (flow[r] - p.kappa);
    if (rowKind[r] === 1 && start > 0) sum += start;
  }
  return sum;
}

/** z leaves 0: equal peaks from which more flows than arrives become losses of the size z. */
export function tailRaise(p: TailProblem, m: TailMemory, room: number): void {
  const { rowKind, multiplier, flow, count } = m;
  const size = count[0];
  for (let r = 0; r < size; r++) {
    if (rowKind[r] !== 1 || multiplier[r] - (flow[r] - p.kappa) <= 0) continue;
    tailDropPeak(p, m, room, r);
    rowKind[r] = 0;
  }
}

/** z comes to rest at 0: losses of its size become equal peaks. */
export function tailSink(m: TailMemory): void {
  const size = m.count[0];
  for (let r = 0; r < size; r++) if (m.rowKind[r] === 0) m.rowKind[r] = 1;
}

/**
 * Brings the equations of the basis in line with the path after a step: each is counted from the last of equal peaks,
 * and those that no longer hold leave, each with the variable that it fixes best.
 */
export function tailRepair(p: TailProblem, m: TailMemory, room: number): void {
  const { times } = p;
  const { rowKind, rowPeak, rowOfTime, inverse, count, y, x } = m;
  const zeta = x[p.cols];
  let top = 0;
  for (let t = 1; t < times; t++) {
    const row = rowOfTime[t];
    if (row >= 0) {
      const off = y[top] - y[t] - (rowKind[row] === 0 ? zeta : 0);
      let holds = off <= ROUNDING && off >= -ROUNDING;
      if (holds && rowPeak[row] !== top) {
        // Down the chain of equal peaks from the last one to the one the row has.
        let node = top;
        while (node !== rowPeak[row]) {
          const link = rowOfTime[node];
          if (link < 0 || rowKind[link] !== 1) break;
          node = rowPeak[link];
        }
        if (node === rowPeak[row]) {
          node = top;
          while (node !== rowPeak[row]) {
            const link = rowOfTime[node];
            addRowToRow(inverse, room, count[0], row, link, -1);
            node = rowPeak[link];
          }
          rowPeak[row] = top;
        } else {
          const gap = y[top] - y[rowPeak[row]];
          holds = gap <= ROUNDING;
        }
      }
      if (!holds) {
        const size = count[0];
        let column = 0;
        let largest = -1;
        for (let c = 0; c < size; c++) {
          const cell = Math.abs(inverse[c * room + row]);
          if (cell > largest) {
            largest = cell;
            column = c;
          }
        }
        dropPair(m, room, column, row);
      }
    }
    const now = rowOfTime[t];
    if (y[t] > y[top] || (now >= 0 && rowKind[now] === 1)) top = t;
  }
}
