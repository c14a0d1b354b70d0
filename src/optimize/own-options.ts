/** Options of the recipes that take no limits. */
import { checkKeys } from '../check.js';
import { ValidationError } from '../errors.js';
import { LIMIT_KEYS } from './limits.js';

/** Throws for an unknown option, and for a limit with the reason why this method has none. */
export function checkUnlimited(method: string, options: unknown, known: readonly string[]): void {
  for (const key of LIMIT_KEYS) {
    const value = (options as Record<string, unknown> | null | undefined)?.[key];
    if (value === undefined) continue;
    throw new ValidationError(
      `options.${key}`,
      value,
      `left out: ${method} follows from the returns alone and takes no limits`,
      'leave it out, or take optimizeMinVariance, optimizeMaxSharpe, optimizeCvar or optimizeCdar with limits',
    );
  }
  checkKeys('options', options, known);
}
