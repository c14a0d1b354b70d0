import type { TailMemory, TailProblem } from './tail-problem.js';

const PIVOT_LEAST = 1e-10;
/** Slack of the bounds when the largest pivot is looked for (Harris 1973). */
const SLACK = 1e-12;

/** What ends a step (`m.choice[4]`): a weight of the basis at a bound. */
export const BLOCK_BASIC = 1;
/** The moving weight at its own bound. */
export const BLOCK_MOVER = 2;
/** A limit row. */
export const BLOCK_LIMIT = 3;
/** The other end of the limit row that was to leave. */
export const BLOCK_OPPOSITE = 4;

/**
 * How far the step `m.step`, `m.mover` can go within bounds and limit rows: the length, Infinity where nothing ends it.
 * `m.choice[4]` … `[6]`: what ends it, its place (column of the basis, mover, limit row), the side of a limit row.
 */
export function tailBlock(p: TailProblem, m: TailMemory): number {
  const { cols, lower, upper, limits, limitRows, limitLow, limitHigh } = p;
  const { x, step, columnOf, mover, moveBy, choice, rowOfLimit, rowKind, rowAt } = m;
  const size = m.count[0];
  const movers = choice[3];
  const leave = choice[1];
  let largest = 0;
  for (let c = 0; c < size; c++) {
    const cell = Math.abs(step[c]);
    if (cell > largest) largest = cell;
  }
  const least = PIVOT_LEAST * largest;
  let end = Infinity;
  let kind = 0;
  let place = -1;
  let side = 0;
  let relaxed = Infinity;
  for (let c = 0; c < size; c++) {
    const s = step[c];
    if (s <= least && s >= -least) continue;
    const v = columnOf[c];
    const length = s > 0 ? (upper[v] - x[v] + SLACK) / s : (lower[v] - x[v] - SLACK) / s;
    if (length < relaxed) relaxed = length;
  }
  if (relaxed < Infinity) {
    let pivot = 0;
    for (let c = 0; c < size; c++) {
      const s = step[c];
      const cell = s < 0 ? -s : s;
      if (cell <= least || cell <= pivot) continue;
      const v = columnOf[c];
      const length = s > 0 ? (upper[v] - x[v]) / s : (lower[v] - x[v]) / s;
      if (length > relaxed) continue;
      pivot = cell;
      kind = BLOCK_BASIC;
      place = c;
      end = length > 0 ? length : 0;
    }
  }
  for (let i = 0; i < movers; i++) {
    const v = mover[i];
    const s = moveBy[i];
    if (s === 0) continue;
    const length = s > 0 ? (upper[v] - x[v]) / s : (lower[v] - x[v]) / s;
    if (length > end || length === Infinity) continue;
    kind = BLOCK_MOVER;
    place = i;
    end = length > 0 ? length : 0;
  }
  if (leave >= 0 && rowKind[leave] === 2) {
    const length = limitHigh[rowAt[leave]] - limitLow[rowAt[leave]];
    if (length < end) {
      kind = BLOCK_OPPOSITE;
      end = length;
    }
  }
  for (let i = 1; i < limits; i++) {
    if (rowOfLimit[i] >= 0) continue;
    const start = i * cols;
    let move = 0;
    for (let k = 0; k < movers; k++) if (mover[k] < cols) move += moveBy[k] * limitRows[start + mover[k]];
    for (let c = 0; c < size; c++) {
      if (columnOf[c] < cols) move += step[c] * limitRows[start + columnOf[c]];
    }
    if (Math.abs(move) <= PIVOT_LEAST * (1 + largest)) continue;
    let sum = 0;
    for (let v = 0; v < cols; v++) sum += limitRows[start + v] * x[v];
    const length = move > 0 ? (limitHigh[i] - sum) / move : (limitLow[i] - sum) / move;
    if (length >= end) continue;
    kind = BLOCK_LIMIT;
    place = i;
    side = limitLow[i] === limitHigh[i] ? 0 : move > 0 ? 1 : -1;
    end = length > 0 ? length : 0;
  }
  choice[4] = kind;
  choice[5] = place;
  choice[6] = side;
  return end;
}
