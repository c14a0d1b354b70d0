/** One price for a bar, and the average price of what was traded. */
import { heikinAshi as heikinAshiKernel } from '../../kernels/indicators/heikin-ashi.js';
import {
  avgPrice as avgKernel,
  medPrice as medKernel,
  typPrice as typKernel,
  wclPrice as wclKernel,
} from '../../kernels/indicators/price-transforms.js';
import { vwap as vwapKernel, vwapLookback, vwapScratch } from '../../kernels/indicators/vwap.js';
import type { Vec } from '../check.js';
import { defineIndicator, period } from './define.js';
import type { Indicator } from './indicator.js';

/**
 * Mean of the four prices of a bar.
 *
 * open, high, low, close  prices, oldest first; leading NaN are passed over, everything from a NaN inside onwards is
 *                         NaN
 *
 * Throws `ShapeError` for series of different lengths, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib
 * AVGPRICE.
 */
export const avgPrice: Indicator<[open: Vec, high: Vec, low: Vec, close: Vec], []> =
  /* @__PURE__ */ defineIndicator({
    name: 'avgPrice',
    title: 'Average price',
    inputs: ['open', 'high', 'low', 'close'],
    outputs: ['avgPrice'],
    parameters: [],
    scale: 'price',
    lookback: () => 0,
    compute: ([open, high, low, close], _, __, [out]) => avgKernel(open!, high!, low!, close!, out!),
  });

/** Middle of a bar: (high + low) / 2; all else as `avgPrice`. Equal to TA-Lib MEDPRICE. */
export const medPrice: Indicator<[high: Vec, low: Vec], []> = /* @__PURE__ */ defineIndicator({
  name: 'medPrice',
  title: 'Median price',
  inputs: ['high', 'low'],
  outputs: ['medPrice'],
  parameters: [],
  scale: 'price',
  lookback: () => 0,
  compute: ([high, low], _, __, [out]) => medKernel(high!, low!, out!),
});

/** Typical price: (high + low + close) / 3; all else as `avgPrice`. Equal to TA-Lib TYPPRICE. */
export const typPrice: Indicator<[high: Vec, low: Vec, close: Vec], []> = /* @__PURE__ */ defineIndicator({
  name: 'typPrice',
  title: 'Typical price',
  inputs: ['high', 'low', 'close'],
  outputs: ['typPrice'],
  parameters: [],
  scale: 'price',
  lookback: () => 0,
  compute: ([high, low, close], _, __, [out]) => typKernel(high!, low!, close!, out!),
});

/** Price with the close twice: (high + low + 2 × close) / 4; all else as `avgPrice`. Equal to TA-Lib WCLPRICE. */
export const wclPrice: Indicator<[high: Vec, low: Vec, close: Vec], []> = /* @__PURE__ */ defineIndicator({
  name: 'wclPrice',
  title: 'Weighted close price',
  inputs: ['high', 'low', 'close'],
  outputs: ['wclPrice'],
  parameters: [],
  scale: 'price',
  lookback: () => 0,
  compute: ([high, low, close], _, __, [out]) => wclKernel(high!, low!, close!, out!),
});

/**
 * Average price weighted by volume: sum of typical price × volume / sum of volume.
 *
 * high, low, close  prices, oldest first; NaN as for `avgPrice`
 * volume            shares traded, 0 or more
 * period            bars of the sums, 1 to 100,000; 0: all bars since the first (0)
 *
 * NaN where nothing has been traded. For a figure that starts anew each day, call it for each day by itself.
 * Throws `ValidationError` for a bad period, `ShapeError` for series of different lengths, `NonFiniteError` for an
 * infinity. O(n). The error does not grow with the length: sums over all bars carry what rounding took, sums over a
 * window never have anything taken out.
 */
export const vwap: Indicator<[high: Vec, low: Vec, close: Vec, volume: Vec], [period: number]> =
  /* @__PURE__ */ defineIndicator({
    name: 'vwap',
    title: 'Volume-weighted average price',
    inputs: ['high', 'low', 'close', 'volume'],
    outputs: ['vwap'],
    parameters: [period('period', 0, 0)],
    scale: 'price',
    lookback: ([p]) => vwapLookback(p!),
    scratch: ([p]) => vwapScratch(p!),
    compute: ([high, low, close, volume], [p], scratch, [out]) =>
      vwapKernel(high!, low!, close!, volume!, p!, scratch, out!),
  });

/**
 * Candles of Heikin-Ashi, which smooth those of the market.
 *
 * open, high, low, close  prices, oldest first; NaN as for `avgPrice`
 *
 * Gives {open, high, low, close}: close is the mean of the bar's four prices; open the middle of the candle before, at
 * first of the bar's own open and close; high and low reach from the bar's out to both. They are no prices at which
 * anything was traded. Throws as `avgPrice`. O(n).
 */
export const heikinAshi: Indicator<
  [open: Vec, high: Vec, low: Vec, close: Vec],
  [],
  'open' | 'high' | 'low' | 'close'
> = /* @__PURE__ */ defineIndicator({
  name: 'heikinAshi',
  title: 'Heikin-Ashi candles',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['open', 'high', 'low', 'close'],
  parameters: [],
  scale: 'price',
  lookback: () => 0,
  compute: ([open, high, low, close], _, __, [outOpen, outHigh, outLow, outClose]) =>
    heikinAshiKernel(open!, high!, low!, close!, outOpen!, outHigh!, outLow!, outClose!),
});
