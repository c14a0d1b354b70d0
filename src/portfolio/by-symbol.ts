/** Numbers by name, as callers pass them. */
import { ValidationError } from '../errors.js';

/** Numbers by symbol: target weights, or prices in ticks. */
export type BySymbol = Readonly<Record<string, number>> | ReadonlyMap<string, number>;

/** The pairs of an object or a Map; names must not be empty. */
export function entries(field: string, values: BySymbol): [string, number][] {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new ValidationError(field, values, 'an object or Map of numbers by symbol', 'pass {AAPL: 0.5}');
  }
  const named: [string, number][] = values instanceof Map ? [...values] : Object.entries(values);
  for (const [symbol] of named) {
    if (typeof symbol !== 'string' || symbol === '') {
      throw new ValidationError(field, symbol, 'names of at least one letter', 'name every symbol');
    }
  }
  return named;
}
