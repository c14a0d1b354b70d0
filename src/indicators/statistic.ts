/** Statistics of a window of values. Formulas, first values and edge cases as TA-Lib, unless their text says otherwise. */
import { beta as betaKernel, betaLookback, betaScratch } from '../../kernels/indicators/beta.js';
import { correl as correlKernel, correlLookback, correlScratch } from '../../kernels/indicators/correl.js';
import {
  linearRegAngle as angleKernel,
  linearReg as heightKernel,
  linearRegLookback,
  linearRegScratch,
  linearRegSlope as slopeKernel,
} from '../../kernels/indicators/linear-reg.js';
import {
  stddev as stddevKernel,
  varianceLookback,
  varianceScratch,
  variance as varianceKernel,
} from '../../kernels/indicators/variance.js';
import type { Vec } from '../check.js';
import { defineIndicator, factor, period } from './define.js';
import type { Indicator } from './indicator.js';

/**
 * Population variance (divisor `period`) of the last `period` values.
 *
 * values  numbers, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (5); the first value stands at index `period` − 1
 *
 * Never negative, exactly 0 where the window is constant. Throws `ValidationError` for a bad period, `NonFiniteError`
 * for an infinity. O(n). Equal to TA-Lib VAR, whose second parameter has no effect and is left out.
 */
export const variance: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'variance',
  title: 'Variance',
  inputs: ['values'],
  outputs: ['variance'],
  parameters: [period('period', 5, 1)],
  scale: 'own',
  lookback: ([p]) => varianceLookback(p!),
  scratch: ([p]) => varianceScratch(p!),
  compute: ([values], [p], scratch, [out]) => varianceKernel(values!, p!, scratch, out!),
});

/**
 * Population standard deviation (divisor `period`) of the last `period` values, times a factor.
 *
 * values      numbers, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period      bars, 2 to 100,000 (5); the first value stands at index `period` − 1
 * deviations  factor (1)
 *
 * Throws `ValidationError` for a bad parameter, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib STDDEV.
 */
export const stddev: Indicator<[values: Vec], [period: number, deviations: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'stddev',
    title: 'Standard deviation',
    inputs: ['values'],
    outputs: ['stddev'],
    parameters: [period('period', 5), factor('deviations', 1)],
    scale: 'own',
    lookback: ([p]) => varianceLookback(p!),
    scratch: ([p]) => varianceScratch(p!),
    compute: ([values], [p, deviations], scratch, [out]) =>
      stddevKernel(values!, p!, deviations!, scratch, out!),
  });

/**
 * Pearson's correlation of the last `period` values of two series.
 *
 * values  numbers, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * other   as many numbers, of the same bars
 * period  bars, 1 to 100,000 (30); the first value stands at index `period` − 1
 *
 * −1 to 1; 0 where one of the two has not moved. Throws `ValidationError` for a bad period, `ShapeError` for unequal
 * lengths, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib CORREL. For one number with its p-value see
 * `pearson`.
 */
export const correl: Indicator<[values: Vec, other: Vec], [period: number]> = /* @__PURE__ */ defineIndicator(
  {
    name: 'correl',
    title: 'Correlation',
    inputs: ['values', 'other'],
    outputs: ['correl'],
    parameters: [period('period', 30, 1)],
    scale: 'own',
    lookback: ([p]) => correlLookback(p!),
    scratch: ([p]) => correlScratch(p!),
    compute: ([values, other], [p], scratch, [out]) => correlKernel(values!, other!, p!, scratch, out!),
  },
);

/**
 * Beta of one series of prices against another: slope of the returns of `other` on the returns of `values`.
 *
 * values  prices of the market, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * other   as many prices of the stock, of the same bars
 * period  returns, 1 to 100,000 (5); the first value stands at index `period`
 *
 * The order of the two is TA-Lib's. 0 where the market's returns are all the same; the return after a price of 0 counts
 * as 0. Throws `ValidationError` for a bad period, `ShapeError` for unequal lengths, `NonFiniteError` for an infinity.
 * O(n). Equal to TA-Lib BETA, which keeps fewer digits where the market's returns are close to each other.
 */
export const beta: Indicator<[values: Vec, other: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'beta',
  title: 'Beta',
  inputs: ['values', 'other'],
  outputs: ['beta'],
  parameters: [period('period', 5, 1)],
  scale: 'own',
  lookback: ([p]) => betaLookback(p!),
  scratch: ([p]) => betaScratch(p!),
  compute: ([values, other], [p], scratch, [out]) => betaKernel(values!, other!, p!, scratch, out!),
});

/**
 * Height at the newest bar of the line of least squares through the last `period` values.
 *
 * values  numbers, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 2 to 100,000 (14); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib LINEARREG.
 */
export const linearReg: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'linearReg',
  title: 'Linear regression',
  inputs: ['values'],
  outputs: ['linearReg'],
  parameters: [period('period', 14)],
  scale: 'price',
  lookback: ([p]) => linearRegLookback(p!),
  scratch: ([p]) => linearRegScratch(p!),
  compute: ([values], [p], scratch, [out]) => heightKernel(values!, p!, p! - 1, scratch, out!),
});

/**
 * Height at the oldest bar of the window of the line of least squares through the last `period` values.
 *
 * values  numbers, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 2 to 100,000 (14); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib LINEARREG_INTERCEPT.
 */
export const linearRegIntercept: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator(
  {
    name: 'linearRegIntercept',
    title: 'Linear regression intercept',
    inputs: ['values'],
    outputs: ['linearRegIntercept'],
    parameters: [period('period', 14)],
    scale: 'price',
    lookback: ([p]) => linearRegLookback(p!),
    scratch: ([p]) => linearRegScratch(p!),
    compute: ([values], [p], scratch, [out]) => heightKernel(values!, p!, 0, scratch, out!),
  },
);

/**
 * Time series forecast: height one bar ahead of the line of least squares through the last `period` values.
 *
 * values  numbers, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 2 to 100,000 (14); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib TSF.
 */
export const tsf: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'tsf',
  title: 'Time series forecast',
  inputs: ['values'],
  outputs: ['tsf'],
  parameters: [period('period', 14)],
  scale: 'price',
  lookback: ([p]) => linearRegLookback(p!),
  scratch: ([p]) => linearRegScratch(p!),
  compute: ([values], [p], scratch, [out]) => heightKernel(values!, p!, p!, scratch, out!),
});

/**
 * Slope per bar of the line of least squares through the last `period` values.
 *
 * values  numbers, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 2 to 100,000 (14); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib LINEARREG_SLOPE.
 */
export const linearRegSlope: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'linearRegSlope',
  title: 'Linear regression slope',
  inputs: ['values'],
  outputs: ['linearRegSlope'],
  parameters: [period('period', 14)],
  scale: 'own',
  lookback: ([p]) => linearRegLookback(p!),
  scratch: ([p]) => linearRegScratch(p!),
  compute: ([values], [p], scratch, [out]) => slopeKernel(values!, p!, scratch, out!),
});

/**
 * Slope per bar of the line of least squares through the last `period` values, as an angle in degrees.
 *
 * values  numbers, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 2 to 100,000 (14); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib LINEARREG_ANGLE.
 */
export const linearRegAngle: Indicator<[values: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'linearRegAngle',
  title: 'Linear regression angle',
  inputs: ['values'],
  outputs: ['linearRegAngle'],
  parameters: [period('period', 14)],
  scale: 'own',
  lookback: ([p]) => linearRegLookback(p!),
  scratch: ([p]) => linearRegScratch(p!),
  compute: ([values], [p], scratch, [out]) => angleKernel(values!, p!, scratch, out!),
});
