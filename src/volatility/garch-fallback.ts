/** What stands in for a GARCH fit that there is none of: flagged, and the same for the same returns. */
import { sum } from '../../kernels/stats/sum.js';
import { ewmaVariances } from '../../kernels/volatility/ewma.js';
import { garchBackcast } from '../../kernels/volatility/garch-bounds.js';
import { checkInteger } from '../check.js';
import type { GarchPlan } from './garch-options.js';
import { HORIZON_MAX, type GarchFit, type GarchStatus } from './garch-types.js';

const DECAY = 0.94;

/**
 * The root mean square of the returns (less their mean, where one was asked for) where they are too few or do not vary;
 * else the exponentially weighted variance with weight 0.94.
 */
export function fallbackFit(returns: Float64Array, plan: GarchPlan, status: GarchStatus): GarchFit {
  const n = returns.length;
  const method =
    status === 'too-few-observations' || status === 'zero-variance' ? 'sample-fallback' : 'ewma-fallback';
  const mu = plan.mean === 'zero' ? 0 : middle(returns);
  const residuals = returns.map((value) => value - mu);
  const conditionalVariance = new Float64Array(n);
  let variance: number;
  if (method === 'sample-fallback') {
    // In units of the largest, so that no square is lost.
    let largest = 0;
    for (const e of residuals) largest = Math.max(largest, Math.abs(e));
    const squares = residuals.map((e) => (largest > 0 ? (e / largest) * (e / largest) : 0));
    variance = (sum(squares, 0, n) / n) * largest * largest;
    conditionalVariance.fill(variance);
  } else variance = ewmaVariances(residuals, DECAY, startOf(residuals), conditionalVariance);
  const ewma = method === 'ewma-fallback';
  return {
    params: {
      ...(plan.mean === 'zero' ? {} : { mu }),
      ...(plan.mean === 'ar1' ? { phi: 0 } : {}),
      omega: ewma ? 0 : variance,
      alpha: ewma ? [1 - DECAY] : [],
      gamma: [],
      beta: ewma ? [DECAY] : [],
    },
    logLikelihood: NaN,
    aic: NaN,
    bic: NaN,
    conditionalVariance,
    stdResiduals: residuals.map((e, t) => (e === 0 ? 0 : e / Math.sqrt(conditionalVariance[t]!))),
    forecastVariance: variance,
    forecastVolatility: Math.sqrt(variance),
    forecast: (horizon) => new Float64Array(checkInteger('horizon', horizon, 1, HORIZON_MAX)).fill(variance),
    stdErrors: undefined,
    converged: false,
    status,
    iterations: 0,
    method,
    model: 'garch',
    mean: plan.mean,
    dist: 'normal',
    observations: n,
  };
}

/** The backcast; where the first residuals are all 0, the mean square of all, so that no variance is 0. */
function startOf(residuals: Float64Array): number {
  const backcast = garchBackcast(residuals);
  if (backcast > 0) return backcast;
  let squares = 0;
  for (const e of residuals) squares += e * e;
  return squares / residuals.length;
}

/** Mean; of equal values exactly their value. */
function middle(values: Float64Array): number {
  const average = sum(values, 0, values.length) / values.length;
  return values.every((value) => value === values[0]) ? values[0]! : average;
}
