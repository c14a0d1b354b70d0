/** Bands around a price. Formulas, first values and edge cases as TA-Lib, unless their text says otherwise. */
import { bandsAround, bbands as bbandsKernel, bbandsLookback } from '../../kernels/indicators/bbands.js';
import {
  movingAverage,
  movingAverageLookback,
  movingAverageScratch,
} from '../../kernels/indicators/moving-average.js';
import { stddev as stddevKernel, varianceScratch } from '../../kernels/indicators/variance.js';
import type { Vec } from '../check.js';
import { defineIndicator, factor, period } from './define.js';
import type { Indicator } from './indicator.js';
import { type MaType, maType } from './ma-types.js';

/**
 * Bollinger bands: a moving average, and standard deviations above and below it.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 2 to 100,000 (20)
 * up      standard deviations of the last `period` values (divisor `period`) to the upper band (2)
 * down    the same to the lower band (2)
 * maType  type of the average ('sma'), one of those of `ma`
 *
 * Gives `upper`, `middle`, `lower`; the first values stand at index `period` − 1, or later where the average starts
 * later. Throws `ValidationError` for a bad parameter, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib BBANDS.
 */
export const bbands: Indicator<
  [close: Vec],
  [period: number, up: number, down: number, maType: MaType],
  'upper' | 'middle' | 'lower'
> = /* @__PURE__ */ defineIndicator({
  name: 'bbands',
  title: 'Bollinger bands',
  inputs: ['close'],
  outputs: ['upper', 'middle', 'lower'],
  parameters: [period('period', 20), factor('up', 2), factor('down', 2), maType()],
  scale: 'price',
  lookback: ([p, , , type]) => Math.max(bbandsLookback(p!), movingAverageLookback(type!, p!)),
  scratch: ([p, , , type]) =>
    type === 0 ? 0 : Math.max(varianceScratch(p!), movingAverageScratch(type!, p!)),
  compute: ([close], [p, up, down, type], scratch, [upper, middle, lower]) => {
    if (type === 0) {
      bbandsKernel(close!, p!, up!, down!, upper!, middle!, lower!);
      return;
    }
    movingAverage(type!, close!, p!, scratch, middle!);
    stddevKernel(close!, p!, 1, scratch, upper!);
    bandsAround(middle!, up!, down!, upper!, lower!);
  },
});
