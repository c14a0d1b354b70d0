/** The bytes of a file or a stream, piece by piece to a reader; gzip is unpacked on the way. */
import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { DataError, ValidationError } from '../errors.js';
import { readError } from './files.js';

/** Bytes read at once. */
export const PIECE: number = 1 << 20;
/** Most bytes after unpacking: a small gzip file must not keep the machine busy for days. */
const UNPACKED_MAX = 64 * 2 ** 30;
/** A pause for signals at least this often, in milliseconds. */
const PAUSE_MS = 100;

/** Throws unless `onProgress`, an option of what reads files, is a function or absent. */
export function checkOnProgress(onProgress: unknown): void {
  if (onProgress === undefined || typeof onProgress === 'function') return;
  throw new ValidationError('options.onProgress', onProgress, 'a function', 'pass a function of two numbers');
}

/** Takes pieces of text; a piece may be used again after `push` returns. */
export interface PieceReader {
  push(piece: Uint8Array): void;
}

/** Gives the bytes of a source to a reader, unpacked; the SHA-256 of the bytes as they came. */
export async function feed(
  reader: PieceReader,
  source: AsyncIterable<Uint8Array>,
  file: string,
  onBytes: (read: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    let paused = performance.now();
    for await (const piece of source) {
      hash.update(piece);
      read += piece.length;
      onBytes(read);
      yield piece;
      if (performance.now() - paused > PAUSE_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        paused = performance.now();
      }
    }
  }
  const pieces = counted();
  try {
    const head = await headOf(pieces);
    const rest = chain(head, pieces);
    if (head[0] === 0x1f && head[1] === 0x8b) await unpack(reader, rest, file);
    else for await (const piece of rest) reader.push(piece);
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) throw readError(file, cause);
    throw cause;
  }
  return hash.digest('hex');
}

/** The first two bytes at least, or all there are. */
async function headOf(pieces: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < 2) {
    const { value, done } = await pieces.next();
    if (done === true) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return head;
}

async function* chain(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

async function unpack(reader: PieceReader, pieces: AsyncGenerator<Uint8Array>, file: string): Promise<void> {
  const { Readable } = await import('node:stream');
  const gunzip = createGunzip({ chunkSize: PIECE });
  const source = Readable.from(pieces, { objectMode: false });
  source.on('error', (error) => gunzip.destroy(error));
  let unpacked = 0;
  try {
    for await (const piece of source.pipe(gunzip) as AsyncIterable<Uint8Array>) {
      unpacked += piece.length;
      if (unpacked > UNPACKED_MAX) {
        const fix = 'split the file';
        throw new DataError(`must be at most ${UNPACKED_MAX} bytes when unpacked. Fix: ${fix}`, { file });
      }
      reader.push(piece);
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (!code.startsWith('Z_')) throw cause;
    const what = cause instanceof Error ? cause.message : code;
    const message = `gzip data is damaged or cut short (${what}). Fix: copy the file again`;
    throw new DataError(message, { file }, { cause });
  }
}
