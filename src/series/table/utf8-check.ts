/** Whether bytes that come in pieces are UTF-8 without NUL. */
import { DataError } from '../../errors.js';
import type { RowProblems } from '../row-problems.js';
import { nulError } from './decode.js';

/** Looks at every piece before it is read. ASCII, most of any price file, is told four bytes at a time. */
export class Utf8Check {
  readonly #problems: RowProblems;
  /** Made at the first byte that is not ASCII; it keeps a character that a piece cuts in two. */
  #decoder: InstanceType<typeof TextDecoder> | undefined;

  constructor(problems: RowProblems) {
    this.#problems = problems;
  }

  /** Throws `DataError` for a NUL, and where the bytes so far are no UTF-8. `line`: about where the piece starts. */
  check(piece: Uint8Array, line: number): void {
    const plain = isPlainAscii(piece);
    if (!plain && piece.includes(0)) {
      const before = piece.subarray(0, piece.indexOf(0)).filter((byte) => byte === 10).length;
      throw nulError(this.#problems, line + before);
    }
    if (plain && this.#decoder === undefined) return;
    this.#decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    this.#decode(piece, true, line);
  }

  /** After the last piece. */
  end(line: number): void {
    if (this.#decoder !== undefined) this.#decode(new Uint8Array(0), false, line);
  }

  #decode(piece: Uint8Array, stream: boolean, line: number): void {
    try {
      this.#decoder!.decode(piece, { stream });
    } catch (cause) {
      const message =
        'must be UTF-8 text, but holds bytes that are not, here or below. Fix: save the file as UTF-8';
      throw new DataError(message, this.#problems.place(line), { cause });
    }
  }
}

/** Whether no byte is 0 or has its highest bit set. */
function isPlainAscii(piece: Uint8Array): boolean {
  let i = 0;
  const { length } = piece;
  while (i < length && ((piece.byteOffset + i) & 3) !== 0) {
    if (piece[i]! > 127 || piece[i] === 0) return false;
    i += 1;
  }
  const words = new Int32Array(piece.buffer, piece.byteOffset + i, (length - i) >> 2);
  let bits = 0;
  // Four bytes at once: of a byte from 1 to 127 neither it nor it less 1 has the highest bit.
  for (let w = 0; w < words.length; w++) bits |= words[w]! | (words[w]! - 0x01010101);
  if ((bits & 0x80808080) !== 0) return false;
  for (i += words.length * 4; i < length; i++) if (piece[i]! > 127 || piece[i] === 0) return false;
  return true;
}
