/** From the row of parameters of the search to names and units of the returns. */
import { log } from '../../kernels/special/log.js';
import type { GarchProblem } from './garch-problem.js';
import type { GarchParameters } from './garch-types.js';

/** What parameter i of the search is multiplied by to be in units of the returns; 1 where it has none. */
export function unitOf(problem: GarchProblem, i: number): number {
  const { scale } = problem.sample;
  if (i === problem.means) return problem.plan.model === 'egarch' ? 1 : scale * scale;
  return i === 0 && problem.means > 0 ? scale : 1;
}

/** Logarithm of the unit of the variances. */
export function logUnit({ sample }: GarchProblem): number {
  return 2 * log(sample.scale);
}

function sumOfBetas({ betaAt, shapeAt }: GarchProblem, parameters: Float64Array): number {
  let sum = 0;
  for (let i = betaAt; i < shapeAt; i++) sum += parameters[i]!;
  return sum;
}

/** The parameters by name. `values` are already in units of the returns; the freedom is itself, not its inverse. */
export function nameParameters(problem: GarchProblem, values: Float64Array): GarchParameters {
  const { means, betaAt, shapeAt, shapes } = problem;
  const { p, o, q } = problem.plan;
  const at = means + 1;
  return {
    ...(means > 0 ? { mu: values[0]! } : {}),
    ...(means > 1 ? { phi: values[1]! } : {}),
    omega: values[means]!,
    alpha: Array.from(values.subarray(at, at + p)),
    gamma: Array.from(values.subarray(at + p, at + p + o)),
    beta: Array.from(values.subarray(betaAt, betaAt + q)),
    ...(shapes > 0 ? { nu: values[shapeAt]! } : {}),
    ...(shapes > 1 ? { lambda: values[shapeAt + 1]! } : {}),
  };
}

/** Parameters of the search in units of the returns, the freedom itself in place of its inverse. */
export function inReturnUnits(problem: GarchProblem, parameters: Float64Array): Float64Array {
  const values = parameters.map((value, i) => value * unitOf(problem, i));
  if (problem.plan.model === 'egarch')
    values[problem.means]! += logUnit(problem) * (1 - sumOfBetas(problem, parameters));
  if (problem.shapes > 0) values[problem.shapeAt] = 1 / parameters[problem.shapeAt]!;
  return values;
}
