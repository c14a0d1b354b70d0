/** Hierarchical risk parity. */
import { quadraticForm } from '../../kernels/linalg/dot.js';
import { correlationMatrix } from '../../kernels/optimize/correlation-matrix.js';
import {
  bisectWeights,
  quasiDiagonalIntegers,
  quasiDiagonalOrder,
} from '../../kernels/optimize/hierarchical-parity.js';
import { readCovariance } from './estimate-covariance.js';
import { checkUnlimited } from './own-options.js';
import { finishPortfolio, sampleWarnings } from './result.js';
import { checkVariances } from './risk-parity.js';
import { readSample } from './sample.js';
import type { CovarianceOptions, OptimizedPortfolio, ReturnRows } from './types.js';

/** A portfolio with the order in which the assets were halved. */
export interface HrpPortfolio extends OptimizedPortfolio {
  /** The symbols as the leaves of the tree: the like stand together. */
  readonly order: readonly string[];
}

/**
 * Weights by hierarchical risk parity: assets are put in order of likeness, and each half of the order gets the more, the
 * less variance the other has.
 *
 * returns  T×N simple returns as decimals, oldest first
 * symbols  N names
 * options  `covariance`: estimator by name or matrix ('sample')
 *
 * Gives symbol → weight: none below 0, together 1. A recipe without an optimum: it needs no inverse and so works with
 * more assets than rows. The distance of two assets is √((1 − correlation) / 2) itself and the tree that of single
 * linkage, as in PyPortfolioOpt (the paper measures distances between the columns of that distance). Which of two branches
 * stands first follows from the order of the symbols, as there: another order gives somewhat other weights. There are no
 * limits. Throws as `optimizeRiskParity`. O(T N²). Sources: `kernels/optimize/hierarchical-parity.ts`.
 */
export function optimizeHrp(
  returns: ReturnRows,
  symbols: readonly string[],
  options: CovarianceOptions = {},
): Record<string, number> {
  return optimizeHrpDetailed(returns, symbols, options).weights;
}

/**
 * As `optimizeHrp`, with variance and order. `objective` is the variance per period; `kkt` and `dualityGap` are NaN,
 * for nothing is minimised. Status 'degenerate': no asset moves, or two halves have no variance at all; they share equally.
 */
export function optimizeHrpDetailed(
  returns: ReturnRows,
  symbols: readonly string[],
  options: CovarianceOptions = {},
): HrpPortfolio {
  const sample = readSample(returns, symbols);
  checkUnlimited('hierarchical risk parity', options, ['covariance']);
  const covariance = readCovariance(options.covariance, sample);
  const n = sample.cols;
  const warnings = typeof (options.covariance ?? 'sample') === 'string' ? sampleWarnings(sample.rows, n) : [];
  const vector = new Float64Array(n).fill(1);
  const order = Int32Array.from(sample.symbols, (_, i) => i);
  const moves = checkVariances('hierarchical risk parity', covariance, sample.symbols);
  let riskless = 0;
  if (moves) {
    const distances = new Float64Array(n * n);
    correlationMatrix(covariance, n, new Float64Array(n), distances);
    for (let i = 0; i < distances.length; i++) distances[i] = Math.sqrt((1 - distances[i]!) / 2);
    const integers = new Int32Array(quasiDiagonalIntegers(n));
    quasiDiagonalOrder(distances, n, new Float64Array(2 * n), integers, order);
    riskless = bisectWeights(covariance, n, order, integers, vector);
    if (riskless > 0) warnings.push(`${riskless} pairs of halves have no variance: they share equally`);
  } else {
    warnings.push('no asset moves: equal weights');
  }
  const portfolio = finishPortfolio(vector, sample.symbols, {
    objective: quadraticForm(covariance, n, vector),
    status: moves && riskless === 0 ? 'optimal' : 'degenerate',
    iterations: 0,
    warnings,
  });
  return { ...portfolio, order: Array.from(order, (i) => sample.symbols[i]!) };
}
