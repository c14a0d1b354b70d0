/** Every figure of an optimised portfolio, worked out once. */
import { columnMoments } from '../../../kernels/targets/window.js';
import type { Mat } from '../../check.js';
import { portfolioCdar, portfolioCvar } from '../../optimize/portfolio-tail.js';
import { riskContributions } from '../../optimize/risk-contributions.js';
import { ALPHA_DEFAULT } from '../../targets/run-optimizer.js';
import type { OptimizeInput } from './types.js';

/** One symbol of the portfolio. */
export interface SymbolRow {
  readonly symbol: string;
  readonly weight: number;
  /** Its part of the portfolio's variance; NaN where that is 0, or where the symbol did not take part. */
  readonly riskShare: number;
  /** Mean return and volatility a year, of the returns that were learnt from; NaN where it did not take part. */
  readonly mean: number;
  readonly volatility: number;
}

/** A portfolio over the returns it was made from, rebalanced every period. */
export interface PortfolioFigures {
  /** Mean return a year: periods × mean of a period. */
  readonly mean: number;
  /** Standard deviation (divisor rows − 1) × √periods. */
  readonly volatility: number;
  /** Mean less risk-free return over standard deviation, × √periods; NaN where the symbols cancel each other. */
  readonly sharpe: number;
  /** Mean of the worst 1 − alpha of the periods, as a loss. */
  readonly cvar: number;
  /** The same of the drawdowns of the running sum of returns. */
  readonly cdar: number;
  /** Weighted mean of the symbols' volatilities over that of the portfolio; NaN as above. */
  readonly diversification: number;
  /** Symbols with a weight above 0. */
  readonly held: number;
}

/** A point of the plane of the frontier: both a year, by the covariances of the input. */
export interface RiskPoint {
  readonly volatility: number;
  readonly mean: number;
}

/** What the writers show. */
export interface OptimizeModel {
  readonly input: OptimizeInput;
  readonly alpha: number;
  /** In the order of the files. */
  readonly rows: readonly SymbolRow[];
  /** The same, heaviest first; ties by name. */
  readonly byWeight: readonly SymbolRow[];
  readonly own: PortfolioFigures;
  readonly equal: PortfolioFigures;
  /** Points of the portfolio, of equal weight, and of each symbol that took part. */
  readonly ownPoint: RiskPoint;
  readonly equalPoint: RiskPoint;
  readonly symbolPoints: readonly RiskPoint[];
  /** With the Sharpe ratio of a year; NaN for a point without volatility. */
  readonly frontier: readonly (RiskPoint & { readonly sharpe: number })[];
  /** Correlations of the symbols that took part, NaN for one without variance. */
  readonly correlation: Mat;
}

/** The model of `input`. O(symbols² + periods × symbols). */
export function optimizeModel(input: OptimizeInput): OptimizeModel {
  const { returns, portfolio, covariance, used, periodsPerYear } = input;
  const { rows, cols, data } = returns;
  const year = Math.sqrt(periodsPerYear);
  const mean = new Float64Array(cols);
  const variance = new Float64Array(cols);
  columnMoments(data, rows, cols, mean, variance);
  const equalVector = new Float64Array(cols).fill(1 / cols);
  const alpha = input.settings.alpha ?? ALPHA_DEFAULT;
  const shares = riskContributions(portfolio.vector, covariance);
  const column = new Map(used.map((symbol, j) => [symbol, j]));
  const symbolRows = input.symbols.map((symbol): SymbolRow => {
    const j = column.get(symbol);
    if (j === undefined) return { symbol, weight: 0, riskShare: 0, mean: Number.NaN, volatility: Number.NaN };
    return {
      symbol,
      weight: portfolio.vector[j]!,
      riskShare: shares[j]!,
      mean: mean[j]! * periodsPerYear,
      volatility: Math.sqrt(variance[j]!) * year,
    };
  });
  const figures = (vector: Float64Array): PortfolioFigures => {
    const series = seriesOf(vector, returns);
    const [m, v] = [new Float64Array(1), new Float64Array(1)];
    columnMoments(series, rows, 1, m, v);
    const sigma = Math.sqrt(v[0]!);
    let weighted = 0;
    for (let j = 0; j < cols; j++) weighted += vector[j]! * Math.sqrt(variance[j]!);
    // What is left where symbols cancel each other is rounding.
    const moves = sigma > 1e-12 * weighted;
    return {
      mean: m[0]! * periodsPerYear,
      volatility: sigma * year,
      sharpe: moves ? ((m[0]! - input.riskFree) / sigma) * year : Number.NaN,
      cvar: portfolioCvar(vector, returns, alpha),
      cdar: portfolioCdar(vector, returns, alpha),
      diversification: moves ? weighted / sigma : Number.NaN,
      held: vector.reduce((count, weight) => (weight > 0 ? count + 1 : count), 0),
    };
  };
  const point = (vector: Float64Array): RiskPoint => {
    let expected = 0;
    for (let j = 0; j < cols; j++) expected += vector[j]! * mean[j]!;
    return {
      volatility: Math.sqrt(Math.max(0, varianceOf(vector, covariance))) * year,
      mean: expected * periodsPerYear,
    };
  };
  return {
    input,
    alpha,
    rows: symbolRows,
    byWeight: [...symbolRows].sort((a, b) => b.weight - a.weight || (a.symbol < b.symbol ? -1 : 1)),
    own: figures(portfolio.vector),
    equal: figures(equalVector),
    ownPoint: point(portfolio.vector),
    equalPoint: point(equalVector),
    symbolPoints: used.map((_, j) => ({
      volatility: Math.sqrt(covariance.data[j * cols + j]!) * year,
      mean: mean[j]! * periodsPerYear,
    })),
    frontier: (input.frontier ?? []).map(({ expectedReturn, volatility }) => ({
      volatility: volatility * year,
      mean: expectedReturn * periodsPerYear,
      sharpe: volatility > 0 ? ((expectedReturn - input.riskFree) / volatility) * year : Number.NaN,
    })),
    correlation: correlationOf(covariance),
  };
}

/** What each of the objectives is, in words with its unit. */
export function objectiveWords({ input, alpha }: Pick<OptimizeModel, 'input' | 'alpha'>): string {
  switch (input.method) {
    case 'min-variance':
      return 'variance of a period';
    case 'max-sharpe':
      return 'Sharpe ratio of a period';
    case 'max-diversification':
      return 'diversification ratio';
    case 'cvar':
    case 'inverse-cvar':
      return `CVaR ${percentOfAlpha(alpha)} of a period`;
    case 'cdar':
    case 'inverse-cdar':
      return `CDaR ${percentOfAlpha(alpha)}`;
    case 'risk-parity':
    case 'hrp':
      return 'variance of a period';
  }
}

/** `95%` */
export function percentOfAlpha(alpha: number): string {
  return `${Number((alpha * 100).toFixed(6))}%`;
}

/** How the result is known to be the best, `kkt 2.1e-16` or `gap 3.0e-13`; undefined where a formula gives it. */
export function certificate({
  portfolio,
}: Pick<OptimizeInput, 'portfolio'>): { name: 'kkt' | 'gap'; value: number } | undefined {
  if (Number.isFinite(portfolio.dualityGap)) return { name: 'gap', value: portfolio.dualityGap };
  if (Number.isFinite(portfolio.kkt)) return { name: 'kkt', value: portfolio.kkt };
  return undefined;
}

function seriesOf(vector: Float64Array, { data, rows, cols }: Mat): Float64Array {
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += vector[j]! * data[i * cols + j]!;
    out[i] = sum;
  }
  return out;
}

function varianceOf(vector: Float64Array, { data, cols }: Mat): number {
  let total = 0;
  for (let i = 0; i < cols; i++) {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += data[i * cols + j]! * vector[j]!;
    total += vector[i]! * sum;
  }
  return total;
}

function correlationOf({ data, cols }: Mat): Mat {
  const out = new Float64Array(cols * cols);
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j < cols; j++) {
      const scale = Math.sqrt(data[i * cols + i]! * data[j * cols + j]!);
      const value = scale > 0 ? data[i * cols + j]! / scale : Number.NaN;
      out[i * cols + j] = i === j && scale > 0 ? 1 : Math.max(-1, Math.min(1, value));
    }
  }
  return { data: out, rows: cols, cols };
}
