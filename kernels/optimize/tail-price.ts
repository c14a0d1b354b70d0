import type { TailMemory, TailProblem } from './tail-problem.js';

/** Slopes above −TOLERANCE count as 0; values and multipliers are at most about 1. */
const TOLERANCE = 1e-11;

/**
 * Picks what to let go: the variable outside the basis or the equation in it with the steepest way down.
 *
 * Writes `m.choice`: variable or −1, row or −1, the way: up (1) or down (−1) for a variable; for a row the way in which
 * the loss, the earlier peak's lead or the limit row goes. Gives the slope, below 0, or 0 where there is no way down:
 * then the point is optimal. O(cols + size²).
 */
export function tailPrice(p: TailProblem, m: TailMemory): number {
  const { cols, lower, upper, kappa } = p;
  const { x, place, reduced, multiplier, flow, rowKind, rowPeak, inverse, choice } = m;
  const room = cols + 1;
  const size = m.count[0];
  let best = 0;
  let enter = -1;
  let leave = -1;
  let way = 0;
  let rate = 0;
  for (let v = 0; v <= cols; v++) {
    if (place[v] >= 0 || lower[v] === upper[v]) continue;
    const d = reduced[v];
    if (d < -TOLERANCE ? x[v] < upper[v] : d > TOLERANCE && x[v] > lower[v]) {
      const score = d * d;
      if (score > best) {
        best = score;
        enter = v;
        way = d < 0 ? 1 : -1;
        rate = d < 0 ? d : -d;
      }
    }
  }
  for (let r = 0; r < size; r++) {
    const mu = multiplier[r];
    const kind = rowKind[r];
    const below = -mu;
    // What a multiplier may not pass: a period's share, what flows in, or the side of the limit.
    const above = kind === 0 ? mu - kappa : kind === 1 ? mu - flow[r] : mu;
    const mayFall = kind !== 2 || rowPeak[r] > 0;
    const mayRise = kind !== 2 || rowPeak[r] < 0;
    const excess = mayFall && below > TOLERANCE ? below : mayRise && above > TOLERANCE ? above : 0;
    if (excess === 0) continue;
    let norm = 0;
    for (let c = 0; c < size; c++) {
      const cell = inverse[c * room + r];
      norm += cell * cell;
    }
    const score = (excess * excess) / norm;
    if (score > best) {
      best = score;
      enter = -1;
      leave = r;
      way = mayFall && below > TOLERANCE ? -1 : 1;
      rate = -excess;
    }
  }
  choice[0] = enter;
  choice[1] = leave;
  choice[2] = way;
  return rate;
}
