/** What `optimizeCvarDetailed` and `optimizeCdarDetailed` give. */
import type { ReturnSample } from './sample.js';
import type { TailDual } from './tail-dual.js';
import type { OptimizedPortfolio } from './types.js';

/** A portfolio with the least CVaR or CDaR and what proves it. */
export interface TailPortfolio extends OptimizedPortfolio {
  /** Weights of the periods that give a lower bound for every portfolio within the limits. */
  readonly dual: TailDual;
}

/** What a reader should know about the sample. */
export function tailWarnings({ rows, cols }: ReturnSample, alpha: number): string[] {
  const warnings: string[] = [];
  if (rows <= cols) {
    warnings.push(
      `${cols} assets and only ${rows} rows of returns: the optimum fits the sample, not the future`,
    );
  }
  if ((1 - alpha) * rows < 1) {
    warnings.push(`the tail holds less than one of ${rows} rows: the figure is that of the worst one`);
  }
  return warnings;
}
