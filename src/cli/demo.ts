/** `nb-backtest demo`: the backtest of the bundled prices; no file, no network, no option needed. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DataSourceError } from '../errors.js';
import type { RunFiles } from './run.js';

const FOLDER = new URL('../../../fixtures/market/demo/', import.meta.url);

/** Paths of the bundled prices and of the index to compare with; `DataSourceError` if the package came without them. */
export function demoFiles(): { prices: string; benchmark: string } {
  const prices = fileURLToPath(new URL('stocks-2013-2022.csv.gz', FOLDER));
  const benchmark = fileURLToPath(new URL('sp500-2013-2022.csv.gz', FOLDER));
  for (const file of [prices, benchmark]) {
    if (!existsSync(file)) {
      throw new DataSourceError(
        'the bundled prices are not installed; reinstall nb-backtest, or run nb-backtest on a price file of your own',
        { file },
      );
    }
  }
  return { prices, benchmark };
}

/** Options that the demo sets where the user did not. */
export const DEMO_DEFAULTS: readonly (readonly [name: string, value: string])[] = [
  ['weights', 'equal'],
  ['rebalance', 'monthly'],
  ['cost-bps', '10'],
  ['html', 'nb-backtest-demo.html'],
];

/** The files of the demo run. */
export function demoRun(prices: string, command: string): RunFiles {
  return { prices, label: 'stocks-2013-2022.csv.gz (bundled)', command };
}
