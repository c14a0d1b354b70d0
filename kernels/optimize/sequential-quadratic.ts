import { quadraticStep, type StepMemory } from './quadratic-step.js';

/** Where a search looks, and the memory it needs; n variables, m rows. The caller makes it once. */
export interface SearchMemory extends StepMemory {
  /** n bounds each; infinite where there is none. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** m n numbers and m limits: rows[k]' x <= limit[k]. */
  readonly rows: Float64Array;
  readonly limit: Float64Array;
  /** n: the start, which must be inside; then the best point. */
  readonly point: Float64Array;
  /** n^2: positive definite curvature at the start; then the last one. */
  readonly hessian: Float64Array;
  /** n: derivatives at `point`. */
  readonly gradient: Float64Array;
  /** n each. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly step: Float64Array;
  readonly next: Float64Array;
  readonly nextGradient: Float64Array;
  readonly bend: Float64Array;
  /** m. */
  readonly room: Float64Array;
  /** 4: least value, rounds taken, values asked for, and what the last step promised. */
  readonly outcome: Float64Array;
}

/** A function that is searched. An object and not a function: one made anew for each search would be compiled anew. */
export interface Objective {
  /** The value at `point`, its derivatives into `gradient`; NaN or Infinity where there is none. */
  value(point: Float64Array, gradient: Float64Array): number;
}

/** `converged`, `rounds` (none left), or `stuck` (no step goes down, though the model says so). */
export type SearchEnd = 'converged' | 'rounds' | 'stuck';

const TRIALS = 20;
const ENOUGH = 1e-4;
/** Part of the value that is taken for rounding: below it no step can be told to go down. */
const ROUNDING = 2e-15;

/**
 * The least value of a smooth function inside bounds and linear rows, near a start: sequential quadratic programming
 * with the curvature updated by damped BFGS.
 *
 * n, m      variables and rows
 * objective where it has no value the step is shortened
 * memory    bounds, rows, start and curvature; the answer
 * rounds    most rounds
 * tolerance the search ends where the next step promises less, or less than 2e-15 of the value
 *
 * Every point asked for is inside. A bound that is met is met exactly. Same input, same points.
 * Cost: about one value with derivatives a round. Source: J. Nocedal and S. Wright, Numerical Optimization, 18 (damped
 * update of M. Powell 1978).
 */
export function sequentialQuadratic(
  n: number,
  m: number,
  objective: Objective,
  memory: SearchMemory,
  rounds: number,
  tolerance: number,
): SearchEnd {
  const {
    least,
    most,
    rows,
    limit,
    point,
    hessian,
    gradient,
    low,
    high,
    step,
    next,
    nextGradient,
    bend,
    room,
  } = memory;
  const { outcome } = memory;
  let value = objective.value(point, gradient);
  outcome[1] = 0;
  outcome[2] = 1;
  let fresh = true;
  let end: SearchEnd = 'rounds';
  while (outcome[1] < rounds) {
    outcome[1]++;
    for (let i = 0; i < n; i++) {
      low[i] = least[i] - point[i];
      high[i] = most[i] - point[i];
    }
    for (let k = 0; k < m; k++) {
      let at = 0;
      for (let i = 0; i < n; i++) at += rows[k * n + i] * point[i];
      room[k] = Math.max(0, limit[k] - at);
    }
    quadraticStep(n, hessian, gradient, low, high, m, rows, room, memory, step);
    let slope = 0;
    let curvature = 0;
    for (let i = 0; i < n; i++) {
      slope += gradient[i] * step[i];
      for (let j = 0; j < n; j++) curvature += step[i] * hessian[i * n + j] * step[j];
    }
    const promised = -slope - 0.5 * curvature;
    outcome[3] = promised;
    const noise = ROUNDING * Math.abs(value);
    if (!(promised > tolerance && promised > noise)) {
      if (promised > -Math.max(tolerance, noise)) {
        end = 'converged';
        // The last step is worth no value, but digits of the point.
        move(n, m, memory, 1);
        const nextValue = objective.value(next, nextGradient);
        outcome[2]++;
        if (nextValue <= value + noise) {
          value = nextValue;
          for (let i = 0; i < n; i++) {
            point[i] = next[i];
            gradient[i] = nextGradient[i];
          }
        }
        break;
      }
      // A step that goes up, or is none: the curvature learnt is at fault.
      if (fresh) {
        end = 'stuck';
        break;
      }
      keepDiagonal(n, hessian);
      fresh = true;
      continue;
    }
    let part = 1;
    let nextValue = NaN;
    let trial = 0;
    for (; trial < TRIALS; trial++) {
      move(n, m, memory, part);
      nextValue = objective.value(next, nextGradient);
      outcome[2]++;
      if (nextValue <= value + ENOUGH * part * slope + noise) break;
      // The bottom of the parabola through value, slope and the new value.
      const rise = nextValue - value - part * slope;
      const bottom = (-0.5 * slope * part * part) / rise;
      part =
        bottom > 0.1 * part && bottom < 0.5 * part ? bottom : bottom >= 0.5 * part ? 0.5 * part : 0.1 * part;
    }
    if (trial === TRIALS) {
      if (fresh) {
        end = 'stuck';
        break;
      }
      // The curvature learnt may be at fault: begin again with its diagonal.
      keepDiagonal(n, hessian);
      fresh = true;
      continue;
    }
    fresh = false;
    let along = 0;
    let bent = 0;
    for (let i = 0; i < n; i++) step[i] = next[i] - point[i];
    for (let i = 0; i < n; i++) {
      let product = 0;
      for (let j = 0; j < n; j++) product += hessian[i * n + j] * step[j];
      bend[i] = product;
      along += step[i] * (nextGradient[i] - gradient[i]);
      bent += step[i] * product;
    }
    if (bent > 0) {
      const share = along >= 0.2 * bent ? 1 : (0.8 * bent) / (bent - along);
      const scale = share * along + (1 - share) * bent;
      for (let i = 0; i < n; i++) low[i] = share * (nextGradient[i] - gradient[i]) + (1 - share) * bend[i];
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          hessian[i * n + j] += (low[i] * low[j]) / scale - (bend[i] * bend[j]) / bent;
        }
      }
    }
    for (let i = 0; i < n; i++) {
      point[i] = next[i];
      gradient[i] = nextGradient[i];
    }
    value = nextValue;
  }
  outcome[0] = value;
  return end;
}

/** More than rounding beyond a row. */
const BEYOND = 1e-13;

/**
 * A part of the step from the point, inside the bounds; a whole one meets the bounds that it holds. Where that leads
 * beyond a row, as an unfinished step may, it is shortened to meet the row.
 */
function move(n: number, m: number, memory: SearchMemory, part: number): void {
  const { least, most, rows, limit, point, step, next, held } = memory;
  for (let i = 0; i < n; i++) {
    const moved = point[i] + part * step[i];
    const below = moved < least[i] || (part === 1 && held[i] < 0);
    const above = moved > most[i] || (part === 1 && held[i] > 0);
    next[i] = below ? least[i] : above ? most[i] : moved;
  }
  for (let k = 0; k < m; k++) {
    let before = 0;
    let after = 0;
    for (let i = 0; i < n; i++) {
      before += rows[k * n + i] * point[i];
      after += rows[k * n + i] * next[i];
    }
    if (!(after > limit[k] + BEYOND)) continue;
    const share = before < limit[k] ? (limit[k] - before) / (after - before) : 0;
    for (let i = 0; i < n; i++) next[i] = point[i] + share * (next[i] - point[i]);
  }
}

function keepDiagonal(n: number, hessian: Float64Array): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) hessian[i * n + j] = 0;
}
