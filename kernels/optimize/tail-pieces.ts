import type { TailMemory, TailProblem } from './tail-problem.js';

/** Differences of values below this are rounding; values of y are at most about 1. */
export const TAIL_ROUNDING = 1e-13;

/**
 * Which losses are in the tail and which peak each is counted from, at the values `m.y`, and with them the weight of
 * each time in the gradient. What is nearer than rounding keeps its side; equations of the basis hold. O(times).
 */
export function tailPieces(p: TailProblem, m: TailMemory): void {
  const { times, kappa, peaks } = p;
  const { y, inTail, peak, coefficient, rowOfTime, rowKind, x, count } = m;
  const zeta = x[p.cols];
  let top = 0;
  let high = y[0];
  let tail = 0;
  coefficient[0] = 0;
  for (let t = 1; t < times; t++) {
    coefficient[t] = 0;
    const row = rowOfTime[t];
    if (peaks) {
      const above = y[t] - high;
      if (above > 0 || (row >= 0 && rowKind[row] === 1)) {
        top = t;
        high = y[t];
      }
    }
    peak[t] = top;
    if (row >= 0 && rowKind[row] === 0) {
      inTail[t] = 0;
      continue;
    }
    if (peaks && top === t) {
      inTail[t] = 0;
      continue;
    }
    const excess = high - y[t] - zeta;
    if (excess > TAIL_ROUNDING) inTail[t] = 1;
    else if (excess < -TAIL_ROUNDING) inTail[t] = 0;
    if (inTail[t] === 1) {
      tail++;
      coefficient[t] -= kappa;
      coefficient[top] += kappa;
    }
  }
  count[2] = tail;
}
