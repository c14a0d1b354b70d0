/** Wilder's directional movement. Formulas, first values and edge cases as TA-Lib, unless their text says otherwise. */
import {
  adx as adxKernel,
  adxLookback,
  adxr as adxrKernel,
  adxrLookback,
  dx as dxKernel,
  dxLookback,
} from '../../kernels/indicators/directional-index.js';
import {
  directionalIndicatorLookback,
  minusDi as minusDiKernel,
  plusDi as plusDiKernel,
} from '../../kernels/indicators/directional-indicator.js';
import {
  directionalMovementLookback,
  minusDm as minusDmKernel,
  plusDm as plusDmKernel,
} from '../../kernels/indicators/directional-movement.js';
import type { Vec } from '../check.js';
import { defineIndicator, period } from './define.js';
import type { Indicator } from './indicator.js';

/**
 * Average directional movement index, 0 to 100: Wilder's average of `dx`.
 *
 * high, low, close  prices, oldest first, of one length, low never above high; leading NaN are passed over, everything
 *                   from a NaN inside onwards is NaN
 * period            bars of all averages, 2 to 100,000 (14); the first value stands at index 2 × `period` − 1
 *
 * Throws `ValidationError` for a bad period, `ShapeError` for
 * lengths that differ, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib ADX.
 */
export const adx: Indicator<[high: Vec, low: Vec, close: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'adx',
    title: 'Average directional movement index',
    inputs: ['high', 'low', 'close'],
    outputs: ['adx'],
    parameters: [period('period', 14)],
    scale: 'own',
    remembers: true,
    lookback: ([p]) => adxLookback(p!),
    compute: ([high, low, close], [p], _, [out]) => adxKernel(high!, low!, close!, p!, out!),
  });

/**
 * Average directional movement rating, 0 to 100: the mean of `adx` now and `period` − 1 bars ago.
 *
 * high, low, close  as for `adx`
 * period            as for `adx`; the first value stands at index 3 × `period` − 2
 *
 * Throws as `adx`. O(n). Equal to TA-Lib ADXR.
 */
export const adxr: Indicator<[high: Vec, low: Vec, close: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'adxr',
    title: 'Average directional movement rating',
    inputs: ['high', 'low', 'close'],
    outputs: ['adxr'],
    parameters: [period('period', 14)],
    scale: 'own',
    remembers: true,
    lookback: ([p]) => adxrLookback(p!),
    compute: ([high, low, close], [p], _, [out]) => adxrKernel(high!, low!, close!, p!, out!),
  });

/**
 * Directional movement index, 0 to 100: how much of all directional movement goes one way.
 *
 * high, low, close  as for `adx`
 * period            bars of the sums, 2 to 100,000 (14); the first value stands at index `period`
 *
 * 0 before the market has moved. Throws as `adx`. O(n). Equal to TA-Lib DX.
 */
export const dx: Indicator<[high: Vec, low: Vec, close: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'dx',
    title: 'Directional movement index',
    inputs: ['high', 'low', 'close'],
    outputs: ['dx'],
    parameters: [period('period', 14)],
    scale: 'own',
    remembers: true,
    lookback: ([p]) => dxLookback(p!),
    compute: ([high, low, close], [p], _, [out]) => dxKernel(high!, low!, close!, p!, out!),
  });

/**
 * Upward directional indicator, 0 to 100: upward movement in percent of the true range; 0 where the market has no range.
 *
 * high, low, close  as for `adx`
 * period            bars of the sums, 1 to 100,000 (14); 1 gives the part of each bar's range, not in percent, as in
 *                   TA-Lib. The first value stands at index `period`
 *
 * Throws as `adx`. O(n). Equal to TA-Lib PLUS_DI.
 */
export const plusDi: Indicator<[high: Vec, low: Vec, close: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'plusDi',
    title: 'Upward directional indicator',
    inputs: ['high', 'low', 'close'],
    outputs: ['plusDi'],
    parameters: [period('period', 14, 1)],
    scale: 'own',
    lookback: ([p]) => directionalIndicatorLookback(p!),
    compute: ([high, low, close], [p], _, [out]) => plusDiKernel(high!, low!, close!, p!, out!),
  });

/**
 * Downward directional indicator, 0 to 100: downward movement in percent of the true range; 0 where the market has no
 * range.
 *
 * high, low, close, period  as for `plusDi`
 *
 * Throws as `adx`. O(n). Equal to TA-Lib MINUS_DI.
 */
export const minusDi: Indicator<[high: Vec, low: Vec, close: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'minusDi',
    title: 'Downward directional indicator',
    inputs: ['high', 'low', 'close'],
    outputs: ['minusDi'],
    parameters: [period('period', 14, 1)],
    scale: 'own',
    lookback: ([p]) => directionalIndicatorLookback(p!),
    compute: ([high, low, close], [p], _, [out]) => minusDiKernel(high!, low!, close!, p!, out!),
  });

/**
 * Upward directional movement, in units of price: Wilder's sum of the rises of the high that exceed the fall of the low.
 *
 * high, low  prices, oldest first, of one length; leading NaN are passed over, everything from a NaN inside onwards is
 *            NaN
 * period     bars of the sum, 1 to 100,000 (14); 1 gives the movement of each bar. The first value stands at index
 *            `period` − 1, for 1 at index 1
 *
 * Throws `ValidationError` for a bad period, `ShapeError` for lengths that differ, `NonFiniteError` for an infinity.
 * O(n). Equal to TA-Lib PLUS_DM.
 */
export const plusDm: Indicator<[high: Vec, low: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'plusDm',
  title: 'Upward directional movement',
  inputs: ['high', 'low'],
  outputs: ['plusDm'],
  parameters: [period('period', 14, 1)],
  scale: 'own',
  lookback: ([p]) => directionalMovementLookback(p!),
  compute: ([high, low], [p], _, [out]) => plusDmKernel(high!, low!, p!, out!),
});

/**
 * Downward directional movement, in units of price: Wilder's sum of the falls of the low that exceed the rise of the
 * high.
 *
 * high, low, period  as for `plusDm`
 *
 * Throws as `plusDm`. O(n). Equal to TA-Lib MINUS_DM.
 */
export const minusDm: Indicator<[high: Vec, low: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'minusDm',
  title: 'Downward directional movement',
  inputs: ['high', 'low'],
  outputs: ['minusDm'],
  parameters: [period('period', 14, 1)],
  scale: 'own',
  lookback: ([p]) => directionalMovementLookback(p!),
  compute: ([high, low], [p], _, [out]) => minusDmKernel(high!, low!, p!, out!),
});
