/** Indicators of the place of the price in its range. Formulas and edge cases as TA-Lib, unless their text says otherwise. */
import {
  aroon as aroonKernel,
  aroonLookback,
  aroonOsc as aroonOscKernel,
  aroonOscScratch,
  aroonScratch,
} from '../../kernels/indicators/aroon.js';
import { balanceLookback, bop as bopKernel } from '../../kernels/indicators/balance.js';
import { cci as cciKernel, cciLookback, cciScratch } from '../../kernels/indicators/cci.js';
import {
  stochasticLookback,
  stochasticScratch,
  willr as willrKernel,
} from '../../kernels/indicators/stochastic.js';
import { ultosc as ultoscKernel, ultoscLookback, ultoscScratch } from '../../kernels/indicators/ultosc.js';
import type { Vec } from '../check.js';
import { defineIndicator, period } from './define.js';
import type { Indicator } from './indicator.js';

/**
 * Commodity channel index: distance of the typical price from its mean in units of 0.015 mean absolute deviations; 0
 * where all typical prices of the window are equal.
 *
 * high, low, close  prices, oldest first, of one length; leading NaN are passed over, everything from a NaN inside
 *                   onwards is NaN. The typical price is their mean
 * period            bars, 2 to 100,000 (14); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `ShapeError` for lengths that differ, `NonFiniteError` for an infinity.
 * O(n × period), as its definition. Equal to TA-Lib CCI.
 */
export const cci: Indicator<[high: Vec, low: Vec, close: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'cci',
    title: 'Commodity channel index',
    inputs: ['high', 'low', 'close'],
    outputs: ['cci'],
    parameters: [period('period', 14)],
    scale: 'own',
    lookback: ([p]) => cciLookback(p!),
    scratch: ([p]) => cciScratch(p!),
    compute: ([high, low, close], [p], scratch, [out]) => cciKernel(high!, low!, close!, p!, scratch, out!),
  });

/**
 * Percent range of Williams, −100 to 0: how far the close lies below the highest high of the window; 0 where the
 * window has no range.
 *
 * high, low, close  prices, oldest first, of one length; leading NaN are passed over, everything from a NaN inside
 *                   onwards is NaN
 * period            bars, 2 to 100,000 (14); the first value stands at index `period` − 1
 *
 * Throws `ValidationError` for a bad period, `ShapeError` for lengths that differ, `NonFiniteError` for an infinity.
 * O(n) whatever the data. Equal to TA-Lib WILLR.
 */
export const willr: Indicator<[high: Vec, low: Vec, close: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'willr',
    title: 'Williams percent range',
    inputs: ['high', 'low', 'close'],
    outputs: ['willr'],
    parameters: [period('period', 14)],
    scale: 'own',
    lookback: ([p]) => stochasticLookback(p!),
    scratch: ([p]) => stochasticScratch(p!),
    compute: ([high, low, close], [p], scratch, [out]) => willrKernel(high!, low!, close!, p!, scratch, out!),
  });

/**
 * Ultimate oscillator, 0 to 100: buying pressure over true range, over three windows with weights 4, 2 and 1.
 *
 * high, low, close           prices, oldest first, of one length; leading NaN are passed over, everything from a NaN
 *                            inside onwards is NaN
 * period1, period2, period3  bars of the windows, 1 to 100,000 (7, 14, 28); the shortest has the largest weight, in
 *                            whatever order they come. The first value stands at the index of the longest
 *
 * A window without range counts as 0. Throws `ValidationError` for a bad period, `ShapeError` for lengths that differ,
 * `NonFiniteError` for an infinity. O(n). Equal to TA-Lib ULTOSC.
 */
export const ultosc: Indicator<
  [high: Vec, low: Vec, close: Vec],
  [period1: number, period2: number, period3: number]
> = /* @__PURE__ */ defineIndicator({
  name: 'ultosc',
  title: 'Ultimate oscillator',
  inputs: ['high', 'low', 'close'],
  outputs: ['ultosc'],
  parameters: [period('period1', 7, 1), period('period2', 14, 1), period('period3', 28, 1)],
  scale: 'own',
  lookback: ([p1, p2, p3]) => ultoscLookback(p1!, p2!, p3!),
  scratch: ([p1, p2, p3]) => ultoscScratch(p1!, p2!, p3!),
  compute: ([high, low, close], [p1, p2, p3], scratch, [out]) =>
    ultoscKernel(high!, low!, close!, p1!, p2!, p3!, scratch, out!),
});

/**
 * Aroon lines, 0 to 100: how lately the lowest low (`down`) and the highest high (`up`) of the last period + 1 bars
 * came, 100 for the bar itself; of equal ones the latest counts.
 *
 * high, low  prices, oldest first, of one length; leading NaN are passed over, everything from a NaN inside onwards is
 *            NaN
 * period     bars, 2 to 100,000 (14); the first values stand at index `period`
 *
 * Throws `ValidationError` for a bad period, `ShapeError` for lengths that differ, `NonFiniteError` for an infinity.
 * O(n) whatever the data. Equal to TA-Lib AROON.
 */
export const aroon: Indicator<[high: Vec, low: Vec], [period: number], 'down' | 'up'> =
  /* @__PURE__ */ defineIndicator({
    name: 'aroon',
    title: 'Aroon',
    inputs: ['high', 'low'],
    outputs: ['down', 'up'],
    parameters: [period('period', 14)],
    scale: 'own',
    lookback: ([p]) => aroonLookback(p!),
    scratch: ([p]) => aroonScratch(p!),
    compute: ([high, low], [p], scratch, [down, up]) => aroonKernel(high!, low!, p!, scratch, down!, up!),
  });

/**
 * Aroon oscillator, −100 to 100: the upper less the lower line of `aroon`.
 *
 * high, low, period  as for `aroon`
 *
 * Throws as `aroon`. O(n) whatever the data. Equal to TA-Lib AROONOSC.
 */
export const aroonOsc: Indicator<[high: Vec, low: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'aroonOsc',
  title: 'Aroon oscillator',
  inputs: ['high', 'low'],
  outputs: ['aroonOsc'],
  parameters: [period('period', 14)],
  scale: 'own',
  lookback: ([p]) => aroonLookback(p!),
  scratch: ([p]) => aroonOscScratch(p!),
  compute: ([high, low], [p], scratch, [out]) => aroonOscKernel(high!, low!, p!, scratch, out!),
});

/**
 * Balance of power, −1 to 1: (close − open) / (high − low); 0 where high is not above low.
 *
 * open, high, low, close  prices, oldest first, of one length; leading NaN are passed over, everything from a NaN
 *                         inside onwards is NaN
 *
 * Throws `ShapeError` for lengths that differ, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib BOP.
 */
export const bop: Indicator<[open: Vec, high: Vec, low: Vec, close: Vec], []> =
  /* @__PURE__ */ defineIndicator({
    name: 'bop',
    title: 'Balance of power',
    inputs: ['open', 'high', 'low', 'close'],
    outputs: ['bop'],
    parameters: [],
    scale: 'own',
    lookback: balanceLookback,
    compute: ([open, high, low, close], _, __, [out]) => bopKernel(open!, high!, low!, close!, out!),
  });
