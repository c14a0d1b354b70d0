/** Parameters of a strategy: the defaults that its module exports, and what `--param` says instead. */
import { nearestHint } from '../../check.js';
import { parseNumber } from '../../decimal.js';
import { ConfigError } from '../../errors.js';
import type { Settings } from '../settings.js';

/** Values by name; frozen. */
export type Parameters = Readonly<Record<string, number | boolean | string>>;

/**
 * Every parameter with its value.
 *
 * exported  what the module exports as `params`: numbers, booleans and texts by name
 * file      name of the module, for messages
 *
 * Throws `ConfigError` for a parameter that the module does not have, and for a value of another kind than its default.
 */
export function resolveParameters(exported: unknown, settings: Settings, file: string): Parameters {
  const defaults = checkDefaults(exported, settings, file);
  const label = settings.label('param');
  const values: Record<string, number | boolean | string> = { ...defaults };
  for (const pair of settings.list('param') ?? []) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const known = Object.keys(defaults);
    if (known.length === 0) {
      const fix = `write export const params = { ${name}: ${pair.slice(at + 1) || '1'} } in it, or drop ${label}`;
      throw new ConfigError(label, pair, `left out: ${file} exports no params`, fix);
    }
    if (!Object.hasOwn(defaults, name)) {
      throw new ConfigError(
        label,
        name,
        `a parameter of ${file}: ${known.join(', ')}`,
        nearestHint(name, known),
      );
    }
    values[name] = valueLike(defaults[name]!, pair, pair.slice(at + 1), label, file);
  }
  return Object.freeze(values);
}

function valueLike(
  fallback: number | boolean | string,
  pair: string,
  text: string,
  label: string,
  file: string,
): number | boolean | string {
  if (typeof fallback === 'string') return text;
  const name = pair.slice(0, pair.indexOf('='));
  const example = `write for example ${label} ${name}=${String(fallback)}`;
  if (typeof fallback === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new ConfigError(label, pair, `true or false, as ${name} is in ${file}`, example);
  }
  const value = parseNumber(text);
  if (typeof value === 'number') return value;
  throw new ConfigError(label, pair, `a number, as ${name} is in ${file}`, example);
}

function checkDefaults(exported: unknown, settings: Settings, file: string): Parameters {
  const label = settings.label('strategy');
  if (exported === undefined) return {};
  const fix = 'write export const params = { lookback: 60 }';
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported)) {
    throw new ConfigError(label, file, 'a module whose params are an object', fix);
  }
  for (const [name, value] of Object.entries(exported)) {
    const fine =
      typeof value === 'string' ||
      typeof value === 'boolean' ||
      (typeof value === 'number' && Number.isFinite(value));
    if (!fine)
      throw new ConfigError(
        label,
        file,
        `a module whose params.${name} is a number, a boolean or a text`,
        fix,
      );
  }
  return exported as Parameters;
}
