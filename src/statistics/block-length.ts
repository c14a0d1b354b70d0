/** How long the blocks of a bootstrap should be. */
import { log } from '../../kernels/special/log.js';
import { pow } from '../../kernels/special/pow.js';
import { laggedProduct } from '../../kernels/stats/lagged-product.js';
import { sum } from '../../kernels/stats/sum.js';
import { checkFinite, toFloat64, type Vec } from '../check.js';
import { InsufficientDataError } from '../errors.js';

/** Best mean length of the blocks of a bootstrap, as `optimalBlockLength` gives it. */
export interface BlockLength {
  /** For the stationary bootstrap, whose blocks have random lengths. */
  readonly stationary: number;
  /** For the circular bootstrap, whose blocks are all this long. */
  readonly circular: number;
}

/**
 * The mean length of blocks with which a bootstrap of the mean has the least expected squared error.
 *
 * values  a series in the order of time, two numbers or more, all finite
 *
 * Not rounded; below 1 where neighbours hardly depend on each other, at most min(3√n, n/3) rounded up, and 1 for
 * numbers that are all the same. Throws `InsufficientDataError` (fewer than two numbers), `NonFiniteError`. O(n √n)
 * at worst. Source: Politis and White 2004 with the correction of Patton, Politis and White 2009; the tuning of
 * arch.bootstrap.optimal_block_length 8.0.0, in parity/validation.py.
 */
export function optimalBlockLength(values: Vec): BlockLength {
  const series = toFloat64('values', values);
  const n = series.length;
  if (n < 2) {
    throw new InsufficientDataError(
      `values has ${n}: at least two numbers are needed`,
      {},
      { field: 'values', value: n, constraint: 'at least two numbers', fix: 'pass a longer series' },
    );
  }
  checkFinite('values', series);
  const mean = sum(series, 0, n) / n;
  const centred = series.map((value) => value - mean);
  if (centred.every((value) => value === centred[0])) return { stationary: 1, circular: 1 };
  const largest = centred.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // The length does not depend on the unit, but products of four values must neither vanish nor overflow.
  if (largest < 1e-60 || largest > 1e60) centred.forEach((value, i) => (centred[i] = value / largest));

  const root = Math.ceil(Math.sqrt(n));
  const run = Math.max(5, String(n).length - 1);
  const m = bandwidth(centred, root + run, run);
  const covariance = (lag: number): number => (lag < n ? laggedProduct(centred, lag, n, lag) / n : 0);
  let slope = 0;
  let longRun = covariance(0);
  for (let k = 1; k <= m; k++) {
    const weight = Math.min(1, 2 * (1 - k / m));
    const term = 2 * weight * covariance(k);
    slope += k * term;
    longRun += term;
  }
  const most = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const ratio = slope / longRun;
  const length = (factor: number): number => Math.min(most, pow(factor * ratio * ratio * n, 1 / 3));
  return { stationary: length(1), circular: length(3 / 2) };
}

/**
 * Lags that count: twice the first lag after which `run` autocorrelations in a row are insignificant, at most `limit`.
 */
function bandwidth(centred: Float64Array, limit: number, run: number): number {
  const n = centred.length;
  const bound = 2 * Math.sqrt(log(n) / Math.LN10 / n);
  let quiet = 0;
  for (let lag = 0; lag < limit && lag < n - 1; lag++) {
    const later = laggedProduct(centred, lag + 1, n, 0);
    const earlier = laggedProduct(centred, 0, n - lag - 1, 0);
    const correlation = Math.abs(laggedProduct(centred, lag, n, lag)) / Math.sqrt(later * earlier);
    quiet = correlation < bound ? quiet + 1 : 0;
    if (quiet === run) return Math.min(limit, 2 * Math.max(1, lag - run + 1));
  }
  return limit;
}
