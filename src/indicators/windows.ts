/** Extremes and sums of a moving window. Formulas and first values as TA-Lib. */
import { slideSum, smaLookback } from '../../kernels/indicators/sma.js';
import { windowExtremesScratch, windowMax, windowMin } from '../../kernels/rolling/window-extremes.js';
import { windowMiddle, windowMiddleScratch } from '../../kernels/rolling/window-middle.js';
import type { Vec } from '../check.js';
import { defineIndicator, period } from './define.js';
import type { Indicator } from './indicator.js';

/**
 * Smallest of the last `period` values.
 *
 * values  oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 2 to 100,000 (30); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n) whatever the data and the period.
 * Equal to TA-Lib MIN, exactly.
 */
export const rollingMin: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'rollingMin',
  title: 'Smallest of a window',
  inputs: ['values'],
  outputs: ['rollingMin'],
  parameters: [period('period', 30)],
  scale: 'price',
  lookback: ([p]) => p! - 1,
  scratch: ([p]) => windowExtremesScratch(p!),
  compute: ([values], [p], scratch, [out]) => windowMin(values!, p!, scratch, out!),
});

/** Largest of the last `period` values; all else as `rollingMin`. Equal to TA-Lib MAX, exactly. */
export const rollingMax: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'rollingMax',
  title: 'Largest of a window',
  inputs: ['values'],
  outputs: ['rollingMax'],
  parameters: [period('period', 30)],
  scale: 'price',
  lookback: ([p]) => p! - 1,
  scratch: ([p]) => windowExtremesScratch(p!),
  compute: ([values], [p], scratch, [out]) => windowMax(values!, p!, scratch, out!),
});

/**
 * Sum of the last `period` values; all else as `rollingMin`.
 *
 * The error depends on the period, not on the length: nothing is taken out of a sum again. Equal to TA-Lib SUM.
 */
export const rollingSum: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'rollingSum',
  title: 'Sum of a window',
  inputs: ['values'],
  outputs: ['rollingSum'],
  parameters: [period('period', 30)],
  scale: 'own',
  lookback: ([p]) => smaLookback(p!),
  remembers: true,
  compute: ([values], [p], _, [out]) => slideSum(values!, p!, 1, out!),
});

/**
 * Middle of the range of the last `period` values: (largest + smallest) / 2.
 *
 * values  oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 2 to 100,000 (14); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n) whatever the data and the period.
 * Equal to TA-Lib MIDPOINT, exactly.
 */
export const midpoint: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'midpoint',
  title: 'Middle of a window',
  inputs: ['values'],
  outputs: ['midpoint'],
  parameters: [period('period', 14)],
  scale: 'price',
  lookback: ([p]) => p! - 1,
  scratch: ([p]) => windowMiddleScratch(p!),
  compute: ([values], [p], scratch, [out]) => windowMiddle(values!, values!, p!, scratch, out!),
});

/**
 * Middle of the range of the last `period` bars: (largest high + smallest low) / 2.
 *
 * high, low  prices, oldest first; NaN as for `midpoint`
 * period     bars, 2 to 100,000 (14); the first value stands at index `period` − 1
 *
 * Throws as `midpoint`, `ShapeError` for series of different lengths. O(n) whatever the data and the period. Equal to
 * TA-Lib MIDPRICE, exactly.
 */
export const midprice: Indicator<[high: Vec, low: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'midprice',
  title: 'Middle of the range of a window',
  inputs: ['high', 'low'],
  outputs: ['midprice'],
  parameters: [period('period', 14)],
  scale: 'price',
  lookback: ([p]) => p! - 1,
  scratch: ([p]) => windowMiddleScratch(p!),
  compute: ([high, low], [p], scratch, [out]) => windowMiddle(high!, low!, p!, scratch, out!),
});
