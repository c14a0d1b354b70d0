/** Stochastic oscillators. Formulas, first values and edge cases as TA-Lib, unless their text says otherwise. */
import { averageOfThree } from '../../kernels/indicators/average-of-three.js';
import {
  movingAverage,
  movingAverageLookback,
  movingAverageScratch,
} from '../../kernels/indicators/moving-average.js';
import { rsi as rsiKernel, rsiLookback } from '../../kernels/indicators/rsi.js';
import {
  fastK as fastKKernel,
  stochasticLookback,
  stochasticScratch,
} from '../../kernels/indicators/stochastic.js';
import type { Vec } from '../check.js';
import { defineIndicator, period } from './define.js';
import type { Indicator } from './indicator.js';
import { type MaType, maType } from './ma-types.js';

/**
 * Stochastic oscillator, slow: `slowK` is the averaged place of the close in the range of the last bars, 0 at the lowest
 * low and 100 at the highest high; `slowD` is its average.
 *
 * high, low, close  prices, oldest first, of one length; leading NaN are passed over, everything from a NaN inside
 *                   onwards is NaN
 * fastK             bars of the range, 1 to 100,000 (5); a range without extent gives 0
 * slowK             bars of the average that makes `slowK`, 1 to 100,000 (3); 1 is no average
 * slowD             bars of the average that makes `slowD`, 1 to 100,000 (3); 1 is no average
 * slowKMaType       type of the first average ('sma'), one of those of `ma`
 * slowDMaType       type of the second average ('sma')
 *
 * Both lines start at the same bar: with simple averages at index `fastK` + `slowK` + `slowD` − 3. The three numbers come
 * before the two types, which TA-Lib sets between them. Throws `ValidationError` for a bad parameter, `ShapeError` for
 * lengths that differ, `NonFiniteError` for an infinity. O(n) whatever the data. Equal to TA-Lib STOCH.
 */
export const stoch: Indicator<
  [high: Vec, low: Vec, close: Vec],
  [fastK: number, slowK: number, slowD: number, slowKMaType: MaType, slowDMaType: MaType],
  'slowK' | 'slowD'
> = /* @__PURE__ */ defineIndicator({
  name: 'stoch',
  title: 'Stochastic oscillator',
  inputs: ['high', 'low', 'close'],
  outputs: ['slowK', 'slowD'],
  parameters: [
    period('fastK', 5, 1),
    period('slowK', 3, 1),
    period('slowD', 3, 1),
    maType('slowKMaType'),
    maType('slowDMaType'),
  ],
  scale: 'own',
  lookback: ([fastK, slowK, slowD, kType, dType]) =>
    stochasticLookback(fastK!) +
    movingAverageLookback(kType!, slowK!) +
    movingAverageLookback(dType!, slowD!),
  scratch: ([fastK, slowK, slowD, kType, dType]) =>
    Math.max(
      stochasticScratch(fastK!),
      movingAverageScratch(kType!, slowK!),
      movingAverageScratch(dType!, slowD!),
    ),
  compute: ([high, low, close], [fastK, slowK, slowD, kType, dType], scratch, [outK, outD]) => {
    // The raw line stands in the array of the last one until it is averaged.
    fastKKernel(high!, low!, close!, fastK!, scratch, outD!);
    const start = stochasticLookback(fastK!);
    average(outD!, start, kType!, slowK!, scratch, outK!);
    const next = start + movingAverageLookback(kType!, slowK!);
    average(outK!, next, dType!, slowD!, scratch, outD!);
    const first = next + movingAverageLookback(dType!, slowD!);
    outK!.fill(NaN, 0, first);
    outD!.fill(NaN, 0, first);
  },
});

/**
 * Stochastic oscillator, fast: `fastK` is the place of the close in the range of the last bars, 0 at the lowest low and
 * 100 at the highest high; `fastD` is its average.
 *
 * high, low, close  as for `stoch`
 * fastK             bars of the range, 1 to 100,000 (5); a range without extent gives 0
 * fastD             bars of the average that makes `fastD`, 1 to 100,000 (3); 1 is no average
 * maType            type of the average ('sma'), one of those of `ma`
 *
 * Both lines start at the same bar: with a simple average at index `fastK` + `fastD` − 2. Throws as `stoch`. O(n) whatever
 * the data. Equal to TA-Lib STOCHF.
 */
export const stochF: Indicator<
  [high: Vec, low: Vec, close: Vec],
  [fastK: number, fastD: number, maType: MaType],
  'fastK' | 'fastD'
> = /* @__PURE__ */ defineIndicator({
  name: 'stochF',
  title: 'Stochastic oscillator, fast',
  inputs: ['high', 'low', 'close'],
  outputs: ['fastK', 'fastD'],
  parameters: [period('fastK', 5, 1), period('fastD', 3, 1), maType()],
  scale: 'own',
  lookback: ([fastK, fastD, type]) => stochasticLookback(fastK!) + movingAverageLookback(type!, fastD!),
  scratch: ([fastK, fastD, type]) => Math.max(stochasticScratch(fastK!), movingAverageScratch(type!, fastD!)),
  compute: ([high, low, close], [fastK, fastD, type], scratch, [outK, outD]) => {
    fastKKernel(high!, low!, close!, fastK!, scratch, outK!);
    const start = stochasticLookback(fastK!);
    average(outK!, start, type!, fastD!, scratch, outD!);
    const first = start + movingAverageLookback(type!, fastD!);
    outK!.fill(NaN, 0, first);
    outD!.fill(NaN, 0, first);
  },
});

/**
 * Stochastic oscillator of the relative strength index: `stochF` with `rsi` for high, low and close.
 *
 * close   prices, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars of `rsi`, 2 to 100,000 (14)
 * fastK   bars of the range, 1 to 100,000 (5); a range without extent gives 0
 * fastD   bars of the average that makes `fastD`, 1 to 100,000 (3); 1 is no average
 * maType  type of the average ('sma'), one of those of `ma`
 *
 * Both lines start at the same bar: with a simple average at index `period` + `fastK` + `fastD` − 2. Throws
 * `ValidationError` for a bad parameter, `NonFiniteError` for an infinity. O(n) whatever the data. Equal to TA-Lib
 * STOCHRSI.
 */
export const stochRsi: Indicator<
  [close: Vec],
  [period: number, fastK: number, fastD: number, maType: MaType],
  'fastK' | 'fastD'
> = /* @__PURE__ */ defineIndicator({
  name: 'stochRsi',
  title: 'Stochastic relative strength index',
  inputs: ['close'],
  outputs: ['fastK', 'fastD'],
  parameters: [period('period', 14), period('fastK', 5, 1), period('fastD', 3, 1), maType()],
  scale: 'own',
  lookback: ([p, fastK, fastD, type]) =>
    rsiLookback(p!) + stochasticLookback(fastK!) + movingAverageLookback(type!, fastD!),
  scratch: ([, fastK, fastD, type]) =>
    Math.max(stochasticScratch(fastK!), movingAverageScratch(type!, fastD!)),
  compute: ([close], [p, fastK, fastD, type], scratch, [outK, outD]) => {
    // The index stands in the array of the average until its place in the range is known.
    rsiKernel(close!, p!, outD!);
    const index = outD!.subarray(rsiLookback(p!));
    fastKKernel(index, index, index, fastK!, scratch, outK!.subarray(rsiLookback(p!)));
    const start = rsiLookback(p!) + stochasticLookback(fastK!);
    average(outK!, start, type!, fastD!, scratch, outD!);
    const first = start + movingAverageLookback(type!, fastD!);
    outK!.fill(NaN, 0, first);
    outD!.fill(NaN, 0, first);
  },
});

/** The moving average of the values from `start` on. */
function average(
  values: Float64Array,
  start: number,
  type: number,
  bars: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  if (type === 0 && bars === 3) averageOfThree(values, start, out);
  else movingAverage(type, values.subarray(start), bars, scratch, out.subarray(start));
}
