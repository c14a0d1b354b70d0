/** Limits of weights, for the symbols that take part. */
import { nearestHint } from '../check.js';
import { UnknownSymbolError, ValidationError } from '../errors.js';
import type { OptimizerSettings } from './optimizer-names.js';

/** Limits that stand for themselves: the turnover counts from weights that only the caller knows. */
export type FixedSettings = Omit<OptimizerSettings, 'turnover'>;

/** Throws `UnknownSymbolError` for a limit of a symbol that is not among those to choose from, `ValidationError` for no group. */
export function checkLimitSymbols({ bounds, groups }: FixedSettings, chosen: readonly string[]): void {
  const known = new Set(chosen);
  const check = (field: string, symbol: string): void => {
    if (known.has(symbol)) return;
    throw new UnknownSymbolError(
      field,
      symbol,
      'a symbol to choose from',
      nearestHint(String(symbol), chosen),
    );
  };
  if (isBySymbol(bounds)) for (const symbol of Object.keys(bounds)) check('options.bounds', symbol);
  if (groups === undefined) return;
  const fix = "pass for example [{symbols: ['AAPL', 'MSFT'], max: 0.4}]";
  if (!Array.isArray(groups)) throw new ValidationError('options.groups', groups, 'an array of groups', fix);
  groups.forEach((group: { symbols?: unknown } | null, k) => {
    const field = `options.groups[${k}]`;
    if (!Array.isArray(group?.symbols))
      throw new ValidationError(field, group, 'a group {symbols, min, max}', fix);
    for (const symbol of group.symbols as string[]) check(`${field}.symbols`, symbol);
  });
}

/** The limits of those symbols that are there; a group of which none is there has no limit. */
export function limitsOf(settings: FixedSettings, symbols: readonly string[]): FixedSettings {
  const { bounds, groups } = settings;
  const there = new Set(symbols);
  const pairs = isBySymbol(bounds) ? Object.entries(bounds).filter(([symbol]) => there.has(symbol)) : [];
  const limited = (groups ?? [])
    .map((group) => ({ ...group, symbols: group.symbols.filter((symbol) => there.has(symbol)) }))
    .filter((group) => group.symbols.length > 0);
  return {
    ...settings,
    ...(isBySymbol(bounds) ? { bounds: Object.fromEntries(pairs) } : {}),
    ...(groups === undefined ? {} : { groups: limited }),
  };
}

/** Whether the limits of a weight are given by symbol. */
function isBySymbol(
  bounds: FixedSettings['bounds'],
): bounds is Readonly<Record<string, readonly [number, number]>> {
  return typeof bounds === 'object' && bounds !== null && !Array.isArray(bounds);
}
