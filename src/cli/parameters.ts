/** Options that may be given without a value and several times: `--rsi`, `--rsi 14`, `--sma 20 --sma 50`, `--bbands 20,2`. */
import { nearestHint } from '../check.js';
import { parseNumber } from '../decimal.js';
import { ConfigError } from '../errors.js';
import type { Option } from './options/option.js';

/** Stands where nothing was given. */
const DEFAULTS = 'default';

/** Whether `next` is the value of the option that stands before it: what begins as parameters do is no path. */
export function takesNext({ kind }: Option, next: string | undefined): boolean {
  if (kind.type !== 'parameters') return kind.type !== 'switch';
  return next !== undefined && isParameter(next.split(',')[0]!, kind.words);
}

/** The words with each such option and its value as one, so that what follows is not taken for a value. */
export function joinParameters(argv: readonly string[], options: readonly Option[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '--') return [...joined, ...argv.slice(i)];
    const option = options.find(({ name, kind }) => kind.type === 'parameters' && word === `--${name}`);
    if (option === undefined) joined.push(word);
    else if (!takesNext(option, argv[i + 1])) joined.push(`${word}=`);
    else joined.push(`${word}=${argv[++i]!}`);
  }
  return joined;
}

/** What was given once, as it stands in a list of all times. */
export function givenParameters(value: unknown): string {
  return String(value).replaceAll(' ', '') || DEFAULTS;
}

/** What was given each time, checked; empty where defaults were asked for. */
export function checkedParameters(
  text: string,
  { words, example }: { readonly words: readonly string[]; readonly example: string },
  label: string,
): readonly string[] {
  return text.split(' ').map((once) => {
    if (once === DEFAULTS) return '';
    for (const part of once.split(',')) {
      if (isParameter(part, words)) continue;
      const known = words.length === 0 ? '' : ` or words (${words.join(', ')})`;
      if (example === '') throw new ConfigError(label, once, 'no parameter', `write ${label} alone`);
      const fix =
        /^[a-z]/i.test(part) && words.length > 0
          ? nearestHint(part, words)
          : `write for example ${label} ${example}`;
      throw new ConfigError(label, once, `numbers${known} with commas between`, fix);
    }
    return once;
  });
}

function isParameter(text: string, words: readonly string[]): boolean {
  return words.includes(text) || typeof parseNumber(text) === 'number';
}
