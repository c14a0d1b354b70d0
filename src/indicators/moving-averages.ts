/** Moving averages. Formulas, first values and edge cases as TA-Lib, unless their text says otherwise. */
import { dema as demaKernel, demaLookback } from '../../kernels/indicators/dema.js';
import { ema as emaKernel, emaLookback } from '../../kernels/indicators/ema.js';
import { kama as kamaKernel, kamaLookback, kamaScratch } from '../../kernels/indicators/kama.js';
import { mama as mamaKernel, mamaLookback, mamaScratch } from '../../kernels/indicators/mama.js';
import {
  movingAverage,
  movingAverageLookback,
  movingAverageScratch,
} from '../../kernels/indicators/moving-average.js';
import { sma as smaKernel, smaLookback } from '../../kernels/indicators/sma.js';
import { t3 as t3Kernel, t3Lookback, t3Scratch } from '../../kernels/indicators/t3.js';
import { tema as temaKernel, temaLookback } from '../../kernels/indicators/tema.js';
import { trima as trimaKernel, trimaLookback, trimaScratch } from '../../kernels/indicators/trima.js';
import { wma as wmaKernel, wmaLookback, wmaScratch } from '../../kernels/indicators/wma.js';
import type { Vec } from '../check.js';
import { defineIndicator, factor, period } from './define.js';
import type { Indicator } from './indicator.js';
import { type MaType, maType } from './ma-types.js';

/**
 * Simple moving average: the mean of the last `period` values.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (30); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n); the error depends on the
 * period, not on the length. Equal to TA-Lib SMA.
 */
export const sma: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'sma',
  title: 'Simple moving average',
  inputs: ['close'],
  outputs: ['sma'],
  parameters: [period('period', 30, 1)],
  scale: 'price',
  lookback: ([p]) => smaLookback(p!),
  remembers: true,
  compute: ([close], [p], _, [out]) => smaKernel(close!, p!, out!),
});

/**
 * Exponential moving average, smoothing 2 / (period + 1), started with the mean of the first `period` values.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (30); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib EMA.
 */
export const ema: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'ema',
  title: 'Exponential moving average',
  inputs: ['close'],
  outputs: ['ema'],
  parameters: [period('period', 30, 1)],
  scale: 'price',
  lookback: ([p]) => emaLookback(p!),
  remembers: true,
  compute: ([close], [p], _, [out]) => emaKernel(close!, p!, out!),
});

/**
 * Weighted moving average: weights 1, 2, … `period`, the newest value counting most.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (30); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib WMA.
 */
export const wma: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'wma',
  title: 'Weighted moving average',
  inputs: ['close'],
  outputs: ['wma'],
  parameters: [period('period', 30, 1)],
  scale: 'price',
  lookback: ([p]) => wmaLookback(p!),
  scratch: ([p]) => wmaScratch(p!),
  compute: ([close], [p], scratch, [out]) => wmaKernel(close!, p!, scratch, out!),
});

/**
 * Double exponential moving average of Mulloy: twice the average less the average of the averages.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (30); the first value stands at index 2 (`period` − 1)
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib DEMA.
 */
export const dema: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'dema',
  title: 'Double exponential moving average',
  inputs: ['close'],
  outputs: ['dema'],
  parameters: [period('period', 30, 1)],
  scale: 'price',
  lookback: ([p]) => demaLookback(p!),
  remembers: true,
  compute: ([close], [p], _, [out]) => demaKernel(close!, p!, out!),
});

/**
 * Triple exponential moving average of Mulloy: it lags less than `dema`.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (30); the first value stands at index 3 (`period` − 1)
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib TEMA.
 */
export const tema: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'tema',
  title: 'Triple exponential moving average',
  inputs: ['close'],
  outputs: ['tema'],
  parameters: [period('period', 30, 1)],
  scale: 'price',
  lookback: ([p]) => temaLookback(p!),
  remembers: true,
  compute: ([close], [p], _, [out]) => temaKernel(close!, p!, out!),
});

/**
 * Triangular moving average: weights rise to the middle of the window and fall again.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (30); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib TRIMA.
 */
export const trima: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'trima',
  title: 'Triangular moving average',
  inputs: ['close'],
  outputs: ['trima'],
  parameters: [period('period', 30, 1)],
  scale: 'price',
  lookback: ([p]) => trimaLookback(p!),
  scratch: ([p]) => trimaScratch(p!),
  compute: ([close], [p], scratch, [out]) => trimaKernel(close!, p!, scratch, out!),
});

/**
 * Kaufman's adaptive moving average: quick where prices go one way, slow where they go to and fro.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (30); the first value stands at index `period`,
 *         or 0 for period 1, which gives the values themselves
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib KAMA.
 */
export const kama: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'kama',
  title: 'Kaufman adaptive moving average',
  inputs: ['close'],
  outputs: ['kama'],
  parameters: [period('period', 30, 1)],
  scale: 'price',
  lookback: ([p]) => kamaLookback(p!),
  scratch: ([p]) => kamaScratch(p!),
  compute: ([close], [p], scratch, [out]) => kamaKernel(close!, p!, scratch, out!),
});

/**
 * MESA adaptive moving average of Ehlers, and the average that follows it.
 *
 * close      values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * fastLimit  largest share of a new value, 0.01 to 0.99 (0.5)
 * slowLimit  smallest share, 0.01 to 0.99 (0.05)
 *
 * Gives `mama` and `fama`; the first values stand at index 32. Throws `ValidationError` for a bad limit,
 * `NonFiniteError` for an infinity. O(n). Equal to TA-Lib MAMA, but where prices stand still
 * for ten bars: then the phase is that of the rounding errors of TA-Lib's running sum, and here it is 0.
 */
export const mama: Indicator<[close: Vec], [fastLimit: number, slowLimit: number], 'mama' | 'fama'> =
  /* @__PURE__ */ defineIndicator({
    name: 'mama',
    title: 'MESA adaptive moving average',
    inputs: ['close'],
    outputs: ['mama', 'fama'],
    parameters: [factor('fastLimit', 0.5, 0.01, 0.99), factor('slowLimit', 0.05, 0.01, 0.99)],
    scale: 'price',
    lookback: () => mamaLookback(),
    scratch: () => mamaScratch(),
    compute: ([close], [fast, slow], scratch, [out, follower]) =>
      mamaKernel(close!, fast!, slow!, scratch, out!, follower!),
  });

/**
 * Tillson's T3: six exponential averages, combined so that it is smooth and lags little.
 *
 * close         values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period        bars, 1 to 100,000 (5); the first value stands at index 6 (`period` − 1)
 * volumeFactor  0 (smoothest) to 1 (quickest), 0.7
 *
 * Throws `ValidationError` for a bad parameter, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib T3.
 */
export const t3: Indicator<[close: Vec], [period: number, volumeFactor: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 't3',
    title: 'T3 moving average',
    inputs: ['close'],
    outputs: ['t3'],
    parameters: [period('period', 5, 1), factor('volumeFactor', 0.7, 0, 1)],
    scale: 'price',
    lookback: ([p]) => t3Lookback(p!),
    scratch: () => t3Scratch(),
    remembers: true,
    compute: ([close], [p, volume], scratch, [out]) => t3Kernel(close!, p!, volume!, scratch, out!),
  });

/**
 * The moving average of a type by name.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (30); 1 gives the values themselves; 'mama' does not look at any other
 * maType  'sma' (default), 'ema', 'wma', 'dema', 'tema', 'trima', 'kama', 'mama' (limits 0.5, 0.05), 't3' (factor 0.7)
 *
 * Throws `ValidationError` for a bad parameter, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib MA.
 */
export const ma: Indicator<[close: Vec], [period: number, maType: MaType]> = /* @__PURE__ */ defineIndicator({
  name: 'ma',
  title: 'Moving average',
  inputs: ['close'],
  outputs: ['ma'],
  parameters: [period('period', 30, 1), maType()],
  scale: 'price',
  lookback: ([p, type]) => movingAverageLookback(type!, p!),
  scratch: ([p, type]) => movingAverageScratch(type!, p!),
  compute: ([close], [p, type], scratch, [out]) => movingAverage(type!, close!, p!, scratch, out!),
});
