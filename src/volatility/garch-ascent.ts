/** One search for the maximum of a GARCH likelihood, inside its bounds. */
import {
  type Objective,
  type SearchEnd,
  type SearchMemory,
  sequentialQuadratic,
} from '../../kernels/optimize/sequential-quadratic.js';
import type { GarchProblem } from './garch-problem.js';

/** Where a search ended. */
export interface GarchOptimum {
  readonly parameters: Float64Array;
  readonly logLikelihood: number;
  readonly rounds: number;
  readonly end: SearchEnd;
  /** Log-likelihood that the last step promised. */
  readonly promised: number;
}

const OMEGA_LEAST = 1e-8;
const OMEGA_MOST = 10;
/** For EGARCH, where omega is a part of a logarithm: log 10,000 to both sides. */
const LOG_OMEGA = 9.210340371976182;
const FREEDOM_LEAST = 2.05;
const SKEW_MOST = 0.999999;

/** Bounds and memory of the searches of one problem. The search goes for the least of minus the log-likelihood. */
export class Search implements Objective {
  readonly problem: GarchProblem;
  readonly memory: SearchMemory;
  /** Parameters the search moves: all, or without omega. */
  readonly size: number;
  readonly #rows: number;
  readonly #parameters: Float64Array;
  readonly #slopes: Float64Array;

  constructor(problem: GarchProblem) {
    const { p, o, varianceTargeting } = problem.plan;
    const size = problem.size - (varianceTargeting ? 1 : 0);
    const rows = problem.plan.model === 'egarch' ? 1 : 1 + Math.min(p, o);
    this.problem = problem;
    this.size = size;
    this.#rows = rows;
    this.memory = makeMemory(size, rows);
    this.#parameters = new Float64Array(problem.size);
    this.#slopes = new Float64Array(problem.size);
    this.#setBounds();
  }

  /** Minus the log-likelihood, and its derivatives after the moved parameters. */
  value(point: Float64Array, gradient: Float64Array): number {
    this.expand(point, this.#parameters);
    const logLikelihood = this.problem.logLikelihood(this.#parameters, this.#slopes);
    this.contract(this.#slopes, gradient);
    for (let i = 0; i < this.size; i++) gradient[i] = -gradient[i]!;
    return -logLikelihood;
  }

  /** One search from a start, with a guess of the curvature at it, of all parameters. */
  run(start: Float64Array, curvature: Float64Array, rounds: number, tolerance: number): GarchOptimum {
    const { memory, size } = this;
    this.contractPoint(start, memory.point);
    memory.hessian.set(this.contractMatrix(curvature));
    const end = sequentialQuadratic(size, this.#rows, this, memory, rounds, tolerance);
    const parameters = new Float64Array(this.problem.size);
    this.expand(memory.point, parameters);
    return {
      parameters,
      logLikelihood: -memory.outcome[0]!,
      rounds: memory.outcome[1]!,
      end,
      promised: memory.outcome[3]!,
    };
  }

  /** All parameters from those the search moves. */
  expand(point: Float64Array, parameters: Float64Array): void {
    const { problem } = this;
    if (!problem.plan.varianceTargeting) {
      parameters.set(point);
      return;
    }
    const at = problem.means;
    for (let i = 0; i < at; i++) parameters[i] = point[i]!;
    for (let i = at; i < point.length; i++) parameters[i + 1] = point[i]!;
    let omega = 1;
    for (let k = 1; k < problem.shapeAt - at; k++) omega -= this.#weight(k) * parameters[at + k]!;
    parameters[at] = Math.max(OMEGA_LEAST, omega);
  }

  /** What parameter omega + k takes of the long-run variance. */
  #weight(k: number): number {
    const { p, o } = this.problem.plan;
    return k > p && k <= p + o ? 0.5 : 1;
  }

  /** Derivatives after the moved parameters, of those after all. */
  contract(slopes: Float64Array, gradient: Float64Array): void {
    const { problem } = this;
    if (!problem.plan.varianceTargeting) {
      gradient.set(slopes);
      return;
    }
    const at = problem.means;
    for (let i = 0; i < at; i++) gradient[i] = slopes[i]!;
    for (let i = at + 1; i < problem.size; i++) {
      gradient[i - 1] = slopes[i]! - (i < problem.shapeAt ? this.#weight(i - at) * slopes[at]! : 0);
    }
  }

  /** The parameters the search moves, of all. */
  contractPoint(parameters: Float64Array, point: Float64Array): Float64Array {
    const at = this.problem.means;
    const skipped = this.problem.plan.varianceTargeting ? 1 : 0;
    for (let i = 0; i < this.size; i++) point[i] = parameters[i < at ? i : i + skipped]!;
    return point;
  }

  /** The curvature of all parameters as that of the moved ones. */
  contractMatrix(matrix: Float64Array): Float64Array {
    const { problem, size } = this;
    if (!problem.plan.varianceTargeting || matrix.length === size * size) return matrix;
    const full = problem.size;
    const half = new Float64Array(full * size);
    const out = new Float64Array(size * size);
    const row = new Float64Array(size);
    for (let i = 0; i < full; i++) {
      this.contract(matrix.subarray(i * full, (i + 1) * full), row);
      half.set(row, i * size);
    }
    const column = new Float64Array(full);
    for (let j = 0; j < size; j++) {
      for (let i = 0; i < full; i++) column[i] = half[i * size + j]!;
      this.contract(column, row);
      for (let i = 0; i < size; i++) out[i * size + j] = row[i]!;
    }
    return out;
  }

  #setBounds(): void {
    const { problem, memory, size } = this;
    const { p, o, q, dist, varianceTargeting } = problem.plan;
    const { least, most, rows, limit } = memory;
    least.fill(-Infinity);
    most.fill(Infinity);
    let k = problem.means;
    const egarch = problem.plan.model === 'egarch';
    if (!varianceTargeting) {
      least[k] = egarch ? -LOG_OMEGA : OMEGA_LEAST;
      most[k++] = egarch ? LOG_OMEGA : OMEGA_MOST;
    }
    limit[0] = varianceTargeting ? 1 - OMEGA_LEAST : 1;
    const alphaAt = k;
    for (let i = 0; i < p + o + q; i++, k++) {
      if (egarch && i < p + o) continue;
      const asymmetric = i >= p && i < p + o;
      least[k] = asymmetric && i - p < p ? -1 : 0;
      most[k] = asymmetric ? 2 : 1;
      rows[k] = asymmetric ? 0.5 : 1;
    }
    for (let i = 0; i < this.#rows - 1; i++) {
      rows[(i + 1) * size + alphaAt + i] = -1;
      rows[(i + 1) * size + alphaAt + p + i] = -1;
    }
    if (problem.shapes > 0) {
      least[k] = dist === 't' ? 1 / 500 : 1 / 300;
      most[k++] = 1 / FREEDOM_LEAST;
    }
    if (problem.shapes > 1) {
      least[k] = -SKEW_MOST;
      most[k] = SKEW_MOST;
    }
  }
}

function makeMemory(n: number, m: number): SearchMemory {
  const vector = (): Float64Array => new Float64Array(n);
  return {
    held: new Int8Array(n),
    tight: new Int8Array(m),
    target: vector(),
    push: new Float64Array(m),
    equations: new Float64Array((n + m) * (n + m + 1)),
    order: new Int32Array(n + m),
    least: vector(),
    most: vector(),
    rows: new Float64Array(m * n),
    limit: new Float64Array(m),
    point: vector(),
    hessian: new Float64Array(n * n),
    gradient: vector(),
    low: vector(),
    high: vector(),
    step: vector(),
    next: vector(),
    nextGradient: vector(),
    bend: vector(),
    room: new Float64Array(m),
    outcome: new Float64Array(4),
  };
}
