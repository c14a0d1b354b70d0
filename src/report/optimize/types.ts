/** What the writers of an optimised portfolio take. */
import type { Mat } from '../../check.js';
import type { FrontierPoint } from '../../optimize/frontier.js';
import type { OptimizedPortfolio } from '../../optimize/types.js';
import type { OptimizerName, OptimizerSettings } from '../../targets/optimizer-names.js';
import type { ReportProvenance } from '../types.js';

/** Input of `optimizeText`, `optimizeCsv`, `optimizeJson` and `optimizeHtml`. */
export interface OptimizeInput {
  /** Title; any text, escaped by each writer. */
  readonly name: string;
  readonly method: OptimizerName;
  readonly settings: OptimizerSettings;
  /** Epoch day of the close before the first return, and of the last. */
  readonly from: number;
  readonly to: number;
  /** Every symbol to choose from, in the order of the files; those without a column of `returns` have weight 0. */
  readonly symbols: readonly string[];
  /** The symbols that took part, one a column of `returns`. */
  readonly used: readonly string[];
  readonly returns: Mat;
  readonly portfolio: OptimizedPortfolio;
  /** Covariances of the symbols that took part, of one period: risk shares and the frontier are in them. */
  readonly covariance: Mat;
  /** Portfolios of least variance for their return, that return rising; absent where it was not asked for. */
  readonly frontier?: readonly FrontierPoint[];
  readonly periodsPerYear: number;
  /** Risk-free return of a period. */
  readonly riskFree: number;
  readonly provenance: ReportProvenance;
}
