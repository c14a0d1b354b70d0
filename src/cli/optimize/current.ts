/** The weights that are held now, for the limit of what may be moved. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { nearestHint } from '../../check.js';
import { ConfigError, DataSourceError, UnknownSymbolError } from '../../errors.js';
import { readWeights } from '../../series/read-weights.js';
import { formatDate } from '../../time.js';
import { type Found, load } from '../run-files.js';
import type { Settings } from '../settings.js';

/** Sum of absolute weights above which no limit of turnover, 2 at most, leads to a portfolio of sum 1. */
const SIZE_MAX = 3;

/**
 * The weights at the last date of the file of --current, by symbol; undefined without --turnover-limit.
 *
 * Throws `ConfigError` for one of the two options without the other and for what are no weights, `UnknownSymbolError` for a symbol that the prices
 * do not have.
 */
export function currentWeights(
  symbols: readonly string[],
  settings: Settings,
  found: Found,
): ReadonlyMap<string, number> | undefined {
  const file = settings.text('current');
  const limit = settings.found('turnover-limit');
  const label = settings.label('current');
  if (limit === undefined && file === undefined) return undefined;
  if (limit === undefined) {
    const fix = 'add --turnover-limit 0.5, or leave it out';
    throw new ConfigError(label, file, 'given with --turnover-limit', fix);
  }
  if (file === undefined) {
    const fix = 'name a file of weights: --current weights.csv';
    throw new ConfigError(limit.label, limit.text, 'given with --current, the weights held now', fix);
  }
  if (!existsSync(file)) throw new DataSourceError(`no such file; check the path of ${label}`, { file });
  const { entries } = readWeights(load(file, undefined, found), { file });
  const { date, targets, line } = entries[entries.length - 1]!;
  const size = [...targets.values()].reduce((sum, weight) => sum + Math.abs(weight), 0);
  if (size > SIZE_MAX) {
    const constraint = `weights, of which 0.25 is a quarter; those of ${formatDate(date)} sum to ${Number(size.toPrecision(6))}`;
    throw new ConfigError(label, file, constraint, 'name a file of weights, not of prices or percent');
  }
  for (const symbol of targets.keys()) {
    if (symbols.includes(symbol)) continue;
    const hint = nearestHint(symbol, symbols);
    throw new UnknownSymbolError(`${file}, line ${line}`, symbol, 'a symbol of the prices', hint);
  }
  found.notes.push(`Held now: the weights of ${formatDate(date)} in ${basename(file)}.`);
  return targets;
}
