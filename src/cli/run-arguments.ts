/** The words after `run`: price files or folders, or `-` for standard input. */
import { existsSync } from 'node:fs';
import { nearest } from '../check.js';
import { ConfigError } from '../errors.js';
import { COMMANDS, commandNamed } from './commands.js';
import type { Context } from './context.js';
import { usageHelp } from './help.js';
import type { Settings } from './settings.js';
import type { Console } from './terminal.js';

/** Words before the prices of a command that reads some. */
type Reader = 'run' | 'check lookahead' | 'indicators' | 'optimize' | 'garch';

/** The paths that were named; `ConfigError` where there is none. */
export function pricesArgument(
  { positionals, settings, console }: Context,
  command: Reader = 'run',
): readonly string[] {
  const [prices] = positionals;
  if (prices === undefined) throw noPrices(settings, console, command);
  // A word that could be a path is taken for one, unless it is near a command and no such file exists.
  const near = /[./\\]/.test(prices) || existsSync(prices) ? undefined : nearest(prices, commandNames());
  if (near !== undefined) {
    throw new ConfigError('command', prices, 'a command or a price file', `did you mean ${near}`);
  }
  if (positionals.includes('-') && console.stdinTerminal === true) {
    throw new ConfigError(
      'PRICES',
      '-',
      'a file on standard input, which is a terminal',
      `write cat prices.csv | nb-backtest ${command} -`,
    );
  }
  return positionals;
}

/** Where nothing is piped in, somebody at a terminal does not know what to write. */
function noPrices(settings: Settings, console: Console, command: Reader): ConfigError {
  const piped = console.stdinTerminal !== true;
  if (!piped && !settings.on('json')) console.err(usageHelp(commandNamed(command.split(' ')[0]!)!));
  const file = command === 'run' ? 'nb-backtest prices.csv' : `nb-backtest ${command} prices.csv`;
  const stream = piped ? `, nb-backtest ${command} - for what is piped in` : '';
  return new ConfigError(
    'PRICES',
    '',
    'the path of a price file, or - for standard input',
    `write ${file}${stream}${command === 'run' ? ', or nb-backtest demo' : ''}`,
  );
}

function commandNames(): string[] {
  return COMMANDS.map(({ name }) => name);
}
