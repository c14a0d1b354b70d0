/** Prices of several symbols over the same dates: what every reader produces and every backtest takes. */
import type { Mat } from '../check.js';

/** Prices of `symbols` on `dates`. Every matrix is dates × symbols, integer ticks, NaN where a price is missing. */
export interface PricePanel {
  /** Days since 1970-01-01 (UTC calendar days), strictly increasing. */
  readonly dates: Int32Array;
  readonly symbols: readonly string[];
  /** Ticks per currency unit: 100 means cents. A power of ten from 1 to 1,000,000. */
  readonly priceScale: number;
  readonly close: Mat;
  readonly open?: Mat;
  readonly high?: Mat;
  readonly low?: Mat;
}
