/** Standard errors of a GARCH fit. */
import { studentLogLikelihood } from '../../kernels/volatility/garch-density.js';
import { Search } from './garch-ascent.js';
import { freeOf, secondDerivatives } from './garch-curvature.js';
import { logUnit, nameParameters, unitOf } from './garch-names.js';
import type { GarchProblem } from './garch-problem.js';
import type { GarchStandardErrors } from './garch-types.js';

/**
 * Standard errors at an optimum: from the second derivatives H of the log-likelihood (central differences of the
 * exact gradient), and robust, from H^-1 S H^-1 with S the covariance of the n scores times n. A parameter at its bound is
 * held there: it has no standard error, and the others' are those of the model without it. That the persistence may
 * stand at 1 is left out of account, as in arch.
 */
export function garchStandardErrors(problem: GarchProblem, parameters: Float64Array): GarchStandardErrors {
  const search = new Search(problem);
  const point = search.contractPoint(parameters, new Float64Array(search.size));
  const free = freeOf(search, point);
  const inverse = invert(secondDerivatives(search, point, free), free.length);
  const scores = scoreProducts(problem, search, parameters, free);
  const k = free.length;
  const robust = sandwich(inverse, scores, k);
  return {
    robust: nameErrors(problem, search, parameters, free, robust),
    hessian: nameErrors(problem, search, parameters, free, inverse),
  };
}

/** n times the covariance of the derivatives of each observation's log-likelihood. */
function scoreProducts(
  problem: GarchProblem,
  search: Search,
  parameters: Float64Array,
  free: readonly number[],
): Float64Array {
  const { means, size, shapes, shapeAt, varianceSlope, residualSlope, residuals, variances } = problem;
  const { design } = problem.sample;
  const n = residuals.length;
  const k = free.length;
  problem.density(parameters);
  const slopes = problem.sensitivities(parameters);
  const score = new Float64Array(size);
  const moved = new Float64Array(search.size);
  const shape = new Float64Array(2);
  const spare = new Float64Array(1);
  const total = new Float64Array(k);
  const matrix = new Float64Array(k * k);
  for (let t = 0; t < n; t++) {
    for (let i = 0; i < shapeAt; i++) score[i] = varianceSlope[t]! * slopes[t * size + i]!;
    for (let i = 0; i < means; i++) score[i]! -= residualSlope[t]! * design[t * means + i]!;
    if (shapes > 0) {
      studentLogLikelihood(
        residuals.subarray(t, t + 1),
        variances.subarray(t, t + 1),
        1 / parameters[shapeAt]!,
        shapes > 1 ? parameters[shapeAt + 1]! : 0,
        spare,
        spare,
        shape,
      );
      for (let i = 0; i < shapes; i++) score[shapeAt + i] = shape[i]!;
    }
    search.contract(score, moved);
    for (let a = 0; a < k; a++) {
      const value = moved[free[a]!]!;
      total[a]! += value;
      for (let b = 0; b < k; b++) matrix[a * k + b]! += value * moved[free[b]!]!;
    }
  }
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      matrix[a * k + b] = ((matrix[a * k + b]! - (total[a]! * total[b]!) / n) * n) / (n - 1);
    }
  }
  return matrix;
}

function sandwich(outer: Float64Array, inner: Float64Array, k: number): Float64Array {
  return product(product(outer, inner, k), outer, k);
}

function product(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[i * k + l]! * b[l * k + j]!;
      out[i * k + j] = sum;
    }
  }
  return out;
}

/** Inverse by Gauss and Jordan with the largest pivot; NaN where there is none. */
function invert(matrix: Float64Array, k: number): Float64Array {
  const a = matrix.slice();
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) out[i * k + i] = 1;
  for (let column = 0; column < k; column++) {
    let best = column;
    for (let i = column + 1; i < k; i++) {
      if (Math.abs(a[i * k + column]!) > Math.abs(a[best * k + column]!)) best = i;
    }
    const pivot = a[best * k + column]!;
    if (pivot === 0) return out.fill(NaN);
    for (let j = 0; j < k; j++) {
      const left = a[best * k + j]!;
      a[best * k + j] = a[column * k + j]!;
      a[column * k + j] = left / pivot;
      const right = out[best * k + j]!;
      out[best * k + j] = out[column * k + j]!;
      out[column * k + j] = right / pivot;
    }
    for (let i = 0; i < k; i++) {
      const factor = a[i * k + column]!;
      if (i === column || factor === 0) continue;
      for (let j = 0; j < k; j++) {
        a[i * k + j]! -= factor * a[column * k + j]!;
        out[i * k + j]! -= factor * out[column * k + j]!;
      }
    }
  }
  return out;
}

/** In units of the returns the omega of EGARCH has a share of the betas: omega + log unit (1 - sum beta). */
function omegaVariance(problem: GarchProblem, free: readonly number[], covariance: Float64Array): number {
  const { means, betaAt, shapeAt } = problem;
  const share = logUnit(problem);
  const weights = free.map((i) => (i === means ? 1 : i >= betaAt && i < shapeAt ? -share : 0));
  let total = 0;
  for (const [a, left] of weights.entries()) {
    for (const [b, right] of weights.entries()) total += left * right * covariance[a * free.length + b]!;
  }
  return total;
}

function nameErrors(
  problem: GarchProblem,
  search: Search,
  parameters: Float64Array,
  free: readonly number[],
  covariance: Float64Array,
): GarchStandardErrors['robust'] {
  const errors = new Float64Array(problem.size).fill(NaN);
  const k = free.length;
  const skipped = problem.size - search.size;
  for (const [a, i] of free.entries()) {
    const full = i < problem.means ? i : i + skipped;
    const inverse = full === problem.shapeAt ? 1 / parameters[full]! : 0;
    const unit = problem.shapes > 0 && full === problem.shapeAt ? inverse * inverse : unitOf(problem, full);
    errors[full] = Math.sqrt(covariance[a * k + a]!) * unit;
  }
  if (problem.plan.model === 'egarch' && !Number.isNaN(errors[problem.means]!)) {
    errors[problem.means] = Math.sqrt(omegaVariance(problem, free, covariance));
  }
  return nameParameters(problem, errors);
}
