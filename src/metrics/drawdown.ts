/** Falls from a peak: how deep, when, how long. Fractions are positive. Formulas: docs/formulas.md. */
import {
  drawdownFractions,
  drawdownsOfReturns,
  squaredDrawdowns,
} from '../../kernels/performance/drawdown.js';
import {
  rollingDrawdownScratch,
  rollingMaxDrawdown as rollingKernel,
} from '../../kernels/rolling/rolling-drawdown.js';
import { checkInteger, checkOneOf, toFloat64, type Vec } from '../check.js';
import { PriceError } from '../errors.js';
import { checkDates } from './calendar.js';
import { METRICS_DEFAULTS } from './conventions.js';
import { checkNotEmpty, checkOptions, countMissing, resolveNan, settleMissing } from './prepare.js';
import { figure } from './return-summary.js';
import { WINDOW_MAX } from './rolling.js';
import type { Drawdown, DrawdownTableOptions, MetricsOptions, UlcerOptions } from './types.js';

/**
 * Largest loss from a peak of wealth, as a positive fraction of the peak; the 1 before the first return is a peak too.
 *
 * returns  one or more simple returns (not values of an account: see `drawdownSeries`), as decimals, oldest first;
 *          NaN by `options.nan`; from −1 up the result is in 0 … 1, a return below −1 can bring it above 1
 * options  `nan`; the others are checked and have no effect
 *
 * 0 when wealth never fell. Throws `InsufficientDataError` (no returns), `NonFiniteError` (NaN, infinities),
 * `ValidationError` (options). O(n). Source: quantstats max_drawdown, with the other sign.
 */
export function maxDrawdown(returns: Vec, options: MetricsOptions = {}): number {
  return figure(returns, options, (s) => s.maxDrawdown);
}

/**
 * Ulcer index: root of the mean square of the drawdowns after every return.
 *
 * returns  as for `maxDrawdown`
 * options  `ddof`: 1 (default) divides by n − 1 as quantstats does, 0 by n as Martin defined it; a single return is
 *          divided by 1 in both. `nan`
 *
 * A fraction, not a percentage. Throws as `maxDrawdown`. O(n). Source: quantstats ulcer_index; Martin and McCann 1989.
 */
export function ulcerIndex(returns: Vec, options: UlcerOptions = {}): number {
  checkOptions(options, ['ddof', 'nan']);
  const ddof = checkInteger('ddof', options.ddof ?? METRICS_DEFAULTS.ddof, 0, 1);
  const values = settleMissing('returns', returns, resolveNan(options.nan));
  if (values === null) return NaN;
  return Math.sqrt(squaredDrawdowns(values) / Math.max(1, values.length - ddof));
}

/**
 * How far every value of an account is below the highest one so far, as a positive fraction: 0.25 after 8 → 6.
 *
 * equity  values of an account (not returns), oldest first; all finite, the first above 0, none negative. Empty
 *         gives an empty array
 *
 * Gives as many numbers; 0 at a peak and at a peak reached again. Throws `NonFiniteError`, `PriceError`. O(n).
 * Source: quantstats to_drawdown_series, with the other sign.
 */
export function drawdownSeries(equity: Vec): Float64Array {
  const values = checkEquity(equity, false);
  const out = new Float64Array(values.length);
  drawdownFractions(values, out);
  return out;
}

/**
 * Largest loss from a peak within the last `window` values of an account, as a positive fraction, at every value.
 *
 * equity  values of an account (not returns), oldest first, all above 0; a NaN makes exactly the windows that
 *         contain it NaN. Empty gives an empty array
 * window  values, 1 to 1e9; peak and low must both lie in it. More than there are leaves only NaN
 *
 * Gives as many numbers, the first window − 1 of them NaN. Throws `ValidationError` (window), `NonFiniteError`
 * (infinities), `PriceError` (a value of 0 or below). O(n) for every window.
 */
export function rollingMaxDrawdown(equity: Vec, window: number): Float64Array {
  checkInteger('window', window, 1, WINDOW_MAX);
  const values = checkEquity(equity, true);
  const out = new Float64Array(values.length);
  if (window > values.length) out.fill(NaN);
  else rollingKernel(values, window, new Float64Array(rollingDrawdownScratch(window)), out);
  return out;
}

/**
 * Every fall from a peak until that peak is reached again, the deepest first.
 *
 * series   values of an account, as for `drawdownSeries`; with `kind: 'returns'` simple returns, of which the
 *          wealth is followed from 1 (so the first return can already be a loss)
 * options  `kind`; `dates`: the epoch day of every element of the series, strictly increasing; `top`: how many, 1 or
 *          more (default all)
 *
 * A value exactly at the peak ends a drawdown. Equally deep ones stand in the order of time, and of several
 * equally low values the first is the valley. Empty when nothing ever fell.
 * Throws `InsufficientDataError` (empty series), `NonFiniteError` (NaN, infinities), `PriceError` (equity),
 * `ShapeError` and `TimestampAnomalyError` (dates), `ValidationError` (options).
 * O(n + d log d) for d drawdowns. Source: quantstats drawdown_details, whose `end` is our `end`.
 */
export function drawdownTable(series: Vec, options: DrawdownTableOptions = {}): Drawdown[] {
  checkOptions(options, ['kind', 'dates', 'top']);
  const kind = checkOneOf('kind', options.kind ?? 'equity', ['equity', 'returns'] as const);
  const top = checkInteger('top', options.top ?? Number.MAX_SAFE_INTEGER, 1, Number.MAX_SAFE_INTEGER);
  const given = toFloat64('series', series);
  checkNotEmpty('series', given.length);
  const dates =
    options.dates === undefined ? null : checkDates('dates', options.dates, given.length, 'series');

  let fractions: Float64Array;
  if (kind === 'equity') {
    fractions = drawdownSeries(given);
  } else {
    countMissing('series', given, false);
    fractions = new Float64Array(given.length);
    drawdownsOfReturns(given, fractions);
  }

  const found: Drawdown[] = [];
  for (let i = 0; i < fractions.length; i++) {
    if (!(fractions[i]! > 0)) continue;
    const start = i;
    let valley = i;
    while (i + 1 < fractions.length && fractions[i + 1]! > 0) {
      i++;
      if (fractions[i]! > fractions[valley]!) valley = i;
    }
    found.push(describe(fractions[valley]!, start, valley, i, given.length, dates));
  }
  found.sort((a, b) => b.depth - a.depth || a.start - b.start);
  return found.slice(0, top);
}

function describe(
  depth: number,
  start: number,
  valley: number,
  end: number,
  count: number,
  dates: Int32Array | null,
): Drawdown {
  const peak = start - 1;
  const recovery = end + 1 < count ? end + 1 : null;
  const dateOf = (index: number | null): number | null => (index === null ? null : (dates?.[index] ?? null));
  const startDate = dateOf(start);
  const endDate = dateOf(end);
  return {
    depth,
    peak,
    start,
    valley,
    end,
    recovery,
    length: end - start + 1,
    fall: valley - peak,
    rise: recovery === null ? null : recovery - valley,
    peakDate: dateOf(peak),
    startDate,
    valleyDate: dateOf(valley),
    endDate,
    recoveryDate: dateOf(recovery),
    days: startDate === null || endDate === null ? null : endDate - startDate + 1,
  };
}

/** Values of an account: finite (or NaN where allowed), the first above 0, none negative; with `allowNaN` all above 0. */
function checkEquity(equity: Vec, allowNaN: boolean): Float64Array {
  const values = toFloat64('equity', equity);
  countMissing('equity', values, allowNaN);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > 0 || Number.isNaN(value) || (value === 0 && i > 0 && !allowNaN)) continue;
    const constraint = allowNaN ? 'a value above 0' : 'a first value above 0, and none below 0';
    throw new PriceError(
      `equity[${i}] is ${value}; needed: ${constraint}`,
      {},
      {
        field: `equity[${i}]`,
        value,
        constraint,
        fix: 'pass the values of the account, not its returns',
      },
    );
  }
  return values;
}
