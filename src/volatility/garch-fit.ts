/** GARCH by maximum likelihood. */
import { log } from '../../kernels/special/log.js';
import type { Vec } from '../check.js';
import { ConvergenceError } from '../errors.js';
import { type GarchOptimum, Search } from './garch-ascent.js';
import { polish } from './garch-curvature.js';
import { fallbackFit } from './garch-fallback.js';
import { inReturnUnits, nameParameters } from './garch-names.js';
import { type GarchPlan, readGarchOptions, readReturns } from './garch-options.js';
import { GarchProblem } from './garch-problem.js';
import { completeFit, expectedVariances, type GarchFields } from './garch-record.js';
import { firstPart, makeSample } from './garch-sample.js';
import { searchGarch } from './garch-search.js';
import { bestStart, extended, startsOf } from './garch-starts.js';
import type { GarchFit, GarchOptions, GarchStatus } from './garch-types.js';

/** Values from which on a series is long, and how many of it are looked at first. */
const LONG = 10_000;
const PART = 2_500;
/** Where the search of the first part may end. */
const ROUGH = 1e-3;
/** Log-likelihood below the best of the first part at which a top of it is no start for the whole. */
const WORTH = 5;

/**
 * Fits a GARCH model by maximum likelihood.
 *
 * returns  n finite returns, oldest first, in any unit: the answer is in the same
 * options  lags `p` (1), `o` (0), `q` (1); `mean` (`zero`), `dist` (`normal`), `varianceTargeting`, `minObservations`
 *          (20), `maxIter`, `tol`, `onFailure` (`fallback`)
 *
 * variance = omega + sum alpha e^2 + sum gamma e^2 [e < 0] + sum beta variance, with what lies before the first
 * return as in arch: the mean of the first 75 squares, each weighing 0.94 times the one before. Bounds: omega from
 * 1e-8 to 10 mean squares, alpha and beta 0 to 1, alpha + gamma not below 0, and
 * sum alpha + sum gamma / 2 + sum beta at most 1. The series is fitted in units of its own volatility, so that
 * percent and decimals give the same answer; returns of at most 1e-150 count as 0.
 *
 * `model: 'egarch'`: log variance = omega + sum alpha (|z| - sqrt(2 / pi)) + sum gamma z + sum beta log variance, with z
 * the residual over its volatility, beta from 0 and their sum at most 1. Searches keep to where these variances forget
 * their start (with one lag: mean log |beta - (alpha |z| + gamma z) / 2| below 0). Beyond, the likelihood is all spikes,
 * and arch may end on one that is higher. A short series without clusters may have no top inside: status `stuck`.
 *
 * Of several tops the highest is taken. Where the search has not ended at the highest place found there is no fit, even
 * if it has ended at a lower one. Too few returns, returns that do not vary, and no top are answered with
 * `converged: false`, a `status` and a `method`: the root mean square (`sample-fallback`) or the exponentially weighted
 * variance (`ewma-fallback`). With `onFailure: 'throw'` they throw `ConvergenceError`. Throws `InsufficientDataError`
 * (no returns), `NonFiniteError`, `ValidationError` (options; returns beyond 1e150). Some dozen passes over the returns,
 * some hundred with more lags. Sources: Bollerslev 1986; Nelson 1991; Glosten, Jagannathan and Runkle 1993; Hansen 1994;
 * Wintenberger 2013. Reference: arch 8.0.0, parity/garch.py.
 */
export function fitGarch(returns: Vec, options: GarchOptions = {}): GarchFit {
  const plan = readGarchOptions(options);
  const values = readReturns(returns);
  const found = findFit(values, plan);
  if (typeof found === 'string') return failedFit(values, plan, found);
  return completeFit(found.fields, found.parameters, () => found.problem);
}

/** A fit before it can do anything, and its problem, whose variances are those of the parameters. */
export interface FoundFit {
  readonly fields: GarchFields;
  readonly parameters: Float64Array;
  readonly problem: GarchProblem;
}

/** The fit of checked returns, or why there is none. */
export function findFit(values: Float64Array, plan: GarchPlan): FoundFit | GarchStatus {
  const sample = makeSample(values, plan.mean);
  if (sample === undefined) return 'zero-variance';
  const spare = 2 + plan.p + plan.o + plan.q;
  if (sample.values.length < Math.max(plan.minObservations, spare)) return 'too-few-observations';
  const problem = new GarchProblem(sample, plan);
  const top = findOptimum(problem);
  if (top === undefined) return 'stuck';
  // With three parameters what the search learns is enough.
  const polished = problem.size > 3 && top.end !== 'rounds' ? polish(problem, new Search(problem), top) : top;
  const optimum = problem.isStable(polished.parameters) ? polished : top;
  if (optimum.end === 'rounds') return 'iteration-limit';
  if (optimum.end === 'stuck' && !isFlat(optimum)) return 'stuck';
  return makeFit(values, problem, optimum);
}

/**
 * The best top of a problem, if any. With one lag each, a long series is searched from the tops of its first part, which
 * cost little, and from the best start; with more there are too many hills for that.
 */
function findOptimum(problem: GarchProblem): GarchOptimum | undefined {
  const { plan, sample } = problem;
  const simpler = simplerOptimum(problem);
  if (sample.values.length <= LONG || plan.p > 1 || plan.q > 1 || plan.o > 1) {
    return searchGarch(problem, startsOf(problem, simpler))[0];
  }
  const part = new GarchProblem(firstPart(sample, PART), { ...plan, tol: ROUGH });
  const starts = searchGarch(part, startsOf(part, undefined, 3))
    .filter((top, _i, tops) => top.logLikelihood > tops[0]!.logLikelihood - WORTH)
    .map((top) => top.parameters);
  starts.push(simpler === undefined ? bestStart(problem) : extended(problem, simpler));
  return searchGarch(problem, starts)[0];
}

/** The best top with one lag each, where the problem has more: from there none is missed that a simpler model reaches. */
function simplerOptimum({ plan, sample }: GarchProblem): Float64Array | undefined {
  if (plan.p === 1 && plan.o === 0 && plan.q <= 1) return undefined;
  return findOptimum(new GarchProblem(sample, { ...plan, p: 1, o: 0, q: 1 }))?.parameters;
}

/** True where a search that found no way up was at the top, as far as its numbers tell. */
function isFlat({ promised }: GarchOptimum): boolean {
  return promised < 1e-6;
}

/** What is given where there is no fit. Throws `ConvergenceError` where that was asked for. */
export function failedFit(values: Float64Array, plan: GarchPlan, status: GarchStatus): GarchFit {
  if (plan.onFailure === 'throw') {
    throw new ConvergenceError(`GARCH was not fitted to ${values.length} returns: ${status}`, {
      detail: {
        field: 'returns',
        value: values,
        constraint: `at least ${plan.minObservations} returns that vary, and a search that ends`,
        fix: "pass more returns, raise maxIter, or leave onFailure at 'fallback'",
      },
    });
  }
  return fallbackFit(values, plan, status);
}

function makeFit(values: Float64Array, problem: GarchProblem, optimum: GarchOptimum): FoundFit {
  const { plan, sample } = problem;
  const { scale } = sample;
  const { parameters } = optimum;
  problem.density(parameters);
  const n = sample.values.length;
  const skipped = values.length - n;
  const square = scale * scale;
  const conditionalVariance = new Float64Array(values.length).fill(NaN);
  const stdResiduals = new Float64Array(values.length).fill(NaN);
  for (let t = 0; t < n; t++) {
    conditionalVariance[t + skipped] = problem.variances[t]! * square;
    stdResiduals[t + skipped] = problem.residuals[t]! / Math.sqrt(problem.variances[t]!);
  }
  const forecastVariance = expectedVariances(problem, parameters, 1)[0]!;
  const logLikelihood = optimum.logLikelihood - n * log(scale);
  const fitted = problem.size - (plan.varianceTargeting ? 1 : 0);
  const fields: GarchFields = {
    params: nameParameters(problem, inReturnUnits(problem, parameters)),
    logLikelihood,
    aic: 2 * fitted - 2 * logLikelihood,
    bic: fitted * log(n) - 2 * logLikelihood,
    conditionalVariance,
    stdResiduals,
    forecastVariance,
    forecastVolatility: Math.sqrt(forecastVariance),
    converged: true,
    status: 'converged',
    iterations: optimum.rounds,
    method: 'mle',
    model: plan.model,
    mean: plan.mean,
    dist: plan.dist,
    observations: n,
  };
  return { fields, parameters, problem };
}
