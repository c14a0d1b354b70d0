/** Indicators, rank statistics and splits by the seeds' names, with tuples where these have them. */
import type { Vec } from '../check.js';
import { atr, bbands, macd, rsi } from '../indicators/index.js';
import { quantileSpread, spearman } from '../statistics/index.js';
import { timeSeriesSplit } from '../validation/index.js';
import { garchForecast } from '../volatility/index.js';

/** Relative strength index: `rsi`. */
export function py_rsi(close: Vec, period = 14): Float64Array {
  return rsi(close, period);
}

/** MACD line, signal line and histogram: `macd`. */
export function py_macd(
  close: Vec,
  fast_period = 12,
  slow_period = 26,
  signal_period = 9,
): [macd: Float64Array, signal: Float64Array, histogram: Float64Array] {
  const found = macd(close, fast_period, slow_period, signal_period);
  return [found.macd, found.signal, found.histogram];
}

/** Upper, middle and lower Bollinger band: `bbands`. */
export function py_bbands(
  close: Vec,
  period = 20,
  num_std_up = 2,
  num_std_dn = 2,
): [upper: Float64Array, middle: Float64Array, lower: Float64Array] {
  const { upper, middle, lower } = bbands(close, period, num_std_up, num_std_dn);
  return [upper, middle, lower];
}

/** Average true range: `atr`. */
export function py_atr(high: Vec, low: Vec, close: Vec, period = 14): Float64Array {
  return atr(high, low, close, period);
}

/** Rank correlation and its two-sided p-value: `spearman`. */
export function py_spearman(x: Vec, y: Vec): [correlation: number, p_value: number] {
  const { correlation, pValue } = spearman(x, y);
  return [correlation, pValue];
}

/** Mean return of the best quantile less that of the worst: `quantileSpread`. */
export function py_quintile_spread(scores: Vec, returns: Vec, n_quantiles = 5): number {
  return quantileSpread(scores, returns, n_quantiles);
}

/** Indices to train and to test on, one pair a split; none where the observations do not suffice: `timeSeriesSplit`. */
export function py_time_series_split(n_samples: number, n_splits = 5): [train: number[], test: number[]][] {
  return timeSeriesSplit(n_samples, n_splits, { onInvalid: 'empty' }).map(({ train, test }) => [
    [...train],
    [...test],
  ]);
}

/** Volatility of the next period by maximum likelihood, in the unit of the returns: `garchForecast`. */
export function py_garch_forecast(returns: Vec, p = 1, q = 1, mean: 'zero' | 'constant' = 'zero'): number {
  return garchForecast(returns, p, q, mean);
}
