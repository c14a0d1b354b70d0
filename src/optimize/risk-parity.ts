/** Portfolios in which every asset brings the share of the risk that it was given. */
import { quadraticForm } from '../../kernels/linalg/dot.js';
import { correlationMatrix } from '../../kernels/optimize/correlation-matrix.js';
import { riskParity, riskParityScratch } from '../../kernels/optimize/risk-parity.js';
import { checkFinite, checkLength, nearestHint, toFloat64, type Vec } from '../check.js';
import { UnknownSymbolError, ValidationError } from '../errors.js';
import { readCovariance } from './estimate-covariance.js';
import { checkUnlimited } from './own-options.js';
import { finishPortfolio, normaliseWeights, sampleWarnings } from './result.js';
import { contributionsOf } from './risk-contributions.js';
import { readSample } from './sample.js';
import type { CovarianceOptions, OptimizedPortfolio, ReturnRows } from './types.js';

/** Options of `optimizeRiskParity`. */
export interface RiskParityOptions extends CovarianceOptions {
  /** Shares of the risk, one above 0 for every symbol; only their proportions count. Default: all equal. */
  readonly budgets?: Readonly<Record<string, number>> | Vec;
}

/** A portfolio with the shares of its risk. */
export interface RiskParityPortfolio extends OptimizedPortfolio {
  /** The share of the risk that each asset was given; together 1. */
  readonly budgets: Float64Array;
  /** The share that it brings: see `riskContributions`. NaN where the portfolio has no risk. */
  readonly contributions: Float64Array;
}

/** Newton steps: 2 to 20 in practice, more only on the way to a mix without risk. */
const STEPS_MAX = 100;
/** Largest difference of a contribution from its budget that counts as reached. */
const REACHED = 1e-10;

/**
 * Weights with which every asset brings its budget of the portfolio's variance.
 *
 * returns  T×N simple returns as decimals, oldest first
 * symbols  N names
 * options  `budgets`: above 0, in any unit, for every symbol; `covariance`: estimator by name or matrix ('sample')
 *
 * Gives symbol → weight: all above 0, together 1. Long only and fully invested; there are no limits, for with one the
 * budgets cannot be met. Where no asset moves, and where a mix of assets has no risk at all (more assets than
 * rows), the detailed form says 'degenerate' and what stands in. Throws `ValidationError` for a single asset without
 * variance, naming it, and for budgets; else as `readSample` says: `InsufficientDataError`, `ShapeError`,
 * `NonFiniteError`. O(T N²) for the covariance and about 30 N² more. Sources: `kernels/optimize/risk-parity.ts`.
 */
export function optimizeRiskParity(
  returns: ReturnRows,
  symbols: readonly string[],
  options: RiskParityOptions = {},
): Record<string, number> {
  return optimizeRiskParityDetailed(returns, symbols, options).weights;
}

/**
 * As `optimizeRiskParity`, with the proof.
 *
 * `objective` is the variance per period, `kkt` the largest difference of a contribution from its budget (the weights
 * that make it 0 are unique), `dualityGap` NaN. Status 'degenerate': no asset moves, and the weights are equal; or a mix
 * of assets has no risk, so that shares of it mean nothing, and the weights are √budget / volatility, which is the answer
 * for assets without correlation.
 */
export function optimizeRiskParityDetailed(
  returns: ReturnRows,
  symbols: readonly string[],
  options: RiskParityOptions = {},
): RiskParityPortfolio {
  const sample = readSample(returns, symbols);
  checkUnlimited('risk parity', options, ['budgets', 'covariance']);
  const budgets = readBudgets(options.budgets, sample.symbols);
  const covariance = readCovariance(options.covariance, sample);
  const estimated = typeof (options.covariance ?? 'sample') === 'string';
  const n = sample.cols;
  const warnings = estimated ? sampleWarnings(sample.rows, n) : [];
  const vector = new Float64Array(n);
  if (!checkVariances('risk parity', covariance, sample.symbols)) {
    warnings.push('no asset moves: equal weights');
    const portfolio = finishPortfolio(vector.fill(1), sample.symbols, {
      objective: 0,
      status: 'degenerate',
      iterations: 0,
      warnings,
    });
    return { ...portfolio, budgets, contributions: new Float64Array(n).fill(NaN) };
  }
  const correlations = new Float64Array(n * n);
  const deviations = new Float64Array(n);
  correlationMatrix(covariance, n, deviations, correlations);
  const scratch = new Float64Array(riskParityScratch(n));
  const steps = riskParity(correlations, n, budgets, STEPS_MAX, scratch, vector);
  if (steps < 0) {
    for (let i = 0; i < n; i++) vector[i] = Math.sqrt(budgets[i]!);
    warnings.push(
      'a mix of assets has no risk, so that shares of it mean nothing: weights by √budget / volatility; ' +
        "more rows or covariance: 'ledoit-wolf' give an answer",
    );
  }
  toWeights(vector, deviations);
  const contributions = contributionsOf(vector, covariance);
  let kkt = 0;
  for (let i = 0; i < n; i++) kkt = Math.max(kkt, Math.abs(contributions[i]! - budgets[i]!));
  const portfolio = finishPortfolio(vector, sample.symbols, {
    objective: quadraticForm(covariance, n, vector),
    status: steps < 0 ? 'degenerate' : kkt <= REACHED ? 'optimal' : 'max-iterations',
    iterations: steps < 0 ? 0 : Math.min(steps, STEPS_MAX),
    kkt,
    warnings,
  });
  return { ...portfolio, budgets, contributions };
}

/** Weights from y: divided by the deviations, relative to the smallest, and scaled to sum 1. */
function toWeights(vector: Float64Array, deviations: Float64Array): void {
  let least = Infinity;
  for (let i = 0; i < vector.length; i++) if (deviations[i]! < least) least = deviations[i]!;
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! * (least / deviations[i]!);
  normaliseWeights(vector);
}

/** False where no asset has variance; throws where some have none. */
export function checkVariances(
  method: string,
  covariance: Float64Array,
  symbols: readonly string[],
): boolean {
  const n = symbols.length;
  const still = symbols.filter((_, i) => !(covariance[i * n + i]! > 0));
  if (still.length === 0) return true;
  if (still.length === n) return false;
  throw new ValidationError(
    `variance of ${still.slice(0, 5).join(', ')}`,
    0,
    `above 0 for ${method}: an asset without risk would take all the weight`,
    'leave out the symbols whose returns never change',
  );
}

/** The budgets as shares of sum 1. */
function readBudgets(given: unknown, symbols: readonly string[]): Float64Array {
  const n = symbols.length;
  if (given === undefined) return new Float64Array(n).fill(1 / n);
  const budgets = new Float64Array(n);
  if (given instanceof Float64Array || Array.isArray(given)) {
    const values = toFloat64('budgets', given);
    checkLength('budgets', values.length, n, 'symbols');
    budgets.set(values);
  } else if (typeof given === 'object' && given !== null) {
    const known = new Map(symbols.map((symbol, i) => [symbol, i]));
    for (const [symbol, value] of Object.entries(given)) {
      const at = known.get(symbol);
      if (at === undefined) {
        throw new UnknownSymbolError(
          'budgets',
          symbol,
          'a symbol of the returns',
          nearestHint(symbol, symbols),
        );
      }
      budgets[at] = typeof value === 'number' ? value : NaN;
    }
  } else {
    throw new ValidationError(
      'budgets',
      given,
      'symbol → share of the risk, or an array of shares',
      'pass a number above 0 for each symbol',
    );
  }
  checkFinite('budgets', budgets);
  // In parts of the largest: the sum of large ones may have no double.
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, budgets[i]!);
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!(budgets[i]! > 0)) {
      throw new ValidationError(
        `budgets of ${symbols[i]!}`,
        budgets[i],
        'above 0, for every symbol',
        'give it a share, or leave the symbol out of the returns',
      );
    }
    const share = budgets[i]! / largest;
    if (share === 0) {
      throw new ValidationError(
        `budgets of ${symbols[i]!}`,
        budgets[i],
        `not so far below the largest, ${largest}, that its share has no double`,
        'give it a larger share, or leave the symbol out of the returns',
      );
    }
    budgets[i] = share;
    total += share;
  }
  for (let i = 0; i < n; i++) budgets[i] = budgets[i]! / total;
  return budgets;
}
