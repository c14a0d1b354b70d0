/** What the portfolio optimizers take and give. */
import type { Mat, Vec } from '../check.js';

/** Returns of each period: a matrix T×N, or T rows of N numbers. Simple returns as decimals, oldest first. */
export type ReturnRows = Mat | readonly Vec[];

/** An estimator of the covariance matrix by name; see `estimateCovariance`. */
export type CovarianceName = 'sample' | 'ledoit-wolf' | 'oas' | 'ewma' | 'constant-correlation' | 'denoised';

/** Limits of one group of symbols: their weights together stay within `min` and `max`. */
export interface GroupLimit {
  readonly symbols: readonly string[];
  /** Lower limit of the sum, 0 to 1; default 0. */
  readonly min?: number;
  /** Upper limit of the sum, 0 to 1; default 1. */
  readonly max?: number;
}

/** Limits of a portfolio besides long only and fully invested. */
export interface PortfolioLimits {
  /** Lower and upper limit of a weight, 0 to 1: one pair for all, or a pair by symbol (others 0 to 1). */
  readonly bounds?:
    readonly [min: number, max: number] | Readonly<Record<string, readonly [min: number, max: number]>>;
  readonly groups?: readonly GroupLimit[];
  /**
   * The sum of |weight − current| stays at or below `max`; symbols that `current` leaves out count as 0. Current weights
   * are parts of the whole, −1000 to 1000.
   */
  readonly turnover?: { readonly current: Readonly<Record<string, number>>; readonly max: number };
  /** Adds l2 · Σ weight² to what is minimised: spreads the weights. 0 to 1e100; default 0. */
  readonly l2?: number;
}

/** Options of the optimizers that work on a covariance matrix. */
export interface CovarianceOptions {
  /** Estimator by name, or the N×N matrix itself; default 'sample'. */
  readonly covariance?: CovarianceName | Mat;
}

/**
 * How a search ended. optimal: the certificate is below the tolerance. degenerate: the problem has no answer of its
 * own and the documented stand-in was given. max-iterations: stopped before the certificate was reached.
 */
export type OptimizeStatus = 'optimal' | 'degenerate' | 'max-iterations';

/** Weights with the proof that they are the best. */
export interface OptimizedPortfolio {
  /**
   * Symbol to weight, in the order of the symbols given, but that JavaScript lists names that are whole numbers (600519)
   * first and by size; `vector` keeps the order. Sum 1 within 1e-12, none below 0, zeros exact.
   */
  readonly weights: Record<string, number>;
  /** The same numbers, one per symbol. */
  readonly vector: Float64Array;
  /** What was optimised, of the weights alone (no l2 term): variance, Sharpe ratio (per period), CVaR, CDaR. */
  readonly objective: number;
  readonly status: OptimizeStatus;
  readonly iterations: number;
  /** Largest violation of the optimality conditions, relative to the objective's scale; NaN where gap is the proof. */
  readonly kkt: number;
  /** Objective less its proven lower bound, relative to the objective's scale; NaN where kkt is the proof. */
  readonly dualityGap: number;
  /** What a reader should know: more assets than rows, why degenerate. */
  readonly warnings: readonly string[];
}
