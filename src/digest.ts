/** SHA-256 over named arrays and plain data: the one door to @noble/hashes, so that it works in browsers too. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** A part of what is hashed: text, plain data, or a typed array. */
export type DigestPart = string | number | boolean | null | readonly string[] | Float64Array | Int32Array;

/**
 * SHA-256, in hex, of the named parts in the order given.
 *
 * Each part enters with its name, kind and length, so that no two different lists of parts give the same bytes.
 * Typed arrays enter as their bytes (little-endian on every platform JavaScript runs on); NaN as one fixed pattern.
 */
export function digestParts(parts: readonly (readonly [name: string, value: DigestPart])[]): string {
  const hash = sha256.create();
  for (const [name, value] of parts) {
    if (value instanceof Float64Array || value instanceof Int32Array) {
      const kind = value instanceof Float64Array ? 'f64' : 'i32';
      hash.update(utf8ToBytes(`${JSON.stringify(name)}:${kind}[${value.length}]:`));
      hash.update(value instanceof Float64Array ? canonicalBytes(value) : bytesOf(value));
    } else {
      hash.update(utf8ToBytes(`${JSON.stringify(name)}:json:${canonicalJson(value)};`));
    }
  }
  return bytesToHex(hash.digest());
}

/** SHA-256, in hex, of bytes or of a text in UTF-8. */
export function digestBytes(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}

/** JSON with the keys of every object sorted and numbers in shortest form. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

function bytesOf(array: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Bytes of the doubles with every NaN written as the same pattern: engines may keep others. */
function canonicalBytes(array: Float64Array): Uint8Array {
  for (let i = 0; i < array.length; i++) {
    const value = array[i]!;
    if (Number.isNaN(value)) {
      const copy = new Float64Array(array);
      const words = new BigUint64Array(copy.buffer);
      for (let j = i; j < copy.length; j++) if (Number.isNaN(copy[j])) words[j] = 0x7ff8000000000000n;
      return bytesOf(copy);
    }
  }
  return bytesOf(array);
}
