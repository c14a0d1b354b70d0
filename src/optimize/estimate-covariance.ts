/** Estimators of the covariance matrix of returns. Formulas and sources: docs/formulas.md. */
import { sampleCovariance, sampleCovarianceScratch } from '../../kernels/linalg/covariance.js';
import { correlationMatrix } from '../../kernels/optimize/correlation-matrix.js';
import { denoisedCorrelation, signalCount } from '../../kernels/optimize/denoise.js';
import {
  constantCorrelationIntensity,
  ledoitWolfIntensity,
  meanCorrelation,
  oasIntensity,
} from '../../kernels/optimize/shrinkage.js';
import { decayedCovariance } from '../../kernels/optimize/weighted-covariance.js';
import { checkKeys, checkOneOf, isMatrix, type Mat, toFloat64, type Vec } from '../check.js';
import { NonFiniteError, ValidationError } from '../errors.js';
import { copyCovariance } from './covariance-matrix.js';
import { symmetricEigen } from './eigenvalues.js';
import { type ReturnSample, readSample } from './sample.js';
import type { CovarianceName, ReturnRows } from './types.js';

/** Every estimator by name. */
export const COVARIANCE_NAMES: readonly CovarianceName[] = [
  'sample',
  'ledoit-wolf',
  'oas',
  'ewma',
  'constant-correlation',
  'denoised',
];

/** Variances below it lose digits, and the covariances beside them more. */
export const VARIANCE_LEAST = 1e-290;

/** RiskMetrics' factor for daily returns. */
const DECAY = 0.94;

/** Options of `estimateCovariance`. */
export interface CovarianceEstimateOptions {
  /** For 'ewma': the weight of a period relative to the next, above 0 and below 1; default 0.94. */
  readonly decay?: number;
}

/**
 * Covariance matrix of returns, N×N, per period.
 *
 * returns  T×N simple returns as decimals, oldest first; T at least 2
 * name     'sample' (default): divisor T − 1, nothing added to the diagonal
 *          'ledoit-wolf', 'oas': shrunk to the mean variance times the identity; divisor T, as in their papers and in
 *          scikit-learn, whose LedoitWolf and OAS they equal
 *          'constant-correlation': shrunk to one correlation for all pairs (Ledoit and Wolf 2004), divisor T
 *          'ewma': weights that fall by `decay` a period into the past; pandas' ewm(alpha = 1 − decay).cov()
 *          'denoised': eigenvalues of the correlation matrix that noise alone explains (Marchenko–Pastur) become
 *          their mean; the variances are those of 'sample'
 * options  `decay`
 *
 * 'sample' and 'ewma' are singular where T ≤ N; the others are not, given a handful of rows. An asset that never moves has zeros
 * in its row and column; 'ledoit-wolf' and 'oas' give it variance. Throws `InsufficientDataError` below two rows,
 * `ShapeError`, `NonFiniteError`, `ValidationError`. O(T N²), 'denoised' O(T N² + N³).
 */
export function estimateCovariance(
  returns: ReturnRows,
  name: CovarianceName = 'sample',
  options: CovarianceEstimateOptions = {},
): Mat {
  checkOneOf('name', name, COVARIANCE_NAMES);
  checkKeys('options', options, ['decay']);
  const decay = options.decay ?? DECAY;
  if (typeof decay !== 'number' || !(decay > 0 && decay < 1)) {
    throw new ValidationError(
      'decay',
      decay,
      'a number above 0 and below 1',
      `pass ${DECAY} for daily returns`,
    );
  }
  const sample = readSample(returns, columnNames(returns));
  return { data: covarianceOf(name, sample, decay), rows: sample.cols, cols: sample.cols };
}

/**
 * The covariance an optimizer works on, in an array of its own: N×N, symmetric.
 *
 * option  name of an estimator (default 'sample'), or the matrix itself
 * sample  the checked returns
 *
 * Throws as `estimateCovariance`, and for a matrix that is not N×N, finite, symmetric and positive semidefinite.
 */
export function readCovariance(option: CovarianceName | Mat | undefined, sample: ReturnSample): Float64Array {
  if (option === undefined) return covarianceOf('sample', sample, DECAY);
  if (typeof option === 'string') {
    return covarianceOf(checkOneOf('covariance', option, COVARIANCE_NAMES), sample, DECAY);
  }
  return copyCovariance('covariance', option, sample.cols);
}

function covarianceOf(name: CovarianceName, sample: ReturnSample, decay: number): Float64Array {
  const { data, rows, cols } = sample;
  const means = new Float64Array(cols);
  const out = new Float64Array(cols * cols);
  if (name === 'ewma') {
    decayedCovariance(data, rows, cols, decay, new Float64Array(rows * cols), means, out);
    return checkLarge(out, sample.symbols);
  }
  sampleCovariance(data, rows, cols, new Float64Array(sampleCovarianceScratch(cols)), means, out);
  checkLarge(out, sample.symbols);
  checkSmall(out, sample);
  if (name === 'sample') return out;
  if (name === 'denoised') return denoise(out, sample);
  // The papers divide by T.
  const perRow = (rows - 1) / rows;
  for (let i = 0; i < out.length; i++) out[i] = out[i]! * perRow;
  if (name === 'constant-correlation') return toConstantCorrelation(out, sample, means);
  const intensity =
    name === 'oas' ? oasIntensity(out, rows, cols) : ledoitWolfIntensity(data, rows, cols, means, out);
  let trace = 0;
  for (let i = 0; i < cols; i++) trace += out[i * cols + i]!;
  for (let i = 0; i < out.length; i++) out[i] = out[i]! * (1 - intensity);
  for (let i = 0; i < cols; i++) out[i * cols + i] = out[i * cols + i]! + (intensity * trace) / cols;
  return out;
}

/** Throws where returns are so large that their variance has no double. */
function checkLarge(covariance: Float64Array, symbols: readonly string[]): Float64Array {
  symbols.forEach((symbol, i) => {
    const variance = covariance[i * symbols.length + i]!;
    if (variance < Infinity) return;
    throw new NonFiniteError(
      `variance of ${symbol}`,
      variance,
      'a finite number',
      'pass simple returns as decimals: 0.01 for 1 %',
    );
  });
  return covariance;
}

/** Throws where returns that vary are so small that their variance has no double, or one with few digits. */
function checkSmall(covariance: Float64Array, { data, cols, symbols }: ReturnSample): void {
  symbols.forEach((symbol, j) => {
    if (covariance[j * cols + j]! > VARIANCE_LEAST) return;
    for (let at = j + cols; at < data.length; at += cols) {
      if (data[at] === data[j]) continue;
      throw new ValidationError(
        `variance of ${symbol}`,
        covariance[j * cols + j],
        `0 for returns that never change, or above ${VARIANCE_LEAST}`,
        'pass simple returns as decimals: 0.01 for 1 %',
      );
    }
  });
}

function toConstantCorrelation(
  covariance: Float64Array,
  { data, rows, cols }: ReturnSample,
  means: Float64Array,
): Float64Array {
  const deviations = new Float64Array(cols);
  for (let i = 0; i < cols; i++) deviations[i] = Math.sqrt(covariance[i * cols + i]!);
  const correlation = meanCorrelation(covariance, cols, deviations);
  const intensity = constantCorrelationIntensity(
    data,
    rows,
    cols,
    means,
    covariance,
    deviations,
    correlation,
  );
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j < i; j++) {
      const target = correlation * deviations[i]! * deviations[j]!;
      const value = intensity * target + (1 - intensity) * covariance[i * cols + j]!;
      covariance[i * cols + j] = covariance[j * cols + i] = value;
    }
  }
  return covariance;
}

/** Assets that never move stay as they are: they have no correlations. */
function denoise(covariance: Float64Array, { rows, cols }: ReturnSample): Float64Array {
  const moving: number[] = [];
  for (let i = 0; i < cols; i++) if (covariance[i * cols + i]! > 0) moving.push(i);
  const n = moving.length;
  if (n < 2) return covariance;
  const kept = new Float64Array(n * n);
  moving.forEach((i, row) => moving.forEach((j, col) => (kept[row * n + col] = covariance[i * cols + j]!)));
  const deviations = new Float64Array(n);
  const correlations = new Float64Array(n * n);
  correlationMatrix(kept, n, deviations, correlations);
  const { values, vectors } = symmetricEigen(correlations, n);
  const signals = signalCount(values, n, n / rows);
  denoisedCorrelation(values, vectors, n, signals, new Float64Array(n), correlations);
  moving.forEach((i, row) =>
    moving.forEach((j, col) => {
      if (i === j) return;
      covariance[i * cols + j] = correlations[row * n + col]! * (deviations[row]! * deviations[col]!);
    }),
  );
  return covariance;
}

/** Names for the columns of returns that have none, for messages. */
function columnNames(returns: ReturnRows): string[] {
  const first = Array.isArray(returns) ? (returns as readonly unknown[])[0] : undefined;
  const cols = isMatrix(returns)
    ? returns.cols
    : first === undefined
      ? 1
      : toFloat64('returns[0]', first as Vec).length;
  return Array.from({ length: Math.max(cols, 1) }, (_, j) => `column ${j}`);
}
