import { dot } from '../linalg/dot.js';
import { bendOf, companionStep, freshSlope, leastStep, leftOver } from './active-set-step.js';
import {
  type ActiveSetMemory,
  AT_HIGH,
  AT_LOW,
  CHANGES,
  FREE,
  FREE_COUNT,
  MOVED,
  PINNED,
  type QuadraticProblem,
} from './active-set-types.js';
import { freeVariable, holdVariable } from './active-set-working.js';

/** The answer was found. */
export const SOLVED = 0;
/** The number of changes ran out. */
export const CHANGES_SPENT = 1;
/** The objective falls without end. */
export const UNBOUNDED = 2;

/** Rounding of a slope, in parts of what it is summed from. */
const SLOPE_ROUNDING = 4e-15;
/** Curvature along a step that counts as rounding, in parts of what it is summed from. */
const CURVE_ROUNDING = 1e-14;
/** Part of a step that counts as rounding: in parts of the longest one, and of the largest variable. */
const STEP_ROUNDING = 1e-14;
const POINT_ROUNDING = 1e-15;
/** A whole step shorter than this part of the largest variable only mends rounding: it holds nothing. */
const MENDING = 1e-13;
/** Changes without a step after which the least index enters and leaves. */
const PATIENCE = 8;
/** Passes with everything computed afresh from the point, once no limit pulls any more. */
const REFINEMENTS = 3;
/** What `move` gives where no limit was met, and where the extra variable met its own. */
const NOTHING = -1;
const OWN_LIMIT = -2;

/**
 * The least value of a convex quadratic program, from a feasible point, by the primal active set method.
 *
 * problem  as described there; H may be singular, or 0 (a linear program)
 * most     changes of the set of free variables
 * memory   after `startSet` at `x`, or as an earlier call for the same rows and H left it at `x`
 * x        n numbers, feasible; moved to the answer
 *
 * Gives SOLVED, CHANGES_SPENT (x is feasible and no worse than at the start) or UNBOUNDED; `memory` has multipliers,
 * what the limits push, and the count of changes.
 *
 * The free variables step to their least value or to the first limit in the way, which is then held; at their least
 * value the limit that pulls most, in parts of the variable's size, is let go. A variable whose curvature is spanned by
 * the free ones is not added to them: it moves with them along the line without curvature until a limit blocks, or to
 * the least value if rounding left curvature there. So the factor never becomes singular (P. Gill, W. Murray,
 * M. Saunders and M. Wright, Inertia-controlling methods for general quadratic programming, SIAM Review 33, 1991).
 * Steps of length 0 may cycle: after 8 in a row the least index enters and leaves, until something moves (R. Bland,
 * 1977). At the end slopes and equations are computed afresh from the point and the step is repeated: the answer is
 * exact to rounding for its set. O(dim k + k²) a change for k free variables.
 */
export function activeSet(
  problem: QuadraticProblem,
  most: number,
  memory: ActiveSetMemory,
  x: Float64Array,
): number {
  const { numbers, barred, free } = memory;
  for (let v = 0; v < problem.n; v++) barred[v] = 0;
  numbers[CHANGES] = 0;
  freshSlope(problem, memory, x);
  let still = 0;
  let refined = 0;
  let entered = -1;
  for (;;) {
    leastStep(problem, memory);
    bendOf(problem, memory, -1, 0);
    const place = move(problem, memory, x, 1, -1, 0, still > PATIENCE);
    still = numbers[MOVED] === 1 ? 0 : still + 1;
    if (place >= 0) {
      if (numbers[CHANGES]++ >= most) return CHANGES_SPENT;
      // Only rounding can have let in what turns back at once.
      if (free[place] === entered && numbers[MOVED] === 0) barred[entered] = 1;
      holdVariable(problem, memory, place, sideOf(problem, x, free[place]));
      continue;
    }
    leftOver(problem, memory);
    const v = pulled(problem, memory, x, still > PATIENCE);
    if (v < 0) {
      if (refined === REFINEMENTS) return SOLVED;
      refined++;
      freshSlope(problem, memory, x);
      continue;
    }
    if (numbers[CHANGES]++ >= most) return CHANGES_SPENT;
    refined = 0;
    entered = v;
    if (freeVariable(problem, memory, v) === 0 && slide(problem, memory, x, v, still > PATIENCE) === 0) {
      return UNBOUNDED;
    }
  }
}

/** Moves a variable that adds no curvature, with the free ones; 0 when nothing ends the way. */
function slide(
  problem: QuadraticProblem,
  memory: ActiveSetMemory,
  x: Float64Array,
  v: number,
  least: boolean,
): number {
  const { free, step, spread, pull, state, change, bend, numbers, barred } = memory;
  const way = pull[v] < 0 ? 1 : -1;
  companionStep(problem, memory, v, way);
  bendOf(problem, memory, v, way);
  const curve = dot(change, 0, bend, 0, problem.dim);
  let scale = spread[v];
  for (let i = 0; i < numbers[FREE_COUNT]; i++) scale += spread[free[i]] * Math.abs(step[i]);
  const reach = curve > CURVE_ROUNDING * scale * scale ? Math.abs(pull[v]) / curve : Infinity;
  const place = move(problem, memory, x, reach, v, way, least);
  if (place === NOTHING && reach === Infinity) return 0;
  const side = sideOf(problem, x, v);
  state[v] = side === FREE ? PINNED : side;
  if (place >= 0) {
    // Without the blocking variable the curvature of v is its own again; it takes over its part in the equations too.
    holdVariable(problem, memory, place, sideOf(problem, x, free[place]));
    freeVariable(problem, memory, v);
  } else if (place === NOTHING) barred[v] = 1;
  return 1;
}

/** AT_LOW, AT_HIGH, or FREE for a variable between its limits. */
function sideOf(problem: QuadraticProblem, x: Float64Array, v: number): number {
  return x[v] <= problem.low[v] ? AT_LOW : x[v] >= problem.high[v] ? AT_HIGH : FREE;
}

/**
 * Goes along the step of the free variables (and of `extra` by `way`) for at most `reach`, up to the first limit.
 * Gives the place in the order of the variable that met its limit, NOTHING or OWN_LIMIT. Of several the one with the
 * longest step, or with `least` the one with the least index.
 */
function move(
  problem: QuadraticProblem,
  memory: ActiveSetMemory,
  x: Float64Array,
  reach: number,
  extra: number,
  way: number,
  least: boolean,
): number {
  const { n, m, dim, low, high } = problem;
  const { free, step, numbers, slope, bend, missing, barred } = memory;
  const k = numbers[FREE_COUNT];
  let longest = extra < 0 ? 0 : 1;
  let largest = 0;
  for (let i = 0; i < k; i++) {
    const size = Math.abs(step[i]);
    if (size > longest) longest = size;
    const at = Math.abs(x[free[i]]);
    if (at > largest) largest = at;
  }
  // Where all free variables are 0 a step may be nothing but the rounding of what is held.
  const shortest = POINT_ROUNDING * (largest > 1 ? largest : 1);
  const ignored = STEP_ROUNDING * longest > shortest ? STEP_ROUNDING * longest : shortest;
  const mending = extra < 0 && longest <= MENDING * largest;
  let part = reach;
  let place = NOTHING;
  if (extra >= 0) {
    const room = way > 0 ? high[extra] - x[extra] : x[extra] - low[extra];
    if (room <= part) {
      part = room;
      place = room === Infinity ? NOTHING : OWN_LIMIT;
    }
  }
  for (let i = 0; i < k; i++) {
    const d = step[i];
    const size = Math.abs(d);
    if (mending || !(size > ignored)) continue;
    const v = free[i];
    const room = d < 0 ? x[v] - low[v] : high[v] - x[v];
    const ratio = room > 0 ? room / size : 0;
    const tie = ratio === part && place >= 0 && (least ? v < free[place] : size > Math.abs(step[place]));
    if (ratio < part || tie) {
      part = ratio;
      place = i;
    }
  }
  numbers[MOVED] = part * longest > shortest ? 1 : 0;
  if (part === Infinity) return NOTHING;
  for (let i = 0; i < k; i++) {
    const v = free[i];
    const next = i === place ? (step[i] < 0 ? low[v] : high[v]) : x[v] + part * step[i];
    x[v] = next < low[v] ? low[v] : next > high[v] ? high[v] : next;
  }
  if (extra >= 0) {
    x[extra] = place === OWN_LIMIT ? (way > 0 ? high[extra] : low[extra]) : x[extra] + part * way;
  } else {
    for (let r = 0; r < m; r++) missing[r] *= 1 - part;
  }
  for (let i = 0; i < dim; i++) slope[i] += part * bend[i];
  if (numbers[MOVED] === 1) for (let v = 0; v < n; v++) barred[v] = 0;
  return place;
}

/** The variable whose limit pulls most in the wrong direction, in parts of its size, or the first; −1 for none. */
function pulled(problem: QuadraticProblem, memory: ActiveSetMemory, x: Float64Array, first: boolean): number {
  const { n, m, rows, linear, low, high } = problem;
  const { state, barred, pull, price, size, spread } = memory;
  let sum = 0;
  for (let v = 0; v < n; v++) sum += spread[v] * Math.abs(x[v]);
  // What the multipliers are computed from: their rounding reaches every variable of their equations.
  let behind = 0;
  for (let v = 0; v < n; v++) {
    if (state[v] !== FREE && problem.dim > 0) continue;
    const from = spread[v] * sum + Math.abs(linear[v]);
    if (from > behind) behind = from;
  }
  let best = -1;
  let bestScore = 0;
  for (let v = 0; v < n; v++) {
    const where = state[v];
    if (where === FREE || barred[v] === 1 || low[v] === high[v]) continue;
    const wrong = where === AT_LOW ? -pull[v] : where === AT_HIGH ? pull[v] : Math.abs(pull[v]);
    if (!(wrong > bestScore * size[v])) continue;
    let from = spread[v] * sum + Math.abs(linear[v]);
    for (let r = 0; r < m; r++) from += Math.abs(rows[r * n + v]) * (Math.abs(price[r]) + behind);
    if (!(wrong > SLOPE_ROUNDING * from)) continue;
    best = v;
    if (first) return v;
    bestScore = wrong / size[v];
  }
  return best;
}
