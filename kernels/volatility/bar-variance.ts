import { log } from '../special/log.js';
import { log1p } from '../special/log1p.js';

/** 2 ln 2 − 1 and 1 / (4 ln 2). */
const TWO_LOG_TWO_LESS_ONE = 0.38629436111989063;
const QUARTER_OF_INVERSE_LOG_TWO = 0.36067376022224085;

/**
 * Logarithm of a / b, without loss where they are near each other.
 *
 * a, b  above 0; a NaN gives NaN
 *
 * The change says little of a where little is left of it: 1e-17 − 1 is −1.
 */
function logRatio(a: number, b: number): number {
  const change = (a - b) / b;
  return change < -0.5 ? log(a / b) : log1p(change);
}

/**
 * Logarithmic change from one series to another, bar by bar: ln(after[i] / before[i]).
 *
 * before, after  n prices above 0; a NaN makes its cell NaN
 * out            n changes; must not overlap the prices
 */
export function logChanges(before: Float64Array, after: Float64Array, out: Float64Array): void {
  const n = before.length;
  for (let i = 0; i < n; i++) out[i] = logRatio(after[i], before[i]);
}

/**
 * Variance of a bar by its range: ln(h / l)² / (4 ln 2).
 *
 * high, low  n prices above 0, high >= low; a NaN makes its cell NaN
 * out        n variances; must not overlap the prices
 *
 * Source: Parkinson 1980, The Extreme Value Method for Estimating the Variance of the Rate of Return.
 */
export function parkinsonVariances(high: Float64Array, low: Float64Array, out: Float64Array): void {
  const n = high.length;
  for (let i = 0; i < n; i++) {
    const range = logRatio(high[i], low[i]);
    out[i] = range * range * QUARTER_OF_INVERSE_LOG_TWO;
  }
}

/**
 * Variance of a bar by its range and its change: ½ ln(h / l)² − (2 ln 2 − 1) ln(c / o)². Never negative.
 *
 * open, high, low, close  n prices above 0, open and close within high and low; a NaN makes its cell NaN
 * out                     n variances; must not overlap the prices
 *
 * Source: Garman and Klass 1980, On the Estimation of Security Price Volatilities from Historical Data, the
 * "practical" estimator without the opening jump.
 */
export function garmanKlassVariances(
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  const n = open.length;
  for (let i = 0; i < n; i++) {
    const range = logRatio(high[i], low[i]);
    const change = logRatio(close[i], open[i]);
    out[i] = 0.5 * range * range - TWO_LOG_TWO_LESS_ONE * change * change;
  }
}

/**
 * Variance of a bar whatever its drift: ln(h / c) ln(h / o) + ln(l / c) ln(l / o). Never negative.
 *
 * open, high, low, close, out  as for `garmanKlassVariances`
 *
 * Source: Rogers and Satchell 1991, Estimating Variance from High, Low and Closing Prices.
 */
export function rogersSatchellVariances(
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  const n = open.length;
  for (let i = 0; i < n; i++) {
    const o = open[i];
    const h = high[i];
    const l = low[i];
    const c = close[i];
    out[i] = logRatio(h, c) * logRatio(h, o) + logRatio(l, c) * logRatio(l, o);
  }
}
