/** Indicators of the pace of one series. Formulas, first values and edge cases as TA-Lib, unless their text says otherwise. */
import { cmo as cmoKernel, cmoLookback } from '../../kernels/indicators/cmo.js';
import {
  mom as momKernel,
  rateOfChange,
  rateOfChangeLookback,
} from '../../kernels/indicators/rate-of-change.js';
import { rsi as rsiKernel, rsiLookback } from '../../kernels/indicators/rsi.js';
import type { Vec } from '../check.js';
import { defineIndicator, period } from './define.js';
import type { Indicator, IndicatorRow } from './indicator.js';

/**
 * Relative strength index of Wilder, 0 to 100; 0 where nothing has moved.
 *
 * close   prices, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars of the averages, 2 to 100,000 (14); the first value stands at index `period`
 *
 * Exactly 100 where prices only rise, exactly 0 where they only fall.
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib RSI.
 */
export const rsi: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'rsi',
  title: 'Relative strength index',
  inputs: ['close'],
  outputs: ['rsi'],
  parameters: [period('period', 14)],
  scale: 'own',
  remembers: true,
  lookback: ([p]) => rsiLookback(p!),
  compute: ([close], [p], _, [out]) => rsiKernel(close!, p!, out!),
});

/**
 * Chande momentum oscillator, −100 to 100: (rises − falls) / (rises + falls), both as Wilder's averages; 0 where
 * nothing has moved.
 *
 * close   prices, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars of the averages, 2 to 100,000 (14); the first value stands at index `period`
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib CMO.
 */
export const cmo: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'cmo',
  title: 'Chande momentum oscillator',
  inputs: ['close'],
  outputs: ['cmo'],
  parameters: [period('period', 14)],
  scale: 'own',
  remembers: true,
  lookback: ([p]) => cmoLookback(p!),
  compute: ([close], [p], _, [out]) => cmoKernel(close!, p!, out!),
});

/**
 * Momentum: price − the price `period` bars before.
 *
 * close   prices, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (10); the first value stands at index `period`
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib MOM.
 */
export const mom: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'mom',
  title: 'Momentum',
  inputs: ['close'],
  outputs: ['mom'],
  parameters: [period('period', 10, 1)],
  scale: 'own',
  lookback: ([p]) => rateOfChangeLookback(p!),
  compute: ([close], [p], _, [out]) => momKernel(close!, p!, out!),
});

/**
 * Rate of change in percent: 100 × (price / the price `period` bars before − 1); 0 where that one is 0.
 *
 * close   prices, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars, 1 to 100,000 (10); the first value stands at index `period`
 *
 * Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib ROC.
 */
export const roc: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator(
  rateRow('roc', 'Rate of change in percent', 1, 100),
);

/**
 * Rate of change: price / the price `period` bars before − 1; 0 where that one is 0.
 *
 * close, period  as for `roc`
 *
 * Throws as `roc`. O(n). Equal to TA-Lib ROCP.
 */
export const rocp: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator(
  rateRow('rocp', 'Rate of change', 1, 1),
);

/**
 * Rate of change as a ratio: price / the price `period` bars before; 0 where that one is 0.
 *
 * close, period  as for `roc`
 *
 * Throws as `roc`. O(n). Equal to TA-Lib ROCR.
 */
export const rocr: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator(
  rateRow('rocr', 'Rate of change as a ratio', 0, 1),
);

/**
 * Rate of change as a ratio in percent: 100 × price / the price `period` bars before; 0 where that one is 0.
 *
 * close, period  as for `roc`
 *
 * Throws as `roc`. O(n). Equal to TA-Lib ROCR100.
 */
export const rocr100: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator(
  rateRow('rocr100', 'Rate of change as a ratio in percent', 0, 100),
);

function rateRow(name: string, title: string, base: number, scale: number): IndicatorRow {
  return {
    name,
    title,
    inputs: ['close'],
    outputs: [name],
    parameters: [period('period', 10, 1)],
    scale: 'own',
    lookback: ([p]) => rateOfChangeLookback(p!),
    compute: ([close], [p], _, [out]) => rateOfChange(close!, p!, base, scale, out!),
  };
}
