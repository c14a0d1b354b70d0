/** Variances that an EGARCH model expects of the next periods. */
import { exp } from '../../kernels/special/exp.js';
import { log } from '../../kernels/special/log.js';
import { normalCdf } from '../../kernels/special/normal-cdf.js';
import { ValidationError } from '../errors.js';
import type { GarchPlan } from './garch-options.js';

const MEAN_SIZE = 0.7978845608028654;

/** A fitted recursion at the end of its series. */
export interface EgarchEnd {
  readonly plan: GarchPlan;
  readonly parameters: Float64Array;
  /** Where omega stands. */
  readonly at: number;
  readonly residuals: Float64Array;
  readonly variances: Float64Array;
  readonly logs: Float64Array;
  readonly backcast: number;
}

/**
 * Variances of the next `horizon` periods. The logarithm of a later one is a sum of what is known and of independent
 * terms a (|z| - sqrt(2 / pi)) + b z of the shocks between; for normal z the mean of its exponential is a product of
 * exp(-a sqrt(2 / pi)) (e^((a + b)^2 / 2) Phi(a + b) + e^((a - b)^2 / 2) Phi(a - b)) (Nelson 1991). With Student's t
 * that mean is infinite. Throws `ValidationError` for it and more than one period.
 */
export function egarchExpected(end: EgarchEnd, horizon: number): Float64Array {
  const { plan, parameters, at, residuals, variances, logs, backcast } = end;
  const { p, o, q, dist } = plan;
  if (horizon > 1 && dist !== 'normal') {
    throw new ValidationError(
      'horizon',
      horizon,
      `1 for EGARCH with dist '${dist}': further ahead the expected variance is infinite`,
      "ask for one period, fit with dist 'normal', or simulate with simulateGarch",
    );
  }
  const n = residuals.length;
  const before = log(backcast);
  const known = new Float64Array(horizon);
  const sizes = new Float64Array(horizon);
  const signs = new Float64Array(horizon);
  const out = new Float64Array(horizon);
  let factor = 1;
  for (let h = 0; h < horizon; h++) {
    let value = parameters[at]!;
    // What a shock h periods back still does: through its own lags and through the logarithms in between.
    let size = h > 0 && h <= p ? parameters[at + h]! : 0;
    let sign = h > 0 && h <= o ? parameters[at + p + h]! : 0;
    for (let j = 1; j <= Math.max(p, o); j++) {
      const t = n + h - j;
      if (t < 0 || t >= n) continue;
      const z = residuals[t]! / Math.sqrt(variances[t]!);
      if (j <= p) value += parameters[at + j]! * (Math.abs(z) - MEAN_SIZE);
      if (j <= o) value += parameters[at + p + j]! * z;
    }
    for (let j = 1; j <= q; j++) {
      const beta = parameters[at + p + o + j]!;
      const t = n + h - j;
      value += beta * (t < 0 ? before : t < n ? logs[t]! : known[t - n]!);
      if (j < h) {
        size += beta * sizes[h - j]!;
        sign += beta * signs[h - j]!;
      }
    }
    known[h] = value;
    sizes[h] = size;
    signs[h] = sign;
    if (h > 0) factor *= meanOfShock(size, sign);
    out[h] = exp(value) * factor;
  }
  return out;
}

function meanOfShock(size: number, sign: number): number {
  const up = size + sign;
  const down = size - sign;
  const sum = exp(0.5 * up * up) * normalCdf(up) + exp(0.5 * down * down) * normalCdf(down);
  return exp(-size * MEAN_SIZE) * sum;
}
