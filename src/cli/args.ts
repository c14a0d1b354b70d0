/** From argv to texts by option name: the one door to yargs. Meaning and range of each value: values.ts. */
import yargs from 'yargs';
import { nearest } from '../check.js';
import { ConfigError } from '../errors.js';
import type { Option } from './options/option.js';
import { givenParameters, joinParameters } from './parameters.js';

/** What was asked for, still as text. */
export interface Typed {
  readonly positionals: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  /** The switches that are on. */
  readonly switches: ReadonlySet<string>;
}

/** What was typed: a switch is in `values` too, as `true` or `false`. */
export interface Words {
  readonly positionals: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Splits `argv` strictly: an unknown option, an option given twice and a value that is missing are errors that name
 * the option. Values stay text, so that digits can be read exactly.
 */
export function parseArgv(argv: readonly string[], options: readonly Option[], help: string): Words {
  const takesValue = (option: Option): boolean => option.kind.type !== 'switch';
  const repeats = (option: Pick<Option, 'kind'>): boolean => option.kind.type === 'parameters';
  const pairs = (option: Pick<Option, 'kind'>): boolean => option.kind.type === 'pairs';
  const parser = yargs(joinParameters(inFull(argv, options), options))
    .help(false)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    })
    .fail(false)
    .option(
      Object.fromEntries(
        options.map((option) => [
          option.name,
          {
            ...(takesValue(option)
              ? { type: 'string' as const, requiresArg: !repeats(option) }
              : { type: 'boolean' as const }),
          },
        ]),
      ),
    )
    .strictOptions();
  checkSwitchWords(argv, options);
  let parsed: Record<string, unknown>;
  try {
    parsed = parser.parseSync() as Record<string, unknown>;
  } catch (error) {
    throw usageError(error, argv, options, help);
  }
  const values = new Map<string, string>();
  for (const { name, ...option } of options) {
    const value = parsed[name];
    if (value === undefined) continue;
    if (option.kind.type === 'switch') {
      // Repeating a switch says the same thing again; yargs makes a list of it.
      values.set(name, String(Array.isArray(value) ? value.at(-1) : value));
    } else if (repeats(option)) {
      values.set(name, [value].flat().map(givenParameters).join(' '));
    } else if (pairs(option) && Array.isArray(value)) {
      values.set(name, value.join('\n'));
    } else if (typeof value === 'string' && value !== '') {
      values.set(name, value);
    } else {
      const twice = Array.isArray(value);
      throw new ConfigError(
        `--${name}`,
        twice ? value.join(', ') : value,
        twice ? 'given once' : 'a value',
        twice ? 'keep one of them' : `write --${name} ${option.value}`,
      );
    }
  }
  return { positionals: (parsed._ as (string | number)[]).map(String), values };
}

/** `-q` as `--quiet`: to yargs `-q` and `--q` are one, and a command may have an option `q`. */
function inFull(argv: readonly string[], options: readonly Option[]): string[] {
  const end = argv.indexOf('--');
  return argv.map((word, i) => {
    const [, letter, rest = ''] = /^-([a-z])(=.*)?$/s.exec(word) ?? [];
    const option = options.find(({ short }) => letter !== undefined && short === letter);
    return option === undefined || (end >= 0 && i >= end) ? word : `--${option.name}${rest}`;
  });
}

/** `--quiet=maybe`: yargs takes any word but true for false. */
function checkSwitchWords(argv: readonly string[], options: readonly Option[]): void {
  for (const word of argv) {
    if (word === '--') return;
    const at = word.indexOf('=');
    if (!word.startsWith('-') || at < 0) continue;
    const option = options.find(({ name, short }) => [`--${name}`, `-${short}`].includes(word.slice(0, at)));
    const text = word.slice(at + 1);
    if (option?.kind.type === 'switch' && text !== 'true' && text !== 'false') {
      throw new ConfigError(`--${option.name}`, text, 'true or false', `write --${option.name}`);
    }
  }
}

function usageError(
  error: unknown,
  argv: readonly string[],
  options: readonly Option[],
  help: string,
): ConfigError {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message);
  if (unknown !== null) {
    const name = unknown[1]!.trim();
    const known = options.map((option) => option.name);
    const near = nearest(name, known) ?? known.find((option) => name.length > 2 && option.startsWith(name));
    const dashes =
      argv.find((word) => wordName(word) === name || wordName(word) === name.replaceAll('___', '__')) ??
      `--${name}`;
    const fix = near === undefined ? `see ${help}` : `did you mean --${near}`;
    return new ConfigError('option', dashes.split('=')[0]!, 'a known option', fix, { cause: error });
  }
  const missing = /^Not enough arguments following: (.+)$/.exec(message);
  if (missing !== null) {
    const option = options.find(({ name, short }) => name === missing[1] || short === missing[1]);
    const name = option?.name ?? missing[1]!;
    return new ConfigError(`--${name}`, '', 'a value', `write --${name} ${option?.value || 'VALUE'}`, {
      cause: error,
    });
  }
  return new ConfigError('command line', argv.join(' '), message, `see ${help}`, { cause: error });
}

/** The name of an option as typed: without dashes and value. */
function wordName(word: string): string {
  return word.replace(/^-+/, '').split('=')[0]!;
}
