/** Bytes to text, strictly: UTF-8, or UTF-16 with a byte order mark; other kinds of file are named. */
import { DataError } from '../../errors.js';
import type { RowProblems } from '../row-problems.js';

/** First bytes of files that people take for text. */
const FOREIGN: readonly (readonly [bytes: string, name: string])[] = [
  ['PAR1', 'a Parquet file'],
  ['ARROW1', 'an Arrow file'],
  ['PK\u0003\u0004', 'a zip or Excel file'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel file'],
  ['\u0028\u00b5\u002f\u00fd', 'a zstd file'],
  ['\u001f\u008b', 'a gzip file'],
  ['%PDF', 'a PDF file'],
  ['SQLite format 3', 'a SQLite file'],
];

/** How the text of a file is encoded, by its first bytes. */
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be';

/** Tells the encoding by the first bytes; throws `DataError` for a file of another kind, by its name. */
export function encodingOf(head: Uint8Array, problems: RowProblems): Encoding {
  for (const [magic, name] of FOREIGN) {
    if (head.length < magic.length) continue;
    let same = 0;
    while (same < magic.length && head[same] === magic.charCodeAt(same)) same++;
    if (same === magic.length) {
      throw new DataError(`must be text, but is ${name}. Fix: convert it to CSV`, problems.place());
    }
  }
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 'utf-8-bom' : 'utf-8';
}

/** The text of a whole file, without its byte order mark. Throws `DataError` for bytes that are no text. */
export function decodeText(bytes: Uint8Array, problems: RowProblems): string {
  const encoding = encodingOf(bytes, problems);
  const skip = encoding === 'utf-8' ? 0 : encoding === 'utf-8-bom' ? 3 : 2;
  const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding;
  if (skip === 2 && bytes.length % 2 !== 0) {
    throw new DataError(
      'UTF-16 text ends in half a character. Fix: save the file as UTF-8',
      problems.place(),
    );
  }
  let text: string;
  try {
    text = new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes.subarray(skip));
  } catch (cause) {
    throw new DataError(`${notUtf8(bytes, label)}. Fix: save the file as UTF-8`, problems.place(), { cause });
  }
  refuseNul(text, problems);
  return text;
}

/** Throws `DataError` for a NUL character: a damaged file, or no text at all. */
export function refuseNul(text: string, problems: RowProblems): void {
  const at = text.indexOf('\0');
  if (at < 0) return;
  let line = 1;
  for (let i = 0; i < at; i++) if (text[i] === '\n' || (text[i] === '\r' && text[i + 1] !== '\n')) line++;
  throw nulError(problems, line);
}

/** A text that was decoded elsewhere, without its byte order mark; a NUL in it throws `DataError`. */
export function withoutMark(text: string, problems: RowProblems): string {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  refuseNul(body, problems);
  return body;
}

/** Throws `DataError` for a text of blanks alone. */
export function refuseEmpty(body: string, problems: RowProblems): void {
  if (body.trim() !== '') return;
  throw new DataError('the file is empty. Fix: give a CSV file with a header line', problems.place());
}

/** The error of a NUL character. */
export function nulError(problems: RowProblems, line?: number): DataError {
  const message = 'holds a NUL character: the file is damaged, or no text. Fix: export it again as CSV';
  return new DataError(message, problems.place(line));
}

function notUtf8(bytes: Uint8Array, label: string): string {
  if (label !== 'utf-8') return 'must be whole UTF-16 text';
  const at = firstInvalid(bytes);
  const byte = `0x${bytes[at]!.toString(16).padStart(2, '0')}`;
  return `must be UTF-8 text, but byte ${byte} at offset ${at} is not`;
}

/** Offset of the first byte that is no UTF-8: decoding puts U+FFFD there, and all before it keeps its length. */
function firstInvalid(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', from)) {
    offset += encoder.encode(text.slice(from, at)).length;
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) break;
    offset += 3;
    from = at + 1;
  }
  return offset;
}
