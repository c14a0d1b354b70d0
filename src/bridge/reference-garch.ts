/** `garchForecast` by the slow twin. */
import type { Vec } from '../check.js';
import { UnsupportedFeatureError } from '../errors.js';
import { referenceGarch } from '../reference/garch.js';
import { version } from '../version.js';
import { failedFit } from '../volatility/garch-fit.js';
import { readGarchOptions, readReturns } from '../volatility/garch-options.js';
import type { GarchMean } from '../volatility/garch-types.js';
import type { GarchForecastOptions } from './types.js';

/** What the twin does not know, and the one value it takes. */
const PLAIN = { model: 'garch', o: 0, dist: 'normal', varianceTargeting: false } as const;

/**
 * As `garchForecast`, by a search without derivatives: some forty times slower, the same forecast within about 1e-6 of
 * itself. Throws `UnsupportedFeatureError` for EGARCH, asymmetric terms, other laws than the normal and variance
 * targeting; else as `garchForecast`. `maxIter` and `tol` are those of the other search and have no effect.
 */
export function referenceGarchForecast(
  returns: Vec,
  p: number,
  q: number,
  mean: GarchMean,
  options: GarchForecastOptions,
): number {
  const plan = readGarchOptions({ ...options, p, q, mean });
  for (const [key, plain] of Object.entries(PLAIN)) {
    const value = plan[key as keyof typeof PLAIN];
    if (value === plain) continue;
    throw new UnsupportedFeatureError(
      key,
      value,
      `${String(plain)} where the reference path runs (nb-backtest ${version})`,
      'put garch_forecast into the mode of the bridge, or give a fallback for it',
    );
  }
  const values = readReturns(returns);
  const found = referenceGarch(Array.from(values), plan);
  if (found.status !== 'fitted' && plan.onFailure === 'throw') failedFit(values, plan, found.status);
  return found.forecastVolatility;
}
