/** How the returns of single bars are spread: a histogram beside the normal curve, and their worst tail. */
import { NEGLIGIBLE_SPREAD } from '../../kernels/performance/deviation.js';
import { normalDensity } from '../../kernels/special/normal-density.js';
import { pow } from '../../kernels/special/pow.js';
import { squaredDeviations } from '../../kernels/stats/moments.js';
import { quantileLinear } from '../../kernels/stats/quantile.js';
import { sum } from '../../kernels/stats/sum.js';
import type { BacktestResult } from '../backtest/types.js';
import { PROFILES } from '../metrics/conventions.js';
import { valueAtRisk } from '../metrics/index.js';
import type { BenchmarkModel } from './benchmark-model.js';

/** How far from the mean the axis reaches, in standard deviations; the outermost bins hold what lies beyond. */
const REACH = 5;

/** Narrowest bin, in standard deviations. */
const NARROWEST = 0.1;

/** Points of the normal curve. */
const CURVE_POINTS = 81;

export interface Moments {
  readonly mean: number;
  /** Sample standard deviation (divisor n − 1); 0 where it is only rounding. */
  readonly deviation: number;
}

export interface DistributionModel extends Moments {
  /** Returns counted. */
  readonly count: number;
  /** Width of a bin, a return: 1, 2 or 5 times a power of ten. */
  readonly width: number;
  /** Left edge of the first bin, a whole multiple of the width: gains and losses never share a bin. */
  readonly low: number;
  /** Share of the returns in each bin. The first and the last bin also hold all that lies beyond them. */
  readonly shares: Float64Array;
  readonly benchmarkShares: Float64Array | null;
  /** Returns of the strategy beyond the first and the last bin. */
  readonly below: number;
  readonly above: number;
  /** The normal curve of the same mean and deviation: returns, and the share of a bin around each. */
  readonly curveX: Float64Array;
  readonly curveY: Float64Array;
  /** Value at risk and expected shortfall of the worst 5 %, by the method of the figures. */
  readonly var95: number;
  readonly cvar95: number;
}

/** Mean and sample standard deviation of `values`, at least one number. */
export function momentsOf(values: Float64Array): Moments {
  const n = values.length;
  const mean = sum(values, 0, n) / n;
  const deviation = n > 1 ? Math.sqrt(squaredDeviations(values, mean) / (n - 1)) : 0;
  return { mean, deviation: deviation <= NEGLIGIBLE_SPREAD * Math.abs(mean) ? 0 : deviation };
}

/** The returns that the figures read. */
export function measured(result: BacktestResult, returns: Float64Array): Float64Array {
  return returns.subarray(result.config.metricsFrom);
}

/**
 * The distribution of the bar returns that the metrics read; null where they never vary. O(n).
 *
 * The width of the bins follows Freedman and Diaconis 1981, 2 × interquartile range / ∛n (Scott 1979,
 * 3.49 × deviation / ∛n, where half of the returns are the same), at least a tenth of the standard deviation, rounded
 * to the nearest of 1, 2 and 5 times a power of ten. The bins reach to the returns within five deviations of the mean.
 */
export function distributionModel(
  result: BacktestResult,
  benchmark: BenchmarkModel | null,
): DistributionModel | null {
  const values = measured(result, result.returns);
  const { mean, deviation } = momentsOf(values);
  if (deviation === 0) return null;
  const width = binWidth(values, deviation);
  const other = benchmark ? measured(result, benchmark.returns) : null;
  let low = Infinity;
  let high = -Infinity;
  for (const series of other ? [values, other] : [values]) {
    for (const value of series) {
      if (Math.abs(value - mean) > REACH * deviation) continue;
      low = Math.min(low, Math.floor(value / width));
      high = Math.max(high, Math.floor(value / width));
    }
  }
  const shares = new Float64Array(high - low + 1);
  const beyond = fill(values, width, low, shares);
  const benchmarkShares = other && new Float64Array(shares.length);
  if (other && benchmarkShares) fill(other, width, low, benchmarkShares);
  const curveX = Float64Array.from(
    { length: CURVE_POINTS },
    (_, i) => (low + (shares.length * i) / (CURVE_POINTS - 1)) * width,
  );
  const method = PROFILES[result.config.profile].cvarMethod;
  return {
    mean,
    deviation,
    count: values.length,
    width,
    low: low * width,
    shares,
    benchmarkShares,
    ...beyond,
    curveX,
    curveY: curveX.map((x) => (normalDensity((x - mean) / deviation) / deviation) * width),
    var95: valueAtRisk(values, { alpha: 0.05, method }),
    cvar95: result.metrics.cvar95,
  };
}

/** Counts the values into bins, as shares; gives how many lie beyond the bins. */
function fill(
  values: Float64Array,
  width: number,
  low: number,
  shares: Float64Array,
): { below: number; above: number } {
  const last = shares.length - 1;
  let below = 0;
  let above = 0;
  for (const value of values) {
    const bin = Math.floor(value / width) - low;
    if (bin < 0) below++;
    if (bin > last) above++;
    shares[Math.max(0, Math.min(last, bin))]! += 1;
  }
  for (let bin = 0; bin <= last; bin++) shares[bin]! /= values.length;
  return { below, above };
}

function binWidth(values: Float64Array, deviation: number): number {
  const scratch = new Float64Array(values.length);
  const range = quantileLinear(values, 0.75, scratch) - quantileLinear(values, 0.25, scratch);
  const root = pow(values.length, 1 / 3);
  const rule = range > 0 ? (2 * range) / root : (3.49 * deviation) / root;
  return roundWidth(Math.max(rule, NARROWEST * deviation));
}

/** The nearest of 1, 2 and 5 times a power of ten, by ratio. */
function roundWidth(width: number): number {
  let best = 1;
  let distance = Infinity;
  for (let exponent = -12; exponent <= 12; exponent++) {
    for (const step of [1, 2, 5]) {
      const candidate = Number(`${step}e${exponent}`);
      const ratio = candidate > width ? candidate / width : width / candidate;
      if (ratio < distance) {
        best = candidate;
        distance = ratio;
      }
    }
  }
  return best;
}
