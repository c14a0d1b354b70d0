/** When to rebalance, and equal weights at those bars. */
import { checkInteger, checkKeys, checkOneOf, type Mat, nearestHint } from '../check.js';
import { UnknownSymbolError, ValidationError } from '../errors.js';
import { civilFromDays, formatDate } from '../time.js';
import { barAtOrAfter, checkDates } from './bar-dates.js';
import type { PricePanel } from './price-panel.js';

/** A calendar period; the first bar of each is a rebalance. */
export type RebalancePeriod = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';

/** When to rebalance: a period, every N bars, or listed dates (epoch days). */
export type RebalanceRule =
  RebalancePeriod | { readonly every: number } | { readonly dates: Int32Array | readonly number[] };

const PERIODS: readonly RebalancePeriod[] = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'];

/**
 * The bars at which to rebalance, rising.
 *
 * dates  epoch days of the bars, rising
 * rule   a period: the first bar of every day, ISO week (from Monday), calendar month, quarter or year;
 *        `{ every }`: bars 0, N, 2N, …; `{ dates }`: listed days in any order, each at its own bar or, if it is
 *        no trading day, at the next one
 *
 * A period or `every` always takes bar 0. Whether a bar is chosen depends on it and earlier bars alone, so
 * later dates never change the past. Listed days before the first bar or after the last throw `ValidationError`.
 * O(bars).
 */
export function rebalanceBars(dates: Int32Array, rule: RebalanceRule): Int32Array {
  checkDates('dates', dates);
  if (typeof rule === 'object' && rule !== null && 'dates' in rule) {
    checkKeys('rule', rule, ['dates']);
    return listedBars(dates, rule.dates);
  }
  if (typeof rule === 'object' && rule !== null) {
    checkKeys('rule', rule, ['every', 'dates']);
    const every = checkInteger('rule.every', rule.every, 1, Number.MAX_SAFE_INTEGER);
    return Int32Array.from({ length: Math.ceil(dates.length / every) }, (_, k) => k * every);
  }
  const period = checkOneOf('rule', rule, PERIODS);
  const bars: number[] = [];
  let previous = 0;
  for (let t = 0; t < dates.length; t++) {
    const current = periodOf(dates[t]!, period);
    if (t === 0 || current !== previous) bars.push(t);
    previous = current;
  }
  return Int32Array.from(bars);
}

/** A number that is the same for two days exactly if they lie in the same period. */
function periodOf(day: number, period: RebalancePeriod): number {
  if (period === 'daily') return day;
  // Day 0 was a Thursday: -3 was a Monday.
  if (period === 'weekly') return Math.floor((day + 3) / 7);
  const { year, month } = civilFromDays(day);
  if (period === 'yearly') return year;
  return period === 'monthly' ? year * 12 + month : year * 4 + Math.floor((month - 1) / 3);
}

function listedBars(dates: Int32Array, listed: Int32Array | readonly number[]): Int32Array {
  if (!(listed instanceof Int32Array) && !Array.isArray(listed)) {
    throw new ValidationError('rule.dates', listed, 'an array of epoch days', 'use parseDate on each date');
  }
  const bars = new Set<number>();
  const last = dates[dates.length - 1];
  for (let k = 0; k < listed.length; k++) {
    const day: unknown = listed[k];
    if (typeof day !== 'number' || !Number.isInteger(day)) {
      throw new ValidationError(`rule.dates[${k}]`, day, 'an epoch day', 'use parseDate on each date');
    }
    if (last === undefined || day < dates[0]! || day > last) {
      const span = last === undefined ? 'no bars' : `${formatDate(dates[0]!)} to ${formatDate(last)}`;
      const fix = 'remove the date, or give prices for it';
      throw new ValidationError(`rule.dates[${k}]`, day, `a day within the prices (${span})`, fix);
    }
    bars.add(barAtOrAfter(dates, day));
  }
  return Int32Array.from(bars).sort();
}

/**
 * Equal weights at the given bars, as a matrix for `backtestWeights`: dates × symbols, other rows NaN (no rebalance).
 *
 * panel    prices; only the closes are read
 * bars     bars of the panel, as `rebalanceBars` gives them
 * options  `symbols`: those to hold, default all; the others get 0
 *
 * At each bar, 1/k for each of the k symbols that have a close at that bar and 0 for those that do not; a bar
 * where none has one stays NaN. k weights of 1/k may sum to 1 plus a rounding error of 1e-15. O(dates × symbols).
 */
export function equalWeights(
  panel: PricePanel,
  bars: Int32Array | readonly number[],
  options: { readonly symbols?: readonly string[] } = {},
): Mat {
  checkKeys('options', options, ['symbols']);
  const { rows, cols, data: close } = panel.close;
  const wanted = new Uint8Array(cols).fill(options.symbols === undefined ? 1 : 0);
  for (const symbol of options.symbols ?? []) {
    const j = panel.symbols.indexOf(symbol);
    if (j < 0) {
      throw new UnknownSymbolError(
        'options.symbols',
        symbol,
        'a symbol of the prices',
        nearestHint(symbol, panel.symbols),
      );
    }
    wanted[j] = 1;
  }
  const data = new Float64Array(rows * cols).fill(Number.NaN);
  for (let k = 0; k < bars.length; k++) {
    const bar = checkInteger(`bars[${k}]`, bars[k], 0, rows - 1);
    let held = 0;
    for (let j = 0; j < cols; j++) if (wanted[j] === 1 && close[bar * cols + j]! > 0) held += 1;
    if (held === 0) continue;
    for (let j = 0; j < cols; j++) {
      data[bar * cols + j] = wanted[j] === 1 && close[bar * cols + j]! > 0 ? 1 / held : 0;
    }
  }
  return { data, rows, cols };
}
