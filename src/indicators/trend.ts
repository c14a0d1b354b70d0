/** Indicators that follow a trend and turn with it. */
import { sar as sarKernel, sarLookback } from '../../kernels/indicators/sar.js';
import { supertrend as supertrendKernel, supertrendLookback } from '../../kernels/indicators/supertrend.js';
import type { Vec } from '../check.js';
import { defineIndicator, factor, period } from './define.js';
import type { Indicator } from './indicator.js';

/**
 * Parabolic stop and reverse of Wilder.
 *
 * high, low     prices, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * acceleration  share of the way to the extreme that the stop goes at first, and what a new extreme adds, 0 or more
 *               (0.02)
 * maximum       its limit, 0 or more (0.2)
 *
 * The first value stands at index 1; the first two bars choose the direction.
 * Throws `ValidationError` for a bad parameter, `ShapeError` for series of different lengths, `NonFiniteError` for an
 * infinity. O(n). Equal to TA-Lib SAR.
 */
export const sar: Indicator<[high: Vec, low: Vec], [acceleration: number, maximum: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'sar',
    title: 'Parabolic stop and reverse',
    inputs: ['high', 'low'],
    outputs: ['sar'],
    parameters: [factor('acceleration', 0.02, 0), factor('maximum', 0.2, 0)],
    scale: 'price',
    lookback: () => sarLookback(),
    compute: ([high, low], [step, limit], _, [out]) =>
      sarKernel(high!, low!, 0, 0, step!, step!, limit!, step!, step!, limit!, 1, out!),
  });

/**
 * Parabolic stop and reverse with everything to choose; stops of a short position are negative.
 *
 * high, low              prices, oldest first; NaN as for `sar`
 * startValue             0: the first two bars choose the direction; above 0: long with this stop; below: short (0)
 * offsetOnReverse        share of itself by which a new stop is moved away on a reversal, 0 or more (0)
 * accelerationInitLong, accelerationLong, accelerationMaxLong     of a long position: the first acceleration, what a
 *                        new high adds, the limit, each 0 or more (0.02, 0.02, 0.2)
 * accelerationInitShort, accelerationShort, accelerationMaxShort  the same of a short position
 *
 * Throws as `sar`. O(n). Equal to TA-Lib SAREXT.
 */
export const sarExt: Indicator<
  [high: Vec, low: Vec],
  [
    startValue: number,
    offsetOnReverse: number,
    accelerationInitLong: number,
    accelerationLong: number,
    accelerationMaxLong: number,
    accelerationInitShort: number,
    accelerationShort: number,
    accelerationMaxShort: number,
  ]
> = /* @__PURE__ */ defineIndicator({
  name: 'sarExt',
  title: 'Parabolic stop and reverse, extended',
  inputs: ['high', 'low'],
  outputs: ['sarExt'],
  parameters: [
    factor('startValue', 0),
    factor('offsetOnReverse', 0, 0),
    factor('accelerationInitLong', 0.02, 0),
    factor('accelerationLong', 0.02, 0),
    factor('accelerationMaxLong', 0.2, 0),
    factor('accelerationInitShort', 0.02, 0),
    factor('accelerationShort', 0.02, 0),
    factor('accelerationMaxShort', 0.2, 0),
  ],
  scale: 'own',
  lookback: () => sarLookback(),
  compute: ([high, low], [start, offset, a, b, c, d, e, f], _, [out]) =>
    sarKernel(high!, low!, start!, offset!, a!, b!, c!, d!, e!, f!, -1, out!),
});

/**
 * Supertrend: a band below a rising price, a band above a falling one; the trend turns when the close passes it.
 *
 * high, low, close  prices, oldest first; NaN as for `sar`
 * period      bars of the average true range, 1 to 100,000 (10); the first values stand at index `period`
 * multiplier  average true ranges from the middle of the bar to a band, 0 or more (3)
 *
 * Gives {line, direction}: direction is 1 while the trend rises and −1 while it falls, where TradingView has the signs
 * the other way round; as there, the first is a falling one.
 * Throws as `sar`. O(n). Convention of TradingView (`ta.supertrend`), with the average true range of `atr`, whose
 * first value stands a bar later than TradingView's.
 */
export const supertrend: Indicator<
  [high: Vec, low: Vec, close: Vec],
  [period: number, multiplier: number],
  'line' | 'direction'
> = /* @__PURE__ */ defineIndicator({
  name: 'supertrend',
  title: 'Supertrend',
  inputs: ['high', 'low', 'close'],
  outputs: ['line', 'direction'],
  parameters: [period('period', 10, 1), factor('multiplier', 3, 0)],
  scale: 'price',
  lookback: ([p]) => supertrendLookback(p!),
  compute: ([high, low, close], [p, multiplier], _, [line, direction]) =>
    supertrendKernel(high!, low!, close!, p!, multiplier!, line!, direction!),
});
