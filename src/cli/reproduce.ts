/** The command line that repeats a call where its config files and environment are not there. */
import { isManner, optionNamed } from './options/index.js';
import type { Settings } from './settings.js';

/**
 * The line as typed, without `--config`, and with a flag for every value that came from the environment or a config
 * file and can change the result.
 */
export function reproducingLine(command: string, argv: readonly string[], settings: Settings): string {
  const words = withoutConfig(argv);
  const added: string[] = [];
  for (const [name, { origin, text }] of settings.all()) {
    if (origin === 'flag' || origin === 'command' || isManner(name)) continue;
    if (optionNamed(name)?.kind.type !== 'switch') added.push(`--${name}`, text);
    else if (text === 'true') added.push(`--${name}`);
  }
  const end = words.indexOf('--');
  words.splice(end < 0 ? words.length : end, 0, ...added);
  return ['nb-backtest', command, ...words].map(quoted).join(' ');
}

function withoutConfig(argv: readonly string[]): string[] {
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '--') return [...words, ...argv.slice(i)];
    if (word === '--config') i += 1;
    else if (!word.startsWith('--config=')) words.push(word);
  }
  return words;
}

/** A word as a shell needs it. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
