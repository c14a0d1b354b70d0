/** One config file: its format by its ending, its keys against the table of options. */
import { nearest } from '../../check.js';
import { ConfigError, DataError } from '../../errors.js';
import { readTextFile } from '../../node/files.js';
import { isSecretName, MASK } from '../mask.js';
import { configOptions } from '../options/index.js';
import type { Option } from '../options/option.js';
import { entriesOf, type Entry, FormatError, type Scalar } from './entry.js';

/** Endings of the names of config files, in the order they are named to the user. */
export const ENDINGS = ['json', 'toml', 'yaml', 'yml'] as const;

const MAX_BYTES = 1_000_000;

/**
 * The options that a config file sets, as text by name.
 *
 * path   where it is; paths in it count from the current folder, as on the command line
 * shown  what messages call it
 *
 * Throws `ConfigError` for an unknown ending, a file that cannot be read or is not of its format, an unknown key
 * (naming the nearest option) and a value of the wrong type.
 */
export async function parseConfigFile(path: string, shown: string): Promise<ReadonlyMap<string, string>> {
  const ending = ENDINGS.find((name) => path.toLowerCase().endsWith(`.${name}`));
  if (ending === undefined) {
    throw new ConfigError(
      '--config',
      shown,
      `a file ending in ${ENDINGS.map((name) => `.${name}`).join(', ')}`,
      'rename it, or convert it',
    );
  }
  let text: string;
  try {
    text = readTextFile(path, { maxBytes: MAX_BYTES });
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    const reason = cause.message.replace(`${path}: `, '');
    const [constraint, fix] = reason.split('. Fix: ');
    throw new ConfigError('--config', shown, `a config file (${constraint})`, fix ?? 'check the file', {
      cause,
      place: { file: shown },
    });
  }
  const known = configOptions();
  const values = new Map<string, string>();
  for (const entry of await entriesIn(text, ending, shown)) {
    const place = { file: shown, ...(entry.row === undefined ? {} : { row: entry.row }) };
    const option = known.find(({ name }) => name === entry.key);
    if (option === undefined) throw unknownKey(entry, known, place);
    values.set(option.name, textOf(option, entry, place));
  }
  return values;
}

async function entriesIn(text: string, ending: (typeof ENDINGS)[number], shown: string): Promise<Entry[]> {
  const format = ending === 'yml' ? 'YAML' : ending.toUpperCase();
  try {
    if (ending === 'toml') return (await import('./toml.js')).tomlEntries(text);
    if (ending === 'json') return await jsonEntries(text);
    return (await import('./yaml.js')).yamlEntries(text);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    const row = cause.row === undefined ? {} : { row: cause.row };
    const where = cause.row === undefined ? shown : `${shown}, line ${cause.row}`;
    throw new ConfigError(
      where,
      cause.message,
      `a ${format} file of options`,
      'see nb-backtest help config',
      {
        cause,
        place: { file: shown, ...row },
      },
    );
  }
}

async function jsonEntries(text: string): Promise<Entry[]> {
  if (text.trim() === '') return [];
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = /at position (\d+)/.exec(message)?.[1];
    const row = offset === undefined ? undefined : text.slice(0, Number(offset)).split('\n').length;
    // The rest of the message would quote the file, and with it perhaps a secret.
    throw new FormatError(message.split(/ in JSON at |, (?:\.\.\.)?"/)[0]!, row);
  }
  const repeated = (await import('./yaml.js')).repeatedKeyLine(text);
  if (repeated !== undefined) throw new FormatError('has a key twice', repeated);
  return entriesOf(root);
}

function unknownKey(
  entry: Entry,
  known: readonly Option[],
  place: { file: string; row?: number },
): ConfigError {
  const names = known.map(({ name }) => name);
  // `costBps` and `cost_bps` mean cost-bps, but there is one spelling.
  const kebab = entry.key.replaceAll('_', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const near = names.includes(kebab) ? kebab : nearest(entry.key, names);
  const fix =
    near === undefined
      ? 'see nb-backtest config show for all keys'
      : `did you mean ${near} (keys are option names)`;
  const value = isSecretName(entry.key) ? MASK : shownValue(entry);
  return new ConfigError(`${entry.key} in ${place.file}`, value, 'a key that is the name of an option', fix, {
    place,
  });
}

/** The text of a value whose type suits the option; what it says is checked with those of the command line. */
function textOf(option: Option, entry: Entry, place: { file: string; row?: number }): string {
  const wrong = (constraint: string, fix: string): ConfigError =>
    new ConfigError(`${entry.key} in ${place.file}`, shownValue(entry), constraint, fix, { place });
  const { value } = entry;
  const { type } = option.kind;
  if (typeof value === 'string') throw wrong('one value', `write ${entry.key} and one value`);
  if ('text' in value) {
    const fits =
      value.type === 'plain' ||
      (type === 'switch'
        ? value.type === 'boolean'
        : type === 'number' || type === 'integer'
          ? value.type === 'number'
          : type === 'money' || type === 'list'
            ? value.type !== 'boolean'
            : value.type === 'text');
    if (fits) return value.text;
    if (type === 'switch') throw wrong('true or false', 'write it without quotes');
    if (type === 'number' || type === 'integer') throw wrong('a number', 'write it without quotes');
    throw wrong('text', type === 'list' ? 'write a text or a list of texts' : 'write it in quotes');
  }
  if (type !== 'list') throw wrong('one value', 'drop the list');
  const comma = value.find(({ text, type: kind }) => kind === 'boolean' || text.includes(','));
  if (comma !== undefined) throw wrong('a list of texts without commas', `split ${comma.text}`);
  return value.map(({ text }) => text).join(',');
}

function shownValue({ value }: Entry): unknown {
  if (typeof value === 'string') return value;
  const bare = (scalar: Scalar): unknown =>
    scalar.type === 'number'
      ? Number(scalar.text)
      : scalar.type === 'boolean'
        ? scalar.text === 'true'
        : scalar.text;
  return 'text' in value ? bare(value) : value.map(bare);
}
