/** Volatility that prices have shown, from closes or from whole bars. */
import {
  garmanKlassVariances,
  logChanges,
  parkinsonVariances,
  rogersSatchellVariances,
} from '../../kernels/volatility/bar-variance.js';
import { rollingMoments, rollingMomentsScratch } from '../../kernels/rolling/rolling-moments.js';
import { squaredDeviations } from '../../kernels/stats/moments.js';
import { sum } from '../../kernels/stats/sum.js';
import { checkInteger, checkKeys, checkOneOf, type Vec } from '../check.js';
import { InsufficientDataError, ValidationError } from '../errors.js';
import { type Bars, readBars } from './bars.js';

/** What of the bars an estimate uses. */
export type VolatilityMethod = 'closeToClose' | 'parkinson' | 'garmanKlass' | 'rogersSatchell' | 'yangZhang';

/** Options of `realizedVolatility` and `rollingRealizedVolatility`. */
export interface RealizedVolatilityOptions {
  /** Default `closeToClose`. */
  readonly method?: VolatilityMethod;
  /** 1 (default): volatility of one period. 252 annualises that of daily bars: it is multiplied by √252. */
  readonly periodsPerYear?: number;
}

const METHODS: readonly VolatilityMethod[] = [
  'closeToClose',
  'parkinson',
  'garmanKlass',
  'rogersSatchell',
  'yangZhang',
];
const WINDOW_MAX = 1_000_000_000;

/**
 * Volatility over all of the bars: a standard deviation of logarithmic returns, of one period unless annualised.
 *
 * open, high, low, close  n prices above 0 each, oldest first, the high the highest and the low the lowest of its bar;
 *                         a NaN that the method uses makes the result NaN
 * options                 `method`, `periodsPerYear` (1)
 *
 * - `closeToClose`: sample standard deviation (n − 2 in the divisor) of the n − 1 changes ln(close / previous close);
 * - `parkinson`: √ mean of ln(h/l)² / (4 ln 2), over n bars;
 * - `garmanKlass`: √ mean of ½ ln(h/l)² − (2 ln 2 − 1) ln(c/o)²;
 * - `rogersSatchell`: √ mean of ln(h/c) ln(h/o) + ln(l/c) ln(l/o), which a drift does not disturb;
 * - `yangZhang`: √ of V(open / previous close) + k V(close / open) + (1 − k) Rogers–Satchell over the n − 1 last
 *   bars, V sample variances of logarithms, k = 0.34 / (1.34 + n / (n − 2)): jumps over night and a drift are both
 *   allowed for.
 *
 * `closeToClose` and `yangZhang` need three bars, the others one; `parkinson`, `garmanKlass` and `rogersSatchell` see
 * only what happens while the market is open. Throws `ShapeError` (lengths), `InsufficientDataError` (too few bars),
 * `NonFiniteError` (infinities), `ValidationError` (options; the bar whose prices cannot be true). O(n). Sources:
 * Parkinson 1980; Garman and Klass 1980; Rogers and Satchell 1991; Yang and Zhang 2000; the same formulas in numpy,
 * parity/validation.py.
 */
export function realizedVolatility(
  open: Vec,
  high: Vec,
  low: Vec,
  close: Vec,
  options: RealizedVolatilityOptions = {},
): number {
  const { method, scale } = readOptions(options);
  const bars = readBars(open, high, low, close);
  const n = bars.open.length;
  const needed = usesChanges(method) ? 3 : 1;
  if (n < needed) {
    throw new InsufficientDataError(
      `open, high, low and close have ${n} bars: ${method} needs at least ${needed}`,
      {},
      { field: 'open', value: n, constraint: `at least ${needed} bars`, fix: 'pass more bars' },
    );
  }
  if (!usesChanges(method)) return scale * Math.sqrt(averageOf(barVariances(method, bars)));
  const count = n - 1;
  if (method === 'closeToClose') return scale * Math.sqrt(varianceOf(closeChanges(bars)));
  const parts = yangZhangParts(bars);
  const variance = combine(
    varianceOf(parts.night),
    varianceOf(parts.day),
    averageOf(parts.range),
    weightOf(count),
  );
  return scale * Math.sqrt(variance);
}

/**
 * `realizedVolatility` over a moving window, at every bar.
 *
 * open, high, low, close, options  as for `realizedVolatility`; a NaN makes exactly the windows NaN that use it
 * window                           `closeToClose` and `yangZhang`: changes from bar to bar, 2 to 1e9, which takes one
 *                                  bar more; else bars, 1 to 1e9
 *
 * Gives n numbers; NaN before the first full window (window bars for `closeToClose` and `yangZhang`, else window − 1),
 * and everywhere when there is none. Throws as there, but never for want of bars. O(n) for every window, in sums from
 * which nothing is taken out again.
 */
export function rollingRealizedVolatility(
  open: Vec,
  high: Vec,
  low: Vec,
  close: Vec,
  window: number,
  options: RealizedVolatilityOptions = {},
): Float64Array {
  const { method, scale } = readOptions(options);
  checkInteger('window', window, usesChanges(method) ? 2 : 1, WINDOW_MAX);
  const bars = readBars(open, high, low, close);
  const n = bars.open.length;
  const out = new Float64Array(n).fill(NaN);
  let variance: Float64Array;
  if (method === 'closeToClose') variance = windows(closeChanges(bars), window).variance;
  else if (method === 'yangZhang') {
    const parts = yangZhangParts(bars);
    variance = windows(parts.night, window).variance;
    const day = windows(parts.day, window).variance;
    const range = windows(parts.range, window).mean;
    const weight = weightOf(window);
    for (let i = 0; i < variance.length; i++) variance[i] = combine(variance[i]!, day[i]!, range[i]!, weight);
  } else variance = windows(barVariances(method, bars), window).mean;
  const late = n - variance.length;
  for (let i = 0; i < variance.length; i++) out[i + late] = scale * Math.sqrt(variance[i]!);
  return out;
}

function readOptions(options: RealizedVolatilityOptions): { method: VolatilityMethod; scale: number } {
  checkKeys('options', options, ['method', 'periodsPerYear']);
  const method = checkOneOf('method', options.method ?? 'closeToClose', METHODS);
  const periods = options.periodsPerYear ?? 1;
  if (typeof periods !== 'number' || !(periods > 0 && periods < Infinity)) {
    throw new ValidationError(
      'periodsPerYear',
      periods,
      'a finite number above 0',
      'pass 252 for daily bars, or leave it out for the volatility of one period',
    );
  }
  return { method, scale: Math.sqrt(periods) };
}

/** True for the methods that compare a bar with the one before. */
function usesChanges(method: VolatilityMethod): boolean {
  return method === 'closeToClose' || method === 'yangZhang';
}

/** Weight of the variance from open to close, for `count` changes: the one with the least error (Yang and Zhang). */
function weightOf(count: number): number {
  return 0.34 / (1.34 + (count + 1) / (count - 1));
}

function combine(night: number, day: number, range: number, weight: number): number {
  return night + weight * day + (1 - weight) * range;
}

function closeChanges({ close }: Bars): Float64Array {
  const changes = new Float64Array(Math.max(0, close.length - 1));
  logChanges(close.subarray(0, changes.length), close.subarray(1), changes);
  return changes;
}

/** Changes over night and over the day, and the variance from the range, of every bar but the first. */
function yangZhangParts(bars: Bars): { night: Float64Array; day: Float64Array; range: Float64Array } {
  const count = Math.max(0, bars.open.length - 1);
  const open = bars.open.subarray(1);
  const close = bars.close.subarray(1);
  const night = new Float64Array(count);
  const day = new Float64Array(count);
  const range = new Float64Array(count);
  logChanges(bars.close.subarray(0, count), open, night);
  logChanges(open, close, day);
  rogersSatchellVariances(open, bars.high.subarray(1), bars.low.subarray(1), close, range);
  return { night, day, range };
}

function barVariances(method: VolatilityMethod, { open, high, low, close }: Bars): Float64Array {
  const out = new Float64Array(open.length);
  if (method === 'parkinson') parkinsonVariances(high, low, out);
  else if (method === 'garmanKlass') garmanKlassVariances(open, high, low, close, out);
  else rogersSatchellVariances(open, high, low, close, out);
  return out;
}

function averageOf(values: Float64Array): number {
  return sum(values, 0, values.length) / values.length;
}

function varianceOf(values: Float64Array): number {
  return squaredDeviations(values, averageOf(values)) / (values.length - 1);
}

/** Mean and sample variance of every window; NaN where the window is not full. */
function windows(values: Float64Array, window: number): { mean: Float64Array; variance: Float64Array } {
  const n = values.length;
  if (window === 1) return { mean: values, variance: values };
  const mean = new Float64Array(n).fill(NaN);
  const variance = new Float64Array(n).fill(NaN);
  if (window <= n)
    rollingMoments(values, window, new Float64Array(rollingMomentsScratch(window)), mean, variance);
  // A mean of squares may round below 0 where all but one are 0.
  for (let i = 0; i < n; i++) if (mean[i]! < 0) mean[i] = 0;
  return { mean, variance };
}
