/** Files: text in, plain or gzip, strictly decoded; and whole files out, never half written. */
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkInteger, checkKeys } from '../check.js';
import { DataError, DataSourceError, ResourceLimitError, StorageError, ValidationError } from '../errors.js';
import { RowProblems } from '../series/row-problems.js';
import { decodeText } from '../series/table/decode.js';
import { forgetTemporary, rememberTemporary } from './temporaries.js';

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

function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function reasonOf(error: unknown, reasons: ReadonlyMap<string, string>): string {
  const code = errorCode(error);
  return (
    reasons.get(code) ?? `${error instanceof Error ? error.message : String(error)}. Fix: check the path`
  );
}

/** Throws unless `path` is a text that may be the path of a file. */
export function checkPath(path: unknown): void {
  if (typeof path === 'string' && path !== '') return;
  throw new ValidationError('path', path, 'the path of a file', 'pass a path as text');
}

/** The error of a path that cannot be read, with the reason in words. */
export function readError(path: string, cause: unknown): DataSourceError {
  const reason = reasonOf(cause, READ_REASONS);
  const [what, fix] = reason.split('. Fix: ');
  const detail = { field: 'path', value: path, constraint: 'a file that can be read', fix: fix ?? what! };
  return new DataSourceError(`cannot be read: ${reason}`, { file: path }, { cause, detail });
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
  checkPath(path);
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(path);
  } catch (cause) {
    throw readError(path, cause);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = unpack(bytes, maxBytes, path);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes, path);
  return { text: decodeText(bytes, new RowProblems(path, 1)), sha256 };
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

/**
 * Writes a file so that a reader, or a crash at any moment, sees the old content or all of the new one.
 *
 * The data goes to a temporary file in the same folder, is flushed to the disk and takes the name in one step;
 * then the folder is flushed. A link is followed, permissions of an existing file are kept, and a device or pipe
 * is written to directly. On failure the temporary file is removed and `StorageError` names path and reason; a full
 * disk is a `ResourceLimitError`.
 */
export function writeFileAtomic(path: string, data: string | Uint8Array): void {
  const file = new AtomicFile(path);
  file.write(data);
  file.commit();
}

/**
 * A file written as by `writeFileAtomic`, but piece by piece: it takes its name with `commit`. Every method throws
 * what `writeFileAtomic` throws, and has then cleaned up as `abort` does.
 */
export class AtomicFile {
  readonly #path: string;
  /** Where the link leads; empty for a device or pipe. */
  #target = '';
  #temporary = '';
  #handle = -1;
  /** Permissions of the file that is replaced. */
  #mode: number | undefined;

  /** Begins a file; nothing stands at `path` before `commit`. */
  constructor(path: string) {
    checkPath(path);
    this.#path = path;
    this.#try(() => {
      const existing = fs.statSync(path, { throwIfNoEntry: false });
      if (existing?.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
      if (existing !== undefined && !existing.isFile()) {
        this.#handle = fs.openSync(path, 'w');
        return;
      }
      this.#target = existing === undefined ? path : fs.realpathSync(path);
      const name = `.${basename(this.#target).slice(0, 64)}.${randomBytes(6).toString('hex')}.tmp`;
      const temporary = join(dirname(this.#target), name);
      this.#handle = fs.openSync(temporary, 'wx', 0o666);
      this.#temporary = temporary;
      rememberTemporary(temporary);
      this.#mode = existing?.mode;
    });
  }

  /** Adds to the end; text as UTF-8. */
  write(data: string | Uint8Array): void {
    this.#try(() => fs.writeFileSync(this.#handle, data));
  }

  /** The file is whole: it is on the disk and has its name when this returns. */
  commit(): void {
    this.#try(() => {
      if (this.#temporary === '') {
        this.#close();
        return;
      }
      if (this.#mode !== undefined) fs.fchmodSync(this.#handle, this.#mode & 0o7777);
      fs.fsyncSync(this.#handle);
      this.#close();
      fs.renameSync(this.#temporary, this.#target);
      forgetTemporary(this.#temporary);
      this.#temporary = '';
      syncFolder(dirname(this.#target));
    });
  }

  /** Gives the file up: what stood at its path stays. After `commit` it does nothing. */
  abort(): void {
    try {
      this.#close();
    } catch {
      // What was written is thrown away.
    }
    if (this.#temporary === '') return;
    fs.rmSync(this.#temporary, { force: true });
    forgetTemporary(this.#temporary);
    this.#temporary = '';
  }

  #close(): void {
    if (this.#handle < 0) return;
    const handle = this.#handle;
    this.#handle = -1;
    fs.closeSync(handle);
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.abort();
      throw writeError(this.#path, cause);
    }
  }
}

/** What to throw when writing to `path` failed with `cause`: a full disk is a `ResourceLimitError`. */
export function writeError(path: string, cause: unknown): ResourceLimitError | StorageError {
  const reason = `cannot be written: ${reasonOf(cause, WRITE_REASONS)}`;
  return ['ENOSPC', 'EDQUOT'].includes(errorCode(cause))
    ? new ResourceLimitError(`${path}: ${reason}`, { cause })
    : new StorageError(reason, { file: path }, { cause });
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
