/** The symbols of a price file, from its first bytes: quick, for completion only; a run reads them by its own rules. */
import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';

const FIRST_BYTES = 65_536;
const NOT_SYMBOLS =
  /^(?:date|time|timestamp|datetime|open|high|low|close|adj\.? ?close|close\/last|volume|symbol|ticker|<\w+>)$/i;
/** What every shell takes without quotes. */
const SAFE = /^[A-Za-z0-9][A-Za-z0-9._^=:+@%-]*$|^\^[A-Za-z0-9._-]+$/;

/** Symbols in the order of the file; none where it cannot be read or has none. */
export function symbolsOfFile(path: string): string[] {
  const lines = firstText(path).split(/\r?\n/);
  const header = lines[0] ?? '';
  const delimiter = [',', ';', '\t'].find((char) => header.includes(char)) ?? ',';
  const cells = (line: string): string[] =>
    line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const names = cells(header);
  const column = names.findIndex((name) => /^<?(?:symbol|ticker)>?$/i.test(name));
  // The last line may be cut short.
  const found = column < 0 ? names.slice(1) : lines.slice(1, -1).map((line) => cells(line)[column] ?? '');
  return [...new Set(found)].filter((name) => SAFE.test(name) && !NOT_SYMBOLS.test(name));
}

function firstText(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const buffer = Buffer.alloc(FIRST_BYTES);
    const bytes = buffer.subarray(0, readSync(file, buffer, 0, FIRST_BYTES, 0));
    const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = gzip
      ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16 * FIRST_BYTES })
      : bytes;
    return text.toString('utf8').replace(/^\ufeff/, '');
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
