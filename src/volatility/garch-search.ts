/** The search for the maximum of a GARCH likelihood from several starts. */
import { type GarchOptimum, Search } from './garch-ascent.js';
import type { GarchPlan } from './garch-options.js';
import { GarchProblem } from './garch-problem.js';

/** Rounds after which the curvature is worked out anew instead of learnt; the last stretch is open. */
const STRETCHES: readonly number[] = [4, 5, 20];
/** Searches that stand this near to each other, in log-likelihood and in standard errors, go to the same place. */
const NEAR = 1e-2;

/**
 * V8 forgets what objects of a class look like when none is alive, and with it the code that was made for them; a program
 * that fits now and then would compile it again and again. So one small search stays.
 */
let kept: Search | undefined;

function keepShapes(plan: GarchPlan): void {
  if (kept !== undefined) return;
  const none = new Float64Array(0);
  const sample = { scale: 1, values: new Float64Array([1, -1]), means: 0, design: none, start: none };
  kept = new Search(new GarchProblem(sample, plan));
}

/** The tops that searches from the starts find, the best first, each once; the same for the same problem. */
export function searchGarch(problem: GarchProblem, starts: readonly Float64Array[]): GarchOptimum[] {
  keepShapes(problem.plan);
  const search = new Search(problem);
  const tops: GarchOptimum[] = [];
  for (const start of starts) {
    const top = searchFrom(problem, search, start, tops);
    if (top === undefined) continue;
    const same = tops.findIndex((other) => isNear(top, other, search));
    if (same < 0) tops.push(top);
    else if (top.logLikelihood > tops[same]!.logLikelihood) tops[same] = top;
  }
  return tops.sort((a, b) => b.logLikelihood - a.logLikelihood);
}

/** A search to its end; undefined where it comes to a place already known, or where the recursion is not stable. */
function searchFrom(
  problem: GarchProblem,
  search: Search,
  start: Float64Array,
  known: readonly GarchOptimum[],
): GarchOptimum | undefined {
  const { tol, maxIter } = problem.plan;
  let at = start;
  let rounds = 0;
  let found: GarchOptimum | undefined;
  for (let stretch = 0; rounds < maxIter; stretch++) {
    const most = Math.min(maxIter - rounds, STRETCHES[stretch] ?? maxIter);
    found = search.run(at, problem.information(at), most, tol);
    rounds += found.rounds;
    if (!problem.isStable(found.parameters)) return undefined;
    if (found.end !== 'rounds') break;
    at = found.parameters;
    const { logLikelihood } = found;
    if (known.some((top) => top.logLikelihood >= logLikelihood && isNear(found!, top, search)))
      return undefined;
  }
  return { ...found!, rounds };
}

/** True where a search stands next to a top and has nearly its log-likelihood. */
function isNear(found: GarchOptimum, top: GarchOptimum, search: Search): boolean {
  if (!(Math.abs(top.logLikelihood - found.logLikelihood) < NEAR)) return false;
  const a = search.contractPoint(found.parameters, new Float64Array(search.size));
  const b = search.contractPoint(top.parameters, new Float64Array(search.size));
  const { hessian } = search.memory;
  let distance = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < a.length; j++) {
      distance += (a[i]! - b[i]!) * hessian[i * a.length + j]! * (a[j]! - b[j]!);
    }
  }
  return distance < NEAR;
}
