/** Options of another target or method than the one asked for: a mistake, not to be passed over. */
import { ConfigError } from '../errors.js';
import type { Settings } from './settings.js';

/** Options of the command, and what the library calls them. */
const PARAMETERS: readonly (readonly [option: string, key: string])[] = [
  ['window', 'window'],
  ['lookback', 'lookback'],
  ['skip', 'skip'],
  ['top', 'top'],
  ['positive-only', 'positiveOnly'],
  ['scores', 'scores'],
  ['alpha', 'alpha'],
  ['covariance', 'covariance'],
  ['min-weight', 'bounds'],
  ['max-weight', 'bounds'],
  ['groups', 'groups'],
  ['turnover-limit', 'turnover'],
  ['l2', 'l2'],
];

/** The options that parameters of targets have. */
export const TARGET_PARAMETERS: readonly string[] = PARAMETERS.map(([option]) => option);

/**
 * Throws `ConfigError` for the first option that `name` does not take.
 *
 * name    the target or method that was asked for
 * table   what each of them takes
 * chosen  the option that chooses among them
 */
export function refuseForeign<T extends string>(
  name: T,
  table: Readonly<Record<T, readonly string[]>>,
  chosen: 'weights' | 'method',
  settings: Settings,
): void {
  const names = Object.keys(table) as T[];
  for (const [option, key] of PARAMETERS) {
    if (!settings.has(option) || table[name].includes(key)) continue;
    const takers = names.filter((other) => table[other].includes(key));
    const label = settings.label(option);
    const words =
      takers.length > 3 ? `${takers.slice(0, -1).join(', ')} or ${takers.at(-1)!}` : takers.join(' or ');
    const fix = `drop ${label}, or use ${settings.label(chosen)} ${words}`;
    const constraint = `an option of ${words}, not of ${name}`;
    throw new ConfigError(label, settings.found(option)!.text, constraint, fix);
  }
}
