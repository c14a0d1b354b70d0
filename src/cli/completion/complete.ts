/** What may stand at the cursor: the hidden command `__complete`, which the scripts of the shells ask. */
import { COMMANDS, type Command, commandNamed } from '../commands.js';
import { optionsOf } from '../options/index.js';
import type { Option } from '../options/option.js';
import { takesNext } from '../parameters.js';
import { symbolsOfFile } from './symbols.js';
import { wordsOf } from './words.js';

/** Asks the shell to add the names of files. */
export const FILES = ':files';

/** Candidates for the last word of `line`, each a whole word, and `:files` where paths fit too. */
export function completions(line: string): string[] {
  const [, ...words] = wordsOf(line);
  const current = words.pop() ?? '';
  const named = words[0] === undefined ? undefined : commandNamed(words[0]);
  const command = named ?? commandNamed('run')!;
  const before = named === undefined ? words : words.slice(1);
  const options = optionsOf(command.options);
  const candidates = candidatesFor(command, named !== undefined, options, before, current);
  return candidates.filter((word) => word === FILES || word.startsWith(current));
}

function candidatesFor(
  command: Command,
  named: boolean,
  options: readonly Option[],
  before: readonly string[],
  current: string,
): string[] {
  if (before.includes('--')) return [FILES];
  const files = positionalsOf(before, options);
  const [, name, written] = /^--([^=]+)=(.*)$/s.exec(current) ?? [];
  if (name !== undefined) {
    const option = options.find((row) => row.name === name);
    return valuesOf(option, written!, files).map((word) => (word === FILES ? word : `--${name}=${word}`));
  }
  const last = options.find((row) => before.at(-1) === `--${row.name}` && row.kind.type !== 'switch');
  if (last !== undefined && last.kind.type !== 'parameters') return valuesOf(last, current, files);
  if (current.startsWith('-')) {
    const typed = new Set(before.map((word) => word.split('=')[0]));
    const flags = options.map((row) => `--${row.name}`).filter((flag) => !typed.has(flag));
    return [...flags, '--help', ...(before.length === 0 && !named ? ['--version'] : [])];
  }
  if (!named && files.length === 0) return [...COMMANDS.map((row) => row.name), FILES];
  if (command.words !== undefined && files.length === 0) return [...command.words];
  if (command.name === 'help') return COMMANDS.map((row) => row.name);
  return command.files === true ? [FILES] : [];
}

/** The words that are neither options nor their values. */
function positionalsOf(words: readonly string[], options: readonly Option[]): string[] {
  const byFlag = new Map(options.map((row) => [`--${row.name}`, row]));
  return words.filter((word, i) => {
    const before = byFlag.get(words[i - 1] ?? '');
    return !word.startsWith('-') && !(before !== undefined && takesNext(before, word));
  });
}

function valuesOf(option: Option | undefined, written: string, files: readonly string[]): string[] {
  if (option === undefined) return [];
  const { kind } = option;
  const symbols = (): string[] => (files[0] === undefined ? [] : symbolsOfFile(files[0]));
  switch (kind.type) {
    case 'switch':
      return ['true', 'false'];
    case 'choice':
      return [...kind.choices];
    case 'text':
      return [...(kind.words ?? [])];
    case 'file':
      return [...(kind.words ?? []), ...(kind.symbols ? symbols() : []), FILES];
    case 'list': {
      const comma = written.lastIndexOf(',') + 1;
      const taken = written.slice(0, comma).split(',');
      const words = kind.symbols ? symbols() : (kind.words ?? []);
      return words.filter((word) => !taken.includes(word)).map((word) => written.slice(0, comma) + word);
    }
    default:
      return [];
  }
}
