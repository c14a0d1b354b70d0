/** Where the searches for the maximum of a GARCH likelihood start. */
import type { GarchProblem } from './garch-problem.js';

/**
 * What a start offers: share of the squares, of squares and variances together, and what is added to the share where the
 * residual is negative.
 */
type Mix = readonly [share: number, persistence: number, fallen: number];
/** Where the weights of several lags stand: on all alike, or on the lag of this index. */
type Spread = 'even' | number;

const MIXES: readonly Mix[] = [
  [0.05, 0.98, 0.025],
  [0.1, 0.9, 0.05],
  [0.01, 0.98, 0.005],
  [0.2, 0.5, 0.1],
  [0.02, 0.7, 0.01],
  [0.2, 0.98, 0.1],
];
/** Variances that go from the backcast to their level, slowly or never, without being shocked. */
const DRIFT: Mix = [0.001, 0.99, 0.001];
const DECAY: Mix = [0.0001, 0.9999, 0];
/** Further starts of EGARCH, whose hills lie apart. */
const EGARCH_MIXES: readonly Mix[] = [
  [0.1, 0.1, 0.05],
  [0.02, 0.3, 0.02],
  [0.02, 0.9, -0.05],
  [-0.05, 0.1, 0.05],
];
/** Shocks from rises only. */
const RISES: Mix = [0.5, 0.5, -0.5];
/** Of several lags, the best so many of all spreads are searched from. */
const BEST_OF_LAGS = 8;
const FREEDOM = 8;

/**
 * Starts, all inside the bounds and the same for the same problem. Few where there are many observations: the
 * likelihood has more than one hill mostly where there are few.
 *
 * simpler  the optimum with p = q = 1 and o = 0, where the problem asks for more: then no start is worse
 * count    fewest and simplest: so many mixes only
 */
export function startsOf(problem: GarchProblem, simpler?: Float64Array, count?: number): Float64Array[] {
  const { p, o, q, model } = problem.plan;
  const n = problem.residuals.length;
  const others = model === 'egarch' ? EGARCH_MIXES : o > 0 ? [DRIFT, DECAY, RISES] : [DRIFT, DECAY];
  if (p === 1 && q <= 1) {
    const further = count !== undefined ? [] : n > 3_000 ? others.slice(0, 1) : others;
    const mixes = MIXES.slice(0, count ?? (n > 3_000 ? 3 : n > 1_200 ? 4 : MIXES.length));
    const starts = [...mixes, ...further].map((mix) => makeStart(problem, mix, 'even', 'even'));
    if (simpler !== undefined) starts.push(extended(problem, simpler));
    return starts;
  }
  const scored = spreadsOf(Math.max(p, o)).flatMap((alphas) =>
    spreadsOf(q).map((betas) => highest(problem, alphas, betas)),
  );
  scored.sort((a, b) => b.value - a.value);
  const starts = scored.slice(0, BEST_OF_LAGS).map(({ start }) => start);
  starts.push(...others.map((mix) => makeStart(problem, mix, 'even', 'even')));
  if (simpler !== undefined) starts.unshift(extended(problem, simpler));
  return starts;
}

/** The start with the highest likelihood, of one lag each. */
export function bestStart(problem: GarchProblem): Float64Array {
  return highest(problem, 'even', 'even').start;
}

function highest(
  problem: GarchProblem,
  alphas: Spread,
  betas: Spread,
): { start: Float64Array; value: number } {
  const gradient = new Float64Array(problem.size);
  const scored = MIXES.map((mix) => {
    const start = makeStart(problem, mix, alphas, betas);
    return { start, value: problem.logLikelihood(start, gradient) };
  });
  return scored.reduce((best, other) => (other.value > best.value ? other : best));
}

/** All on one lag each, and even. */
function spreadsOf(lags: number): Spread[] {
  const single = Array.from({ length: lags }, (_, lag) => lag);
  return lags < 2 ? ['even'] : ['even', ...single];
}

function makeStart(
  problem: GarchProblem,
  [share, persistence, fallen]: Mix,
  alphas: Spread,
  betas: Spread,
): Float64Array {
  const { p, o, q } = problem.plan;
  const { means, betaAt, shapeAt, size } = problem;
  const start = new Float64Array(size);
  start.set(problem.sample.start);
  if (problem.plan.model === 'egarch') {
    spread(start, means + 1, p, 2 * share, alphas);
    spread(start, means + 1 + p, o, -2 * fallen, alphas);
    spread(start, betaAt, q, persistence, betas);
    if (size > shapeAt) start[shapeAt] = 1 / FREEDOM;
    return start;
  }
  start[means] = 1 - persistence;
  spread(start, means + 1, p, share, alphas);
  spread(start, means + 1 + p, o, fallen, alphas);
  spread(start, betaAt, q, persistence - share - (o > 0 ? 0.5 * fallen : 0), betas);
  if (size > shapeAt) start[shapeAt] = 1 / FREEDOM;
  return start;
}

function spread(start: Float64Array, at: number, count: number, total: number, how: Spread): void {
  if (count === 0) return;
  if (how === 'even') start.fill(total / count, at, at + count);
  else start[at + Math.min(how, count - 1)] = total;
}

/** The optimum of the simpler model, the further lags at 0. */
export function extended(problem: GarchProblem, simpler: Float64Array): Float64Array {
  const { q } = problem.plan;
  const { means, betaAt, shapeAt, size } = problem;
  const start = new Float64Array(size);
  start.set(simpler.subarray(0, means + 2));
  let after = means + 2;
  if (q > 0) start[betaAt] = simpler[after]!;
  after++;
  for (let i = shapeAt; i < size; i++) start[i] = simpler[after++]!;
  return start;
}
