/** Files: text in, plain or gzip, strictly decoded; and whole files out, never half written. */
import { isUtf8 } from 'node:buffer';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkInteger, checkKeys } from '../check.js';
import { DataError, DataSourceError, ResourceLimitError, StorageError, ValidationError } from '../errors.js';

/** The longest text that V8 holds, 2^29 - 24 characters; a larger file cannot become one string. */
const TEXT_MAX = 536_870_888;

const READ_REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file. Fix: check the path; it counts from the current folder'],
  ['ENOTDIR', 'a part of the path is a file, not a folder. Fix: check the path'],
  ['EISDIR', 'this is a folder. Fix: name a file in it'],
  ['EACCES', 'no permission to read it. Fix: change its permissions, or copy it'],
  ['EPERM', 'no permission to read it. Fix: change its permissions, or copy it'],
  ['ERR_FS_FILE_TOO_LARGE', 'the file is larger than 2 GiB. Fix: split it by dates'],
]);

const WRITE_REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full. Fix: free some space, or write elsewhere'],
  ['EDQUOT', 'the disk quota is used up. Fix: free some space, or write elsewhere'],
  ['EACCES', 'no permission to write there. Fix: write to a folder of your own'],
  ['EPERM', 'no permission to write there. Fix: write to a folder of your own'],
  ['EROFS', 'the file system is read-only. Fix: write elsewhere'],
  ['ENOENT', 'the folder does not exist. Fix: make the folder first'],
  ['ENOTDIR', 'a part of the path is a file, not a folder. Fix: check the path'],
  ['EISDIR', 'this is a folder. Fix: name a file in it'],
  ['ENAMETOOLONG', 'the name is too long. Fix: use a shorter one'],
]);

/** First bytes of files that people take for CSV. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['PAR1', 'a Parquet file'],
  ['ARROW1', 'an Arrow file'],
  ['PK\u0003\u0004', 'a zip or Excel file'],
  ['\u0028\u00b5\u002f\u00fd', 'a zstd file'],
];

function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function reasonOf(error: unknown, reasons: ReadonlyMap<string, string>): string {
  const code = errorCode(error);
  return (
    reasons.get(code) ?? `${error instanceof Error ? error.message : String(error)}. Fix: check the path`
  );
}

/**
 * The text of a file: UTF-8, or UTF-16 with a byte order mark (which is removed); gzip is told by its first bytes.
 *
 * path     as given by the user; `-` has no special meaning here
 * options  `maxBytes`: most bytes of text, after unpacking. Default and limit 536,870,888, the longest text of V8.
 *
 * Throws `DataSourceError` for a file that cannot be read, `DataError` for damaged gzip, for too large a text,
 * for bytes that are not UTF-8 (naming the first one), and for Parquet, Arrow, zip and zstd. Unpacking stops at
 * the limit: a small file cannot fill the memory.
 */
export function readTextFile(path: string, options: { readonly maxBytes?: number } = {}): string {
  return readTextAndDigest(path, options).text;
}

/** As `readTextFile`, with the SHA-256 (hex) of the bytes as they stood in the file: one read serves both. */
export function readTextAndDigest(
  path: string,
  options: { readonly maxBytes?: number } = {},
): { text: string; sha256: string } {
  checkKeys('options', options, ['maxBytes']);
  const maxBytes = checkInteger('options.maxBytes', options.maxBytes ?? TEXT_MAX, 1, TEXT_MAX);
  if (typeof path !== 'string' || path === '') {
    throw new ValidationError('path', path, 'the path of a file', 'pass a path as text');
  }
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(path);
  } catch (cause) {
    throw new DataSourceError(`cannot be read: ${reasonOf(cause, READ_REASONS)}`, { file: path }, { cause });
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = unpack(bytes, maxBytes, path);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes, path);
  return { text: decode(bytes, path), sha256 };
}

function unpack(bytes: Buffer, maxBytes: number, path: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (errorCode(cause) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes, path);
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(
      `gzip data is damaged or cut short (${what}). Fix: copy the file again`,
      { file: path },
      { cause },
    );
  }
}

function tooLarge(maxBytes: number, path: string): DataError {
  return new DataError(`must be at most ${maxBytes} bytes of text. Fix: split the file by dates`, {
    file: path,
  });
}

function decode(bytes: Buffer, path: string): string {
  for (const [magic, name] of FOREIGN) {
    if (bytes.toString('latin1', 0, magic.length) === magic) {
      throw new DataError(`must be CSV text, but is ${name}. Fix: convert it to CSV`, { file: path });
    }
  }
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) {
    if (bytes.length % 2 !== 0) {
      throw new DataError('UTF-16 text ends in half a character. Fix: save the file as UTF-8', {
        file: path,
      });
    }
    return (bytes[0] === 0xff ? bytes : Buffer.from(bytes).swap16()).toString('utf16le', 2);
  }
  if (!isUtf8(bytes)) {
    const at = firstInvalid(bytes);
    const byte = `0x${bytes[at]!.toString(16).padStart(2, '0')}`;
    throw new DataError(
      `must be UTF-8 text, but byte ${byte} at offset ${at} is not. Fix: save the file as UTF-8`,
      {
        file: path,
      },
    );
  }
  return bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

/** Offset of the first byte that is no UTF-8: decoding puts U+FFFD there, and all before it keeps its length. */
function firstInvalid(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) break;
    offset += 3;
    from = at + 1;
  }
  return offset;
}

/**
 * Writes a file so that a reader, or a crash at any moment, sees the old content or all of the new one.
 *
 * The data goes to a temporary file in the same folder, is flushed to the disk and takes the name in one step;
 * then the folder is flushed. A link is followed, permissions of an existing file are kept, and a device or pipe
 * is written to directly. On failure the temporary file is removed and `StorageError` names path and reason; a full
 * disk is a `ResourceLimitError`.
 */
export function writeFileAtomic(path: string, data: string | Uint8Array): void {
  if (typeof path !== 'string' || path === '') {
    throw new ValidationError('path', path, 'the path of a file', 'pass a path as text');
  }
  let temporary = '';
  try {
    const existing = fs.statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
    if (existing !== undefined && !existing.isFile()) {
      fs.writeFileSync(path, data);
      return;
    }
    const target = existing === undefined ? path : fs.realpathSync(path);
    const name = join(
      dirname(target),
      `.${basename(target).slice(0, 64)}.${randomBytes(6).toString('hex')}.tmp`,
    );
    const file = fs.openSync(name, 'wx', 0o666);
    temporary = name;
    try {
      fs.writeFileSync(file, data);
      if (existing !== undefined) fs.fchmodSync(file, existing.mode & 0o7777);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    fs.renameSync(temporary, target);
    temporary = '';
    syncFolder(dirname(target));
  } catch (cause) {
    if (temporary !== '') fs.rmSync(temporary, { force: true });
    const reason = `cannot be written: ${reasonOf(cause, WRITE_REASONS)}`;
    if (['ENOSPC', 'EDQUOT'].includes(errorCode(cause)))
      throw new ResourceLimitError(`${path}: ${reason}`, { cause });
    throw new StorageError(reason, { file: path }, { cause });
  }
}

/** Makes a rename durable. Windows and some network file systems cannot flush a folder; the rename stands without it. */
function syncFolder(folder: string): void {
  let handle: number;
  try {
    handle = fs.openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fs.fsyncSync(handle);
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP', 'EACCES'].includes(errorCode(error))) throw error;
  } finally {
    fs.closeSync(handle);
  }
}
