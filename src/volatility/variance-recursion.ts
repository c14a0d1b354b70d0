/** How variances follow from residuals: GARCH or EGARCH, over the arrays of one problem. */
import { egarchGrowth } from '../../kernels/volatility/egarch-growth.js';
import { egarchAdjoint, egarchSensitivities, egarchVariances } from '../../kernels/volatility/egarch.js';
import { garchAdjoint } from '../../kernels/volatility/garch-adjoint.js';
import { garchSensitivities } from '../../kernels/volatility/garch-sensitivity.js';
import { garchExpectedVariances, garchVariances } from '../../kernels/volatility/garch-variance.js';
import { egarchExpected } from './egarch-forecast.js';
import type { GarchPlan } from './garch-options.js';

/** The arrays of a problem that its recursion reads and writes; n numbers each. */
export interface GarchArrays {
  readonly residuals: Float64Array;
  readonly variances: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly varianceSlope: Float64Array;
  readonly residualSlope: Float64Array;
  readonly backcast: number;
  /** Parameters of the mean, which come before omega, and what they are multiplied by. */
  readonly means: number;
  readonly design: Float64Array;
}

/** The steps of a likelihood that depend on the kind of the recursion. */
export interface VarianceRecursion {
  /** Variances from residuals. */
  fill(parameters: Float64Array): void;
  /** Derivatives after the parameters of the recursion, from those after each variance. */
  adjoint(parameters: Float64Array, gradient: Float64Array): void;
  /** Derivatives of each variance after the parameters, in rows of `columns`. */
  sensitivities(parameters: Float64Array, columns: number, slopes: Float64Array): void;
  /** True where the variances, after `fill`, follow from the residuals and not from their start. */
  forgets(parameters: Float64Array): boolean;
  /** Variances of the next periods. */
  expected(parameters: Float64Array, horizon: number): Float64Array;
}

export function makeRecursion(plan: GarchPlan, arrays: GarchArrays): VarianceRecursion {
  return plan.model === 'egarch' ? egarch(plan, arrays) : garch(plan, arrays);
}

function garch({ p, o, q }: GarchPlan, arrays: GarchArrays): VarianceRecursion {
  const { residuals, variances, lower, upper, varianceSlope, residualSlope, backcast, means, design } =
    arrays;
  return {
    fill: (parameters) => {
      garchVariances(residuals, p, o, q, parameters, means, backcast, lower, upper, variances);
    },
    adjoint: (parameters, gradient) => {
      garchAdjoint(
        residuals,
        p,
        o,
        q,
        parameters,
        means,
        backcast,
        lower,
        upper,
        variances,
        varianceSlope,
        residualSlope,
        gradient,
      );
    },
    sensitivities: (parameters, columns, slopes) => {
      garchSensitivities(
        residuals,
        p,
        o,
        q,
        parameters,
        means,
        backcast,
        lower,
        upper,
        variances,
        design,
        columns,
        slopes,
      );
    },
    forgets: () => true,
    expected: (parameters, horizon) => {
      const out = new Float64Array(horizon);
      garchExpectedVariances(residuals, variances, p, o, q, parameters, means, backcast, out);
      return out;
    },
  };
}

function egarch(plan: GarchPlan, arrays: GarchArrays): VarianceRecursion {
  const { p, o, q } = plan;
  const { residuals, variances, lower, upper, varianceSlope, residualSlope, backcast, means, design } =
    arrays;
  const logs = new Float64Array(residuals.length);
  const shocks = new Float64Array(residuals.length);
  const recent = new Float64Array(Math.max(p, o, q));
  return {
    fill: (parameters) => {
      egarchVariances(residuals, p, o, q, parameters, means, backcast, lower, upper, variances, logs, shocks);
    },
    adjoint: (parameters, gradient) => {
      egarchAdjoint(
        p,
        o,
        q,
        parameters,
        means,
        backcast,
        lower,
        upper,
        variances,
        logs,
        shocks,
        varianceSlope,
        residualSlope,
        gradient,
      );
    },
    sensitivities: (parameters, columns, slopes) => {
      egarchSensitivities(
        p,
        o,
        q,
        parameters,
        means,
        backcast,
        lower,
        upper,
        variances,
        logs,
        shocks,
        design,
        columns,
        slopes,
      );
    },
    forgets: (parameters) => egarchGrowth(shocks, p, o, q, parameters, means, recent) < 0,
    expected: (parameters, horizon) =>
      egarchExpected({ plan, parameters, at: means, residuals, variances, logs, backcast }, horizon),
  };
}
