/** Whether the best of many configurations was chosen by luck: combinatorially symmetric cross-validation. */
import { NEGLIGIBLE_SPREAD } from '../../kernels/performance/deviation.js';
import { log } from '../../kernels/special/log.js';
import { crossDeviations, squaredDeviations } from '../../kernels/stats/moments.js';
import { sum } from '../../kernels/stats/sum.js';
import { blockMoments, joinBlocks } from '../../kernels/validation/block-moments.js';
import { checkInteger, checkKeys, checkOneOf, type Mat, type Vec } from '../check.js';
import { NonFiniteError, ValidationError } from '../errors.js';
import { partBounds, range } from './blocks.js';
import { combinationCount, nextCombination } from './combinations.js';
import { readReturns } from './return-matrix.js';

/** A figure of a series of returns by which configurations are ranked: the higher the better. */
export type PerformanceMetric = 'sharpe' | 'mean' | ((returns: Float64Array) => number);

/** Options of `probabilityOfBacktestOverfitting`. */
export interface OverfittingOptions {
  /** How many blocks of neighbouring periods, an even number from 2 to 24. Default 16: 12,870 choices of a half. */
  readonly nBlocks?: number;
  /** Default `sharpe`, the mean over the sample standard deviation, not annualised; or a function. */
  readonly metric?: PerformanceMetric;
}

/** What `probabilityOfBacktestOverfitting` found. Arrays have one entry for every choice of half of the blocks. */
export interface BacktestOverfitting {
  /** Share of the choices whose best configuration is, out of sample, no better than the median: 0 to 1. */
  readonly pbo: number;
  /** ln(ω / (1 − ω)), ω the best one's rank out of sample over N + 1; above 0: better than the median. */
  readonly logits: Float64Array;
  /** The configuration that was best in sample. */
  readonly best: Int32Array;
  /** Its performance in sample. */
  readonly inSample: Float64Array;
  /** Its performance out of sample. */
  readonly outOfSample: Float64Array;
  /** The line outOfSample = intercept + slope · inSample by least squares: a slope below 0 is a warning. */
  readonly degradation: { readonly slope: number; readonly intercept: number; readonly rSquared: number };
  /** Share of the choices whose best configuration loses out of sample: performance below 0. */
  readonly lossProbability: number;
}

/**
 * Probability of backtest overfitting: how often the configuration that was best on one half of the periods is no
 * better than the median on the other, over all ways to take half of the blocks.
 *
 * returns  T × N: rows are periods in the order of time, columns configurations, 2 or more; all finite, at least two
 *          rows for every block. Either `Mat` or an array of rows, which must be more than the columns: a list with a series
 *          for each configuration would be taken for days. Give every configuration that was tried
 * options  `nBlocks` (16), `metric` (`sharpe`)
 *
 * Half, or more, means that choosing the best had no use. Of configurations equal in sample the first is the best;
 * equal ones out of sample share the mean of their ranks. A Sharpe ratio of returns that do not vary is 0. Throws
 * `ValidationError` (options, shape), `ShapeError` (rows of different lengths), `NonFiniteError` (returns, or a
 * metric's answer). O(C(nBlocks, nBlocks / 2) · N · nBlocks), or as many calls of `metric` times N. Source: Bailey,
 * Borwein, López de Prado and Zhu 2017, The Probability of Backtest Overfitting, section 3; blocks of unequal length
 * where nBlocks does not divide T, the first T mod nBlocks of them one longer.
 */
export function probabilityOfBacktestOverfitting(
  returns: Mat | readonly Vec[],
  options: OverfittingOptions = {},
): BacktestOverfitting {
  checkKeys('options', options, ['nBlocks', 'metric']);
  const nBlocks = checkInteger('nBlocks', options.nBlocks ?? 16, 2, 24);
  if (nBlocks % 2 !== 0) {
    throw new ValidationError('nBlocks', nBlocks, 'an even number from 2 to 24', 'pass 16');
  }
  const metric = options.metric ?? 'sharpe';
  if (typeof metric !== 'function') checkOneOf('metric', metric, ['sharpe', 'mean']);
  const matrix = readReturns(returns, 2 * nBlocks);
  const performance = performanceOf(matrix, partBounds(matrix.rows, nBlocks), metric);

  const count = combinationCount(nBlocks, nBlocks / 2);
  const logits = new Float64Array(count);
  const best = new Int32Array(count);
  const inSample = new Float64Array(count);
  const outOfSample = new Float64Array(count);
  const judge = (at: number, inside: Float64Array, outside: Float64Array): void => {
    const winner = indexOfLargest(inside);
    const rank = rankOf(outside, winner);
    best[at] = winner;
    inSample[at] = inside[winner]!;
    outOfSample[at] = outside[winner]!;
    logits[at] = log(rank / (matrix.cols + 1 - rank));
  };
  const one = new Float64Array(matrix.cols);
  const other = new Float64Array(matrix.cols);
  const chosen = range(0, nBlocks / 2);
  // The choices in the order of a dictionary mirror each other: the other half of choice k is choice count − 1 − k.
  for (let k = 0; k < count / 2; k++) {
    performance(chosen, one);
    performance(othersOf(chosen, nBlocks), other);
    judge(k, one, other);
    judge(count - 1 - k, other, one);
    nextCombination(chosen, nBlocks);
  }
  return {
    pbo: shareOf(logits, (logit) => logit <= 0),
    logits,
    best,
    inSample,
    outOfSample,
    degradation: fitLine(inSample, outOfSample),
    lossProbability: shareOf(outOfSample, (value) => value < 0),
  };
}

/** Writes the performance of every configuration over some blocks. */
type Performance = (chosen: Int32Array, out: Float64Array) => void;

function performanceOf({ data, cols }: Mat, bounds: Int32Array, metric: PerformanceMetric): Performance {
  if (typeof metric === 'function') {
    return (chosen, out) => {
      let rows = 0;
      for (const block of chosen) rows += bounds[block + 1]! - bounds[block]!;
      for (let j = 0; j < cols; j++) {
        const series = new Float64Array(rows);
        let at = 0;
        for (const block of chosen) {
          for (let i = bounds[block]!; i < bounds[block + 1]!; i++) series[at++] = data[i * cols + j]!;
        }
        out[j] = checkAnswer(metric(series), j);
      }
    };
  }
  const blocks = bounds.length - 1;
  const means = new Float64Array(blocks * cols);
  const squares = new Float64Array(blocks * cols);
  blockMoments(data, cols, bounds, means, squares);
  const square = new Float64Array(cols);
  return (chosen, out) => {
    joinBlocks(means, squares, cols, bounds, chosen, out, square);
    if (metric === 'mean') return;
    let rows = 0;
    for (const block of chosen) rows += bounds[block + 1]! - bounds[block]!;
    for (let j = 0; j < cols; j++) {
      const deviation = Math.sqrt(square[j]! / (rows - 1));
      out[j] = deviation <= NEGLIGIBLE_SPREAD * Math.abs(out[j]!) ? 0 : out[j]! / deviation;
    }
  };
}

function checkAnswer(value: unknown, column: number): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new NonFiniteError(
    `metric of configuration ${column}`,
    value,
    'a finite number',
    'give a finite number for every series of returns',
  );
}

function othersOf(chosen: Int32Array, count: number): Int32Array {
  return range(0, count).filter((block) => !chosen.includes(block));
}

function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** Rank from 1, the lowest; equal values share the mean of theirs. */
function rankOf(values: Float64Array, index: number): number {
  const value = values[index]!;
  let below = 0;
  let equal = 0;
  for (const other of values) {
    if (other < value) below++;
    else if (other === value) equal++;
  }
  return below + (equal + 1) / 2;
}

function shareOf(values: Float64Array, test: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (test(value)) count++;
  return count / values.length;
}

/** Least squares; a slope of NaN where x does not vary. */
function fitLine(x: Float64Array, y: Float64Array): BacktestOverfitting['degradation'] {
  const n = x.length;
  const meanX = sum(x, 0, n) / n;
  const meanY = sum(y, 0, n) / n;
  const squaresX = squaredDeviations(x, meanX);
  const squaresY = squaredDeviations(y, meanY);
  const products = crossDeviations(x, y, meanX, meanY);
  const slope = products / squaresX;
  return { slope, intercept: meanY - slope * meanX, rSquared: (slope * products) / squaresY };
}
