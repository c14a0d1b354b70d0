/** How every optimizer hands back its weights. */
import type { OptimizedPortfolio, OptimizeStatus } from './types.js';

/** What a portfolio has besides its weights; see `OptimizedPortfolio`. */
export interface PortfolioFacts {
  readonly objective: number;
  readonly status: OptimizeStatus;
  readonly iterations: number;
  /** Default NaN. */
  readonly kkt?: number;
  /** Default NaN. */
  readonly dualityGap?: number;
  /** Default none. */
  readonly warnings?: readonly string[];
}

/** Weights made exact, in place: none below 0, no −0, sum 1 within rounding. */
export function normaliseWeights(vector: Float64Array): Float64Array {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) {
    if (!(vector[i]! > 0)) vector[i] = 0;
    sum += vector[i]!;
  }
  if (sum !== 1) for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! / sum;
  return vector;
}

/**
 * Symbol to weight, in the order of `symbols`; JavaScript lists names that are whole numbers first. A symbol named
 * `__proto__` is a name like any other.
 */
export function weightsRecord(vector: Float64Array, symbols: readonly string[]): Record<string, number> {
  return Object.fromEntries(symbols.map((symbol, j) => [symbol, vector[j]!]));
}

/**
 * The answer of an optimizer.
 *
 * vector   N weights, changed in place: what is not above 0 becomes an exact 0, then the rest is scaled to sum 1
 * symbols  N names
 * facts    objective, status, iterations and the proof
 */
export function finishPortfolio(
  vector: Float64Array,
  symbols: readonly string[],
  facts: PortfolioFacts,
): OptimizedPortfolio {
  normaliseWeights(vector);
  return {
    weights: weightsRecord(vector, symbols),
    vector,
    objective: facts.objective,
    status: facts.status,
    iterations: facts.iterations,
    kkt: facts.kkt ?? NaN,
    dualityGap: facts.dualityGap ?? NaN,
    warnings: facts.warnings ?? [],
  };
}

/** What to say where there are not more rows than assets. */
export function sampleWarnings(rows: number, cols: number): string[] {
  return rows > cols
    ? []
    : [`${cols} assets and only ${rows} rows of returns: the sample covariance is singular and says little`];
}
