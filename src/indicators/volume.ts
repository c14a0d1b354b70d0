/** Indicators with volume. Formulas, first values and edge cases as TA-Lib, unless their text says otherwise. */
import {
  ad as adKernel,
  adosc as adoscKernel,
  adoscLookback,
  balanceLookback,
  obv as obvKernel,
} from '../../kernels/indicators/balance.js';
import { mfi as mfiKernel, mfiLookback, mfiScratch } from '../../kernels/indicators/mfi.js';
import type { Vec } from '../check.js';
import { defineIndicator, period } from './define.js';
import type { Indicator } from './indicator.js';

/**
 * On-balance volume: the running sum of volume, added where the price rises and taken off where it falls; it starts
 * with the first volume.
 *
 * close   prices, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * volume  volumes, as long as `close`
 *
 * Throws `ShapeError` for lengths that differ, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib OBV.
 */
export const obv: Indicator<[close: Vec, volume: Vec], []> = /* @__PURE__ */ defineIndicator({
  name: 'obv',
  title: 'On-balance volume',
  inputs: ['close', 'volume'],
  outputs: ['obv'],
  parameters: [],
  scale: 'own',
  lookback: balanceLookback,
  compute: ([close, volume], _, __, [out]) => obvKernel(close!, volume!, out!),
});

/**
 * Accumulation/distribution line: the running sum of volume, weighted from −1 for a close at the low to 1 for a close
 * at the high.
 *
 * high, low, close, volume  oldest first, of one length; leading NaN are passed over, everything from a NaN inside
 *                           onwards is NaN. A bar whose high is not above its low adds nothing
 *
 * Throws `ShapeError` for lengths that differ, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib AD.
 */
export const ad: Indicator<[high: Vec, low: Vec, close: Vec, volume: Vec], []> =
  /* @__PURE__ */ defineIndicator({
    name: 'ad',
    title: 'Accumulation/distribution line',
    inputs: ['high', 'low', 'close', 'volume'],
    outputs: ['ad'],
    parameters: [],
    scale: 'own',
    lookback: balanceLookback,
    compute: ([high, low, close, volume], _, __, [out]) => adKernel(high!, low!, close!, volume!, out!),
  });

/**
 * Chaikin's oscillator: a fast less a slow exponential average of `ad`, both started with its first value.
 *
 * high, low, close, volume  as for `ad`
 * fast, slow                bars of the averages, 2 to 100,000 (3, 10), in whatever order; the first value stands at
 *                           the index of the longer one − 1
 *
 * Throws `ValidationError` for a bad period, `ShapeError` for lengths that differ, `NonFiniteError` for an infinity.
 * O(n). Equal to TA-Lib ADOSC.
 */
export const adosc: Indicator<[high: Vec, low: Vec, close: Vec, volume: Vec], [fast: number, slow: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'adosc',
    title: 'Chaikin oscillator',
    inputs: ['high', 'low', 'close', 'volume'],
    outputs: ['adosc'],
    parameters: [period('fast', 3), period('slow', 10)],
    scale: 'own',
    lookback: ([fast, slow]) => adoscLookback(fast!, slow!),
    compute: ([high, low, close, volume], [fast, slow], _, [out]) =>
      adoscKernel(high!, low!, close!, volume!, fast!, slow!, out!),
  });

/**
 * Money flow index, 0 to 100: typical price × volume of the bars that rose, in percent of all that rose or fell; 0 where
 * none did.
 *
 * high, low, close, volume  oldest first, of one length; leading NaN are passed over, everything from a NaN inside
 *                           onwards is NaN. The typical price is (high + low + close) / 3
 * period                    bars, 2 to 100,000 (14); the first value stands at index `period`
 *
 * Throws `ValidationError` for a bad period, `ShapeError` for lengths that differ, `NonFiniteError` for an infinity.
 * O(n). Equal to TA-Lib MFI.
 */
export const mfi: Indicator<[high: Vec, low: Vec, close: Vec, volume: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'mfi',
    title: 'Money flow index',
    inputs: ['high', 'low', 'close', 'volume'],
    outputs: ['mfi'],
    parameters: [period('period', 14)],
    scale: 'own',
    lookback: ([p]) => mfiLookback(p!),
    scratch: ([p]) => mfiScratch(p!),
    compute: ([high, low, close, volume], [p], scratch, [out]) =>
      mfiKernel(high!, low!, close!, volume!, p!, scratch, out!),
  });
