/** Weights by an optimizer or its twin, and equal ones where neither has an answer. */
import type { Feature } from '../capabilities.js';
import { checkKeys, checkNumber, checkOneOf, type Mat } from '../check.js';
import { ConvergenceError, InsufficientDataError, UnsupportedFeatureError } from '../errors.js';
import { checkAlpha } from '../optimize/portfolio-tail.js';
import { readSample } from '../optimize/sample.js';
import { weightsRecord } from '../optimize/result.js';
import type { ReturnRows } from '../optimize/types.js';
import { referenceHrp } from '../reference/hierarchy.js';
import {
  referenceMaxSharpe,
  referenceMinVariance,
  referenceRiskParity,
  type ReferenceRows,
  type ReferenceWeights,
} from '../reference/sizing.js';
import { referenceTail } from '../reference/tail-sizing.js';
import { OPTIMIZER_OPTIONS } from '../targets/optimizer-names.js';
import { ALPHA_DEFAULT, runOptimizer } from '../targets/run-optimizer.js';
import { version } from '../version.js';
import type { SizingMethod, SizingOptions } from './types.js';

/** The feature that each method asks for. */
export const SIZING_FEATURES: Readonly<Record<SizingMethod, Feature & `optimize_${string}`>> = Object.freeze({
  'min-variance': 'optimize_min_variance',
  'max-sharpe': 'optimize_max_sharpe',
  'risk-parity': 'optimize_risk_parity',
  cvar: 'optimize_cvar',
  cdar: 'optimize_cdar',
  hrp: 'optimize_hrp',
});

/** Weights, and why they are equal ones if they are. */
export interface Sized {
  readonly weights: Record<string, number>;
  readonly equalWeight: string | null;
}

/** Throws `ValidationError` unless the method is one and takes the options. */
export function checkSizing(method: unknown, options: unknown): SizingMethod {
  const known = checkOneOf('method', method, Object.keys(SIZING_FEATURES) as SizingMethod[]);
  const takes = OPTIMIZER_OPTIONS[known].filter((key) => key !== 'lookback' && key !== 'symbols');
  checkKeys('options', options, takes);
  return known;
}

/**
 * Weights of checked options by the optimizer. Equal ones stand for an answer that says it is degenerate, for a search
 * that fails, and for too few returns; under limits the stand-in of the optimizer stays, for it keeps them.
 */
export function sizeByKernels(
  method: SizingMethod,
  returns: ReturnRows,
  symbols: readonly string[],
  options: SizingOptions,
): Sized {
  return guarded(symbols, () => {
    const { data, rows, cols, symbols: names } = readSample(returns, symbols);
    const still = constantColumn({ data, rows, cols });
    if (still >= 0 && (method === 'risk-parity' || method === 'hrp')) return `${names[still]!} never moves`;
    const found = runOptimizer(method, { data, rows, cols }, names, options);
    const limited = ['bounds', 'groups', 'turnover'].some((key) => key in options);
    if (found.status === 'degenerate' && !limited) return `degenerate: ${found.warnings.join('; ')}`;
    return found.weights;
  });
}

/** The twins, which know no limits and no other estimator than the sample's; else as `sizeByKernels`. */
export function sizeByReference(
  method: SizingMethod,
  returns: ReturnRows,
  symbols: readonly string[],
  options: SizingOptions,
): Sized {
  const { alpha = ALPHA_DEFAULT, riskFree = 0, ...others } = options;
  for (const [key, value] of Object.entries(others)) {
    if (value === undefined || (key === 'covariance' && value === 'sample')) continue;
    throw new UnsupportedFeatureError(
      `options.${key}`,
      value,
      `left out where the reference path runs (nb-backtest ${version})`,
      `put ${SIZING_FEATURES[method]} into the mode of the bridge, or give a fallback for it`,
    );
  }
  checkAlpha(alpha);
  checkNumber('riskFree', riskFree);
  return guarded(symbols, () => {
    const { data, rows, cols, symbols: names } = readSample(returns, symbols);
    const plain = Array.from({ length: rows }, (_, t) => Array.from(data.subarray(t * cols, (t + 1) * cols)));
    const found = twinOf(method, plain, alpha, riskFree);
    return found === null
      ? 'the reference found no portfolio of its own'
      : weightsRecord(Float64Array.from(found), names);
  });
}

/** The answer of a host's own sizing, checked: equal weights where it is no long-only portfolio. */
export function sizeByHost(symbols: readonly string[], answer: Readonly<Record<string, number>>): Sized {
  const given = symbols.map((symbol) => (answer as Record<string, number> | null)?.[symbol]);
  const sum = given.reduce<number>((total, weight) => total + (weight ?? NaN), 0);
  if (given.every((weight) => weight! >= 0) && Math.abs(sum - 1) <= 1e-6) {
    const weights = given.map((weight) => weight! / sum);
    return { weights: weightsRecord(Float64Array.from(weights), symbols), equalWeight: null };
  }
  return equal(symbols, 'the fallback gave no weights of at least 0 and sum 1 for the symbols');
}

function twinOf(
  method: SizingMethod,
  rows: ReferenceRows,
  alpha: number,
  riskFree: number,
): ReferenceWeights {
  switch (method) {
    case 'min-variance':
      return referenceMinVariance(rows);
    case 'max-sharpe':
      return referenceMaxSharpe(rows, riskFree);
    case 'risk-parity':
      return referenceRiskParity(rows);
    case 'hrp':
      return referenceHrp(rows);
    default:
      return referenceTail(rows, alpha, method === 'cdar');
  }
}

/** Runs a sizing; a text is the reason why there are none. Mistakes of the caller are thrown on. */
function guarded(symbols: readonly string[], size: () => Record<string, number> | string): Sized {
  try {
    const found = size();
    return typeof found === 'string' ? equal(symbols, found) : { weights: found, equalWeight: null };
  } catch (error) {
    if (!(error instanceof InsufficientDataError || error instanceof ConvergenceError)) throw error;
    return equal(symbols, error.message.split('. Fix: ')[0]!);
  }
}

function equal(symbols: readonly string[], reason: string): Sized {
  const vector = new Float64Array(symbols.length).fill(1 / symbols.length);
  return { weights: weightsRecord(vector, symbols), equalWeight: reason };
}

/** The first column all of whose cells are alike; −1 for none. */
function constantColumn({ data, rows, cols }: Mat): number {
  for (let j = 0; j < cols; j++) {
    let t = 1;
    while (t < rows && data[t * cols + j] === data[j]) t++;
    if (t === rows) return j;
  }
  return -1;
}
