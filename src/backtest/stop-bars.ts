/** The prices that stops look at: bars in order, or closes alone. */
import { firstDoubtfulBar } from '../../kernels/portfolio/stop-touch.js';
import type { Mat } from '../check.js';
import { priceLimit } from '../portfolio/rules.js';
import { missingPrice } from './missing-price.js';
import { placeOf, refuseBadPrices } from './price-check.js';
import type { ResolvedBacktestOptions } from './types.js';

/** From 2^52 on the kernel cannot tell whole numbers from others; the slow path can. */
const BIG = 4503599627370496;

/** Panels in ticks, NaN where a price is missing. */
export interface BarPanels {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** What levels are checked against, and what the ATR reads. Of a complete bar, the low is the smallest price and the high the largest. */
export interface StopBars extends BarPanels {
  readonly close: Float64Array;
  /** Whether levels are checked against bars; otherwise open, high and low are the closes. */
  readonly ranged: boolean;
  /** Whether a bar that levels are checked against misses a price. */
  readonly gaps: boolean;
  /** The bars whose true ranges the ATR averages; the closes where there are no bars. */
  readonly range: BarPanels;
  /** Whether `range` holds bars. */
  readonly wilder: boolean;
}

/** Panels as they were given. */
export interface PricePanels {
  readonly close: Mat;
  readonly open?: Mat;
  readonly high?: Mat;
  readonly low?: Mat;
}

/**
 * The bars for stops, or null without stops. Sources disagree whether open and close must lie between low and high: where
 * they do not, copies of the low and high panels are widened. Throws `PriceError` for a cell that is no price.
 */
export function stopBars(
  panels: PricePanels,
  symbols: readonly string[],
  dates: Int32Array | null,
  config: ResolvedBacktestOptions,
): StopBars | null {
  if (config.stops === undefined) return null;
  const close = panels.close.data;
  const closes = { open: close, high: close, low: close };
  const ranged = config.stops.intrabar === 'worst';
  if (panels.open === undefined || !(ranged || config.stops.atrMultiple !== null)) {
    return { ...closes, close, ranged: false, gaps: false, range: closes, wilder: false };
  }
  const { bars, gaps } = inOrder(panels, symbols, dates, config);
  return ranged
    ? { ...bars, close, ranged, gaps, range: bars, wilder: true }
    : { ...closes, close, ranged, gaps: false, range: bars, wilder: true };
}

/** The bars with low and high as the smallest and the largest of the four prices, and whether any is missing. */
function inOrder(
  panels: PricePanels,
  symbols: readonly string[],
  dates: Int32Array | null,
  config: ResolvedBacktestOptions,
): { bars: BarPanels; gaps: boolean } {
  const close = panels.close.data;
  const open = panels.open!.data;
  let high = panels.high!.data;
  let low = panels.low!.data;
  let gaps = false;
  const limit = priceLimit(config);
  const sure = Math.min(limit, BIG - 1);
  const place = (cell: number): string => placeOf(cell, symbols, dates);
  const first = firstDoubtfulBar(0, open, high, low, close, sure);
  for (let cell = first; cell < close.length;) {
    for (const data of [open, high, low, close]) {
      if (refuseBadPrices(data, cell, cell + 1, place, config) > 0) gaps = true;
    }
    const [o, h, l, c] = [open[cell]!, high[cell]!, low[cell]!, close[cell]!];
    if (l > Math.min(o, h, c) || h < Math.max(o, l, c)) {
      if (high === panels.high!.data) {
        high = high.slice();
        low = low.slice();
      }
      low[cell] = Math.min(o, h, l, c);
      high[cell] = Math.max(o, h, l, c);
    }
    cell = firstDoubtfulBar(cell + 1, open, high, low, close, sure);
  }
  return { bars: { open, high, low }, gaps };
}

/** Throws `PriceError` for the first of the positions whose bar `t` misses one of its four prices. */
export function refuseIncomplete(
  prices: { readonly symbols: readonly string[]; readonly dates: Int32Array | null },
  { open, high, low, close }: StopBars,
  t: number,
  quantity: Float64Array,
): void {
  for (let i = 0; i < quantity.length; i++) {
    const cell = t * quantity.length + i;
    if (quantity[i] === 0 || !Number.isNaN(open[cell]! + high[cell]! + low[cell]! + close[cell]!)) continue;
    throw missingPrice(prices, t, i, 'is held, and its stops look at the whole bar');
  }
}
