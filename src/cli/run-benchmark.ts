/** What a run is compared with: a column of the prices, or another price file. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { nearestHint } from '../check.js';
import { ConfigError } from '../errors.js';
import { readPriceFiles } from '../node/price-files.js';
import type { ReportBenchmark } from '../report/types.js';
import { barAtOrAfter } from '../series/bar-dates.js';
import type { PricePanel } from '../series/price-panel.js';
import { carried, columnOf, priceReturns } from './columns.js';
import type { Found } from './run-files.js';
import type { SourceOptions } from './run-options.js';
import { readingOptions } from './run-prices.js';
import type { Settings } from './settings.js';

/** Returns of the benchmark, bar by bar. */
export interface Benchmark extends ReportBenchmark {
  /** Column of the panel, or -1 when it comes from a file. */
  readonly column: number;
}

/** The benchmark that was asked for, if any; a bar without its price carries the last one. */
export async function loadBenchmark(
  panel: PricePanel,
  source: SourceOptions,
  settings: Settings,
  found: Found,
): Promise<Benchmark | undefined> {
  const wanted = settings.text('benchmark');
  if (wanted === undefined) return undefined;
  const column = panel.symbols.indexOf(wanted);
  if (column >= 0) {
    return { name: wanted, returns: priceReturns(carried(columnOf(panel.close, column))), column };
  }
  if (!existsSync(wanted)) {
    throw new ConfigError(
      settings.label('benchmark'),
      wanted,
      'a symbol of the prices or a price file',
      nearestHint(wanted, panel.symbols),
    );
  }
  // Found anew: the benchmark may come from elsewhere than the prices.
  const {
    missing: _missing,
    columns: _columns,
    format: _format,
    ...reading
  } = readingOptions(settings, source);
  const { panel: other, files } = await readPriceFiles([wanted], reading);
  found.files.push(...files);
  if (other.symbols.length !== 1) {
    throw new ConfigError(
      settings.label('benchmark'),
      wanted,
      'a file of one symbol',
      'keep one price column in it',
    );
  }
  const name = other.symbols[0]!;
  const prices = new Float64Array(panel.dates.length);
  let stale = 0;
  const known = carried(columnOf(other.close, 0));
  let before = 0;
  let shared = 0;
  for (const [t, day] of panel.dates.entries()) {
    const at = barAtOrAfter(other.dates, day);
    const exact = at < other.dates.length && other.dates[at] === day;
    prices[t] = exact ? known[at]! : at > 0 ? known[at - 1]! : Number.NaN;
    if (exact) shared += 1;
    else if (at > 0) stale += 1;
    else before += 1;
  }
  if (shared === 0) {
    throw new ConfigError(
      settings.label('benchmark'),
      wanted,
      'a file with some of the dates of the prices',
      'give prices of the same years, or set --from and --to',
    );
  }
  if (before > 0)
    found.notes.push(`Benchmark ${name} starts ${before} bars after the prices; it counts as 0 there.`);
  found.notes.push(
    `Benchmark ${name} from ${basename(wanted)}${stale > 0 ? `; bars without its price carry the last one: ${stale}` : ''}.`,
  );
  return { name, returns: priceReturns(prices), column: -1 };
}
