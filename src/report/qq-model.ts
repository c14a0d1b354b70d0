/** Returns against those of a normal distribution, quantile by quantile. */
import { normalQuantile } from '../../kernels/special/normal-quantile.js';
import { momentsOf } from './distribution-model.js';

/** Points drawn of each tail, and between the tails. */
const TAIL = 40;
const MIDDLE = 120;

/** Pairs of quantiles, both in standard deviations from the mean, rising. */
export interface QuantilePairs {
  readonly normal: Float64Array;
  readonly returns: Float64Array;
}

/**
 * The sorted returns, as standard deviations from their mean, against the quantiles of the standard normal
 * distribution at (i − 1/2) / n. Null where they never vary.
 *
 * values  n returns, n >= 1
 *
 * Of a long series every return of the 40 lowest and 40 highest is kept, and 120 evenly spaced between. O(n log n).
 * Source: Hazen's plotting positions; scipy.stats.probplot draws the same with others.
 */
export function quantilePairs(values: Float64Array): QuantilePairs | null {
  const { mean, deviation } = momentsOf(values);
  if (deviation === 0) return null;
  const sorted = values.slice().sort();
  const ranks = ranksOf(sorted.length);
  return {
    normal: Float64Array.from(ranks, (rank) => normalQuantile((rank + 0.5) / sorted.length)),
    returns: Float64Array.from(ranks, (rank) => (sorted[rank]! - mean) / deviation),
  };
}

/** The places kept of `n` sorted values, from 0, rising: all of up to 200, else the 40 at each end and 120 between. */
export function ranksOf(n: number): number[] {
  if (n <= 2 * TAIL + MIDDLE) return Array.from({ length: n }, (_, i) => i);
  const inner = n - 2 * TAIL;
  return [
    ...Array.from({ length: TAIL }, (_, i) => i),
    ...Array.from({ length: MIDDLE }, (_, i) => TAIL + Math.floor(((i + 0.5) * inner) / MIDDLE)),
    ...Array.from({ length: TAIL }, (_, i) => n - TAIL + i),
  ];
}
