/** The portfolio with the most reward a unit of risk, rewards' w / √(w'Hw), under limits. */
import { slopeStep } from '../../kernels/optimize/active-set-step.js';
import { FREE_COUNT } from '../../kernels/optimize/active-set-types.js';
import { dot, quadraticForm } from '../../kernels/linalg/dot.js';
import type { LinearLimits } from './limits.js';
import { isRiskless, plainTangent, type Tangent, varianceScale } from './plain-tangent.js';
import { feasibleStart, type PortfolioProblem, portfolioProblem, weightsOf } from './portfolio-problem.js';
import { activeSetMemory, type QuadraticProblem, quadraticResidual, solveQuadratic } from './quadratic.js';
import { normaliseWeights } from './result.js';

/** Prices of risk to try at most; three or four are the rule. */
const TRIALS = 100;
/** Reward of a portfolio, in parts of the largest one, that is rounding. */
const REWARD_ROUNDING = 1e-15;
/** Rounding of a rate, in parts of what it is summed from. */
const RATE_ROUNDING = 1e-12;

/**
 * The most reward a unit of risk under limits; undefined where no portfolio has a reward above 0.
 *
 * h        N × N covariances, the l2 term already on the diagonal
 * rewards  N numbers: excess returns, or volatilities
 */
export function tangentPortfolio(
  h: Float64Array,
  rewards: Float64Array,
  limits: LinearLimits,
  symbols: readonly string[],
): Tangent | undefined {
  let most = 0;
  for (const reward of rewards) if (reward > most) most = reward;
  if (most === 0) return undefined;
  const { lower, upper, groups, turnover } = limits;
  const open = lower.every((low) => low === 0) && upper.every((high) => high === 1);
  const plain = plainTangent(h, rewards);
  return open && groups.length === 0 && turnover === undefined
    ? plain
    : limitedTangent(h, rewards, limits, symbols, plain.weights);
}

/**
 * Under limits: the least w'Hw/2 − λ rewards' w with the λ at which λ = w'Hw / rewards' w. While the same limits hold,
 * w = a + λ b with a'Hb = 0 and b'Hb = rewards' b, so that λ = a'Ha / rewards' a is the answer of that piece at once;
 * the search ends when the answer of a piece lies in it. A bracket guards it: λ is too large where
 * λ rewards' w > w'Hw.
 */
function limitedTangent(
  h: Float64Array,
  rewards: Float64Array,
  limits: LinearLimits,
  symbols: readonly string[],
  guess: Float64Array,
): Tangent | undefined {
  const n = rewards.length;
  const asked = portfolioProblem(h, limits);
  const x = feasibleStart(asked, guess, symbols);
  let largest = 0;
  for (const reward of rewards) largest = Math.max(largest, Math.abs(reward));
  const none = REWARD_ROUNDING * largest;
  if (!(dot(rewards, 0, weightsOf(asked, x), 0, n) > none)) {
    x.set(mostReward(asked, rewards, x));
    if (!(dot(rewards, 0, weightsOf(asked, x), 0, n) > none)) return undefined;
  }
  const slopes = rewardSlopes(asked, rewards);
  const linear = asked.problem.linear.slice();
  const problem = { ...asked.problem, linear };
  const memory = activeSetMemory(problem);
  const start = weightsOf(asked, x);
  let lambda = quadraticForm(h, n, start) / dot(rewards, 0, start, 0, n);
  let least = 0;
  let most = Infinity;
  let iterations = 0;
  let before: Float64Array | undefined;
  for (let trial = 0; ; trial++) {
    for (let v = 0; v < problem.n; v++) linear[v] = asked.problem.linear[v]! + lambda * slopes[v]!;
    const end = solveQuadratic(problem, x, memory, trial === 0 ? 'start' : 'on');
    iterations += end.changes;
    const weights = weightsOf(asked, x);
    const variance = quadraticForm(h, n, weights);
    const reward = dot(rewards, 0, weights, 0, n);
    if (lambda * reward > variance) most = Math.min(most, lambda);
    else least = Math.max(least, lambda);
    // Weights that another price left where they were do not move with it, whatever rounding says.
    const rate = isSame(weights, before) ? 0 : rewardRate(problem, memory, slopes);
    before = weights;
    const left = reward - lambda * rate;
    const aim = left > 0 ? (variance - lambda * lambda * rate) / left : Infinity;
    const settled = Math.abs(aim - lambda) <= 1e-13 * lambda;
    if (settled || trial === TRIALS || isRiskless(h, weights)) {
      const kkt = quadraticResidual(problem, x, memory) / varianceScale(h, weights);
      return { weights: normaliseWeights(weights), iterations, kkt, riskless: isRiskless(h, weights) };
    }
    const inside = aim >= least && aim < most;
    lambda = inside ? aim : most === Infinity ? 4 * lambda : least + (most - least) / 2;
  }
}

function isSame(weights: Float64Array, before: Float64Array | undefined): boolean {
  return before !== undefined && weights.every((weight, j) => Math.abs(weight - before[j]!) <= 1e-14);
}

/** The slopes of −rewards' w along the variables. */
function rewardSlopes({ problem }: PortfolioProblem, rewards: Float64Array): Float64Array {
  return Float64Array.from(problem.at, (j, v) => (j < 0 ? 0 : -problem.sign[v]! * rewards[j]!));
}

/** How fast the reward grows with λ while the same limits hold. */
function rewardRate(
  problem: QuadraticProblem,
  memory: ReturnType<typeof activeSetMemory>,
  slopes: Float64Array,
): number {
  slopeStep(problem, memory, slopes);
  let rate = 0;
  let size = 0;
  for (let i = 0; i < memory.numbers[FREE_COUNT]!; i++) {
    const part = slopes[memory.free[i]!]! * memory.step[i]!;
    rate -= part;
    size += Math.abs(part);
  }
  // Where nothing can move the parts cancel but for rounding.
  return rate > RATE_ROUNDING * size ? rate : 0;
}

/** The variables of a portfolio with the most reward, from the feasible `x`: a linear program. */
export function mostReward(asked: PortfolioProblem, rewards: Float64Array, x: Float64Array): Float64Array {
  let largest = 0;
  for (const reward of rewards) largest = Math.max(largest, Math.abs(reward));
  const slopes = rewardSlopes(asked, rewards).map((slope) => (largest > 0 ? slope / largest : 0));
  const { n } = asked.problem;
  const problem: QuadraticProblem = {
    ...asked.problem,
    dim: 0,
    h: new Float64Array(0),
    at: new Int32Array(n).fill(-1),
    linear: slopes,
  };
  const out = x.slice();
  solveQuadratic(problem, out, activeSetMemory(problem));
  return out;
}
