/** The least CVaR or CDaR under limits, with what proves it. */
import { tailMultipliers } from '../../kernels/optimize/tail-entries.js';
import { tailSearch } from '../../kernels/optimize/tail-simplex.js';
import { tailRefactor, tailStart } from '../../kernels/optimize/tail-start.js';
import { InfeasibleError } from '../errors.js';
import type { LinearLimits } from './limits.js';
import { lowerBound, type TailDual, tailDual } from './tail-dual.js';
import {
  feasibleProblem,
  portfolioVariables,
  type PortfolioVariables,
  tailMemory,
  tailProblem,
  weightsOf,
} from './tail-problem.js';
import { feasibleStart, portfolioProblem } from './portfolio-problem.js';
import { tailMean } from './portfolio-tail.js';
import type { ReturnSample } from './sample.js';
import type { OptimizeStatus } from './types.js';

/** What a search found, before it is laid out as a portfolio. */
export interface TailAnswer {
  readonly vector: Float64Array;
  readonly objective: number;
  readonly status: OptimizeStatus;
  readonly iterations: number;
  readonly dualityGap: number;
  readonly dual: TailDual;
  readonly warnings: readonly string[];
}

/** Largest gap, relative to the objective's scale, of an answer called optimal, and of one that is not tried again. */
const GAP_MOST = 1e-9;
const GAP_GOOD = 1e-11;
/** Largest share of the periods: with all of them the quantile would have no end. */
const SHARE_MOST = 1 - 1e-14;
/** By how much values move to end ties, at each try. */
const SHAKES = [1e-9, 1e-11, 1e-7, 1e-10];

/** Least CVaR (`peaks` false) or CDaR of a sample within limits; alpha is checked. */
export function searchTail(
  sample: ReturnSample,
  limits: LinearLimits,
  alpha: number,
  peaks: boolean,
): TailAnswer {
  const { data, rows, cols } = sample;
  const variables = portfolioVariables(limits);
  const start = limits.plain ? firstVertex(sample) : feasibleVariables(variables, limits, sample.symbols);
  const scaled = tailProblem(sample, variables, Math.min(1 - alpha, SHARE_MOST), peaks, limits.l2);
  if (scaled === undefined) return flat(sample, variables, limits, start);
  const memory = tailMemory(scaled.problem);
  memory.x.set(start);
  let steps = 0;
  let best: TailAnswer | undefined;
  // Ties are ended by moving values a little. Where the answer shows it, the search goes on from there with less.
  for (const shake of SHAKES) {
    tailStart(scaled.problem, memory);
    if (best !== undefined) tailRefactor(scaled.problem, memory);
    tailSearch(scaled.problem, memory, 2000 + 20 * (rows + variables.count), shake);
    steps += memory.count[1]!;
    tailMultipliers(scaled.problem, memory);
    const vector = weightsOf(memory.x, variables, limits);
    const objective = tailMean(data, rows, cols, vector, alpha, peaks);
    const dual = tailDual(sample, limits, scaled, memory);
    const total = objective + limits.l2 * squares(vector);
    const dualityGap = (total - lowerBound(sample, limits, dual)) / gapScale(total, data);
    if (best === undefined || Math.abs(dualityGap) < Math.abs(best.dualityGap)) {
      // The gap is the proof, however the search ended; one below 0 by more than rounding proves nothing.
      const status = Math.abs(dualityGap) <= GAP_MOST ? 'optimal' : 'max-iterations';
      best = { vector, objective, status, iterations: steps, dualityGap, dual, warnings: [] };
    }
    if (Math.abs(dualityGap) <= GAP_GOOD) break;
  }
  return best!;
}

function squares(vector: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < vector.length; j++) sum += vector[j]! * vector[j]!;
  return sum;
}

/** What a gap is relative to: the objective, or a thousandth of the largest return where that is larger. */
export function gapScale(objective: number, data: Float64Array): number {
  let size = 0;
  for (let i = 0; i < data.length; i++) size = Math.max(size, Math.abs(data[i]!));
  return Math.max(Math.abs(objective), size / 1000);
}

/** All in the asset with the least sum of squares: a vertex that is cheap to find and not far off. */
function firstVertex(sample: ReturnSample): Float64Array {
  const { data, rows, cols } = sample;
  const squares = new Float64Array(cols);
  for (let t = 0; t < rows; t++) {
    for (let j = 0; j < cols; j++) squares[j] = squares[j]! + data[t * cols + j]! * data[t * cols + j]!;
  }
  let best = 0;
  for (let j = 1; j < cols; j++) if (squares[j]! < squares[best]!) best = j;
  const start = new Float64Array(cols);
  start[best] = 1;
  return start;
}

/** Variables that meet every limit. */
function feasibleVariables(
  variables: PortfolioVariables,
  limits: LinearLimits,
  symbols: readonly string[],
): Float64Array {
  const { problem, start } = feasibleProblem(variables);
  const memory = tailMemory(problem);
  memory.x.set(start);
  tailStart(problem, memory);
  const end = tailSearch(problem, memory, 1000 + 20 * problem.cols, SHAKES[0]!);
  let off = 0;
  for (let i = variables.count; i < problem.cols; i++) off += memory.x[i]!;
  if (end !== 0 || off > 1e-9) throw clashOf(limits, symbols);
  return memory.x.slice(0, variables.count);
}

/** The error that names the limits which clash. */
function clashOf(limits: LinearLimits, symbols: readonly string[]): unknown {
  const n = symbols.length;
  try {
    feasibleStart(
      portfolioProblem(new Float64Array(n * n), limits),
      new Float64Array(n).fill(1 / n),
      symbols,
    );
  } catch (error) {
    return error;
  }
  return new InfeasibleError(
    'No portfolio meets bounds, groups and turnover together. Fix: widen one of them',
  );
}

/** Every return is 0: every portfolio is as good; equal weights, or what the limits allow. */
function flat(
  sample: ReturnSample,
  variables: PortfolioVariables,
  limits: LinearLimits,
  start: Float64Array,
): TailAnswer {
  const { rows, cols } = sample;
  return {
    vector: limits.plain ? new Float64Array(cols).fill(1 / cols) : weightsOf(start, variables, limits),
    objective: 0,
    status: 'degenerate',
    iterations: 0,
    dualityGap: 0,
    dual: {
      probabilities: new Float64Array(rows).fill(1 / rows),
      flow: new Float64Array(rows),
      budget: 0,
      groups: new Float64Array(limits.groups.length),
      turnover: 0,
    },
    warnings: [
      limits.plain
        ? 'every return is 0: equal weights stand in'
        : 'every return is 0: some portfolio within the limits stands in',
    ],
  };
}
