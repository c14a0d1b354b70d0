/** A fit as plain data, which can travel between threads, and as what callers get. */
import { checkInteger } from '../check.js';
import { garchStandardErrors } from './garch-errors.js';
import { fallbackFit } from './garch-fallback.js';
import type { GarchPlan } from './garch-options.js';
import { GarchProblem } from './garch-problem.js';
import { makeSample } from './garch-sample.js';
import { type GarchFit, type GarchStandardErrors, type GarchStatus, HORIZON_MAX } from './garch-types.js';

/** What of a fit is data. */
export type GarchFields = Omit<GarchFit, 'forecast' | 'stdErrors'>;

/** A fit as data: its fields and the parameters as the search has them; or why there is a fallback. */
export type GarchRecord =
  | { readonly fields: GarchFields; readonly parameters: Float64Array }
  | { readonly fields: undefined; readonly status: GarchStatus };

/**
 * A fit with all it can do.
 *
 * problemOf  gives the problem, its variances those of `parameters`; called when first needed
 */
export function completeFit(
  fields: GarchFields,
  parameters: Float64Array,
  problemOf: () => GarchProblem,
): GarchFit {
  let errors: GarchStandardErrors | undefined;
  return {
    ...fields,
    forecast: (horizon) =>
      expectedVariances(problemOf(), parameters, checkInteger('horizon', horizon, 1, HORIZON_MAX)),
    get stdErrors() {
      errors ??= garchStandardErrors(problemOf(), parameters);
      return errors;
    },
  };
}

/** Variances of the next periods, in squared units of the returns. */
export function expectedVariances(
  problem: GarchProblem,
  parameters: Float64Array,
  horizon: number,
): Float64Array {
  const { scale } = problem.sample;
  const square = scale * scale;
  const expected = problem.recursion.expected(parameters, horizon);
  for (let h = 0; h < horizon; h++) expected[h] = expected[h]! * square;
  return expected;
}

/** The fit of a record. `values`: the series it was fitted to, which is kept. */
export function fitFromRecord(values: Float64Array, plan: GarchPlan, record: GarchRecord): GarchFit {
  if (record.fields === undefined) return fallbackFit(values, plan, record.status);
  const { fields, parameters } = record;
  let problem: GarchProblem | undefined;
  return completeFit(fields, parameters, () => {
    if (problem === undefined) {
      problem = new GarchProblem(makeSample(values, plan.mean)!, plan);
      problem.density(parameters);
    }
    return problem;
  });
}
