/** Prices of several symbols over the same dates: what every reader produces and every backtest takes. */
import type { Mat } from '../check.js';
import { ResourceLimitError } from '../errors.js';

/** Prices of `symbols` on `dates`. Every matrix of prices is dates × symbols, integer ticks, NaN where one is missing. */
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
  /** Units traded, as doubles, NaN where unknown; read where it is asked for. */
  readonly volume?: Mat;
}

/** The close and, where there are any, the other columns of a panel, each changed in the same way. */
export function mapPrices(panel: PricePanel, change: (mat: Mat) => Mat): Pick<PricePanel, PriceMats> {
  const { close, open, high, low, volume } = panel;
  return {
    close: change(close),
    ...(open === undefined ? {} : { open: change(open) }),
    ...(high === undefined ? {} : { high: change(high) }),
    ...(low === undefined ? {} : { low: change(low) }),
    ...(volume === undefined ? {} : { volume: change(volume) }),
  };
}

type PriceMats = 'close' | 'open' | 'high' | 'low' | 'volume';

/** Most prices of one field: 2 GB. */
const CELLS_MAX = 250_000_000;

/** Throws `ResourceLimitError` where a panel would be too large to hold, before its memory is asked for. */
export function checkPanelSize(dates: number, symbols: number): void {
  const cells = dates * symbols;
  if (cells <= CELLS_MAX) return;
  const fix = 'read fewer symbols or dates (--symbols, --from, --to)';
  const detail = { field: 'prices', value: cells, constraint: `at most ${CELLS_MAX} prices`, fix };
  throw new ResourceLimitError(
    `prices must be at most ${CELLS_MAX} (dates × symbols), was ${dates} × ${symbols}. Fix: ${fix}`,
    { detail },
  );
}
