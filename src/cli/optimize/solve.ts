/** The optimisation itself, its covariances and the frontier around it. */
import type { Mat } from '../../check.js';
import { NbError } from '../../errors.js';
import { estimateCovariance } from '../../optimize/estimate-covariance.js';
import { efficientFrontier, type FrontierPoint } from '../../optimize/frontier.js';
import type { OptimizedPortfolio, PortfolioLimits } from '../../optimize/types.js';
import { limitsOf } from '../../targets/optimizer-limits.js';
import type { OptimizerName, OptimizerSettings } from '../../targets/optimizer-names.js';
import type { ReturnWindow } from '../../targets/return-window.js';
import { runOptimizer } from '../../targets/run-optimizer.js';

/** Portfolios of the frontier. */
const POINTS = 20;

/** What was found, and what should be said about it. */
export interface Solved {
  readonly portfolio: OptimizedPortfolio;
  readonly covariance: Mat;
  readonly frontier?: readonly FrontierPoint[];
  readonly notes: readonly string[];
}

/** The portfolio of the method; `frontier`: the efficient frontier under the same limits too. */
export function solve(
  method: OptimizerName,
  settings: OptimizerSettings,
  { returns, symbols }: ReturnWindow,
  current: ReadonlyMap<string, number> | undefined,
  frontier: boolean,
): Solved {
  const { turnover: most, ...all } = settings;
  const told = limitsOf(all, symbols);
  const turnover = current === undefined ? undefined : turnoverOf(current, symbols, most!);
  const task = { ...told, ...(turnover === undefined ? {} : { turnover }) };
  const portfolio = runOptimizer(method, returns, symbols, task);
  const covariance = estimateCovariance(returns, settings.covariance ?? 'sample');
  if (!frontier) return { portfolio, covariance, notes: [] };
  const { bounds, groups } = task;
  const limits: PortfolioLimits = {
    ...(bounds === undefined ? {} : { bounds }),
    ...(groups === undefined ? {} : { groups }),
    ...(turnover === undefined ? {} : { turnover }),
  };
  try {
    const { points } = efficientFrontier(returns, symbols, { points: POINTS, covariance, ...limits });
    return { portfolio, covariance, frontier: points, notes: [] };
  } catch (error) {
    if (!(error instanceof NbError)) throw error;
    return { portfolio, covariance, frontier: [], notes: [`No efficient frontier: ${error.message}`] };
  }
}

/** What is held of the symbols that take part, and what may be moved when the rest has been sold. */
function turnoverOf(
  current: ReadonlyMap<string, number>,
  symbols: readonly string[],
  most: number,
): NonNullable<PortfolioLimits['turnover']> {
  let sold = 0;
  for (const [symbol, weight] of current) if (!symbols.includes(symbol)) sold += Math.abs(weight);
  const held = symbols
    .filter((symbol) => current.has(symbol))
    .map((symbol) => [symbol, current.get(symbol)!]);
  return { current: Object.fromEntries(held) as Record<string, number>, max: Math.max(0, most - sold) };
}
