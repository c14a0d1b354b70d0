/** From argv to strings by option name: the one door to yargs. Meaning and range of each value: run-options.ts. */
import yargs from 'yargs';
import { nearest } from '../check.js';
import { ConfigError } from '../errors.js';

/** The options of a command: which take a value, which are switches. */
export interface OptionNames {
  readonly values: readonly string[];
  readonly switches: readonly string[];
}

/** What was typed, still as text. */
export interface Typed {
  readonly positionals: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly switches: ReadonlySet<string>;
}

/**
 * Splits `argv` strictly: an unknown option, an option given twice and a value that is missing are errors that name
 * the option. Values stay text, so that digits can be read exactly.
 */
export function parseArgv(argv: readonly string[], names: OptionNames): Typed {
  const parser = yargs([...argv])
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
      Object.fromEntries([
        ...names.values.map((name) => [name, { type: 'string' as const, requiresArg: true }]),
        ...names.switches.map((name) => [name, { type: 'boolean' as const }]),
      ]),
    )
    .strictOptions();
  let parsed: Record<string, unknown>;
  try {
    parsed = parser.parseSync() as Record<string, unknown>;
  } catch (error) {
    throw usageError(error, argv, [...names.values, ...names.switches]);
  }
  const values = new Map<string, string>();
  const switches = new Set<string>();
  for (const name of names.values) {
    const value = parsed[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || value === '') {
      const twice = Array.isArray(value);
      throw new ConfigError(
        `--${name}`,
        twice ? value.join(', ') : value,
        twice ? 'given once' : 'a value',
        twice ? 'keep one of them' : `write --${name} VALUE`,
      );
    }
    values.set(name, value);
  }
  for (const name of names.switches) if (parsed[name] === true) switches.add(name);
  return { positionals: (parsed._ as (string | number)[]).map(String), values, switches };
}

function usageError(error: unknown, argv: readonly string[], known: readonly string[]): ConfigError {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message);
  if (unknown !== null) {
    const name = unknown[1]!.trim();
    const near = nearest(name, known);
    const dashes =
      argv.find((word) => wordName(word) === name || wordName(word) === name.replaceAll('___', '__')) ??
      `--${name}`;
    const fix = near === undefined ? 'see nb-backtest --help' : `did you mean --${near}`;
    return new ConfigError('option', dashes.split('=')[0]!, 'a known option', fix, { cause: error });
  }
  const missing = /^Not enough arguments following: (.+)$/.exec(message);
  if (missing !== null) {
    return new ConfigError(`--${missing[1]}`, '', 'a value', `write --${missing[1]} VALUE`, { cause: error });
  }
  return new ConfigError('command line', argv.join(' '), message, 'see nb-backtest --help', { cause: error });
}

/** The name of an option as typed: without dashes and value. */
function wordName(word: string): string {
  return word.replace(/^-+/, '').split('=')[0]!;
}
