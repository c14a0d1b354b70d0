/** From the text of an option to its value, by the kind in the table. Digits are read exactly; nothing is guessed. */
import { nearestHint } from '../check.js';
import { parseNumber } from '../decimal.js';
import { ConfigError, NbError } from '../errors.js';
import { parseMoneyCents } from '../money.js';
import { parseDate } from '../time.js';
import type { Option } from './options/option.js';
import { checkedParameters } from './parameters.js';

/**
 * Switch: boolean. Number, integer: number. Money: cents. Date: epoch day. List: its parts. Parameters, pairs: what was
 * given each time. The others: the text.
 */
export type Value = boolean | number | string | readonly string[];

/**
 * The value that `text` means for `option`; `ConfigError` with `label` as the field where it means none.
 *
 * label  the option as the user wrote it: `--cash`, `NB_CASH`, `cash in nb-backtest.toml`
 */
export function readValue(option: Option, text: string, label: string): Value {
  const { kind } = option;
  const write = label.startsWith('--') ? `write for example ${label}` : 'write for example';
  if (text === '' && kind.type !== 'switch') {
    throw new ConfigError(label, text, 'a value', `write ${label} ${option.value}`);
  }
  switch (kind.type) {
    case 'switch':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new ConfigError(label, text, 'true or false', 'write true or false');
    case 'number':
    case 'integer': {
      const value = parseNumber(text);
      const example = `${write} ${option.default ?? kind.example ?? Math.max(kind.min, Math.min(1, kind.max))}`;
      if (typeof value !== 'number' || !(value >= kind.min && value <= kind.max)) {
        throw new ConfigError(label, text, `a number from ${kind.min} to ${kind.max}`, example);
      }
      if (kind.type === 'integer' && !Number.isInteger(value)) {
        throw new ConfigError(label, text, 'a whole number', example);
      }
      return value;
    }
    case 'money':
      return moneyCents(kind.min, text, label, `${write} 1000000.00`);
    case 'date': {
      const day = parseDate(text);
      if (day === undefined) {
        throw new ConfigError(label, text, 'a date as YYYY-MM-DD', `${write} 2020-01-31`);
      }
      return day;
    }
    case 'choice':
      if (kind.choices.includes(text)) return text;
      throw new ConfigError(
        label,
        text,
        `one of ${kind.choices.join(', ')}`,
        nearestHint(text, kind.choices),
      );
    case 'parameters':
      return checkedParameters(text, kind, label);
    case 'pairs':
      return pairsOf(text.split('\n'), label);
    case 'list':
      return text.split(',').map((part) => part.trim());
    default:
      return text;
  }
}

function moneyCents(min: number, text: string, label: string, example: string): number {
  let cents: number;
  try {
    cents = parseMoneyCents(text, label);
  } catch (error) {
    if (!(error instanceof NbError) || error.detail === undefined) throw error;
    throw new ConfigError(label, text, error.detail.constraint, error.detail.fix, { cause: error });
  }
  if (cents < min) {
    throw new ConfigError(label, text, `an amount of at least ${min === 0 ? '0' : '0.01'}`, example);
  }
  return cents;
}

/** `NAME=VALUE`, each name once. */
function pairsOf(pairs: readonly string[], label: string): readonly string[] {
  const names = new Set<string>();
  for (const pair of pairs) {
    const [, name] = /^([A-Za-z_$][\w$]*)=/.exec(pair) ?? [];
    if (name === undefined)
      throw new ConfigError(label, pair, 'NAME=VALUE', `write for example ${label} lookback=60`);
    if (names.has(name)) throw new ConfigError(label, pair, 'each name once', `drop one ${label} ${name}`);
    names.add(name);
  }
  return pairs;
}
