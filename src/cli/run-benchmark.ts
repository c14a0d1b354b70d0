/** What a run is compared with: a column of the prices, or another price file. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { nearestHint } from '../check.js';
import { ConfigError, TimestampAnomalyError } from '../errors.js';
import { formatDate } from '../time.js';
import { type PriceFilesOptions, type PriceFilesResult, readPriceFiles } from '../node/price-files.js';
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

/** Found anew, for it may come from elsewhere than the prices; the stated order of dates helps where no date tells. */
async function readBenchmark(path: string, reading: PriceFilesOptions): Promise<PriceFilesResult> {
  const { adjusted, lastDay, dateOrder } = reading;
  const own = {
    ...(adjusted === undefined ? {} : { adjusted }),
    ...(lastDay === undefined ? {} : { lastDay }),
  };
  try {
    return await readPriceFiles([path], own);
  } catch (error) {
    if (!(error instanceof TimestampAnomalyError) || dateOrder === undefined) throw error;
    return await readPriceFiles([path], { ...own, dateOrder });
  }
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
  const { panel: other, files } = await readBenchmark(wanted, readingOptions(settings, source));
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
    found.notes.push(
      `Benchmark ${name} starts ${before} bar${before === 1 ? '' : 's'} after the prices; it counts as 0 there.`,
    );
  const end = other.dates.at(-1)!;
  const after = panel.dates.filter((day) => day > end).length;
  if (after > 0) {
    found.notes.push(
      `Warning: benchmark ${name} ends on ${formatDate(end)}, ${after} bar${after === 1 ? '' : 's'} before the prices; it counts as 0 from there.`,
    );
  }
  found.notes.push(
    `Benchmark ${name} from ${basename(wanted)}${stale > 0 ? `; bars without its price carry the last one: ${stale}` : ''}.`,
  );
  return { name, returns: priceReturns(prices), column: -1 };
}
