#!/usr/bin/env node
/** The command. Help, version and completion answer before anything heavy is loaded. */
import { commandNamed } from './commands.js';
import type { Asked } from './dispatch.js';
import { failureOf } from './exit-codes.js';
import { commandHelp, mainHelp, versionText } from './help.js';
import { optionNamed } from './options/index.js';
import { takesNext } from './parameters.js';
import { endOnSignals } from './signals.js';
import { type Console, colorTerminal, processConsole } from './terminal.js';

/** The answer that needs nothing but the tables; undefined where there is work to do. */
async function quickAnswer(argv: readonly string[]): Promise<string | undefined> {
  const [first, second, ...more] = argv;
  if (first === '__complete') {
    const { completions } = await import('./completion/complete.js');
    return completions(second ?? '').join('\n');
  }
  if (first === undefined || (first === 'help' && second === undefined)) return mainHelp();
  const topic = commandNamed(first === 'help' ? second! : first);
  if (first === 'help' && topic !== undefined && more.length === 0) return commandHelp(topic);
  const words = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length);
  if (words.includes('--help') || words.includes('-h')) {
    return first.startsWith('-') ? mainHelp() : commandHelp(topic ?? commandNamed('run')!);
  }
  if (first === '-V' || words.includes('--version')) return versionText(argv.includes('--json'));
  return undefined;
}

/** Where the command stands: options of any command may stand before it. -1 where the first bare word is none. */
function commandAt(argv: readonly string[]): number {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (!word.startsWith('-') || word === '-') return commandNamed(word) === undefined ? -1 : i;
    if (word === '--') return -1;
    const option = optionNamed(word.replace(/^--/, ''));
    if (option !== undefined && takesNext(option, argv[i + 1])) i += 1;
  }
  return -1;
}

async function main(argv: readonly string[], console: Console, asked: Asked): Promise<void> {
  const answer = await quickAnswer(argv);
  if (answer !== undefined) {
    console.out(answer);
    return;
  }
  const { dispatch } = await import('./dispatch.js');
  const color = colorTerminal(process.env, process.stdout.isTTY === true);
  const at = commandAt(argv);
  await dispatch(
    at < 0 ? 'run' : argv[at]!,
    argv.filter((_, i) => i !== at),
    console,
    color,
    asked,
  );
}

const argv = process.argv.slice(2);
const console = processConsole();
const asked: Asked = { json: argv.includes('--json'), debug: argv.includes('--debug') };
endOnSignals(console, asked);
main(argv, console, asked).catch((error: unknown) => {
  const { text, code, error: parts } = failureOf(error, asked.json, asked.debug);
  console.err(text);
  process.exitCode = code;
  try {
    asked.log?.write('error', String(parts.message), { error: parts });
  } catch (cause) {
    console.err(failureOf(cause, false, false).text);
  }
});
