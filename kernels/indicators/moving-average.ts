import { dema, demaLookback } from './dema.js';
import { ema, emaLookback } from './ema.js';
import { kama, kamaLookback, kamaScratch } from './kama.js';
import { mamaLine, mamaLookback, mamaScratch } from './mama.js';
import { sma, smaLookback } from './sma.js';
import { t3, t3Lookback, t3Scratch } from './t3.js';
import { tema, temaLookback } from './tema.js';
import { trima, trimaLookback, trimaScratch } from './trima.js';
import { wma, wmaLookback, wmaScratch } from './wma.js';

/** The types by their numbers, which are TA-Lib's. */
const SMA = 0;
const EMA = 1;
const WMA = 2;
const DEMA = 3;
const TEMA = 4;
const TRIMA = 5;
const KAMA = 6;
const MAMA = 7;

/** Fast limit of MAMA where it serves as one type among others. */
export const MAMA_FAST = 0.5;
/** Slow limit of MAMA there. */
export const MAMA_SLOW = 0.05;
/** Volume factor of T3 there. */
export const T3_VOLUME = 0.7;

/** Index of the first value of `movingAverage`. */
export function movingAverageLookback(type: number, period: number): number {
  if (period === 1) return 0;
  if (type === SMA) return smaLookback(period);
  if (type === EMA) return emaLookback(period);
  if (type === WMA) return wmaLookback(period);
  if (type === DEMA) return demaLookback(period);
  if (type === TEMA) return temaLookback(period);
  if (type === TRIMA) return trimaLookback(period);
  if (type === KAMA) return kamaLookback(period);
  if (type === MAMA) return mamaLookback();
  return t3Lookback(period);
}

/** Cells of scratch that `movingAverage` needs. */
export function movingAverageScratch(type: number, period: number): number {
  if (type === WMA) return wmaScratch(period);
  if (type === TRIMA) return trimaScratch(period);
  if (type === KAMA) return kamaScratch(period);
  if (type === MAMA) return mamaScratch();
  return t3Scratch();
}

/**
 * The moving average of a type.
 *
 * type     0 SMA, 1 EMA, 2 WMA, 3 DEMA, 4 TEMA, 5 TRIMA, 6 KAMA, 7 MAMA (limits 0.5 and 0.05, whatever the period),
 *          8 T3 (volume factor 0.7)
 * values   n numbers without NaN
 * period   1 or more; 1 gives the values themselves
 * scratch  movingAverageScratch(type, period) cells
 * out      n averages, NaN below the lookback; must not overlap `values`
 *
 * O(n). Reference: TA-Lib MA.
 */
export function movingAverage(
  type: number,
  values: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  if (period === 1) out.set(values);
  else if (type === SMA) sma(values, period, out);
  else if (type === EMA) ema(values, period, out);
  else if (type === WMA) wma(values, period, scratch, out);
  else if (type === DEMA) dema(values, period, out);
  else if (type === TEMA) tema(values, period, out);
  else if (type === TRIMA) trima(values, period, scratch, out);
  else if (type === KAMA) kama(values, period, scratch, out);
  else if (type === MAMA) mamaLine(values, MAMA_FAST, MAMA_SLOW, scratch, out);
  else t3(values, period, T3_VOLUME, scratch, out);
}
