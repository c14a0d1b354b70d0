/** Channels and lines drawn from the range of the last bars. TA-Lib has none of them; each says what it follows. */
import {
  donchian as donchianKernel,
  donchianLookback,
  donchianScratch,
} from '../../kernels/indicators/donchian.js';
import {
  ichimoku as ichimokuKernel,
  ichimokuLookback,
  ichimokuScratch,
} from '../../kernels/indicators/ichimoku.js';
import { keltner as keltnerKernel, keltnerLookback } from '../../kernels/indicators/keltner.js';
import type { Vec } from '../check.js';
import { defineIndicator, factor, period } from './define.js';
import type { Indicator } from './indicator.js';

/**
 * Channel of Donchian: largest high and smallest low of the last `period` bars, this one included, and their middle.
 *
 * high, low  prices, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period     bars, 1 to 100,000 (20); the first values stand at index `period` − 1
 *
 * Gives {upper, middle, lower}. For a break-out compare the close with the channel of the bar before: no close is
 * outside its own.
 * Throws `ValidationError` for a bad period, `ShapeError` for series of different lengths, `NonFiniteError` for an
 * infinity. O(n) whatever the data and the period. Convention of TradingView; bands as TA-Lib MAX and MIN.
 */
export const donchian: Indicator<[high: Vec, low: Vec], [period: number], 'upper' | 'middle' | 'lower'> =
  /* @__PURE__ */ defineIndicator({
    name: 'donchian',
    title: 'Donchian channel',
    inputs: ['high', 'low'],
    outputs: ['upper', 'middle', 'lower'],
    parameters: [period('period', 20, 1)],
    scale: 'price',
    lookback: ([p]) => donchianLookback(p!),
    scratch: ([p]) => donchianScratch(p!),
    compute: ([high, low], [p], scratch, [upper, middle, lower]) =>
      donchianKernel(high!, low!, p!, scratch, upper!, middle!, lower!),
  });

/**
 * Channel of Keltner: exponential average of the close, and `multiplier` average true ranges above and below it.
 *
 * high, low, close  prices, oldest first; NaN as for `donchian`
 * period      bars of the average, 1 to 100,000 (20)
 * multiplier  average true ranges from the middle to a band, 0 or more (2)
 * atrPeriod   bars of the average true range, 1 to 100,000 (10)
 *
 * Gives {upper, middle, lower}, all from index max(period − 1, atrPeriod). The middle is `ema`, the range `atr`, both
 * with the first values of TA-Lib.
 * Throws as `donchian`. O(n). Convention of StockCharts and TradingView (Linda Raschke's form, not the one of
 * Chester Keltner, which averages typical prices and plain ranges over 10 bars).
 */
export const keltner: Indicator<
  [high: Vec, low: Vec, close: Vec],
  [period: number, multiplier: number, atrPeriod: number],
  'upper' | 'middle' | 'lower'
> = /* @__PURE__ */ defineIndicator({
  name: 'keltner',
  title: 'Keltner channel',
  inputs: ['high', 'low', 'close'],
  outputs: ['upper', 'middle', 'lower'],
  parameters: [period('period', 20, 1), factor('multiplier', 2, 0), period('atrPeriod', 10, 1)],
  scale: 'price',
  lookback: ([p, , atrPeriod]) => keltnerLookback(p!, atrPeriod!),
  compute: ([high, low, close], [p, multiplier, atrPeriod], _, [upper, middle, lower]) =>
    keltnerKernel(high!, low!, close!, p!, multiplier!, atrPeriod!, upper!, middle!, lower!),
});

/**
 * Lines of Ichimoku. The middle of p bars is (largest high + smallest low) / 2.
 *
 * high, low         prices, oldest first; NaN as for `donchian`
 * conversionPeriod  bars of the conversion line, tenkan-sen, 1 to 100,000 (9)
 * basePeriod        bars of the base line, kijun-sen, 1 to 100,000 (26)
 * spanPeriod        bars of the second leading span, senkou span B, 1 to 100,000 (52)
 * displacement      bars by which both spans are drawn ahead, 0 to 100,000 (26)
 *
 * Gives {conversion, base, spanA, spanB}, each as long as the prices: spanA is the mean of conversion and base
 * `displacement` bars ago, spanB the middle of `spanPeriod` bars then. So the cloud at a bar is the one drawn there,
 * and no value knows a later price. The cloud ahead of the last bar comes with a displacement of 0. The lagging span,
 * chikou, is the close drawn `displacement` bars back: compare the close with that of `displacement` bars ago.
 * Each line begins when its own window is full; `lookback` is that of the first. A chart that counts the bar itself,
 * as TradingView's, shows the displacement 26 as 25.
 * Throws as `donchian`. O(n) whatever the data and the periods.
 */
export const ichimoku: Indicator<
  [high: Vec, low: Vec],
  [conversionPeriod: number, basePeriod: number, spanPeriod: number, displacement: number],
  'conversion' | 'base' | 'spanA' | 'spanB'
> = /* @__PURE__ */ defineIndicator({
  name: 'ichimoku',
  title: 'Ichimoku cloud',
  inputs: ['high', 'low'],
  outputs: ['conversion', 'base', 'spanA', 'spanB'],
  parameters: [
    period('conversionPeriod', 9, 1),
    period('basePeriod', 26, 1),
    period('spanPeriod', 52, 1),
    period('displacement', 26, 0),
  ],
  scale: 'price',
  lookback: ([c, b, s, d]) => ichimokuLookback(c!, b!, s!, d!),
  scratch: ([c, b, s]) => ichimokuScratch(c!, b!, s!),
  compute: ([high, low], [c, b, s, d], scratch, [conversion, base, spanA, spanB]) =>
    ichimokuKernel(high!, low!, c!, b!, s!, d!, scratch, conversion!, base!, spanA!, spanB!),
});
