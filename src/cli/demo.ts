/** `nb-backtest demo`: the backtest of the bundled prices; no file, no network, no option needed. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConfigError, DataSourceError } from '../errors.js';
import type { Context } from './context.js';
import { runOn } from './run.js';

const FOLDER = new URL('../../../fixtures/market/demo/', import.meta.url);
const PRICES = 'stocks-2013-2022.csv.gz';
const BENCHMARK = 'sp500-2013-2022.csv.gz';

/** Options that the demo sets where the user did not. */
export function demoValues(): ReadonlyMap<string, string> {
  return new Map([
    ['weights', 'equal'],
    ['rebalance', 'monthly'],
    ['cost-bps', '10'],
    ['html', 'nb-backtest-demo.html'],
    ['benchmark', fileURLToPath(new URL(BENCHMARK, FOLDER))],
  ]);
}

/** Runs on the bundled prices; `DataSourceError` if the package came without them. */
export async function demoCommand(context: Context): Promise<void> {
  const [extra] = context.positionals;
  if (extra !== undefined) {
    throw new ConfigError('demo', extra, 'no file: it has its own prices', 'use nb-backtest run FILE');
  }
  for (const name of [PRICES, BENCHMARK]) {
    const file = fileURLToPath(new URL(name, FOLDER));
    if (existsSync(file)) continue;
    throw new DataSourceError(
      'the bundled prices are not installed; reinstall nb-backtest, or run nb-backtest on a price file of your own',
      { file },
    );
  }
  await runOn([fileURLToPath(new URL(PRICES, FOLDER))], `${PRICES} (bundled)`, context);
}
