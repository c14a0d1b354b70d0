/** What a portfolio is worth and how far it can be from the best one, from the returns alone, in plain loops. */
import type { Mat } from '../check.js';
import type { PortfolioLimits } from '../optimize/types.js';

/** Returns of the portfolio, one for each row. */
export function pathOf(vector: Float64Array, { data, rows, cols }: Mat): Float64Array {
  const path = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += vector[j]! * data[t * cols + j]!;
    path[t] = sum;
  }
  return path;
}

function meanOf(values: Float64Array): number {
  const first = values[0]!;
  let sum = 0;
  for (const value of values) sum += value - first;
  return first + sum / values.length;
}

function columnOf({ data, rows, cols }: Mat, j: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, t) => data[t * cols + j]!);
}

/** Mean return of every asset. */
export function meansOf(returns: Mat): Float64Array {
  return Float64Array.from({ length: returns.cols }, (_, j) => meanOf(columnOf(returns, j)));
}

/** Covariance of every asset with a path of returns, divisor T − 1. */
export function covariancesWith(returns: Mat, path: Float64Array): Float64Array {
  const { data, rows, cols } = returns;
  const means = meansOf(returns);
  const mean = meanOf(path);
  const sums = new Float64Array(cols);
  for (let t = 0; t < rows; t++) {
    const apart = path[t]! - mean;
    for (let j = 0; j < cols; j++) sums[j] = sums[j]! + (data[t * cols + j]! - means[j]!) * apart;
  }
  return sums.map((sum) => sum / (rows - 1));
}

/** Standard deviation of every asset, divisor T − 1. */
export function deviationsOf(returns: Mat): Float64Array {
  return Float64Array.from({ length: returns.cols }, (_, j) => Math.sqrt(varianceOf(columnOf(returns, j))));
}

/** Variance of a path, divisor T − 1. */
export function varianceOf(path: Float64Array): number {
  const mean = meanOf(path);
  let sum = 0;
  for (const value of path) sum += (value - mean) * (value - mean);
  return sum / (path.length - 1);
}

/** Σ a b. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

/**
 * By how much another long-only portfolio could have less variance, at most, as a part of the variance: the variance
 * lies above its tangent at w, and that is least at a single asset.
 */
export function varianceGap(returns: Mat, vector: Float64Array): number {
  const path = pathOf(vector, returns);
  const slopes = covariancesWith(returns, path);
  const variance = varianceOf(path);
  let mean = 0;
  deviationsOf(returns).forEach((deviation, j) => (mean += vector[j]! * deviation * deviation));
  const scale = Math.max(variance, 1e-6 * mean);
  return scale === 0 ? 0 : (2 * (dot(vector, slopes) - Math.min(...slopes))) / scale;
}

/**
 * By how much another long-only portfolio could have a larger ratio gains·w / deviation, at most, as a part of the ratio.
 * Where Σw ≥ λ gains in every asset, gains·v ≤ v'Σw / λ ≤ deviation(v) deviation(w) / λ for all v.
 */
export function ratioGap(returns: Mat, vector: Float64Array, gains: Float64Array): number {
  const path = pathOf(vector, returns);
  const slopes = covariancesWith(returns, path);
  const deviation = Math.sqrt(varianceOf(path));
  let lambda = Infinity;
  gains.forEach((gain, j) => {
    if (gain > 0) lambda = Math.min(lambda, slopes[j]! / gain);
  });
  const rounding = 1e-12 * slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
  if (!(lambda > 0) || gains.some((gain, j) => slopes[j]! < lambda * gain - rounding)) return Infinity;
  return deviation / lambda / (dot(vector, gains) / deviation) - 1;
}

/** Mean of the worst (1 − alpha) T losses, the last of them by the fraction that is left. */
export function tailOf(losses: Float64Array, alpha: number): number {
  const count = (1 - alpha) * losses.length;
  const sorted = losses.toSorted().reverse();
  let sum = 0;
  for (let i = 0; i < sorted.length && i < count; i++) sum += Math.min(1, count - i) * sorted[i]!;
  return sum / count;
}

/** Falls of the running sum from its highest, which is 0 at first. */
export function fallsOf(path: Float64Array): Float64Array {
  let total = 0;
  let peak = 0;
  return path.map((value) => {
    total += value;
    peak = Math.max(peak, total);
    return peak - total;
  });
}

/** CVaR or CDaR of a portfolio. */
export function tailRisk(kind: 'cvar' | 'cdar', returns: Mat, vector: Float64Array, alpha: number): number {
  const path = pathOf(vector, returns);
  return tailOf(kind === 'cvar' ? path.map((value) => -value) : fallsOf(path), alpha);
}

/** What proves a CVaR or CDaR: weights of the worst periods, and of the returns of all periods. */
export interface TailProof {
  readonly probabilities: Float64Array;
  readonly flow: Float64Array;
}

/**
 * By how much another long-only portfolio could have less CVaR or CDaR, at most, as a part of it. Infinity where the
 * proof is none: with 0 ≤ q ≤ 1 / ((1 − alpha) T), Σq = 1 the risk of w is at least −Σ q (r·w); for CDaR with Σq ≤ 1
 * and 0 ≤ z[t] ≤ z[t + 1] + q[t] at least −Σ z (r·w). Both are least at a single asset.
 */
export function tailGap(
  kind: 'cvar' | 'cdar',
  returns: Mat,
  vector: Float64Array,
  alpha: number,
  { probabilities, flow }: TailProof,
): number {
  const { data, rows, cols } = returns;
  const most = 1 / ((1 - alpha) * rows);
  let sum = 0;
  for (let t = 0; t < rows; t++) {
    const q = probabilities[t]!;
    sum += q;
    if (!(q >= 0 && q <= most * (1 + 1e-12))) return Infinity;
    const z = flow[t]!;
    const end = t + 1 < rows ? flow[t + 1]! : 0;
    if (kind === 'cvar' ? z !== q : !(z >= 0 && z <= end + q + 1e-15)) return Infinity;
  }
  if (sum > 1 + 1e-12 || (kind === 'cvar' && sum < 1 - 1e-12)) return Infinity;
  const slopes = new Float64Array(cols);
  for (let t = 0; t < rows; t++) {
    for (let j = 0; j < cols; j++) slopes[j] = slopes[j]! - flow[t]! * data[t * cols + j]!;
  }
  const risk = tailRisk(kind, returns, vector, alpha);
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = Math.max(Math.abs(risk), 1e-3 * largest);
  return scale === 0 ? 0 : (risk - Math.min(...slopes)) / scale;
}

/** What a portfolio is for, and how it is judged. */
export interface Aim {
  readonly method: string;
  /** Of CVaR and CDaR. */
  readonly alpha: number;
  /** Of the Sharpe ratio. */
  readonly riskFree: number;
  readonly limits: PortfolioLimits;
}

/**
 * The figure that was optimised, the price of squared weights included: added to variance, CVaR and CDaR, and to the
 * variance under the root of a ratio.
 */
export function worthOf(
  { method, alpha, riskFree, limits }: Aim,
  returns: Mat,
  vector: Float64Array,
): number {
  const price = (limits.l2 ?? 0) * dot(vector, vector);
  if (method === 'cvar' || method === 'cdar') return tailRisk(method, returns, vector, alpha) + price;
  const risk = varianceOf(pathOf(vector, returns)) + price;
  if (method === 'max-sharpe') return (dot(vector, meansOf(returns)) - riskFree) / Math.sqrt(risk);
  return method === 'max-diversification' ? dot(vector, deviationsOf(returns)) / Math.sqrt(risk) : risk;
}

/** By how much the weights break w ≥ 0, Σw = 1 or a limit, at most. */
export function breachOf(vector: Float64Array, limits: PortfolioLimits = {}): number {
  const at = (symbol: string): number => Number(symbol.slice(1));
  const sum = vector.reduce((total, weight) => total + weight, 0);
  const found = [Math.abs(sum - 1), ...Array.from(vector, (weight) => -weight)];
  const { bounds, groups = [], turnover } = limits;
  vector.forEach((weight, j) => {
    const pair = Array.isArray(bounds)
      ? (bounds as readonly [number, number])
      : (bounds as Readonly<Record<string, readonly [number, number]>> | undefined)?.[`A${j}`];
    if (pair !== undefined) found.push(pair[0] - weight, weight - pair[1]);
  });
  for (const { symbols, min = 0, max = 1 } of groups) {
    const whole = symbols.reduce((total, symbol) => total + vector[at(symbol)]!, 0);
    found.push(min - whole, whole - max);
  }
  if (turnover !== undefined) {
    let moved = 0;
    vector.forEach((weight, j) => (moved += Math.abs(weight - (turnover.current[`A${j}`] ?? 0))));
    found.push(moved - turnover.max);
  }
  return Math.max(0, ...found);
}
