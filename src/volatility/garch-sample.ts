/** A series made ready for fitting: in units of its own volatility, with what its mean is made of. */
import { sum } from '../../kernels/stats/sum.js';
import type { GarchMean } from './garch-types.js';

/** Standardised values. */
export interface GarchSample {
  /** One unit, in units of the returns: the root of the mean square of the residuals of least squares. */
  readonly scale: number;
  readonly values: Float64Array;
  /** Parameters of the mean. */
  readonly means: number;
  /** means numbers for each value: 1, and the value before. */
  readonly design: Float64Array;
  /** The mean's parameters by least squares. */
  readonly start: Float64Array;
}

/** Spread of residuals, in units of the largest return, below which it is rounding. */
const ROUNDING = 1e-14;
const TINY = 1e-150;

/** The sample, or undefined where the residuals do not vary. */
export function makeSample(returns: Float64Array, mean: GarchMean): GarchSample | undefined {
  const all = returns.length;
  let largest = 0;
  for (const value of returns) largest = Math.max(largest, Math.abs(value));
  if (!(largest > TINY)) return undefined;
  const means = mean === 'zero' ? 0 : mean === 'constant' ? 1 : 2;
  const skipped = means === 2 ? 1 : 0;
  const n = all - skipped;
  if (n < 1) return undefined;
  const inverse = 1 / largest;
  const values = new Float64Array(n);
  for (let t = 0; t < n; t++) values[t] = returns[t + skipped]! * inverse;
  const average = sum(values, 0, n) / n;
  let spread = 0;
  for (const value of values) spread += (value - average) * (value - average);
  if (!(spread > n * ROUNDING * ROUNDING)) return undefined;

  const start = new Float64Array(means);
  const design = new Float64Array(n * means).fill(1);
  if (means === 1) start[0] = average;
  if (means === 2) {
    let before = 0;
    for (let t = 0; t < n; t++) {
      design[2 * t + 1] = returns[t]! * inverse;
      before += design[2 * t + 1]!;
    }
    before /= n;
    let across = 0;
    let along = 0;
    for (let t = 0; t < n; t++) {
      const d = design[2 * t + 1]! - before;
      across += d * (values[t]! - average);
      along += d * d;
    }
    start[1] = along > 0 ? across / along : 0;
    start[0] = average - start[1] * before;
  }
  let squares = 0;
  for (let t = 0; t < n; t++) {
    let e = values[t]!;
    for (let i = 0; i < means; i++) e -= design[t * means + i]! * start[i]!;
    squares += e * e;
  }
  if (!(squares > n * ROUNDING * ROUNDING)) return undefined;
  const unit = Math.sqrt(squares / n);
  const scale = largest * unit;
  for (let t = 0; t < n; t++) {
    values[t] = returns[t + skipped]! / scale;
    if (means === 2) design[2 * t + 1] = returns[t]! / scale;
  }
  if (means > 0) start[0] = start[0]! / unit;
  return { scale, values, means, design, start };
}

/** The first `count` values of a sample. */
export function firstPart(sample: GarchSample, count: number): GarchSample {
  const { values, design, means } = sample;
  return { ...sample, values: values.subarray(0, count), design: design.subarray(0, count * means) };
}
