#!/usr/bin/env node
/** The command. `--help` and `--version` answer before anything heavy is loaded. */
import { capabilities } from '../capabilities.js';
import { version } from '../version.js';
import { failureOf } from './exit-codes.js';
import { HELP } from './help.js';
import { type Console, colorTerminal, processConsole } from './terminal.js';

const COMMANDS = ['run', 'demo', 'help', 'version'];

async function main(argv: readonly string[], console: Console): Promise<void> {
  const [first, ...rest] = argv;
  if (first === undefined || first === 'help' || argv.includes('--help') || argv.includes('-h')) {
    console.out(HELP);
    return;
  }
  if (first === 'version' || first === '-V' || argv.includes('--version')) {
    console.out(
      argv.includes('--json') ? JSON.stringify({ version, capabilities: capabilities() }) : version,
    );
    return;
  }
  const { dispatch } = await import('./dispatch.js');
  const command = COMMANDS.includes(first) ? first : 'run';
  dispatch(
    command,
    command === first ? rest : argv,
    console,
    colorTerminal(process.env, process.stdout.isTTY === true),
  );
}

const argv = process.argv.slice(2);
const console = processConsole();
main(argv, console).catch((error: unknown) => {
  const { text, code } = failureOf(error, argv.includes('--json'), argv.includes('--debug'));
  console.err(text);
  process.exitCode = code;
});
