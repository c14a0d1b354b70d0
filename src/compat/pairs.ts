/** Numbers by symbol as nanobook takes them. */
import { ValidationError } from '../errors.js';
import type { BySymbol } from '../portfolio/index.js';

/** One bar of a schedule, or targets, or prices: `[symbol, number]` pairs. */
export type SymbolPairs = readonly (readonly [symbol: string, value: number])[];

/** Pairs as a Map, each symbol once; an object or a Map stays what it is. */
export function bySymbol(field: string, values: SymbolPairs | BySymbol): BySymbol {
  if (!Array.isArray(values)) return values as BySymbol;
  const map = new Map<string, number>();
  for (const [i, pair] of (values as readonly unknown[]).entries()) {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new ValidationError(`${field}[${i}]`, pair, 'a [symbol, number] pair', "pass [['AAPL', 0.5]]");
    }
    const [symbol, value] = pair as [string, number];
    if (map.has(symbol)) {
      throw new ValidationError(`${field}[${i}]`, symbol, 'each symbol once', 'merge the two entries');
    }
    map.set(symbol, value);
  }
  return map;
}
