/** From the words after the command to the command itself. */
import { nearest } from '../check.js';
import { ConfigError } from '../errors.js';
import { parseArgv } from './args.js';
import { DEMO_DEFAULTS, demoFiles, demoRun } from './demo.js';
import { runCommand } from './run.js';
import { RUN_OPTIONS, readRunOptions } from './run-options.js';
import type { Console } from './terminal.js';

/** Runs `run` or `demo`; throws what went wrong. */
export function dispatch(command: string, argv: readonly string[], console: Console, color: boolean): void {
  const typed = parseArgv(argv, RUN_OPTIONS);
  const line = ['nb-backtest', command, ...argv].map(quoted).join(' ');
  if (command === 'demo') {
    if (typed.positionals.length > 0) {
      throw new ConfigError(
        'demo',
        typed.positionals[0],
        'no file: it has its own prices',
        'use nb-backtest run FILE',
      );
    }
    const { prices, benchmark } = demoFiles();
    const values = new Map([...DEMO_DEFAULTS, ['benchmark', benchmark] as const, ...typed.values]);
    runCommand(demoRun(prices, line), readRunOptions({ ...typed, values }, color), console);
    return;
  }
  const [prices, extra] = typed.positionals;
  if (prices === undefined) {
    throw new ConfigError(
      'PRICES',
      '',
      'the path of a price file',
      'write nb-backtest prices.csv, or nb-backtest demo',
    );
  }
  if (extra !== undefined) {
    throw new ConfigError(
      'PRICES',
      extra,
      'one price file',
      'put values behind their option, and quote paths with spaces',
    );
  }
  const options = readRunOptions(typed, color);
  const near = /[./\\]/.test(prices) ? undefined : nearest(prices, ['demo', 'run', 'help', 'version']);
  try {
    runCommand({ prices, command: line }, options, console);
  } catch (error) {
    if (near !== undefined && error instanceof Error && 'code' in error && error.code === 'DATA_SOURCE') {
      throw new ConfigError('command', prices, 'a command or a price file', `did you mean ${near}`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** A word as a shell needs it. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
