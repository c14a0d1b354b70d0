/** TOML config files: the one door to smol-toml, loaded only when there is such a file. */
import { parse, TomlError } from 'smol-toml';
import { entriesOf, type Entry, FormatError } from './entry.js';

/** The keys and values of a TOML document; `FormatError` where it is none. Whole numbers keep every digit. */
export function tomlEntries(text: string): Entry[] {
  let root: unknown;
  try {
    root = parse(text, { integersAsBigInt: true });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new FormatError(error.message.split('\n')[0]!.replace('Invalid TOML document: ', ''), error.line);
  }
  return entriesOf(root);
}
