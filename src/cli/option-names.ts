/** Errors of the library in the words of the command line: `--max-order`, not `limits.maxOrderValue`. */
import { ConfigError, ValidationError } from '../errors.js';
import { OPTION_GROUPS } from './options/index.js';
import type { Settings } from './settings.js';

/** Option by the name the library has for it; the rows of the table say which. */
const OPTION_OF: ReadonlyMap<string, string> = new Map(
  OPTION_GROUPS.flatMap(({ options }) =>
    options.flatMap(({ name, library = [] }) => library.map((field) => [field, name] as const)),
  ),
);

/** The library's names that are no plain words: they may stand in a sentence and mean nothing else. */
const IN_TEXT: RegExp = new RegExp(
  `\\b(?:${[...OPTION_OF.keys()]
    .filter((field) => /[A-Z.]/.test(field))
    .sort((a, b) => b.length - a.length)
    .map((field) => field.replaceAll('.', '\\.'))
    .join('|')})\\b`,
  'g',
);

/** The error as the user should see it; anything but a `ValidationError` of the library is returned as it is. */
export function inUserWords(error: unknown, settings: Settings): unknown {
  if (!(error instanceof ValidationError) || error instanceof ConfigError) return error;
  const { field, value, constraint, fix } = error.detail;
  const name = optionOf(field);
  const shown = name === undefined ? field : settings.label(name);
  const said = (text: string): string =>
    text.replace(IN_TEXT, (word) => settings.label(OPTION_OF.get(word)!));
  const detail = [said(constraint), said(fix)] as const;
  if (shown === field && detail[0] === constraint && detail[1] === fix) return error;
  // A number of the library may be cents or a day: the user's own text is what they can find.
  const typed = name === undefined ? undefined : settings.found(name)?.text;
  const kept = typeof value === 'string' && typed !== undefined && typed.includes(value) ? value : typed;
  return new ValidationError(shown, kept ?? value, detail[0], detail[1], {
    code: error.code,
    cause: error,
    ...(error.place === undefined ? {} : { place: error.place }),
  });
}

/** The option that a field belongs to: `rule.dates[0]` to rebalance, `limits.maxOrderValue` to max-order. */
function optionOf(field: string): string | undefined {
  for (let name = field.replace(/\[.*$/, ''); name !== ''; name = name.replace(/\.?[^.]*$/, '')) {
    const option = OPTION_OF.get(name);
    if (option !== undefined) return option;
  }
  return undefined;
}
