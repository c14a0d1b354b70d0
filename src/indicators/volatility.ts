/** Indicators of the size of moves. Formulas, first values and edge cases as TA-Lib, unless their text says otherwise. */
import {
  atr as atrKernel,
  atrLookback,
  natr as natrKernel,
  natrLookback,
  trueRange as trueRangeKernel,
  trueRangeLookback,
} from '../../kernels/indicators/true-range.js';
import type { Vec } from '../check.js';
import { defineIndicator, period } from './define.js';
import type { Indicator } from './indicator.js';

/**
 * True range: the largest of high − low, |high − previous close| and |low − previous close|.
 *
 * high, low, close  prices, oldest first, of one length, low never above high; leading NaN are passed over, everything
 *                   from a NaN inside onwards is NaN
 *
 * The first value stands at index 1. Throws `ShapeError` for lengths that differ, `NonFiniteError` for an infinity.
 * O(n). Equal to TA-Lib TRANGE.
 */
export const trueRange: Indicator<[high: Vec, low: Vec, close: Vec], []> = /* @__PURE__ */ defineIndicator({
  name: 'trueRange',
  title: 'True range',
  inputs: ['high', 'low', 'close'],
  outputs: ['trueRange'],
  parameters: [],
  scale: 'own',
  lookback: trueRangeLookback,
  compute: ([high, low, close], _, __, [out]) => trueRangeKernel(high!, low!, close!, out!),
});

/**
 * Average true range: Wilder's average of `trueRange`, in units of price.
 *
 * high, low, close  as for `trueRange`
 * period            bars of the average, 1 to 100,000 (14); 1 gives `trueRange`. The first value stands at index `period`
 *
 * Throws `ValidationError` for a bad period, `ShapeError` for lengths that differ, `NonFiniteError` for an infinity.
 * O(n). Equal to TA-Lib ATR.
 */
export const atr: Indicator<[high: Vec, low: Vec, close: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'atr',
    title: 'Average true range',
    inputs: ['high', 'low', 'close'],
    outputs: ['atr'],
    parameters: [period('period', 14, 1)],
    scale: 'own',
    remembers: true,
    lookback: ([p]) => atrLookback(p!),
    compute: ([high, low, close], [p], _, [out]) => atrKernel(high!, low!, close!, p!, out!),
  });

/**
 * Average true range in percent of the close; 0 where the close is 0.
 *
 * high, low, close  as for `trueRange`
 * period            bars of the average, 1 to 100,000 (14); 1 gives `trueRange`, not in percent, as in TA-Lib. The first
 *                   value stands at index `period`
 *
 * Throws as `atr`. O(n). Equal to TA-Lib NATR.
 */
export const natr: Indicator<[high: Vec, low: Vec, close: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'natr',
    title: 'Average true range in percent',
    inputs: ['high', 'low', 'close'],
    outputs: ['natr'],
    parameters: [period('period', 14, 1)],
    scale: 'own',
    lookback: ([p]) => natrLookback(p!),
    compute: ([high, low, close], [p], _, [out]) => natrKernel(high!, low!, close!, p!, out!),
  });
