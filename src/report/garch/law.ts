/** The laws of standardised residuals: mean 0 and variance 1. */
import { exp } from '../../../kernels/special/exp.js';
import { lgammaHalfStep } from '../../../kernels/special/lgamma-half-step.js';
import { log } from '../../../kernels/special/log.js';
import { normalQuantile } from '../../../kernels/special/normal-quantile.js';
import { studentTQuantile } from '../../../kernels/special/student-t-quantile.js';
import type { GarchFit } from '../../volatility/index.js';

const LOG_PI = 1.1447298858494002;

/**
 * The quantile function of the residuals of a fit: normal, Student's t, or Hansen's skewed t. Arguments between 0 and 1.
 * Source: Hansen 1994, Autoregressive conditional density estimation, appendix.
 */
export function residualQuantile({ dist, params }: Pick<GarchFit, 'dist' | 'params'>): (p: number) => number {
  const { nu, lambda = 0 } = params;
  if (dist === 'normal' || nu === undefined) return normalQuantile;
  const unit = Math.sqrt((nu - 2) / nu);
  const c = exp(lgammaHalfStep(0.5 * nu) - 0.5 * (LOG_PI + log(nu - 2)));
  const a = (4 * lambda * c * (nu - 2)) / (nu - 1);
  const b = Math.sqrt(1 + 3 * lambda * lambda - a * a);
  const left = 0.5 * (1 - lambda);
  return (p) =>
    p < left
      ? ((1 - lambda) * unit * studentTQuantile(p / (1 - lambda), nu) - a) / b
      : ((1 + lambda) * unit * studentTQuantile(0.5 + (p - left) / (1 + lambda), nu) - a) / b;
}
