import type { TailMemory, TailProblem } from './tail-problem.js';

const TRIALS = 200;
/** Values this near are equal where a step ends. */
const ROUNDING = 1e-11;
/** Difference of two slopes that is rounding, in parts of their sizes. */
const SLOPE_ROUNDING = 1e-14;

/**
 * Where the objective is least on a ray, when a loss is counted from the running peak.
 *
 * rate  slope of the objective at the start, below 0, as the equations of the basis have it
 * zeta, zetaStep  z at the start and its change per length
 * end   longest length allowed, or Infinity
 * linear, curvature  what a square term adds: linear × length + curvature × length² / 2; `rate` has linear in it
 * leave row of the basis that is being let go, or −1
 *
 * `m.slope` holds the change of y per length. The objective on the ray is convex and made of straight pieces: the
 * tangents from both sides are cut until the cut lies on the objective. Then the pieces on its two sides are compared:
 * either a loss passes z, or a time becomes or stops being a peak. Gives the time, its length in `m.line[0]`, in
 * `m.line[1]` the kind of the new equation (0 loss, 1 peak), in `m.line[2]` the peak of it. −1 where `end` comes first,
 * −2 where the slope
 * passes 0 between bends, or where rounding hides the bend. O(times) for each of some ten trials.
 */
export function drawdownLine(
  p: TailProblem,
  m: TailMemory,
  rate: number,
  zeta: number,
  zetaStep: number,
  end: number,
  linear: number,
  curvature: number,
  leave: number,
): number {
  const line = m.line;
  let high = end;
  if (high < Infinity) {
    trial(p, m, zeta, zetaStep, linear, high);
    line[0] = end;
    if (line[4] + curvature * high <= 0) return -1;
  } else {
    high = 0.5;
    do {
      high *= 2;
      trial(p, m, zeta, zetaStep, linear, high);
    } while (line[4] + curvature * high <= 0 && high < 1e12);
  }
  let highValue = line[3];
  let highSlope = line[4];
  trial(p, m, zeta, zetaStep, linear, 0);
  let low = 0;
  let lowValue = line[3];
  let lowSlope = rate;
  let at = 0;
  for (let i = 0; i < TRIALS; i++) {
    // Slopes that are the same but for rounding have no cut: only a square term can end the piece.
    const bend = highSlope - lowSlope;
    at =
      bend > SLOPE_ROUNDING * (Math.abs(lowSlope) + Math.abs(highSlope))
        ? low + (lowValue - highValue + highSlope * (high - low)) / bend
        : high;
    const level = curvature > 0 ? -lowSlope / curvature : Infinity;
    const levelHigh = curvature > 0 ? -highSlope / curvature : 0;
    const free = level < at || levelHigh > at;
    if (level < at) at = level;
    else if (levelHigh > at) at = levelHigh;
    if (!(at > low)) {
      at = low;
      break;
    }
    if (at >= high) {
      at = high;
      break;
    }
    trial(p, m, zeta, zetaStep, linear, at);
    const value = line[3];
    const below = lowValue + lowSlope * (at - low);
    const above = highValue + highSlope * (at - high);
    if (value - (below > above ? below : above) <= 4e-16) {
      if (!free) break;
      line[0] = at;
      return -2;
    }
    if (line[4] + curvature * at >= 0) {
      high = at;
      highValue = value;
      highSlope = line[4];
    } else {
      low = at;
      lowValue = value;
      lowSlope = line[4];
    }
  }
  if (at >= end * (1 - 1e-12) - 1e-13) {
    line[0] = end;
    return -1;
  }
  let time = -1;
  for (let width = 1e-3; time < 0 && width > 1e-10; width *= 1e-3) {
    time = change(p, m, zeta, zetaStep, at, width, leave);
  }
  if (time < 0) {
    line[0] = at;
    return -2;
  }
  if (line[0] > end) line[0] = end;
  return time;
}

/** Value and slope of the objective at one length: `m.line[3]`, `m.line[4]`. */
function trial(
  p: TailProblem,
  m: TailMemory,
  zeta: number,
  zetaStep: number,
  linear: number,
  length: number,
): void {
  const times = p.times;
  const { y, slope, line } = m;
  const level = zeta + length * zetaStep;
  let high = y[0];
  let highSlope = slope[0];
  let sum = 0;
  let speed = 0;
  for (let t = 1; t < times; t++) {
    const s = slope[t];
    const value = y[t] + length * s;
    if (value >= high) {
      if (value > high || s > highSlope) {
        high = value;
        highSlope = s;
      }
    }
    const excess = high - value - level;
    if (excess > 0) {
      sum += excess;
      speed += highSlope - s - zetaStep;
    }
  }
  line[3] = p.zetaCost * level + p.kappa * sum + linear * length;
  line[4] = p.zetaCost * zetaStep + p.kappa * speed + linear;
}

/** Peaks and excesses over z at one length; equations of the basis but `leave` hold. */
function pieces(
  p: TailProblem,
  m: TailMemory,
  zeta: number,
  zetaStep: number,
  length: number,
  leave: number,
  peak: Int32Array,
  excess: Float64Array,
): void {
  const times = p.times;
  const { y, slope, rowOfTime, rowKind } = m;
  const level = zeta + length * zetaStep;
  let top = 0;
  let high = y[0];
  for (let t = 1; t < times; t++) {
    const value = y[t] + length * slope[t];
    const row = rowOfTime[t];
    if (
      value > high ||
      (value === high && slope[t] > slope[top]) ||
      (row >= 0 && row !== leave && rowKind[row] === 1 && m.rowPeak[row] === top)
    ) {
      high = value;
      top = t;
    }
    peak[t] = top;
    excess[t] = high - value - level;
  }
}

/** The event at length `at` that bends the objective most: what differs just before and just after. */
function change(
  p: TailProblem,
  m: TailMemory,
  zeta: number,
  zetaStep: number,
  at: number,
  width: number,
  leave: number,
): number {
  const { times, kappa } = p;
  const { y, slope, rowOfTime, rowKind, rowPeak, peak, inTail, line, gain, partner } = m;
  const { peakBefore, peakAfter, breakAt: excessBefore, weight: excessAfter } = m;
  const level = zeta + at * zetaStep;
  if (at > 1e-11) pieces(p, m, zeta, zetaStep, at * (1 - width), leave, peakBefore, excessBefore);
  else {
    for (let t = 1; t < times; t++) {
      peakBefore[t] = peak[t];
      excessBefore[t] = inTail[t] === 1 ? 1 : -1;
    }
  }
  pieces(p, m, zeta, zetaStep, at * (1 + width) + 1e-6 * width, leave, peakAfter, excessAfter);
  for (let t = 0; t < times; t++) gain[t] = 0;
  let best = -1;
  let bestGain = 0;
  let kind = 0;
  for (let t = 1; t < times; t++) {
    const row = rowOfTime[t];
    const held = row >= 0 && row !== leave;
    const heldLoss = held && rowKind[row] === 0;
    const before = peakBefore[t];
    const after = peakAfter[t];
    if (before !== after) {
      if (!heldLoss && excessBefore[t] <= 0 && excessAfter[t] <= 0) continue;
      const off = y[after] - y[before] + at * (slope[after] - slope[before]);
      if (off > ROUNDING || off < -ROUNDING) continue;
      const late = before > after ? before : after;
      const bend = slope[after] - slope[before];
      gain[late] += kappa * (bend < 0 ? -bend : bend);
      partner[late] = before > after ? after : before;
      if (gain[late] > bestGain) {
        bestGain = gain[late];
        best = late;
        kind = 1;
      }
    } else if (!held && excessBefore[t] > 0 !== excessAfter[t] > 0) {
      const off = y[after] - y[t] + at * (slope[after] - slope[t]) - level;
      if (off > ROUNDING || off < -ROUNDING) continue;
      const bend = slope[after] - slope[t] - zetaStep;
      const size = kappa * (bend < 0 ? -bend : bend);
      if (size > bestGain) {
        bestGain = size;
        best = t;
        kind = 0;
      }
    }
  }
  if (best < 0) return -1;
  line[1] = kind;
  if (kind === 1) {
    let other = partner[best];
    // Among equal peaks that are held already the new one takes its place by time.
    for (;;) {
      const row = rowOfTime[best];
      if (row < 0 || row === leave) break;
      if (rowKind[row] === 0) return -1;
      const next = rowPeak[row];
      if (next > other) best = next;
      else if (next < other) {
        best = other;
        other = next;
        break;
      } else return -1;
    }
    line[2] = other;
    line[0] = (y[other] - y[best]) / (slope[best] - slope[other]);
  } else {
    const other = peakAfter[best];
    line[2] = other;
    line[0] = (y[other] - y[best] - zeta) / (zetaStep + slope[best] - slope[other]);
  }
  if (!(line[0] > 0)) line[0] = 0;
  return best;
}
