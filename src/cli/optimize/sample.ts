/** The returns that the command learns from. */
import { ConfigError, InsufficientDataError } from '../../errors.js';
import type { PricePanel } from '../../series/price-panel.js';
import { type ReturnWindow, returnWindow } from '../../targets/return-window.js';
import type { Settings } from '../settings.js';

/** Fewest returns that have a variance. */
const RETURNS_MIN = 2;

/** The last `lookback` returns of the panel, or all, and the days of the first and the last price. */
export function sampleOf(
  panel: PricePanel,
  lookback: number | undefined,
  settings: Settings,
): { window: ReturnWindow; from: number; to: number } {
  const { close, dates, symbols } = panel;
  if (lookback !== undefined && lookback < RETURNS_MIN) {
    const label = settings.label('lookback');
    throw new ConfigError(
      label,
      lookback,
      `at least ${RETURNS_MIN} returns`,
      `write for example ${label} 252`,
    );
  }
  const wanted = Math.max(RETURNS_MIN, lookback ?? close.rows - 1);
  const first = close.rows - 1 - wanted;
  if (first < 0) {
    const label = lookback === undefined ? 'PRICES' : settings.label('lookback');
    const fix =
      lookback !== undefined && lookback > RETURNS_MIN
        ? 'give more prices, or look back over fewer returns'
        : 'give more prices';
    const constraint = `${wanted + 1} dates for ${wanted} returns`;
    const detail = { field: label, value: lookback ?? close.rows, constraint, fix };
    throw new InsufficientDataError(
      `needs ${constraint}, but there are ${close.rows}. Fix: ${fix}`,
      {},
      detail,
    );
  }
  const rows = wanted + 1;
  const closes = { data: close.data.slice(first * close.cols), rows, cols: close.cols };
  return { window: returnWindow(closes, symbols), from: dates[first]!, to: dates[close.rows - 1]! };
}
