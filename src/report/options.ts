/** The resolved options of a backtest as people and data files name them: fields in cents say so. */
import type { ResolvedBacktestOptions } from '../backtest/types.js';
import { moneyText } from './format.js';

/** Options that hold whole cents. */
const IN_CENTS: ReadonlySet<string> = new Set([
  'initialCash',
  'minTradeFee',
  'minOrderValue',
  'maxOrderValue',
  'maxRebalanceNotional',
]);

/** A copy for JSON: every field in cents gets the suffix `Cents`. */
export function jsonOptions(options: ResolvedBacktestOptions): Record<string, unknown> {
  return renamed(options);
}

function renamed(value: object): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const name = IN_CENTS.has(key) ? `${key}Cents` : key;
    out[name] = typeof item === 'object' && item !== null ? renamed(item) : item;
  }
  return out;
}

/** The options as lines of name and text, nested names joined by dots; money in currency units. */
export function flatten(options: object, prefix = ''): [string, string][] {
  return Object.entries(options).flatMap(([key, item]): [string, string][] => {
    const name = prefix + key;
    if (typeof item === 'object' && item !== null) return flatten(item, `${name}.`);
    return [[name, IN_CENTS.has(key) && typeof item === 'number' ? moneyText(item) : String(item)]];
  });
}
